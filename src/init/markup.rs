//! HTML in Markdown, written as Markdown: tables, lists, paragraphs, line breaks, emphasis, links and images.
//!
//! The tokens are those of a browser. What stands between the tags is kept byte for byte.

use super::draft::TextDraft;
use super::one_line::{folded, in_one_line, without_outer_breaks};
use super::page::DraftPage;
use super::summary::above_headings;
use crate::diagnostic::Span;
use crate::parse::{BlockKind, HtmlTag, HtmlToken, Section, code_spans, html_tokens_in_markdown};
use crate::text::{line_start, slice};

/// What an element is written as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Element {
    Table,
    Row,
    Cell,
    List,
    Item,
    Paragraph,
    Break,
    Heading(u8),
    /// What is below it belongs to it: a heading above headings, and otherwise a label.
    Summary,
    /// Written between two of these.
    Mark(&'static str),
    Link,
    Image,
    /// Its content alone is written.
    Bare,
}

/// The elements that are read. All others stay as they are.
const ELEMENTS: [(&[&str], Element); 19] = [
    (&["table"], Element::Table),
    (&["tr"], Element::Row),
    (&["td", "th"], Element::Cell),
    (&["ul", "ol"], Element::List),
    (&["li"], Element::Item),
    (&["p", "div", "section", "article", "header", "footer", "main", "center", "details"], Element::Paragraph),
    (&["br"], Element::Break),
    (&["h1"], Element::Heading(1)),
    (&["h2"], Element::Heading(2)),
    (&["h3"], Element::Heading(3)),
    (&["h4"], Element::Heading(4)),
    (&["h5", "h6"], Element::Heading(5)),
    (&["summary"], Element::Summary),
    (&["strong", "b", "caption"], Element::Mark("**")),
    (&["em", "i"], Element::Mark("*")),
    (&["code", "tt"], Element::Mark("`")),
    (&["a"], Element::Link),
    (&["img"], Element::Image),
    (
        &[
            "thead", "tbody", "tfoot", "colgroup", "col", "span", "kbd", "u", "sub", "sup", "small", "font", "picture",
            "source", "html", "body", "head", "mark",
        ],
        Element::Bare,
    ),
];

fn element(name: &str) -> Option<Element> {
    ELEMENTS.iter().find(|(names, _)| names.contains(&name)).map(|(_, element)| *element)
}

/// A tag and where it stands.
enum Tag {
    Start(Element, HtmlTag),
    End(Element),
}

/// A text without HTML, and the places of the tags that were read.
pub(crate) struct Unmarked {
    pub(crate) draft: TextDraft,
    pub(crate) tags: Vec<Span>,
}

/// Writes the HTML of a page as Markdown. None if it has none.
pub(crate) fn unmarked(page: &DraftPage) -> Option<Unmarked> {
    if !page.text.contains('<') {
        return None;
    }
    let tags = tags(page);
    if tags.is_empty() {
        return None;
    }
    let tables = tables(page.sections());
    let mut writer =
        Writer { page, tables, out: TextDraft::default(), open: None, lists: 0, links: Vec::new(), summary: "" };
    let mut at = 0;
    for (tag, span) in &tags {
        writer.text(at..span.start);
        match tag {
            Tag::Start(element, tag) => writer.start(*element, tag, span),
            Tag::End(element) => writer.end(*element, span),
        }
        at = span.end;
    }
    writer.text(at..page.text.len());
    writer.close_table();
    Some(Unmarked { draft: writer.out, tags: tags.into_iter().map(|(_, span)| span).collect() })
}

/// Returns the tags of elements that are read, those in code left out.
fn tags(page: &DraftPage) -> Vec<(Tag, Span)> {
    let code = code_spans(&page.text);
    let tables = tables(page.sections());
    // Cells of Markdown have no other way to begin a line.
    let is_kept = |tag: &Tag, span: &Span| {
        matches!(tag, Tag::Start(Element::Break, _)) && tables.iter().any(|table| table.contains(&span.start))
    };
    let is_code = |span: &Span| code.iter().any(|code| code.start <= span.start && span.start < code.end);
    let mut tags = Vec::new();
    for token in html_tokens_in_markdown(&page.text) {
        let (tag, span) = match token {
            HtmlToken::Start(tag) => {
                let Some(element) = element(&tag.name) else { continue };
                let span = tag.span.clone();
                (Tag::Start(element, tag), span)
            }
            HtmlToken::End(tag) => {
                let Some(element) = element(&tag.name) else { continue };
                (Tag::End(element), tag.span)
            }
            HtmlToken::Text(_) => continue,
        };
        let is_whole = page.text.get(span.clone()).is_some_and(|tag| tag.starts_with('<') && tag.ends_with('>'));
        if is_whole && !is_code(&span) && !is_kept(&tag, &span) {
            tags.push((tag, span));
        }
    }
    for element in [Element::Table, Element::List] {
        close(element, &mut tags, &page.text);
    }
    tags
}

/// Ends the elements of a kind that nothing ends: before the next heading of Markdown, as it is for a person who reads on.
fn close(element: Element, tags: &mut Vec<(Tag, Span)>, text: &str) {
    let mut open = Vec::new();
    for (tag, span) in tags.iter() {
        match tag {
            Tag::Start(started, _) if *started == element => open.push(span.end),
            Tag::End(ended) if *ended == element => drop(open.pop()),
            _ => {}
        }
    }
    for end in open.into_iter().filter_map(|from| heading_behind(text, from)) {
        let place = tags.partition_point(|(_, span)| span.start < end);
        tags.insert(place, (Tag::End(element), end..end));
    }
}

/// Returns where the next heading begins that stands behind an empty line.
fn heading_behind(text: &str, from: usize) -> Option<usize> {
    let mut at = from;
    let mut is_behind_empty = false;
    for line in slice(text, from..text.len()).split_inclusive('\n') {
        if is_behind_empty && line.trim_start_matches('#').starts_with(' ') && line.starts_with('#') {
            return Some(at);
        }
        is_behind_empty = line.trim().is_empty() && at > from;
        at += line.len();
    }
    None
}

/// Returns the tables of Markdown.
fn tables(sections: &[Section]) -> Vec<Span> {
    let blocks = sections.iter().flat_map(|section| &section.blocks);
    blocks.filter(|block| matches!(block.kind, BlockKind::Table(_))).map(|block| block.span.0.clone()).collect()
}

/// A table whose end has not been read.
#[derive(Default)]
struct OpenTable {
    rows: Vec<Vec<Cell>>,
    /// The number of tables within it that are open.
    inner: usize,
}

#[derive(Clone, Default)]
struct Cell {
    content: TextDraft,
    across: usize,
    down: usize,
    /// Whether it names its row or column.
    is_head: bool,
}

struct Writer<'a> {
    page: &'a DraftPage,
    tables: Vec<Span>,
    out: TextDraft,
    open: Option<OpenTable>,
    /// The number of lists that are open.
    lists: usize,
    /// Where the links lead that are open.
    links: Vec<Option<String>>,
    /// What is written behind the summary that is open.
    summary: &'static str,
}

impl Writer<'_> {
    /// Returns the text that is written at present: that of a cell or of the page.
    fn target(&mut self) -> &mut TextDraft {
        let cell = self.open.as_mut().and_then(|table| table.rows.last_mut()?.last_mut());
        cell.map_or(&mut self.out, |cell| &mut cell.content)
    }

    fn is_in_cell(&self) -> bool {
        self.open.as_ref().is_some_and(|table| table.rows.last().is_some_and(|row| !row.is_empty()))
    }

    fn is_in_markdown_cell(&self, span: &Span) -> bool {
        self.tables.iter().any(|table| table.contains(&span.start))
    }

    fn text(&mut self, span: Span) {
        let written = self.page.written(&span);
        let is_layout = written.trim().is_empty();
        let mut part = self.page.part(span.clone());
        if self.is_in_cell() {
            part.edit(in_one_line(written));
        } else if self.open.is_some() {
            // Between two rows stands nothing.
            if is_layout {
                return;
            }
        } else if self.lists > 0 {
            part.edit(folded(written));
        } else if is_layout && !written.contains('\n') {
            part = TextDraft::default();
            part.add(written);
        }
        self.target().append(part);
    }

    fn start(&mut self, element: Element, tag: &HtmlTag, span: &Span) {
        let page = self.page;
        let attribute = |name: &str| tag.value(&page.text, name);
        let number = |name: &str| attribute(name).and_then(|value| value.trim().parse().ok()).unwrap_or(1);
        let in_markdown_cell = self.is_in_markdown_cell(span);
        match element {
            Element::Table => match &mut self.open {
                Some(table) => table.inner += 1,
                None => self.open = Some(OpenTable::default()),
            },
            Element::Row => {
                if let Some(table) = self.open.as_mut().filter(|table| table.inner == 0) {
                    table.rows.push(Vec::new());
                }
            }
            Element::Cell => {
                let (across, down) = (number("colspan").clamp(1, 50), number("rowspan").clamp(1, 500));
                if let Some(table) = self.open.as_mut().filter(|table| table.inner == 0) {
                    if table.rows.is_empty() {
                        table.rows.push(Vec::new());
                    }
                    let is_head = tag.name == "th";
                    let cell = Cell { content: TextDraft::default(), across, down, is_head };
                    table.rows.last_mut().expect("a row was pushed").push(cell);
                }
            }
            Element::List if !in_markdown_cell => self.lists += 1,
            Element::Item => {
                let marker = match (self.is_in_cell() || in_markdown_cell, self.lists) {
                    (true, _) => "<br>- ".to_owned(),
                    (false, 0) => "\n- ".to_owned(),
                    (false, lists) => format!("\n{}- ", "  ".repeat(lists - 1)),
                };
                self.target().add(marker);
            }
            Element::Paragraph | Element::Heading(_) if self.is_in_cell() || in_markdown_cell => {
                self.target().add("<br>");
            }
            Element::Paragraph if self.lists == 0 => self.target().part(),
            Element::Heading(depth) => {
                self.target().part();
                self.target().add(format!("{} ", "#".repeat(depth.into())));
            }
            Element::Break => self.line_break(span, in_markdown_cell),
            Element::Summary => {
                let is_inside = self.is_in_cell() || in_markdown_cell;
                let above = above_headings(self.page, span.end).filter(|_| !is_inside);
                self.summary = if above.is_some() { "" } else { "**" };
                match above {
                    Some(depth) if depth > 0 => {
                        self.target().part();
                        self.target().add(format!("{} ", "#".repeat(depth.into())));
                    }
                    Some(_) => {}
                    None => self.target().add("**"),
                }
            }
            Element::Mark(mark) => self.target().add(mark),
            Element::Link => {
                let address = attribute("href").filter(|address| !address.contains([' ', '(', ')', '\n']));
                if address.is_some() {
                    self.target().add("[");
                }
                self.links.push(address);
            }
            Element::Image => {
                if let Some(address) = attribute("src").filter(|address| !address.contains([' ', '(', ')', '\n'])) {
                    let words = attribute("alt").unwrap_or_default().replace(['[', ']', '\n', '|'], " ");
                    self.target().add(format!("![{words}]({address})"));
                }
            }
            Element::List | Element::Paragraph | Element::Bare => {}
        }
    }

    fn end(&mut self, element: Element, span: &Span) {
        let in_markdown_cell = self.is_in_markdown_cell(span);
        match element {
            Element::Table => match self.open.as_mut().filter(|table| table.inner > 0) {
                Some(table) => table.inner -= 1,
                None => self.close_table(),
            },
            Element::List if self.lists > 0 => {
                self.lists -= 1;
                if self.lists == 0 && !self.is_in_cell() {
                    self.target().part();
                }
            }
            Element::List => {}
            Element::Paragraph | Element::Heading(_) if self.is_in_cell() || in_markdown_cell => {
                self.target().add("<br>");
            }
            Element::Heading(_) => self.target().part(),
            Element::Paragraph if self.lists == 0 => self.target().part(),
            Element::Summary if self.summary.is_empty() => self.target().part(),
            Element::Summary => self.target().add("**"),
            Element::Mark(mark) => self.target().add(mark),
            Element::Link => {
                if let Some(Some(address)) = self.links.pop() {
                    self.target().add(format!("]({address})"));
                }
            }
            _ => {}
        }
    }

    /// A line break parts the items of a list, and the lines of a paragraph.
    fn line_break(&mut self, span: &Span, in_markdown_cell: bool) {
        if self.is_in_cell() || in_markdown_cell {
            return self.target().add("<br>");
        }
        // A line that goes on in the middle of a sentence is no other item.
        let goes_on = slice(&self.page.text, span.end..).trim_start().starts_with(|c: char| c.is_lowercase());
        if goes_on && (self.lists > 0 || is_item_line(&self.page.text, span.start)) {
            return self.target().add(" ");
        }
        if self.lists > 0 {
            let indent = "  ".repeat(self.lists - 1);
            return self.target().add(format!("\n{indent}- "));
        }
        let line = line_start(&self.page.text, span.start);
        let written = slice(&self.page.text, line..span.start);
        let words = written.trim_start();
        let bullet = ["- ", "* ", "+ "].iter().find(|bullet| words.starts_with(**bullet));
        match bullet {
            Some(bullet) => {
                let indent = slice(written, ..written.len() - words.len());
                self.target().add(format!("\n{indent}{bullet}"));
            }
            None if slice(&self.page.text, span.end..).starts_with(['\n', '\r']) => self.target().add("\\"),
            None => self.target().add("\\\n"),
        }
    }

    /// Writes a table that ends here, its first row as the head.
    fn close_table(&mut self) {
        let Some(table) = self.open.take() else { return };
        let mut rows: Vec<Vec<Cell>> = Vec::new();
        // The cells that reach down from the rows above, by their columns.
        let mut above: Vec<Option<Cell>> = Vec::new();
        for row in table.rows.into_iter().filter(|row| !row.is_empty()) {
            let mut cells: Vec<Cell> = Vec::new();
            let mut own = row.into_iter();
            loop {
                let at = cells.len();
                if let Some(cell) = above.get_mut(at).and_then(Option::take) {
                    cells.push(cell);
                    continue;
                }
                let Some(cell) = own.next() else {
                    if above.iter().skip(at).any(Option::is_some) {
                        cells.push(Cell::default());
                        continue;
                    }
                    break;
                };
                let across = cell.across.max(1);
                cells.extend(std::iter::repeat_n(Cell { across: 1, ..cell }, across));
            }
            above = cells
                .iter()
                .map(|cell| (cell.down > 1).then(|| Cell { down: cell.down - 1, ..cell.clone() }))
                .collect();
            rows.push(cells);
        }
        let columns = rows.iter().map(Vec::len).max().unwrap_or_default();
        if columns == 0 {
            return;
        }
        // Of several rows that name columns, the last one names each of them.
        let heads = rows.iter().take_while(|row| row.iter().all(|cell| cell.is_head)).count();
        rows.drain(..heads.saturating_sub(1).min(rows.len() - 1));
        // The only row is none of names, unless it says so.
        if rows.len() == 1 && heads == 0 {
            rows.insert(0, Vec::new());
        }
        self.out.part();
        for (at, row) in rows.into_iter().enumerate() {
            let length = row.len();
            for cell in row {
                self.out.add("| ");
                self.out.append(without_outer_breaks(cell.content));
                self.out.add(" ");
            }
            self.out.add(format!("{}|\n", "| ".repeat(columns - length)));
            if at == 0 {
                self.out.add(format!("{}|\n", "| --- ".repeat(columns)));
            }
        }
        self.out.part();
    }
}

/// Whether the line that a place is in begins an item of a list.
fn is_item_line(text: &str, at: usize) -> bool {
    let line = slice(text, line_start(text, at)..at).trim_start();
    ["- ", "* ", "+ "].iter().any(|bullet| line.starts_with(bullet))
}
