//! Small sites, written down in a test and taken through the stages that need no disk.

use std::collections::BTreeMap;

use camino::{Utf8Path, Utf8PathBuf};
use jiff::civil::Date;
use rungs::for_tests::Understood;
use rungs::for_tests::assign::{Assignment, assign};
use rungs::for_tests::config::{self, Config, Overrides};
use rungs::for_tests::diagnostic::{self, Diagnostic, Problems, Refusal};
use rungs::for_tests::id::CriterionId;
use rungs::for_tests::model::Site;
use rungs::for_tests::register::{REGISTER, Register, Verb};
use rungs::for_tests::release::{self, Effects, Released};
use rungs::for_tests::report::human;
use rungs::for_tests::source::{Pictures, Sources, read};
use rungs::for_tests::translation::{self, Accepted};
use rungs::for_tests::withdraw::{self, WithdrawalResult};
use rungs::for_tests::{Build, Progress, Reading};

/// The `site.toml` of a site in English with one ladder.
const SITE: &str = include_str!("../fixtures/small/site.toml");

/// Its ladder.
pub const LADDER: &str = include_str!("../fixtures/small/en/ladder.md");

/// [`LADDER`] in Traditional Chinese.
pub const TRANSLATED: &str = include_str!("../fixtures/small/zh-TW/ladder.md");

/// A content folder in memory.
#[derive(Debug, Clone)]
pub struct Folder {
    sources: Sources,
    /// Whether a register is made of the ids that stand, if there is none.
    keeps_register: bool,
}

impl Folder {
    /// The folder of a site in English without its one ladder, `en/ladder.md`, the ids in which begin with `EN`.
    pub fn new() -> Self {
        let sources = Sources { texts: [("site.toml".into(), SITE.to_owned())].into(), ..Sources::default() };
        Self { sources, keeps_register: true }
    }

    /// A small site of which all is well, to be spoiled by a test: [`LADDER`], and what has to be said of it.
    pub fn small() -> Self {
        Self::new().file("en/ladder.md", LADDER)
    }

    /// The small site with a translation, [`TRANSLATED`].
    pub fn bilingual() -> Self {
        Self::small().translated().file("zh-TW/ladder.md", TRANSLATED)
    }

    /// The same folder with no thread in its ladder.
    pub fn without_threads(self) -> Self {
        let mut folder = self.edited("en/ladder.md", "[threads]\ntime = \"Time\"\n", "");
        let ladder = folder.text("en/ladder.md").replace(" thread=time", "");
        folder = folder.file("en/ladder.md", &ladder);
        match folder.sources.text(Utf8Path::new("zh-TW/ladder.md")) {
            Some(_) => folder.edited("zh-TW/ladder.md", "[threads]\ntime = \"時間\"\n", ""),
            None => folder,
        }
    }

    /// The folder of this repository's own content.
    pub fn real() -> Self {
        Self::at(Utf8Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/content")))
    }

    /// The folder of one of the sites in `tests/fixtures/`.
    pub fn fixture(name: &str) -> Self {
        Self::at(&Utf8Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures")).join(name))
    }

    /// A folder on disk.
    pub fn at(root: &Utf8Path) -> Self {
        let (sources, problems) = read(root).unwrap();
        assert!(problems.is_empty(), "{problems:#?}");
        Self { sources, keeps_register: false }
    }

    /// The same folder with a second locale, `zh-TW`.
    pub fn translated(self) -> Self {
        let site = SITE
            .replace(r#"["en"]"#, r#"["en", "zh-TW"]"#)
            .replace("title.en", "title.zh-TW = \"階梯\"\ntitle.en")
            .replace("description.en", "description.zh-TW = \"我們的期望。\"\ndescription.en")
            .replace("reason.en", "reason.zh-TW = \"如聲明所言。\"\nreason.en")
            .replace("changes.en", "changes.zh-TW = [\"加上識別碼。\"]\nchanges.en");
        self.file("site.toml", &site)
    }

    /// The same folder with other locales, the first of them the source. What `site.toml` says is left untranslated.
    pub fn in_locales(self, tags: &[&str]) -> Self {
        let site = SITE.replace(r#"["en"]"#, &format!("{tags:?}"));
        self.file("site.toml", &site)
    }

    /// The same folder with a change in a file.
    pub fn edited(self, path: &str, old: &str, new: &str) -> Self {
        let text = self.text(path);
        assert!(text.contains(old), "{path} holds {old}");
        let text = text.replacen(old, new, 1);
        self.file(path, &text)
    }

    /// The same folder with a file in its theme.
    pub fn themed(mut self, path: &str, bytes: impl Into<Vec<u8>>) -> Self {
        self.sources.theme.insert(path.into(), bytes.into());
        self
    }

    /// The same folder with an image.
    pub fn image(mut self, path: &str, bytes: impl Into<Vec<u8>>) -> Self {
        self.sources.add_image(path.into(), bytes.into());
        self
    }

    /// The same folder, and pictures are asked for.
    pub fn drawn_with(mut self, pictures: Pictures) -> Self {
        self.sources.pictures = Some(pictures);
        self
    }

    /// The same folder with another file, or with another text in one.
    pub fn file(mut self, path: &str, text: &str) -> Self {
        self.sources.texts.insert(path.into(), text.to_owned());
        self
    }

    pub fn without(mut self, path: &str) -> Self {
        self.sources.texts.remove(Utf8Path::new(path)).expect("the file was there");
        self
    }

    /// The same folder, and no register is made for it.
    pub fn unregistered(mut self) -> Self {
        self.keeps_register = false;
        self
    }

    pub fn sources(&self) -> &Sources {
        &self.sources
    }

    pub fn text(&self, path: &str) -> &str {
        self.sources.text(Utf8Path::new(path)).unwrap_or_else(|| panic!("there is no {path}"))
    }

    /// Reads `site.toml`.
    pub fn config(&self) -> Config {
        let read = |problems: &Problems| config::read(&self.sources, &Overrides::default(), problems);
        let (config, problems) = Problems::of(read);
        config.unwrap_or_else(|| panic!("{problems:?}"))
    }

    /// Returns the result of `rungs id`.
    pub fn assignment(&self) -> Assignment {
        assign(&Reading::with(self.sources.clone(), Vec::new(), Overrides::default(), self.config()))
    }

    /// The folder after `rungs id --write`.
    pub fn with_ids(mut self) -> Self {
        let Assignment { edits, register, .. } = self.assignment();
        self.sources.texts.extend(edits);
        self.sources.texts.insert(REGISTER.into(), register);
        self
    }

    /// Returns the result of `rungs withdraw ID --reason "…"`, on the first day of 2027, with the successors of one
    /// verb.
    pub fn withdrawal(&self, id: &str, succession: Option<(Verb, &[&str])>) -> Result<WithdrawalResult, Refusal> {
        self.withdrawal_of(id, None, succession)
    }

    /// The same with `--ladder`.
    pub fn withdrawal_of(
        &self,
        id: &str,
        ladder: Option<&str>,
        succession: Option<(Verb, &[&str])>,
    ) -> Result<WithdrawalResult, Refusal> {
        self.withdrawal_of_all(&[id], ladder, succession)
    }

    /// The same of several ids.
    pub fn withdrawal_of_all(
        &self,
        ids: &[&str],
        ladder: Option<&str>,
        succession: Option<(Verb, &[&str])>,
    ) -> Result<WithdrawalResult, Refusal> {
        let sources = self.registered();
        let id_of = |id: &&str| CriterionId::parse(id).unwrap_or_else(|| panic!("{id} is an id"));
        let request = |id: &&str| {
            Ok(withdraw::WithdrawOptions {
                key: withdraw::find_key(&Register::read(&sources, &Problems::default()), id, ladder)?,
                date: day("2027-01-01"),
                reason: withdraw::read_reasons(&self.config(), &["Nobody needs it.".to_owned()])?,
                succession: succession.map(|(verb, ids)| (verb, ids.iter().map(id_of).collect())),
            })
        };
        let requests = ids.iter().map(request).collect::<Result<Vec<_>, Refusal>>()?;
        withdraw::withdraw(&reading(sources), &requests)
    }

    /// Returns the files that `rungs id --forget ID` changes.
    pub fn forgotten(&self, id: &str, ladder: Option<&str>) -> Result<BTreeMap<Utf8PathBuf, String>, Refusal> {
        let sources = self.registered();
        let key = withdraw::find_key(&Register::read(&sources, &Problems::default()), id, ladder)?;
        Ok(withdraw::forget(&reading(sources), &[key].into())?.edits)
    }

    /// The folder after `rungs withdraw`.
    pub fn withdrawn(mut self, id: &str, succession: Option<(Verb, &[&str])>) -> Self {
        let withdrawn = self.withdrawal(id, succession).unwrap_or_else(|refusal| panic!("{refusal:#?}"));
        self.sources = self.registered();
        self.edited_by(withdrawn.edits)
    }

    /// The folder after a command has written new texts of files.
    pub fn edited_by(mut self, edits: BTreeMap<Utf8PathBuf, String>) -> Self {
        self.sources.texts.extend(edits);
        self
    }

    /// Returns the result of `rungs release NAME --date DATE`.
    pub fn release(&self, name: &str, date: &str, effects: Effects) -> Result<Released, Refusal> {
        let name = name.parse().unwrap_or_else(|error| panic!("{error}"));
        let request = release::ReleaseOptions { name, date: day(date), summary: BTreeMap::new(), effects };
        release::release(&reading(self.registered()), &request)
    }

    /// The folder after a release, for which new words ask for the same as before.
    pub fn released(mut self, name: &str, date: &str) -> Self {
        let effects = Effects { reworded: vec!["all".to_owned()], ..Effects::default() };
        let released = self.release(name, date, effects).unwrap_or_else(|refusal| panic!("{refusal:#?}"));
        self.sources = self.registered();
        self.sources.texts.extend(released.edits);
        self.sources.images.extend(released.images);
        self
    }

    /// Returns the sources, with the register that is made for them.
    pub fn registered(&self) -> Sources {
        let mut sources = self.sources.clone();
        if self.keeps_register && !sources.texts.contains_key(Utf8Path::new(REGISTER)) {
            sources.texts.insert(REGISTER.into(), self.assignment().register);
        }
        sources
    }

    /// Returns the files that `rungs build` would write, and its problems.
    pub fn built(&self) -> Build {
        rungs::for_tests::build(&self.registered(), Vec::new(), &Overrides::default(), &Progress::default())
    }

    /// Returns the problems that `rungs build` would print.
    pub fn told(&self) -> String {
        human::render(&self.built().problems, &self.sources, "content", human::Style::Plain)
    }

    /// The site, and all that is wrong with it.
    pub fn build(&self) -> (Site, Vec<Diagnostic>) {
        let (understood, problems) = self.understood();
        (understood.site, problems)
    }

    /// All that the files of the site mean, and all that is wrong with them.
    pub fn understood(&self) -> (Understood, Vec<Diagnostic>) {
        let sources = self.registered();
        let (config, mut problems) = Problems::of(|problems| config::read(&sources, &Overrides::default(), problems));
        let config = config.unwrap_or_else(|| panic!("{problems:?}"));
        let (understood, found) = rungs::for_tests::understand(&sources, config);
        problems.extend(found);
        (understood, diagnostic::sorted(problems))
    }

    /// Returns the records of translations after `rungs translation accept`.
    pub fn accept(&self, request: &translation::AcceptOptions) -> Result<Accepted, Refusal> {
        let (Understood { site, translations, .. }, _) = self.understood();
        translation::accept(&site, &translations, self.sources(), request)
    }

    /// All that is wrong, as a person is told.
    pub fn problems(&self) -> String {
        let (_, problems) = self.build();
        human::render(&problems, &self.sources, "content", human::Style::Plain)
    }
}

/// A day as people write it in files.
pub fn day(text: &str) -> Date {
    text.parse().unwrap_or_else(|error| panic!("{text}: {error}"))
}

/// Returns the output of a command that refuses.
pub fn refusal<T: std::fmt::Debug>(folder: &Folder, result: Result<T, Refusal>) -> String {
    let refusal = result.expect_err("it is refused");
    let problems = human::render(&refusal.problems, &folder.registered(), "content", human::Style::Plain);
    format!("{problems}error: {refusal}")
}

/// Reads a site without faults in its files.
pub fn reading(sources: Sources) -> Reading {
    Reading::of(&sources, Vec::new(), &Overrides::default()).unwrap_or_else(|problems| panic!("{problems:#?}"))
}
