//! The files of a language: the structure of the source with its ids, and nothing said yet.

use std::collections::BTreeMap;

use camino::{Utf8Path, Utf8PathBuf};
use toml_edit::{Key, Value};

use super::Translations;
use super::front_matter::{front_matter, front_matter_keys};
use super::structure::{Gap, Needed, is_blank_note, ladder_gaps, note_body, note_gaps, says_nothing};
use crate::blocks;
use crate::config::SITE;
use crate::diagnostic::{Problems, Refusal};
use crate::handle::{LadderIndex, NoteIndex};
use crate::interface;
use crate::locale::{Locale, LocaleIndex};
use crate::model::{Ladder, Site};
use crate::parse;
use crate::source::Sources;
use crate::text::{Edit, Edits, slice};

/// What a language needs, to be translated into.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StartedTranslation {
    pub(crate) locale: Locale,
    /// The new texts of files, with that of `site.toml` for a language that it does not name yet.
    pub edits: BTreeMap<Utf8PathBuf, String>,
    /// What files that were there before have now, in their order.
    pub added: Vec<Added>,
}

/// A place for a translation that was added to a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Added {
    pub(crate) path: Utf8PathBuf,
    /// Its line in the new text of the file, from one.
    pub(crate) line: usize,
    /// What belongs there, for people: `EN-011`, `level L3`.
    pub(crate) what: String,
}

/// Makes the files of a new locale, and names it in `site.toml`. Of a locale that is named there already, whatever
/// its files lack of the structure of the source.
///
/// # Errors
/// If the tag is that of no language, or nothing is left to make, or `site.toml` cannot be written to.
pub fn start(site: &Site, sources: &Sources, tag: &str) -> Result<StartedTranslation, Refusal> {
    let locale = locale(tag)?;
    let known = site.config.locale_indices().find(|&index| site.config.locale(index).tag == locale.tag);
    if known == Some(LocaleIndex::SOURCE) {
        return Err(Refusal::new(format!("{tag} is the language of the source")));
    }
    let translations = known.map(|_| Translations::read(site, sources, None, &Problems::default()));
    let known = translations.as_ref().zip(known);
    let mut starter = Starter { site, sources, tag, known, edits: BTreeMap::new(), added: Vec::new() };
    site.ladders.keys().for_each(|ladder| starter.ladder(ladder));
    site.notes.keys().for_each(|note| starter.note(note));
    starter.words(&locale);
    let Starter { mut edits, added, .. } = starter;
    match known {
        Some(_) if edits.is_empty() => {
            return Err(Refusal::new(format!(
                "{tag} is already a locale of the site, and nothing is missing from its files"
            ))
            .help(format!("`rungs translation status --locale {tag}` shows what is not translated yet")));
        }
        Some(_) => {}
        None => {
            let old = sources.text(Utf8Path::new(SITE)).unwrap_or_default();
            let new = with_locale(old, tag).ok_or_else(|| {
                Refusal::new("site.toml cannot be changed").help(format!("add `\"{tag}\"` to `locales` by hand"))
            })?;
            edits.insert(SITE.into(), new);
        }
    }
    Ok(StartedTranslation { locale, edits, added })
}

struct Starter<'a> {
    site: &'a Site,
    sources: &'a Sources,
    tag: &'a str,
    /// The locale, if the site has it already.
    known: Option<(&'a Translations, LocaleIndex)>,
    edits: BTreeMap<Utf8PathBuf, String>,
    added: Vec<Added>,
}

impl Starter<'_> {
    /// Returns the text of a file, by its path in whatever letter case.
    fn existing(&self, path: &Utf8Path) -> Option<(Utf8PathBuf, String)> {
        let mut texts = self.sources.texts.iter();
        let found = texts.find(|(existing, _)| existing.as_str().eq_ignore_ascii_case(path.as_str()));
        found.map(|(path, text)| (path.clone(), text.clone()))
    }

    fn ladder(&mut self, at: LadderIndex) {
        let path = file_of_ladder(self.site, at, self.tag);
        match self.existing(&path) {
            // What somebody wrote before there was such a language is read first.
            Some(_) if self.known.is_none() => {}
            Some((path, text)) => {
                let gaps = ladder_gaps(self.site, at, (&path, &text), self.known, &Needed::all());
                self.fill(&path, &text, gaps);
                self.threads(at, &path, &text);
            }
            None => {
                self.edits.insert(path.clone(), blank_ladder(self.site, at, &path));
            }
        }
    }

    /// Adds keys for the titles of threads that the front matter does not have.
    fn threads(&mut self, ladder: LadderIndex, path: &Utf8Path, old: &str) {
        let text = self.edits.get(path).map_or(old, String::as_str).to_owned();
        let order = thread_keys(&self.site[ladder]);
        let has = front_matter_keys(path, &text, "threads");
        let missing: Vec<_> = order.iter().filter(|key| !has.contains(*key)).collect();
        let keys: Vec<_> = missing.iter().map(|key| ["threads".to_owned(), (**key).clone()]).collect();
        let values: Vec<_> = keys.iter().map(|keys| (keys.as_slice(), "")).collect();
        let edit = if values.is_empty() { None } else { front_matter(path, &text, &values, &order) };
        let Some(new) = edit.and_then(|edit| Edits::of(&text).with([edit]).ok()) else { return };
        let new = new.written();
        // The lines of what was added below have moved down.
        let moved = new.lines().count() - text.lines().count();
        self.added.iter_mut().filter(|added| added.path == path).for_each(|added| added.line += moved);
        for key in missing {
            let line = new.lines().position(|line| line.trim_start().starts_with(&Key::new(key).to_string()));
            let line = line.map_or(1, |line| line + 1);
            self.added.push(Added { path: path.to_owned(), line, what: format!("thread {key}") });
        }
        self.edits.insert(path.to_owned(), new);
    }

    fn note(&mut self, at: NoteIndex) {
        let note = &self.site[at];
        let own = self.known.and_then(|(_, locale)| note.text.own(locale));
        let path = own.map_or_else(|| file_of_note(self.site, at, self.tag), |text| text.path.clone());
        match (self.existing(&path), own.and(self.known)) {
            (None, _) => {
                let body = note_body(self.site, at, |_| None);
                let blank = match note.text.source().summary {
                    Some(_) => BLANK_NOTE.replace("title = \"\"\n", "title = \"\"\nsummary = \"\"\n"),
                    None => BLANK_NOTE.to_owned(),
                };
                self.edits.insert(path, format!("{blank}{body}"));
            }
            (Some((path, text)), Some(known)) => {
                let gaps = note_gaps(self.site, at, &text, known);
                self.fill(&path, &text, gaps);
            }
            (Some((path, text)), None)
                if self.known.is_some() && says_nothing(&path, &text) && !is_blank_note(&path, &text, note) =>
            {
                let new = with_body(&path, &text, &note_body(self.site, at, |_| None));
                self.added.push(Added { path: path.clone(), line: 1, what: "headings".to_owned() });
                self.edits.insert(path, new);
            }
            (Some(_), None) => {}
        }
    }

    fn words(&mut self, locale: &Locale) {
        let path = Utf8PathBuf::from(format!("i18n/{tag}.toml", tag = self.tag));
        match self.existing(&path) {
            Some((path, text)) if !interface::is_spoken(locale) && self.known.is_some() => {
                let (new, added) = interface::with_missing_words(locale, &text);
                let lines = added.into_iter().map(|(line, what)| Added { path: path.clone(), line, what });
                let before = self.added.len();
                self.added.extend(lines);
                if self.added.len() > before {
                    self.edits.insert(path, new);
                }
            }
            None if !interface::is_spoken(locale) => {
                self.edits.insert(path, interface::empty_words(locale));
            }
            _ => {}
        }
    }

    /// Fills the gaps of a file.
    fn fill(&mut self, path: &Utf8Path, text: &str, gaps: Vec<Gap>) {
        let Some(filled) = Filled::of(text, gaps) else { return };
        let added = filled.added.into_iter().map(|(line, what)| Added { path: path.to_owned(), line, what });
        self.added.extend(added);
        self.edits.insert(path.to_owned(), filled.text);
    }
}

/// A file whose gaps are filled.
struct Filled {
    text: String,
    /// The lines of what was added.
    added: Vec<(usize, String)>,
}

impl Filled {
    /// None if there is nothing to fill.
    fn of(text: &str, gaps: Vec<Gap>) -> Option<Self> {
        let line_end = blocks::line_end_of(text);
        let mut edits = Edits::of(text);
        let mut whats = Vec::new();
        for Gap { what, edit } in gaps {
            whats.push((edit.span.start, what));
            edits.add(Edit { text: edit.text.replace('\n', line_end), ..edit }).ok()?;
        }
        // Gaps at one place stand in their order.
        whats.sort_by_key(|(at, _)| *at);
        let mut shift = 0;
        let mut starts = Vec::new();
        for edit in edits.edits() {
            let blank = edit.text.len() - edit.text.trim_start().len();
            starts.push(edit.span.start + shift + blank);
            shift += edit.text.len();
        }
        let new = edits.written();
        let line = |at: usize| slice(&new, ..at).matches('\n').count() + 1;
        let added = starts.into_iter().map(line).zip(whats.into_iter().map(|(_, what)| what)).collect::<Vec<_>>();
        (!added.is_empty()).then_some(Self { text: new, added })
    }
}

/// The beginning of a file of a note that says nothing yet.
const BLANK_NOTE: &str = "+++\ntitle = \"\"\n+++\n";

/// Returns the keys of the threads that a ladder names itself, in its order.
pub(crate) fn thread_keys(ladder: &Ladder) -> Vec<String> {
    ladder.threads.iter().filter(|thread| !thread.is_shared).map(|thread| thread.key.clone()).collect()
}

/// Returns the file of a ladder in a locale that has none yet.
pub(crate) fn file_of_ladder(site: &Site, ladder: LadderIndex, tag: &str) -> Utf8PathBuf {
    format!("{tag}/{}.md", site[ladder].config.key).into()
}

/// Returns the file of a note in a locale that has none yet: as in the source, in a folder of its own.
pub(crate) fn file_of_note(site: &Site, note: NoteIndex, tag: &str) -> Utf8PathBuf {
    let (folder, note_data) = (&site.collection_of(note).folder, &site[note]);
    format!("{tag}/{folder}/{}", note_data.text.source().path.file_name().unwrap_or(&note_data.slug)).into()
}

/// Returns the locale of a tag as it has to be written.
fn locale(tag: &str) -> Result<Locale, Refusal> {
    match Locale::parse(tag).or_else(|| Locale::probably(tag)) {
        Some(locale) if locale.tag == tag && locale.is_known() => match locale.mistaken_for() {
            None => Ok(locale),
            Some((language, meant)) => Err(Refusal::new(format!("`{tag}` is the code of {language}")).help(format!(
                "write `{meant}`, or add `{tag}` to `locales` by hand if you mean that",
                meant = meant.tag
            ))),
        },
        Some(locale) if locale.tag == tag => {
            let refusal = Refusal::new(format!("`{tag}` names an unknown language or region"));
            let meant = locale
                .meant()
                .map_or("a BCP 47 tag, such as `ja`, `ar` or `pt-BR`".to_owned(), |locale| format!("`{}`", locale.tag));
            Err(refusal.help(format!("write {meant}")))
        }
        Some(locale) => Err(Refusal::new(format!("`{tag}` is not the tag of the language in its usual form"))
            .help(format!("write `{tag}`", tag = locale.tag))),
        None => Err(Refusal::new(format!("`{tag}` is not a language tag"))
            .help("write a BCP 47 tag, such as `ja`, `ar` or `pt-BR`")),
    }
}

/// `site.toml` with one more locale. None if it does not name its locales in one list.
fn with_locale(text: &str, tag: &str) -> Option<String> {
    blocks::edited(text, blocks::line_end_of(text), |document| {
        let locales = document.get_mut("locales")?.as_array_mut()?;
        let mut value = Value::from(tag);
        // It stands as the one before it does: behind a space, or on a line of its own.
        let decor = locales.iter().last()?.decor().clone();
        let prefix = decor.prefix().and_then(|text| text.as_str());
        let prefix = prefix.filter(|prefix| locales.len() > 1 || !prefix.is_empty()).unwrap_or(" ");
        value.decor_mut().set_prefix(prefix);
        locales.push_formatted(value);
        Some(())
    })
}

/// Returns a file of a ladder that says nothing yet.
pub(crate) fn blank_ladder(site: &Site, ladder: LadderIndex, path: &Utf8Path) -> String {
    let mut text = "+++\ntitle = \"\"\n".to_owned();
    let keys = thread_keys(&site[ladder]);
    if !keys.is_empty() {
        text.push_str("\n[threads]\n");
        keys.iter().for_each(|key| text.push_str(&format!("{} = \"\"\n", Key::new(key))));
    }
    text.push_str("+++\n");
    let gaps = ladder_gaps(site, ladder, (path, &text), None, &Needed::all());
    Filled::of(&text, gaps).map_or(text, |filled| filled.text)
}

/// Returns a file of a ladder with what it needs.
pub(crate) fn grown_ladder(
    site: &Site,
    ladder: LadderIndex,
    file: (&Utf8Path, &str),
    known: (&Translations, LocaleIndex),
    needed: &Needed,
) -> Option<String> {
    Some(Filled::of(file.1, ladder_gaps(site, ladder, file, Some(known), needed))?.text)
}

/// Returns a file with another text below its front matter.
pub(crate) fn with_body(path: &Utf8Path, text: &str, body: &str) -> String {
    let head = slice(text, ..parse::front_matter(path, text).span.end).trim_end();
    let head = if head.is_empty() { BLANK_NOTE.trim_end() } else { head };
    format!("{head}\n{body}").replace("\r\n", "\n").replace('\n', blocks::line_end_of(text))
}
