//! Sealed files, which are not edited by hand: JSON with the content beside its digest.

use camino::Utf8Path;
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::diagnostic::{Code, Diagnostic, Place, character};
use crate::text::{escapes, forbidden_in, is_directional, is_forbidden, printable};

// The content alone makes the digest. The rest is always the same.
const OPENING: &str = "{\n\"digest\": \"blake3:";
const BETWEEN: &str = "\",\n\"content\": ";
const CLOSING: &str = "\n}\n";

/// Returns the text of a file with a content, which is JSON.
pub(crate) fn sealed(content: &str) -> String {
    format!("{OPENING}{}{BETWEEN}{content}{CLOSING}", digest_of(content))
}

/// Returns the content of a file. None if it was edited.
pub(crate) fn opened(text: &str) -> Option<&str> {
    let (digest, content) = text.strip_prefix(OPENING)?.split_once(BETWEEN)?;
    content.strip_suffix(CLOSING).filter(|content| digest_of(content) == digest)
}

/// Returns the digest as the file gives it: BLAKE3, in hexadecimal digits.
pub(crate) fn digest(text: &str) -> &str {
    text.strip_prefix(OPENING).and_then(|rest| rest.split_once(BETWEEN)).map_or("", |(digest, _)| digest)
}

fn digest_of(content: &str) -> String {
    blake3::hash(content.as_bytes()).to_hex().to_string()
}

/// Reads the content of a file without what no page may hold, and the characters that are left out. Such a file is never
/// written again, and may be older than the rule.
pub(crate) fn read<T: DeserializeOwned>(content: &str) -> serde_json::Result<(T, Vec<char>)> {
    let is_suspect = |c: char| is_forbidden(c) || is_directional(c);
    let is_escaped = || {
        let may_be = ["\\u", "\\b", "\\f"].iter().any(|escape| content.contains(escape));
        may_be && escapes(content).iter().any(|(_, c)| is_suspect(*c))
    };
    if !content.chars().any(is_suspect) && !is_escaped() {
        return Ok((serde_json::from_str(content)?, Vec::new()));
    }
    let mut value = serde_json::from_str(content)?;
    let mut left_out = Vec::new();
    take_out(&mut value, &mut left_out);
    Ok((serde_json::from_value(value)?, left_out))
}

fn take_out(value: &mut Value, left_out: &mut Vec<char>) {
    match value {
        Value::String(text) => {
            left_out.extend(forbidden_in(text).into_iter().map(|(_, c)| c));
            *text = printable(text).into_owned();
        }
        Value::Array(list) => list.iter_mut().for_each(|value| take_out(value, left_out)),
        Value::Object(table) => table.values_mut().for_each(|value| take_out(value, left_out)),
        _ => {}
    }
}

/// Reports characters that the pages of an edition leave out. Nobody can or need act on it, since the file never
/// changes.
pub(crate) fn left_out_characters(path: &Utf8Path, text: &str, left_out: Vec<char>) -> Option<Diagnostic> {
    let written = forbidden_in(text).into_iter().chain(escapes(text));
    let first = written.filter(|(_, c)| left_out.contains(c)).map(|(span, _)| span).min_by_key(|span| span.start);
    let place = Place::new(path, first.filter(|_| !left_out.is_empty())?);
    let help =
        "its pages leave that out; this file never changes, so allow `frozen-character` in `[check]` to hide this";
    Some(place.problem(Code::FrozenCharacter, character::message(left_out)).help(help))
}
