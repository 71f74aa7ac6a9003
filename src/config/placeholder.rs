//! Placeholders that `rungs init` writes where only a person knows the value.
//!
//! Nothing else writes these words, so that whoever finds them knows that they stand for something.

use url::Url;

/// The placeholder for an unknown value, in the languages of the files that `rungs init` writes.
pub(crate) const TO_FILL_IN: &str = "To fill in";
pub(crate) const TO_FILL_IN_ZH: &str = "待補";

/// Stands for an address that is not known. Nothing ever stands below `.invalid` (RFC 2606).
pub(crate) const UNKNOWN_ADDRESS: &str = "https://to-fill-in.invalid/";

/// Where a site stands until its owner says so.
pub(crate) const BASE_URL: &str = "https://ladders.example/";

/// Placeholders of the owner in the example of earlier versions.
const FORMER: [&str; 2] = ["Your company", "Copyright Your company."];

/// Returns whether a text still stands for another.
pub(crate) fn is_placeholder(text: &str) -> bool {
    let text = text.trim();
    let stands_first =
        |word: &str| text.strip_prefix(word).is_some_and(|rest| rest.is_empty() || rest.starts_with([':', '：']));
    FORMER.contains(&text)
        || text.starts_with(UNKNOWN_ADDRESS)
        || [TO_FILL_IN, TO_FILL_IN_ZH].into_iter().any(stands_first)
}

/// Returns whether a site cannot stand at an address: nothing does below these names (RFC 2606, RFC 6761).
pub(crate) fn is_placeholder_address(url: &Url) -> bool {
    let top = url.domain().and_then(|domain| domain.trim_end_matches('.').rsplit('.').next());
    top.is_some_and(|top| ["example", "invalid", "localhost"].contains(&top))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_stands_for_something_else_is_a_placeholder() {
        for text in ["To fill in", " To fill in: why.", "待補：為何如此解讀聲明。", "Your company", UNKNOWN_ADDRESS]
        {
            assert!(is_placeholder(text), "{text}");
        }
        for text in ["To fill in gaps, two criteria were added.", "待補強的準則已補上。", "Your company Ltd", BASE_URL]
        {
            assert!(!is_placeholder(text), "{text}");
        }
    }

    #[test]
    fn no_site_stands_below_reserved_names() {
        let is = |text: &str| is_placeholder_address(&Url::parse(text).unwrap());
        assert!(
            is(BASE_URL) && is("http://localhost:7864/") && is("https://a.invalid/x/") && is("https://a.example./")
        );
        assert!(!is("https://example.org/") && !is("https://acme.com/ladders.example/") && !is("http://127.0.0.1/"));
    }
}
