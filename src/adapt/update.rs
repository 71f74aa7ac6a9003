//! Taking over what has changed in the upstream, where it is as it was here.
//!
//! What is kept of the upstream is renewed criterion by criterion: what was not taken over stays as it was kept, so that
//! the status goes on telling it.

use std::collections::BTreeMap;

use camino::Utf8PathBuf;
use jiff::civil::Date;

use super::start::{read, record};
use crate::adaptation::{Adaptation, Row, State, Upstream, status};
use crate::config::{Config, Overrides};
use crate::diagnostic::{Code, Diagnostic, Problems, Refusal, Severity, new_problems};
use crate::id::CriterionId;
use crate::locale::LocaleIndex;
use crate::model::{Site, Subject, freeze};
use crate::register::things::File;
use crate::register::{Key, REGISTER, Register, ladder_file};
use crate::source::Sources;
use crate::text::{Edit, Edits, Span, slice};
use crate::translation::{self, Wanted};
use crate::understood::understand;
use crate::withdraw::{self, withdraw};

/// What a person asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Update {
    /// The criteria that stay as they are here, whatever has become of them there.
    pub(crate) keep: Vec<CriterionId>,
    pub(crate) date: Date,
}

/// What taking over comes to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Updated {
    /// The new texts of files.
    pub(crate) edits: BTreeMap<Utf8PathBuf, String>,
    /// What was taken over.
    pub(crate) taken: Vec<CriterionId>,
    /// What is to be done by hand or decided, and why.
    pub(crate) left: Vec<(CriterionId, String)>,
    /// What is then wrong that was not before: warnings, and notices that the upstream has added.
    pub(crate) problems: Vec<Diagnostic>,
}

/// Takes over what has changed in the upstream.
///
/// # Errors
/// If the upstream has errors, or the site would have errors that it has not now.
pub(crate) fn update(
    config: &Config,
    sources: &Sources,
    adaptation: &Adaptation,
    (there, found): (&Sources, Vec<Diagnostic>),
    request: &Update,
) -> Result<Updated, Refusal> {
    let kept = adaptation.upstream();
    let overrides = Overrides { base_url: Some(kept.base_url.clone()), repository: None };
    let (their_config, their_site, their_register) = read(there, found, &overrides)?;
    let mut taker = Taker {
        config,
        working: sources.clone(),
        there,
        their_config: &their_config,
        their_site: &their_site,
        their_register: &their_register,
        date: request.date,
    };
    let now = freeze(&their_site, kept.site.edition.clone(), kept.site.date);
    let (mut taken, mut left) = (Vec::new(), Vec::new());
    for row in status(adaptation, Some(&now)).rows {
        if row.there.is_none() || request.keep.contains(&row.id) {
            continue;
        }
        match taker.take(&row) {
            Ok(true) => taken.push(row.id),
            Ok(false) => {}
            Err(reason) => left.push((row.id, reason)),
        }
    }
    taker.accept_translations(&taken);
    let mut renewed = record(there, &their_config, &their_site, &their_register, request.date);
    // It goes by the title that `site.toml` gives it.
    renewed.site.title.clone_from(&kept.site.title);
    left.iter().for_each(|(id, _)| keep_as_it_was(&mut renewed, kept, id));
    let path = Upstream::path_of(adaptation.upstreams.len());
    let criteria = |of: &Upstream| of.site.criteria().map(|(_, criterion)| criterion.clone()).collect::<Vec<_>>();
    if criteria(kept) != criteria(&renewed) || kept.site.provenance != renewed.site.provenance {
        taker.working.texts.insert(path, renewed.text());
    }
    let problems = checked(config, sources, &taker.working)?;
    let edits = taker.working.texts.into_iter().filter(|(path, text)| sources.text(path) != Some(text));
    Ok(Updated { edits: edits.collect(), taken, left, problems })
}

/// What is kept of one criterion is what was kept before.
fn keep_as_it_was(renewed: &mut Upstream, kept: &Upstream, id: &CriterionId) {
    let before = kept.site.criteria().find(|(_, of)| of.id == *id);
    let key = before.map(|(ladder, _)| ladder.key.as_str());
    for ladder in &mut renewed.site.ladders {
        let at = ladder.criteria.position(|of| of.id == *id);
        match (at, before.filter(|_| key == Some(ladder.key.as_str()))) {
            (Some(at), Some((_, old))) => ladder.criteria[at] = old.clone(),
            (Some(at), None) => drop(ladder.criteria.remove(at)),
            (None, Some((_, old))) => ladder.criteria.push(old.clone()),
            (None, None) => {}
        }
    }
    if before.is_some() {
        renewed.withdrawn.retain(|withdrawn| withdrawn != id);
    }
}

/// What is then wrong that was not before. What the upstream has come to say of its origin is for a person to copy.
fn checked(config: &Config, sources: &Sources, working: &Sources) -> Result<Vec<Diagnostic>, Refusal> {
    let (_, before) = understand(sources, config.clone());
    let (_, after) = understand(working, config.clone());
    let problems = new_problems(&before, after);
    let prevents = |of: &Diagnostic| of.severity() == Severity::Error && of.code != Code::DroppedNotice;
    if problems.iter().any(prevents) {
        return Err(Refusal::new("with what has changed in the upstream the site would have new errors")
            .help("name what you do not want by `--keep`, or take it over by hand")
            .problems(problems.into_iter().filter(prevents).collect()));
    }
    Ok(problems)
}

struct Taker<'a> {
    config: &'a Config,
    /// The files of this site as they become.
    working: Sources,
    there: &'a Sources,
    their_config: &'a Config,
    their_site: &'a Site,
    their_register: &'a Register,
    date: Date,
}

/// A criterion in a file.
struct Item {
    /// Its list item without what follows the last word.
    span: Span,
    level: String,
    category: String,
}

impl Taker<'_> {
    /// Takes over what became of a criterion there. Gives back whether there was anything to take.
    fn take(&mut self, row: &Row) -> Result<bool, String> {
        let Some(there) = &row.there else { return Ok(false) };
        match row.here.as_ref().map(|here| here.state) {
            None | Some(State::Unchanged) => {}
            Some(state) if row.is_conflict => {
                return Err(format!("{state} here, and changed there", state = state.said()));
            }
            // Both say the same now.
            Some(_) => return Ok(false),
        }
        match (there.state, &there.change) {
            (State::New, _) => self.add(&row.id)?,
            (State::LeftOut, _) => self.withdraw(&row.id)?,
            (_, Some(change)) if change.moved || change.recategorised => {
                return Err("it stands elsewhere there: move it by hand".to_owned());
            }
            (_, Some(change)) => self.reword(&row.id, &change.reworded)?,
            _ => return Ok(false),
        }
        Ok(true)
    }

    /// The file of a criterion's ladder in a locale here, and the same there.
    fn files(&self, id: &CriterionId, locale: LocaleIndex) -> Option<(File, File)> {
        let tag = &self.config.locale(locale).tag;
        let theirs = self.their_config.locale_indices().find(|&of| self.their_config.locale(of).tag == *tag)?;
        let there = self.their_config.ladders.iter().find(|of| of.has_prefix(id.prefix()))?;
        let here = self.config.ladders.iter().find(|of| of.has_prefix(id.prefix()))?;
        let file = |config, sources, locale, key: &str| {
            ladder_file(config, sources, locale, key).map(|(path, text)| File::read(path.clone(), text.to_owned()))
        };
        Some((
            file(self.config, &self.working, locale, &here.key)?,
            file(self.their_config, self.there, theirs, &there.key)?,
        ))
    }

    /// Makes an edit to a file of this site.
    fn edit(&mut self, file: &File, edit: Edit) -> Result<(), String> {
        let edits = Edits::of(&file.text).with([edit]).map_err(|misfit| format!("{misfit}: take it over by hand"))?;
        self.working.texts.insert(file.path.clone(), edits.written());
        Ok(())
    }

    fn reword(&mut self, id: &CriterionId, tags: &[String]) -> Result<(), String> {
        for locale in self.config.locale_indices() {
            if !tags.contains(&self.config.locale(locale).tag) {
                continue;
            }
            let Some((ours, theirs)) = self.files(id, locale) else { continue };
            let found = item(&ours, id).zip(item(&theirs, id));
            let (here, there) = found.ok_or_else(|| "it is not found: take it over by hand".to_owned())?;
            self.edit(&ours, Edit::replace(here.span, slice(&theirs.text, there.span)))?;
        }
        Ok(())
    }

    /// Puts a new criterion behind the one that it stands behind there.
    fn add(&mut self, id: &CriterionId) -> Result<(), String> {
        let by_hand = || "there is no criterion here behind which it stands there: add it by hand".to_owned();
        for locale in self.config.locale_indices() {
            let Some((ours, theirs)) = self.files(id, locale) else { continue };
            let items = items(&theirs);
            let Some(at) = items.iter().position(|(of, _)| of == id) else { continue };
            let new = &items[at].1;
            let (_, previous) = at.checked_sub(1).and_then(|before| items.get(before)).ok_or_else(by_hand)?;
            let place = items[..at].iter().rev().find_map(|(of, theirs)| {
                let is_beside = |of: &Item| of.level == new.level && of.category == new.category;
                item(&ours, of).filter(|ours| is_beside(ours) && is_beside(theirs))
            });
            let place = place.ok_or_else(by_hand)?;
            let between = theirs.text.get(previous.span.end..new.span.start);
            let between = between.filter(|between| between.trim().is_empty()).unwrap_or("\n");
            let text = format!("{between}{}", slice(&theirs.text, new.span.clone()));
            self.edit(&ours, Edit::insert(place.span.end, text))?;
        }
        let register = Register::read(&self.working, &Problems::default());
        let text = register.with([&Key::Criterion(id.clone())]);
        let text = text.ok_or_else(|| "the register cannot be added to".to_owned())?;
        self.working.texts.insert(REGISTER.into(), text);
        Ok(())
    }

    /// Withdraws what was withdrawn there, for the same reason.
    fn withdraw(&mut self, id: &CriterionId) -> Result<(), String> {
        let key = Key::Criterion(id.clone());
        let withdrawal = self.their_register.entry(&key).and_then(|entry| entry.withdrawal.clone()).unwrap_or_default();
        let mut reason = withdrawal.reason;
        reason.retain(|tag, _| self.config.locales.iter().any(|locale| locale.tag == *tag));
        let register = Register::read(&self.working, &Problems::default());
        let succession = withdrawal.succession.map(|of| {
            let known = of.successors.into_iter().map(|(id, _)| id);
            (of.verb, known.filter(|id| register.entry(&Key::Criterion(id.clone())).is_some()).collect::<Vec<_>>())
        });
        let succession = succession.filter(|(_, successors)| !successors.is_empty());
        let request = withdraw::Request { key, date: self.date, reason, succession };
        let withdrawn = withdraw(self.config, &self.working, &request).map_err(|refusal| refusal.message)?;
        self.working.texts.extend(withdrawn.edits);
        Ok(())
    }

    /// What was taken over together with its translation was translated there.
    fn accept_translations(&mut self, taken: &[CriterionId]) {
        for locale in self.config.locale_indices().filter(|&locale| locale != LocaleIndex::SOURCE) {
            let tag = &self.config.locale(locale).tag;
            let theirs = self.their_config.locale_indices().find(|&of| self.their_config.locale(of).tag == *tag);
            let is_right = |id: &&CriterionId| {
                let found = self.their_site.find(&id.to_string());
                found.zip(theirs).is_some_and(|(subject, theirs)| match subject {
                    Subject::Criterion(criterion) => self.their_site[criterion].text.own(theirs).is_some(),
                    _ => false,
                })
            };
            let units: Vec<_> = taken.iter().filter(is_right).map(ToString::to_string).collect();
            if units.is_empty() {
                continue;
            }
            let (now, _) = understand(&self.working, self.config.clone());
            let request = translation::Request { units: Wanted::Named(units), ..translation::Request::nothing(locale) };
            if let Ok(accepted) = translation::accept(&now.site, &now.translations, &self.working, &request) {
                self.working.texts.extend(accepted.edits);
            }
        }
    }
}

/// All criteria of a file, in the order in which they stand there.
fn items(file: &File) -> Vec<(CriterionId, Item)> {
    let id_of = |attributes: &crate::parse::Attributes| attributes.id.as_ref().map(|id| id.text.clone());
    let mut items = Vec::new();
    for level in file.outline().levels() {
        for category in &level.categories {
            for criterion in &category.criteria {
                let Some(id) = id_of(&criterion.attributes).and_then(|id| CriterionId::parse(&id)) else { continue };
                let item = slice(&file.text, criterion.span.clone());
                let start = criterion.span.start + item.len() - item.trim_start().len();
                items.push((
                    id,
                    Item {
                        span: start..criterion.span.start + item.trim_end().len(),
                        level: id_of(&level.attributes).unwrap_or_default(),
                        category: id_of(&category.attributes).unwrap_or_default(),
                    },
                ));
            }
        }
    }
    items
}

fn item(file: &File, id: &CriterionId) -> Option<Item> {
    items(file).into_iter().find(|(of, _)| of == id).map(|(_, item)| item)
}
