//! The file of an edition: its content, and a digest by which an edit is known.

use camino::{Utf8Path, Utf8PathBuf};
use jiff::civil::Date;
use rayon::prelude::*;

use super::frozen::{Frozen, SCHEMA};
use super::seal;
use crate::diagnostic::{Code, Diagnostic, Place, Problems};
use crate::id::{EDITIONS, EditionName};
use crate::locale::Locale;
use crate::memo::{self, FileMemo};
use crate::source::Sources;
use crate::work;

/// A released edition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edition {
    name: EditionName,
    /// The day of its release.
    pub date: Date,
    pub frozen: Frozen,
    /// Its locales, the source first.
    pub(crate) locales: Vec<Locale>,
    /// The file as it stands, for those who want to read it by program.
    pub text: String,
}

impl Edition {
    pub fn name(&self) -> &EditionName {
        &self.name
    }

    /// Returns the digest of the content: BLAKE3, in hexadecimal digits.
    pub(crate) fn digest(&self) -> &str {
        seal::digest(&self.text)
    }

    /// Returns where the file of an edition stands in the content folder.
    pub fn path_of(name: &EditionName) -> Utf8PathBuf {
        format!("{EDITIONS}/{name}.json").into()
    }

    /// Returns where an image of editions stands in the content folder, by its name.
    pub(crate) fn image_path(name: &str) -> Utf8PathBuf {
        format!("{EDITIONS}/images/{name}").into()
    }

    /// Returns the edition that a site becomes by being released.
    pub fn of(frozen: Frozen, name: EditionName, date: Date) -> Self {
        let frozen = Frozen { edition: Some(name.clone()), date: Some(date), ..frozen };
        let body = serde_json::to_string_pretty(&frozen).expect("texts, numbers and lists of them are JSON");
        let text = seal::sealed(&body);
        let locales = frozen.locales.iter().filter_map(|tag| Locale::parse(tag)).collect();
        Self { name, date, frozen, locales, text }
    }
}

/// What files of editions came to when they were last read.
pub(crate) type EditionMemory = FileMemo<Option<Edition>>;

/// Reads all editions of a site, the oldest first. What cannot be read or was edited is reported and left out.
pub fn read(sources: &Sources, problems: &Problems) -> Vec<Edition> {
    remembered(sources, None, problems)
}

/// Returns the same. What `memory` knows is not read again.
pub(crate) fn remembered(sources: &Sources, memory: Option<&EditionMemory>, problems: &Problems) -> Vec<Edition> {
    let files: Vec<_> = sources.texts.iter().filter(|(path, _)| path.starts_with(EDITIONS)).collect();
    let files = files.into_par_iter().filter(|(path, _)| path.extension() == Some("json"));
    let read = |path: &Utf8Path, text: &str, problems: &Problems| {
        read_file(path, text, problems).map_err(|problem| problems.report(*problem)).ok()
    };
    let edition = |(path, text): (&Utf8PathBuf, &String)| memo::read_file(memory, path, text, problems, read);
    let mut editions: Vec<Edition> = files.filter_map(edition).collect();
    editions.sort_by(|a, b| a.name().cmp(b.name()));
    editions
}

fn read_file(path: &Utf8Path, text: &str, problems: &Problems) -> Result<Edition, Box<Diagnostic>> {
    work::count("edition");
    let problem = |code, message: String, help: String| Box::new(Place::file(path).problem(code, message).help(help));
    let restore = || {
        "restore the file from version control: what people have cited must stay, and changes belong in the next \
         edition"
            .to_owned()
    };
    // Version control may give a file other line ends on another system.
    let text = text.replace("\r\n", "\n");
    let altered = || problem(Code::AlteredEdition, "this edition was changed after its release".to_owned(), restore());
    let body = seal::opened(&text).ok_or_else(altered)?;
    let unreadable = |message: String, help: String| problem(Code::UnreadableEdition, message, help);
    #[derive(serde::Deserialize)]
    struct EditionSchema {
        schema: u32,
    }
    match serde_json::from_str(body) {
        Ok(EditionSchema { schema: 1..=SCHEMA }) => {}
        Ok(EditionSchema { schema }) => {
            let message = format!("this edition uses schema {schema}, but this program supports none after {SCHEMA}");
            return Err(unreadable(
                message,
                "use the version of the program that released it, or a later one".to_owned(),
            ));
        }
        Err(error) => return Err(unreadable(format!("this edition cannot be read: {error}"), restore())),
    }
    let (frozen, left_out): (Frozen, _) =
        seal::read(body).map_err(|error| unreadable(format!("this edition cannot be read: {error}"), restore()))?;
    if let Some(fault) = frozen.fault() {
        return Err(unreadable(format!("no page can show this edition: {fault}"), restore()));
    }
    let (Some(name), Some(date)) = (frozen.edition.clone(), frozen.date) else {
        return Err(unreadable("this edition has no name or no date".to_owned(), restore()));
    };
    if Edition::path_of(&name) != path {
        let message = format!("this file contains edition {name}");
        return Err(unreadable(message, format!("name it `{path}`", path = Edition::path_of(&name))));
    }
    let locales: Vec<_> = frozen.locales.iter().filter_map(|tag| Locale::parse(tag)).collect();
    if locales.is_empty() || locales.len() != frozen.locales.len() {
        return Err(unreadable("this edition has locales that are not language tags".to_owned(), restore()));
    }
    problems.extend(seal::left_out_characters(path, &text, left_out));
    Ok(Edition { name, date, frozen, locales, text })
}
