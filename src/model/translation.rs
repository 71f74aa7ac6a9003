//! Merges a translated file into a ladder, matched by id.

use std::collections::HashMap;

use typed_index_collections::TiSlice;

use super::file::{LadderFile, WrittenThread};
use super::ladder::{criterion_text, differing_title, prose};
use super::{Ladder, OnlyTranslated};
use crate::diagnostic::{Code, Place, Problems, Span};
use crate::handle::{CategoryIndex, CriterionIndex, LevelIndex};
use crate::id::CriterionId;
use crate::parse::{self, Attribute, Attributes};

/// Adds the texts of a translated file of the ladder that was made of the source.
pub(super) fn add(ladder: &mut Ladder, source: &LadderFile, file: &LadderFile, problems: &Problems) {
    let locale = file.locale;
    if let Some(title) = file.title() {
        ladder.title.translate(locale, title);
        ladder.title_places.translate(locale, file.title_place());
    }
    if let Some(heading) = file.heading().or_else(|| file.title()) {
        ladder.heading.translate(locale, heading);
        ladder.heading_places.translate(locale, file.heading_place());
    }
    if !file.outline.preface.is_empty() {
        ladder.preface.translate(locale, file.outline.preface.clone());
    }
    let sections = prose(&file.outline);
    if sections.iter().any(|section| !section.title.trim().is_empty() || !section.blocks.is_empty()) {
        ladder.prose.translate(locale, sections);
    }
    ladder.files.translate(locale, file.path.clone());
    let criteria = ladder.criteria.iter_enumerated().map(|(at, criterion)| (criterion.id.clone(), at)).collect();
    let mut translator = Translator {
        ladder,
        source,
        file,
        criteria,
        threads: written_threads(source),
        levels: HashMap::new(),
        problems,
        unnamed: Vec::new(),
    };
    translator.threads();
    for level in file.outline.levels() {
        translator.level(level);
    }
    let unnamed = translator.unnamed;
    ladder.unnamed.extend(unnamed);
}

struct Translator<'a> {
    ladder: &'a mut Ladder,
    source: &'a LadderFile,
    file: &'a LadderFile,
    criteria: HashMap<CriterionId, CriterionIndex>,
    /// The key of the thread that the source gives a criterion.
    threads: HashMap<CriterionId, &'a str>,
    /// Where the levels stand in this file.
    levels: HashMap<LevelIndex, Place>,
    problems: &'a Problems,
    unnamed: Vec<Place>,
}

fn written_threads<'a>(source: &'a LadderFile) -> HashMap<CriterionId, &'a str> {
    let categories = source.outline.levels().flat_map(|level| &level.categories);
    let attributes = categories.flat_map(|category| &category.criteria).map(|criterion| &criterion.attributes);
    let thread = |attributes: &'a Attributes| {
        Some((CriterionId::meant(&attributes.id.as_ref()?.text)?, attributes.get("thread")?.text.as_str()))
    };
    attributes.filter_map(thread).collect()
}

/// Returns the place of the item with an id, or else with the id in another letter case.
fn named<K: From<usize>, T>(things: &TiSlice<K, T>, id: &str, id_of: impl Fn(&T) -> &String) -> Option<K> {
    let exact = things.position(|thing| id_of(thing) == id);
    exact.or_else(|| things.position(|thing| id_of(thing).eq_ignore_ascii_case(id)))
}

impl Translator<'_> {
    fn threads(&mut self) {
        for WrittenThread { key, title, was } in &self.file.threads {
            if let Some(was) = was.first() {
                let message = format!("`was` of the thread `{key}` is only in the translation", key = key.value);
                let problem = self.file.place(&was.span).problem(Code::OnlyInTranslation, message);
                self.problems.report(problem.help("write it in the source, and remove it here"));
            }
            let threads = &self.ladder.threads;
            let renamed = || threads.position(|thread| thread.was.contains(&key.value));
            let found = threads.position(|thread| thread.key == key.value).or_else(renamed);
            if found.is_some_and(|at| self.ladder.threads[at].key != key.value) {
                self.only_here("thread", &key.value, &key.span);
            }
            match found.map(|at| &mut self.ladder.threads[at]) {
                Some(_) if title.value.trim().is_empty() => {}
                Some(thread) => {
                    thread.title.translate(self.file.locale, title.value.clone());
                    thread.places.translate(self.file.locale, self.file.place(&key.span));
                }
                // The source's key was refused, which has been reported there.
                None if self.source.has_thread(&key.value) => {}
                None => self.only_here("thread", &key.value, &key.span),
            }
        }
    }

    fn level(&mut self, written: &parse::OutlineLevel) {
        let Some(Attribute { text: id, span }) = self.id(&written.attributes, &written.span) else { return };
        let Some(at) = named(&self.ladder.levels, id, |level| &level.id) else {
            return self.only_here("level", id, span);
        };
        if self.ladder.levels[at].id != *id {
            self.only_here("level", id, span);
        }
        let locale = self.file.locale;
        if let Some(first) = self.levels.insert(at, self.file.place(span)) {
            self.duplicate(
                id,
                span,
                first,
                "remove it if it is a copy; otherwise give each level its id from the source",
            );
            return;
        }
        self.file.unknown_attributes(&written.attributes, &[], self.problems);
        let place = self.file.place(&written.span);
        let level = &mut self.ladder.levels[at];
        level.places.translate(locale, place);
        if !written.heading.title.is_empty() {
            level.title.translate(locale, written.heading.title.clone());
        }
        if !written.summary.is_empty() {
            level.summary.translate(locale, written.summary.clone());
        }
        let mut category_prose = Vec::new();
        for category in &written.categories {
            if let Some(found) = self.category(category) {
                category_prose.push((found, category.prose.clone()));
                for criterion in &category.criteria {
                    self.criterion(criterion, at, found);
                }
            }
        }
        if category_prose.iter().any(|(_, blocks)| !blocks.is_empty()) {
            self.ladder.levels[at].category_prose.translate(locale, category_prose);
        }
    }

    fn category(&mut self, written: &parse::OutlineCategory) -> Option<CategoryIndex> {
        let Some(title) = &written.title else {
            return self.ladder.categories.position(|category| category.id.is_empty());
        };
        let Attribute { text: id, span } = self.id(&written.attributes, &written.span)?;
        let renamed = || self.ladder.categories.position(|category| category.was.contains(id));
        let Some(at) = named(&self.ladder.categories, id, |category| &category.id).or_else(renamed) else {
            self.only_here("category", id, span);
            return None;
        };
        if self.ladder.categories[at].id != *id {
            self.only_here("category", id, span);
        }
        self.file.unknown_attributes(&written.attributes, &[], self.problems);
        let locale = self.file.locale;
        let place = self.file.place(&written.span);
        let category = &mut self.ladder.categories[at];
        // One that is yet to be translated has no title.
        match (category.title.own(locale), category.places.own(locale)) {
            _ if title.trim().is_empty() => {}
            (Some(first), Some(stands)) if first != title => {
                let help = format!("write `{first}`, or the new title at every level");
                self.problems.report(differing_title(id, first, stands, &place).help(help));
            }
            (Some(_), _) => {}
            (None, _) => {
                category.title.translate(locale, title.clone());
                category.places.translate(locale, place);
            }
        }
        Some(at)
    }

    fn criterion(&mut self, written: &parse::OutlineCriterion, level: LevelIndex, category: CategoryIndex) {
        let Some(Attribute { text, span }) = self.id(&written.attributes, &written.statement.span) else { return };
        let criterion_at = |id: &CriterionId| self.criteria.get(id).copied();
        let at = CriterionId::parse(text).and_then(|id| criterion_at(&id));
        let meant = || written.attributes.id.as_ref().and_then(|id| criterion_at(&self.file.meant(id)?));
        let Some(at) = at.or_else(meant) else {
            return self.only_here("criterion", text, span);
        };
        let id = self.ladder.criteria[at].id.clone();
        if id.to_string() != *text {
            self.only_here("criterion", text, span);
        }
        let locale = self.file.locale;
        let criterion = &self.ladder.criteria[at];
        if let Some(first) = criterion.text.own(locale).map(|first| first.place.clone()) {
            self.duplicate(
                text,
                span,
                first,
                "remove it if it is a copy; otherwise give each criterion its id from the source",
            );
            return;
        }
        self.file.unknown_attributes(&written.attributes, &["thread"], self.problems);
        self.thread(&id, &written.attributes);
        let criterion = &mut self.ladder.criteria[at];
        // One that is yet to be translated has nothing but its id.
        if !written.statement.plain().trim().is_empty() || !written.detail.is_empty() {
            criterion.text.translate(locale, criterion_text(written, self.file));
        }
        if (criterion.level, criterion.category) != (level, category) {
            let source = criterion.text.source().place.clone();
            self.problems.report(
                self.file
                    .place(span)
                    .problem(
                        Code::MovedInTranslation,
                        format!("{text} has a different level or category in the source"),
                    )
                    .related(source, "here in the source")
                    .help("move it to its level and category in the source"),
            );
        }
    }

    /// Reports a thread that is not the one of the source, which alone decides.
    fn thread(&mut self, id: &CriterionId, attributes: &Attributes) {
        let Some(thread) = attributes.get("thread") else { return };
        let source = self.threads.get(id).copied();
        if source == Some(thread.text.as_str()) {
            return;
        }
        let place = self.file.place(&thread.span);
        let message = format!("in the source {id} is not in the thread `{thread}`", thread = thread.text);
        let help = source.map_or_else(
            || "remove it here: the source decides about threads".to_owned(),
            |key| format!("write `thread={key}`, or nothing: the source decides about threads"),
        );
        self.problems.report(place.problem(Code::InvalidAttributes, message).help(help));
    }

    fn duplicate(&mut self, id: &str, span: &Span, first: Place, help: &str) {
        self.problems.report(
            self.file
                .place(span)
                .problem(Code::DuplicateId, format!("the id {id} occurs twice"))
                .label("again here")
                .related(first, "first here")
                .help(help),
        );
    }

    /// Returns the id, if there is one.
    fn id<'w>(&mut self, attributes: &'w Attributes, span: &Span) -> Option<&'w Attribute> {
        let id = attributes.id.as_ref();
        if id.is_none() && !attributes.is_unread {
            self.unnamed.push(self.file.place(span));
        }
        id
    }

    /// Keeps an item that the source does not have, unless the source has it in an unread place, which has been
    /// reported.
    fn only_here(&mut self, kind: &'static str, id: &str, span: &Span) {
        if self.source.has_slipped(id) {
            return;
        }
        let place = self.file.place(span);
        self.ladder.only_translated.push(OnlyTranslated { kind, id: id.to_owned(), place });
    }
}
