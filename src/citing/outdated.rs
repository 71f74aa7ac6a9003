//! Reports citations that have lost their meaning.

use std::collections::BTreeSet;

use super::level::{changes_since, level_then};
use super::level_changes::said_otherwise_since;
use super::review::{CitationMatcher, CitationVerdict};
use super::{
    Cited, CitedLevel, FoundLevel, NoSuchLevel, NotCitable, cite, nearest_edition, nearest_ids, nearest_levels,
};
use crate::diagnostic::{Code, Diagnostic, Place};
use crate::edition::{Change, Edition, Effect};
use crate::handle::EditionIndex;
use crate::id::{CriterionId, EditionName};
use crate::locale::LocaleIndex;
use crate::model::{Page, WithdrawnCriterion};
use crate::text::{either, list, split};

impl CitationMatcher<'_> {
    /// Judges a citation of a criterion, for readers of the language of a slug.
    pub(super) fn judged(&self, cited: &Cited, slug: Option<&str>, place: &Place) -> Option<Diagnostic> {
        if let Some(later) = self.later_than_asked(cited.edition.as_ref(), place) {
            return Some(later);
        }
        match cite(self.site, cited, LocaleIndex::SOURCE) {
            Err(NotCitable::Lost) | Ok(_) => self.outdated(cited, slug, place),
            Err(NotCitable::UnknownId) => Some(self.unknown(&cited.id, place)),
            Err(NotCitable::UnknownEdition) => Some(self.unknown_edition(cited, place)),
            Err(NotCitable::NotInEdition) => {
                let message =
                    format!("{id} is not in edition {name}", id = cited.id, name = name_of(cited.edition.as_ref()));
                Some(place.problem(Code::UnknownCitation, message).help(self.editions_of(&cited.id)))
            }
        }
    }

    /// Tells an edition that came after the one that everything is judged as of.
    fn later_than_asked(&self, edition: Option<&EditionName>, place: &Place) -> Option<Diagnostic> {
        let history = &self.site.history;
        let asked = self.as_of.map(|edition| history.editions[edition].name())?;
        let edition = edition.filter(|name| *name > asked && history.edition(name).is_some())?;
        let problem = place.problem(Code::UnknownCitation, format!("edition {edition} came after {asked}"));
        Some(problem.help(format!("cite {asked}, or leave out `--edition`")))
    }

    /// Whether a release is one that is judged: not the present, and not after the edition that is asked for.
    fn is_judged(&self, release: EditionIndex) -> bool {
        let history = &self.site.history;
        release < history.editions.next_key() && self.as_of.is_none_or(|asked| release <= asked)
    }

    fn outdated(&self, cited: &Cited, slug: Option<&str>, place: &Place) -> Option<Diagnostic> {
        let history = &self.site.history;
        let is_held = |edition: &EditionIndex| history.timeline(&cited.id).editions.contains_key(edition);
        if let Some(withdrawn) = history.withdrawn_at(&cited.id).filter(|_| !self.as_of.as_ref().is_some_and(is_held)) {
            let withdrawn = &history.withdrawn[withdrawn];
            let message = match withdrawn.withdrawal.date {
                Some(date) => format!("{id} was withdrawn on {date}", id = cited.id),
                None => format!("{id} was withdrawn", id = cited.id),
            };
            let help = match (withdrawn.verb(), self.successors(withdrawn).as_slice()) {
                (None, _) => "nothing replaced it; its page says why".to_owned(),
                (Some(_), []) => {
                    let asked = self.as_of.map(|edition| history.editions[edition].name().to_string());
                    format!("nothing that replaced it is in edition {}", asked.unwrap_or_default())
                }
                (Some(verb), successors) => format!("{}: {}", verb.words(), list(successors)),
            };
            return Some(place.problem(Code::WithdrawnCitation, message).help(help));
        }
        let edition = history.edition(cited.edition.as_ref()?)?;
        let tags = self.tags_of(slug, edition);
        let released = history
            .changes_since(&cited.id, edition)
            .filter(|(release, change)| self.is_judged(*release) && tags.iter().any(|tag| change.concerns(tag)));
        let said: Vec<_> = released
            .map(|(release, change)| format!("{} in {}", effects(change), history.editions[release].name()))
            .collect();
        if said.is_empty() {
            return None;
        }
        let message = format!(
            "{id} has changed since edition {edition}",
            id = cited.id,
            edition = history.editions[edition].name()
        );
        let page = format!("{}c/{}/", self.site.config.base_url, cited.id.slug());
        let problem = place.problem(Code::ChangedCitation, message).label(list(&said));
        Some(problem.help(format!("see {page} for the current wording, and update the citation if you mean that")))
    }

    /// Returns the criteria in which a withdrawn one goes on: now, or in the edition that everything is judged as of.
    fn successors(&self, withdrawn: &WithdrawnCriterion) -> Vec<CriterionId> {
        let history = &self.site.history;
        let Some(asked) = self.as_of else { return withdrawn.final_successors.clone() };
        let direct = |withdrawn: &WithdrawnCriterion| {
            let succession = withdrawn.withdrawal.succession.iter();
            succession.flat_map(|it| &it.successors).map(|(id, _)| id.clone()).collect::<Vec<_>>()
        };
        let (mut open, mut found, mut seen) = (direct(withdrawn), Vec::new(), BTreeSet::new());
        while let Some(id) = open.pop() {
            if !seen.insert(id.clone()) {
                continue;
            }
            match history.withdrawn_at(&id) {
                _ if history.timeline(&id).editions.contains_key(&asked) => found.push(id),
                Some(next) => open.extend(direct(&history.withdrawn[next])),
                None => {}
            }
        }
        found.sort();
        found
    }

    /// Tells that a level of an edition is gone, or that readers of the language of a slug find other criteria there, or
    /// other words.
    pub(super) fn outdated_level(&self, found: FoundLevel, slug: Option<&str>, place: &Place) -> Vec<Diagnostic> {
        let FoundLevel::Then(edition, level) = found else { return Vec::new() };
        if let Some(later) = self.later_than_asked(Some(self.site.history.editions[edition].name()), place) {
            return vec![later];
        }
        let (site, history) = (self.site, &self.site.history);
        let label = level_then(site, edition, level);
        let id = label.split('@').next().unwrap_or_default();
        let Some(now) = history.mapping(edition).level(level) else {
            let cited = CitedLevel::parse(id).and_then(|cited| Some((cited, self.as_of?)));
            if cited.is_some_and(|(cited, asked)| cited.editions(site).contains(&asked)) {
                return Vec::new();
            }
            let source = &site.config.locale(LocaleIndex::SOURCE).slug;
            let help = match history.former_level(edition, level, source) {
                Some(former) => {
                    let page = &history.former[former].path;
                    format!("see {}{page} for where its criteria are now", site.config.base_url)
                }
                None => "see what the ladder expects now, and cite that if you mean it".to_owned(),
            };
            let problem = place.problem(Code::WithdrawnCitation, format!("level {id} was withdrawn"));
            return vec![problem.help(help)];
        };
        let changes = changes_since(site, edition, level).into_iter();
        let tags = self.tags_of(slug, edition);
        let released =
            changes.filter(|(release, change)| self.is_judged(*release) && tags.iter().any(|tag| change.concerns(tag)));
        let mut said: Vec<_> = released
            .map(|(release, change)| {
                format!("{} {} in {}", change.id, effects(change), history.editions[release].name())
            })
            .collect();
        said.splice(..0, said_otherwise_since(site, edition, level, now, &tags, &|release| self.is_judged(release)));
        if said.is_empty() {
            return Vec::new();
        }
        let message = format!("level {id} has changed since edition {}", history.editions[edition].name());
        let page = Page::of_level(LocaleIndex::SOURCE, now).path(site);
        let problem = place.problem(Code::ChangedCitation, message).label(few(&said));
        let help = format!(
            "see {}{page} for what it expects now, and update the citation if you mean that",
            site.config.base_url
        );
        vec![problem.help(help)]
    }

    pub(super) fn unknown_level(&self, cited: &CitedLevel, reason: &NoSuchLevel, place: &Place) -> Diagnostic {
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
                let message = format!("level {} is not in edition {}", cited.id, name_of(cited.edition.as_ref()));
                (message, format!("editions that have {}: {held}", cited.id))
            }
            NoSuchLevel::Unknown | NoSuchLevel::Gone => {
                let near: Vec<_> = nearest_levels(site, cited).iter().map(|label| format!("`{label}`")).collect();
                let help = match near.is_empty() {
                    true => "look for it on the home page, and cite what you find".to_owned(),
                    false => format!("levels: {}", few(&near)),
                };
                (format!("there is no level `{cited}`"), help)
            }
            NoSuchLevel::UnknownEdition => {
                let name = name_of(cited.edition.as_ref());
                let help = if held.is_empty() {
                    "cite the address of its page".to_owned()
                } else {
                    format!("editions that have {}: {held}", cited.id)
                };
                (format!("there is no edition {name}"), help)
            }
        };
        place.problem(Code::UnknownCitation, message).help(help)
    }

    /// Says that what stands behind the `@` is the name of no edition.
    pub(super) fn no_edition(&self, subject: &str, edition: &str, place: &Place) -> Diagnostic {
        let problem = place.problem(Code::UnknownCitation, format!("there is no edition `{edition}`"));
        problem.help(self.editions_like(&format!("{subject}@"), edition))
    }

    /// Names the edition that may have been meant, behind what is cited, or else all.
    pub(super) fn editions_like(&self, subject: &str, edition: &str) -> String {
        let names = self.site.history.editions.iter().map(Edition::name);
        match nearest_edition(self.site, edition) {
            Some(near) => format!("did you mean `{subject}{near}`?"),
            None if self.site.history.editions.is_empty() => "none has been released yet".to_owned(),
            None => format!("editions: {}", list(names)),
        }
    }

    /// Says how the id is written that seems to be meant. Other programs number their things with the same letters.
    pub(super) fn malformed(&self, written: &str, place: &Place) -> CitationVerdict {
        let (id, edition) = split(written, written.find(['@', ' ']).unwrap_or(written.len()));
        let meant = CriterionId::parse_leniently(id).map_or_else(|| id.to_owned(), |id| id.to_string());
        let message = format!("`{written}` is not the id of a criterion");
        let help = format!(
            "write `{meant}{edition}` if you mean that criterion, or else leave it: it is not counted as a citation"
        );
        let problem = place.problem(Code::MalformedCitation, message).help(help);
        CitationVerdict { count: 0, problems: vec![problem], ..CitationVerdict::default() }
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
        let name = name_of(cited.edition.as_ref());
        let message = format!("there is no edition {name}");
        place.problem(Code::UnknownCitation, message).help(self.editions_of(&cited.id))
    }

    fn editions_of(&self, id: &CriterionId) -> String {
        let editions = self.site.history.timeline(id).editions.keys();
        let names: Vec<_> = editions.map(|&edition| self.site.history.editions[edition].name().to_string()).collect();
        match names.as_slice() {
            [] => format!("no edition has {id}: cite it without one"),
            names => format!("editions that have {id}: {names}", names = list(names)),
        }
    }
}

/// Returns the name of an edition that is cited.
fn name_of(edition: Option<&EditionName>) -> String {
    edition.map(EditionName::to_string).unwrap_or_default()
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
        Effect::Recategorised => "moved to another category",
        other => other.name(),
    }
}
