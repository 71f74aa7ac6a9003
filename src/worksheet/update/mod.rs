//! Carrying a filled-in sheet over to another edition. Nothing that a person wrote is ever dropped.

mod sections;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};

use super::fate::{level_after, level_before, place_in};
use super::file::{Answer, Known, Link, Sheet};
use super::known::statements_in;
use super::{Carried, Fate, Form, FormCriterion, FormLevel, Languages, fate};
use crate::citing::{
    Citation, Cited, CitedLevel, FoundLevel, NoSuchLevel, bare, cite, frozen, last_words, markdown, place_then,
};
use crate::edition::ByLocale;
use crate::handle::{EditionIndex, LevelAt};
use crate::id::{CriterionId, EditionName};
use crate::model::Site;
use crate::parse::RichText;
use sections::{Group, Place};

/// A sheet of another edition.
pub(crate) struct Update {
    pub(crate) sheet: Sheet,
    /// What became of each answer, in the order of the file, and then what is new.
    pub(crate) rows: Vec<Row>,
    /// What the level asks since, and the sheet does not hold since it did not hold everything before.
    pub(crate) left_out: Vec<String>,
}

/// What became of one answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Row {
    pub(crate) id: String,
    pub(crate) outcome: Outcome,
    /// The old and the new words, in the first language of the sheet.
    pub(crate) differences: Vec<(String, String)>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Outcome {
    Unchanged,
    Reworded,
    /// It has other words than those that are quoted, and nobody knows which edition those are of.
    Changed,
    Eased,
    Recategorised,
    /// Since an edition. The rating is the one that was emptied, if there was one.
    Stricter {
        since: String,
        rating: String,
    },
    /// To a level, by its name. It may ask for more there.
    Moved {
        to: String,
        stricter: Option<String>,
        rating: String,
    },
    /// With what is asked in its place.
    Withdrawn(Vec<String>),
    /// It stands below what is no longer asked already.
    Gone,
    New,
    /// It is of an edition that comes after.
    Newer(String),
    /// The site does not have it, or not its edition.
    Unknown,
}

/// What an update works with.
struct Updater<'a, 's> {
    site: &'s Site,
    sheet: &'a Sheet,
    form: &'a Form<'s>,
    languages: &'a Languages<'a>,
    /// The edition of the sheet.
    from: Option<EditionIndex>,
    /// The headings of the sections of forms.
    sections: BTreeSet<String>,
    /// The headings of what is asked elsewhere or nowhere.
    tails: BTreeSet<String>,
}

/// Finds the level that a sheet is about, in an edition or as it is now.
pub(crate) fn level_of(
    site: &Site,
    sheet: &Sheet,
    until: Option<EditionIndex>,
) -> Result<(Option<EditionIndex>, Option<LevelAt>), NoSuchLevel> {
    let value = |key: &str| sheet.front.get(key).filter(|value| !value.is_empty());
    let from = value("edition").and_then(EditionName::parse).and_then(|name| site.history.edition(&name));
    let cited = CitedLevel {
        ladder: value("ladder").map(str::to_owned),
        id: value("level").unwrap_or_default().to_owned(),
        edition: from.map(|from| site.history.editions[from].name().clone()),
    };
    let level = match cited.find(site)? {
        FoundLevel::Then(edition, level) => level_after(site, edition, level, until),
        FoundLevel::Now(level) => until.map_or(Some(level), |until| place_then(site, until, level)),
    };
    Ok((from, level))
}

/// Carries a sheet over to the edition of a form.
pub(crate) fn update(
    sheet: &Sheet,
    form: &Form<'_>,
    from: Option<EditionIndex>,
    languages: &Languages<'_>,
    known: &Known<'_>,
) -> Update {
    let site = form.site;
    let before = from.and_then(|from| Some(Form::of(site, Some(from), level_before(form, from)?)));
    let tails = languages.tails(site);
    let mut sections = BTreeSet::new();
    for of in before.iter().chain([form]) {
        for level in of.levels() {
            sections.extend(level.categories.iter().map(|category| markdown(&languages.section(of, level, category))));
        }
    }
    let updater = Updater { site, sheet, form, languages, from, sections, tails };
    updater.update(before.as_ref(), known)
}

impl<'s> Updater<'_, 's> {
    fn update(&self, before: Option<&Form<'s>>, known: &Known<'_>) -> Update {
        let mut rows = Vec::new();
        let mut groups: Vec<Group> = Vec::new();
        let mut moved: Vec<(Place, Answer)> = Vec::new();
        for answer in &self.sheet.answers {
            let section = answer.section.clone();
            if section.is_some() || groups.is_empty() {
                groups.push(Group { section: section.clone(), answers: Vec::new() });
            }
            let group = groups.last_mut().expect("one was pushed before the first answer");
            let (carried, place, row) = self.carried(answer, group.section.as_deref());
            rows.push(row);
            match place {
                Place::Here => group.answers.push(Answer { section: None, ..carried }),
                place => moved.push((place, Answer { section: None, ..carried })),
            }
        }
        let (new, left_out) = self.new_ones(before);
        for (level, criterion) in new {
            let answer = self.form.unanswered(criterion, self.languages, self.sheet.line_end);
            rows.push(Row { id: answer.id.clone(), outcome: Outcome::New, differences: Vec::new() });
            moved.push((Place::Section(self.section_of(level, criterion)), answer));
        }
        self.rename(&mut groups);
        self.put(&mut groups, moved);
        let mut updated = self.sheet.clone();
        updated.answers = self.flattened(groups, &mut updated.preamble);
        self.head(&mut updated, before);
        // What is written now is read the same later, and so is what was written before.
        debug_assert_eq!(Sheet::read(&updated.write(known), known).answers.len(), updated.answers.len());
        Update { sheet: updated, rows, left_out }
    }

    /// Returns an answer as it stands in the new sheet, and what became of it.
    fn carried(&self, answer: &Answer, section: Option<&str>) -> (Answer, Place, Row) {
        let row = |outcome, differences| Row { id: answer.id.clone(), outcome, differences };
        let as_it_was = |outcome| (answer.clone(), Place::Here, row(outcome, Vec::new()));
        let Some(id) = CriterionId::parse(&answer.id) else { return as_it_was(Outcome::Unknown) };
        if section.is_some_and(|section| self.no_longer().contains(section)) {
            return as_it_was(Outcome::Gone);
        }
        let until = self.form.edition;
        let from = match self.edition_of(answer, &id) {
            Ok(from) => from,
            Err(outcome) => return as_it_was(outcome),
        };
        let tags: Vec<_> = self.languages.tags.iter().map(String::as_str).collect();
        let carried = from.and_then(|from| fate(self.site, &id, from, until, &tags));
        let differences = carried.as_ref().map(|carried| carried.differing_texts(self.languages.tag()));
        let differences = differences.unwrap_or_default();
        let Some(after) = place_in(self.site, until, &id) else {
            return match self.withdrawn(answer, &id, carried.as_ref()) {
                Some((mut answer, successors)) => {
                    if let Some(carried) = carried {
                        self.emptied(&mut answer, carried.fate, from);
                    }
                    let no_longer = self.languages.words.get(self.languages.reader, "worksheet.no-longer");
                    (answer, Place::Tail(markdown(no_longer)), row(Outcome::Withdrawn(successors), Vec::new()))
                }
                None => as_it_was(Outcome::Unknown),
            };
        };
        let statement = &self.form.frozen.at(after).1.statement;
        let became = carried.map_or_else(|| self.without_edition(answer, &id), |carried| carried.fate);
        let mut new =
            self.cited_anew(answer, &FormCriterion { at: after, data: self.form.frozen.at(after).1 }, statement);
        let rating = self.emptied(&mut new, became, from);
        let name = |edition: EditionIndex| self.site.history.editions[edition].name().to_string();
        match became {
            Fate::Moved { stricter, .. } => {
                let (to, _) = became.moved_to(self.site, until, self.languages.reader).unwrap_or_default();
                let place = match self.position(&id) {
                    Some((level, criterion)) if level.at == self.form.own.at => {
                        Place::Section(self.section_of(level, criterion))
                    }
                    _ => Place::Tail(self.languages.now_on(&to)),
                };
                let stricter = stricter.map(name);
                (new, place, row(Outcome::Moved { to, stricter, rating }, differences))
            }
            Fate::Recategorised => {
                let target = self.position(&id).map(|(level, criterion)| self.section_of(level, criterion));
                let stands_by_itself = section.is_some_and(|section| self.sections.contains(section));
                let place = target.filter(|_| stands_by_itself).map_or(Place::Here, Place::Section);
                (new, place, row(Outcome::Recategorised, differences))
            }
            Fate::Stricter { since } => {
                (new, Place::Here, row(Outcome::Stricter { since: name(since), rating }, differences))
            }
            Fate::Eased => (new, Place::Here, row(Outcome::Eased, differences)),
            Fate::Reworded => (new, Place::Here, row(Outcome::Reworded, differences)),
            Fate::Changed => (new, Place::Here, row(Outcome::Changed, differences)),
            _ => (new, Place::Here, row(Outcome::Unchanged, Vec::new())),
        }
    }

    /// Returns the edition that an answer is about: the one of its heading, or else of the sheet, or else the last one that
    /// says what it quotes. Refused if that is a later one.
    fn edition_of(&self, answer: &Answer, id: &CriterionId) -> Result<Option<EditionIndex>, Outcome> {
        let site = self.site;
        let named = match &answer.edition {
            Some(name) => {
                let edition = EditionName::parse(name).and_then(|name| site.history.edition(&name));
                Some(edition.ok_or(Outcome::Unknown)?)
            }
            None => self.from,
        };
        let last = self.form.edition.unwrap_or(site.history.editions.next_key());
        if let Some(named) = named.filter(|named| *named > last) {
            return Err(Outcome::Newer(site.history.editions[named].name().to_string()));
        }
        Ok(named.or_else(|| {
            let mut held = site.history.timeline(id).editions.keys().rev().copied().filter(|edition| *edition <= last);
            held.find(|edition| self.quotes(answer, id, Some(*edition)))
        }))
    }

    /// Whether an answer quotes what a criterion says in an edition.
    fn quotes(&self, answer: &Answer, id: &CriterionId, edition: Option<EditionIndex>) -> bool {
        let said = statements_in(self.site, id, edition);
        let quoted = answer.quoted();
        !quoted.is_empty() && quoted.iter().all(|paragraph| said.contains(&bare(paragraph)))
    }

    /// Returns what became of a criterion of which nobody knows when the answer was given.
    fn without_edition(&self, answer: &Answer, id: &CriterionId) -> Fate {
        let is_same = answer.quotation.is_empty() || self.quotes(answer, id, self.form.edition);
        if is_same { Fate::Unchanged } else { Fate::Changed }
    }

    /// Returns an answer with the heading and the quotation of the new edition.
    fn cited_anew(&self, answer: &Answer, criterion: &FormCriterion<'_>, statement: &ByLocale<RichText>) -> Answer {
        let citation = self.form.cited(criterion, self.languages);
        let mut new = with_heading(answer, &citation);
        if !answer.quotation.is_empty() && !self.quotes(answer, criterion.id(), self.form.edition) {
            new.quotation = self.languages.quotation(self.form.frozen.source(), statement, self.sheet.line_end);
        }
        new
    }

    /// Empties the rating of an answer that now asks for more, and says so above the evidence. Returns what it was.
    fn emptied(&self, answer: &mut Answer, fate: Fate, from: Option<EditionIndex>) -> String {
        let Some((since, from)) = fate.stricter_since().zip(from).filter(|_| answer.is_filled_in()) else {
            return String::new();
        };
        let rating = answer.rating.as_mut().map(|rating| std::mem::take(&mut rating.value)).unwrap_or_default();
        let name = |edition: EditionIndex| self.site.history.editions[edition].name().to_string();
        let (since, before) = (name(since), name(from));
        let key = if rating.is_empty() { "worksheet.asks-more" } else { "worksheet.asks-more-rated" };
        let values = [("edition", since.as_str()), ("rating", rating.as_str()), ("before", before.as_str())];
        let said = self.languages.words.phrase(self.languages.reader, key, &values);
        self.put_above(answer, said);
        rating
    }

    fn put_above(&self, answer: &mut Answer, line: String) {
        let parts = [line, std::mem::take(&mut answer.evidence)];
        let parts: Vec<_> = parts.into_iter().filter(|part| !part.is_empty()).collect();
        answer.evidence = parts.join(&self.sheet.line_end.repeat(2));
    }

    /// Returns the answer to a criterion that is asked no more, with what is asked in its place. None if the site never had it.
    fn withdrawn(
        &self,
        answer: &Answer,
        id: &CriterionId,
        carried: Option<&Carried<'_>>,
    ) -> Option<(Answer, Vec<String>)> {
        let site = self.site;
        let register = site.history.withdrawn_at(id).map(|withdrawn| &site.history.withdrawn[withdrawn]);
        let reader = self.languages.reader;
        let mut new = answer.clone();
        match carried.map(|carried| carried.fate) {
            Some(Fate::Withdrawn { last: (edition, at), .. }) => {
                new = with_heading(answer, &frozen(site, edition, at, reader));
                let released = &site.history.editions[edition].frozen;
                let statement = &released.at(at).1.statement;
                new.quotation = self.languages.quotation(released.source(), statement, self.sheet.line_end);
            }
            _ => {
                let register = register?;
                new = last_words(site, register, reader).map_or(new, |citation| with_heading(answer, &citation));
                let texts = register.text.iter().map(|(tag, (statement, _))| (tag.clone(), statement.clone()));
                let source = &site.config.reading_order(reader)[1];
                new.quotation = self.languages.quotation(source, &texts.collect(), self.sheet.line_end);
            }
        }
        let successors = register.map_or(&[][..], |register| register.final_successors.as_slice());
        if let Some(register) = register.filter(|_| !successors.is_empty()) {
            let words = self.languages.words;
            let is_direct = register.successors().eq(successors);
            let key = register.verb().filter(|_| is_direct).map(|verb| format!("successor.{}", verb.name()));
            let key = key.unwrap_or_else(|| "withdrawn.heirs".to_owned());
            let links = successors.iter().filter_map(|id| self.link_to(id));
            let links = links.collect::<Vec<_>>().join(words.get(reader, "list.separator"));
            let lead = words.get(reader, &key);
            let space = if lead.ends_with('：') { "" } else { " " };
            self.put_above(&mut new, format!("{lead}{space}{links}"));
        }
        Some((new, successors.iter().map(ToString::to_string).collect()))
    }

    /// Returns a link to a criterion in the new edition, or as it is now.
    fn link_to(&self, id: &CriterionId) -> Option<String> {
        let edition = self.form.edition.filter(|edition| place_in(self.site, Some(*edition), id).is_some());
        let edition = edition.map(|edition| self.site.history.editions[edition].name().clone());
        let citation = cite(self.site, &Cited { id: id.clone(), edition }, self.languages.reader).ok()?;
        Some(format!("[{}]({})", citation.label, citation.address))
    }

    /// Returns where the form asks about a criterion.
    fn position(&self, id: &CriterionId) -> Option<(&FormLevel<'s>, &FormCriterion<'s>)> {
        self.form.levels().find_map(|level| {
            let criterion = level.criteria().find(|criterion| criterion.id() == id)?;
            Some((level, criterion))
        })
    }

    /// Returns the name of the section in which a form asks about a criterion.
    fn section_of(&self, level: &FormLevel<'_>, criterion: &FormCriterion<'_>) -> String {
        let is_in = |at: &&super::FormCategory<'_>| at.criteria.iter().any(|other| other.id() == criterion.id());
        let category = level.categories.iter().find(is_in);
        category.map(|category| markdown(&self.languages.section(self.form, level, category))).unwrap_or_default()
    }

    /// Returns what levels ask since, of which the sheet held all before, and then what is left out.
    fn new_ones(&self, before: Option<&Form<'s>>) -> (Vec<(&FormLevel<'s>, &FormCriterion<'s>)>, Vec<String>) {
        let Some(before) = before else { return (Vec::new(), Vec::new()) };
        let held: BTreeSet<&str> = self.sheet.answers.iter().map(|answer| answer.id.as_str()).collect();
        let is_held = |criterion: &FormCriterion<'_>| held.contains(criterion.id().to_string().as_str());
        let asked: BTreeSet<&CriterionId> = before.criteria().map(|criterion| criterion.id()).collect();
        let (mut new, mut left_out) = (Vec::new(), Vec::new());
        for level in self.form.levels() {
            let own = level.at == self.form.own.at;
            let is_it = |then: &&FormLevel<'_>| match own {
                true => then.at == before.own.at,
                false => before
                    .edition
                    .is_some_and(|from| level_after(self.site, from, then.at, self.form.edition) == Some(level.at)),
            };
            let then = before.levels().find(is_it);
            let was_whole = then.is_some_and(|then| then.criteria().count() > 0 && then.criteria().all(is_held));
            for criterion in level.criteria().filter(|criterion| !is_held(criterion)) {
                if was_whole {
                    new.push((level, criterion));
                } else if own && !asked.contains(criterion.id()) {
                    left_out.push(criterion.id().to_string());
                }
            }
        }
        (new, left_out)
    }

    /// Says of which edition the sheet is now.
    fn head(&self, sheet: &mut Sheet, before: Option<&Form<'_>>) {
        let config = &self.site.config;
        let front = &mut sheet.front;
        let was = front.get("site").unwrap_or_default().to_owned();
        if config.former_base_urls.iter().any(|former| former.as_str() == was) || was.is_empty() {
            front.set("site", config.base_url.as_str());
        }
        front.set("ladder", &self.form.own.ladder.key);
        front.set("level", &self.form.own.level.id);
        front.set("edition", &self.form.edition_name());
        let lines = before.map(|before| before.preamble(self.languages)).unwrap_or_default();
        let renamed: BTreeMap<_, _> = lines.into_iter().zip(self.form.preamble(self.languages)).collect();
        let lines = sheet.preamble.split_inclusive('\n').map(|line| {
            let text = line.trim_end_matches(['\r', '\n']);
            renamed.get(text).map_or_else(|| line.to_owned(), |new| line.replacen(text, new, 1))
        });
        sheet.preamble = lines.collect();
    }
}

/// Returns an answer with another heading. What a person wrote in the heading stays.
fn with_heading(answer: &Answer, citation: &Citation) -> Answer {
    let edition = citation.label.split_once('@').map(|(_, edition)| edition.to_owned());
    Answer { edition, link: Link::To(citation.address.clone()), ..answer.clone() }
}
