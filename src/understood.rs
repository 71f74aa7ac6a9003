//! Everything that the files of a site mean together.

use rayon::prelude::*;

use crate::adaptation::{self, Adaptation};
use crate::check;
use crate::config::Config;
use crate::diagnostic::Diagnostic;
use crate::edition;
use crate::model::Site;
use crate::parse::{self, Document};
use crate::register::Register;
use crate::source::Sources;
use crate::translation::Translations;

/// A site, how its translations stand to their sources, and how it stands to the site that it was made from.
pub struct Understood {
    pub site: Site,
    pub translations: Translations,
    /// None for a site that was made from no other.
    pub(crate) adaptation: Option<Adaptation>,
    pub(crate) register: Register,
    /// What is wrong with the file of the register.
    pub(crate) of_register: Vec<Diagnostic>,
}

/// Stages 2 to 4: what the documents mean, and what is wrong with them.
pub fn understand(sources: &Sources, config: Config) -> (Understood, Vec<Diagnostic>) {
    let (documents, of_documents) = parsed(sources);
    let (register, of_register) = Register::read(sources);
    let (editions, of_editions) = edition::read(sources);
    let (site, of_site) = Site::build(config, sources, documents, &register, editions);
    let (upstreams, of_upstreams) = adaptation::read(sources);
    let adaptation = Adaptation::of(&site, upstreams);
    let (translations, of_translations) = Translations::read(&site, sources);
    let of_rules = check::check(&site, &translations, adaptation.as_ref(), &register, sources);
    let problems = [of_documents, of_register.clone(), of_editions, of_site, of_upstreams, of_translations, of_rules];
    let problems = check::without_consequences(problems.concat(), &site.config, sources);
    (Understood { site, translations, adaptation, register, of_register }, problems)
}

/// Stage 2: each Markdown file by itself.
pub(crate) fn parsed(sources: &Sources) -> (Vec<Document>, Vec<Diagnostic>) {
    let texts: Vec<_> = sources.texts.iter().filter(|(path, _)| path.extension() == Some("md")).collect();
    let parsed: Vec<_> = texts.into_par_iter().map(|(path, text)| parse::parse(path, text)).collect();
    let (documents, problems): (_, Vec<_>) = parsed.into_iter().unzip();
    (documents, problems.concat())
}
