//! From the outlines of one ladder's files to the ladder.

use std::collections::HashMap;

use super::id::{CriterionId, reserved_level_slugs, slug};
use super::{Category, Criterion, CriterionText, Ladder, Level, Prose, Thread, thread_anchor, translation};
use crate::config::table::{Reader, Spanned};
use crate::config::{Config, LadderConfig, LocaleIndex, Localized};
use crate::diagnostic::{Code, Diagnostic, Place};
use crate::parse::{self, Attribute, Attributes, Document, Outline, Part, outline};
use crate::source::Sources;

/// One file of a ladder: its outline, and what its front matter says.
pub(super) struct LadderFile {
    pub locale: LocaleIndex,
    pub path: camino::Utf8PathBuf,
    pub title: Option<String>,
    pub threads: Vec<(Spanned<String>, Spanned<String>)>,
    /// Whether the front matter could be read. If not, there may be threads that are not known.
    is_readable: bool,
    pub outline: Outline,
}

impl LadderFile {
    fn read(locale: LocaleIndex, document: Document, sources: &Sources, problems: &mut Vec<Diagnostic>) -> Self {
        let text = sources.text(&document.path).unwrap_or_default();
        let path = document.path.clone();
        let reader = Reader::new(path.clone(), document.front_matter.toml.start);
        let (mut title, mut threads, mut is_readable) = (None, Vec::new(), false);
        if let Some(mut table) = reader.read(&text[document.front_matter.toml.clone()]) {
            title = table.string("title").map(|title| title.value);
            let entries = table.table("threads").map(|table| table.into_entries()).unwrap_or_default();
            threads.extend(entries.into_iter().filter_map(|(key, value)| Some((key, value.string()?))));
            table.finish();
            is_readable = document.front_matter.is_closed;
        }
        problems.extend(reader.into_problems());
        let (outline, more) = outline(document);
        problems.extend(more);
        Self { locale, path, title, threads, is_readable, outline }
    }

    pub fn place(&self, span: &std::ops::Range<usize>) -> Place {
        Place::new(self.path.clone(), span.clone())
    }

    /// Whether its front matter gives a thread a title, even one with a key that cannot be.
    pub fn has_thread(&self, key: &str) -> bool {
        self.threads.iter().any(|(written, _)| written.value == key)
    }

    /// The title of the front matter, or else the heading.
    pub fn title(&self) -> Option<String> {
        self.title.clone().or_else(|| self.heading())
    }

    pub fn heading(&self) -> Option<String> {
        self.outline.title.as_ref().map(|title| title.plain())
    }
}

/// Builds a ladder from its files. Without a file in the source locale there is none.
pub(super) fn build(
    ladder: &LadderConfig,
    config: &Config,
    sources: &Sources,
    files: Vec<(LocaleIndex, Document)>,
    problems: &mut Vec<Diagnostic>,
) -> Option<Ladder> {
    let mut files: Vec<_> =
        files.into_iter().map(|(locale, document)| LadderFile::read(locale, document, sources, problems)).collect();
    files.sort_by_key(|file| file.locale);
    let (source, translations) = match files.split_first() {
        Some((source, translations)) if source.locale == LocaleIndex::SOURCE => (source, translations),
        _ => {
            let path = format!("{}/{}.md", config.locale(LocaleIndex::SOURCE).tag, ladder.key);
            problems.push(
                Diagnostic::new(
                    Code::LadderFile,
                    format!("the ladder `{}` has no file", ladder.key),
                    Place::file(path),
                )
                .help("write it there, or remove the ladder from site.toml"),
            );
            return None;
        }
    };
    let mut ladder = Builder { ladder, file: source, problems, seen: HashMap::new(), unnamed: Vec::new() }.build();
    for file in translations {
        translation::add(&mut ladder, source, file, config, problems);
    }
    Some(ladder)
}

/// Builds a ladder from its source file.
struct Builder<'a> {
    ladder: &'a LadderConfig,
    file: &'a LadderFile,
    problems: &'a mut Vec<Diagnostic>,
    /// The ids given so far, and where.
    seen: HashMap<CriterionId, Place>,
    /// Where ids are missing.
    unnamed: Vec<Place>,
}

impl Builder<'_> {
    fn build(mut self) -> Ladder {
        let file = self.file;
        let title = file.title().unwrap_or_else(|| self.ladder.key.clone());
        let heading = file.heading().unwrap_or_else(|| title.clone());
        let mut ladder = Ladder {
            config: self.ladder.clone(),
            title: Localized::source_only(title),
            heading: Localized::source_only(heading),
            preface: Localized::source_only(file.outline.preface.clone()),
            prose: Localized::source_only(prose(&file.outline)),
            levels: Vec::new(),
            categories: Vec::new(),
            criteria: Vec::new(),
            threads: self.threads(),
            files: Localized::source_only(file.path.clone()),
        };
        for level in file.outline.levels() {
            self.level(level, &mut ladder);
        }
        if file.outline.levels().next().is_none() {
            self.problems.push(
                Diagnostic::new(Code::NoLevels, "this ladder has no levels", Place::file(file.path.clone()))
                    .help("write a level as a heading with its criteria below it: `## L1 = Engineer`"),
            );
        }
        report_missing(std::mem::take(&mut self.unnamed), self.problems);
        for (at, criterion) in ladder.criteria.iter().enumerate() {
            if let Some(thread) = criterion.thread {
                ladder.threads[thread].criteria.push(at);
            }
        }
        for thread in &mut ladder.threads {
            thread.criteria.sort_by_key(|&at| ladder.criteria[at].level);
        }
        ladder
    }

    fn threads(&mut self) -> Vec<Thread> {
        let file = self.file;
        let mut threads: Vec<Thread> = Vec::new();
        for (key, title) in &file.threads {
            let place = file.place(&key.span);
            let Some(address) = slug(&key.value) else {
                self.problems.push(
                    Diagnostic::new(Code::InvalidId, format!("`{}` cannot be the key of a thread", key.value), place)
                        .help("write it with ASCII letters, digits and single hyphens, since it stands in addresses"),
                );
                continue;
            };
            if let Some(first) = threads.iter().find(|thread| thread_anchor(&thread.key) == address) {
                let message = format!("the threads `{}` and `{}` have one address", first.key, key.value);
                self.problems.push(
                    Diagnostic::new(Code::DuplicateId, message, place)
                        .label("again here")
                        .related(first.place.clone(), "first here")
                        .help("give one of them another key, or make them one thread"),
                );
                continue;
            }
            let title = Localized::source_only(title.value.clone());
            threads.push(Thread { key: key.value.clone(), title, criteria: Vec::new(), place });
        }
        threads
    }

    fn level(&mut self, written: &parse::Level, ladder: &mut Ladder) {
        let place = self.file.place(&written.span);
        let Some(id) = &written.attributes.id else {
            self.unnamed(&written.attributes, &written.span);
            self.unnamed_below(&written.categories);
            return;
        };
        let Some(slug) = slug(&id.text).filter(|slug| !reserved_level_slugs().contains(&slug.as_str())) else {
            self.invalid_id(id, "ASCII letters and digits, none of the names of a ladder's own pages");
            return;
        };
        if let Some(first) = ladder.levels.iter().find(|level| level.slug == slug) {
            self.duplicate_id(id, first.place.clone());
            return;
        }
        let title = match written.heading.title.as_str() {
            "" => written.heading.codes.join("/"),
            title => title.to_owned(),
        };
        let level = ladder.levels.len();
        let mut category_prose = Vec::new();
        for category in &written.categories {
            if let Some(at) = self.category(category, ladder) {
                category_prose.push((at, category.prose.clone()));
                for criterion in &category.criteria {
                    self.criterion(criterion, level, at, ladder);
                }
            }
        }
        if written.categories.iter().all(|category| category.criteria.is_empty()) {
            self.problems.push(
                Diagnostic::new(Code::EmptyLevel, format!("level {} has no criteria", id.text), place.clone())
                    .help("list what it asks for below a category, or remove the level"),
            );
        }
        ladder.levels.push(Level {
            id: id.text.clone(),
            slug,
            codes: written.heading.codes.clone(),
            title: Localized::source_only(title),
            summary: Localized::source_only(written.summary.clone()),
            category_prose: Localized::source_only(category_prose),
            place,
        });
    }

    /// The place of a category among the ladder's, which may be new.
    fn category(&mut self, written: &parse::Category, ladder: &mut Ladder) -> Option<usize> {
        let place = self.file.place(&written.span);
        let title = written.title.clone().unwrap_or_default();
        let (id, title) = match (&written.attributes.id, &written.title) {
            (Some(id), _) => (id.text.clone(), title),
            (None, None) => (String::new(), String::new()),
            (None, Some(_)) => {
                self.unnamed(&written.attributes, &written.span);
                self.unnamed_criteria(written);
                return None;
            }
        };
        if let Some(id) = written.attributes.id.as_ref().filter(|id| slug(&id.text).is_none()) {
            self.invalid_id(id, "ASCII letters, digits and hyphens");
            return None;
        }
        if written.criteria.is_empty() {
            self.problems.push(
                Diagnostic::new(
                    Code::EmptyCategory,
                    format!("the category `{title}` has no criteria here"),
                    place.clone(),
                )
                .help("list what the level asks for below it, or remove the heading"),
            );
        }
        if let Some(at) = ladder.categories.iter().position(|category| category.id == id) {
            return Some(at);
        }
        ladder.categories.push(Category { id, title: Localized::source_only(title), place });
        Some(ladder.categories.len() - 1)
    }

    /// Notes what has no id on a level that is left out for want of one.
    fn unnamed_below(&mut self, categories: &[parse::Category]) {
        for category in categories {
            if category.title.is_some() && category.attributes.id.is_none() {
                self.unnamed(&category.attributes, &category.span);
            }
            self.unnamed_criteria(category);
        }
    }

    fn unnamed_criteria(&mut self, category: &parse::Category) {
        let unnamed = category.criteria.iter().filter(|criterion| criterion.attributes.id.is_none());
        for criterion in unnamed {
            self.unnamed(&criterion.attributes, &criterion.statement.span);
        }
    }

    /// Notes that something has no id, unless it may have one that could not be read, which has been reported.
    fn unnamed(&mut self, attributes: &Attributes, span: &std::ops::Range<usize>) {
        if !attributes.is_unclosed {
            self.unnamed.push(self.file.place(span));
        }
    }

    fn criterion(&mut self, written: &parse::Criterion, level: usize, category: usize, ladder: &mut Ladder) {
        let Some(attribute) = &written.attributes.id else {
            self.unnamed(&written.attributes, &written.statement.span);
            return;
        };
        let parsed = CriterionId::parse(&attribute.text).filter(|id| id.prefix() == self.ladder.prefix);
        let Some(id) = parsed else {
            self.invalid_id(attribute, &format!("like {}", CriterionId::new(&self.ladder.prefix, 1)));
            return;
        };
        let place = self.file.place(&attribute.span);
        if let Some(first) = self.seen.insert(id.clone(), place) {
            self.duplicate_id(attribute, first.clone());
            self.seen.insert(id, first);
            return;
        }
        let thread = written.attributes.get("thread").and_then(|thread| self.thread(thread, ladder));
        for (key, value) in written.attributes.values.iter().filter(|(key, _)| key != "thread") {
            self.problems.push(
                Diagnostic::new(
                    Code::InvalidAttributes,
                    format!("unknown attribute `{key}`"),
                    self.file.place(&value.span),
                )
                .help("a criterion has an id and, if it belongs to a thread, `thread=key`"),
            );
        }
        let text = Localized::source_only(criterion_text(written, self.file));
        ladder.criteria.push(Criterion { id, level, category, thread, text });
    }

    fn thread(&mut self, key: &Attribute, ladder: &Ladder) -> Option<usize> {
        let found = ladder.threads.iter().position(|thread| thread.key == key.text);
        if found.is_none() && self.file.is_readable && !self.file.has_thread(&key.text) {
            let known: Vec<_> = ladder.threads.iter().map(|thread| thread.key.as_str()).collect();
            let near = crate::config::nearest(&key.text, known.iter().copied());
            let help = near.map_or_else(
                || format!("add `{} = \"…\"` below `[threads]` in the front matter", key.text),
                |near| format!("did you mean `{near}`?"),
            );
            let place = self.file.place(&key.span);
            self.problems.push(
                Diagnostic::new(Code::UntitledThread, format!("the thread `{}` has no title", key.text), place)
                    .help(help),
            );
        }
        found
    }

    fn invalid_id(&mut self, id: &Attribute, form: &str) {
        let near = CriterionId::parse_leniently(&id.text).filter(|near| near.prefix() == self.ladder.prefix);
        let help = near.map_or_else(|| format!("an id here has the form: {form}"), |near| format!("write `{near}`"));
        let place = self.file.place(&id.span);
        self.problems
            .push(Diagnostic::new(Code::InvalidId, format!("`{}` cannot be an id here", id.text), place).help(help));
    }

    fn duplicate_id(&mut self, id: &Attribute, first: Place) {
        self.problems.push(
            Diagnostic::new(Code::DuplicateId, format!("the id {} stands twice", id.text), self.file.place(&id.span))
                .label("again here")
                .related(first, "first here")
                .help("remove the id from the one that came later and run `rungs id --write`"),
        );
    }
}

/// Reports missing ids, all of one file in one problem.
pub(super) fn report_missing(places: Vec<Place>, problems: &mut Vec<Diagnostic>) {
    let Some((first, others)) = places.split_first() else { return };
    let count = places.len();
    let message = if count == 1 { "this has no id".to_owned() } else { format!("{count} things have no id") };
    let mut problem = Diagnostic::new(Code::MissingId, message, first.clone());
    for other in others.iter().take(2) {
        problem = problem.related(other.clone(), "nor has this");
    }
    problems.push(problem.help("run `rungs id --write`, which adds ids and changes nothing else"));
}

pub(super) fn criterion_text(written: &parse::Criterion, file: &LadderFile) -> CriterionText {
    CriterionText {
        statement: written.statement.clone(),
        plain: written.statement.plain(),
        detail: written.detail.clone(),
        place: file.place(&written.statement.span),
    }
}

/// The sections without criteria, each with the number of levels before it.
pub(super) fn prose(outline: &Outline) -> Vec<Prose> {
    let mut after = 0;
    let mut found = Vec::new();
    for part in &outline.parts {
        match part {
            Part::Level(_) => after += 1,
            Part::Prose(prose) => {
                found.push(Prose { after, title: prose.title.plain(), blocks: prose.blocks.clone() });
            }
        }
    }
    found
}
