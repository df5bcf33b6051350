//! Bodies in parts, as clients send them with files (RFC 7578): `payload_json`, then `files[0]`
//! and so on. It judges nothing of what is in them.

use std::convert::Infallible;
use std::sync::Arc;

use futures_util::{future, stream};
use hyper::body::Bytes;
use hyper::header::CONTENT_TYPE;
use multer::{Field, Multipart};

use crate::world::Upload;

/// Returns the JSON of a request and its files; nothing where the body is not what its type says.
pub(crate) async fn read(content_type: &str, body: Bytes) -> Option<(Bytes, Vec<Upload>)> {
    let boundary = multer::parse_boundary(content_type).ok()?;
    let whole = stream::once(future::ready(Ok::<_, Infallible>(body)));
    let mut form = Multipart::new(whole, boundary);
    let (mut json, mut files) = (Bytes::from_static(b"{}"), Vec::new());
    while let Some(field) = form.next_field().await.ok()? {
        if field.name()? == "payload_json" {
            json = field.bytes().await.ok()?;
        } else {
            files.push(upload(field).await?);
        }
    }
    Some((json, files))
}

async fn upload(field: Field<'_>) -> Option<Upload> {
    let number = field.name()?.strip_prefix("files[")?.strip_suffix(']')?.parse().ok()?;
    let name = field.file_name().unwrap_or_default().to_owned();
    let kind = field.headers().get(CONTENT_TYPE).and_then(|value| value.to_str().ok());
    let kind = kind.map(str::to_owned);
    Some(Upload { number, name, kind, bytes: Arc::from(&*field.bytes().await.ok()?) })
}

#[cfg(test)]
mod tests {
    use super::{Bytes, read};

    #[tokio::test]
    async fn json_and_files_are_told_apart() {
        let body = "--x\r\nContent-Disposition: form-data; name=\"payload_json\"\r\n\r\n{\"a\":1}\r\n\
            --x\r\nContent-Disposition: form-data; name=\"files[0]\"; filename=\"a.json\"\r\n\
            Content-Type: application/json\r\n\r\n\r\n--\r\n\r\n--x--\r\n";
        let (json, files) = read("multipart/form-data; boundary=x", body.into()).await.unwrap();
        assert_eq!(json, "{\"a\":1}");
        assert_eq!((files[0].number, files[0].name.as_str()), (0, "a.json"));
        assert_eq!(files[0].kind.as_deref(), Some("application/json"));
        assert_eq!(&*files[0].bytes, b"\r\n--\r\n");
    }

    #[tokio::test]
    async fn a_body_that_is_cut_off_is_nothing() {
        let body = "--x\r\nContent-Disposition: form-data; name=\"payload_json\"\r\n\r\n{}";
        let body = Bytes::from(body);
        assert_eq!(read("multipart/form-data; boundary=x", body.clone()).await, None);
        assert_eq!(read("multipart/form-data", body).await, None);
    }
}
