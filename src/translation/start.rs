//! The files of a new language: the structure of the source with its ids, and nothing said yet.

use std::collections::BTreeMap;

use camino::{Utf8Path, Utf8PathBuf};
use toml_edit::{Key, Value};

use crate::blocks;
use crate::config::SITE;
use crate::diagnostic::Refusal;
use crate::handle::NoteIndex;
use crate::interface;
use crate::locale::{Locale, LocaleIndex};
use crate::model::{Ladder, Note, Site};
use crate::source::Sources;

/// The files of a new language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StartedTranslation {
    pub(crate) locale: Locale,
    /// The new files, and the new text of `site.toml`.
    pub edits: BTreeMap<Utf8PathBuf, String>,
}

/// Makes the files of a new locale, and names it in `site.toml`. Of a locale that is named there already, the files
/// that are not there yet.
///
/// # Errors
/// If the tag is that of no language, or nothing is left to make, or `site.toml` cannot be written to.
pub fn start(site: &Site, sources: &Sources, tag: &str) -> Result<StartedTranslation, Refusal> {
    let locale = locale(tag)?;
    let mut files = BTreeMap::new();
    for ladder in &site.ladders {
        files.insert(format!("{tag}/{}.md", ladder.config.key).into(), blank_ladder(ladder));
    }
    for (at, note) in site.notes.iter_enumerated() {
        files.insert(file_of_note(site, at, tag), blank_note(note));
    }
    let known = site.config.locale_indices().find(|&index| site.config.locale(index).tag == locale.tag);
    if !interface::is_spoken(&locale) {
        files.insert(format!("i18n/{tag}.toml").into(), interface::empty_words(&locale));
    }
    let stands =
        |path: &Utf8Path| sources.texts.keys().any(|existing| existing.as_str().eq_ignore_ascii_case(path.as_str()));
    files.retain(|path: &Utf8PathBuf, _| !stands(path));
    match known {
        Some(LocaleIndex::SOURCE) => return Err(Refusal::new(format!("{tag} is the language of the source"))),
        Some(_) if files.is_empty() => {
            return Err(Refusal::new(format!("{tag} is a locale of the site, and has all its files"))
                .help(format!("`rungs translation status --locale {tag}` shows what is missing in them")));
        }
        Some(_) => {}
        None => {
            let old = sources.text(Utf8Path::new(SITE)).unwrap_or_default();
            let new = with_locale(old, tag).ok_or_else(|| {
                Refusal::new("site.toml cannot be written to").help(format!("add `\"{tag}\"` to `locales` by hand"))
            })?;
            files.insert(SITE.into(), new);
        }
    }
    Ok(StartedTranslation { locale, edits: files })
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
                "write `{meant}`, or add `{tag}` to `locales` by hand if it is meant",
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
        Some(locale) => Err(Refusal::new(format!("`{tag}` is not how the language is written"))
            .help(format!("write `{tag}`", tag = locale.tag))),
        None => Err(Refusal::new(format!("`{tag}` is no language tag"))
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

fn blank_ladder(ladder: &Ladder) -> String {
    let mut text = "+++\ntitle = \"\"\n".to_owned();
    if !ladder.threads.is_empty() {
        text.push_str("\n[threads]\n");
        ladder.threads.iter().for_each(|thread| text.push_str(&format!("{} = \"\"\n", Key::new(&thread.key))));
    }
    text.push_str("+++\n");
    if ladder.heading_places.source() != ladder.title_places.source()
        && !ladder.heading_places.source().span().is_empty()
    {
        text.push_str("#\n");
    }
    let section = |after: usize, text: &mut String| {
        let here = ladder.prose.source().iter().filter(|prose| prose.after == after);
        here.for_each(|_| text.push_str("\n##\n"));
    };
    section(0, &mut text);
    for (at, level) in ladder.levels.iter_enumerated() {
        let code =
            Some(level.code()).filter(|code| !code.is_empty()).map_or_else(String::new, |code| format!("{code} "));
        text.push_str(&format!("\n## {code}{{#{}}}\n", level.id));
        for category in ladder.categories_of(at) {
            let id = &ladder.categories[category].id;
            if !id.is_empty() {
                text.push_str(&format!("\n### {{#{id}}}\n"));
            }
            for (_, criterion) in
                ladder.criteria_of(at).filter(|(_, criterion_data)| criterion_data.category == category)
            {
                text.push_str(&format!("\n- {{#{}}}\n", criterion.id));
            }
        }
        section(at.0 + 1, &mut text);
    }
    text
}

fn blank_note(note: &Note) -> String {
    let mut text = "+++\ntitle = \"\"\n+++\n".to_owned();
    for heading in note.text.source().sections.iter().filter_map(|section| section.heading.as_ref()) {
        text.push_str(&format!("\n{}\n", "#".repeat(heading.depth.into())));
    }
    text
}
