//! Checks the citations in a review.

use std::cell::OnceCell;
use std::collections::{BTreeMap, BTreeSet};

use camino::Utf8Path;

use super::citable::{Citable, citable};
use super::copied::{CopiedForms, Unpinned};
use super::level::place_then;
use super::misquoted::Misquotations;
use super::paragraphs::ReadParagraph;
use super::quotations::{CitingParagraph, citing_paragraphs};
use super::reading::ReadText;
use super::statements::Statements;
use super::targets::{Aim, Target};
use super::{Cited, CitedAddress, FoundLevel, Mention, find};
use crate::diagnostic::{Code, Diagnostic, Place};
use crate::handle::EditionIndex;
use crate::interface::Words;
use crate::model::Site;
use crate::text::{Edit, Edits};

/// What a text is judged by.
pub(crate) struct Asked<'a> {
    site: &'a Site,
    words: &'a Words,
    /// The edition that is taken for the last one, and for the one that a citation without an edition means.
    as_of: Option<EditionIndex>,
    citable: Citable,
    statements: OnceCell<Statements>,
    /// The addresses of all pages below the root of the site.
    paths: OnceCell<Vec<String>>,
}

impl<'a> Asked<'a> {
    pub(crate) fn of(site: &'a Site, words: &'a Words, as_of: Option<EditionIndex>) -> Self {
        Self { site, words, as_of, citable: citable(site), statements: OnceCell::new(), paths: OnceCell::new() }
    }
}

/// The findings in one text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Review {
    /// The number of citations.
    pub(crate) citations: usize,
    /// The number of citations without an edition.
    pub(crate) unpinned: usize,
    /// The number of citations without an edition of which it is certain which edition they mean.
    pub(crate) pinnable: usize,
    /// Problems of the citations.
    pub(crate) problems: Vec<Diagnostic>,
    /// Why the others without an edition cannot be pinned.
    pub(crate) unpinnable: Vec<Diagnostic>,
    /// The text with every citation that named no edition pinned to the one that it means, if that is certain, and with the
    /// present address of the site in place of former ones.
    pub(crate) pinned: String,
}

/// Finds the citations in a text and reports those that have lost their meaning: citations of criteria and levels that
/// are unknown, withdrawn, or changed since the edition cited, and addresses that have moved.
pub(crate) fn judge(asked: &Asked<'_>, path: &Utf8Path, source: &str, reading: &ReadText) -> Review {
    let &Asked { site, words, as_of, ref citable, .. } = asked;
    let bases: Vec<_> = std::iter::once(&site.config.base_url).chain(&site.config.former_base_urls).collect();
    let mentions = find(reading, &bases, citable);
    let mut matcher = CitationMatcher {
        as_of,
        site,
        words,
        path,
        text: &reading.text,
        reading,
        mentions: &mentions,
        targets: Vec::new(),
        copied: CopiedForms::new(site, words),
        citable,
        statements: &asked.statements,
        paths: &asked.paths,
        paragraphs: citing_paragraphs(&reading.text, &mentions),
        paragraph_of: Vec::new(),
        numbers: Vec::new(),
        read: Vec::new(),
    };
    let paragraphs = matcher.paragraphs.iter().enumerate();
    matcher.paragraph_of = paragraphs.flat_map(|(at, paragraph)| paragraph.mentions.clone().map(move |_| at)).collect();
    matcher.targets = mentions.iter().map(|mention| matcher.target_of(mention)).collect();
    matcher.numbers = matcher.citations();
    matcher.read = matcher.read_paragraphs();
    let numbers = matcher.numbers.as_slice();
    let Misquotations { mut problems, mut disputed } = matcher.misquotations();
    for (mentions, problem) in matcher.contradictions() {
        disputed.extend(mentions);
        problems.push(problem);
    }
    // What one mention of a citation is about, all are.
    let disputed: BTreeSet<_> = disputed.into_iter().map(|index| numbers[index]).collect();
    let unclear = matcher.unclear_runs(|index| disputed.contains(&numbers[index]));
    let mut citations: BTreeMap<usize, CitationVerdict> = BTreeMap::new();
    let mut pinned = Edits::of(source);
    let mut end = 0;
    for (index, number) in numbers.iter().copied().enumerate() {
        // The rest of a citation that is pinned as a whole.
        if mentions[index].span.start < end {
            continue;
        }
        let Some(mut verdict) = matcher.mention(index) else { continue };
        let run = unclear.get(unclear.partition_point(|(run, _)| run.end <= index));
        if let Some((run, reason)) = run.filter(|(run, _)| run.contains(&index)) {
            let unpinnable = reason.clone().filter(|_| index == run.start);
            verdict = CitationVerdict { is_pinned: false, edits: Vec::new(), unpinnable, ..verdict };
        }
        if disputed.contains(&number) {
            verdict = CitationVerdict { is_pinned: false, edits: Vec::new(), unpinnable: None, ..verdict };
        }
        end = verdict.edits.iter().map(|edit| edit.span.end).fold(end, usize::max);
        // No mention lies within another one, and what is joined to one is no mention.
        for edit in &verdict.edits {
            let _ = reading.edit(edit).map(|edit| pinned.add(edit));
        }
        match citations.get_mut(&number) {
            Some(citation) => citation.add(verdict),
            None => drop(citations.insert(number, verdict)),
        }
    }
    let mut review = Review { pinned: pinned.written(), problems, ..Review::default() };
    for verdict in citations.into_values() {
        review.citations += verdict.count;
        review.unpinned += if verdict.is_unpinned { verdict.count } else { 0 };
        review.pinnable += if verdict.is_unpinned && verdict.is_pinned { verdict.count } else { 0 };
        review.problems.extend(verdict.problems);
        review.unpinnable.extend(verdict.unpinnable.map(|reason| *reason));
    }
    for problem in review.problems.iter_mut().chain(&mut review.unpinnable) {
        problem.label.place = Place::new(path, reading.origin(&problem.label.place.span()));
    }
    review
}

/// The findings on one citation.
pub(super) struct CitationVerdict {
    /// The number of criteria and levels that are cited.
    pub(super) count: usize,
    pub(super) problems: Vec<Diagnostic>,
    /// Whether it names no edition.
    pub(super) is_unpinned: bool,
    /// Whether it does once it is edited.
    pub(super) is_pinned: bool,
    /// Why no edition can be added.
    pub(super) unpinnable: Option<Box<Diagnostic>>,
    /// What `--fix` changes: it adds the edition, or writes where the site stands now.
    pub(super) edits: Vec<Edit>,
}

impl Default for CitationVerdict {
    fn default() -> Self {
        Self {
            count: 1,
            problems: Vec::new(),
            is_unpinned: false,
            is_pinned: false,
            unpinnable: None,
            edits: Vec::new(),
        }
    }
}

impl CitationVerdict {
    /// Adds the findings on another mention of the same citation. What is wrong with both is told once.
    fn add(&mut self, other: Self) {
        self.is_pinned = match (self.is_unpinned, other.is_unpinned) {
            (true, true) => self.is_pinned && other.is_pinned,
            (false, _) => other.is_pinned,
            (_, false) => self.is_pinned,
        };
        self.is_unpinned |= other.is_unpinned;
        for problem in other.problems {
            if self.problems.iter().all(|told| told.code != problem.code) {
                self.problems.push(problem);
            }
        }
        self.unpinnable = self.unpinnable.take().or(other.unpinnable);
    }
}

pub(super) struct CitationMatcher<'a> {
    pub(super) site: &'a Site,
    pub(super) words: &'a Words,
    pub(super) as_of: Option<EditionIndex>,
    pub(super) path: &'a Utf8Path,
    pub(super) text: &'a str,
    pub(super) reading: &'a ReadText,
    pub(super) mentions: &'a [Mention],
    /// What each of them cites, if it is there.
    pub(super) targets: Vec<Option<Target>>,
    copied: CopiedForms<'a>,
    pub(super) citable: &'a Citable,
    statements: &'a OnceCell<Statements>,
    pub(super) paths: &'a OnceCell<Vec<String>>,
    /// The paragraphs that cite.
    pub(super) paragraphs: Vec<CitingParagraph>,
    /// The paragraph in which each mention stands.
    pub(super) paragraph_of: Vec<usize>,
    /// The citation to which each mention belongs.
    pub(super) numbers: Vec<usize>,
    /// What each of the paragraphs cites and quotes.
    pub(super) read: Vec<ReadParagraph<'a>>,
}

impl<'a> CitationMatcher<'a> {
    /// Returns what all criteria say or said.
    pub(super) fn statements(&self) -> &'a Statements {
        self.statements.get_or_init(|| Statements::of(self.site, &self.citable.known))
    }

    /// None for an address that cites no criterion and is there.
    fn mention(&self, index: usize) -> Option<CitationVerdict> {
        let mention = &self.mentions[index];
        let place = Place::new(self.path, mention.span.clone());
        let problems = |problems| CitationVerdict { problems, ..CitationVerdict::default() };
        let mut verdict = match &mention.what {
            CitedAddress::Id { cited: Some(_), .. } => self.cited(index, self.targets[index].as_ref()?, &place),
            CitedAddress::Between { .. } => self.between(index)?,
            CitedAddress::Id { written, cited: None } => self.malformed(written, &place),
            CitedAddress::NoEdition { subject, edition } => problems(vec![self.no_edition(subject, edition, &place)]),
            CitedAddress::Level(cited) => match cited.find(self.site) {
                Ok(found) => problems(self.outdated_level(found, None, &place)),
                Err(reason) => problems(vec![self.unknown_level(cited, &reason, &place)]),
            },
            CitedAddress::Page { path, fragment, is_former, .. } => {
                self.page(index, path, fragment.as_deref(), *is_former, &place)?
            }
        };
        if mention.is_code {
            verdict = CitationVerdict { count: verdict.count, ..problems(verdict.problems) };
        }
        Some(verdict)
    }

    /// Judges what is there, or was. One without an edition can be pinned.
    pub(super) fn cited(&self, index: usize, target: &Target, place: &Place) -> CitationVerdict {
        let slug = target.slug.as_deref();
        let subject = match &target.what {
            Aim::Criterion(Cited { id, edition: None }) => Unpinned::Criterion(id.clone()),
            &Aim::Level(FoundLevel::Now(level)) => Unpinned::Level(level),
            Aim::Criterion(cited) => {
                let problems = self.judged(cited, slug, place).into_iter().collect();
                return CitationVerdict { problems, ..CitationVerdict::default() };
            }
            &Aim::Level(found) => {
                let problems = self.outdated_level(found, slug, place);
                return CitationVerdict { problems, ..CitationVerdict::default() };
            }
        };
        let own = match &target.what {
            Aim::Criterion(cited) => {
                let edition = self.as_of.map(|edition| self.site.history.editions[edition].name().clone());
                self.judged(&Cited { edition, ..cited.clone() }, slug, place)
            }
            Aim::Level(_) => None,
        };
        let is_unknown = own.as_ref().is_some_and(|problem| problem.code == Code::UnknownCitation);
        let is_code = self.mentions[index].is_code;
        let whole = self.copied.around(self.text, &place.span(), &subject, |span, given| match &given.pinned {
            Some((edition, citation)) => Ok((*edition, vec![Edit::replace(span, citation.clone())])),
            None => Err(Some(self.unreleased(&subject, place))),
        });
        let whole = whole.filter(|_| self.as_of.is_none());
        // In HTML, each mention is pinned where it stands between the tags.
        let pinned_singly = |edition| {
            let edits = self.pinned(index, &subject, slug, edition);
            edits.map(|edits| (edition, edits)).ok_or_else(|| Some(self.untranslated(&subject, edition, place)))
        };
        let meant = match whole {
            _ if is_unknown || is_code => Err(None),
            Some(Ok((edition, _))) if self.reading.is_hypertext => pinned_singly(edition),
            Some(whole) => whole,
            None => self.meant(index, &subject, slug, place).and_then(pinned_singly),
        };
        let meant =
            meant.and_then(|(edition, edits)| match edits.iter().all(|edit| self.reading.edit(edit).is_some()) {
                true => Ok((edition, edits)),
                false => Err(Some(self.parted(&subject, edition, place))),
            });
        let of_edition = meant.as_ref().ok().map(|(edition, _)| match &subject {
            Unpinned::Criterion(id) => {
                let edition = Some(self.site.history.editions[*edition].name().clone());
                self.judged(&Cited { id: id.clone(), edition }, slug, place).into_iter().collect()
            }
            &Unpinned::Level(level) => {
                let then = place_then(self.site, *edition, level).map(|then| FoundLevel::Then(*edition, then));
                then.map_or_else(Vec::new, |then| self.outdated_level(then, slug, place))
            }
        });
        let problems = of_edition.unwrap_or_else(|| own.into_iter().collect::<Vec<_>>());
        let (edits, unpinnable) = match meant {
            Ok((_, edits)) => (edits, None),
            // That it was withdrawn is said already, and is the greater trouble.
            Err(reason) => (Vec::new(), reason.filter(|_| problems.is_empty())),
        };
        let is_pinned = !edits.is_empty();
        CitationVerdict { problems, is_unpinned: true, is_pinned, unpinnable, edits, ..CitationVerdict::default() }
    }
}
