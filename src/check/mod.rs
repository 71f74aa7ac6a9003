//! Stage 4, check: [`Site`] → diagnostics. What is part of a site and wrong all the same.
//!
//! One rule, one file, one table. A rule reads and reports; it changes nothing and knows of no other rule. What the
//! model has left out of the site it has reported itself, and no rule repeats that.

mod advice;
mod base_url;
mod consequences;
mod contrast;
mod copied;
mod definitions;
mod depth;
mod editions;
mod footer;
mod glossary;
mod headings;
mod ids;
mod images;
mod licences;
mod links;
mod lost;
mod lost_names;
mod lost_pages;
mod near_duplicates;
mod notices;
mod outdated;
mod placeholders;
mod raw_html;
mod references;
mod renamed;
mod style;
mod successors;
mod swapped;
mod texts;
mod threads;
mod translations;
mod upstreams;
mod writing;

pub(crate) use base_url::placeholder_address;
pub(crate) use consequences::without_consequences;
pub(crate) use ids::{is_renamed, standing};
pub(crate) use lost::LostIds;
use rayon::prelude::*;

use crate::adaptation::Adaptation;
use crate::diagnostic::Diagnostic;
use crate::model::Site;
use crate::register::{Key, Register};
use crate::source::Sources;
use crate::translation::Translations;
use crate::witness::{lacking, released};

/// The input of the rules.
struct CheckInput<'a> {
    site: &'a Site,
    translations: &'a Translations,
    /// None for a site that was made from no other.
    adaptation: Option<&'a Adaptation>,
    register: &'a Register,
    sources: &'a Sources,
    /// The ids of editions that the register lacks.
    lacking: Vec<&'a Key>,
    /// The ids that the content has lost.
    lost: lost::LostIds,
    /// Text written in Taiwanese Chinese.
    writing: Vec<writing::Writing<'a>>,
}

type Rule = fn(&CheckInput<'_>) -> Vec<Diagnostic>;

/// Every rule there is. What each asks for stands on top of its file.
const RULES: &[Rule] = &[
    contrast::check,
    copied::check,
    definitions::check,
    depth::check,
    editions::check,
    footer::check,
    glossary::check,
    headings::check,
    ids::check,
    images::check,
    licences::check,
    links::check,
    lost_names::check,
    lost_pages::check,
    near_duplicates::check,
    notices::check,
    outdated::check,
    placeholders::check,
    raw_html::check,
    references::check,
    renamed::check,
    style::full_stop::check,
    style::joined::check,
    style::length::check,
    style::verb_first::check,
    successors::check,
    swapped::check,
    threads::check,
    translations::check,
    upstreams::check,
    writing::ellipsis::check,
    writing::punctuation::check,
    writing::spacing::check,
    writing::terms::check,
    writing::variants::check,
];

/// The number of faults of one kind that come with a suggestion. Each is compared with every candidate, so ten thousand
/// faults in a large site would take minutes, and nobody reads them all before fixing the first.
const SUGGESTIONS: usize = 20;

/// Applies all rules.
pub(crate) fn check(
    site: &Site,
    translations: &Translations,
    adaptation: Option<&Adaptation>,
    register: &Register,
    sources: &Sources,
) -> Vec<Diagnostic> {
    let released = released(site.history.editions.iter().map(|edition| &edition.frozen));
    let lacking = lacking(register, &released);
    let lost = lost::LostIds::of(site, adaptation, register, sources);
    let writing = writing::of_site(site, sources);
    let checked = CheckInput { site, translations, adaptation, register, sources, lacking, lost, writing };
    RULES.par_iter().flat_map_iter(|rule| rule(&checked)).collect()
}
