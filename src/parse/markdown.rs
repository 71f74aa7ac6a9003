//! Texts as Markdown, and back.
//!
//! The register keeps the last words of a withdrawn criterion as Markdown, since people read it.

use camino::Utf8Path;

use super::document::{Alignment, Block, BlockKind, List, RichText, Table};
use super::inlines::{self, Container, longest_run};
use super::outline::prose_blocks;
use super::parse;
use crate::diagnostic::Problems;

impl RichText {
    /// Reads inline Markdown. Of a text of several paragraphs the first is read.
    pub fn read(markdown: &str) -> Self {
        match blocks(markdown).into_iter().next().map(|block| block.kind) {
            Some(BlockKind::Paragraph(paragraph)) => paragraph.text,
            _ => Self::default(),
        }
    }

    /// Returns the text as inline Markdown, in one line unless it holds line ends of its own.
    pub fn markdown(&self) -> String {
        inlines::written(self, Container::Paragraph)
    }
}

/// Reads blocks of Markdown.
pub fn blocks(markdown: &str) -> Vec<Block> {
    let document = parse(Utf8Path::new(""), markdown, &Problems::default());
    document.sections.into_iter().flat_map(prose_blocks).collect()
}

/// Blocks as Markdown, with a line end behind the last.
pub fn markdown(blocks: &[Block]) -> String {
    let mut text = String::new();
    // Of two lists that follow each other the second has other markers, or they would be one.
    let mut is_other = false;
    for (at, block) in blocks.iter().enumerate() {
        let is_list = |block: &Block| matches!(block.kind, BlockKind::List(_));
        is_other = at > 0 && is_list(&blocks[at - 1]) && is_list(block) && !is_other;
        if at > 0 {
            text.push('\n');
        }
        text.push_str(&written(&block.kind, is_other));
    }
    text
}

fn written(block: &BlockKind, is_other: bool) -> String {
    match block {
        BlockKind::Paragraph(paragraph) => paragraph.text.markdown() + "\n",
        BlockKind::Heading { depth, text } => heading(*depth, &text.markdown()),
        BlockKind::List(List { start, items }) => {
            let items: Vec<_> = items.iter().map(|item| markdown(&item.blocks)).collect();
            let marker = |at: u64| match (start, is_other) {
                (Some(start), false) => format!("{}. ", start.saturating_add(at).min(LAST_NUMBER)),
                (Some(start), true) => format!("{}) ", start.saturating_add(at).min(LAST_NUMBER)),
                (None, true) => "* ".to_owned(),
                // The markers of lists in lists, with nothing behind them, would be a rule.
                (None, false) if items.iter().any(|item| begins_with_hyphens(item)) => "+ ".to_owned(),
                (None, false) => "- ".to_owned(),
            };
            let item = |(at, item): (u64, &String)| {
                let marker = marker(at);
                indented(&marker, &" ".repeat(marker.len()), item)
            };
            (0..).zip(&items).map(item).collect()
        }
        BlockKind::Quote(blocks) => indented("> ", "> ", &markdown(blocks)),
        BlockKind::Alert { kind, blocks } => {
            // Not all blocks can stand right below a line.
            let is_paragraph = matches!(blocks.first().map(|block| &block.kind), Some(BlockKind::Paragraph(_)) | None);
            let between = if is_paragraph { "\n" } else { "\n\n" };
            let body = [&format!("[!{}]", kind.name().to_uppercase()), between, &markdown(blocks)].concat();
            indented("> ", "> ", &body)
        }
        BlockKind::Footnote { label, blocks } => indented(&format!("[^{label}]: "), "    ", &markdown(blocks)),
        BlockKind::Code { language, text } => {
            let fence = "`".repeat(longest_run(text).max(2) + 1);
            let end = if text.is_empty() || text.ends_with('\n') { "" } else { "\n" };
            format!("{fence}{}\n{text}{end}{fence}\n", info(language))
        }
        BlockKind::Table(Table { alignments, head, rows }) => {
            let row = |cells: Vec<String>| format!("| {} |\n", cells.join(" | "));
            let texts = |cells: &Vec<RichText>| row(cells.iter().map(cell).collect());
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
        BlockKind::Rule => "___\n".to_owned(),
    }
}

/// The highest number that an item of a list can have.
const LAST_NUMBER: u64 = 999_999_999;

/// Whether the first line of an item would be a rule with one more hyphen before it.
fn begins_with_hyphens(item: &str) -> bool {
    let line = item.lines().next().unwrap_or_default();
    line.matches('-').count() >= 2 && line.chars().all(|c| matches!(c, '-' | ' '))
}

/// Returns the language after the fence of code, without letters that would mean something there.
fn info(language: &str) -> String {
    let letter = |c: char| match c {
        '&' | '\\' | '`' => format!("&#{};", u32::from(c)),
        c if c.is_whitespace() || c.is_control() => format!("&#{};", u32::from(c)),
        c => c.to_string(),
    };
    language.chars().map(letter).collect()
}

/// Returns a text in which no bar is left to divide cells, not even one in code.
fn cell(text: &RichText) -> String {
    in_one_line(&inlines::written(text, Container::Cell)).replace('|', "\\|")
}

/// Returns a text where no line can end.
fn in_one_line(text: &str) -> String {
    text.replace("\\\n", " ").replace('\n', "")
}

/// Only a heading with a line below it can go on in a second line.
fn heading(depth: u8, text: &str) -> String {
    match (text.contains('\n'), depth) {
        (true, 1) => format!("{text}\n===\n"),
        (true, 2) => format!("{text}\n---\n"),
        _ => {
            let text = in_one_line(text);
            // A sign at its end would close it.
            let text = match text.strip_suffix('#') {
                Some(kept) if !kept.ends_with('\\') => format!("{kept}\\#"),
                _ => text,
            };
            format!("{} {text}\n", "#".repeat(depth.into()))
        }
    }
}

/// Lines with something before the first and something before each other that is not empty.
pub(crate) fn indented(first: &str, others: &str, text: &str) -> String {
    let mut written = String::new();
    for (at, line) in text.lines().enumerate() {
        let prefix = if at == 0 { first } else { others };
        written.push_str(if line.is_empty() { prefix.trim_end() } else { prefix });
        written.push_str(line);
        written.push('\n');
    }
    if text.is_empty() { format!("{}\n", first.trim_end()) } else { written }
}
