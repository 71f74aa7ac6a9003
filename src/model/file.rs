//! One file of a ladder, in whatever language.

use std::collections::HashSet;

use serde::Deserialize;
use serde::de::IgnoredAny;

use crate::config::table::{Spanned, TomlReader, Value};
use crate::diagnostic::{Code, Place, Problems, Span};
use crate::id::CriterionId;
use crate::locale::LocaleIndex;
use crate::parse::{Attribute, Attributes, Document, Outline, Slip, diagnose_ladder_slips, footnote, outline};
use crate::source::Sources;
use crate::text::slice;

/// One file of a ladder: its outline, and what its front matter says.
pub(super) struct LadderFile {
    pub(crate) locale: LocaleIndex,
    pub(crate) path: camino::Utf8PathBuf,
    pub(crate) title: Option<Spanned<String>>,
    pub(crate) threads: Vec<WrittenThread>,
    /// Whether the front matter could be read. If not, there may be threads that are not known.
    pub(crate) is_readable: bool,
    pub(crate) outline: Outline,
    slips: Vec<Slip>,
    /// The ids of its criteria, as they are written.
    ids: HashSet<String>,
}

/// A thread in the front matter: `reviews = "Reviews"`, or a table with `title` and `was`.
pub(super) struct WrittenThread {
    pub(crate) key: Spanned<String>,
    pub(crate) title: Spanned<String>,
    /// The keys that it had before.
    pub(crate) was: Vec<Spanned<String>>,
}

/// The front matter of a ladder.
#[derive(Deserialize, Default)]
#[serde(default)]
struct LadderFrontMatter {
    title: Option<Spanned<String>>,
    // Read apart, since a thread may be a text or a table.
    threads: Option<IgnoredAny>,
}

/// The table of a thread.
#[derive(Deserialize)]
struct ThreadTable {
    title: Option<Spanned<String>>,
    #[serde(default)]
    was: Vec<Spanned<String>>,
}

/// Returns the threads of a front matter.
fn threads(reader: &TomlReader<'_>) -> Vec<WrittenThread> {
    let table = reader.whole().and_then(|whole| whole.get("threads"));
    let entries = table.map(|table| table.entries()).unwrap_or_default();
    let thread = |(key, value): (Spanned<String>, Value<'_>)| match value.clone().if_table() {
        Some(table) => {
            let ThreadTable { title, was } = table.read()?;
            Some(WrittenThread { key, title: title?, was })
        }
        None => Some(WrittenThread { key, title: value.read()?, was: Vec::new() }),
    };
    entries.into_iter().filter_map(thread).collect()
}

impl LadderFile {
    pub(crate) fn read(locale: LocaleIndex, document: Document, sources: &Sources, problems: &Problems) -> Self {
        let text = sources.text(&document.path).unwrap_or_default();
        let path = document.path.clone();
        let toml = document.front_matter.toml.clone();
        let reader = TomlReader::new(path.clone(), toml.start, slice(text, toml), problems).requiring(|table, key| {
            let is_title = (table, key) == ("ThreadTable", "title");
            is_title.then_some("give it a title: `title = \"…\"`")
        });
        let head: Option<LadderFrontMatter> = reader.read();
        let is_readable = head.is_some() && document.front_matter.is_closed;
        let threads =
            if head.as_ref().is_some_and(|head| head.threads.is_some()) { threads(&reader) } else { Vec::new() };
        let LadderFrontMatter { title, .. } = head.unwrap_or_default();
        let title = title.and_then(|title| filled(title, locale, &reader));
        for thread in &threads {
            filled(thread.title.clone(), locale, &reader);
        }
        problems.extend(footnote::diagnose_ladder(&path, &document.sections));
        let (outline, slips) = outline(document);
        problems.extend(diagnose_ladder_slips(&path, text, &slips));
        let categories = outline.levels().flat_map(|level| &level.categories);
        let criteria: Vec<_> = categories.flat_map(|category| &category.criteria).collect();
        problems.extend(criteria.iter().filter_map(|criterion| {
            let problem = Place::new(path.clone(), criterion.tick.clone()?)
                .problem(Code::TickedBox, "the tick before this criterion is not shown");
            let problem = problem.label("not part of the statement");
            Some(problem.help("remove the box, or write `[ ]`: use a worksheet to record who meets what"))
        }));
        let ids =
            criteria.iter().filter_map(|criterion| Some(criterion.attributes.id.as_ref()?.text.clone())).collect();
        Self { locale, path, title, threads, is_readable, outline, slips, ids }
    }

    /// Returns whether any id stands where it is not read as it was meant, so that something may seem to be missing.
    pub(crate) fn has_slips(&self) -> bool {
        !self.slips.is_empty()
    }

    /// Returns whether an id stands where it is not read as it was meant, which has been reported.
    pub(crate) fn has_slipped(&self, id: &str) -> bool {
        self.slips.iter().any(|slip| slip.ids().any(|slip_id| slip_id == id))
    }

    pub(crate) fn place(&self, span: &std::ops::Range<usize>) -> Place {
        Place::new(self.path.clone(), span.clone())
    }

    /// Returns whether its front matter gives a thread a title, even one with a key that cannot be.
    pub(crate) fn has_thread(&self, key: &str) -> bool {
        self.threads.iter().any(|thread| thread.key.value == key)
    }

    /// Returns the id of a criterion that was meant by one that is none, unless something else in the file has that
    /// one.
    pub(crate) fn meant(&self, written: &Attribute) -> Option<CriterionId> {
        let meant = CriterionId::meant(&written.text).filter(|_| !self.has_slipped(&written.text))?;
        let id = meant.to_string();
        (!self.ids.contains(&id) && !self.has_slipped(&id)).then_some(meant)
    }

    /// The title of the front matter, or else the heading.
    pub(crate) fn title(&self) -> Option<String> {
        self.title.as_ref().map(|title| title.value.clone()).or_else(|| self.heading())
    }

    pub(crate) fn title_place(&self) -> Place {
        self.title.as_ref().map_or_else(|| self.heading_place(), |title| self.place(&title.span))
    }

    /// Returns where the heading stands, or else the file.
    pub(crate) fn heading_place(&self) -> Place {
        let title = self.outline.title.as_ref();
        title.map_or_else(|| Place::file(self.path.clone()), |title| self.place(&title.span))
    }

    pub(crate) fn heading(&self) -> Option<String> {
        self.outline.title.as_ref().map(|title| title.plain()).filter(|title| !title.trim().is_empty())
    }

    /// Reports attributes other than the id and those that are known.
    pub(crate) fn unknown_attributes(&self, attributes: &Attributes, known: &[&str], problems: &Problems) {
        let unknown = attributes.values.iter().filter(|(key, _)| !known.contains(&key.as_str()));
        problems.extend(unknown.map(|(key, value)| {
            let message = format!("unknown attribute `{key}`");
            self.place(&value.span).problem(Code::InvalidAttributes, message).help(match known {
                [] => "only an id is allowed here: remove it".to_owned(),
                ["was"] => "a level or a category can have an id and, if it had others before, `was=L5,L4`".to_owned(),
                _ => "a criterion can have an id and, if it belongs to a thread, `thread=key`".to_owned(),
            })
        }));
    }

    /// Reports a text that is not there. The span is that of the id beside it.
    pub(crate) fn empty_text(&self, text: &str, kind: &str, id: &Span, problems: &Problems) {
        if text.trim().is_empty() {
            problems.report(
                self.place(id)
                    .problem(Code::InvalidValue, format!("this {kind} has no text"))
                    .help("write it before the id, on the same line"),
            );
        }
    }
}

/// Returns a title of the front matter, unless it is empty. That is reported in the source; in a translation it is yet
/// to be written.
pub(super) fn filled(title: Spanned<String>, locale: LocaleIndex, reader: &TomlReader<'_>) -> Option<Spanned<String>> {
    if !title.value.trim().is_empty() {
        return Some(title);
    }
    if locale != LocaleIndex::SOURCE {
        return None;
    }
    let place = reader.place(&title.span);
    reader.report(place.problem(Code::InvalidValue, "an empty title").help("write it between the quotes"));
    None
}
