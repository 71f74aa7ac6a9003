//! Text that means itself in HTML and XML.

use super::slice;

/// Adds a text to markup, as the content of an element or as an attribute in double quotes.
pub(crate) fn escape(text: &str, out: &mut String) {
    let mut from = 0;
    for (at, byte) in text.bytes().enumerate() {
        let entity = match byte {
            b'&' => "&amp;",
            b'<' => "&lt;",
            b'>' => "&gt;",
            b'"' => "&quot;",
            _ => continue,
        };
        out.push_str(slice(text, from..at));
        out.push_str(entity);
        from = at + 1;
    }
    out.push_str(slice(text, from..));
}

/// Adds an attribute to the tag that is being written.
pub(crate) fn attribute(name: &str, value: &str, out: &mut String) {
    out.push(' ');
    out.push_str(name);
    out.push_str("=\"");
    escape(value, out);
    out.push('"');
}

/// Returns a text as it is written in markup.
pub(crate) fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    escape(text, &mut escaped);
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signs_of_markup_mean_themselves() {
        assert_eq!(escaped("<a & \"b\"> 'c' 職"), "&lt;a &amp; &quot;b&quot;&gt; 'c' 職");
    }
}
