//! Bodies in parts, as clients send them with files (RFC 7578): `payload_json`, then `files[0]`
//! and so on. It judges nothing of what is in them.

use std::sync::Arc;

use crate::world::Upload;

/// Returns the JSON of a request and its files; nothing where the body is not what its type says.
pub(crate) fn parts(content_type: &str, body: &[u8]) -> Option<(Vec<u8>, Vec<Upload>)> {
    let boundary = parameter(content_type, "boundary")?;
    let line = format!("--{boundary}");
    let mut json = b"{}".to_vec();
    let mut files = Vec::new();
    let mut rest = body.get(find(body, line.as_bytes())? + line.len()..)?;
    while let Some(part) = rest.strip_prefix(b"\r\n") {
        let end = find(part, format!("\r\n{line}").as_bytes())?;
        let (part, behind) = part.split_at_checked(end)?;
        rest = behind.get(2 + line.len()..)?;
        let (head, content) = part.split_at_checked(find(part, b"\r\n\r\n")?)?;
        let (head, content) = (std::str::from_utf8(head).ok()?, content.get(4..)?);
        let disposition = header(head, "content-disposition")?;
        let name = parameter(disposition, "name")?;
        let number = name.strip_prefix("files[").and_then(|it| it.strip_suffix(']'));
        match (name.as_str(), number.and_then(|digits| digits.parse().ok())) {
            ("payload_json", _) => json = content.to_vec(),
            (_, Some(number)) => files.push(Upload {
                number,
                name: parameter(disposition, "filename").unwrap_or_default(),
                kind: header(head, "content-type").map(str::to_owned),
                bytes: Arc::from(content),
            }),
            _ => return None,
        }
    }
    rest.starts_with(b"--").then_some((json, files))
}

fn find(body: &[u8], wanted: &[u8]) -> Option<usize> {
    body.windows(wanted.len()).position(|window| window == wanted)
}

fn header<'a>(head: &'a str, name: &str) -> Option<&'a str> {
    let mut lines = head.split("\r\n").filter_map(|line| line.split_once(':'));
    lines.find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, value)| value.trim())
}

/// Returns a parameter behind a header's value: `name=value` or `name="value"`.
fn parameter(header: &str, name: &str) -> Option<String> {
    header.split(';').skip(1).find_map(|pair| {
        let (known, value) = pair.trim().split_once('=')?;
        known.eq_ignore_ascii_case(name).then(|| value.trim_matches('"').to_owned())
    })
}

#[cfg(test)]
mod tests {
    use super::parts;

    #[test]
    fn json_and_files_are_told_apart() {
        let body = "--x\r\nContent-Disposition: form-data; name=\"payload_json\"\r\n\r\n{\"a\":1}\r\n\
            --x\r\nContent-Disposition: form-data; name=\"files[0]\"; filename=\"a.json\"\r\n\
            Content-Type: application/json\r\n\r\n\r\n--\r\n\r\n--x--\r\n";
        let (json, files) = parts("multipart/form-data; boundary=x", body.as_bytes()).unwrap();
        assert_eq!(json, b"{\"a\":1}");
        assert_eq!((files[0].number, files[0].name.as_str()), (0, "a.json"));
        assert_eq!(files[0].kind.as_deref(), Some("application/json"));
        assert_eq!(&*files[0].bytes, b"\r\n--\r\n");
    }

    #[test]
    fn a_body_that_is_cut_off_is_nothing() {
        let body = b"--x\r\nContent-Disposition: form-data; name=\"payload_json\"\r\n\r\n{}";
        assert_eq!(parts("multipart/form-data; boundary=x", body), None);
        assert_eq!(parts("multipart/form-data", body), None);
    }
}
