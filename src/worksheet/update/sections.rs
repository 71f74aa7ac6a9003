//! The sections of a sheet: where answers belong that leave their place, and those that are new.

use std::collections::BTreeSet;

use super::Updater;
use crate::citing::markdown;
use crate::edition::{FrozenLevel, text_in};
use crate::id::CriterionId;
use crate::model::{Site, level_name};
use crate::worksheet::file::Answer;
use crate::worksheet::{Form, Languages};

/// Where an answer belongs.
pub(super) enum Place {
    /// Where it stands.
    Here,
    /// In a section of the form, by its name.
    Section(String),
    /// In a section behind all others.
    Tail(String),
}

/// The answers below one heading.
pub(super) struct Group {
    pub(super) section: Option<String>,
    pub(super) answers: Vec<Answer>,
}

impl Languages<'_> {
    /// Returns the heading of what is asked on another level now.
    pub(super) fn now_on(&self, level: &str) -> String {
        self.words.phrase(self.reader, "worksheet.now-on", &[("level", &markdown(level))])
    }

    /// Returns the headings of what is asked elsewhere or nowhere, of any edition.
    pub(super) fn tails(&self, site: &Site) -> BTreeSet<String> {
        let ladders = site.history.editions.iter().flat_map(|edition| &edition.frozen.ladders);
        let levels = ladders.flat_map(|ladder| &ladder.levels);
        let name = |level: &FrozenLevel| {
            let title = text_in(&level.title, &[self.tag()]).map_or("", |(title, _)| title);
            self.now_on(&level_name(&level.code(), title))
        };
        levels.map(name).chain([markdown(self.words.get(self.reader, "worksheet.no-longer"))]).collect()
    }
}

impl Updater<'_, '_> {
    /// Puts answers where they belong: into sections of the form in its order, then behind all others.
    pub(super) fn put(&self, groups: &mut Vec<Group>, mut moved: Vec<(Place, Answer)>) {
        let names = self.form.levels().flat_map(|level| {
            level.categories.iter().map(move |category| markdown(&self.languages.section(self.form, level, category)))
        });
        let names: Vec<String> = names.collect();
        let order = |section: &str| names.iter().position(|name| name == section);
        let no_longer = self.no_longer();
        moved.sort_by_key(|(place, _)| match place {
            Place::Here | Place::Section(_) => 0,
            Place::Tail(section) => 1 + usize::from(no_longer.contains(section)),
        });
        for (place, answer) in moved {
            let (Place::Section(section) | Place::Tail(section)) = place else { continue };
            if let Some(group) = groups.iter_mut().find(|group| group.section.as_ref() == Some(&section)) {
                insert(group, answer, self.form);
                continue;
            }
            let is_later = |group: &Group| {
                let other = group.section.as_deref().unwrap_or_default();
                match order(&section) {
                    Some(own) => order(other).is_some_and(|other| other > own),
                    None => no_longer.contains(other),
                }
            };
            let last = if order(&section).is_some() { self.own_groups(groups) } else { groups.len() };
            let at = groups.iter().position(is_later).unwrap_or(last);
            groups.insert(at, Group { section: Some(section), answers: vec![answer] });
        }
    }

    /// Returns the headings of what is no longer asked, in all languages.
    pub(super) fn no_longer(&self) -> BTreeSet<String> {
        self.languages.words.everywhere("worksheet.no-longer").iter().map(|word| markdown(word)).collect()
    }

    /// Gives sections of the sheet the names that they have now.
    pub(super) fn rename(&self, groups: &mut [Group]) {
        for group in groups {
            if !group.section.as_ref().is_some_and(|section| self.sections.contains(section)) {
                continue;
            }
            let ids = group.answers.iter().filter_map(|answer| CriterionId::parse(&answer.id));
            let now = ids.filter_map(|id| self.position(&id)).next();
            if let Some((level, criterion)) = now {
                group.section = Some(self.section_of(level, criterion));
            }
        }
    }

    /// Returns the number of groups up to the last one with answers to what the form asks.
    fn own_groups(&self, groups: &[Group]) -> usize {
        let is_asked = |answer: &Answer| CriterionId::parse(&answer.id).is_some_and(|id| self.position(&id).is_some());
        groups.iter().rposition(|group| group.answers.iter().any(is_asked)).map_or(0, |at| at + 1)
    }

    /// Returns all answers, those that begin a section with its heading. A heading that a person wrote and that has no answers
    /// any more stays at the end of what stands above it.
    pub(super) fn flattened(&self, groups: Vec<Group>, preamble: &mut String) -> Vec<Answer> {
        let mut answers: Vec<Answer> = Vec::new();
        for Group { section, answers: own } in groups {
            match (own.is_empty(), section) {
                (true, Some(section)) if !self.sections.contains(&section) && !self.tails.contains(&section) => {
                    let above = answers.last_mut().map_or(&mut *preamble, |answer| &mut answer.evidence);
                    let parts = [std::mem::take(above), format!("## {section}")];
                    *above = parts
                        .into_iter()
                        .filter(|part| !part.is_empty())
                        .collect::<Vec<_>>()
                        .join(&self.sheet.line_end.repeat(2));
                }
                (true, _) => {}
                (false, section) => {
                    let first = answers.len();
                    answers.extend(own);
                    answers[first].section = section;
                }
            }
        }
        answers
    }
}

/// Puts an answer into a group, before the first answer to what the form asks later.
fn insert(group: &mut Group, answer: Answer, form: &Form<'_>) {
    let place = |answer: &Answer| form.criteria().position(|criterion| criterion.id().to_string() == answer.id);
    let own = place(&answer);
    let later = group.answers.iter().position(|other| own.is_some_and(|own| place(other).is_some_and(|at| at > own)));
    group.answers.insert(later.unwrap_or(group.answers.len()), answer);
}
