//! A ladder as Markdown in one language: all that its file says, ids included, from an edition or from the present.

use toml_edit::{Array, DocumentMut, InlineTable, Item, Table, Value, value};

use super::credit::Credit;
use crate::edition::{ByLocale, Frozen, FrozenCriterion, FrozenLadder, FrozenLevel, FrozenProse, FrozenThread};
use crate::handle::LadderIndex;
use crate::id::CriterionId;
use crate::model::Site;
use crate::parse::{Block, BlockKind, Inline, RichText, indented, markdown};

/// What stands in the place of a text that is not translated.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Untranslated {
    /// The text in the source, for people.
    InSource,
    /// Nothing, as in the files of a site.
    LeftOut,
}

/// Returns the file of a ladder in the language of a tag, for people.
pub(crate) fn ladder(site: &Site, frozen: &Frozen, at: LadderIndex, tag: &str) -> String {
    let credit = Credit::of(site, &frozen.provenance);
    let licence = credit.licence_url.as_deref().map(|url| format!(" <{url}>")).unwrap_or_default();
    let credit = format!("# {}\n# {}{licence}\n", in_one_line(&credit.attribution), credit.licence_cell());
    Writer::of(frozen, &frozen.ladders[at], tag, Untranslated::InSource).text(&credit)
}

/// Writes a ladder in one language.
pub(super) struct Writer<'a> {
    ladder: &'a FrozenLadder,
    /// The locales whose texts are taken, the first that has one.
    tags: Vec<&'a str>,
    /// Whether it says which thread a criterion belongs to, and what was renamed. The files of translations leave that to
    /// the source.
    has_structure: bool,
}

impl<'a> Writer<'a> {
    pub(super) fn of(frozen: &'a Frozen, ladder: &'a FrozenLadder, tag: &'a str, untranslated: Untranslated) -> Self {
        let source = frozen.source();
        match untranslated {
            Untranslated::InSource => Self { ladder, tags: vec![tag, source], has_structure: true },
            Untranslated::LeftOut => Self { ladder, tags: vec![tag], has_structure: tag == source },
        }
    }

    /// Returns the file, which begins with a comment.
    pub(super) fn text(&self, comment: &str) -> String {
        let mut text = self.front_matter(comment);
        let title = self.said(&self.ladder.heading).or_else(|| self.said(&self.ladder.title));
        text.push_str(&heading(1, title.map_or("", String::as_str), ""));
        self.blocks(&mut text, &self.ladder.preface);
        self.sections(&mut text, 0);
        for (behind, level) in (1..).zip(&self.ladder.levels) {
            self.level(&mut text, level);
            self.sections(&mut text, behind);
        }
        text
    }

    /// Adds the sections that stand behind so many levels.
    fn sections(&self, text: &mut String, after: usize) {
        let all = self.said(&self.ladder.prose).into_iter().flatten();
        all.filter(|section| section.after == after).for_each(|section| prose(text, section));
    }

    fn said<T>(&self, texts: &'a ByLocale<T>) -> Option<&'a T> {
        self.tags.iter().find_map(|tag| texts.get(*tag))
    }

    /// Title and threads, below a comment.
    fn front_matter(&self, comment: &str) -> String {
        let mut document = DocumentMut::new();
        if let Some(title) = self.said(&self.ladder.title) {
            document["title"] = value(title.as_str());
        }
        let mut threads = Table::new();
        for thread in &self.ladder.threads {
            if let Some(written) = self.thread(thread) {
                threads.insert(&thread.key, Item::Value(written));
            }
        }
        if !threads.is_empty() {
            document["threads"] = Item::Table(threads);
        }
        format!("+++\n{comment}{document}+++\n")
    }

    fn thread(&self, thread: &'a FrozenThread) -> Option<Value> {
        let title = self.said(&thread.title)?;
        if thread.was.is_empty() || !self.has_structure {
            return Some(title.as_str().into());
        }
        let mut table = InlineTable::new();
        table.insert("title", title.as_str().into());
        table.insert("was", Value::Array(thread.was.iter().map(String::as_str).collect::<Array>()));
        Some(table.into())
    }

    fn blocks(&self, text: &mut String, blocks: &'a ByLocale<Vec<Block>>) {
        if let Some(blocks) = self.said(blocks) {
            below(text, blocks);
        }
    }

    fn level(&self, text: &mut String, level: &'a FrozenLevel) {
        let title = self.said(&level.title).map_or("", String::as_str);
        let name = match (level.codes.join("/").as_str(), title) {
            ("", title) => title.to_owned(),
            (codes, title) if title.is_empty() || title == codes => codes.to_owned(),
            (codes, title) => format!("{codes} = {title}"),
        };
        text.push('\n');
        text.push_str(&heading(2, &name, &self.attributes(&level.id, &level.was)));
        self.blocks(text, &level.summary);
        for here in &level.categories {
            let Some(category) = self.ladder.category(&here.id) else { continue };
            if !category.id.is_empty() {
                let title = self.said(&category.title).map_or("", String::as_str);
                text.push('\n');
                text.push_str(&heading(3, title, &self.attributes(&category.id, &category.was)));
            }
            self.blocks(text, &here.prose);
            let is_here = |criterion: &&FrozenCriterion| criterion.level == level.id && criterion.category == here.id;
            for criterion in self.ladder.criteria.iter().filter(is_here) {
                self.criterion(text, criterion);
            }
        }
    }

    /// Returns an id with those that came before it: `{#L6 was=L5,L4}`.
    fn attributes(&self, id: &str, was: &[String]) -> String {
        let is_told = self.has_structure && !was.is_empty();
        let was = if is_told { format!(" was={}", was.join(",")) } else { String::new() };
        format!("{{#{id}{was}}}")
    }

    fn criterion(&self, text: &mut String, criterion: &'a FrozenCriterion) {
        let Some(statement) = self.said(&criterion.statement) else { return };
        let thread = criterion.thread.as_ref().filter(|_| self.has_structure);
        let thread = thread.map(|thread| format!(" thread={thread}")).unwrap_or_default();
        let id: &CriterionId = &criterion.id;
        let mut item = format!("{} {{#{id}{thread}}}\n", statement.markdown());
        if let Some(detail) = self.said(&criterion.detail) {
            below(&mut item, detail);
        }
        text.push('\n');
        text.push_str(&indented("- ", "  ", &item));
    }
}

/// Adds a section without criteria.
fn prose(text: &mut String, section: &FrozenProse) {
    let id = section.id.as_ref().map(|id| format!("{{#{}}}", id.text)).unwrap_or_default();
    text.push('\n');
    text.push_str(&heading(2, &section.title, &id));
    below(text, &section.blocks);
}

/// Adds blocks below a heading or a statement. A heading among them is none of a level.
fn below(text: &mut String, blocks: &[Block]) {
    let deeper = |block: &Block| match &block.kind {
        BlockKind::Heading { depth, text } => {
            Block { kind: BlockKind::Heading { depth: (*depth).max(3), text: text.clone() }, ..block.clone() }
        }
        _ => block.clone(),
    };
    if !blocks.is_empty() {
        text.push('\n');
        text.push_str(&markdown(&blocks.iter().map(deeper).collect::<Vec<_>>()));
    }
}

/// Returns a line with a heading.
fn heading(depth: u8, title: &str, attributes: &str) -> String {
    let text = RichText { inlines: vec![Inline::Text(title.to_owned())], ..RichText::default() };
    let space = if attributes.is_empty() { "" } else { " " };
    format!("{} {}{space}{attributes}\n", "#".repeat(depth.into()), in_one_line(&text.markdown()))
}

fn in_one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
