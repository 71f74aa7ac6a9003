//! From the outlines of one ladder's files to the ladder.

use std::collections::{BTreeMap, HashMap, HashSet};

use typed_index_collections::TiVec;

use super::file::{LadderFile, WrittenThread};
use super::inheritance::place_of_shared;
use super::{Category, Criterion, CriterionText, FrozenProse, Ladder, Level, Thread, thread_anchor, translation};
use crate::address::{folder_advice, is_device, is_reserved_in_ladder};
use crate::config::{Config, LadderConfig, SharedItem};
use crate::diagnostic::{Code, Diagnostic, Fix, Place, Problems};
use crate::handle::{CategoryIndex, LevelIndex, ThreadIndex};
use crate::id::{CriterionId, slug};
use crate::locale::{LocaleIndex, Localized};
use crate::parse::{self, Attribute, Attributes, Block, Document, Outline, Part};
use crate::source::Sources;

/// Builds a ladder from its files. Without a file in the source locale there is none.
pub(super) fn build(
    ladder: &LadderConfig,
    config: &Config,
    sources: &Sources,
    files: Vec<(LocaleIndex, Document)>,
    problems: &Problems,
) -> Option<Ladder> {
    let mut files: Vec<_> =
        files.into_iter().map(|(locale, document)| LadderFile::read(locale, document, sources, problems)).collect();
    files.sort_by_key(|file| file.locale);
    let (source, translations) = match files.split_first() {
        Some((source, translations)) if source.locale == LocaleIndex::SOURCE => (source, translations),
        _ => {
            let folder = &config.locale(LocaleIndex::SOURCE).tag;
            let path = format!("{folder}/{}.md", ladder.key);
            // A file that belongs to no ladder may be the one that is meant.
            let files =
                sources.texts.keys().filter(|path| path.parent().is_some_and(|parent| parent.as_str() == folder));
            let stems = files.filter(|path| path.extension() == Some("md")).filter_map(|path| path.file_stem());
            let homeless = stems.filter(|stem| config.ladders.iter().all(|ladder| ladder.key != *stem));
            let lacks = |ladder: &&LadderConfig| {
                !sources.texts.contains_key(camino::Utf8Path::new(&format!("{folder}/{}.md", ladder.key)))
            };
            let only = || homeless.clone().next().filter(|_| homeless.clone().count() == 1);
            let only = || only().filter(|_| config.ladders.iter().filter(lacks).count() == 1);
            let near = crate::text::nearest(&ladder.key, homeless.clone());
            let help = match near.or_else(only) {
                Some(near) => format!("there is `{folder}/{near}.md`: write `key = \"{near}\"` in site.toml"),
                None => "write it there, or remove the ladder from site.toml".to_owned(),
            };
            problems.report(
                Place::file(path)
                    .problem(Code::LadderFile, format!("the ladder `{ladder}` has no file", ladder = ladder.key))
                    .help(help),
            );
            return None;
        }
    };
    let builder = LadderBuilder {
        ladder,
        config,
        file: source,
        problems,
        seen: HashMap::new(),
        anchors: HashMap::new(),
        unnamed: Vec::new(),
        usual_categories: usual_categories(&source.outline),
    };
    let mut ladder = builder.build();
    for file in translations {
        translation::add(&mut ladder, source, file, problems);
    }
    share_titles(&mut ladder, config, problems);
    Some(ladder)
}

/// Gives items that the ladder shares with others their title from `site.toml`, and reports other titles in its file.
fn share_titles(ladder: &mut Ladder, config: &Config, problems: &Problems) {
    let key = ladder.config.key.clone();
    let share = |message: String, shared: &SharedItem, title: &mut Localized<String>, place: &Place| {
        let (written, wanted) = (title.source(), shared.title.source());
        if written != wanted && !written.trim().is_empty() {
            problems.report(
                place
                    .problem(Code::DifferingTitle, message)
                    .related(shared.place.clone(), "shared here")
                    .help(format!("write `{wanted}`, or leave this ladder out of those that share it")),
            );
        }
        *title = shared.title.clone();
    };
    // What stands is not led on from.
    let standing: HashSet<_> = ladder.categories.iter().map(|category| category.id.to_ascii_lowercase()).collect();
    for category in &mut ladder.categories {
        let Some(at) = place_of_shared(&config.categories, &key, &category.id) else { continue };
        let message =
            format!("the category `{id}` has a different title here from the one in site.toml", id = category.id);
        share(message, &config.categories[at], &mut category.title, category.places.source());
        category.is_shared = true;
        let former = config.categories[at].was.iter().filter(|was| !standing.contains(&was.to_ascii_lowercase()));
        former.for_each(|was| add_former(&mut category.was, was));
    }
    let standing: HashSet<_> = ladder.threads.iter().map(|thread| thread_anchor(&thread.key)).collect();
    for thread in &mut ladder.threads {
        let Some(at) = place_of_shared(&config.threads, &key, &thread.key) else { continue };
        let message =
            format!("the thread `{key}` has a different title here from the one in site.toml", key = thread.key);
        share(message, &config.threads[at], &mut thread.title, thread.places.source());
        thread.is_shared = true;
        let former = config.threads[at].was.iter().filter(|was| !standing.contains(&thread_anchor(was)));
        former.for_each(|was| add_former(&mut thread.was, was));
    }
}

/// Adds a former id or key, unless it is there in whatever letter case.
fn add_former(former: &mut Vec<String>, was: &str) {
    if !former.iter().any(|other| other.eq_ignore_ascii_case(was)) {
        former.push(was.to_owned());
    }
}

/// Builds a ladder from its source file.
struct LadderBuilder<'a> {
    ladder: &'a LadderConfig,
    config: &'a Config,
    file: &'a LadderFile,
    problems: &'a Problems,
    /// The ids given so far, and where.
    seen: HashMap<CriterionId, Place>,
    /// The anchors on the page of the ladder so far, and the places of their items.
    anchors: HashMap<String, Place>,
    /// Where ids are missing.
    unnamed: Vec<Place>,
    /// The id of each category as most levels write it, by the same in lower case.
    usual_categories: HashMap<String, &'a Attribute>,
}

/// Returns the id of each category as most levels write it: of several that are as frequent, the first.
fn usual_categories(outline: &Outline) -> HashMap<String, &Attribute> {
    let categories = outline.levels().flat_map(|level| &level.categories);
    let ids: Vec<_> = categories.filter_map(|category| category.attributes.id.as_ref()).collect();
    let mut counts: HashMap<&str, usize> = HashMap::new();
    ids.iter().for_each(|id| *counts.entry(&id.text).or_default() += 1);
    let mut usual: HashMap<String, &Attribute> = HashMap::new();
    for id in ids {
        let most_used = usual.entry(id.text.to_ascii_lowercase()).or_insert(id);
        if counts[id.text.as_str()] > counts[most_used.text.as_str()] {
            *most_used = id;
        }
    }
    usual
}

impl LadderBuilder<'_> {
    fn build(mut self) -> Ladder {
        let file = self.file;
        let title = file.title().unwrap_or_else(|| self.ladder.key.clone());
        let heading = file.heading().unwrap_or_else(|| title.clone());
        let mut ladder = Ladder {
            config: self.ladder.clone(),
            title: Localized::source_only(title),
            heading: Localized::source_only(heading),
            title_places: Localized::source_only(file.title_place()),
            heading_places: Localized::source_only(file.heading_place()),
            preface: Localized::source_only(file.outline.preface.clone()),
            prose: Localized::source_only(prose(&file.outline)),
            levels: TiVec::new(),
            categories: TiVec::new(),
            criteria: TiVec::new(),
            threads: self.threads().into(),
            untitled: BTreeMap::new(),
            files: Localized::source_only(file.path.clone()),
            unnamed: Vec::new(),
            only_translated: Vec::new(),
        };
        for level in file.outline.levels() {
            self.level(level, &mut ladder);
        }
        if file.outline.levels().next().is_none() {
            self.problems.report(
                Place::file(file.path.clone())
                    .problem(Code::NoLevels, "this ladder has no levels")
                    .help("write a level as a heading with its criteria below it: `## L1 = Engineer`"),
            );
        }
        ladder.unnamed = std::mem::take(&mut self.unnamed);
        for (at, criterion) in ladder.criteria.iter_enumerated() {
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
        let mut former = Vec::new();
        // The place of each thread by its anchor.
        let mut known: HashMap<String, usize> = HashMap::new();
        for WrittenThread { key, title, was } in &file.threads {
            let place = file.place(&key.span);
            let Some(address) = slug(&key.value).filter(|key| !is_device(key)) else {
                let help = "write it with ASCII letters, digits and single hyphens, since it is part of addresses";
                self.problems.report(
                    place
                        .problem(Code::InvalidId, format!("`{key}` cannot be the key of a thread", key = key.value))
                        .help(folder_advice(&key.value, help)),
                );
                continue;
            };
            if let Some(first) = known.get(&address).map(|&at| &threads[at]) {
                let message = format!(
                    "the threads `{first}` and `{second}` have the same address",
                    first = first.key,
                    second = key.value
                );
                self.problems.report(
                    place
                        .problem(Code::DuplicateId, message)
                        .label("again here")
                        .related(first.places.source().clone(), "first here")
                        .help("give one of them another key, or make them one thread"),
                );
                continue;
            }
            let title = Localized::source_only(title.value.clone());
            let places = Localized::source_only(place);
            former.extend(was.iter().map(|was| (threads.len(), was)));
            known.insert(address, threads.len());
            let (key, was, criteria) = (key.value.clone(), Vec::new(), Vec::new());
            threads.push(Thread { key, was, title, criteria, places, is_shared: false });
        }
        self.shared_threads(&mut threads);
        for (at, was) in former {
            let address = slug(&was.value);
            let is_or_was = |thread: &Thread| {
                let mut names = std::iter::once(&thread.key).chain(&thread.was);
                names.any(|name| Some(thread_anchor(name)) == address)
            };
            if address.is_none() || threads.iter().any(is_or_was) {
                let message = format!("`{was}` cannot be the former key of this thread", was = was.value);
                let problem = file.place(&was.span).problem(Code::InvalidId, message);
                self.problems
                    .report(problem.help("use keys that this thread had, and that no other thread has or had"));
            } else {
                threads[at].was.push(was.value.clone());
            }
        }
        threads
    }

    /// Adds the threads that the ladder shares with others and whose titles its file need not repeat.
    fn shared_threads(&self, threads: &mut Vec<Thread>) {
        let categories = self.file.outline.levels().flat_map(|level| &level.categories);
        let criteria = categories.flat_map(|category| &category.criteria);
        let used: HashSet<&str> =
            criteria.filter_map(|criterion| Some(criterion.attributes.get("thread")?.text.as_str())).collect();
        let shared = self.config.threads.iter().filter(|shared| shared.is_of(&self.ladder.key));
        for shared in shared.filter(|shared| used.contains(shared.key.as_str())) {
            if !threads.iter().any(|thread| thread_anchor(&thread.key) == thread_anchor(&shared.key)) {
                let (key, title) = (shared.key.clone(), shared.title.clone());
                let places = Localized::source_only(shared.place.clone());
                let (was, criteria) = (Vec::new(), Vec::new());
                threads.push(Thread { key, was, title, criteria, places, is_shared: true });
            }
        }
    }

    fn level(&mut self, written: &parse::OutlineLevel, ladder: &mut Ladder) {
        let place = self.file.place(&written.span);
        let Some(id) = &written.attributes.id else {
            self.unnamed(&written.attributes, &written.span);
            self.unnamed_below(&written.categories);
            return;
        };
        let Some(slug) = slug(&id.text).filter(|slug| !is_reserved_in_ladder(slug)) else {
            self.invalid_id(id, "ASCII letters and digits, none of the names of a ladder's own pages");
            return;
        };
        if self.is_like_criterion(id) {
            return;
        }
        if let Some(first) = ladder.levels.iter().find(|level| level.slug == slug) {
            self.duplicate_id(id, first.places.source().clone());
            return;
        }
        self.file.unknown_attributes(&written.attributes, &["was"], self.problems);
        let was = self.former_ids(&written.attributes, ladder);
        let title = match written.heading.title.as_str() {
            "" => written.heading.codes.join("/"),
            title => title.to_owned(),
        };
        self.file.empty_text(&title, "level", &id.span, self.problems);
        self.anchor(slug.clone(), &id.text, place.clone());
        let category_prose = self.categories(written, &slug, ladder);
        if written.categories.iter().all(|category| category.criteria.is_empty()) && !self.file.has_slips() {
            self.problems.report(
                place.problem(Code::EmptyLevel, format!("level {id} has no criteria", id = id.text)).help(
                    match written.heading.codes.is_empty() {
                        true => {
                            "list its criteria below a category, or remove the level; if levels have no codes, a \
                             section that is not a level must not have an id"
                        }
                        false => "list its criteria below a category, or remove the level",
                    },
                ),
            );
        }
        ladder.levels.push(Level {
            id: id.text.clone(),
            slug,
            was,
            codes: written.heading.codes.clone(),
            title: Localized::source_only(title),
            summary: Localized::source_only(written.summary.clone()),
            category_prose: Localized::source_only(category_prose),
            places: Localized::source_only(place),
        });
    }

    /// Returns the ids that a level had before: `was=L5`, or `was=L5,L4`.
    fn former_ids(&mut self, attributes: &Attributes, ladder: &Ladder) -> Vec<String> {
        let Some(written) = attributes.get("was") else { return Vec::new() };
        let ids = self.file.outline.levels().filter_map(|level| level.attributes.id.as_ref());
        let standing: Vec<_> = ids.filter_map(|id| slug(&id.text)).collect();
        let claimed = |slug_then: &String| {
            let mut was = ladder.levels.iter().flat_map(|level| &level.was);
            was.any(|was| slug(was).as_ref() == Some(slug_then))
        };
        let is_former = |id: &&str| {
            let slug = slug(id).filter(|slug| !is_reserved_in_ladder(slug));
            slug.is_some_and(|slug| !standing.contains(&slug) && !claimed(&slug))
        };
        let (former, wrong): (Vec<_>, Vec<_>) =
            written.text.split([',', ' ']).filter(|id| !id.is_empty()).partition(is_former);
        for id in wrong {
            let problem = self
                .file
                .place(&written.span)
                .problem(Code::InvalidId, format!("`{id}` cannot be the former id of this level"));
            self.problems.report(problem.help("use ids that this level had and no other level has: `was=L5,L4`"));
        }
        former.into_iter().map(str::to_owned).collect()
    }

    /// Returns the categories of a level that is the next of the ladder, with what they say beside their criteria.
    fn categories(
        &mut self,
        written: &parse::OutlineLevel,
        slug: &str,
        ladder: &mut Ladder,
    ) -> Vec<(CategoryIndex, Vec<Block>)> {
        let level = ladder.levels.next_key();
        let mut category_prose: Vec<(CategoryIndex, Vec<Block>)> = Vec::new();
        for category in &written.categories {
            if let Some(at) = self.category(category, ladder) {
                let key = &ladder.categories[at].id;
                if !key.is_empty() && !category_prose.iter().any(|&(other, _)| other == at) {
                    let anchor = format!("{slug}-{}", key.to_ascii_lowercase());
                    self.anchor(anchor, key, self.file.place(&category.span));
                }
                category_prose.push((at, category.prose.clone()));
                for criterion in &category.criteria {
                    self.criterion(criterion, level, at, ladder);
                }
            }
        }
        category_prose
    }

    /// Returns the place of a category among the ladder's, which may be new.
    fn category(&mut self, written: &parse::OutlineCategory, ladder: &mut Ladder) -> Option<CategoryIndex> {
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
        let id = self.usual_category_id(written, id);
        if let Some(id) = &written.attributes.id {
            if self.is_like_criterion(id) {
                return None;
            }
            self.file.unknown_attributes(&written.attributes, &["was"], self.problems);
            self.file.empty_text(&title, "category", &id.span, self.problems);
        }
        if written.criteria.is_empty() {
            self.problems.report(
                place
                    .problem(Code::EmptyCategory, format!("the category `{title}` has no criteria here"))
                    .help("list criteria below it, or remove the heading"),
            );
        }
        let found = ladder.categories.position(|category| category.id == id);
        if let Some(at) = found {
            self.compare_categories(&ladder.categories[at], written, &id, &title);
            self.former_category_ids(&written.attributes, at, ladder);
            return Some(at);
        }
        let places = Localized::source_only(place);
        let title = Localized::source_only(title);
        let category = Category { id, was: Vec::new(), title, places, is_shared: false, number: 0 };
        let at = ladder.categories.push_and_get_key(category);
        self.former_category_ids(&written.attributes, at, ladder);
        Some(at)
    }

    /// Adds the ids that a category had before: `was=craft`, or `was=craft,skill`. One of its headings says it, and
    /// others may repeat it.
    fn former_category_ids(&mut self, attributes: &Attributes, at: CategoryIndex, ladder: &mut Ladder) {
        let Some(written) = attributes.get("was") else { return };
        let file = self.file;
        let stands = |id: &str| {
            let mut categories = file.outline.levels().flat_map(|level| &level.categories);
            categories
                .any(|category| category.attributes.id.as_ref().is_some_and(|own| own.text.eq_ignore_ascii_case(id)))
        };
        for id in written.text.split([',', ' ']).filter(|id| !id.is_empty()) {
            let mut others = ladder.categories.iter_enumerated().filter(|(other, _)| *other != at);
            let is_claimed = others.any(|(_, other)| other.was.iter().any(|was| was.eq_ignore_ascii_case(id)));
            if slug(id).is_none() || is_claimed || stands(id) {
                let message = format!("`{id}` cannot be the former id of this category");
                let problem = file.place(&written.span).problem(Code::InvalidId, message);
                let help = "use ids that this category had and no other category has or had: `was=craft`";
                self.problems.report(problem.help(help));
            } else {
                add_former(&mut ladder.categories[at].was, id);
            }
        }
    }

    /// Returns the id of a category as most levels write it. Another letter case is reported.
    fn usual_category_id(&self, written: &parse::OutlineCategory, id: String) -> String {
        let usual = self.usual_categories.get(&id.to_ascii_lowercase()).copied();
        let Some(usual) = usual.filter(|usual| usual.text != id) else { return id };
        let message = format!("the category `{usual}` is written `{id}` here", usual = usual.text);
        let help = format!("write `{{#{usual}}}`, or give it another id if it is another category", usual = usual.text);
        let place = written.attributes.id.as_ref().map_or(&written.span, |id| &id.span);
        let problem = self.file.place(place).problem(Code::InvalidId, message).help(help);
        self.problems.report(problem.related(self.file.place(&usual.span), "written this way elsewhere"));
        usual.text.clone()
    }

    /// Reports another title where a category recurs.
    fn compare_categories(&mut self, first: &Category, written: &parse::OutlineCategory, id: &str, title: &str) {
        if first.title.source() == title || title.is_empty() {
            return;
        }
        let place = self.file.place(&written.span);
        self.problems.report(differing_title(id, first.title.source(), first.places.source(), &place));
    }

    /// Returns whether the id of a level or category could be that of a criterion, which is then reported: a reference
    /// could not tell which is meant.
    fn is_like_criterion(&mut self, id: &Attribute) -> bool {
        let like = CriterionId::parse(&id.text.to_ascii_uppercase());
        let is_like =
            like.is_some_and(|like| self.config.ladders.iter().any(|ladder| ladder.has_prefix(like.prefix())));
        if is_like {
            self.problems.report(
                self.file
                    .place(&id.span)
                    .problem(Code::InvalidId, format!("`{id}` is the id of a criterion", id = id.text))
                    .help("give levels and categories ids of their own, such as `L5` or `knowledge`"),
            );
        }
        is_like
    }

    /// Keeps an anchor of the ladder's page, and reports it if something else has it.
    fn anchor(&mut self, anchor: String, id: &str, place: Place) {
        if let Some(first) = self.anchors.get(&anchor) {
            self.problems.report(
                place
                    .problem(Code::DuplicateId, format!("with `{id}`, the anchor `#{anchor}` occurs twice"))
                    .label("again here")
                    .related(first.clone(), "first here")
                    .help(
                        "give one of them another id: the anchor of a category is made from the id of its level and \
                           its own",
                    ),
            );
            return;
        }
        self.anchors.insert(anchor, place);
    }

    /// Records items without an id on a level that is skipped because it has none itself.
    fn unnamed_below(&mut self, categories: &[parse::OutlineCategory]) {
        for category in categories {
            if category.title.is_some() && category.attributes.id.is_none() {
                self.unnamed(&category.attributes, &category.span);
            }
            self.unnamed_criteria(category);
        }
    }

    fn unnamed_criteria(&mut self, category: &parse::OutlineCategory) {
        let unnamed = category.criteria.iter().filter(|criterion| criterion.attributes.id.is_none());
        unnamed.for_each(|criterion| self.unnamed_criterion(criterion));
    }

    /// The same for a criterion. One without a sentence is given no id, whoever asks for it.
    fn unnamed_criterion(&mut self, criterion: &parse::OutlineCriterion) {
        match criterion.obstacle(self.file.place(&criterion.statement.span)) {
            Some(problem) => self.problems.report(problem),
            None => self.unnamed(&criterion.attributes, &criterion.statement.span),
        }
    }

    /// Notes that something has no id, unless it may have one that could not be read, which has been reported.
    fn unnamed(&mut self, attributes: &Attributes, span: &std::ops::Range<usize>) {
        if !attributes.is_unread {
            self.unnamed.push(self.file.place(span));
        }
    }

    fn criterion(
        &mut self,
        written: &parse::OutlineCriterion,
        level: LevelIndex,
        category: CategoryIndex,
        ladder: &mut Ladder,
    ) {
        let Some(attribute) = &written.attributes.id else {
            self.unnamed_criterion(written);
            return;
        };
        let parsed = CriterionId::parse(&attribute.text).filter(|id| self.ladder.has_prefix(id.prefix()));
        // It may belong to a line that is read as part of this one.
        let meant = || self.file.meant(attribute).filter(|id| self.ladder.has_prefix(id.prefix()));
        let parsed = parsed.or_else(|| meant().inspect(|id| self.misspelt_id(attribute, id)));
        let Some(id) = parsed else {
            if self.file.has_slipped(&attribute.text) || self.is_of_another_ladder(attribute) {
                return;
            }
            self.invalid_id(attribute, &format!("like {id}", id = CriterionId::new(&self.ladder.prefix, 1)));
            return;
        };
        let place = self.file.place(&attribute.span);
        if let Some(first) = self.seen.insert(id.clone(), place) {
            self.duplicate_id(attribute, first.clone());
            self.seen.insert(id, first);
            return;
        }
        self.anchor(id.slug(), &attribute.text, self.file.place(&attribute.span));
        self.file.unknown_attributes(&written.attributes, &["thread"], self.problems);
        self.file.empty_text(&written.statement.plain(), "criterion", &attribute.span, self.problems);
        let thread = written.attributes.get("thread").and_then(|thread| self.thread(thread, ladder));
        let text = Localized::source_only(criterion_text(written, self.file));
        ladder.criteria.push(Criterion { id, level, category, thread, text });
    }

    fn thread(&mut self, key: &Attribute, ladder: &mut Ladder) -> Option<ThreadIndex> {
        let found = ladder.threads.position(|thread| thread.key == key.text);
        if found.is_none() && self.file.is_readable && !self.file.has_thread(&key.text) {
            ladder.untitled.entry(key.text.clone()).or_default().push(self.file.place(&key.span));
        }
        found
    }

    fn invalid_id(&mut self, id: &Attribute, form: &str) {
        let near = CriterionId::meant(&id.text).filter(|near| self.ladder.has_prefix(near.prefix()));
        let help = near.map_or_else(|| format!("an id here consists of: {form}"), |near| format!("write `{near}`"));
        self.problems.report(self.not_an_id(id).help(folder_advice(&id.text, help)));
    }

    /// Reports an id that is read as the one that was meant.
    fn misspelt_id(&self, id: &Attribute, meant: &CriterionId) {
        let fix = Fix::new(self.file.place(&id.span), format!("#{meant}"));
        self.problems.report(self.not_an_id(id).help(format!("write `{meant}`")).fix(fix));
    }

    fn not_an_id(&self, id: &Attribute) -> Diagnostic {
        self.file.place(&id.span).problem(Code::InvalidId, format!("`{id}` cannot be an id here", id = id.text))
    }

    /// Returns whether something has an id that another ladder gives, which is then reported.
    fn is_of_another_ladder(&mut self, id: &Attribute) -> bool {
        let Some(written) = CriterionId::parse_leniently(&id.text) else { return false };
        let other = self.config.ladders.iter().find(|ladder| ladder.has_prefix(written.prefix()));
        let Some(other) = other.filter(|other| other.key != self.ladder.key) else { return false };
        let message = format!("`{id}` is an id of the ladder `{ladder}`", id = id.text, ladder = other.key);
        self.problems.report(
            self.file
                .place(&id.span)
                .problem(Code::InvalidId, message)
                .label(format!("ids of this ladder begin with {prefix}", prefix = self.ladder.prefix))
                .help(
                    "remove the id in every language and run `rungs id --write`, which assigns one of this ladder; to \
                     link to the other, write a reference",
                ),
        );
        true
    }

    fn duplicate_id(&mut self, id: &Attribute, first: Place) {
        self.problems.report(
            self.file.place(&id.span).problem(Code::DuplicateId, format!("the id {id} occurs twice", id = id.text))
            .label("again here")
            .related(first, "first here")
            .help("remove it if it is a copy; otherwise remove the id from the one that came later and run `rungs id --write`"),
        );
    }
}

pub(super) fn criterion_text(written: &parse::OutlineCriterion, file: &LadderFile) -> CriterionText {
    CriterionText {
        statement: written.statement.clone(),
        plain: written.statement.plain(),
        detail: written.detail.clone(),
        place: file.place(&written.statement.span),
    }
}

/// Returns the problem of a category that has another title than where it stands first in a file.
pub(super) fn differing_title(id: &str, first: &str, stands: &Place, place: &Place) -> Diagnostic {
    let message = format!("the category `{id}` has a different title here");
    let help = format!("write `{first}`, or give it another id if it is another category");
    place.problem(Code::DifferingTitle, message).help(help).related(stands.clone(), "first here")
}

/// Returns the sections without criteria, each with the number of levels before it.
pub(super) fn prose(outline: &Outline) -> Vec<FrozenProse> {
    let mut after = 0;
    let mut found = Vec::new();
    for part in &outline.parts {
        match part {
            Part::Level(_) => after += 1,
            Part::Prose(prose) => {
                let (title, blocks) = (prose.title.plain(), prose.blocks.clone());
                let id = prose.attributes.id.clone().into();
                found.push(FrozenProse { after, title, blocks, span: prose.title.span.clone(), id });
            }
        }
    }
    found
}
