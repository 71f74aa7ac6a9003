//! The content of a Markdown file, before it is interpreted.
//!
//! Editions keep texts in this form: what serde makes of them is part of the file format of [`crate::edition`].

use std::fmt;
use std::ops::{Deref, DerefMut};

use camino::Utf8PathBuf;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::slip::Slip;
use crate::diagnostic::{Allowance, Span};

/// Something that belongs to a text without being part of what it says, such as its place in a file. Equality ignores
/// it,
/// and the files of editions leave it out.
#[derive(Clone, Copy, Default)]
pub struct Aside<T>(pub T);

impl<T> PartialEq for Aside<T> {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl<T> Eq for Aside<T> {}

impl<T> Deref for Aside<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.0
    }
}

impl<T> DerefMut for Aside<T> {
    fn deref_mut(&mut self) -> &mut T {
        &mut self.0
    }
}

impl<T> From<T> for Aside<T> {
    fn from(value: T) -> Self {
        Self(value)
    }
}

impl<T: fmt::Debug> fmt::Debug for Aside<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// A Markdown file in parts. Front matter and sections, put together again, are the whole input.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Document {
    /// The file, relative to the content folder.
    pub(crate) path: Utf8PathBuf,
    pub front_matter: FrontMatter,
    /// The text before the first heading, then one section for each heading. Never empty.
    pub sections: Vec<Section>,
    /// Which warnings it allows where.
    pub(crate) allowances: Vec<Allowance>,
    /// Blocks of attributes that are not read as such, wherever they stand.
    pub(crate) slips: Vec<Slip>,
}

/// TOML between two lines of `+++` at the top of a file.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct FrontMatter {
    /// All of it, with fences and byte order mark. Empty if the file has none.
    pub span: Span,
    /// The TOML between the fences.
    pub(crate) toml: Span,
    /// Whether it ends, or there is none.
    pub(crate) is_closed: bool,
}

/// A heading with the blocks below it, up to the next heading of whatever depth.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Section {
    /// None for the text before the first heading.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) heading: Option<Heading>,
    pub(crate) blocks: Vec<Block>,
    #[serde(skip)]
    pub span: Aside<Span>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(crate) struct Heading {
    /// One to six.
    pub(crate) depth: u8,
    pub(crate) text: RichText,
    #[serde(skip)]
    pub(crate) attributes: Aside<Attributes>,
}

/// A block of CommonMark.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(transparent)]
pub struct Block {
    pub kind: BlockKind,
    #[serde(skip)]
    pub(crate) span: Aside<Span>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub enum BlockKind {
    Paragraph(Paragraph),
    /// A heading inside a list or a quotation; all others begin sections.
    Heading {
        depth: u8,
        text: RichText,
    },
    List(List),
    Quote(Vec<Block>),
    /// A quotation that begins with `[!NOTE]` or the like.
    Alert {
        kind: AlertKind,
        blocks: Vec<Block>,
    },
    /// `[^label]: …`
    Footnote {
        label: String,
        blocks: Vec<Block>,
    },
    Code {
        language: String,
        text: String,
    },
    Table(Table),
    Rule,
}

/// The kinds of alerts that GitHub has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum AlertKind {
    Note,
    Tip,
    Important,
    Warning,
    Caution,
}

impl AlertKind {
    /// Returns its word in small letters.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Note => "note",
            Self::Tip => "tip",
            Self::Important => "important",
            Self::Warning => "warning",
            Self::Caution => "caution",
        }
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(transparent)]
pub struct Paragraph {
    pub text: RichText,
    #[serde(skip)]
    pub(crate) attributes: Aside<Attributes>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct List {
    /// The first number of a numbered list.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) start: Option<u64>,
    pub items: Vec<Item>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(transparent)]
pub struct Item {
    pub blocks: Vec<Block>,
    #[serde(skip)]
    pub(crate) attributes: Aside<Attributes>,
    #[serde(skip)]
    pub(crate) span: Aside<Span>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Table {
    pub(crate) alignments: Vec<Alignment>,
    pub(crate) head: Vec<RichText>,
    pub rows: Vec<Vec<RichText>>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Alignment {
    None,
    Left,
    Center,
    Right,
}

/// `{#id key=value}`, or where it would be written.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Attributes {
    /// With its braces. Empty, and right behind the text, where there is no block of attributes.
    pub(crate) span: Span,
    pub id: Option<Attribute>,
    /// `key=value` pairs in the order written; the span is that of the whole pair.
    pub values: Vec<(String, Attribute)>,
    /// Whether a block of attributes stands here that could not be read, which is reported with its reason.
    pub(crate) is_unread: bool,
}

impl Attributes {
    /// No block of attributes, which would be written at a place.
    pub(crate) fn none_at(end: usize) -> Self {
        Self { span: end..end, ..Self::default() }
    }

    /// Whether there is no block of attributes.
    pub(crate) fn is_empty(&self) -> bool {
        self.span.is_empty()
    }

    /// Returns the value of a key.
    pub(crate) fn get(&self, key: &str) -> Option<&Attribute> {
        self.values.iter().find(|(name, _)| name == key).map(|(_, value)| value)
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attribute {
    pub text: String,
    pub(crate) span: Span,
}

/// Text with emphasis, links and references. A line end within a paragraph is a space or, between Han
/// characters, nothing. No text among the inlines is empty, and no two texts are adjacent.
///
/// In the file of an edition, text without markup is a string. Text with markup is a list of strings and marked parts:
/// `["See ", { "reference": { "label": "TL-042", "written": "[TL-042]" } }, "."]`. The string `"break"` in such a list
/// is a hard break.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(transparent)]
pub struct RichText {
    #[serde(with = "words")]
    #[schemars(with = "words::WrittenInlines")]
    pub inlines: Vec<Inline>,
    #[serde(skip)]
    pub(crate) span: Aside<Span>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub enum Inline {
    Code(String),
    Emphasis(
        #[serde(with = "words")]
        #[schemars(with = "words::WrittenInlines")]
        Vec<Inline>,
    ),
    Strong(
        #[serde(with = "words")]
        #[schemars(with = "words::WrittenInlines")]
        Vec<Inline>,
    ),
    Strikethrough(
        #[serde(with = "words")]
        #[schemars(with = "words::WrittenInlines")]
        Vec<Inline>,
    ),
    Link {
        target: String,
        #[serde(default, skip_serializing_if = "String::is_empty")]
        title: String,
        #[serde(rename = "words", with = "words")]
        #[schemars(with = "words::WrittenInlines")]
        inlines: Vec<Inline>,
        #[serde(skip)]
        span: Aside<Span>,
    },
    Image {
        target: String,
        #[serde(default, skip_serializing_if = "String::is_empty")]
        title: String,
        alternative: String,
        /// The name of its file by its content: in `assets/images/` of the site, and in `editions/images/` of the content
        /// folder. None for one that is not shown.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        file: Option<String>,
        #[serde(skip)]
        span: Aside<Span>,
    },
    Reference(Reference),
    /// `[^label]`
    Footnote {
        label: String,
        #[serde(skip)]
        span: Aside<Span>,
    },
    /// `[ ]` or `[x]` at the beginning of an item.
    Box {
        ticked: bool,
        #[serde(skip)]
        span: Aside<Span>,
    },
    #[serde(rename = "break")]
    HardBreak,
    // Tried last, so that a hard break does not come back as the word.
    #[serde(untagged)]
    Text(String),
}

/// `[TL-042]` or `[words][TL-042]`: whether it leads anywhere is for the model to say.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Reference {
    /// The target of the reference: `TL-042`, `L6`, `thread:maps`.
    pub label: String,
    /// The words of the link, if it has its own.
    #[serde(default, skip_serializing_if = "Vec::is_empty", with = "words")]
    #[schemars(with = "words::WrittenInlines")]
    pub words: Vec<Inline>,
    /// As it stands in the file, for when it turns out to be no reference.
    pub written: String,
    #[serde(skip)]
    pub span: Aside<Span>,
}

/// Serialises inlines for the file of an edition.
mod words {
    use schemars::JsonSchema;
    use serde::ser::SerializeSeq;
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    use super::Inline;
    use crate::text::split;

    /// The name of a hard break in a list.
    const BREAK: &str = "break";

    /// Text without markup is a string, other text a list of strings and marked parts.
    #[derive(Deserialize, JsonSchema)]
    #[serde(untagged)]
    #[schemars(rename = "Words")]
    pub(super) enum WrittenInlines {
        Plain(String),
        Marked(Vec<Inline>),
    }

    pub(super) fn serialize<S: Serializer>(inlines: &[Inline], serializer: S) -> Result<S::Ok, S::Error> {
        match inlines {
            [Inline::Text(words)] => words.serialize(serializer),
            inlines => {
                let mut list = serializer.serialize_seq(None)?;
                for inline in inlines {
                    match inline {
                        // One string would be a hard break.
                        Inline::Text(words) if words == BREAK => {
                            let (start, end) = split(BREAK, BREAK.len() - 1);
                            list.serialize_element(start)?;
                            list.serialize_element(end)?;
                        }
                        inline => list.serialize_element(inline)?,
                    }
                }
                list.end()
            }
        }
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<Inline>, D::Error> {
        let written = match WrittenInlines::deserialize(deserializer)? {
            WrittenInlines::Plain(words) => vec![Inline::Text(words)],
            WrittenInlines::Marked(inlines) => inlines,
        };
        let mut inlines = Vec::with_capacity(written.len());
        written.into_iter().for_each(|inline| inline.push(&mut inlines));
        Ok(inlines)
    }
}

impl Inline {
    /// Appends an inline. Text joins the text before it.
    pub(crate) fn push(self, inlines: &mut Vec<Self>) {
        match (inlines.last_mut(), self) {
            (Some(Self::Text(text)), Self::Text(more)) => text.push_str(&more),
            (_, Self::Text(text)) if text.is_empty() => {}
            (_, inline) => inlines.push(inline),
        }
    }
}
