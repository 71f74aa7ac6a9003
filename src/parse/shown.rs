//! What readers see as it is written, because it is no Markdown: tags of HTML, and what other generators read.

use camino::Utf8Path;
use pulldown_cmark::{LinkType, Tag};

use super::html::{HtmlTag, HtmlToken, html_tokens_in_markdown};
use super::tokens::{self, Token};
use crate::diagnostic::{Code, Diagnostic, Place, Span};
use crate::text::{line_end, line_start, shortened, slice};

/// What a tag stands for in Markdown.
const IN_MARKDOWN: &[(&[&str], &str)] = &[
    (&["br"], "end the line with a backslash; in a table, write two rows or a list below it"),
    (&["b", "strong"], "write `**words**`"),
    (&["i", "em", "cite", "var", "dfn"], "write `*words*`"),
    (&["s", "del", "strike"], "write `~~words~~`"),
    (&["code", "kbd", "samp", "tt"], "put the words between backticks"),
    (&["pre"], "put the lines between two lines of three backticks"),
    (&["a"], "write `[words](address)`, and `{#anchor}` after a heading for an anchor"),
    (&["img", "picture", "source", "figure", "figcaption"], "write `![words](address)`"),
    (&["ul", "ol", "li"], "write each item on a line of its own, after `- `"),
    (&["dl", "dt", "dd"], "write each term as an item of a list"),
    (
        &["table", "thead", "tbody", "tfoot", "tr", "th", "td", "colgroup", "col", "caption"],
        "write `| a | b |` for each row, and `| --- | --- |` below the first",
    ),
    (&["h1", "h2", "h3", "h4", "h5", "h6"], "write `## words` on a line of its own"),
    (&["hr"], "write `---` between two empty lines"),
    (&["blockquote", "q"], "write `> ` before each line"),
    (&["details", "summary"], "write the summary as a heading, and what belongs to it below"),
    (&["sup", "sub"], "write a footnote, `[^1]`, in a note; elsewhere a character such as `²`"),
    (
        &[
            "p", "div", "span", "center", "section", "article", "header", "footer", "main", "nav", "font", "u",
            "small", "big", "mark", "ins",
        ],
        "remove the tag, and separate paragraphs with empty lines",
    ),
    (
        &["script", "style", "iframe", "video", "audio", "object", "embed", "form", "input", "button"],
        "remove it, or link to the page that has it",
    ),
];

/// The tags whose parts are told of with them.
const WHOLES: &[&str] = &["table", "ul", "ol", "dl", "picture", "figure", "details"];

/// The signs of other generators: how each begins, how it ends, what it is, and what to do.
const SIGNS: &[Sign] = &[
    Sign { begins: "{{", ends: "}}", kind: "a shortcode or a variable of another generator", help: SHORTCODE },
    Sign { begins: "{%", ends: "%}", kind: "a tag of another generator", help: SHORTCODE },
    Sign { begins: "{:", ends: "}", kind: "an attribute of another generator", help: "remove it" },
    Sign { begins: "<!--", ends: "-->", kind: "a comment that never ends", help: "end it with `-->`, or remove it" },
];

const SHORTCODE: &str = "write what it means in Markdown, or remove it; between backticks it is code";

const CONTENTS: &str = "remove it: every page lists its parts next to the text";

const ALERT: &str = "write `> [!NOTE]` on a line of its own, with `> ` before each line of what it says; there are NOTE, TIP, \
                     IMPORTANT, WARNING and CAUTION";

struct Sign {
    begins: &'static str,
    ends: &'static str,
    kind: &'static str,
    help: &'static str,
}

/// Something that is shown as it is written.
pub(crate) struct Shown {
    pub(crate) span: Span,
    kind: &'static str,
    help: String,
}

impl Shown {
    /// Returns the warning of it. The place is that of its span, in whatever text it was found.
    pub(crate) fn problem(self, text: &str, place: Place) -> Diagnostic {
        let written = slice(text, self.span).lines().next().unwrap_or_default();
        let message = format!("`{}` is shown as text", shortened(written, SHORT));
        place.problem(Code::RawHtml, message).label(self.kind).help(self.help)
    }
}

/// Returns what a text that is no file of Markdown shows as it is written.
pub(crate) fn shown_as_written(text: &str) -> Vec<Shown> {
    found(text, 0, &tokens::tokens(text, 0))
}

/// Returns a warning for each thing behind byte `start` that is shown as it is written. What is never closed was told of.
pub(super) fn as_written(
    path: &Utf8Path,
    text: &str,
    start: usize,
    tokens: &[(Token, Span)],
    unclosed: &[Diagnostic],
) -> Vec<Diagnostic> {
    let is_told = |shown: &Shown| unclosed.iter().any(|other| other.label.place.span().start == shown.span.start);
    let problem = |shown: Shown| {
        let place = Place::new(path, shown.span.clone());
        shown.problem(text, place)
    };
    found(text, start, tokens).into_iter().filter(|shown| !is_told(shown)).map(problem).collect()
}

/// Returns what is shown as it is written, in the order of the text. Of what stands within each other, the outer one.
fn found(text: &str, start: usize, tokens: &[(Token, Span)]) -> Vec<Shown> {
    let visible = Visible::of(text, tokens);
    let mut found = signs(text, start, &visible);
    found.extend(lines(text, start, &visible));
    found.extend(tags(visible.html));
    found.sort_by_key(|shown| (shown.span.start, std::cmp::Reverse(shown.span.end)));
    let mut end = 0;
    found.retain(|shown| {
        let is_new = shown.span.start >= end;
        end = end.max(shown.span.end);
        is_new
    });
    found
}

/// The number of characters that a message quotes.
const SHORT: usize = 60;

/// The parts of a file that are read as words.
struct Visible {
    /// In the order of the text.
    words: Vec<Span>,
    /// Tags, each with whether it ends something.
    html: Vec<(HtmlTag, bool)>,
}

impl Visible {
    fn of(text: &str, tokens: &[(Token, Span)]) -> Self {
        let mut visible = Self { words: Vec::new(), html: Vec::new() };
        let mut code = 0;
        let mut open = Vec::new();
        for (token, span) in tokens {
            match token {
                Token::Start(tag) => {
                    let is_code = matches!(tag, Tag::CodeBlock(_));
                    code += usize::from(is_code);
                    open.push(is_code);
                    let is_reference = matches!(
                        tag,
                        Tag::Link { link_type: LinkType::ShortcutUnknown | LinkType::CollapsedUnknown, .. }
                    );
                    if is_reference {
                        visible.words.push(span.clone());
                    }
                }
                Token::End => code -= usize::from(open.pop().unwrap_or_default()),
                Token::Text(_) if code == 0 => visible.words.push(span.clone()),
                Token::Html(_) => visible.html(text, span),
                _ => {}
            }
        }
        visible.words.sort_by_key(|span| span.start);
        visible
    }

    /// Adds HTML, but for the comments in it.
    fn html(&mut self, text: &str, html: &Span) {
        let moved = |span: Span| html.start + span.start..html.start + span.end;
        for token in html_tokens_in_markdown(slice(text, html.clone())) {
            let (tag, ends) = match token {
                HtmlToken::Text(span) => {
                    self.words.push(moved(span));
                    continue;
                }
                HtmlToken::Start(tag) => (tag, false),
                HtmlToken::End(tag) => (tag, true),
            };
            let span = moved(tag.span);
            self.words.push(span.clone());
            self.html.push((HtmlTag { span, ..tag }, ends));
        }
    }

    /// Returns whether what stands at a place is read, and not a part of code or of a comment.
    fn shows(&self, text: &str, at: usize) -> bool {
        let behind = self.words.partition_point(|span| span.start <= at);
        let is_word = self.words[..behind].iter().rev().take(2).any(|span| span.contains(&at));
        is_word && !slice(text, ..at).ends_with('\\')
    }
}

fn signs(text: &str, start: usize, visible: &Visible) -> Vec<Shown> {
    let mut found = Vec::new();
    for Sign { begins, ends, kind, help } in SIGNS {
        for (at, _) in slice(text, start..).match_indices(begins) {
            let from = start + at;
            if !visible.shows(text, from) {
                continue;
            }
            let line = slice(text, from..line_end(text, from));
            let is_comment = *begins == "<!--";
            let end = match line.find(ends) {
                Some(_) if is_comment => continue,
                Some(at) => from + at + ends.len(),
                // A brace alone is a brace.
                None if !is_comment => continue,
                None => from + begins.len(),
            };
            found.push(Shown { span: from..end, kind, help: (*help).to_owned() });
        }
    }
    found
}

/// Finds what is a sign on a line of its own: `:::tip`, `!!! note`, `[TOC]`, and alerts that GitHub does not know.
fn lines(text: &str, start: usize, visible: &Visible) -> Vec<Shown> {
    let mut found = Vec::new();
    let mut at = start;
    for line in slice(text, start..).split_inclusive('\n') {
        let words = line.trim_start_matches([' ', '\t', '>']);
        let from = at + line.len() - words.len();
        at += line.len();
        let words = words.trim_end();
        let is_quoted = slice(text, line_start(text, from)..from).contains('>');
        let Some((length, kind, help)) = sign_of_line(words, is_quoted) else { continue };
        if visible.shows(text, from) {
            found.push(Shown { span: from..from + length, kind, help: help.to_owned() });
        }
    }
    found
}

/// Returns the length of the sign that a line begins with, what it is, and what to do.
fn sign_of_line(line: &str, is_quoted: bool) -> Option<(usize, &'static str, &'static str)> {
    let is_name = |words: &str| words.trim_start().starts_with(|c: char| c.is_alphabetic() || c == '{');
    if let Some(rest) = line.strip_prefix(":::") {
        return is_name(rest.trim_start_matches(':')).then_some((line.len(), "a block of another generator", ALERT));
    }
    let admonition = ["!!! ", "??? "].into_iter().find_map(|sign| line.strip_prefix(sign));
    if admonition.is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_lowercase())) {
        return Some((line.len(), "a block of another generator", ALERT));
    }
    let contents = ["[toc]", "[[toc]]", "[[_toc_]]", "${toc}", "@[toc]"];
    if contents.iter().any(|sign| line.eq_ignore_ascii_case(sign)) {
        return Some((line.len(), "a table of contents of another generator", CONTENTS));
    }
    let (name, _) = line.strip_prefix("[!").filter(|_| is_quoted)?.split_once(']')?;
    let is_alert = !name.is_empty() && name.chars().all(|c| c.is_ascii_alphabetic() || c == '-');
    is_alert.then_some((name.len() + "[!]".len(), "not an alert, or not on a line of its own", ALERT))
}

/// Finds the tags that begin something, and those that end what has not begun.
fn tags(tags: Vec<(HtmlTag, bool)>) -> Vec<Shown> {
    let mut found = Vec::new();
    let mut open: Vec<String> = Vec::new();
    for (tag, ends) in tags {
        let names = |name: &str| IN_MARKDOWN.iter().find(|(names, _)| names.contains(&name)).map(|(names, _)| *names);
        let own = names(&tag.name);
        if !ends && open.iter().any(|name| WHOLES.contains(&name.as_str()) && names(name) == own) {
            open.push(tag.name);
            continue;
        }
        if !ends {
            open.push(tag.name.clone());
        } else if let Some(at) = open.iter().rposition(|name| *name == tag.name) {
            open.truncate(at);
            continue;
        }
        let known = IN_MARKDOWN.iter().find(|(names, _)| names.contains(&tag.name.as_str()));
        let help = match known {
            Some((_, help)) => (*help).to_owned(),
            None => format!("if you mean it literally, write `` `<{}>` ``; if not, remove it", tag.name),
        };
        found.push(Shown { span: tag.span, kind: "HTML is not supported", help });
    }
    found
}
