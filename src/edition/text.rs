//! Texts in the file of an edition: what the parser's trees say, without the places where they stood.
//!
//! The file outlives many versions of the program, so its form is written down here and does not follow the types of
//! [`crate::parse`]. A text without markup is a string, and a text with markup a list of strings and marked parts:
//! `["See ", { "reference": { "label": "TL-042", "written": "[TL-042]" } }, "."]`. In such a list the string `"break"` is
//! a hard break.

use serde::{Deserialize, Serialize};

use crate::parse::{self, BlockKind, Inline as Parsed, write_plain};
use crate::text::split;

/// How a hard break stands in a list.
const BREAK: &str = "break";

/// A text of one paragraph. No piece of it is empty, and no two strings stand side by side.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(from = "Written", into = "Written")]
pub struct Text(Vec<Inline>);

/// A text as it stands in the file.
#[derive(Serialize, Deserialize)]
#[serde(untagged)]
enum Written {
    Plain(String),
    Marked(Vec<Inline>),
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub(super) enum Inline {
    // Tried first, so that a hard break does not come back as the word.
    Marked(Marked),
    Plain(String),
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(super) enum Marked {
    Code(String),
    Emphasis(Text),
    Strong(Text),
    Strikethrough(Text),
    Link {
        target: String,
        #[serde(default, skip_serializing_if = "String::is_empty")]
        title: String,
        words: Text,
    },
    Image {
        target: String,
        #[serde(default, skip_serializing_if = "String::is_empty")]
        title: String,
        alternative: String,
    },
    Reference {
        label: String,
        #[serde(default, skip_serializing_if = "Text::is_empty")]
        words: Text,
        written: String,
    },
    Break,
}

/// A block of CommonMark.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub enum Block {
    Paragraph(Text),
    Heading {
        depth: u8,
        text: Text,
    },
    List {
        #[serde(default, skip_serializing_if = "Option::is_none")]
        start: Option<u64>,
        items: Vec<Vec<Block>>,
    },
    Quote(Vec<Block>),
    Code {
        language: String,
        text: String,
    },
    Table {
        alignments: Vec<Alignment>,
        head: Vec<Text>,
        rows: Vec<Vec<Text>>,
    },
    Rule,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Alignment {
    None,
    Left,
    Center,
    Right,
}

impl Text {
    /// What a text says. Where a line ended in its file is not kept.
    pub(crate) fn of(text: &parse::RichText) -> Self {
        Self::of_inlines(&text.inlines)
    }

    fn of_inlines(inlines: &[Parsed]) -> Self {
        let mut text = Self::default();
        for inline in inlines {
            match inline {
                Parsed::Text(words) => text.push(words),
                Parsed::HardBreak => text.0.push(Inline::Marked(Marked::Break)),
                Parsed::Code(code) => text.0.push(Inline::Marked(Marked::Code(code.clone()))),
                Parsed::Emphasis(inner) => text.0.push(Inline::Marked(Marked::Emphasis(Self::of_inlines(inner)))),
                Parsed::Strong(inner) => text.0.push(Inline::Marked(Marked::Strong(Self::of_inlines(inner)))),
                Parsed::Strikethrough(inner) => {
                    text.0.push(Inline::Marked(Marked::Strikethrough(Self::of_inlines(inner))));
                }
                Parsed::Link { target, title, inlines, .. } => text.0.push(Inline::Marked(Marked::Link {
                    target: target.clone(),
                    title: title.clone(),
                    words: Self::of_inlines(inlines),
                })),
                Parsed::Image { target, title, alternative, .. } => text.0.push(Inline::Marked(Marked::Image {
                    target: target.clone(),
                    title: title.clone(),
                    alternative: alternative.clone(),
                })),
                Parsed::Reference(reference) => text.0.push(Inline::Marked(Marked::Reference {
                    label: reference.label.clone(),
                    words: Self::of_inlines(&reference.words),
                    written: reference.written.clone(),
                })),
            }
        }
        text
    }

    /// A text of one marked part.
    pub(super) fn of_one(marked: Marked) -> Self {
        Self(vec![Inline::Marked(marked)])
    }

    /// Adds words, in one piece with those before them.
    fn push(&mut self, words: &str) {
        match self.0.last_mut() {
            Some(Inline::Plain(text)) => text.push_str(words),
            _ if words.is_empty() => {}
            _ => self.0.push(Inline::Plain(words.to_owned())),
        }
    }

    fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The text without its markup.
    pub(crate) fn plain(&self) -> String {
        match self.0.as_slice() {
            [Inline::Plain(words)] => words.clone(),
            _ => {
                let mut plain = String::new();
                write_plain(&self.inlines(), &mut plain);
                plain
            }
        }
    }

    /// The text as the renderer takes it.
    pub(crate) fn rich(&self) -> parse::RichText {
        parse::RichText { inlines: self.inlines(), span: parse::Aside::default() }
    }

    pub(super) fn inlines_written(&self) -> &[Inline] {
        &self.0
    }

    fn inlines(&self) -> Vec<Parsed> {
        self.0.iter().map(Inline::parsed).collect()
    }
}

impl From<Text> for Written {
    fn from(text: Text) -> Self {
        match <[Inline; 1]>::try_from(text.0) {
            Ok([Inline::Plain(words)]) => Self::Plain(words),
            Ok(marked) => Self::Marked(marked.into()),
            Err(inlines) => Self::Marked(inlines.into_iter().flat_map(Inline::pieces).collect()),
        }
    }
}

impl From<Written> for Text {
    fn from(written: Written) -> Self {
        let mut text = Self::default();
        match written {
            Written::Plain(words) => text.push(&words),
            Written::Marked(inlines) => {
                for inline in inlines {
                    match inline {
                        Inline::Plain(words) => text.push(&words),
                        marked => text.0.push(marked),
                    }
                }
            }
        }
        text
    }
}

impl Inline {
    /// What stands in a list for it. The word `break` is two strings, as one string would be a hard break.
    fn pieces(self) -> Vec<Self> {
        match self {
            Self::Plain(words) if words == BREAK => {
                let (start, end) = split(BREAK, BREAK.len() - 1);
                [start, end].map(|piece| Self::Plain(piece.to_owned())).into()
            }
            other => vec![other],
        }
    }

    fn parsed(&self) -> Parsed {
        let marked = match self {
            Self::Plain(words) => return Parsed::Text(words.clone()),
            Self::Marked(marked) => marked.clone(),
        };
        match marked {
            Marked::Code(code) => Parsed::Code(code),
            Marked::Emphasis(inner) => Parsed::Emphasis(inner.inlines()),
            Marked::Strong(inner) => Parsed::Strong(inner.inlines()),
            Marked::Strikethrough(inner) => Parsed::Strikethrough(inner.inlines()),
            Marked::Link { target, title, words } => {
                Parsed::Link { target, title, inlines: words.inlines(), span: parse::Aside::default() }
            }
            Marked::Image { target, title, alternative } => {
                Parsed::Image { target, title, alternative, span: parse::Aside::default() }
            }
            Marked::Reference { label, words, written } => Parsed::Reference(parse::Reference {
                label,
                words: words.inlines(),
                written,
                span: parse::Aside::default(),
            }),
            Marked::Break => Parsed::HardBreak,
        }
    }
}

impl Block {
    pub(crate) fn of_all(blocks: &[parse::Block]) -> Vec<Self> {
        blocks.iter().map(Self::of).collect()
    }

    fn of(block: &parse::Block) -> Self {
        match &block.kind {
            BlockKind::Paragraph(paragraph) => Self::Paragraph(Text::of(&paragraph.text)),
            BlockKind::Heading(depth, text) => Self::Heading { depth: *depth, text: Text::of(text) },
            BlockKind::List(list) => Self::List {
                start: list.start,
                items: list.items.iter().map(|item| Self::of_all(&item.blocks)).collect(),
            },
            BlockKind::Quote(blocks) => Self::Quote(Self::of_all(blocks)),
            BlockKind::Code { language, text } => Self::Code { language: language.clone(), text: text.clone() },
            BlockKind::Table(table) => Self::Table {
                alignments: table.alignments.iter().copied().map(Alignment::of).collect(),
                head: table.head.iter().map(Text::of).collect(),
                rows: table.rows.iter().map(|row| row.iter().map(Text::of).collect()).collect(),
            },
            BlockKind::Rule => Self::Rule,
        }
    }

    /// What blocks say, without markup: a line for each paragraph, and for each row of a table.
    pub(crate) fn plain(blocks: &[Self]) -> String {
        let lines = blocks.iter().map(|block| match block {
            Self::Paragraph(text) | Self::Heading { text, .. } => text.plain(),
            Self::List { items, .. } => {
                let items: Vec<_> = items.iter().map(|blocks| Self::plain(blocks)).collect();
                items.join("\n")
            }
            Self::Quote(blocks) => Self::plain(blocks),
            Self::Code { text, .. } => text.trim_end().to_owned(),
            Self::Table { head, rows, .. } => {
                let row = |cells: &Vec<Text>| cells.iter().map(Text::plain).collect::<Vec<_>>().join(" | ");
                std::iter::once(head).chain(rows).map(row).collect::<Vec<_>>().join("\n")
            }
            Self::Rule => String::new(),
        });
        lines.filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n")
    }

    /// The blocks as the renderer takes them.
    pub(crate) fn parsed(blocks: &[Self]) -> Vec<parse::Block> {
        blocks.iter().map(|block| parse::Block { kind: block.kind(), span: parse::Aside::default() }).collect()
    }

    fn kind(&self) -> BlockKind {
        let none = parse::Aside::default;
        match self {
            Self::Paragraph(text) => BlockKind::Paragraph(parse::Paragraph { text: text.rich(), attributes: none() }),
            Self::Heading { depth, text } => BlockKind::Heading(*depth, text.rich()),
            Self::List { start, items } => {
                let item = |blocks: &Vec<Self>| parse::Item {
                    blocks: Self::parsed(blocks),
                    attributes: none(),
                    span: parse::Aside::default(),
                };
                BlockKind::List(parse::List { start: *start, items: items.iter().map(item).collect() })
            }
            Self::Quote(blocks) => BlockKind::Quote(Self::parsed(blocks)),
            Self::Code { language, text } => BlockKind::Code { language: language.clone(), text: text.clone() },
            Self::Table { alignments, head, rows } => BlockKind::Table(parse::Table {
                alignments: alignments.iter().copied().map(Alignment::parsed).collect(),
                head: head.iter().map(Text::rich).collect(),
                rows: rows.iter().map(|row| row.iter().map(Text::rich).collect()).collect(),
            }),
            Self::Rule => BlockKind::Rule,
        }
    }
}

/// Both names of each alignment.
const ALIGNMENTS: [(Alignment, parse::Alignment); 4] = [
    (Alignment::None, parse::Alignment::None),
    (Alignment::Left, parse::Alignment::Left),
    (Alignment::Center, parse::Alignment::Center),
    (Alignment::Right, parse::Alignment::Right),
];

impl Alignment {
    fn of(parsed: parse::Alignment) -> Self {
        ALIGNMENTS.into_iter().find(|(_, other)| *other == parsed).map_or(Self::None, |(own, _)| own)
    }

    fn parsed(self) -> parse::Alignment {
        ALIGNMENTS.into_iter().find(|(own, _)| *own == self).map_or(parse::Alignment::None, |(_, other)| other)
    }
}
