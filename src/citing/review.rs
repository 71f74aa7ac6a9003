//! Checks the citations in a review.

use camino::Utf8Path;

use super::{Cited, CitedAddress, Mention, NotCitable, cite, find, is_known};
use crate::diagnostic::{Code, Diagnostic, Place};
use crate::edition::Effect;
use crate::handle::EditionIndex;
use crate::id::{CriterionId, EditionName};
use crate::locale::LocaleIndex;
use crate::model::{EditionPage, Page, Site, Subject};
use crate::register::Verb;
use crate::text::{Edit, Edits, either, list, nearest_few};

/// The findings in one text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Review {
    /// The number of citations.
    pub(crate) citations: usize,
    /// The number of citations without an edition.
    pub(crate) unpinned: usize,
    /// The number of citations without an edition that the last edition can be added to.
    pub(crate) pinnable: usize,
    /// Problems of the citations.
    pub(crate) problems: Vec<Diagnostic>,
    /// The text with every citation that named no edition pinned to the last one, where that holds the criterion.
    pub(crate) pinned: String,
}

/// Finds the citations in a text and reports those that have lost their meaning: citations of criteria that are
/// unknown, withdrawn, or changed since the edition cited, and addresses that have moved.
pub(crate) fn judge(site: &Site, path: &Utf8Path, text: &str) -> Review {
    let prefixes = prefixes(site);
    let prefixes: Vec<_> = prefixes.iter().map(String::as_str).collect();
    let mentions = find(text, &site.config.base_url, &prefixes);
    let matcher = CitationMatcher { site, path };
    let mut review = Review::default();
    let mut pinned = Edits::of(text);
    for mention in mentions {
        let Some(verdict) = matcher.mention(&mention) else { continue };
        review.citations += 1;
        review.unpinned += usize::from(verdict.is_unpinned);
        review.pinnable += usize::from(verdict.pinned.is_some());
        review.problems.extend(verdict.problem);
        // No mention lies within another one.
        let _ = verdict.pinned.map(|new| pinned.add(Edit::replace(mention.span, new)));
    }
    review.pinned = pinned.written();
    review
}

/// Returns the prefixes of the site's ids, those of removed ladders included.
fn prefixes(site: &Site) -> Vec<String> {
    let now = site.ladders.iter().flat_map(|ladder| ladder.config.prefixes().map(str::to_owned));
    let withdrawn = site.history.withdrawn.iter().map(|withdrawn| withdrawn.id.prefix().to_owned());
    let then = site.history.editions.iter().flat_map(|edition| &edition.frozen.ladders);
    let mut prefixes: Vec<_> = now.chain(withdrawn).chain(then.map(|ladder| ladder.prefix.clone())).collect();
    prefixes.sort();
    prefixes.dedup();
    prefixes
}

/// The findings on one citation.
#[derive(Default)]
struct CitationVerdict {
    problem: Option<Diagnostic>,
    is_unpinned: bool,
    /// The citation with the last edition.
    pinned: Option<String>,
}

struct CitationMatcher<'a> {
    site: &'a Site,
    path: &'a Utf8Path,
}

impl CitationMatcher<'_> {
    /// None for an address that cites no criterion and is there.
    fn mention(&self, mention: &Mention) -> Option<CitationVerdict> {
        let place = Place::new(self.path, mention.span.clone());
        match &mention.what {
            CitedAddress::Id { written, cited } => Some(match cited {
                Some(cited) => CitationVerdict {
                    pinned: self.last_edition_with(cited).map(|(name, _)| format!("{}@{name}", cited.id)),
                    ..self.cited(cited, place)
                },
                None => self.malformed(written, place),
            }),
            CitedAddress::Page { path, fragment } => self.page(path, fragment.as_deref(), place),
        }
    }

    fn page(&self, path: &str, fragment: Option<&str>, place: Place) -> Option<CitationVerdict> {
        let page = match Page::at(self.site, path.strip_suffix("index.html").unwrap_or(path)) {
            Some(page) => page,
            None => {
                let problem = place.problem(Code::UnknownCitation, format!("this site has no page /{path}"));
                let problem = problem.help("look for it from the home page, and cite what you find");
                return Some(CitationVerdict { problem: Some(problem), ..CitationVerdict::default() });
            }
        };
        if let Page::Former(former) = page {
            let former = &self.site.history.former[former];
            let to = format!("{}{}", self.site.config.base_url, former.to.path(self.site));
            let problem = place.problem(Code::FormerAddress, "this page has another address now");
            let help = if former.is_renamed { format!("cite {to}") } else { format!("what is nearest to it is {to}") };
            return Some(CitationVerdict { problem: Some(problem.help(help)), ..CitationVerdict::default() });
        }
        let (cited, locale) = self.criterion_of(page, fragment)?;
        let pinned = self.last_edition_with(&cited).map(|(_, frozen)| {
            let part = locale.map_or(String::new(), |slug| format!("#{slug}"));
            format!("{}{}{part}", self.site.config.base_url, frozen.path(self.site))
        });
        Some(CitationVerdict { pinned, ..self.cited(&cited, place) })
    }

    /// Returns the criterion that an address cites, and the slug of the language in which it does.
    fn criterion_of(&self, page: Page, fragment: Option<&str>) -> Option<(Cited, Option<String>)> {
        let site = self.site;
        let slug = |locale: LocaleIndex| Some(site.config.locale(locale).slug.clone());
        let unpinned = |id: CriterionId| Cited { id, edition: None };
        let at_fragment = || CriterionId::parse(&fragment?.to_ascii_uppercase());
        let edition_name = |edition: EditionIndex| Some(site.history.editions[edition].name().clone());
        match page {
            Page::Criterion(criterion) => Some((unpinned(site[criterion].id.clone()), fragment.map(str::to_owned))),
            Page::Withdrawn(withdrawn) => {
                Some((unpinned(site.history.withdrawn[withdrawn].id.clone()), fragment.map(str::to_owned)))
            }
            Page::Edition(edition, EditionPage::Criterion(at)) => {
                let id = site.history.editions[edition].frozen.at(at).1.id.clone();
                Some((Cited { id, edition: edition_name(edition) }, fragment.map(str::to_owned)))
            }
            Page::Edition(edition, EditionPage::Ladder { .. }) => {
                Some((Cited { id: at_fragment()?, edition: edition_name(edition) }, None))
            }
            page => Some((unpinned(at_fragment()?), page.locale().and_then(slug))),
        }
    }

    /// Judges a citation, without the form that pins it.
    fn cited(&self, cited: &Cited, place: Place) -> CitationVerdict {
        let is_unpinned = cited.edition.is_none();
        let problem = match cite(self.site, cited, LocaleIndex::SOURCE) {
            Err(NotCitable::Lost) | Ok(_) => self.outdated(cited, place),
            Err(NotCitable::UnknownId) => Some(self.unknown(&cited.id, place)),
            Err(NotCitable::UnknownEdition) => Some(self.unknown_edition(cited, place)),
            Err(NotCitable::NotInEdition) => {
                let message = format!("{id} is not in the edition that is cited", id = cited.id);
                Some(place.problem(Code::UnknownCitation, message).help(self.editions_of(&cited.id)))
            }
        };
        CitationVerdict { problem, is_unpinned, pinned: None }
    }

    fn outdated(&self, cited: &Cited, place: Place) -> Option<Diagnostic> {
        let history = &self.site.history;
        if let Some(withdrawn) = history.withdrawn_at(&cited.id) {
            let withdrawn = &history.withdrawn[withdrawn];
            let message = match withdrawn.withdrawal.date {
                Some(date) => format!("{id} was withdrawn on {date}", id = cited.id),
                None => format!("{id} was withdrawn", id = cited.id),
            };
            let successors: Vec<_> = withdrawn.final_successors.iter().map(ToString::to_string).collect();
            let help = match (withdrawn.verb(), successors.as_slice()) {
                (Some(verb), successors @ [_, ..]) => describe_succession(verb, &list(successors)),
                _ => "nothing came in its place; its page says why it went".to_owned(),
            };
            return Some(place.problem(Code::WithdrawnCitation, message).help(help));
        }
        let edition = history.edition(cited.edition.as_ref()?)?;
        let released =
            history.changes_since(&cited.id, edition).filter(|(release, _)| *release < history.editions.next_key());
        let said: Vec<_> = released
            .map(|(release, change)| {
                format!(
                    "{effect} in {edition}",
                    effect = effect(change.effect),
                    edition = history.editions[release].name()
                )
            })
            .collect();
        if said.is_empty() {
            return None;
        }
        let message = format!(
            "{id} has changed since the edition {edition}",
            id = cited.id,
            edition = history.editions[edition].name()
        );
        let page = format!("{}c/{}/", self.site.config.base_url, cited.id.slug());
        let problem = place.problem(Code::ChangedCitation, message).label(list(&said));
        Some(problem.help(format!("see {page} for what it says now, and cite it anew if that is what is meant")))
    }

    fn malformed(&self, written: &str, place: Place) -> CitationVerdict {
        let id = written.split('@').next().unwrap_or_default();
        let meant = CriterionId::parse_leniently(id).filter(|id| is_known(self.site, id));
        let message = format!("`{written}` is not the id of a criterion");
        let problem = place.problem(Code::UnknownCitation, message);
        let help = meant.map_or_else(|| "write ids as their pages do".to_owned(), |id| format!("write `{id}`"));
        CitationVerdict { problem: Some(problem.help(help)), is_unpinned: true, pinned: None }
    }

    fn unknown(&self, id: &CriterionId, place: Place) -> Diagnostic {
        let near = nearest_ids(self.site, &id.to_string());
        let help = match near.as_slice() {
            [] => "look for it on the site".to_owned(),
            near => format!("did you mean {near}?", near = either(near)),
        };
        place.problem(Code::UnknownCitation, format!("there is no criterion {id}")).help(help)
    }

    fn unknown_edition(&self, cited: &Cited, place: Place) -> Diagnostic {
        let name = cited.edition.as_ref().map(EditionName::to_string).unwrap_or_default();
        let message = format!("there is no edition {name}");
        place.problem(Code::UnknownCitation, message).help(self.editions_of(&cited.id))
    }

    fn editions_of(&self, id: &CriterionId) -> String {
        let editions = self.site.history.timeline(id).editions.keys();
        let names: Vec<_> = editions.map(|&edition| self.site.history.editions[edition].name().to_string()).collect();
        match names.as_slice() {
            [] => "no edition holds it: cite it without one".to_owned(),
            names => format!("editions that hold it: {names}", names = list(names)),
        }
    }

    /// Returns the last edition and its page of the criterion, for a citation that names none.
    fn last_edition_with(&self, cited: &Cited) -> Option<(EditionName, Page)> {
        let history = &self.site.history;
        let edition = history.editions.last_key().filter(|_| cited.edition.is_none())?;
        let at = *history.timeline(&cited.id).editions.get(&edition)?;
        Some((history.editions[edition].name().clone(), Page::Edition(edition, EditionPage::Criterion(at))))
    }
}

/// Returns the ids of the site that are most similar to a written one, the nearest first, at most three.
pub(crate) fn nearest_ids(site: &Site, written: &str) -> Vec<String> {
    let of_now = site.labels().filter(|label| matches!(site.find(label), Some(Subject::Criterion { .. })));
    let withdrawn = site.history.withdrawn.iter().map(|withdrawn| withdrawn.id.to_string());
    let known: Vec<String> = of_now.map(str::to_owned).chain(withdrawn).collect();
    nearest_few(written, known.iter().map(String::as_str)).into_iter().map(str::to_owned).collect()
}

/// Describes the succession of a withdrawn criterion.
fn describe_succession(verb: Verb, successors: &str) -> String {
    match verb {
        Verb::MovedTo => format!("moved to: {successors}"),
        Verb::MergedInto => format!("merged into: {successors}"),
        Verb::SplitInto => format!("split into: {successors}"),
        Verb::ReplacedBy => format!("replaced by: {successors}"),
        Verb::CoveredBy => format!("covered by: {successors}"),
    }
}

fn effect(effect: Effect) -> &'static str {
    match effect {
        Effect::Stricter => "made stricter",
        Effect::Recategorised => "put into another category",
        other => other.name(),
    }
}
