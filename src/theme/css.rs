//! Finds the addresses in a style sheet, each with its place.

use crate::diagnostic::Span;
use crate::text::slice;

/// An address in a style.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct CssUrl {
    /// Without quotation marks.
    pub(crate) text: String,
    /// All that stands for it, quotation marks with it: between the brackets of `url(…)`.
    pub(crate) span: Span,
    /// Whether it is that of a further style, from `@import`.
    pub(crate) is_import: bool,
}

/// Returns the addresses in a style, in their order. What stands in comments and in other strings is none.
pub(super) fn addresses(css: &str) -> Vec<CssUrl> {
    let mut found = Vec::new();
    let (bytes, mut at, mut imports) = (css.as_bytes(), 0, false);
    while at < bytes.len() {
        let rest = slice(css, at..);
        let ahead = |word: &str| rest.get(..word.len()).is_some_and(|start| start.eq_ignore_ascii_case(word));
        match bytes[at] {
            b'/' if rest.starts_with("/*") => at += slice(rest, 2..).find("*/").map_or(rest.len(), |end| end + 4),
            b'"' | b'\'' => {
                let end = at + end_of_string(rest);
                if std::mem::take(&mut imports) {
                    found.push(CssUrl {
                        text: unquoted(slice(css, at..end)).to_owned(),
                        span: at..end,
                        is_import: true,
                    });
                }
                at = end;
            }
            b'u' | b'U' if ahead("url(") && !begins_within_word(css, at) => {
                let start = at + "url(".len();
                let inner = slice(css, start..).trim_start();
                let open = css.len() - inner.len();
                let end = match inner.bytes().next() {
                    Some(b'"' | b'\'') => open + end_of_string(inner),
                    _ => open + inner.find(')').unwrap_or(inner.len()),
                };
                let end = open + slice(css, open..end).trim_end().len();
                let text = unquoted(slice(css, open..end)).to_owned();
                found.push(CssUrl { text, span: open..end, is_import: std::mem::take(&mut imports) });
                at = end;
            }
            b'@' if ahead("@import") => {
                imports = true;
                at += "@import".len();
            }
            b';' | b'{' | b'}' => {
                imports = false;
                at += 1;
            }
            b'\\' => at += 1 + rest.chars().nth(1).map_or(0, char::len_utf8),
            _ => at += rest.chars().next().map_or(1, char::len_utf8),
        }
    }
    found
}

/// Returns where a string ends that begins with a quotation mark.
fn end_of_string(text: &str) -> usize {
    let mark = text.chars().next();
    let mut is_escaped = false;
    for (at, c) in text.char_indices().skip(1) {
        match c {
            _ if std::mem::take(&mut is_escaped) => {}
            '\\' => is_escaped = true,
            '\n' => return at,
            c if Some(c) == mark => return at + c.len_utf8(),
            _ => {}
        }
    }
    text.len()
}

fn unquoted(text: &str) -> &str {
    let text = text.strip_prefix(['"', '\'']).unwrap_or(text);
    text.strip_suffix(['"', '\'']).unwrap_or(text)
}

fn begins_within_word(css: &str, at: usize) -> bool {
    slice(css, ..at).ends_with(|c: char| c.is_alphanumeric() || c == '-' || c == '_')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(css: &str) -> Vec<String> {
        addresses(css).into_iter().map(|address| address.text).collect()
    }

    #[test]
    fn addresses_are_found_in_each_form() {
        let css = "a { background: url(a.svg) } b { src: URL( \"b c.woff2\" ) format(\"woff2\"), url('d.woff2') }";
        assert_eq!(texts(css), ["a.svg", "b c.woff2", "d.woff2"]);
        let spans: Vec<_> = addresses(css).into_iter().map(|address| &css[address.span]).collect();
        assert_eq!(spans, ["a.svg", "\"b c.woff2\"", "'d.woff2'"]);
    }

    #[test]
    fn comments_and_strings_hold_none() {
        assert_eq!(texts("/* url(a) */ b::before { content: \"url(c) \\\" url(d)\" } e { --my-url(f) }"), [""; 0]);
    }

    #[test]
    fn further_styles_are_told_from_files() {
        let found = addresses("@import \"a.css\"; @import url(b.css); c { src: url(d) }");
        let imports: Vec<_> = found.iter().map(|address| (address.text.as_str(), address.is_import)).collect();
        assert_eq!(imports, [("a.css", true), ("b.css", true), ("d", false)]);
    }

    #[test]
    fn a_style_that_is_cut_off_does_no_harm() {
        for css in ["url(", "url(\"", "/* a", "\"", "\\", "@import", "url(\"a\\", "é url(é"] {
            addresses(css);
        }
    }
}
