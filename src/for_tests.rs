//! The stages one by one, on sites in memory, for behaviour tests and benchmarks alone.

pub use crate::build::{Prepared, Size, prepare, problems};
pub use crate::progress::Progress;
pub use crate::proposal::Reading;
pub use crate::understood::{Understood, understand};

/// A site that was built in memory.
#[derive(Debug, Default)]
pub struct Build {
    /// Its files by path. None if there are errors.
    pub outputs: Vec<write::Output>,
    pub kept: Vec<camino::Utf8PathBuf>,
    pub problems: Vec<diagnostic::Diagnostic>,
    pub size: Size,
}

/// Builds a site in memory.
pub fn build(
    sources: &source::Sources,
    found: Vec<diagnostic::Diagnostic>,
    overrides: &config::Overrides,
    progress: &Progress,
) -> Build {
    let outputs = crate::write::Outputs::default();
    let build = crate::build::build(sources, found, overrides, progress, &|output| outputs.add(output));
    let crate::build::Build { kept, problems, size } = build;
    match crate::diagnostic::has_errors(&problems) {
        true => Build { problems, ..Build::default() },
        false => Build { outputs: outputs.into_sorted(), kept, problems, size },
    }
}

pub mod adapt {
    use camino::Utf8PathBuf;
    use jiff::civil::Date;

    use crate::adapt::{AdaptOptions, Update};
    use crate::diagnostic::Refusal;
    use crate::proposal::Reading;
    use crate::source::Sources;

    /// Makes a site of another one, whose new ids have a prefix.
    ///
    /// # Errors
    /// As `rungs adapt` refuses.
    pub fn start(upstream: &Reading, prefix: &str, date: Date) -> Result<Sources, Refusal> {
        let options =
            AdaptOptions { prefixes: vec![prefix.to_owned()], by: "Acme".to_owned(), date, ..AdaptOptions::default() };
        let started = crate::adapt::start(upstream, &options)?;
        let images = started.images;
        Ok(Sources { texts: started.texts, images, ..Sources::default() })
    }

    /// Returns the texts that an update from the upstream changes. None for a site that was made from none.
    ///
    /// # Errors
    /// As `rungs adapt --update` refuses.
    pub fn update(
        site: &Reading,
        upstream: &Reading,
        date: Date,
    ) -> Option<Result<std::collections::BTreeMap<Utf8PathBuf, String>, Refusal>> {
        let adaptation = site.understood.adaptation.as_ref()?;
        let updated = crate::adapt::update(site, adaptation, upstream, &Update { keep: Vec::new(), date });
        Some(updated.map(|updated| updated.edits))
    }
}

pub mod adaptation {
    pub use crate::adaptation::{Upstream, read};
}

pub mod assign {
    pub use crate::assign::{Assignment, assign};
}

pub mod citing {
    use camino::Utf8Path;

    use crate::citing::{Asked, CitationStyle, Cited, CitedLevel, ReadText, level_citation};
    use crate::diagnostic::Diagnostic;
    use crate::interface::Words;
    use crate::locale::LocaleIndex;
    use crate::model::Site;

    /// What `rungs refs` says of a text.
    pub struct Judged {
        pub problems: Vec<Diagnostic>,
        pub pinned: String,
    }

    /// Judges the citations in a text.
    pub fn judge(site: &Site, words: &Words, path: &Utf8Path, text: &str) -> Judged {
        let reading = match crate::citing::is_hypertext(path.as_str(), text) {
            true => ReadText::hypertext(text),
            false => ReadText::plain(text),
        };
        let review = crate::citing::judge(&Asked::of(site, words, None), path, text, &reading);
        Judged { problems: [review.problems, review.unpinnable].concat(), pinned: review.pinned }
    }

    /// Returns the citations of what somebody writes as an id or as the name of a level, in every form and language.
    pub fn cite(site: &Site, words: &Words, written: &str) -> Vec<String> {
        let locales = || site.config.locale_indices();
        let level = CitedLevel::parse(written).and_then(|level| level.find(site).ok());
        let criterion = Cited::parse_leniently(written);
        let cited = |locale: LocaleIndex| {
            let level = level.map(|level| level_citation(site, level, locale));
            level.into_iter().chain(criterion.as_ref().and_then(|cited| crate::citing::cite(site, cited, locale).ok()))
        };
        let all = locales().flat_map(|locale| cited(locale).map(move |citation| (citation, locale)));
        all.flat_map(|(citation, locale)| CitationStyle::ALL.map(|style| citation.write(style, words, locale)))
            .collect()
    }
}

pub mod cli {
    pub use crate::cli::guarded;
}

pub mod config {
    pub use crate::config::{Collection, Config, Overrides, read, schema};
}

pub mod data {
    use crate::diagnostic::Refusal;
    use crate::source::Sources;

    /// Returns the content that the data of a published site say. `read` gives a file of `data/`.
    ///
    /// # Errors
    /// If a file is not there, or has another form than is known.
    pub fn content(read: impl Fn(&str) -> Option<String>) -> Result<Sources, Refusal> {
        crate::data::content(|path| read(path).ok_or_else(|| Refusal::new(format!("there is no {path}"))))
    }
}

pub mod diagnostic {
    pub use crate::diagnostic::{Code, Diagnostic, Position, Problems, Refusal, Severity, has_errors, sorted};
}

pub mod edition {
    pub use crate::edition::{Edition, Effect, Release, read};

    /// Returns the content of a sealed file. None if it was edited.
    pub fn opened(text: &str) -> Option<&str> {
        crate::edition::seal::opened(text)
    }

    /// Seals a content, as somebody can who edits an edition.
    pub fn sealed(content: &str) -> String {
        crate::edition::seal::sealed(content)
    }
}

pub mod fix {
    pub use crate::fix::{fix, fix_all};
}

pub mod gettext {
    pub use crate::gettext::{Imported, export, import};

    pub mod po {
        pub use crate::gettext::po::{Catalog, Message};
    }
}

pub mod handle {
    pub use crate::handle::{CriterionIndex, LadderIndex, LevelIndex, NoteIndex};
}

pub mod id {
    pub use crate::id::CriterionId;
}

pub mod init {
    pub use crate::init::{
        Account, AdoptOptions, Adopted, AdoptedDocument, FoundDocument, InstallSource, WORKFLOW, adopt, surroundings,
    };
}

pub mod interface {
    pub use crate::interface::Words;
}

pub mod locale {
    pub use crate::locale::LocaleIndex;
}

pub mod model {
    pub use crate::model::{LadderPage, LinkTarget, LocalePage, Page, Site, Subject, resolve_link};
}

pub mod parse {
    pub use crate::parse::{
        Block, BlockKind, Document, Inline, Outline, Part, RichText, blocks, diagnose_ladder_slips, markdown, outline,
        parse,
    };
}

pub mod register {
    pub use crate::register::{IdState, Key, REGISTER, Register, RegisterEntry, Verb, Withdrawal};
}

pub mod release {
    pub use crate::release::{EditionDraft, Effects, ReleaseOptions, Released, draft, release};
}

pub mod render {
    #[cfg(feature = "serve")]
    pub use crate::render::OnDemand;
    pub use crate::render::{Shape, Variable, render};
}

pub mod report {
    use crate::diagnostic::Diagnostic;
    use crate::source::Sources;

    /// Returns the report of some problems in every format.
    pub fn in_every_format(problems: &[Diagnostic], sources: &Sources, folder: &str) -> Vec<String> {
        use crate::report::{github, human as people, json, sarif};
        vec![
            people::render(problems, sources, folder, people::Style::Plain),
            people::render(problems, sources, folder, people::Style::Styled),
            json::render(problems, sources, folder),
            github::render(problems, sources, folder),
            sarif::render(problems, sources, folder),
            #[cfg(feature = "serve")]
            crate::report::browser::render(problems, sources, folder),
        ]
    }

    pub mod human {
        pub use crate::report::human::{Style, render};
    }
}

pub mod source {
    pub use crate::source::{Fonts, Pictures, Sources, read};
}

pub mod text {
    pub use crate::text::split;
}

pub mod theme {
    pub use crate::theme::Theme;
}

pub mod translation {
    pub use crate::translation::{
        AcceptOptions, Accepted, TranslationStage, TranslationState, Unit, Wanted, accept, start,
    };
}

pub mod withdraw {
    pub use crate::withdraw::{WithdrawOptions, WithdrawalResult, find_key, forget, read_reasons, withdraw};
}

pub mod worksheet {
    use crate::handle::{LevelAt, LevelIndex};
    use crate::interface::Words;
    use crate::locale::LocaleIndex;
    use crate::model::Site;
    use crate::worksheet::file::{Sheet, missed_headings};
    use crate::worksheet::{Form, Languages, known, level_of};

    fn languages<'w>(site: &Site, words: &'w Words) -> Languages<'w> {
        let tags = site.config.locales.iter().map(|locale| locale.tag.clone()).collect();
        Languages { words, reader: LocaleIndex::SOURCE, tags }
    }

    /// Returns the blank sheets of all levels, as they are now.
    pub fn blank(site: &Site, words: &Words) -> Vec<String> {
        let ladders = site.as_of(None).ladders.iter_enumerated();
        let level =
            |(ladder, levels): (_, usize)| (0..levels).map(move |level| LevelAt { ladder, level: LevelIndex(level) });
        let levels = ladders.map(|(at, ladder)| (at, ladder.levels.len())).flat_map(level);
        let blank = |at| Form::of(site, None, at).blank(&languages(site, words), true).write(&known(site, words));
        levels.map(blank).collect()
    }

    /// Reads a sheet and writes it. Beside it are the places of headings that are not read as answers.
    pub fn rewritten(site: &Site, words: &Words, text: &str) -> (String, Vec<usize>) {
        let known = known(site, words);
        let missed = missed_headings(text).into_iter().map(|(at, _)| at).collect();
        (Sheet::read(text, &known).write(&known), missed)
    }

    /// Carries a sheet over to the last edition. None if it is for no level of that.
    pub fn updated(site: &Site, words: &Words, text: &str) -> Option<String> {
        let known = known(site, words);
        let sheet = Sheet::read(text, &known);
        let until = site.history.editions.last_key()?;
        let (from, level) = level_of(site, &sheet, Some(until)).ok()?;
        if from.is_some_and(|from| from > until) {
            return None;
        }
        let form = Form::of(site, Some(until), level?);
        Some(crate::worksheet::update(&sheet, &form, from, &languages(site, words), &known).sheet.write(&known))
    }
}

pub mod write {
    pub use crate::write::{NewSite, Output, before_each_step};
}
