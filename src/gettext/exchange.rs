//! From the units of a site to a PO file, and back.

use std::collections::{BTreeMap, HashMap};

use camino::{Utf8Path, Utf8PathBuf};

use super::place::{PlacedUnit, What, front_matter, place};
use super::po::{Catalog, Message};
use crate::diagnostic::{Code, Diagnostic, Place, Position, Problems, Refusal};
use crate::locale::LocaleIndex;
use crate::model::Site;
use crate::parse::without_attributes;
use crate::proposal::{Proposal, Reading, would_have_errors};
use crate::source::Sources;
use crate::text::Edits;
use crate::translation::{
    AcceptOptions, TextId, TranslationState, Unit, UnitKey, Wanted, accept, file_of_note, in_normal_form,
};
use crate::understood::Understood;

/// Returns all units of a site with their translations into a locale, in the order of the site.
///
/// The context of a message is the key of its unit. A translation that is not known to be right is fuzzy: an outdated
/// one, which comes with the source that it was made from, a draft, and one that a machine made.
pub fn export(understood: &Understood, sources: &Sources, locale: LocaleIndex) -> Catalog {
    let Understood { site, translations, .. } = understood;
    let message = |unit: &Unit| {
        let translation = unit.translation(locale)?;
        let recorded = match &translation.state {
            TranslationState::Outdated { recorded } => Some(recorded.clone()),
            _ => None,
        };
        let text = translations.own_text(site, unit, locale).unwrap_or_default();
        let is_open = recorded.is_some() || translation.is_machine_made() || translation.is_draft();
        Some(Message {
            hints: vec![unit.kind.name().to_owned()],
            references: vec![reference(&unit.place, sources)],
            is_fuzzy: is_open && !text.is_empty(),
            previous: recorded,
            context: unit.key.to_string(),
            source: unit.source.clone(),
            translation: text,
            ..Message::default()
        })
    };
    Catalog { header: header(site, locale), messages: translations.units().iter().filter_map(message).collect() }
}

/// `en/maps.md:12`. Spaces would end it.
fn reference(place: &Place, sources: &Sources) -> String {
    let text = sources.text(&place.path).unwrap_or_default();
    let line = Position::of(text, place.span().start).line;
    format!("{}:{line}", place.path.as_str().replace(' ', "%20"))
}

/// Returns the fields that GNU gettext asks for. The same site gives the same ones on every day.
fn header(site: &Site, locale: LocaleIndex) -> Vec<(String, String)> {
    let translators = site.config.provenance.translations.iter().filter(|translation| translation.locale == locale);
    let names: Vec<_> =
        translators.flat_map(|translator| &translator.translators).map(|party| party.name.as_str()).collect();
    let date = site.history.editions.last().map_or("1970-01-01".to_owned(), |edition| edition.frozen.date.to_string());
    let title = site.config.title.source();
    let fields = [
        ("Project-Id-Version", title.clone()),
        ("POT-Creation-Date", format!("{date} 00:00+0000")),
        ("PO-Revision-Date", format!("{date} 00:00+0000")),
        ("Last-Translator", if names.is_empty() { "nobody".to_owned() } else { names.join(", ") }),
        ("Language-Team", title.clone()),
        ("Language", gettext_name(&site.config.locale(locale).tag)),
        ("MIME-Version", "1.0".to_owned()),
        ("Content-Type", "text/plain; charset=UTF-8".to_owned()),
        ("Content-Transfer-Encoding", "8bit".to_owned()),
        ("X-Generator", "rungs".to_owned()),
    ];
    fields.into_iter().map(|(name, value)| (name.to_owned(), value)).collect()
}

/// Returns a locale as gettext writes it: `zh_TW`.
fn gettext_name(tag: &str) -> String {
    tag.replace('-', "_")
}

/// The result of an import.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Imported {
    /// The new texts of the files that change.
    pub edits: BTreeMap<Utf8PathBuf, String>,
    /// The units that say something new.
    pub changed: Vec<String>,
    /// The number of messages that are fuzzy and were left as they are.
    pub fuzzy: usize,
}

/// Writes what a PO file says into the Markdown of a locale, and records that it was made from today's source.
///
/// # Errors
/// If the file is broken, of another language or made from another source, or if something in it has no place: then
/// nothing of it is written. Problems are those of the PO file.
pub fn import(before: &Reading, locale: LocaleIndex, (path, text): (&Utf8Path, &str)) -> Result<Imported, Refusal> {
    let problems = Problems::default();
    let catalog = Catalog::read(path, text, &problems);
    let tag = &before.config().locale(locale).tag;
    let language = catalog.field("Language").unwrap_or_default();
    if !gettext_name(language).eq_ignore_ascii_case(&gettext_name(tag)) && problems.is_empty() {
        let message = match language {
            "" => "this file does not say of which language it is".to_owned(),
            language => format!("this file is of the language `{language}`"),
        };
        let problem = Place::file(path).problem(Code::PoMessage, message);
        problems.report(
            problem.help(format!("import a file with `Language: {tag}` in its header", tag = gettext_name(tag))),
        );
    }
    let mut proposal = Proposal::of(before);
    let Titles { mut changed, edits } =
        Importer { understood: &before.understood, sources: &before.sources, locale, path }.titles(&catalog);
    proposal.put_all(edits);
    let titled = if changed.is_empty() { None } else { Some(proposal.reading().map_err(would_have_errors)?) };
    let Reading { understood, sources, .. } = titled.as_ref().unwrap_or(before);
    let importer = Importer { understood, sources, locale, path };
    let mut imported = Imported::default();
    let mut changes: Vec<UnitChange<'_>> = Vec::new();
    let mut confirmed = Vec::new();
    let mut seen: HashMap<&str, &Message> = HashMap::new();
    for message in &catalog.messages {
        if let Some(first) = seen.insert(&message.context, message) {
            let problem = importer.problem(message, format!("{} stands twice in this file", message.context));
            let problem = problem.related(Place::new(path, first.span.clone()), "the first time");
            problems.report(problem.help("remove one of them, or merge them with `msguniq`"));
            continue;
        }
        match importer.message(message) {
            Ok(MessageVerdict::Changed(change)) => changes.push(change),
            Ok(MessageVerdict::Confirmed(unit)) => confirmed.push(unit.key.to_string()),
            Ok(MessageVerdict::Fuzzy) => imported.fuzzy += 1,
            Ok(MessageVerdict::Nothing) => {}
            Err(problem) => problems.report(*problem),
        }
    }
    // Blocks that are new at the same place come in the order of the source, whatever order the messages have.
    let order: HashMap<_, _> =
        understood.translations.units().iter().enumerate().map(|(at, unit)| (&unit.key, at)).collect();
    changes.sort_by_key(|change| order.get(&change.unit.key));
    proposal.put_all(importer.written(&changes, &problems));
    if !problems.is_empty() {
        return Err(refusal(problems.into_sorted()));
    }
    let checked = proposal.checked(&[]).map_err(would_have_errors)?;
    let now = &checked.after.understood;
    let differs = changes.iter().find(|change| {
        let found = now.translations.find(change.unit.key.as_str());
        found.and_then(|unit| now.translations.own_text(&now.site, unit, locale)).as_ref() != Some(&change.text)
    });
    if let Some(change) = differs {
        let problem = importer.problem(change.message, format!("{unit} would read otherwise", unit = change.unit.key));
        return Err(refusal(vec![problem.help("write it as Markdown of as many blocks as its source has")]));
    }
    changed.extend(changes.iter().map(|change| &change.unit.key).cloned());
    changed.sort_by_key(|key| order.get(key));
    imported.changed = changed.iter().map(ToString::to_string).collect();
    let units = Wanted::Named(imported.changed.iter().cloned().chain(confirmed).collect());
    let request = AcceptOptions {
        units,
        stage: Some(crate::translation::TranslationStage::Reviewed),
        ..AcceptOptions::nothing(locale)
    };
    let accepted = accept(&now.site, &now.translations, &checked.after.sources, &request)?;
    imported.edits = checked.edits;
    imported.edits.extend(accepted.edits);
    Ok(imported)
}

fn refusal(problems: Vec<Diagnostic>) -> Refusal {
    Refusal::new("nothing of this file is imported").help("fix what is reported, or export it anew").problems(problems)
}

/// New titles of notes that had none.
#[derive(Default)]
struct Titles {
    /// The keys of their units.
    changed: Vec<UnitKey>,
    /// The new texts of their files.
    edits: BTreeMap<Utf8PathBuf, String>,
}

/// A unit that is to say something else.
struct UnitChange<'a> {
    message: &'a Message,
    unit: &'a Unit,
    text: String,
    placed: PlacedUnit,
}

/// The action to take for a message.
enum MessageVerdict<'a> {
    Changed(UnitChange<'a>),
    /// Its translation is right as it stands, which was not known.
    Confirmed(&'a Unit),
    Fuzzy,
    Nothing,
}

struct Importer<'a> {
    understood: &'a Understood,
    sources: &'a Sources,
    locale: LocaleIndex,
    path: &'a Utf8Path,
}

impl<'a> Importer<'a> {
    fn problem(&self, message: &Message, text: String) -> Diagnostic {
        Place::new(self.path, message.span.clone()).problem(Code::PoMessage, text)
    }

    /// Gives titles to the files that `rungs translation start` makes for notes: a file without one is no note, and its
    /// text has no place.
    fn titles(&self, catalog: &Catalog) -> Titles {
        let mut titles = Titles::default();
        let tag = &self.understood.site.config.locale(self.locale).tag;
        for unit in self.understood.translations.units() {
            let TextId::Note(note) = unit.text_id else { continue };
            let path = file_of_note(&self.understood.site, note, tag);
            let text =
                self.sources.text(&path).filter(|_| self.understood.site.notes[note].text.own(self.locale).is_none());
            let is_meant = |message: &&Message| {
                message.context == unit.key.as_str()
                    && message.source == unit.source
                    && !message.is_fuzzy
                    && !message.translation.trim().is_empty()
            };
            let Some((text, message)) = text.zip(catalog.messages.iter().find(is_meant)) else { continue };
            let title = in_normal_form(unit, &message.translation);
            let edit = front_matter(&path, text, &[(&["title".to_owned()], &title)]);
            if let Some(edits) = edit.and_then(|edit| Edits::of(text).with([edit]).ok()) {
                titles.edits.insert(path, edits.written());
                titles.changed.push(unit.key.clone());
            }
        }
        titles
    }

    /// Returns the new texts of the files that change. What cannot be written there is a problem of its message.
    fn written(&self, changes: &[UnitChange<'_>], problems: &Problems) -> BTreeMap<Utf8PathBuf, String> {
        let mut files: BTreeMap<&Utf8Path, Vec<&UnitChange<'_>>> = BTreeMap::new();
        changes.iter().for_each(|change| files.entry(&change.placed.path).or_default().push(change));
        let mut written = BTreeMap::new();
        for (path, changes) in files {
            let text = self.sources.text(path).unwrap_or_default();
            let (mut edits, mut values) = (Edits::of(text), Vec::new());
            for change in &changes {
                match &change.placed.what {
                    What::Value { keys, text } => values.push((keys.as_slice(), text.as_str())),
                    What::Markdown(new) => {
                        if edits.add_all(new.iter().cloned()).is_err() {
                            let text = format!("{} stands where another message belongs", change.unit.key);
                            let help = "import one of them, then export anew";
                            problems.report(self.problem(change.message, text).help(help));
                        }
                    }
                }
            }
            let mut with_values = || edits.add(front_matter(path, text, &values)?).ok();
            if !values.is_empty() && with_values().is_none() {
                let of_values = changes.iter().filter(|change| matches!(change.placed.what, What::Value { .. }));
                problems.extend(of_values.map(|change| {
                    let text = format!("{} cannot be written into the front matter of {path}", change.unit.key);
                    let help =
                        "write the front matter as TOML between two lines of `+++`, and threads below `[threads]`";
                    self.problem(change.message, text).help(help)
                }));
            }
            written.insert(path.to_owned(), edits.written());
        }
        written
    }

    fn message(&self, message: &'a Message) -> Result<MessageVerdict<'a>, Box<Diagnostic>> {
        let problem = |text: String, help: String| Box::new(self.problem(message, text).help(help));
        let key = message.context.as_str();
        let unit = self.understood.translations.units().iter().find(|unit| unit.key.as_str() == key);
        let unit = unit.ok_or_else(|| {
            problem(format!("there is no unit `{key}`"), "its source is gone: export anew".to_owned())
        })?;
        if message.source != unit.source {
            let help =
                "its source has changed since it was exported: export anew, and take the translation over".to_owned();
            return Err(problem(format!("{key} was made from another source text"), help));
        }
        if message.translation.trim().is_empty() {
            return Ok(MessageVerdict::Nothing);
        }
        if message.is_fuzzy {
            return Ok(MessageVerdict::Fuzzy);
        }
        let is_marked =
            matches!(unit.text_id, TextId::Heading(_) | TextId::Level(_) | TextId::Category(_) | TextId::Criterion(_));
        if let Some(attributes) = attributes(&message.translation).filter(|_| is_marked) {
            let help = format!("take `{attributes}` out of the message: the file has the attributes of {key} already");
            return Err(problem(format!("the translation of {key} ends in `{attributes}`, which is no text"), help));
        }
        let own = self.understood.translations.own_text(&self.understood.site, unit, self.locale);
        let new = in_normal_form(unit, &message.translation);
        if own.as_ref() == Some(&new) {
            let translation = unit.translation(self.locale);
            let is_open = translation.is_some_and(|translation| {
                translation.state != TranslationState::Current
                    || translation.is_machine_made()
                    || translation.is_draft()
            });
            return Ok(if is_open { MessageVerdict::Confirmed(unit) } else { MessageVerdict::Nothing });
        }
        let placed = place(self.understood, self.sources, unit, self.locale, &new);
        let help =
            || "run `rungs translation start`, or write where it belongs in the Markdown, with its id".to_owned();
        let placed =
            placed.ok_or_else(|| problem(format!("{key} has no place in the files of the translation"), help()))?;
        Ok(MessageVerdict::Changed(UnitChange { message, unit, text: new, placed }))
    }
}

/// Returns the block of attributes that the first or the last paragraph ends in. It would not be read as text.
fn attributes(text: &str) -> Option<&str> {
    let paragraphs = || text.split("\n\n").map(str::trim_end).filter(|paragraph| !paragraph.is_empty());
    let block = |paragraph: &'_ str| -> Option<usize> {
        let shown = without_attributes(paragraph);
        (shown.len() < paragraph.len() && !shown.ends_with('\\')).then_some(shown.len())
    };
    let mut ends = paragraphs().next().into_iter().chain(paragraphs().last());
    ends.find_map(|paragraph| Some(paragraph.get(block(paragraph)?..)?.trim_start()))
}
