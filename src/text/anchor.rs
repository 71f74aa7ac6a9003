//! Anchors of headings.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Returns the anchor for a heading: its letters and digits, of whatever script, in lower case, with single hyphens
/// between words. The theme's own anchors begin with `_`, which none of these do.
pub(crate) fn heading_anchor(text: &str) -> String {
    let mut anchor = String::with_capacity(text.len());
    for c in text.nfc().flat_map(char::to_lowercase) {
        if c.is_alphanumeric() || (is_combining_mark(c) && !anchor.is_empty() && !anchor.ends_with('-')) {
            anchor.push(c);
        } else if !anchor.is_empty() && !anchor.ends_with('-') {
            anchor.push('-');
        }
    }
    anchor.truncate(anchor.trim_end_matches('-').len());
    if anchor.is_empty() { "section".to_owned() } else { anchor }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn anchors_keep_letters_of_every_script() {
        assert_eq!(heading_anchor("What to put in?"), "what-to-put-in");
        assert_eq!(heading_anchor("  任何格式：都可以 (2)"), "任何格式-都可以-2");
        assert_eq!(heading_anchor("Über Cafe\u{301}s"), "über-cafés");
        assert_eq!(heading_anchor("…"), "section");
    }
}
