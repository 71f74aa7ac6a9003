//! Everything that the files of a site mean together.

use camino::Utf8Path;
use rayon::prelude::*;

use crate::adaptation::{self, Adaptation};
use crate::check;
use crate::config::Config;
use crate::diagnostic::{Diagnostic, Problems};
use crate::edition::{self, EditionMemory};
use crate::memo::{self, FileMemo};
use crate::model::Site;
use crate::parse::{self, Document};
use crate::register::Register;
use crate::source::Sources;
use crate::translation::{TranslationMemory, Translations};
use crate::work;

/// A site, how its translations stand to their sources, and how it stands to the site that it was made from.
pub struct Understood {
    pub site: Site,
    pub translations: Translations,
    /// None for a site that was made from no other.
    pub(crate) adaptation: Option<Adaptation>,
    pub(crate) register: Register,
    /// Problems of the register's file.
    pub(crate) of_register: Vec<Diagnostic>,
}

/// What files came to when they were last read, by their texts.
#[derive(Default)]
pub(crate) struct Memory {
    documents: FileMemo<Document>,
    register: FileMemo<Register>,
    editions: EditionMemory,
    translations: TranslationMemory,
}

impl Memory {
    /// Forgets what the last reading did not ask for.
    #[cfg(any(test, feature = "serve"))]
    pub(crate) fn sweep(&self) {
        self.documents.sweep();
        self.register.sweep();
        self.editions.sweep();
        self.translations.sweep();
    }
}

/// Runs stages 2 to 4: interprets the documents and reports their problems.
pub fn understand(sources: &Sources, config: Config) -> (Understood, Vec<Diagnostic>) {
    let problems = Problems::default();
    let understood = Understood::read(sources, config, None, &problems);
    understood.check(sources, &problems);
    let problems = check::without_consequences(problems.into_sorted(), &understood.site.config, sources);
    (understood, problems)
}

/// Runs stages 2 and 3 for those who ask nothing about translations: returns the site, and its register with the problems
/// of that file.
pub(crate) fn interpreted(
    sources: &Sources,
    config: Config,
    memory: Option<&Memory>,
    problems: &Problems,
) -> (Site, Register, Vec<Diagnostic>) {
    let documents = parsed(sources, memory, problems);
    let of_file = memory.map(|memory| &memory.register);
    let (register, of_register) = Problems::of(|problems| Register::remembered(sources, of_file, problems));
    problems.extend(of_register.iter().cloned());
    let editions = edition::remembered(sources, memory.map(|memory| &memory.editions), problems);
    let site = Site::build(config, sources, documents, &register, editions.into(), problems);
    (site, register, of_register)
}

impl Understood {
    /// Runs stages 2 and 3: interprets the documents. What `memory` knows is not read again.
    pub(crate) fn read(sources: &Sources, config: Config, memory: Option<&Memory>, problems: &Problems) -> Self {
        let (site, register, of_register) = interpreted(sources, config, memory, problems);
        let adaptation = Adaptation::of(&site, adaptation::read(sources, problems));
        let translations = Translations::read(&site, sources, memory.map(|memory| &memory.translations), problems);
        Self { site, translations, adaptation, register, of_register }
    }

    /// Runs stage 4: reports the problems of the site.
    pub(crate) fn check(&self, sources: &Sources, problems: &Problems) {
        let Self { site, translations, adaptation, register, .. } = self;
        problems.extend(check::check(site, translations, adaptation.as_ref(), register, sources));
    }
}

/// Stage 2: each Markdown file by itself.
pub(crate) fn parsed(sources: &Sources, memory: Option<&Memory>, problems: &Problems) -> Vec<Document> {
    let texts: Vec<_> = sources.texts.iter().filter(|(path, _)| path.extension() == Some("md")).collect();
    let memory = memory.map(|memory| &memory.documents);
    texts.into_par_iter().map(|(path, text)| memo::read_file(memory, path, text, problems, document)).collect()
}

fn document(path: &Utf8Path, text: &str, problems: &Problems) -> Document {
    work::count("document");
    parse::parse(path, text, problems)
}
