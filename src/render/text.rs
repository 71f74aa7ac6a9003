//! Texts and links, as pages show them.

use serde::Serialize;
use tera::Value;

use super::scene::Scene;
use crate::handle::LadderIndex;
use crate::id::CriterionId;
use crate::locale::Localized;
use crate::model::Site;

/// A short text, with its language if that is not the language of the page.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Text {
    pub(crate) text: String,
    pub(crate) language: Option<String>,
}

impl Text {
    /// Returns what readers of the locale read of a text.
    pub(crate) fn of(scene: &Scene<'_>, text: &Localized<String>) -> Self {
        let (text, actual) = text.read(scene.locale);
        Self { text: text.clone(), language: scene.foreign(actual) }
    }
}

impl Text {
    /// Returns the text with its slashes kept, for a title.
    pub(crate) fn into_title(self) -> Self {
        Self { text: with_slashes_kept(&self.text), ..self }
    }
}

/// Keeps a full-width slash with the word before it, since no line of Chinese or Japanese begins with one: a word joiner
/// forbids the break that UAX #14 allows there.
pub(crate) fn with_slashes_kept(text: &str) -> String {
    text.replace('／', "\u{2060}／")
}

/// The address of one id, for those who know an id from paper alone.
#[derive(Debug, Serialize)]
pub(crate) struct AddressExample {
    pub(crate) id: String,
    /// The absolute address.
    pub(crate) address: String,
}

impl AddressExample {
    /// Returns the example of a ladder: its first criterion.
    pub(crate) fn of(site: &Site, ladder: LadderIndex) -> Option<Self> {
        Some(Self::below(site.config.base_url.as_str(), &site[ladder].criteria.first()?.id))
    }

    /// Returns the address of an id below that of the site, or of one of its editions.
    pub(crate) fn below(base: &str, id: &CriterionId) -> Self {
        Self { id: id.to_string(), address: format!("{base}c/{}/", id.slug()) }
    }
}

/// A longer text, the same.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct ProseView {
    pub(crate) html: Value,
    pub(crate) language: Option<String>,
}

impl ProseView {
    pub(crate) fn is_empty(&self) -> bool {
        self.html.as_str().is_none_or(str::is_empty)
    }

    /// Nothing to read.
    pub(crate) fn empty() -> Self {
        Self { html: Value::safe_string(""), language: None }
    }
}

/// A link with its words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct Link {
    pub(crate) title: String,
    /// From the page it stands on.
    pub(crate) href: String,
}

/// Returns the text that a reader of our HTML sees: what is searched is what stands on the page. A line for each block.
pub(crate) fn text_of(html: &str) -> String {
    const WITHIN_LINE: [&str; 7] = ["a", "em", "strong", "s", "code", "span", "mark"];
    let mut text = String::with_capacity(html.len());
    // The number of a footnote is no part of the sentence before it.
    let signs = html.split("<sup class=\"footnote\">").enumerate();
    let html: String = signs
        .map(|(at, part)| if at == 0 { part } else { part.split_once("</sup>").map_or("", |(_, rest)| rest) })
        .collect();
    for part in html.split_inclusive('>') {
        let (words, tag) = part.split_once('<').unwrap_or((part, ""));
        text.push_str(words);
        let name = tag.trim_start_matches('/').split([' ', '>']).next().unwrap_or_default();
        // Of an image, its words.
        if name == "img" {
            let words = tag.split_once(" alt=\"").and_then(|(_, behind)| behind.split_once('"'));
            text.push_str(words.map_or("", |(words, _)| words));
            continue;
        }
        if !name.is_empty() && !WITHIN_LINE.contains(&name) && !text.ends_with('\n') {
            text.push('\n');
        }
    }
    let text = text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&amp;", "&");
    text.trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::text_of;

    #[test]
    fn the_text_is_what_a_reader_sees() {
        let cases = [
            ("Spends <em>40&ndash;80%</em> of time", "Spends 40&ndash;80% of time"),
            ("<p>One <a href=\"x\" title=\"a &gt; b\">two</a>.</p><ul><li>three</li></ul>", "One two.\nthree"),
            ("a &amp;lt; b &lt; c", "a &lt; b < c"),
            ("A<sup class=\"footnote\"><a href=\"#x\">1</a></sup> b.", "A b."),
            ("See <img src=\"a.png\" alt=\"a &quot;map&quot;\" width=\"1\"> here.", "See a \"map\" here."),
            ("", ""),
        ];
        for (html, text) in cases {
            assert_eq!(text_of(html), text, "{html}");
        }
    }
}
