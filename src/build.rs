//! From a content folder to a site in memory: the stages from parsing to rendering, one after the other.

use std::collections::BTreeMap;
use std::sync::Arc;

use camino::Utf8PathBuf;

use crate::check;
use crate::config::{self, Config, Overrides};
use crate::diagnostic::{self, Diagnostic, Problems};
use crate::interface::Words;
use crate::memo::Memo;
use crate::model::Site;
use crate::progress::Progress;
use crate::register::Register;
use crate::render::{self, Receiver, Rendered, Shape};
use crate::source::{Pictures, Sources};
use crate::theme::Theme;
use crate::understood::{self, Understood, parsed};

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
    /// Shared, so that it can be shown while it is checked.
    pub understood: Arc<Understood>,
    pub words: Arc<Words>,
    pub theme: Arc<Theme>,
}

/// What reading a site came to the last time. See [`memo`](crate::memo).
#[derive(Default)]
pub(crate) struct Memory {
    understood: understood::Memory,
    interface: Memo<(), InterfaceInput, (Interface, Vec<Diagnostic>)>,
}

/// What pages are made with, whatever the content says.
#[derive(Clone)]
struct Interface {
    words: Arc<Words>,
    theme: Arc<Theme>,
}

/// All that an interface is made of.
struct InterfaceInput {
    config: Config,
    /// Without the texts of the content.
    sources: Sources,
}

impl PartialEq<(&Config, &Sources)> for InterfaceInput {
    fn eq(&self, (config, sources): &(&Config, &Sources)) -> bool {
        let texts = self.sources.texts.iter();
        self.config == **config && self.sources.theme == sources.theme && texts.eq(of_interface(sources))
    }
}

/// Returns the files of a site's own words.
fn of_interface(sources: &Sources) -> impl Iterator<Item = (&Utf8PathBuf, &String)> {
    sources.texts.iter().filter(|(path, _)| path.starts_with("i18n"))
}

impl Memory {
    /// Forgets what the last reading did not ask for.
    #[cfg(any(test, feature = "serve"))]
    pub(crate) fn sweep(&self) {
        self.understood.sweep();
        self.interface.sweep();
    }
}

impl Interface {
    fn read(config: &Config, sources: &Sources, problems: &Problems) -> Self {
        let words = Arc::new(Words::new(sources, config, problems));
        let theme = Arc::new(Theme::read(sources, &words, &config.theme, problems));
        Self { words, theme }
    }

    fn remembered(config: &Config, sources: &Sources, memory: &Memory, problems: &Problems) -> Self {
        let make = |(config, sources): (&Config, &Sources)| {
            let texts = of_interface(sources).map(|(path, text)| (path.clone(), text.clone())).collect();
            // Nothing else is there to be read.
            let sources = Sources { texts, theme: sources.theme.clone(), ..Sources::default() };
            let read = Problems::of(|problems| Self::read(config, &sources, problems));
            (InterfaceInput { config: config.clone(), sources }, read)
        };
        let (interface, found) = memory.interface.get((), (config, sources), make);
        problems.extend(found);
        interface
    }
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
    let problems = Problems::from(found);
    let prepared = interpret(sources, overrides, None, &problems);
    let problems = check(prepared.as_ref(), sources, problems);
    (prepared, problems)
}

/// Runs stages 2 and 3, and prepares the input of stage 5. None if the site cannot be determined. What `memory` knows is
/// not read again.
pub(crate) fn interpret(
    sources: &Sources,
    overrides: &Overrides,
    memory: Option<&Memory>,
    problems: &Problems,
) -> Option<Prepared> {
    let of_files = memory.map(|memory| &memory.understood);
    let Some(config) = config::read(sources, overrides, problems) else {
        // What the files say by themselves is known all the same.
        parsed(sources, of_files, problems);
        Register::read(sources, problems);
        return None;
    };
    let of_interface = config.clone();
    let interface = || match memory {
        Some(memory) => Interface::remembered(&of_interface, sources, memory, problems),
        None => Interface::read(&of_interface, sources, problems),
    };
    let understood = || Understood::read(sources, config, of_files, problems);
    let (Interface { words, theme }, understood) = rayon::join(interface, understood);
    Some(Prepared { understood: understood.into(), words, theme })
}

/// Runs stage 4 on a site that could be determined. Returns all problems that are not allowed, sorted by file and place.
pub(crate) fn check(prepared: Option<&Prepared>, sources: &Sources, problems: Problems) -> Vec<Diagnostic> {
    let Some(Prepared { understood, .. }) = prepared else { return problems.into_sorted() };
    understood.check(sources, &problems);
    check::without_consequences(problems.into_sorted(), &understood.site.config, sources)
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
