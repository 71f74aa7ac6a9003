//! Texts of editions as Markdown, and back.
//!
//! The register keeps the last words of a withdrawn criterion as Markdown, since people read it.

use camino::Utf8Path;

use super::text::{Inline, Marked};
use super::{Alignment, Block, Text};
use crate::parse::{self, BlockKind};

impl Text {
    /// Reads inline Markdown. Of a text of several paragraphs the first is read.
    pub fn read(markdown: &str) -> Self {
        match Block::read(markdown).into_iter().next() {
            Some(Block::Paragraph(text)) => text,
            _ => Self::default(),
        }
    }

    /// The text as inline Markdown, in one line unless it holds line ends of its own.
    pub fn markdown(&self) -> String {
        let mut written = String::new();
        write(self.inlines_written(), &mut written);
        beginning_escaped(&written)
    }
}

impl Block {
    /// Reads blocks of Markdown.
    pub fn read(markdown: &str) -> Vec<Self> {
        let (document, _) = parse::parse(Utf8Path::new(""), markdown);
        let mut blocks = Vec::new();
        for section in document.sections {
            blocks.extend(section.heading.map(|heading| parse::Block {
                span: heading.text.span.clone(),
                kind: BlockKind::Heading(heading.depth, heading.text),
            }));
            blocks.extend(section.blocks);
        }
        Self::of_all(&blocks)
    }

    /// The blocks as Markdown, with a line end behind the last.
    pub fn markdown(blocks: &[Self]) -> String {
        let mut written = String::new();
        // Of two lists that follow each other the second has other markers, or they would be one.
        let mut is_other = false;
        for (at, block) in blocks.iter().enumerate() {
            let after_list = at > 0 && matches!((&blocks[at - 1], block), (Self::List { .. }, Self::List { .. }));
            is_other = after_list && !is_other;
            if at > 0 {
                written.push('\n');
            }
            written.push_str(&block.written(is_other));
        }
        written
    }

    fn written(&self, is_other: bool) -> String {
        match self {
            Self::Paragraph(text) => text.markdown() + "\n",
            Self::Heading { depth, text } => heading(*depth, &text.markdown()),
            Self::List { start, items } => {
                let mut written = String::new();
                for (at, item) in items.iter().enumerate() {
                    let marker = match (start, is_other) {
                        (Some(start), false) => format!("{}. ", start + at as u64),
                        (Some(start), true) => format!("{}) ", start + at as u64),
                        (None, false) => "- ".to_owned(),
                        (None, true) => "* ".to_owned(),
                    };
                    written.push_str(&indented(&marker, &" ".repeat(marker.len()), &Self::markdown(item)));
                }
                written
            }
            Self::Quote(blocks) => indented("> ", "> ", &Self::markdown(blocks)),
            Self::Code { language, text } => {
                let fence = "`".repeat(longest_run(text).max(2) + 1);
                let end = if text.is_empty() || text.ends_with('\n') { "" } else { "\n" };
                format!("{fence}{language}\n{text}{end}{fence}\n")
            }
            Self::Table { alignments, head, rows } => {
                let row = |cells: Vec<String>| format!("| {} |\n", cells.join(" | "));
                let texts = |cells: &Vec<Text>| row(cells.iter().map(cell).collect());
                let rule = |alignment: &Alignment| match alignment {
                    Alignment::None => "---".to_owned(),
                    Alignment::Left => ":--".to_owned(),
                    Alignment::Center => ":-:".to_owned(),
                    Alignment::Right => "--:".to_owned(),
                };
                let rules = row(alignments.iter().map(rule).collect());
                texts(head) + &rules + &rows.iter().map(texts).collect::<String>()
            }
            // Not of hyphens or asterisks, which would be one rule with the marker of a list around it.
            Self::Rule => "___\n".to_owned(),
        }
    }
}

/// A text in which no line ends and no bar is left to divide cells, not even one in code.
fn cell(text: &Text) -> String {
    text.markdown().replace("\\\n", " ").replace("\\|", "|").replace('|', "\\|")
}

/// Only a heading with a line below it can go on in a second line.
fn heading(depth: u8, text: &str) -> String {
    match (text.contains('\n'), depth) {
        (true, 1) => format!("{text}\n===\n"),
        (true, 2) => format!("{text}\n---\n"),
        _ => {
            // A sign at its end would close it.
            let text = match text.strip_suffix('#') {
                Some(kept) if !kept.ends_with('\\') => format!("{kept}\\#"),
                _ => text.to_owned(),
            };
            format!("{} {text}\n", "#".repeat(depth.into()))
        }
    }
}

/// Lines with something before the first and something before each other that is not empty.
fn indented(first: &str, others: &str, text: &str) -> String {
    let mut written = String::new();
    for (at, line) in text.lines().enumerate() {
        let prefix = if at == 0 { first } else { others };
        written.push_str(if line.is_empty() { prefix.trim_end() } else { prefix });
        written.push_str(line);
        written.push('\n');
    }
    if text.is_empty() { format!("{}\n", first.trim_end()) } else { written }
}

fn write(inlines: &[Inline], out: &mut String) {
    let mut last_delimiter = None;
    for inline in inlines {
        let marked = match inline {
            Inline::Plain(words) => {
                escape(words, out);
                last_delimiter = None;
                continue;
            }
            Inline::Marked(marked) => marked,
        };
        let delimiter = delimiter(marked, last_delimiter);
        last_delimiter = delimiter.map(|(letter, _)| letter);
        match marked {
            Marked::Emphasis(inner) | Marked::Strong(inner) | Marked::Strikethrough(inner) => {
                let (letter, count) = delimiter.unwrap_or(('*', 1));
                let run = letter.to_string().repeat(count);
                out.push_str(&run);
                write(inner.inlines_written(), out);
                out.push_str(&run);
            }
            Marked::Code(code) => {
                let fence = "`".repeat(if code.contains('`') { longest_run(code) + 1 } else { 1 });
                let is_spaced = code.starts_with(' ') && code.ends_with(' ') && !code.trim().is_empty();
                let pad = if code.starts_with('`') || code.ends_with('`') || is_spaced { " " } else { "" };
                out.push_str(&format!("{fence}{pad}{code}{pad}{fence}"));
            }
            Marked::Link { target, title, words } => {
                let mut inner = String::new();
                write(words.inlines_written(), &mut inner);
                out.push_str(&if words.plain() == *target && target.starts_with("http") && title.is_empty() {
                    format!("<{target}>")
                } else {
                    format!("[{inner}]({}{})", address(target), quoted(title))
                });
            }
            Marked::Image { target, title, alternative } => {
                let mut inner = String::new();
                escape(alternative, &mut inner);
                out.push_str(&format!("![{inner}]({}{})", address(target), quoted(title)));
            }
            Marked::Reference { written, .. } => {
                out.push_str(&written.lines().map(str::trim).collect::<Vec<_>>().join(" "));
            }
            Marked::Break => out.push_str("\\\n"),
        }
    }
}

/// What emphasis is written with. Underscores are told from asterisks that touch them, but do not work within words.
fn delimiter(marked: &Marked, before: Option<char>) -> Option<(char, usize)> {
    let touches =
        |inline: Option<&Inline>| matches!(inline, Some(Inline::Marked(Marked::Emphasis(_) | Marked::Strong(_))));
    let (inner, count) = match marked {
        Marked::Emphasis(inner) => (inner, 1),
        Marked::Strong(inner) => (inner, 2),
        Marked::Strikethrough(_) => return Some(('~', 2)),
        _ => return None,
    };
    let inner = inner.inlines_written();
    let asterisk_within = touches(inner.first()) || touches(inner.last());
    Some((if before == Some('*') || asterisk_within { '_' } else { '*' }, count))
}

fn address(target: &str) -> String {
    let escaped = target.replace('\\', "\\\\").replace('&', "&amp;").replace('<', "\\<").replace('>', "\\>");
    format!("<{}>", escaped.replace('\n', "&#10;").replace('\r', "&#13;"))
}

fn quoted(title: &str) -> String {
    if title.is_empty() {
        return String::new();
    }
    let escaped = title.replace('\\', "\\\\").replace('&', "&amp;").replace('"', "\\\"");
    format!(" \"{}\"", escaped.replace('\n', "&#10;").replace('\r', "&#13;"))
}

/// Words as they are meant: what Markdown would read as markup is escaped.
fn escape(words: &str, out: &mut String) {
    let mut before = None;
    let mut rest = words.chars();
    while let Some(c) = rest.next() {
        let is_word = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
        let after = rest.clone().next();
        match c {
            // Within a word it marks nothing.
            '_' if is_word(before) && is_word(after) => out.push(c),
            '&' if !is_word(after) && after != Some('#') => out.push(c),
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '&' | '~' | '{' | '|' => out.extend(['\\', c]),
            '\n' | '\r' | '\t' => out.push_str(&format!("&#{};", u32::from(c))),
            _ => out.push(c),
        }
        before = Some(c);
    }
}

/// A text of which no line begins or ends as a text of one paragraph cannot.
fn beginning_escaped(text: &str) -> String {
    let line = |line: &str| {
        let behind = line.trim_start_matches(|c: char| c.is_ascii_digit());
        let digits = line.strip_suffix(behind).unwrap_or_default();
        let line = match behind.chars().next() {
            Some('.' | ')') if !digits.is_empty() => format!("{digits}\\{behind}"),
            Some('+' | '-' | '=' | '>' | ':' | '#') if digits.is_empty() => format!("\\{line}"),
            _ => line.to_owned(),
        };
        let line = match line.strip_prefix(' ') {
            Some(rest) => format!("&#32;{rest}"),
            None => line,
        };
        match line.strip_suffix(' ') {
            Some(rest) => format!("{rest}&#32;"),
            None => line,
        }
    };
    text.split('\n').map(line).collect::<Vec<_>>().join("\n")
}

fn longest_run(text: &str) -> usize {
    text.split(|c| c != '`').map(str::len).max().unwrap_or(0)
}
