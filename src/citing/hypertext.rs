//! Reads HTML for its citations: as the text that a browser shows, with the addresses of links behind their words, as
//! Markdown has them.

use super::leading_on::{Letter, led_to};
use super::reading::ReadText;
use crate::diagnostic::Span;
use crate::parse::{HtmlTag, HtmlToken, html_text, html_tokens};
use crate::text::slice;

/// What an element is for the text in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Element {
    /// Its text is not shown.
    Hidden,
    Block,
    Heading,
    Item,
    Quote,
    Row,
    Cell,
    Break,
    Preformatted,
    Code,
    Link,
    /// A footnote or an index, which stands by itself.
    Raised,
}

/// All others are parts of a line.
const ELEMENTS: [(&[&str], Element); 12] = [
    // What is crossed out is said no more.
    (&["head", "script", "style", "template", "noscript", "title", "del", "s", "strike"], Element::Hidden),
    (
        &[
            "p",
            "div",
            "section",
            "article",
            "header",
            "footer",
            "main",
            "nav",
            "aside",
            "address",
            "figure",
            "figcaption",
            "details",
            "summary",
            "ul",
            "ol",
            "dl",
            "dt",
            "dd",
            "table",
            "caption",
            "center",
            "form",
            "fieldset",
            "hr",
            "body",
        ],
        Element::Block,
    ),
    (&["h1", "h2", "h3", "h4", "h5", "h6"], Element::Heading),
    (&["li"], Element::Item),
    (&["blockquote"], Element::Quote),
    (&["tr"], Element::Row),
    (&["td", "th"], Element::Cell),
    (&["br"], Element::Break),
    (&["pre", "textarea"], Element::Preformatted),
    (&["code", "kbd", "samp", "tt"], Element::Code),
    (&["a"], Element::Link),
    (&["sup", "sub"], Element::Raised),
];

fn element(tag: &HtmlTag) -> Option<Element> {
    ELEMENTS.iter().find(|(names, _)| names.contains(&tag.name.as_str())).map(|(_, element)| *element)
}

impl ReadText {
    /// Reads a document of HTML, or a part of one.
    pub(crate) fn hypertext(source: &str) -> Self {
        let mut reader = Reader {
            source,
            reading: Self::of_hypertext(),
            gap: Gap::Block,
            marker: "",
            quotes: 0,
            hidden: Vec::new(),
            preformatted: 0,
            code: Vec::new(),
            links: Vec::new(),
            is_in_row: false,
            raised: 0,
        };
        for token in html_tokens(source) {
            match token {
                HtmlToken::Text(span) => reader.text(span),
                HtmlToken::Start(tag) => reader.start(&tag),
                HtmlToken::End(tag) => reader.end(&tag),
            }
        }
        reader.reading
    }
}

/// What stands before the next text.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Gap {
    None,
    /// White space, where it is written.
    Space(Span),
    Line,
    /// An empty line.
    Block,
}

struct Reader<'s> {
    source: &'s str,
    reading: ReadText,
    gap: Gap,
    /// What the next line begins with.
    marker: &'static str,
    quotes: usize,
    /// The hidden elements that are open.
    hidden: Vec<String>,
    preformatted: usize,
    /// Where the code begins that is open.
    code: Vec<usize>,
    /// The addresses of the links that are open.
    links: Vec<Option<Vec<Letter>>>,
    is_in_row: bool,
    /// How many elements are open that stand by themselves.
    raised: usize,
}

impl Reader<'_> {
    fn text(&mut self, span: Span) {
        if !self.hidden.is_empty() {
            return;
        }
        // The sign of a footnote is no word of what it stands behind.
        let is_word = |c: char| c.is_alphabetic();
        if self.raised > 0 && !slice(self.source, span.clone()).contains(is_word) {
            return self.space(span);
        }
        for (read, origin) in html_text(self.source, span, false) {
            let is_written = slice(self.source, origin.clone()) == read;
            if !is_written {
                match read.as_str() {
                    "\u{a0}" => self.space(origin),
                    read => self.signs(read, origin),
                }
                continue;
            }
            let mut from = origin.start;
            let is_space = |c: char| c.is_ascii_whitespace() || c == '\u{a0}';
            while from < origin.end {
                let rest = slice(self.source, from..origin.end);
                let words = rest.find(is_space).unwrap_or(rest.len());
                if words > 0 {
                    self.words(from..from + words);
                    from += words;
                    continue;
                }
                let spaces = rest.len() - rest.trim_start_matches(is_space).len();
                self.space(from..from + spaces);
                from += spaces;
            }
        }
    }

    fn words(&mut self, span: Span) {
        self.fill_gap(span.start);
        self.reading.read(self.source, span);
    }

    /// Adds what a reference stands for.
    fn signs(&mut self, read: &str, origin: Span) {
        self.fill_gap(origin.start);
        let plain = ReadText::plain(read).text;
        self.reading.put(&plain, origin);
    }

    fn space(&mut self, span: Span) {
        if self.preformatted > 0 {
            let lines = slice(self.source, span.clone()).matches('\n').count();
            if lines > 0 {
                self.gap = if lines > 1 { Gap::Block } else { Gap::Line };
                return;
            }
        }
        if self.gap == Gap::None {
            self.gap = Gap::Space(span);
        }
    }

    /// Writes what stands before a text.
    fn fill_gap(&mut self, at: usize) {
        let gap = std::mem::replace(&mut self.gap, Gap::None);
        match gap {
            Gap::None => return,
            Gap::Space(span) => return self.reading.put(" ", span),
            Gap::Line => self.reading.put("\n", at..at),
            Gap::Block if self.reading.text.is_empty() => {}
            Gap::Block => self.reading.put("\n\n", at..at),
        }
        let quotes = "> ".repeat(self.quotes);
        self.reading.put(&quotes, at..at);
        self.reading.put(std::mem::take(&mut self.marker), at..at);
    }

    fn part(&mut self, gap: Gap) {
        if gap == Gap::Block || self.gap != Gap::Block {
            self.gap = gap;
        }
    }

    fn start(&mut self, tag: &HtmlTag) {
        let Some(element) = element(tag) else { return };
        match element {
            Element::Hidden => self.hidden.push(tag.name.clone()),
            // What begins a cell stays in the row.
            Element::Block | Element::Heading | Element::Item if self.is_in_row && self.begins_cell() => {}
            Element::Block => self.part(Gap::Block),
            Element::Heading => {
                self.part(Gap::Block);
                self.marker = "# ";
            }
            Element::Item => {
                self.part(Gap::Line);
                self.marker = "- ";
            }
            Element::Quote => {
                self.part(Gap::Block);
                self.quotes += 1;
            }
            Element::Row => {
                self.part(Gap::Block);
                self.is_in_row = true;
            }
            Element::Cell => {
                self.fill_gap(tag.span.start);
                let bar = if self.reading.text.ends_with('\n') || self.reading.text.is_empty() { "| " } else { " | " };
                self.reading.put(bar, tag.span.start..tag.span.start);
            }
            Element::Break => self.part(Gap::Line),
            Element::Preformatted => {
                self.part(Gap::Block);
                self.preformatted += 1;
                self.code.push(self.reading.text.len());
            }
            Element::Code => self.code.push(self.reading.text.len()),
            Element::Raised => {
                self.raised += 1;
                self.space(tag.span.clone());
            }
            Element::Link => {
                let address = tag.attribute("href").map(|value| self.address(value));
                let address = address
                    .filter(|address| address.iter().take(4).map(|(c, _)| c.to_ascii_lowercase()).eq("http".chars()));
                if address.is_some() {
                    self.fill_gap(tag.span.end);
                    self.reading.put("[", tag.span.end..tag.span.end);
                }
                self.links.push(address);
            }
        }
    }

    /// Whether nothing stands in the cell yet.
    fn begins_cell(&self) -> bool {
        self.reading.text.ends_with("| ")
    }

    fn end(&mut self, tag: &HtmlTag) {
        let Some(element) = element(tag) else { return };
        match element {
            Element::Hidden => {
                if self.hidden.last() == Some(&tag.name) {
                    self.hidden.pop();
                }
            }
            Element::Block | Element::Heading => self.part(Gap::Block),
            Element::Item => self.part(Gap::Line),
            Element::Quote => {
                self.quotes = self.quotes.saturating_sub(1);
                self.part(Gap::Block);
            }
            Element::Row => {
                self.gap = Gap::None;
                self.reading.put(" |", tag.span.start..tag.span.start);
                self.is_in_row = false;
                self.part(Gap::Line);
            }
            Element::Cell => self.gap = Gap::None,
            Element::Break => self.part(Gap::Line),
            Element::Preformatted => {
                self.preformatted = self.preformatted.saturating_sub(1);
                self.end_code();
                self.part(Gap::Block);
            }
            Element::Code => self.end_code(),
            Element::Raised => {
                self.raised = self.raised.saturating_sub(1);
                self.space(tag.span.clone());
            }
            Element::Link => {
                if let Some(Some(address)) = self.links.pop() {
                    let at = tag.span.start;
                    self.reading.put("](", at..at);
                    for (c, origin) in address {
                        self.reading.put_letter(self.source, c, origin);
                    }
                    self.reading.put(")", at..at);
                }
            }
        }
    }

    fn end_code(&mut self) {
        if let Some(start) = self.code.pop() {
            self.reading.code.push(start..self.reading.text.len());
        }
    }

    /// Returns the address that a link leads to in the end: programs lead over sites of their own.
    fn address(&self, value: Span) -> Vec<Letter> {
        let mut letters: Vec<Letter> = Vec::new();
        for (read, origin) in html_text(self.source, value, true) {
            let is_written = slice(self.source, origin.clone()) == read;
            for (at, c) in read.char_indices() {
                let own = origin.start + at..origin.start + at + c.len_utf8();
                letters.push((c, if is_written { own } else { origin.clone() }));
            }
        }
        let is_space = |(c, _): &Letter| c.is_whitespace();
        letters.retain(|letter| !is_space(letter));
        led_to(&letters).unwrap_or(letters)
    }
}

/// Whether a text is HTML, by the name of its file or by how it begins. Markdown may hold HTML, too, and does not begin so.
pub(crate) fn is_hypertext(name: &str, text: &str) -> bool {
    let is_named = [".html", ".htm", ".xhtml"].iter().any(|end| {
        name.len().checked_sub(end.len()).and_then(|at| name.get(at..)).is_some_and(|own| own.eq_ignore_ascii_case(end))
    });
    let mut text = text.trim_start_matches('\u{feff}').trim_start();
    // What the clipboard of Windows sets before it.
    if text.starts_with("Version:") {
        text = slice(text, text.find('<').unwrap_or_default()..);
    }
    while let Some((_, rest)) = ["<?", "<!--"].iter().find_map(|open| text.strip_prefix(open)?.split_once('>')) {
        text = rest.trim_start();
    }
    let begins = |sign: &&str| text.get(..sign.len()).is_some_and(|start| start.eq_ignore_ascii_case(sign));
    is_named || ["<!doctype html", "<html", "<meta ", "<head>", "<body"].iter().any(begins)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(html: &str) -> String {
        ReadText::hypertext(html).text
    }

    #[test]
    fn what_a_browser_shows_is_read_with_its_links() {
        for (html, text) in [
            (
                "<html><head><title>WK-001</title><style>p{}</style></head><body><p>TL-<b>036</b>, TL<wbr>-001</p>",
                "TL-036, TL-001",
            ),
            ("<p>TL&#45;036&nbsp;is\n  met.</p><p>TL&#8209;001", "TL-036 is met.\n\nTL-001"),
            (
                "<p><a href='https://a.example/?b=c&amp;d=e#f'><b>TL-1</b></a></p>",
                "[TL-1](https://a.example/?b=c&d=e#f)",
            ),
            ("<p><a href=\"#top\">up</a> <a name=x>TL-1</a></p>", "up TL-1"),
            (
                "<a href=\"https://www.google.com/url?q=https://a.example/c/tl-1/%23zh-tw&amp;sa=D&amp;ust=1\">x</a>",
                "[x](https://a.example/c/tl-1/#zh-tw)",
            ),
            (
                "<a href=\"https://eur01.safelinks.protection.outlook.com/?url=https%3A%2F%2Fa.example%2Fc%2F&data=05\">x</a>",
                "[x](https://a.example/c/)",
            ),
            ("<ul><li><p>a</p></li><li>b<br>c</li></ul>d", "- a\n\n- b\nc\n\nd"),
            ("<h2>a</h2><blockquote><p>b</p><p>c</blockquote>d", "# a\n\n> b\n\n> c\n\nd"),
            (
                "<table><tr><th>a</th><th>b</th></tr>\n<tr><td><p>c</p></td><td><p>d</p><p>e</p></td></tr></table>f",
                "| a | b |\n\n| c | d\n\ne |\n\nf",
            ),
            ("TL-1<sup>1</sup>. TL-2<sup><a href=\"#a\">[2]</a></sup>, a<sub>b</sub>c", "TL-1 . TL-2 , a b c"),
            ("<p>TL-<del>1</del><ins>2</ins> <s>TL-3</s><strike>TL-4</strike>.</p>", "TL-2 ."),
            ("<pre>a  b\n\nc</pre><!--[if gte mso 9]><p>TL-1</p><![endif]-->", "a b\n\nc"),
        ] {
            assert_eq!(read(html), text, "{html}");
        }
    }

    #[test]
    fn parts_of_it_know_where_they_are_written() {
        let html = "<p>x TL-<b>036</b>&nbsp;<a href=\"https://www.google.com/url?q=https://a.example%2Fc/&amp;sa=D\">y</a></p>";
        let read = ReadText::hypertext(html);
        let at = |part: &str| {
            let start = read.text.find(part).unwrap();
            &html[read.origin(&(start..start + part.len()))]
        };
        assert_eq!((at("TL-036"), at("036"), at("y")), ("TL-<b>036", "036", "y"));
        assert_eq!(at("https://a.example/c/"), "https://a.example%2Fc/");
    }

    #[test]
    fn html_is_told_from_markdown_by_its_name_or_its_beginning() {
        for (name, text, expected) in [
            ("a.HTML", "TL-1", true),
            ("a.md", "\n<!DOCTYPE html>", true),
            ("-", "<?xml version=\"1.0\"?><html>", true),
            ("-", "<meta charset='utf-8'><b id=\"docs-internal-guid\">", true),
            ("-", "Version:0.9\r\nStartHTML:1\r\n<html>", true),
            ("a.md", "<div>TL-1</div>", false),
            ("a.md", "# TL-1\n\n<html>", false),
        ] {
            assert_eq!(is_hypertext(name, text), expected, "{name} {text}");
        }
    }
}
