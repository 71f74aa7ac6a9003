//! From a content folder to a site in memory: the stages from parsing to rendering, one after the other.

use std::collections::BTreeMap;
use std::sync::Arc;

use camino::Utf8PathBuf;

use crate::check;
use crate::config::{self, Overrides};
use crate::diagnostic::{self, Diagnostic, Problems};
use crate::interface::Words;
use crate::model::Site;
use crate::progress::Progress;
use crate::register::Register;
use crate::render::{self, Receiver, Rendered, Shape};
use crate::source::{Pictures, Sources};
use crate::theme::Theme;
use crate::understood::{Understood, parsed};

/// The result of building a site, beside its files.
#[derive(Debug, Default)]
pub(crate) struct Build {
    /// Files that the earlier site has already and that belong to this one too.
    pub kept: Vec<Utf8PathBuf>,
    /// Sorted by file and place.
    pub problems: Vec<Diagnostic>,
    pub size: Size,
}

/// The size of a site.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub struct Size {
    pub pages: usize,
    pub(crate) locales: usize,
    pub(crate) criteria: usize,
}

/// A site that is ready to be rendered.
pub struct Prepared {
    pub understood: Understood,
    pub words: Arc<Words>,
    pub theme: Theme,
}

/// Builds a site: stages 2 to 5. Its files go to the receiver. The problems that reading found are part of the result: if
/// some of them are errors, there is no site, whatever the receiver was given.
pub(crate) fn build(
    sources: &Sources,
    found: Vec<Diagnostic>,
    overrides: &Overrides,
    progress: &Progress,
    receiver: &Receiver<'_>,
) -> Build {
    let (prepared, mut problems) = prepare(sources, found, overrides);
    let Some(prepared) = prepared else { return Build { problems, ..Build::default() } };
    let mut build = Build { size: Size::of(&prepared.understood.site), ..Build::default() };
    if !diagnostic::has_errors(&problems) {
        let rendered = prepared.render(sources.pictures.as_ref(), progress, receiver);
        problems.extend(rendered.problems);
        build.size.pages = rendered.pages;
        build.kept = rendered.kept;
    }
    build.problems = diagnostic::sorted(problems);
    build
}

/// Returns everything that is wrong with a site, as [`build`] reports it. Pages are rendered only where templates of
/// the site's own may fail: the embedded ones do not.
pub fn problems(sources: &Sources, found: Vec<Diagnostic>, overrides: &Overrides) -> Vec<Diagnostic> {
    let (prepared, problems) = prepare(sources, found, overrides);
    match prepared {
        Some(site) if site.theme.has_own_templates() && !diagnostic::has_errors(&problems) => {
            let rendered = site.render(sources.pictures.as_ref(), &Progress::default(), &drop);
            diagnostic::sorted([problems, rendered.problems].concat())
        }
        _ => problems,
    }
}

impl Prepared {
    /// Returns what each template of the theme is rendered with, as far as the site has pages of it.
    pub fn shapes(&self) -> BTreeMap<String, Shape> {
        render::shapes(&self.understood, &self.words, &self.theme)
    }

    /// Stage 5, with the problems that are not allowed.
    pub(crate) fn render(&self, pictures: Option<&Pictures>, progress: &Progress, receiver: &Receiver<'_>) -> Rendered {
        let rendered = render::render(&self.understood, &self.words, &self.theme, pictures, progress, receiver);
        let problems = Problems::default();
        problems.allow(&self.understood.site.allowed);
        problems.extend(rendered.problems);
        Rendered { problems: problems.into_sorted(), ..rendered }
    }
}

/// Runs stages 2 to 4 and prepares the input of stage 5. None if the site cannot be determined. The problems are those
/// that are not allowed, sorted by file and place.
pub fn prepare(
    sources: &Sources,
    found: Vec<Diagnostic>,
    overrides: &Overrides,
) -> (Option<Prepared>, Vec<Diagnostic>) {
    let problems = Problems::default();
    problems.extend(found);
    let Some(config) = config::read(sources, overrides, &problems) else {
        // What the files say by themselves is known all the same.
        parsed(sources, &problems);
        Register::read(sources, &problems);
        return (None, problems.into_sorted());
    };
    let words = Arc::new(Words::new(sources, &config, &problems));
    let look = config.theme.clone();
    let theme = || Theme::read(sources, &words, &look, &problems);
    let (theme, understood) = rayon::join(theme, || {
        let understood = Understood::read(sources, config, &problems);
        understood.check(sources, &problems);
        understood
    });
    let problems = check::without_consequences(problems.into_sorted(), &understood.site.config, sources);
    (Some(Prepared { understood, words, theme }), problems)
}

impl Size {
    fn of(site: &Site) -> Self {
        Self {
            pages: 0,
            locales: site.config.locales.len(),
            criteria: site.ladders.iter().map(|ladder| ladder.criteria.len()).sum(),
        }
    }
}
