//! The content in the making: ids are given, translations aligned, and what would be an error is kept as text.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use camino::Utf8PathBuf;

use super::account::{Account, LanguageSummary};
use super::align::aligned;
use super::coverage::Reason;
use super::document::LadderDocument;
use super::links::relinked;
use super::normalize::{Normalization, outline};
use crate::assign::assign;
use crate::config::{self, Config, Overrides};
use crate::diagnostic::{Code, Diagnostic, Place, Problems, Refusal, Severity, Span, has_errors, sorted};
use crate::id::CriterionId;
use crate::parse::OutlineCriterion;
use crate::proposal::Reading;
use crate::register::REGISTER;
use crate::register::items::{ItemKind, LadderItems};
use crate::source::Sources;
use crate::text::{Edit, char_at, line_end, line_start, slice};
use crate::translation::{AcceptOptions, TranslationStage, Wanted, accept};
use crate::understood::{Understood, understand};

/// The greatest number of rounds of fixing. Each fixes all faults it finds, and the next one those that come to light.
const ROUNDS: usize = 12;

/// Attributes that cannot be read.
const ATTRIBUTES: [Code; 4] =
    [Code::MisplacedAttributes, Code::UnclosedAttributes, Code::InvalidAttributes, Code::InvalidId];

/// Files of a site that are not finished.
pub(crate) struct Making {
    site: String,
    /// The documents ladder by ladder, the source of each first.
    parts: Vec<LadderDocument>,
    findings: Vec<Diagnostic>,
    reasons: Vec<Reason>,
    /// Places that are written in another way.
    understood: Vec<Place>,
    /// The number of criteria with an id in each file.
    criteria: HashMap<Utf8PathBuf, usize>,
}

/// Files of a site that are.
pub(crate) struct AssembledSite {
    pub(crate) parts: Vec<LadderDocument>,
    pub(crate) texts: BTreeMap<Utf8PathBuf, String>,
    pub(crate) accounts: Vec<Account>,
    pub(crate) findings: Vec<Diagnostic>,
    pub(crate) reasons: Vec<Reason>,
    /// Places that are written in another way.
    pub(crate) written_anew: Vec<Place>,
    /// Errors that a person has to fix.
    pub(crate) left: Vec<Diagnostic>,
}

impl Making {
    pub(crate) fn new(site: String, parts: Vec<LadderDocument>) -> Self {
        Self {
            site,
            parts,
            findings: Vec::new(),
            reasons: Vec::new(),
            understood: Vec::new(),
            criteria: HashMap::new(),
        }
    }

    /// Gives ids, and keeps as text what would lead nowhere, until nothing is left to do.
    pub(crate) fn finish(mut self) -> Result<AssembledSite, Refusal> {
        let config = self.config()?;
        if self.parts.iter().any(|part| part.draft.text().contains(['{', '｛'])) {
            self.foreign_attributes(&config);
        }
        for at in 0..self.parts.len() {
            self.cut_silent(at);
        }
        let mut register = self.give_ids(&config);
        let (mut understood, mut problems) = self.understood(&config, &register);
        for _ in 0..ROUNDS {
            if !self.keep_as_text(&problems) {
                break;
            }
            register = self.give_ids(&config);
            (understood, problems) = self.understood(&config, &register);
        }
        let mut sources = self.sources(&register);
        if !has_errors(&problems) {
            for locale in config.locale_indices().skip(1) {
                let stage = Some(TranslationStage::Draft);
                let request = AcceptOptions { locale, units: Wanted::All, stage, translator: None, reviewer: None };
                if let Ok(accepted) = accept(&understood.site, &understood.translations, &sources, &request) {
                    sources.texts.extend(accepted.edits);
                }
            }
        }
        let accounts = understood.site.ladders.iter().map(|ladder| self.account(ladder)).collect();
        problems.retain(|problem| problem.severity() == Severity::Error || problem.code == Code::ImageNotShown);
        problems.iter_mut().for_each(|problem| self.place_in_document(problem));
        let (images, problems): (Vec<_>, Vec<_>) =
            problems.into_iter().partition(|problem| problem.code == Code::ImageNotShown);
        self.findings.extend(images);
        let Self { parts, findings, reasons, understood: written_anew, .. } = self;
        Ok(AssembledSite {
            parts,
            texts: sources.texts,
            accounts,
            findings,
            reasons,
            written_anew,
            left: sorted(problems),
        })
    }

    /// Says of a problem of the new content where its words stand in the document, which is what can be changed.
    fn place_in_document(&self, problem: &mut Diagnostic) {
        let part = self.parts.iter().find(|part| part.path == problem.label.place.path);
        if let Some(place) = part.and_then(|part| part.draft.place(problem.label.place.span())) {
            problem.label.place = place;
            problem.related.clear();
        }
    }

    fn config(&self) -> Result<Config, Refusal> {
        let problems = Problems::default();
        let config = config::read(&self.sources(""), &Overrides::default(), &problems);
        config.ok_or_else(|| Refusal::new("no site can be made from these documents").problems(problems.into_sorted()))
    }

    fn sources(&self, register: &str) -> Sources {
        let mut texts: BTreeMap<_, _> = self.parts.iter().map(|part| (part.path.clone(), part.draft.text())).collect();
        texts.insert("site.toml".into(), self.site.clone());
        if !register.is_empty() {
            texts.insert(REGISTER.into(), register.to_owned());
        }
        Sources { texts, ..Sources::default() }
    }

    fn understood(&self, config: &Config, register: &str) -> (Understood, Vec<Diagnostic>) {
        let (understood, mut problems) = understand(&self.sources(register), config.clone());
        // What is to be filled in is told when everything is written.
        problems.retain(|problem| problem.code != Code::Placeholder);
        (understood, problems)
    }

    /// Takes out ids of elsewhere, and keeps other attributes as text that this site does not know: behind them, an id would
    /// be text, too.
    fn foreign_attributes(&mut self, config: &Config) {
        self.foreign_ids(config);
        let mut unread = self.understood(config, "").1;
        unread.retain(|problem| ATTRIBUTES.contains(&problem.code));
        self.keep_as_text(&unread);
        for at in 0..self.parts.len() {
            self.keep_unknown_attributes(at);
        }
    }

    /// Takes out the ids that criteria have elsewhere, so that they get some of this site.
    fn foreign_ids(&mut self, config: &Config) {
        for at in 0..self.parts.len() {
            let part = &self.parts[at];
            let Some(ladder) = config.ladders.iter().find(|ladder| ladder.key == part.ladder) else { continue };
            let file = LadderItems::read(part.path.clone(), part.draft.text());
            let is_own = |id: &str| CriterionId::parse(id).is_some_and(|id| id.prefix() == ladder.prefix);
            let foreign = file.things().into_iter().filter_map(|thing| {
                let is_criterion = matches!(thing.kind, ItemKind::Criterion(_));
                let id = thing.attributes.id.as_ref().filter(|_| is_criterion)?;
                (!is_own(&id.text)).then(|| thing.attributes.span.clone())
            });
            let foreign = foreign.collect();
            self.cut(at, foreign, "this id is not from this site", "the criterion has a new one");
        }
    }

    /// Keeps attributes as text that this site does not know.
    fn keep_unknown_attributes(&mut self, at: usize) {
        let file = LadderItems::read(self.parts[at].path.clone(), self.parts[at].draft.text());
        let unknown = file.things().into_iter().filter_map(|thing| {
            let known = if matches!(thing.kind, ItemKind::Criterion(_)) { "thread" } else { "was" };
            let (key, _) = thing.attributes.values.iter().find(|(key, _)| key != known)?;
            let span = thing.attributes.span.clone();
            let place = Place::new(self.parts[at].path.clone(), span.clone());
            Some((span.start, place.problem(Code::InvalidAttributes, format!("unknown attribute `{key}`"))))
        });
        let unknown = unknown.collect();
        self.escape(at, unknown);
    }

    /// Takes parts out of a file, and remembers why.
    fn cut(&mut self, at: usize, spans: Vec<Span>, message: &str, help: &str) {
        let draft = &mut self.parts[at].draft;
        let places = spans.iter().flat_map(|span| draft.places(span.clone()));
        self.reasons.extend(places.map(|place| Reason { place, message: message.to_owned(), help: help.to_owned() }));
        draft.edit(spans.into_iter().map(Edit::delete).collect());
    }

    /// Gives ids to all that has none, in the source by number and name, in translations by place. Gives back the
    /// register.
    fn give_ids(&mut self, config: &Config) -> String {
        let mut sources = self.sources("");
        let source_of: Vec<usize> = (0..self.parts.len())
            .map(|at| self.parts.iter().position(|part| part.ladder == self.parts[at].ladder).unwrap_or(at))
            .collect();
        for (at, part) in self.parts.iter().enumerate() {
            if source_of[at] != at {
                sources.texts.remove(&part.path);
            }
        }
        let before = Reading::with(sources, Vec::new(), Overrides::default(), config.clone());
        let assignment = assign(&before);
        for missing in assignment.missing.chunk_by(|a, b| a.place.path == b.place.path) {
            let path = &missing[0].place.path;
            let Some(part) = self.parts.iter_mut().find(|part| part.path == *path) else { continue };
            let ids = missing
                .iter()
                .map(|criterion| (criterion.place.span().start, criterion.key.id().to_string()))
                .collect();
            part.insert(&ids);
        }
        for (at, &source) in source_of.iter().enumerate() {
            if source == at {
                let outline = outline(&self.parts[at].draft.text());
                let count =
                    outline.levels().flat_map(|level| &level.categories).map(|level| level.criteria.len()).sum();
                self.criteria.insert(self.parts[at].path.clone(), count);
            } else {
                self.translate(source, at);
            }
        }
        assignment.register
    }

    /// Gives a translation the ids of its source, and removes items without one.
    fn translate(&mut self, source: usize, at: usize) {
        let source_outline = outline(&self.parts[source].draft.text());
        let part = &mut self.parts[at];
        let text = part.draft.text();
        let fit = aligned(&source_outline, &outline(&text), &text);
        for span in &fit.alone {
            self.reasons.extend(part.draft.places(span.clone()).into_iter().map(|place| Reason {
                place,
                message: "this part of the translation has no counterpart in the source".to_owned(),
                help: "add it where it belongs by hand, with the id of what it translates".to_owned(),
            }));
        }
        let mut edits = fit.cuts();
        edits.extend(part.insertions(&fit.ids));
        part.draft.edit(edits);
        self.criteria.insert(part.path.clone(), fit.criteria);
    }

    /// Puts a backslash before what would be an error, and takes out anchors of headings that are no levels. Gives back
    /// whether there was any.
    fn keep_as_text(&mut self, problems: &[Diagnostic]) -> bool {
        let mut found_some = false;
        for at in 0..self.parts.len() {
            let of_part = problems.iter().filter(|problem| problem.label.place.path == self.parts[at].path);
            let is_silent = |problem: &Diagnostic| [Code::MissingId, Code::InvalidValue].contains(&problem.code);
            if of_part.into_iter().any(is_silent) && self.cut_silent(at) {
                found_some = true;
                continue;
            }
            let text = self.parts[at].draft.text();
            let of_part = || problems.iter().filter(|problem| problem.label.place.path == self.parts[at].path);
            let anchors: Vec<_> = of_part().filter_map(|problem| anchor(&text, problem)).collect();
            if !anchors.is_empty() {
                let help = "you need not do anything, unless it is linked to from elsewhere".to_owned();
                self.cut(at, anchors, "this is not the id of a level, a category or a criterion", &help);
                found_some = true;
                // Everything behind it stands elsewhere now, and is for the next round.
                continue;
            }
            let edits: Vec<_> = of_part().filter_map(|problem| relinked(&self.parts, at, &text, problem)).collect();
            if !edits.is_empty() {
                let part = &mut self.parts[at];
                let targets = edits.iter().flat_map(|edit| part.draft.places(edit.span.clone()));
                self.understood.extend(targets);
                part.draft.edit(edits);
                part.changes.insert(Normalization::Relinked);
                found_some = true;
                continue;
            }
            let of_part = of_part();
            let faults: Vec<_> = of_part.filter_map(|problem| Some((sign(&text, problem)?, problem.clone()))).collect();
            found_some |= !faults.is_empty();
            self.escape(at, faults);
        }
        found_some
    }

    /// Takes out what has no words that could be shown or carry an id. Gives back whether there was any.
    fn cut_silent(&mut self, at: usize) -> bool {
        let text = self.parts[at].draft.text();
        let outline = outline(&text);
        let line = |span: &Span| line_start(&text, span.start)..line_end(&text, span.start);
        let is_empty = |title: &str| title.trim().is_empty();
        let levels = outline.levels().filter(|level| is_empty(&level.name())).map(|level| line(&level.span));
        let all = || outline.levels().flat_map(|level| &level.categories);
        let categories = all().filter(|category| category.title.as_deref().is_some_and(is_empty));
        let headings: Vec<_> = levels.chain(categories.map(|category| line(&category.span))).collect();
        let place = Place::file(self.parts[at].path.clone());
        let is_silent = |criterion: &&OutlineCriterion| {
            criterion.obstacle(place.clone()).is_some() || is_empty(&criterion.statement.plain())
        };
        let criteria = all().flat_map(|category| &category.criteria).filter(is_silent);
        let items: Vec<_> = criteria.map(|criterion| criterion.span.clone()).collect();
        if headings.is_empty() && items.is_empty() {
            return false;
        }
        let help = "begin it with a sentence in the document, or add it by hand to the criterion that it belongs to";
        let spans = headings.into_iter().chain(items).collect();
        self.cut(at, spans, "this has no sentence that could be a criterion", help);
        true
    }

    /// Puts backslashes into a file, and tells why.
    fn escape(&mut self, at: usize, mut faults: Vec<(usize, Diagnostic)>) {
        faults.sort_by_key(|(at, _)| *at);
        faults.dedup_by_key(|(at, _)| *at);
        let draft = &mut self.parts[at].draft;
        for (start, problem) in &faults {
            if let Some(place) = draft.place(*start..start + 1) {
                let message = format!("this is shown as written: {message}", message = problem.message);
                let is_link = [Code::BrokenLink, Code::UnsafeLink].contains(&problem.code);
                let mend = problem.help.as_deref().filter(|_| is_link).unwrap_or("fix it");
                let help = format!("it now has a backslash before it: {mend}, and remove the backslash");
                self.findings.push(place.problem(Code::KeptAsText, message).help(help));
            }
        }
        draft.edit(faults.into_iter().map(|(at, _)| Edit::insert(at, "\\")).collect());
    }

    fn account(&self, ladder: &crate::model::Ladder) -> Account {
        let parts: Vec<_> = self.parts.iter().filter(|part| part.ladder == ladder.config.key).collect();
        let language = |part: &&LadderDocument| LanguageSummary {
            tag: part.tag.clone(),
            files: part.files.clone(),
            criteria: self.criteria.get(&part.path).copied().unwrap_or_default(),
        };
        let changes: BTreeSet<_> = parts.iter().flat_map(|part| part.changes.iter().copied()).collect();
        Account::of(ladder, parts.iter().map(language).collect(), changes.into_iter().collect())
    }
}

/// Returns the anchor of a heading that can have none, or an id in full-width braces, which no backslash makes text.
fn anchor(text: &str, problem: &Diagnostic) -> Option<Span> {
    let span = problem.label.place.span();
    let before = slice(text, line_start(text, span.start)..span.start);
    let is_anchor = problem.code == Code::MisplacedAttributes
        && (before.starts_with('#') || slice(text, span.clone()).starts_with('｛'));
    is_anchor.then_some(span).filter(|span| !span.is_empty())
}

/// Returns the byte before which a backslash turns the fault into text. None if no backslash can fix it.
fn sign(text: &str, problem: &Diagnostic) -> Option<usize> {
    let span = problem.label.place.span();
    let line = line_start(text, span.start);
    let at = match problem.code {
        Code::BrokenLink | Code::UnsafeLink | Code::UnknownReference => {
            span.start + slice(text, span.clone()).find(['[', '<'])?
        }
        code if ATTRIBUTES.contains(&code) || code == Code::DuplicateId => {
            let end = char_at(text, span.start).map_or(span.start, |c| span.start + c.len_utf8());
            line + slice(text, line..end).rfind('{')?
        }
        _ => return None,
    };
    // What is text already is wrong for another reason.
    (!slice(text, ..at).ends_with('\\')).then_some(at)
}
