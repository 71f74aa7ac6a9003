//! A file that nobody edits: JSON in which the content stands beside its digest.

// The content alone makes the digest. The rest is always the same.
const OPENING: &str = "{\n\"digest\": \"blake3:";
const BETWEEN: &str = "\",\n\"content\": ";
const CLOSING: &str = "\n}\n";

/// The text of a file with a content, which is JSON.
pub(crate) fn sealed(content: &str) -> String {
    format!("{OPENING}{}{BETWEEN}{content}{CLOSING}", digest_of(content))
}

/// The content of a file. None if it was edited.
pub(crate) fn opened(text: &str) -> Option<&str> {
    let (digest, content) = text.strip_prefix(OPENING)?.split_once(BETWEEN)?;
    content.strip_suffix(CLOSING).filter(|content| digest_of(content) == digest)
}

/// The digest as the file gives it: BLAKE3, in hexadecimal digits.
pub(crate) fn digest(text: &str) -> &str {
    text.strip_prefix(OPENING).and_then(|rest| rest.split_once(BETWEEN)).map_or("", |(digest, _)| digest)
}

fn digest_of(content: &str) -> String {
    blake3::hash(content.as_bytes()).to_hex().to_string()
}
