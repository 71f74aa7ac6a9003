//! The record of a withdrawn id.

use std::collections::BTreeMap;

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::config::table::{Day, Entries, Spanned, TomlReader};
use crate::diagnostic::{Code, Place};
use crate::id::{CriterionId, EditionName};

/// When an id was withdrawn, why, and what replaced it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Withdrawal {
    pub date: Option<Date>,
    /// The first edition without it, once there is one.
    pub edition: Option<EditionName>,
    /// One sentence in each locale, by its tag. Inline Markdown.
    pub reason: BTreeMap<String, String>,
    pub succession: Option<Succession>,
    /// The id of its last level.
    pub level: Option<String>,
    /// The id of its last category.
    pub category: Option<String>,
    /// Its last statement in each locale. Inline Markdown.
    pub statement: BTreeMap<String, String>,
    /// The text below the statement, as Markdown.
    pub detail: BTreeMap<String, String>,
}

/// The successors of a withdrawn criterion.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Succession {
    pub(crate) verb: Verb,
    /// Each with its place in the register. At least one.
    pub(crate) successors: Vec<(CriterionId, Place)>,
}

/// The kind of succession of a withdrawn criterion.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Verb {
    /// The same expectation continues under another id, such as one of another ladder.
    MovedTo,
    /// It was merged into another criterion.
    MergedInto,
    /// It was split into several criteria.
    SplitInto,
    /// Other criteria replace it.
    ReplacedBy,
    /// Existing criteria already cover it.
    CoveredBy,
}

impl Verb {
    pub(crate) const ALL: [Self; 5] =
        [Self::MovedTo, Self::MergedInto, Self::SplitInto, Self::ReplacedBy, Self::CoveredBy];

    /// Returns the word for it in the register, on the command line and in the keys of the interface.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::MovedTo => "moved-to",
            Self::MergedInto => "merged-into",
            Self::SplitInto => "split-into",
            Self::ReplacedBy => "replaced-by",
            Self::CoveredBy => "covered-by",
        }
    }

    /// Returns the word for it in messages: `moved to`.
    pub(crate) fn words(self) -> String {
        self.name().replace('-', " ")
    }
}

/// The fields of a withdrawal in the register.
#[derive(Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) struct WrittenWithdrawal {
    withdrawn: Option<Day>,
    withdrawn_in: Option<Spanned<String>>,
    #[serde(default)]
    reason: Entries<String>,
    level: Option<String>,
    category: Option<String>,
    #[serde(default)]
    statement: Entries<String>,
    #[serde(default)]
    detail: Entries<String>,
    moved_to: Option<Spanned<Vec<Spanned<String>>>>,
    merged_into: Option<Spanned<Vec<Spanned<String>>>>,
    split_into: Option<Spanned<Vec<Spanned<String>>>>,
    replaced_by: Option<Spanned<Vec<Spanned<String>>>>,
    covered_by: Option<Spanned<Vec<Spanned<String>>>>,
}

/// Reads the withdrawal of an entry.
pub(super) fn read(reader: &TomlReader<'_>, written: WrittenWithdrawal) -> Withdrawal {
    // Version control may give a file other line ends on another system.
    let texts =
        |texts: Entries<String>| texts.right().map(|(tag, text)| (tag.value, text.replace("\r\n", "\n"))).collect();
    let WrittenWithdrawal { moved_to, merged_into, split_into, replaced_by, covered_by, .. } = written;
    let successors = [moved_to, merged_into, split_into, replaced_by, covered_by];
    Withdrawal {
        date: written.withdrawn.map(|Day(date)| date),
        edition: written.withdrawn_in.and_then(|name| super::edition(reader, &name)),
        reason: texts(written.reason),
        succession: succession(reader, Verb::ALL.into_iter().zip(successors)),
        level: written.level,
        category: written.category,
        statement: texts(written.statement),
        detail: texts(written.detail),
    }
}

fn succession(
    reader: &TomlReader<'_>,
    written: impl Iterator<Item = (Verb, Option<Spanned<Vec<Spanned<String>>>>)>,
) -> Option<Succession> {
    let mut found: Option<Succession> = None;
    for (verb, written) in written {
        let Some(Spanned { value, span }) = written else { continue };
        let successors: Vec<_> = value.iter().filter_map(|id| successor(reader, id)).collect();
        if let Some(first) = &found {
            let message =
                format!("a criterion is either `{verb}` or `{other}`", verb = first.verb.name(), other = verb.name());
            let problem = reader.place(&span).problem(Code::InvalidSuccessor, message);
            reader.report(problem.help("keep the one that best describes what became of it, with all its successors"));
        } else if !successors.is_empty() {
            found = Some(Succession { verb, successors });
        }
    }
    found
}

fn successor(reader: &TomlReader<'_>, id: &Spanned<String>) -> Option<(CriterionId, Place)> {
    let place = reader.place(&id.span);
    let found = CriterionId::parse(&id.value);
    if found.is_none() {
        let message = format!("`{id}` is not the id of a criterion", id = id.value);
        let problem = place.problem(Code::InvalidSuccessor, message);
        reader.report(problem.help("write ids such as `TL-042`"));
    }
    Some((found?, place))
}
