//! From a PO file to the files of a site.
//!
//! An import makes the places that its texts need, writes the texts there, and reads the site that would be. What then
//! reads otherwise, or makes an error, is left out and told, and the rest is tried again.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use camino::{Utf8Path, Utf8PathBuf};

use super::exchange::gettext_name;
use super::offered::{self, Change, Offered, Reader, Text};
use super::place::{PlacedUnit, Placer, What};
use super::po::Catalog;
use super::values;
use crate::blocks::line_end_of;
use crate::config::Config;
use crate::diagnostic::{Code, Diagnostic, Place, Problems, Refusal, Severity, has_errors, new_problems};
use crate::handle::{LadderIndex, NoteIndex};
use crate::locale::{Locale, LocaleIndex};
use crate::model::Site;
use crate::proposal::{Proposal, Reading};
use crate::text::{Edit, Edits};
use crate::translation::{
    AcceptOptions, Needed, Passage, TextId, TranslationStage, Wanted, accept_with, blank_ladder, file_of_ladder,
    file_of_note, front_matter, grown_ladder, note_body, says_nothing, thread_keys, with_body,
};

/// The result of an import.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Imported {
    /// The new texts of the files that change.
    pub edits: BTreeMap<Utf8PathBuf, String>,
    /// The texts that say something new.
    pub changed: Vec<String>,
    /// The number of messages that are fuzzy and were left as they are.
    pub fuzzy: usize,
    /// What was left out, and why.
    pub problems: Vec<Diagnostic>,
}

/// Writes what a PO file says into the files of a locale, and records that it was made from today's source.
///
/// # Errors
/// If the file is of another language, or says nothing at all. Then nothing of it is written.
pub fn import(before: &Reading, locale: LocaleIndex, file: (&Utf8Path, &str)) -> Result<Imported, Refusal> {
    let mut imported = import_once(before, locale, file)?;
    // What had no place may have one among what was written.
    while has_errors(&imported.problems) && !imported.edits.is_empty() {
        let mut proposal = Proposal::of(before);
        proposal.put_all(imported.edits.clone());
        let again = proposal.reading().ok().and_then(|now| import_once(&now, locale, file).ok());
        let Some(again) = again.filter(|again| again.problems.len() < imported.problems.len()) else { break };
        imported.edits.extend(again.edits);
        imported.changed.extend(again.changed);
        imported.problems = again.problems;
    }
    Ok(imported)
}

fn import_once(before: &Reading, locale: LocaleIndex, (path, text): (&Utf8Path, &str)) -> Result<Imported, Refusal> {
    let problems = Problems::default();
    let catalog = Catalog::read(path, text, &problems);
    let fits = fits(before, locale, &catalog, path);
    if let Err(problem) = fits {
        problems.report(*problem);
        return Err(Refusal::new("nothing was imported from this file").problems(problems.into_sorted()));
    }
    problems.extend(remarks(&catalog, path, text));
    let values = values::texts(before.site(), &before.sources, locale);
    let units = before.understood.translations.units().iter().map(Text::Unit);
    // A unit wins where a folder of pages is called as one of the files is.
    let texts: BTreeMap<_, _> = values.iter().map(Text::Value).chain(units).map(|text| (text.key(), text)).collect();
    let blocks = offered::blocks(before.understood.translations.units());
    let reader = Reader { understood: &before.understood, texts, blocks, locale, path };
    let Offered { mut changes, mut kept, confirmed, fuzzy } = reader.offered(&catalog, &problems);
    // Blocks that are new at the same place come in the order of the source, whatever order the messages have.
    let units = before.understood.translations.units().iter().map(|unit| unit.key.as_str());
    let order: HashMap<_, _> =
        units.chain(values.iter().map(|value| value.key.as_str())).enumerate().map(|(at, key)| (key, at)).collect();
    let in_order = |changes: &mut Vec<Change<'_>>| changes.sort_by_key(|change| order.get(change.text.key()));
    in_order(&mut changes);
    let confirmed: Vec<_> = confirmed.iter().map(|unit| unit.key.to_string()).collect();
    let importer = Importer { before, locale, reader: &reader };
    let edits = loop {
        match importer.attempt(&changes, &kept, &confirmed)? {
            Attempt::Fits(edits) => break edits,
            Attempt::Loses(lost) => {
                changes.extend(lost.into_iter().rev().map(|at| kept.remove(at)));
                in_order(&mut changes);
            }
            Attempt::Unfit(unfit) => {
                let is_unfit: BTreeSet<_> = unfit.iter().map(|(at, _)| *at).collect();
                problems.extend(unfit.into_iter().map(|(_, problem)| problem));
                let mut at = 0..;
                changes.retain(|_| at.next().is_none_or(|at| !is_unfit.contains(&at)));
            }
        }
    };
    let changed = changes.iter().map(|change| change.text.key().to_owned()).collect();
    Ok(Imported { edits, changed, fuzzy, problems: problems.into_sorted() })
}

/// Returns whether a file in a language, as its header names it, is for a locale of a site.
pub(crate) fn is_for(config: &Config, locale: LocaleIndex, language: &str) -> bool {
    let wanted = config.locale(locale);
    let is_it = |other: &Locale| gettext_name(language).eq_ignore_ascii_case(&gettext_name(&other.tag));
    let mut others = config.locales.iter().filter(|other| other.tag != wanted.tag);
    let reads_alike = || Locale::probably(language).is_some_and(|other| other.is_same(wanted));
    is_it(wanted) || (reads_alike() && !others.any(is_it))
}

/// # Errors
/// If a file is not of a locale.
fn fits(before: &Reading, locale: LocaleIndex, catalog: &Catalog, path: &Utf8Path) -> Result<(), Box<Diagnostic>> {
    let tag = &before.config().locale(locale).tag;
    let language = catalog.field("Language").unwrap_or_default();
    if is_for(before.config(), locale, language) {
        return Ok(());
    }
    let is_it = |tag: &str| gettext_name(language).eq_ignore_ascii_case(&gettext_name(tag));
    let name = gettext_name(tag);
    let (message, help) = match language {
        "" if catalog.messages.is_empty() && catalog.header.is_empty() => {
            ("this is not a PO file".to_owned(), format!("create one with `rungs translation export {tag} FILE`"))
        }
        "" => (
            "this file does not name its language".to_owned(),
            format!("add `\"Language: {name}\\n\"` to its header if it is {tag}"),
        ),
        language => {
            let other = before.config().locales.iter().skip(1).find(|other| is_it(&other.tag));
            let help = match other {
                Some(other) => format!("import it with `rungs translation import {} {path}`", other.tag),
                None => format!("import a file with `Language: {name}` in its header"),
            };
            (format!("this file is for the language `{language}`"), help)
        }
    };
    let place = Place::new(path, catalog.header_span.clone());
    Err(Box::new(place.problem(Code::PoMessage, message).help(help)))
}

/// Returns what is to be told of a file as a whole.
fn remarks(catalog: &Catalog, path: &Utf8Path, text: &str) -> Vec<Diagnostic> {
    let mut remarks = Vec::new();
    if let Some(first) = catalog.obsolete.first() {
        let message = match catalog.obsolete.len() {
            1 => "an obsolete message (`#~`) was skipped".to_owned(),
            count => format!("{count} obsolete messages (`#~`) were skipped"),
        };
        let them = if catalog.obsolete.len() == 1 { "it" } else { "them" };
        let help = format!("remove {them} with `msgattrib --no-obsolete --output-file={path} {path}`");
        remarks.push(Place::new(path, first.clone()).problem(Code::PoLeftOut, message).help(help));
    }
    let content_type = catalog.field("Content-Type").unwrap_or_default().to_ascii_lowercase();
    let charset = content_type.split_once("charset=").map(|(_, charset)| charset.trim()).unwrap_or("utf-8");
    if !["utf-8", "utf8", "us-ascii", "ascii", "charset"].contains(&charset) && !text.is_ascii() {
        let message = format!("the header says `{charset}`, but the file is UTF-8 and was read as such");
        let help = "write `charset=UTF-8` in its header";
        remarks.push(Place::new(path, catalog.header_span.clone()).problem(Code::PoLeftOut, message).help(help));
    }
    remarks
}

enum Attempt {
    /// The new texts of the files that change.
    Fits(BTreeMap<Utf8PathBuf, String>),
    /// Changes that cannot be made, by their places, and why.
    Unfit(Vec<(usize, Diagnostic)>),
    /// Texts that would not be kept as they are, by their places: a heading that was read from a title, say.
    Loses(Vec<usize>),
}

struct Importer<'a> {
    before: &'a Reading,
    locale: LocaleIndex,
    reader: &'a Reader<'a>,
}

impl Importer<'_> {
    fn site(&self) -> &Site {
        self.before.site()
    }

    /// Makes all changes and reads what becomes of them.
    ///
    /// # Errors
    /// If the site would have an error for which no change is to blame.
    fn attempt(&self, changes: &[Change<'_>], kept: &[Change<'_>], confirmed: &[String]) -> Result<Attempt, Refusal> {
        if changes.is_empty() && confirmed.is_empty() {
            return Ok(Attempt::Fits(BTreeMap::new()));
        }
        let mut proposal = Proposal::of(self.before);
        let composed = self.make_places(changes, &mut proposal);
        let changed = !proposal.is_empty();
        let with_places =
            if changed { Some(proposal.reading().map_err(|errors| proposal.refused_for(errors))?) } else { None };
        let Reading { understood, sources, .. } = with_places.as_ref().unwrap_or(self.before);
        let placer = Placer::new(understood, sources, self.locale);
        let mut unfit = Vec::new();
        let mut placed: BTreeMap<Utf8PathBuf, Vec<(usize, What)>> = BTreeMap::new();
        for (at, change) in changes.iter().enumerate() {
            let Text::Unit(unit) = change.text else { continue };
            if note_of(unit.text_id).is_some_and(|note| composed.contains(&note)) {
                continue;
            }
            match placer.place(unit, &change.new) {
                Some(PlacedUnit { path, what }) => placed.entry(path).or_default().push((at, what)),
                None => unfit.push((at, self.homeless(change))),
            }
        }
        for (path, placed) in placed {
            let text = sources.text(&path).unwrap_or_default();
            let new = self.written(&path, text, changes, placed, &mut unfit);
            proposal.put(path, new);
        }
        let of_values = changes.iter().filter_map(|change| match change.text {
            Text::Value(value) => Some((value, change.new.as_str())),
            Text::Unit(_) => None,
        });
        proposal.put_all(values::written(self.site(), &self.before.sources, self.locale, of_values));
        if !unfit.is_empty() {
            return Ok(Attempt::Unfit(unfit));
        }
        let keys = changes.iter().filter(|change| matches!(change.text, Text::Unit(_))).map(|change| change.text.key());
        let coming: HashSet<_> = keys.collect();
        let units = coming.iter().map(|&key| key.to_owned()).chain(confirmed.iter().cloned()).collect();
        let request = AcceptOptions {
            units: Wanted::Named(units),
            stage: Some(TranslationStage::Reviewed),
            ..AcceptOptions::nothing(self.locale)
        };
        let records = accept_with(&understood.site, &understood.translations, sources, &request, Some(&coming))?;
        proposal.put_all(records.edits);
        let after = proposal.reading().map_err(|errors| proposal.refused_for(errors))?;
        let is_said = self.said(&after);
        let unfit = self.unfit(changes, &after, &is_said).map_err(|errors| proposal.refused_for(errors))?;
        if !unfit.is_empty() {
            return Ok(Attempt::Unfit(unfit));
        }
        let lost: Vec<_> = (0..kept.len()).filter(|&at| !is_said(&kept[at])).collect();
        Ok(if lost.is_empty() { Attempt::Fits(proposal.into_edits()) } else { Attempt::Loses(lost) })
    }

    /// Proposes the places that texts need and the files do not have. Returns the notes that are written as a whole,
    /// since their files said nothing.
    fn make_places(&self, changes: &[Change<'_>], proposal: &mut Proposal<'_>) -> BTreeSet<NoteIndex> {
        let site = self.site();
        let Reading { understood, sources, .. } = self.before;
        let tag = &site.config.locale(self.locale).tag;
        let mut of_ladders: BTreeMap<LadderIndex, Vec<TextId>> = BTreeMap::new();
        let mut of_notes: BTreeMap<NoteIndex, HashMap<TextId, &str>> = BTreeMap::new();
        for change in changes {
            let Text::Unit(unit) = change.text else { continue };
            match (ladder_of(unit.text_id), note_of(unit.text_id)) {
                (Some(ladder), _) => of_ladders.entry(ladder).or_default().push(unit.text_id),
                (_, Some(note)) => {
                    of_notes.entry(note).or_default().insert(unit.text_id, change.new.as_str());
                }
                _ => {}
            }
        }
        for (ladder, texts) in of_ladders {
            let known = (&understood.translations, self.locale);
            match site[ladder].files.own(self.locale) {
                Some(path) => {
                    let text = sources.text(path).unwrap_or_default();
                    let needed = Needed::by(site, ladder, texts);
                    let grown = grown_ladder(site, ladder, (path, text), known, &needed);
                    grown.into_iter().for_each(|text| proposal.put(path.clone(), text));
                }
                None => {
                    let path = file_of_ladder(site, ladder, tag);
                    let text = blank_ladder(site, ladder, &path);
                    proposal.put(path, text);
                }
            }
        }
        let mut composed = BTreeSet::new();
        for (note, said) in of_notes {
            let path = file_of_note(site, note, tag);
            let is_same = |existing: &&Utf8PathBuf| existing.as_str().eq_ignore_ascii_case(path.as_str());
            let path = sources.texts.keys().find(is_same).cloned().unwrap_or(path);
            let old = sources.text(&path).unwrap_or_default();
            if site[note].text.own(self.locale).is_some() || !says_nothing(&path, old) {
                continue;
            }
            let piece = |at: usize| said.get(&TextId::Piece { passage: Passage::Note { note }, at });
            let body = note_body(site, note, |at| piece(at).map(|text| (*text).to_owned()));
            let text = with_body(&path, old, &body);
            let title = said.get(&TextId::Note(note)).copied().unwrap_or_default();
            let keys = ["title", "summary"].map(|key| [key.to_owned()]);
            let summary = said.get(&TextId::NoteSummary(note)).map(|summary| (&keys[1][..], *summary));
            let values: Vec<_> = std::iter::once((&keys[0][..], title)).chain(summary).collect();
            let edit = front_matter(&path, &text, &values, &[]);
            let titled = edit.and_then(|edit| Some(Edits::of(&text).with([edit]).ok()?.written()));
            proposal.put(path, titled.unwrap_or(text));
            composed.insert(note);
        }
        composed
    }

    /// Returns the new text of a file. What cannot be written there is a problem of its message.
    fn written(
        &self,
        path: &Utf8Path,
        text: &str,
        changes: &[Change<'_>],
        placed: Vec<(usize, What)>,
        unfit: &mut Vec<(usize, Diagnostic)>,
    ) -> String {
        let line_end = line_end_of(text);
        let (mut edits, mut values) = (Edits::of(text), Vec::new());
        let mut order = vec!["title".to_owned()];
        for (at, what) in placed {
            let change = &changes[at];
            match what {
                What::Value { keys, text } => {
                    if let Text::Unit(unit) = change.text
                        && let TextId::Thread(thread) = unit.text_id
                    {
                        order = thread_keys(&self.site()[thread.ladder]);
                    }
                    values.push((at, keys, text));
                }
                What::Markdown(new) => {
                    let ended = |edit: Edit| Edit { text: edit.text.replace('\n', line_end), ..edit };
                    if edits.add_all(new.into_iter().map(ended)).is_err() {
                        let text = format!("{} is in the place of another message", change.text.key());
                        unfit.push((
                            at,
                            self.reader.wrong(change.message, text, "import one of them, then export again"),
                        ));
                    }
                }
            }
        }
        let pairs: Vec<_> = values.iter().map(|(_, keys, text)| (keys.as_slice(), text.as_str())).collect();
        let mut with_values = || edits.add(front_matter(path, text, &pairs, &order)?).ok();
        if !values.is_empty() && with_values().is_none() {
            unfit.extend(values.iter().map(|(at, ..)| {
                let change = &changes[*at];
                let text = format!("{} cannot be written into the front matter of {path}", change.text.key());
                let help = "write the front matter as TOML between two lines of `+++`, and threads under `[threads]`";
                (*at, self.reader.wrong(change.message, text, help))
            }));
        }
        edits.written()
    }

    /// Returns the problem of a message whose text has no place.
    fn homeless(&self, change: &Change<'_>) -> Diagnostic {
        let tag = &self.site().config.locale(self.locale).tag;
        let text = format!("there is no place for {} in the files of the translation", change.text.key());
        let help = format!(
            "run `rungs translation start {tag}`, or translate in the Markdown file if one block translates several \
             blocks of the source"
        );
        self.reader.wrong(change.message, text, help)
    }

    /// Returns what tells whether a site says what a message says.
    fn said<'s>(&self, after: &'s Reading) -> impl Fn(&Change<'_>) -> bool + use<'s> {
        let (locale, now) = (self.locale, &after.understood);
        let values = values::texts(&now.site, &after.sources, locale).into_iter();
        let values: HashMap<_, _> = values.map(|value| (value.key, value.own)).collect();
        let units: HashMap<_, _> = now.translations.units().iter().map(|unit| (unit.key.as_str(), unit)).collect();
        move |Change { text, new, .. }| match text {
            Text::Unit(unit) => units
                .get(unit.key.as_str())
                .is_some_and(|unit| now.translations.own_text(&now.site, unit, locale).as_ref() == Some(new)),
            Text::Value(value) => values.get(value.key.as_str()).and_then(Option::as_ref) == Some(new),
        }
    }

    /// Returns the changes that read otherwise than they were meant, or make an error.
    ///
    /// # Errors
    /// With the errors that are none of theirs.
    fn unfit(
        &self,
        changes: &[Change<'_>],
        after: &Reading,
        is_said: &impl Fn(&Change<'_>) -> bool,
    ) -> Result<Vec<(usize, Diagnostic)>, Vec<Diagnostic>> {
        let now = &after.understood;
        let mut unfit: Vec<(usize, Diagnostic)> = Vec::new();
        for (at, change) in changes.iter().enumerate().filter(|(_, change)| !is_said(change)) {
            let text = format!("{} would be read differently", change.text.key());
            let help = "write it with the same number of Markdown blocks as its source";
            unfit.push((at, self.reader.wrong(change.message, text, help)));
        }
        let of_change: HashMap<_, _> = changes.iter().enumerate().map(|(at, change)| (change.text.key(), at)).collect();
        let is_error = |problem: &&Diagnostic| problem.severity() == Severity::Error;
        let mut others = Vec::new();
        for error in new_problems(self.before.problems(), after.problems().to_vec()).iter().filter(is_error) {
            let place = &error.label.place;
            let stands = now.translations.units().iter().filter_map(|unit| {
                let own = unit.translation(self.locale)?.place.as_ref()?;
                let is_above = own.path == place.path && own.span().start <= place.span().start;
                is_above.then(|| (own.span().start, unit.key.as_str()))
            });
            let unit = stands.max_by_key(|(start, _)| *start).and_then(|(_, key)| of_change.get(key));
            match unit {
                Some(&at) => {
                    let text = format!("{}: {}", changes[at].text.key(), error.message);
                    let help = error.help.clone().unwrap_or_else(|| "write it like its source".to_owned());
                    unfit.push((at, self.reader.wrong(changes[at].message, text, help)));
                }
                None => others.push(error.clone()),
            }
        }
        if unfit.is_empty() && !others.is_empty() {
            return Err(others);
        }
        unfit.sort_by_key(|(at, _)| *at);
        unfit.dedup_by_key(|(at, _)| *at);
        Ok(unfit)
    }
}

fn ladder_of(text: TextId) -> Option<LadderIndex> {
    Some(match text {
        TextId::Ladder(ladder)
        | TextId::Heading(ladder)
        | TextId::Piece {
            passage: Passage::Preface { ladder } | Passage::Category { ladder, .. } | Passage::Sections { ladder },
            ..
        } => ladder,
        TextId::Thread(at) => at.ladder,
        TextId::Category(at) => at.ladder,
        TextId::Level(at) | TextId::Piece { passage: Passage::Summary(at), .. } => at.ladder,
        TextId::Criterion(at) => at.ladder,
        TextId::Note(_) | TextId::NoteSummary(_) | TextId::Piece { passage: Passage::Note { .. }, .. } => return None,
    })
}

fn note_of(text: TextId) -> Option<NoteIndex> {
    match text {
        TextId::Note(note) | TextId::NoteSummary(note) | TextId::Piece { passage: Passage::Note { note }, .. } => {
            Some(note)
        }
        _ => None,
    }
}
