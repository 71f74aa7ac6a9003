//! What the register keeps of an id that was withdrawn.

use std::collections::BTreeMap;

use jiff::civil::Date;

use crate::config::table::{Reader, Spanned, Table, Value};
use crate::diagnostic::{Code, Diagnostic, Place};
use crate::id::{CriterionId, EditionName};

/// When an id was withdrawn, why, and what came in its place.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Withdrawal {
    pub date: Option<Date>,
    /// The first edition without it, once there is one.
    pub edition: Option<EditionName>,
    /// One sentence in each locale, by its tag. Inline Markdown.
    pub reason: BTreeMap<String, String>,
    pub succession: Option<Succession>,
    /// The id of the level on which it stood last.
    pub level: Option<String>,
    /// The id of the category in which it stood last.
    pub category: Option<String>,
    /// Its last statement in each locale. Inline Markdown.
    pub statement: BTreeMap<String, String>,
    /// What stood below the statement. Markdown.
    pub detail: BTreeMap<String, String>,
}

/// What came in the place of a withdrawn criterion.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Succession {
    pub(crate) verb: Verb,
    /// Each with its place in the register. At least one.
    pub(crate) successors: Vec<(CriterionId, Place)>,
}

/// How a withdrawn criterion goes on in others.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Verb {
    /// The same expectation has another id, such as that of another ladder.
    MovedTo,
    /// It became a part of another one.
    MergedInto,
    /// It became several.
    SplitInto,
    /// Another one is asked in its place.
    ReplacedBy,
    /// Another one that was there already asks for the same.
    CoveredBy,
}

impl Verb {
    pub(crate) const ALL: [Self; 5] =
        [Self::MovedTo, Self::MergedInto, Self::SplitInto, Self::ReplacedBy, Self::CoveredBy];

    /// The word for it in the register, on the command line and in the keys of the interface.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::MovedTo => "moved-to",
            Self::MergedInto => "merged-into",
            Self::SplitInto => "split-into",
            Self::ReplacedBy => "replaced-by",
            Self::CoveredBy => "covered-by",
        }
    }
}

/// Reads what an entry says about its withdrawal.
pub(super) fn read(reader: &Reader, entry: &mut Table<'_>) -> Withdrawal {
    Withdrawal {
        date: entry.take("withdrawn").and_then(Value::date).map(|date| date.value),
        edition: entry.string("withdrawn-in").and_then(|name| super::edition(reader, &name)),
        reason: texts(entry, "reason"),
        succession: succession(reader, entry),
        level: entry.string("level").map(|id| id.value),
        category: entry.string("category").map(|id| id.value),
        statement: texts(entry, "statement"),
        detail: texts(entry, "detail"),
    }
}

fn texts(entry: &mut Table<'_>, key: &'static str) -> BTreeMap<String, String> {
    let texts = entry.table(key).map(Table::into_entries).unwrap_or_default();
    // Version control may give a file other line ends on another system.
    let text = |text: Value<'_>| text.string().map(|text| text.value.replace("\r\n", "\n"));
    texts.into_iter().filter_map(|(tag, written)| Some((tag.value, text(written)?))).collect()
}

fn succession(reader: &Reader, entry: &mut Table<'_>) -> Option<Succession> {
    let mut found: Option<Succession> = None;
    for verb in Verb::ALL {
        let Some(written) = entry.take(verb.name()) else { continue };
        let place = reader.place(&written.span);
        let successors: Vec<_> =
            written.strings().unwrap_or_default().into_iter().filter_map(|id| successor(reader, &id)).collect();
        if let Some(first) = &found {
            let message = format!(
                "a criterion is either `{verb}` or `{other}` others",
                verb = first.verb.name(),
                other = verb.name()
            );
            let problem = Diagnostic::new(Code::InvalidSuccessor, message, place);
            reader.report(problem.help("keep the one that says best what became of it, with all its successors"));
        } else if !successors.is_empty() {
            found = Some(Succession { verb, successors });
        }
    }
    found
}

fn successor(reader: &Reader, id: &Spanned<String>) -> Option<(CriterionId, Place)> {
    let place = reader.place(&id.span);
    let found = CriterionId::parse(&id.value);
    if found.is_none() {
        let message = format!("`{id}` is not the id of a criterion", id = id.value);
        let problem = Diagnostic::new(Code::InvalidSuccessor, message, place.clone());
        reader.report(problem.help("write ids such as `TL-042`"));
    }
    Some((found?, place))
}
