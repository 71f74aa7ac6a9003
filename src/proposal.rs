//! The one way in which commands change what a site says: new texts are proposed, read as the site would read them, and
//! refused if they say anything else than what was meant.

use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

use camino::{Utf8Path, Utf8PathBuf};

use crate::check::without_consequences;
use crate::config::{self, Config, LadderConfig, Overrides, SITE};
use crate::diagnostic::{Code, Diagnostic, Place, Problems, Refusal, Severity, has_errors, new_problems};
use crate::image::Image;
use crate::locale::LocaleIndex;
use crate::model::Site;
use crate::register::items::LadderItems;
use crate::register::{REGISTER, Register, ladder_file};
use crate::source::Sources;
use crate::text::{Edit, Edits, Misfit, origin};
use crate::understood::Understood;

/// A site as read: its files, the model made of them, and their problems.
pub struct Reading {
    pub sources: Sources,
    /// Warnings from reading the files and `site.toml`.
    pub(crate) found: Vec<Diagnostic>,
    pub(crate) overrides: Overrides,
    pub understood: Understood,
    /// Problems that stages 1 to 3 reported, without those that are allowed.
    reported: Vec<Diagnostic>,
    problems: OnceLock<Vec<Diagnostic>>,
}

impl Reading {
    /// Reads what files say together.
    ///
    /// # Errors
    /// With all that was found if nobody can know what site it is, or if a file was read with faults: it could not be
    /// written back as it was.
    pub fn of(sources: &Sources, found: Vec<Diagnostic>, overrides: &Overrides) -> Result<Self, Vec<Diagnostic>> {
        let problems = Problems::from(found);
        let config = config::read(sources, overrides, &problems);
        let found = problems.into_sorted();
        match config.filter(|_| !has_errors(&found)) {
            Some(config) => Ok(Self::with(sources.clone(), found, overrides.clone(), config)),
            None => Err(found),
        }
    }

    /// Reads what files say together that a `site.toml` understood as given describes.
    pub fn with(sources: Sources, found: Vec<Diagnostic>, overrides: Overrides, config: Config) -> Self {
        let problems = Problems::from(found.clone());
        let understood = Understood::read(&sources, config, None, &problems);
        let reported = problems.into_sorted();
        Self { sources, found, overrides, understood, reported, problems: OnceLock::new() }
    }

    /// Returns the problems of the site that are not allowed, sorted by file and place. Runs the rules at the first
    /// call.
    pub(crate) fn problems(&self) -> &[Diagnostic] {
        self.problems.get_or_init(|| {
            let problems = Problems::from(self.reported.clone());
            problems.allow(&self.site().allowed);
            self.understood.check(&self.sources, &problems);
            without_consequences(problems.into_sorted(), self.config(), &self.sources)
        })
    }

    /// # Errors
    /// If the site has errors: it might not be what its owner means.
    pub(crate) fn without_errors(&self) -> Result<&Self, Refusal> {
        let is_error = |problem: &&Diagnostic| problem.severity() == Severity::Error;
        let errors: Vec<_> = self.problems().iter().filter(is_error).cloned().collect();
        match errors.is_empty() {
            true => Ok(self),
            false => Err(Refusal::new("the site has errors: fix them first").problems(errors)),
        }
    }

    pub(crate) fn site(&self) -> &Site {
        &self.understood.site
    }

    pub(crate) fn config(&self) -> &Config {
        &self.understood.site.config
    }
}

/// New texts for files of a site.
pub(crate) struct Proposal<'a> {
    pub(crate) before: &'a Reading,
    files: BTreeMap<Utf8PathBuf, Rewritten>,
    /// New images.
    images: BTreeMap<Utf8PathBuf, Arc<Image>>,
}

/// A file that says something else.
#[derive(Default)]
struct Rewritten {
    text: String,
    /// The edits that made it, one after the other.
    steps: Vec<Vec<Edit>>,
}

/// A proposal that was read as the site would read it.
pub(crate) struct Checked {
    /// The new texts of the files that change.
    pub(crate) edits: BTreeMap<Utf8PathBuf, String>,
    pub(crate) after: Reading,
    /// Problems of the site that it did not have before.
    pub(crate) problems: Vec<Diagnostic>,
}

impl<'a> Proposal<'a> {
    /// Proposes nothing yet.
    pub(crate) fn of(before: &'a Reading) -> Self {
        Self { before, files: BTreeMap::new(), images: BTreeMap::new() }
    }

    /// Returns the text of a file as it would be.
    pub(crate) fn text(&self, path: &Utf8Path) -> Option<&str> {
        self.files.get(path).map(|file| file.text.as_str()).or_else(|| self.before.sources.text(path))
    }

    /// Returns whether nothing is proposed yet.
    pub(crate) fn is_empty(&self) -> bool {
        self.files.is_empty()
    }

    /// Returns the register as it would be.
    pub(crate) fn register(&self) -> (Register, Vec<Diagnostic>) {
        let known = &self.before.understood;
        match self.files.get(Utf8Path::new(REGISTER)) {
            Some(new) => Problems::of(|problems| Register::of(&new.text, problems)),
            None => (known.register.clone(), known.of_register.clone()),
        }
    }

    /// Returns the file of a ladder in a locale, as it would be.
    pub(crate) fn ladder(&self, ladder: &LadderConfig, locale: LocaleIndex) -> Option<LadderItems> {
        let (path, _) = ladder_file(self.before.config(), &self.before.sources, locale, &ladder.key)?;
        Some(LadderItems::read(path.clone(), self.text(path)?.to_owned()))
    }

    /// Proposes the text of a file as a whole.
    pub(crate) fn put(&mut self, path: impl Into<Utf8PathBuf>, text: String) {
        let path = path.into();
        let step = Edit::difference(self.text(&path).unwrap_or_default(), &text);
        self.step(&path, text, vec![step]);
    }

    /// Proposes the texts of some files.
    pub(crate) fn put_all(&mut self, texts: impl IntoIterator<Item = (Utf8PathBuf, String)>) {
        texts.into_iter().for_each(|(path, text)| self.put(path, text));
    }

    /// Proposes new images.
    pub(crate) fn put_images(&mut self, images: &BTreeMap<Utf8PathBuf, Arc<Image>>) {
        self.images.extend(images.iter().map(|(path, image)| (path.clone(), Arc::clone(image))));
    }

    /// Proposes edits to a file.
    ///
    /// # Errors
    /// If one of them does not fit. Then none of them is made.
    pub(crate) fn edit(&mut self, path: &Utf8Path, edits: Vec<Edit>) -> Result<(), Misfit> {
        let made = Edits::of(self.text(path).unwrap_or_default()).with(edits)?;
        let (text, made) = (made.written(), made.into_edits());
        self.step(path, text, made);
        Ok(())
    }

    fn step(&mut self, path: &Utf8Path, text: String, edits: Vec<Edit>) {
        let file = self.files.entry(path.to_owned()).or_default();
        file.text = text;
        file.steps.push(edits);
    }

    /// Returns the files as they would be.
    pub(crate) fn sources(&self) -> Sources {
        let mut sources = self.before.sources.clone();
        sources.texts.extend(self.files.iter().map(|(path, file)| (path.clone(), file.text.clone())));
        sources.images.extend(self.images.iter().map(|(path, image)| (path.clone(), Arc::clone(image))));
        sources
    }

    /// Reads the site that is proposed, whatever is wrong with it.
    ///
    /// # Errors
    /// With what is wrong if nobody could know what site it is.
    pub(crate) fn reading(&self) -> Result<Reading, Vec<Diagnostic>> {
        let Reading { found, overrides, .. } = self.before;
        match self.files.contains_key(Utf8Path::new(SITE)) {
            true => Reading::of(&self.sources(), found.clone(), overrides),
            false => Ok(Reading::with(self.sources(), found.clone(), overrides.clone(), self.before.config().clone())),
        }
    }

    /// Reads the site that is proposed.
    ///
    /// # Errors
    /// With the errors that it would have and the site has not now, except those that are `tolerated`, with their places
    /// [as files stand now](Self::as_they_stand).
    pub(crate) fn checked(self, tolerated: &[Code]) -> Result<Checked, Vec<Diagnostic>> {
        let prevents =
            |problem: &Diagnostic| problem.severity() == Severity::Error && !tolerated.contains(&problem.code);
        let prevented = |problems: Vec<Diagnostic>| self.as_they_stand(problems.into_iter().filter(prevents).collect());
        let after = self.reading().map_err(prevented)?;
        let problems = match after.problems() {
            // Most sites are well, and nobody has to know then what was wrong before.
            [] => Vec::new(),
            found => new_problems(self.before.problems(), found.to_vec()),
        };
        if problems.iter().any(prevents) {
            return Err(prevented(problems));
        }
        Ok(Checked { edits: self.into_edits(), after, problems })
    }

    /// Returns the new texts of the files that change.
    pub(crate) fn into_edits(self) -> BTreeMap<Utf8PathBuf, String> {
        let before = self.before;
        let is_new = |(path, text): &(Utf8PathBuf, String)| before.sources.text(path) != Some(text);
        self.files.into_iter().map(|(path, file)| (path, file.text)).filter(is_new).collect()
    }

    /// Returns problems of the proposed site with their places in the files as they are now: nothing is written when a
    /// proposal is refused.
    pub(crate) fn as_they_stand(&self, mut problems: Vec<Diagnostic>) -> Vec<Diagnostic> {
        for label in
            problems.iter_mut().flat_map(|problem| std::iter::once(&mut problem.label).chain(&mut problem.related))
        {
            let Some(file) = self.files.get(&label.place.path) else { continue };
            let back = |at| file.steps.iter().rev().fold(at, |at, edits| origin(edits, at));
            let span = back(label.place.span().start)..back(label.place.span().end);
            label.place = Place::new(label.place.path.clone(), span);
        }
        problems
    }

    /// Refuses the proposal for errors that the site would have.
    pub(crate) fn refused_for(&self, errors: Vec<Diagnostic>) -> Refusal {
        would_have_errors(self.as_they_stand(errors))
    }
}

/// Reads a site with new texts for some of its files, and gives those back that change any.
///
/// # Errors
/// If the site would have new errors.
pub(crate) fn checked(
    before: &Reading,
    texts: BTreeMap<Utf8PathBuf, String>,
) -> Result<BTreeMap<Utf8PathBuf, String>, Refusal> {
    let mut proposal = Proposal::of(before);
    proposal.put_all(texts);
    proposal.checked(&[]).map(|checked| checked.edits).map_err(would_have_errors)
}

fn would_have_errors(errors: Vec<Diagnostic>) -> Refusal {
    Refusal::new("the site would have new errors").problems(errors)
}
