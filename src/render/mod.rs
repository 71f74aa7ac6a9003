//! Stage 5, render: [`Site`] → [`Output`]s in memory.
//!
//! Each kind of page has one typed view below [`page`] and one template of the same name in the theme. A view holds
//! everything its template shows, so that templates decide nothing but how it looks. Internal links are the path from
//! the page to the root of the site with the path of the other page behind it, so they hold wherever the site stands.

mod chart;
mod difference;
mod frame;
mod html;
mod json_ld;
mod machine;
mod page;
mod row;
mod shared;

use rayon::prelude::*;
use serde::Serialize;
use tera::{Context, Value};

use crate::Progress;
use crate::diagnostic::Diagnostic;
use crate::interface::Words;
use crate::model::{Page, Site};
use crate::theme::Theme;
use crate::write::Output;

/// Renders every page of a site and the files beside them.
pub fn render(site: &Site, words: &Words, theme: &Theme, progress: &Progress) -> (Vec<Output>, Vec<Diagnostic>) {
    let shared = shared::of_each_locale(site, words);
    let renderer = Renderer { site, words, theme, shared };
    let pages = Page::all(site);
    progress.begin(pages.len());
    let render = |page| {
        let rendered = renderer.page(page);
        progress.step();
        rendered
    };
    let pages: Vec<_> = pages.into_par_iter().map(render).collect();
    let mut problems = Vec::new();
    let mut outputs = Vec::with_capacity(pages.len() + 16);
    for page in pages {
        match page {
            Ok(output) => outputs.push(output),
            Err(problem) => problems.push(*problem),
        }
    }
    outputs.extend(machine::outputs(&renderer));
    outputs.extend(theme.outputs());
    (outputs, problems)
}

/// What every page is rendered with.
struct Renderer<'a> {
    site: &'a Site,
    words: &'a Words,
    theme: &'a Theme,
    /// For each locale what all its pages share.
    shared: Vec<Value>,
}

impl Renderer<'_> {
    fn page(&self, page: Page) -> Result<Output, Box<Diagnostic>> {
        match page {
            Page::Root => self.output(page, &self.root()),
            Page::NotFound => self.output(page, &self.not_found()),
            Page::Home(locale) => self.output(page, &self.home(locale)),
            Page::Ladder { locale, ladder } => self.output(page, &self.ladder(locale, ladder)),
            Page::Level { locale, ladder, level } => self.output(page, &self.level(locale, ladder, level)),
            Page::Matrix { locale, ladder } => self.output(page, &self.matrix(locale, ladder)),
            Page::Compare { locale, ladder, lower, higher } => {
                self.output(page, &self.compare(locale, ladder, lower, higher))
            }
            Page::Threads { locale, ladder } => self.output(page, &self.threads(locale, ladder)),
            Page::Beside { locale, ladder, other, interleaved } => {
                self.output(page, &self.beside(locale, ladder, other, interleaved))
            }
            Page::Notes(locale) => self.output(page, &self.notes(locale)),
            Page::Note { locale, note } => self.output(page, &self.note(locale, note)),
            Page::Licence(locale) => self.output(page, &self.licence(locale)),
            Page::Criterion { ladder, criterion } => self.output(page, &self.criterion(ladder, criterion)),
        }
    }

    /// Renders a view with the template of its kind.
    fn output<V: Serialize + AsRef<frame::Frame>>(&self, page: Page, view: &V) -> Result<Output, Box<Diagnostic>> {
        let path = page.path(self.site);
        let context = Context::from_serialize(view).expect("views hold nothing but texts, numbers and lists of them");
        let template = format!("{}.html", view.as_ref().kind);
        let bytes = self.theme.render(&template, &context, &path)?;
        let file = if path.is_empty() || path.ends_with('/') { format!("{path}index.html") } else { path };
        Ok(Output { path: file.into(), bytes })
    }
}
