//! The links of a page by the shortest way.
//!
//! Templates and texts lead from the page to the root of the site and from there to another page, so that what they
//! write is the same wherever a page stands. Most of it is the way that the page has come: `../../../en/craft/l6/` on
//! `en/craft/l5/` is `../l6/`.

use memchr::{memchr, memmem};

use crate::model::relative;

/// Returns the page of a path with its links by the shortest way.
pub(super) fn shortest(html: &[u8], path: &str) -> Vec<u8> {
    let mut out = Vec::with_capacity(html.len());
    let begins = format!("=\"{}", "../".repeat(path.matches('/').count()));
    let mut kept = 0;
    for at in memmem::find_iter(html, begins.as_bytes()) {
        let start = at + begins.len();
        let Some(length) = memchr(b'"', &html[start..]) else { break };
        let Ok(target) = std::str::from_utf8(&html[start..start + length]) else { continue };
        out.extend_from_slice(&html[kept..at]);
        out.extend_from_slice(b"=\"");
        out.extend_from_slice(relative(path, target).as_bytes());
        kept = start + length;
    }
    out.extend_from_slice(&html[kept..]);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(path: &str, html: &str) -> String {
        String::from_utf8(shortest(html.as_bytes(), path)).expect("UTF-8")
    }

    #[test]
    fn links_take_the_shortest_way() {
        let ways = [
            ("en/craft/l6/", "../l6/"),
            ("en/craft/l6/#tl-031", "../l6/#tl-031"),
            ("en/craft/", "../"),
            ("en/", "../../"),
            ("", "../../../"),
            ("c/tl-031/", "../../../c/tl-031/"),
            ("en/craft/l5/", "./"),
            ("en/craft/l5/#en-001", "#en-001"),
            ("en/craft/l5/a/?b", "a/?b"),
            ("en/craft/l5", "../l5"),
        ];
        for (target, way) in ways {
            let html = format!("<a href=\"../../../{target}\" class=\"x\">x</a>");
            assert_eq!(shown("en/craft/l5/", &html), format!("<a href=\"{way}\" class=\"x\">x</a>"), "{target}");
        }
    }

    #[test]
    fn what_is_no_link_stays() {
        for html in
            ["<p>href = ../../../en/</p>", "<a href=\"#here\">x</a>", "<a href=\"https://x.example/../../../\">x</a>"]
        {
            assert_eq!(shown("en/craft/l5/", html), html);
        }
    }
}
