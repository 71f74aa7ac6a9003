//! Checks the citations in a review.

use std::collections::BTreeSet;

use camino::Utf8Path;

use super::level::{changes_since, name_then, place_then};
use super::mentions::Citable;
use super::{
    Cited, CitedAddress, CitedLevel, FoundLevel, Mention, NoSuchLevel, NotCitable, cite, find, is_known, level_then,
};
use crate::diagnostic::{Code, Diagnostic, Place};
use crate::edition::{Change, Effect};
use crate::handle::EditionIndex;
use crate::id::{CriterionId, EditionName, slug};
use crate::locale::LocaleIndex;
use crate::model::{EditionPage, LadderPage, LocalePage, Page, Site, Subject};
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
    /// The text with every citation that named no edition pinned to the last one, where that holds the criterion, and with
    /// the present address of the site in place of former ones.
    pub(crate) pinned: String,
}

/// Finds the citations in a text and reports those that have lost their meaning: citations of criteria and levels that
/// are unknown, withdrawn, or changed since the edition cited, and addresses that have moved.
pub(crate) fn judge(site: &Site, path: &Utf8Path, text: &str) -> Review {
    let bases: Vec<_> = std::iter::once(&site.config.base_url).chain(&site.config.former_base_urls).collect();
    let mentions = find(text, &bases, &citable(site));
    let matcher = CitationMatcher { site, path };
    let mut review = Review::default();
    let mut pinned = Edits::of(text);
    for mention in mentions {
        let Some(verdict) = matcher.mention(&mention) else { continue };
        review.citations += 1;
        review.unpinned += usize::from(verdict.is_unpinned);
        review.pinnable += usize::from(verdict.is_unpinned && verdict.pinned.is_some());
        review.problems.extend(verdict.problems);
        // No mention lies within another one.
        let _ = verdict.pinned.map(|new| pinned.add(Edit::replace(mention.span, new)));
    }
    review.pinned = pinned.written();
    review
}

/// Returns what the site has that can be cited, and what it had: removed ladders included.
fn citable(site: &Site) -> Citable {
    let then = || site.history.editions.iter().flat_map(|edition| &edition.frozen.ladders);
    let unique = |names: &mut dyn Iterator<Item = &str>| {
        let names: BTreeSet<_> = names.filter(|name| !name.is_empty()).map(str::to_owned).collect();
        names.into_iter().collect()
    };
    let withdrawn = site.history.withdrawn.iter().map(|withdrawn| withdrawn.id.prefix());
    let now = site.ladders.iter().flat_map(|ladder| ladder.config.prefixes());
    let levels = site.ladders.iter().flat_map(|ladder| &ladder.levels);
    let levels = levels.flat_map(|level| std::iter::once(&level.id).chain(&level.was));
    let levels_then = then().flat_map(|ladder| &ladder.levels).map(|level| &level.id);
    let ladders = site.ladders.iter().flat_map(|ladder| std::iter::once(&ladder.config.key).chain(&ladder.config.was));
    Citable {
        prefixes: unique(&mut now.chain(withdrawn).chain(then().map(|ladder| ladder.prefix.as_str()))),
        levels: unique(&mut levels.chain(levels_then).map(String::as_str)),
        ladders: unique(&mut ladders.chain(then().map(|ladder| &ladder.key)).map(String::as_str)),
    }
}

/// The findings on one citation.
#[derive(Default)]
struct CitationVerdict {
    problems: Vec<Diagnostic>,
    is_unpinned: bool,
    /// The citation as `--fix` writes it: with the last edition, or where the site stands now.
    pinned: Option<String>,
}

/// What an address cites, and the slug of the language in which it does.
enum Target {
    Criterion(Cited, Option<String>),
    Level(FoundLevel, LocaleIndex),
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
                    ..self.cited(cited, &place)
                },
                None => self.malformed(written, place),
            }),
            CitedAddress::Level(cited) => {
                let problems = match cited.find(self.site) {
                    Ok(found) => self.outdated_level(found, &place),
                    Err(reason) => vec![self.unknown_level(cited, &reason, &place)],
                };
                Some(CitationVerdict { problems, ..CitationVerdict::default() })
            }
            CitedAddress::Page { path, fragment, is_former: false } => self.page(path, fragment.as_deref(), &place),
            CitedAddress::Page { path, fragment, is_former: true } => {
                let mut verdict = self.page(path, fragment.as_deref(), &place).unwrap_or_default();
                // A page that is not there is no help, and one that has moved on is named already.
                if !verdict
                    .problems
                    .iter()
                    .any(|problem| matches!(problem.code, Code::UnknownCitation | Code::FormerAddress))
                {
                    let part = fragment.as_ref().map_or(String::new(), |fragment| format!("#{fragment}"));
                    let address = format!("{}{path}{part}", self.site.config.base_url);
                    let problem = place.problem(Code::FormerAddress, "the site stands elsewhere now");
                    verdict.problems.insert(0, problem.help(format!("cite {address}")));
                    verdict.pinned = verdict.pinned.or(Some(address));
                }
                Some(verdict)
            }
        }
    }

    fn page(&self, path: &str, fragment: Option<&str>, place: &Place) -> Option<CitationVerdict> {
        let page = match Page::at(self.site, path.strip_suffix("index.html").unwrap_or(path)) {
            Some(page) => page,
            None => {
                let problem = place.problem(Code::UnknownCitation, format!("this site has no page /{path}"));
                let problem = problem.help("look for it from the home page, and cite what you find");
                return Some(CitationVerdict { problems: vec![problem], ..CitationVerdict::default() });
            }
        };
        if let Page::Former(former) = page {
            let former = &self.site.history.former[former];
            let to = format!("{}{}", self.site.config.base_url, former.to.path(self.site));
            let problem = place.problem(Code::FormerAddress, "this page has another address now");
            let help = if former.is_renamed { format!("cite {to}") } else { format!("what is nearest to it is {to}") };
            return Some(CitationVerdict { problems: vec![problem.help(help)], ..CitationVerdict::default() });
        }
        let (cited, locale) = match self.target(page, fragment)? {
            Target::Criterion(cited, locale) => (cited, locale),
            Target::Level(found, locale) => return Some(self.level_page(found, locale, place)),
        };
        let pinned = self.last_edition_with(&cited).map(|(_, frozen)| {
            let part = locale.map_or(String::new(), |slug| format!("#{slug}"));
            format!("{}{}{part}", self.site.config.base_url, frozen.path(self.site))
        });
        Some(CitationVerdict { pinned, ..self.cited(&cited, place) })
    }

    /// Judges the address of a level. One of the present can be pinned to the last edition.
    fn level_page(&self, found: FoundLevel, locale: LocaleIndex, place: &Place) -> CitationVerdict {
        let problems = self.outdated_level(found, place);
        let FoundLevel::Now(level) = found else { return CitationVerdict { problems, ..CitationVerdict::default() } };
        let history = &self.site.history;
        let frozen = history.editions.last_key().and_then(|edition| {
            let level = place_then(self.site, edition, level)?;
            let tag = &self.site.config.locale(locale).tag;
            let locale = history.editions[edition].locales.iter().position(|locale| locale.tag == *tag)?;
            Some(Page::Edition(edition, EditionPage::Level { locale, level }))
        });
        let pinned = frozen.map(|page| format!("{}{}", self.site.config.base_url, page.path(self.site)));
        CitationVerdict { problems, is_unpinned: true, pinned }
    }

    /// Returns what an address cites.
    fn target(&self, page: Page, fragment: Option<&str>) -> Option<Target> {
        let editions = &self.site.history.editions;
        let level = match page {
            Page::In(locale, LocalePage::Ladder(ladder, LadderPage::Level(level))) => {
                Some((FoundLevel::Now(level.of(ladder)), locale))
            }
            Page::Edition(edition, EditionPage::Level { level, .. }) => {
                Some((FoundLevel::Then(edition, level), LocaleIndex::SOURCE))
            }
            Page::Edition(edition, EditionPage::Ladder { ladder, .. }) => {
                let mut levels = editions[edition].frozen.ladders[ladder].levels.iter_enumerated();
                let found = levels.find(|(_, level)| fragment.is_some() && slug(&level.id).as_deref() == fragment);
                found.map(|(level, _)| (FoundLevel::Then(edition, level.of(ladder)), LocaleIndex::SOURCE))
            }
            _ => None,
        };
        let criterion = self.criterion_of(page, fragment).map(|(cited, locale)| Target::Criterion(cited, locale));
        criterion.or_else(|| level.map(|(found, locale)| Target::Level(found, locale)))
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
            Page::Edition(edition, EditionPage::Ladder { .. } | EditionPage::Level { .. }) => {
                Some((Cited { id: at_fragment()?, edition: edition_name(edition) }, None))
            }
            page => Some((unpinned(at_fragment()?), page.locale().and_then(slug))),
        }
    }

    /// Judges a citation, without the form that pins it.
    fn cited(&self, cited: &Cited, place: &Place) -> CitationVerdict {
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
        CitationVerdict { problems: problem.into_iter().collect(), is_unpinned, pinned: None }
    }

    fn outdated(&self, cited: &Cited, place: &Place) -> Option<Diagnostic> {
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
            .map(|(release, change)| format!("{} in {}", effects(change), history.editions[release].name()))
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

    /// Tells that a level of an edition is gone, or that other criteria stand there, or other words.
    fn outdated_level(&self, found: FoundLevel, place: &Place) -> Vec<Diagnostic> {
        let FoundLevel::Then(edition, level) = found else { return Vec::new() };
        let (site, history) = (self.site, &self.site.history);
        let label = level_then(site, edition, level);
        let id = label.split('@').next().unwrap_or_default();
        let frozen = &history.editions[edition].frozen;
        let Some(now) = history.mapping(edition).level(level) else {
            let ladder = &frozen.ladders[level.ladder];
            let source = &site.config.locale(LocaleIndex::SOURCE).slug;
            let page = format!("{source}/{}/{}/", ladder.key, slug(&ladder.levels[level.level].id).unwrap_or_default());
            let help = match history.former_at(&page) {
                Some(_) => format!("see {}{page} for where its criteria are now", site.config.base_url),
                None => "see what the ladder asks now, and cite that if it is meant".to_owned(),
            };
            let problem = place.problem(Code::WithdrawnCitation, format!("the level {id} was withdrawn"));
            return vec![problem.help(help)];
        };
        let changes = changes_since(site, edition, level).into_iter();
        let released = changes.filter(|(release, _)| *release < history.editions.next_key());
        let mut said: Vec<_> = released
            .map(|(release, change)| {
                format!("{} {} in {}", change.id, effects(change), history.editions[release].name())
            })
            .collect();
        let last = history.editions.last_key().and_then(|last| Some((last, place_then(site, last, now)?)));
        if let Some((last, at)) = last {
            let (then, now) = (name_then(frozen, level), name_then(&history.editions[last].frozen, at));
            said.splice(..0, (then != now).then(|| format!("called {now} in {}", history.editions[last].name())));
        }
        if said.is_empty() {
            return Vec::new();
        }
        let message = format!("the level {id} has changed since the edition {}", history.editions[edition].name());
        let page = Page::of_level(LocaleIndex::SOURCE, now).path(site);
        let problem = place.problem(Code::ChangedCitation, message).label(few(&said));
        let help = format!(
            "see {}{page} for what it asks now, and cite it anew if that is what is meant",
            site.config.base_url
        );
        vec![problem.help(help)]
    }

    fn unknown_level(&self, cited: &CitedLevel, reason: &NoSuchLevel, place: &Place) -> Diagnostic {
        let site = self.site;
        let name = |edition: EditionIndex| site.history.editions[edition].name();
        let held = list(cited.editions(site).into_iter().map(name));
        let (message, help) = match reason {
            NoSuchLevel::Several(labels) => {
                let labels: Vec<_> = labels.iter().map(|label| format!("`{label}`")).collect();
                (format!("several ladders have a level {}", cited.id), format!("write {}", either(&labels)))
            }
            NoSuchLevel::NotInEdition if held.is_empty() => {
                ("the level is in no edition".to_owned(), "cite the address of its page".to_owned())
            }
            NoSuchLevel::NotInEdition => {
                let message = format!("the level {} is not in the edition that is cited", cited.id);
                (message, format!("editions that hold it: {held}"))
            }
            NoSuchLevel::Unknown | NoSuchLevel::Gone => (
                format!("there is no level `{cited}`"),
                "look for it from the home page, and cite what you find".to_owned(),
            ),
            NoSuchLevel::UnknownEdition => {
                let name = cited.edition.as_ref().map(EditionName::to_string).unwrap_or_default();
                let help = if held.is_empty() {
                    "cite the address of its page".to_owned()
                } else {
                    format!("editions that hold it: {held}")
                };
                (format!("there is no edition {name}"), help)
            }
        };
        place.problem(Code::UnknownCitation, message).help(help)
    }

    fn malformed(&self, written: &str, place: Place) -> CitationVerdict {
        let id = written.split('@').next().unwrap_or_default();
        let meant = CriterionId::parse_leniently(id).filter(|id| is_known(self.site, id));
        let message = format!("`{written}` is not the id of a criterion");
        let problem = place.problem(Code::UnknownCitation, message);
        let help = meant.map_or_else(|| "write ids as their pages do".to_owned(), |id| format!("write `{id}`"));
        CitationVerdict { problems: vec![problem.help(help)], is_unpinned: true, pinned: None }
    }

    fn unknown(&self, id: &CriterionId, place: &Place) -> Diagnostic {
        let near = nearest_ids(self.site, &id.to_string());
        let help = match near.as_slice() {
            [] => "look for it on the site".to_owned(),
            near => format!("did you mean {near}?", near = either(near)),
        };
        place.problem(Code::UnknownCitation, format!("there is no criterion {id}")).help(help)
    }

    fn unknown_edition(&self, cited: &Cited, place: &Place) -> Diagnostic {
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

/// Returns what a change did: `moved and made stricter`.
fn effects(change: &Change) -> String {
    let effects: Vec<_> = std::iter::once(change.effect).chain(change.also).map(effect).collect();
    effects.join(" and ")
}

/// Names the first of many things.
fn few(things: &[String]) -> String {
    const FEW: usize = 6;
    match things.len().checked_sub(FEW) {
        None | Some(0) => list(things),
        Some(rest) => format!("{}, and {rest} more", list(things.iter().take(FEW))),
    }
}

fn effect(effect: Effect) -> &'static str {
    match effect {
        Effect::Stricter => "made stricter",
        Effect::Recategorised => "put into another category",
        other => other.name(),
    }
}
