//! The address of a passage: the document's own, with a text fragment that browsers scroll to.

use super::limits;
use super::passage::Passage;
use super::reply::units;

/// Words by which the beginning and the end of a passage are given.
const BORDER_WORDS: usize = 4;

/// Returns where `stretch` can be read; `None` where the annotation gives no address of the web.
pub(super) fn to(stretch: &Passage<'_>) -> Option<String> {
    let url = stretch.document.url()?;
    let is_web = url.starts_with("https://") || url.starts_with("http://");
    let is_clean = url.chars().all(|c| !c.is_whitespace() && !c.is_control());
    if !is_web || !is_clean {
        return None;
    }
    let mark = if url.contains('#') { ":~:text=" } else { "#:~:text=" };
    let whole = format!("{url}{mark}{}", fragment(stretch.text()));
    [whole, url.to_owned()].into_iter().find(|address| units(address) <= limits::URL)
}

/// `start,end`, or the whole text where it is short.
fn fragment(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    let encoded = |words: &[&str]| encode(&words.join(" "));
    match (words.first_chunk::<BORDER_WORDS>(), words.last_chunk::<BORDER_WORDS>()) {
        (Some(start), Some(end)) if words.len() > 2 * BORDER_WORDS => {
            format!("{},{}", encoded(start), encoded(end))
        }
        _ => encoded(&words),
    }
}

/// Percent-encodes all but ASCII letters and digits: in a text fragment, `-`, `,` and `&` have a
/// meaning of their own.
fn encode(text: &str) -> String {
    let mut encoded = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() {
            encoded.push(char::from(byte));
        } else {
            encoded.extend(["%", &format!("{byte:02X}")]);
        }
    }
    encoded
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fragments_are_encoded() {
        assert_eq!(fragment("Nur-Sultan, 8 a & b"), "Nur%2DSultan%2C%208%20a%20%26%20b");
        assert_eq!(
            fragment("one two three four five six seven eight nine “ten”"),
            "one%20two%20three%20four,seven%20eight%20nine%20%E2%80%9Cten%E2%80%9D"
        );
    }
}
