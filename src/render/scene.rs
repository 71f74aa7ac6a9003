//! The input of a view: the values that all pages of a site share, and the page itself.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use camino::Utf8PathBuf;
use serde::Serialize;
use tera::{Context, Value};
use typed_index_collections::{TiSlice, TiVec};

use super::fragment::Fragments;
use super::open_graph::Cards;
use super::shortest::shortest;
use super::variables::Recorder;
use crate::adaptation::{Adaptation, CriterionStatus};
use crate::diagnostic::Diagnostic;
use crate::glossary::Matcher;
use crate::handle::LadderIndex;
use crate::id::CriterionId;
use crate::interface::Words;
use crate::locale::{Locale, LocaleIndex};
use crate::model::{LadderPage, LocalePage, Page, Site, Subject};
use crate::theme::Theme;
use crate::translation::Translations;
use crate::write::Output;

/// A problem with the address of the page it was met on.
pub(super) type PageProblem = (String, Diagnostic);

/// What all pages of a locale share.
pub(crate) struct Shared {
    /// The variable `shared` of templates.
    pub(crate) values: Value,
    /// The navigation of pages that belong to none of several ladders.
    pub(super) outside: Option<Value>,
    /// What readers of the locale call the language of each.
    pub(super) languages: TiVec<LocaleIndex, String>,
}

impl Shared {
    /// Returns the navigation of the pages of a ladder, or of those of none.
    pub(crate) fn navigation(&self, ladder: Option<LadderIndex>) -> Value {
        let of_ladder = || self.values.get_from_path(&format!("ladders.{}", ladder.map_or(0, usize::from))).cloned();
        let outside = self.outside.as_ref().filter(|_| ladder.is_none()).cloned();
        outside.or_else(of_ladder).unwrap_or_else(Value::none)
    }
}

/// The input that every page is rendered with.
pub(super) struct Renderer<'a> {
    pub(super) site: &'a Site,
    pub(super) translations: &'a Translations,
    pub(super) adaptation: Option<&'a Adaptation>,
    pub(super) words: &'a Words,
    pub(super) theme: &'a Theme,
    /// For each locale what all its pages share.
    pub(super) shared: &'a TiSlice<LocaleIndex, Shared>,
    pub(super) album: &'a Cards,
    /// For each locale what finds the terms of the glossary in its texts.
    pub(super) matchers: &'a [Matcher],
    /// Fragments that the pages of one ladder share.
    pub(super) fragments: Fragments,
    /// Fragments that pages of several ladders share, by the ladder they belong to.
    pub(super) shared_fragments: &'a HashMap<LadderIndex, Fragments>,
    /// Records what templates are rendered with, if somebody asks for it.
    pub(super) recorder: Option<&'a Recorder>,
    /// Problems of components and of files beside the pages.
    pub(super) problems: Mutex<Vec<PageProblem>>,
}

impl Renderer<'_> {
    /// Returns the absolute address of a path of the site.
    pub(super) fn absolute(&self, path: &str) -> String {
        format!("{}{path}", self.site.config.base_url)
    }

    /// Renders a file with a template.
    pub(super) fn render(&self, template: &str, path: &str, context: &Context) -> Result<Output, Box<Diagnostic>> {
        let bytes = self.theme.render(template, context)?;
        let bytes = if template.ends_with(".html") { shortest(&bytes, path) } else { bytes };
        Ok(Output { path: file_of(path), bytes })
    }

    /// Renders a file beside the pages. A template that fails is reported, and there is no file.
    pub(super) fn file(&self, template: &str, path: &str, view: &impl Serialize) -> Option<Output> {
        if let Some(recorder) = self.recorder {
            recorder.record(template, path, view);
        }
        let rendered = self.render(template, path, &context(view));
        rendered.map_err(|problem| self.report(path.to_owned(), *problem)).ok()
    }

    /// Returns what was reported.
    pub(super) fn reported(self) -> Vec<PageProblem> {
        self.problems.into_inner().unwrap_or_else(PoisonError::into_inner)
    }

    fn report(&self, path: String, problem: Diagnostic) {
        self.problems.lock().unwrap_or_else(PoisonError::into_inner).push((path, problem));
    }

    /// Returns the fragments of a ladder: the one that is being rendered, or one that lends its criteria to others.
    pub(super) fn fragments_of(&self, ladder: LadderIndex) -> Option<&Fragments> {
        Some(&self.fragments).filter(|own| own.ladder == Some(ladder)).or_else(|| self.shared_fragments.get(&ladder))
    }

    /// Calls a function with the scene of a page.
    pub(super) fn with_scene<T>(&self, page: Page, make: impl FnOnce(&Scene<'_>) -> T) -> T {
        let path = page.path(self.site);
        // The page for addresses that lead nowhere is shown at any depth, so it starts from the path of the base URL.
        let root = match page {
            Page::NotFound => self.site.config.base_url.path().to_owned(),
            _ => root_of(&path),
        };
        let locale = page.locale().unwrap_or(LocaleIndex::SOURCE);
        make(&Scene { renderer: self, site: self.site, page, path: &path, root: &root, locale })
    }
}

/// A page that is being rendered, and the locale of its readers.
#[derive(Clone, Copy)]
pub(crate) struct Scene<'a> {
    pub(super) renderer: &'a Renderer<'a>,
    pub(crate) site: &'a Site,
    pub(crate) page: Page,
    /// The address of the page on the site.
    pub(crate) path: &'a str,
    /// From the page to the root of the site: `../../`.
    pub(crate) root: &'a str,
    /// The locale of the readers: that of the page, or of one part of a page for all locales.
    pub(crate) locale: LocaleIndex,
}

impl<'a> Scene<'a> {
    /// Returns the same page for readers of another locale.
    pub(crate) fn read_in(&self, locale: LocaleIndex) -> Self {
        Self { locale, ..*self }
    }

    /// Returns the ladder of the page. None for a page that belongs to no ladder.
    pub(crate) fn ladder(&self) -> Option<LadderIndex> {
        self.page.ladder()
    }

    /// Returns a link from the page to another one.
    pub(crate) fn href(&self, page: Page) -> String {
        self.href_of(&page.path(self.site))
    }

    /// Returns a link from the page to a path of the site.
    pub(crate) fn href_of(&self, path: &str) -> String {
        format!("{}{path}", self.root)
    }

    /// Returns the path of what readers of the locale find for a subject.
    pub(crate) fn path_of(&self, subject: Subject) -> String {
        let (page, anchor) = Page::of(self.site, subject, self.locale);
        anchored(page.path(self.site), anchor)
    }

    /// Returns a page of the locale.
    pub(crate) fn local(&self, page: LocalePage) -> Page {
        Page::In(self.locale, page)
    }

    /// Returns a page of a ladder in the locale.
    pub(crate) fn of_ladder(&self, ladder: LadderIndex, page: LadderPage) -> Page {
        Page::In(self.locale, LocalePage::Ladder(ladder, page))
    }

    /// Returns the path of the permanent page of a criterion, at the part for readers of the locale.
    pub(crate) fn permanent_path(&self, slug: &str) -> String {
        let part = match self.locale {
            LocaleIndex::SOURCE => String::new(),
            locale => format!("#{}", self.site.config.locale(locale).slug),
        };
        format!("c/{slug}/{part}")
    }

    /// Returns whether a criterion is asked where the ladder was made from, and not here.
    pub(crate) fn is_left_out(&self, id: &CriterionId) -> bool {
        let drift = self.renderer.adaptation.and_then(|adaptation| adaptation.drift(id));
        drift.is_some_and(|drift| drift.state == CriterionStatus::LeftOut)
    }

    /// Returns the absolute address of a path of the site.
    pub(crate) fn absolute(&self, path: &str) -> String {
        self.renderer.absolute(path)
    }

    /// Returns what readers of the locale call the language of another.
    pub(crate) fn name_of_language(&self, locale: LocaleIndex) -> &str {
        &self.renderer.shared[self.locale].languages[locale]
    }

    /// Returns what the interface says to readers of the locale.
    pub(crate) fn word<'k>(&self, key: &'k str) -> &'k str
    where
        'a: 'k,
    {
        self.renderer.words.get(self.locale, key)
    }

    /// Returns what the interface says, with values for its placeholders.
    pub(crate) fn phrase(&self, key: &str, values: &[(&str, &str)]) -> String {
        self.renderer.words.phrase(self.locale, key, values)
    }

    /// Returns what the interface says of a number of things.
    pub(crate) fn count(&self, key: &str, number: usize) -> String {
        self.renderer.words.count(self.locale, key, number)
    }

    /// Returns what the language of the locale calls itself.
    pub(crate) fn language_name(&self) -> String {
        self.renderer.words.name(self.locale).to_owned()
    }

    /// Renders a component of the theme. One that fails is reported and leaves nothing.
    pub(crate) fn component(&self, name: &str, arguments: &Context) -> String {
        let mut surroundings = Context::new();
        surroundings.insert("root", self.root);
        surroundings.insert("locale", &self.locale.0);
        let html = self.renderer.theme.render_component(name, arguments, &surroundings);
        html.unwrap_or_else(|problem| {
            // Many pages show what is rendered once.
            self.renderer.report(format!("… with `{name}`"), *problem);
            String::new()
        })
    }

    /// Returns the language to name where the text of a locale is read by readers of this one.
    pub(crate) fn foreign(&self, actual: LocaleIndex) -> Option<String> {
        (actual != self.locale).then(|| self.site.config.locale(actual).language.clone())
    }

    /// Returns the same for a kept text, whose locale the site may no longer have.
    pub(crate) fn foreign_tag(&self, tag: &str) -> Option<String> {
        let is_own = self.site.config.locale(self.locale).tag == tag;
        Locale::parse(tag).filter(|_| !is_own).map(|locale| locale.language)
    }
}

/// Adds an anchor to a path, if there is one.
pub(crate) fn anchored(path: String, anchor: Option<String>) -> String {
    match anchor {
        Some(anchor) => format!("{path}#{anchor}"),
        None => path,
    }
}

/// Converts a view into the context of a template.
pub(crate) fn context(view: &impl Serialize) -> Context {
    Context::from_serialize(view).expect("views hold nothing but texts, numbers and lists of them")
}

/// Returns the file at an address: that of a folder is its index.
pub(crate) fn file_of(path: &str) -> Utf8PathBuf {
    if path.is_empty() || path.ends_with('/') { format!("{path}index.html").into() } else { path.into() }
}

/// From a page to the root of the site. The root itself is `./`.
fn root_of(path: &str) -> String {
    match path.matches('/').count() {
        0 => "./".to_owned(),
        depth => "../".repeat(depth),
    }
}
