//! The command line.

use camino::Utf8PathBuf;
use clap::builder::{NonEmptyStringValueParser, PossibleValuesParser, TypedValueParser};
use clap::error::ErrorKind;
use clap::parser::ValueSource;
use clap::{ArgMatches, Args, CommandFactory, FromArgMatches, Parser, Subcommand, ValueEnum};
use clap_complete::Shell;
use jiff::civil::Date;

use crate::citing::CitationStyle;
use crate::config::Overrides;
use crate::id::{CriterionId, EditionName};
use crate::locale::Locale;
use crate::register::Verb;
use crate::translation::TranslationStage;

/// Builds static sites from career ladders written in Markdown.
#[derive(Debug, Parser)]
#[command(version, about, max_term_width = 100)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    pub(crate) command: Command,
}

impl Arguments {
    /// Returns the arguments of the process.
    ///
    /// # Errors
    /// If they are wrong, or ask for help.
    pub(crate) fn of_process() -> Result<Self, clap::Error> {
        let matches = Self::command().try_get_matches()?;
        if matches.subcommand().is_some_and(|(_, matches)| names_content_twice(matches)) {
            let message = "name the content folder only once: with `--content`, or by its bare name";
            return Err(Self::command().error(ErrorKind::ArgumentConflict, message));
        }
        Self::from_arg_matches(&matches)
    }
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Creates a site: a small example, or one from existing ladders.
    #[command(
        after_help = "Examples:\n  rungs init my-ladder\n  rungs init --from ladder.md --dry-run\n  rungs init site --from ladders/ --prefix EN"
    )]
    Init(Init),
    /// Builds the site.
    #[command(
        after_help = "Examples:\n  rungs build\n  rungs build ladders -o public --base-url https://example.org/ladders/"
    )]
    Build(BuildArguments),
    /// Reports every problem. Writes nothing without `--fix`.
    #[command(
        after_help = "Examples:\n  rungs check\n  rungs check --fix\n  rungs check --explain near-duplicate\n  rungs check --deny warnings --format github"
    )]
    Check(CheckArguments),
    /// Serves the site and reloads it in the browser whenever a file is saved.
    #[cfg(feature = "serve")]
    #[command(after_help = "Examples:\n  rungs serve --open\n  rungs serve ladders --port 8080")]
    Serve(Serve),
    /// Shows what has no id yet, or assigns ids. Restores the register, and forgets ids that were never released.
    #[command(after_help = "Examples:\n  rungs id --write\n  rungs id --restore\n  rungs id --forget TL-104 TL-105")]
    Id(Id),
    /// Adapts a published ladder, or shows how yours has diverged from it.
    #[command(
        after_help = "Examples:\n  rungs adapt ../ladder/content content --prefix AC --by 'Acme Ltd'\n  rungs adapt --status\n  rungs adapt --status --upstream ../ladder/content\n  rungs adapt --update --upstream ../ladder/content --write"
    )]
    Adapt(Adapt),
    /// Withdraws criteria permanently, and keeps a record of their last wording.
    #[command(
        after_help = "Examples:\n  rungs withdraw TL-042 --reason 'Reviews are done by everybody.' --replaced-by TL-103\n  rungs withdraw TL-043 --reason 'Nobody needs it.' --reason zh-TW='已無必要。'\n  rungs withdraw TL-044 TL-045 --reason 'Our teams do not review designs.'"
    )]
    Withdraw(Withdraw),
    /// Shows what has changed since the latest edition or against another folder, or releases a new edition.
    #[command(
        after_help = "Examples:\n  rungs release\n  rungs release 2026.2 --stricter TL-042 --reworded all\n  rungs release --against ../main/content"
    )]
    Release(ReleaseArguments),
    /// Writes a citation of a criterion or a level.
    #[command(
        after_help = "Examples:\n  rungs cite TL-042\n  rungs cite TL-042@2026.1 --locale zh-TW --format markdown\n  rungs cite L6@2026.1"
    )]
    Cite(Cite),
    /// Finds citations in texts, and reports those whose criterion or level has changed.
    #[command(
        after_help = "Examples:\n  rungs refs review.md\n  rungs refs --fix review.md\n  rungs refs --edition 2026.1 review.html\n  pbpaste | rungs refs"
    )]
    Refs(Refs),
    /// Writes a worksheet for a review at a level, or carries a filled-in one over to another edition.
    #[command(
        after_help = "Examples:\n  rungs worksheet L6 -o review.md\n  rungs worksheet L6@2026.1 --locale en,zh-TW --with-inherited\n  rungs worksheet L6 --format csv -o l6.csv\n  rungs worksheet --update review.md"
    )]
    Worksheet(Worksheet),
    /// Writes the criteria for spreadsheets, programs and other tools: JSON, CSV, a workbook, Markdown or a PDF.
    #[command(
        after_help = "Examples:\n  rungs export -o ladder.xlsx\n  rungs export --format csv --locale zh-TW --edition 2026.1\n  rungs export --locale en,zh-TW -o ladder.pdf\n  rungs export --ladder engineering -o engineering.md"
    )]
    Export(Export),
    /// Writes the completion script for a shell.
    #[command(
        after_help = "Examples:\n  rungs completions bash > ~/.local/share/bash-completion/completions/rungs\n  \
                            rungs completions zsh > ~/.zfunc/_rungs"
    )]
    Completions(Completions),
    /// Writes the manual pages, one for each command.
    #[command(after_help = "Example:\n  rungs man ~/.local/share/man/man1")]
    Man(Man),
    /// Writes the JSON Schema of site.toml, for editors that complete and check it.
    #[command(after_help = "Example:\n  rungs schema > site.schema.json")]
    Schema,
    /// Writes the generated pages of the user guide, and the schema of site.toml.
    #[command(hide = true)]
    Guide(Guide),
    /// Shows and records the state of the translations.
    #[command(subcommand)]
    Translation(TranslationCommand),
    /// Lists the files of the theme and copies them for customisation.
    #[command(subcommand)]
    Theme(ThemeCommand),
}

impl Command {
    /// Returns how to print problems. Defaults to the human-readable format.
    pub(crate) fn report(&self) -> Report {
        match self {
            Self::Init(Init { report, .. })
            | Self::Build(BuildArguments { report, .. })
            | Self::Id(Id { report, .. })
            | Self::Adapt(Adapt { report, .. })
            | Self::Withdraw(Withdraw { report, .. })
            | Self::Release(ReleaseArguments { report, .. })
            | Self::Translation(
                TranslationCommand::Status(TranslationStatus { report, .. })
                | TranslationCommand::Import(TranslationImport { report, .. }),
            ) => *report,
            Self::Check(CheckArguments { report, .. }) | Self::Refs(Refs { report, .. }) => (*report).into(),
            #[cfg(feature = "serve")]
            Self::Serve(_) => Report::HUMAN,
            Self::Cite(_)
            | Self::Worksheet(_)
            | Self::Export(_)
            | Self::Completions(_)
            | Self::Man(_)
            | Self::Schema
            | Self::Guide(_)
            | Self::Translation(
                TranslationCommand::Accept(_) | TranslationCommand::Start(_) | TranslationCommand::Export(_),
            )
            | Self::Theme(_) => Report::HUMAN,
        }
    }
}

#[derive(Debug, Subcommand)]
pub(crate) enum ThemeCommand {
    /// Lists the templates with their blocks, the assets, and which of them the site overrides.
    #[command(after_help = "Example:\n  rungs theme list")]
    List(ThemeList),
    /// Copies a file of the default theme into the theme of the site. Never overwrites a file.
    #[command(
        after_help = "Examples:\n  rungs theme eject level.html\n  rungs theme eject base.html --block footer\n  rungs theme eject assets/style.css"
    )]
    Eject(ThemeEject),
    /// Lists the variables of a template, each with what it holds and an example from the site.
    #[command(after_help = "Examples:\n  rungs theme variables level.html\n  rungs theme variables base.html")]
    Variables(ThemeVariables),
}

#[derive(Debug, Args)]
pub(crate) struct ThemeVariables {
    /// The template, by its path in the theme: level.html. For base.html, the variables of all templates that extend it
    pub(crate) file: String,
    #[command(flatten)]
    pub(crate) content: ContentArguments,
}

#[derive(Debug, Args)]
pub(crate) struct ThemeList {
    #[command(flatten)]
    pub(crate) content: ContentArguments,
}

#[derive(Debug, Args)]
pub(crate) struct ThemeEject {
    /// The file, by its path in the theme: level.html, assets/style.css
    pub(crate) file: String,
    /// Write a template that extends the default one and overrides only this block.
    #[arg(long, value_name = "NAME")]
    pub(crate) block: Option<String>,
    #[command(flatten)]
    pub(crate) content: ContentArguments,
    /// Print errors only.
    #[arg(short, long)]
    pub(crate) quiet: bool,
}

#[derive(Debug, Args)]
pub(crate) struct Init {
    /// The folder for the new site. Created if it does not exist.
    #[arg(value_name = "DIR", default_value = ".")]
    pub(crate) folder: Utf8PathBuf,
    /// Markdown files, or folders of them, to adopt as the site's ladders.
    #[arg(long, value_name = "FILE", num_args = 1..)]
    pub(crate) from: Vec<Utf8PathBuf>,
    /// Prefix for the ids of the adopted ladder: EN, or KEY=EN for one of several (default: the initials of its title).
    #[arg(long, value_name = "LETTERS", requires = "from")]
    pub(crate) prefix: Vec<String>,
    /// Names of the levels, if they were not recognised: "Junior,Senior".
    #[arg(long, value_name = "NAMES", value_delimiter = ',', requires = "from")]
    pub(crate) levels: Vec<String>,
    /// Files, or folders of them, to leave out.
    #[arg(long, value_name = "FILE", num_args = 1.., requires = "from")]
    pub(crate) skip: Vec<Utf8PathBuf>,
    /// Adopt the ladder even if many statements do not become criteria.
    #[arg(long, requires = "from")]
    pub(crate) accept: bool,
    /// Source language of the adopted ladders: en (default: detected from the files).
    #[arg(long, value_name = "TAG", requires = "from")]
    pub(crate) locale: Option<String>,
    /// Who wrote the ladder and holds all rights in it (default: the Git user name, or the title of the site). With
    /// `--from`, it says that the ladders are your own.
    #[arg(long, value_name = "NAME", value_parser = NonEmptyStringValueParser::new())]
    pub(crate) owner: Option<String>,
    /// Show what would be adopted without writing anything.
    #[arg(long, requires = "from")]
    pub(crate) dry_run: bool,
    #[command(flatten)]
    pub(crate) report: Report,
}

#[derive(Debug, Args)]
pub(crate) struct BuildArguments {
    #[command(flatten)]
    pub(crate) source: Source,
    /// The folder to write the site to.
    #[arg(short, long, value_name = "FOLDER", default_value = "public")]
    pub(crate) output: Utf8PathBuf,
    #[command(flatten)]
    pub(crate) report: Report,
}

#[cfg(feature = "serve")]
#[derive(Debug, Args)]
pub(crate) struct Serve {
    #[command(flatten)]
    pub(crate) source: Source,
    /// Open the browser.
    #[arg(long)]
    pub(crate) open: bool,
    /// Port to listen on (default: 7864, or another free port).
    #[arg(long, value_name = "NUMBER")]
    pub(crate) port: Option<u16>,
}

#[derive(Debug, Args)]
pub(crate) struct CheckArguments {
    #[command(flatten)]
    pub(crate) source: Source,
    #[command(flatten)]
    pub(crate) severities: Severities,
    /// Fix what is safe to fix, and show what is left.
    #[arg(long)]
    pub(crate) fix: bool,
    /// Explain a code: what it means, why it matters and what to do. Checks nothing.
    #[arg(long, value_name = "CODE")]
    pub(crate) explain: Option<String>,
    #[command(flatten)]
    pub(crate) report: ScanReport,
}

#[derive(Debug, Args)]
pub(crate) struct Id {
    #[command(flatten)]
    pub(crate) source: Source,
    /// Write the ids into the files and update the register.
    #[arg(long, group = "mode")]
    pub(crate) write: bool,
    /// Rebuild the register from the editions, the content and the translation records.
    #[arg(long, group = "mode")]
    pub(crate) restore: bool,
    /// Remove from the register ids that are in no edition and nowhere in the source.
    #[arg(long, group = "mode", value_name = "ID", num_args = 1.., value_delimiter = ',')]
    pub(crate) forget: Vec<String>,
    /// The ladder of the level or category to forget, if several ladders have one with this id.
    #[arg(long, value_name = "KEY", requires = "forget")]
    pub(crate) ladder: Option<String>,
    #[command(flatten)]
    pub(crate) report: Report,
}

#[derive(Debug, Args)]
pub(crate) struct Adapt {
    /// The content folder of the ladder to start from.
    #[arg(value_name = "UPSTREAM", required_unless_present = "mode", conflicts_with = "mode")]
    pub(crate) upstream_folder: Option<Utf8PathBuf>,
    /// The new content folder. It must be empty.
    #[arg(value_name = "DIR", default_value = "content")]
    pub(crate) folder: Utf8PathBuf,
    /// Prefix for new ids: AC. If the upstream has several ladders, KEY=AC for each.
    #[arg(long, value_name = "[KEY=]PREFIX", required_unless_present = "mode", conflicts_with = "mode")]
    pub(crate) prefix: Vec<String>,
    /// The person or organisation that adapts the ladder.
    #[arg(long, value_name = "NAME", required_unless_present = "mode", conflicts_with = "mode")]
    pub(crate) by: Option<String>,
    /// A page about that person or organisation.
    #[arg(long, value_name = "URL", conflicts_with = "mode")]
    pub(crate) by_url: Option<String>,
    /// The title of the new site. For a translation, put the locale first: zh-TW=…
    #[arg(long, value_name = "[LOCALE=]TEXT", conflicts_with = "mode")]
    pub(crate) title: Vec<String>,
    /// The address of the new site.
    #[arg(long, value_name = "URL", conflicts_with = "mode")]
    pub(crate) base_url: Option<String>,
    /// The address of the upstream's site. Overrides its site.toml.
    #[arg(long, value_name = "URL", conflicts_with = "mode")]
    pub(crate) upstream_url: Option<String>,
    /// Date of the adaptation (default: today).
    #[arg(long, value_name = "YYYY-MM-DD")]
    pub(crate) date: Option<Date>,
    /// List the ids of what is adapted, new and left out.
    #[arg(long, group = "mode")]
    pub(crate) status: bool,
    /// Apply upstream changes to criteria you have not edited. Previews them unless `--write` is given.
    #[arg(long, group = "mode", requires = "upstream")]
    pub(crate) update: bool,
    /// Write the changes that `--update` previews.
    #[arg(long, requires = "update")]
    pub(crate) write: bool,
    /// Criteria to leave as they are, whatever changed upstream.
    #[arg(long, value_name = "IDS", value_delimiter = ',', value_parser = criterion_id, requires = "update")]
    pub(crate) keep: Vec<CriterionId>,
    /// The current content folder of the upstream.
    #[arg(long, value_name = "FOLDER", requires = "mode")]
    pub(crate) upstream: Option<Utf8PathBuf>,
    #[command(flatten)]
    pub(crate) content: ContentArguments,
    #[command(flatten)]
    pub(crate) report: Report,
}

#[derive(Debug, Args)]
pub(crate) struct Withdraw {
    /// The ids to withdraw: TL-042. A level or category can be withdrawn once nothing of it is left in the content.
    #[arg(value_name = "ID", required = true)]
    pub(crate) ids: Vec<String>,
    /// Why, in one sentence. For a translation, put the locale first: zh-TW=…
    #[arg(long, value_name = "[LOCALE=]TEXT", required = true)]
    pub(crate) reason: Vec<String>,
    #[command(flatten)]
    pub(crate) successors: Successors,
    /// The ladder of the level or category, if several ladders have one with this id.
    #[arg(long, value_name = "KEY")]
    pub(crate) ladder: Option<String>,
    /// Date of the withdrawal (default: today).
    #[arg(long, value_name = "YYYY-MM-DD")]
    pub(crate) date: Option<Date>,
    #[command(flatten)]
    pub(crate) content: ContentArguments,
    #[command(flatten)]
    pub(crate) report: Report,
}

/// The successors of what is withdrawn. At most one of these is given.
#[derive(Debug, Args)]
#[group(multiple = false)]
pub(crate) struct Successors {
    /// The same criterion continues under another id, such as one of another ladder.
    #[arg(long, value_name = "ID", value_parser = criterion_id)]
    moved_to: Option<CriterionId>,
    /// It was merged into another criterion.
    #[arg(long, value_name = "ID", value_parser = criterion_id)]
    merged_into: Option<CriterionId>,
    /// It was split into several criteria.
    #[arg(long, value_name = "ID", value_parser = criterion_id, num_args = 1.., value_delimiter = ',')]
    split_into: Vec<CriterionId>,
    /// Other criteria replace it.
    #[arg(long, value_name = "ID", value_parser = criterion_id, num_args = 1.., value_delimiter = ',')]
    replaced_by: Vec<CriterionId>,
    /// Existing criteria already cover it.
    #[arg(long, value_name = "ID", value_parser = criterion_id, num_args = 1.., value_delimiter = ',')]
    covered_by: Vec<CriterionId>,
}

impl Successors {
    /// Returns the verb that was given, with its successors.
    pub(crate) fn succession(&self) -> Option<(Verb, Vec<CriterionId>)> {
        let given = [
            (Verb::MovedTo, self.moved_to.iter().cloned().collect()),
            (Verb::MergedInto, self.merged_into.iter().cloned().collect()),
            (Verb::SplitInto, self.split_into.clone()),
            (Verb::ReplacedBy, self.replaced_by.clone()),
            (Verb::CoveredBy, self.covered_by.clone()),
        ];
        given.into_iter().find(|(_, ids): &(Verb, Vec<_>)| !ids.is_empty())
    }
}

fn criterion_id(text: &str) -> Result<CriterionId, String> {
    CriterionId::parse(text).ok_or_else(|| "write ids such as TL-042".to_owned())
}

/// A file with the summary of a release, and the tag of its language if that is given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct SummaryFile {
    pub(crate) tag: Option<String>,
    pub(crate) path: Utf8PathBuf,
}

impl From<&str> for SummaryFile {
    fn from(written: &str) -> Self {
        let tagged = written.split_once('=').filter(|(tag, _)| Locale::parse(tag).is_some());
        match tagged {
            Some((tag, path)) => Self { tag: Some(tag.to_owned()), path: path.into() },
            None => Self { tag: None, path: written.into() },
        }
    }
}

impl std::fmt::Display for SummaryFile {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match &self.tag {
            Some(tag) => write!(f, "{tag}={path}", path = self.path),
            None => self.path.fmt(f),
        }
    }
}

#[derive(Debug, Args)]
pub(crate) struct ReleaseArguments {
    /// The name of the new edition: 2026.1. Without a name, one is proposed and nothing is written.
    pub(crate) name: Option<EditionName>,
    /// Show what differs from another content folder, such as that of another branch, and write nothing.
    #[arg(long, value_name = "FOLDER", conflicts_with_all = ["name", "date", "summary", "stricter", "eased", "reworded"])]
    pub(crate) against: Option<Utf8PathBuf>,
    /// Date of the release (default: today).
    #[arg(long, value_name = "YYYY-MM-DD")]
    pub(crate) date: Option<Date>,
    /// Release notes in the source language, or in another one: zh-TW=FILE. Paragraphs are kept.
    #[arg(long, value_name = "[TAG=]FILE")]
    pub(crate) summary: Vec<SummaryFile>,
    /// Criteria whose new wording expects more.
    #[arg(long, value_name = "IDS", value_delimiter = ',')]
    pub(crate) stricter: Vec<String>,
    /// Criteria whose new wording expects less.
    #[arg(long, value_name = "IDS", value_delimiter = ',')]
    pub(crate) eased: Vec<String>,
    /// Criteria whose new wording expects the same, or `all` for all others with new wording.
    #[arg(long, value_name = "IDS|all", value_delimiter = ',')]
    pub(crate) reworded: Vec<String>,
    #[command(flatten)]
    pub(crate) content: ContentArguments,
    #[command(flatten)]
    pub(crate) base: Base,
    #[command(flatten)]
    pub(crate) report: Report,
}

#[derive(Debug, Args)]
pub(crate) struct Cite {
    /// A criterion or a level, optionally of an edition: TL-042, TL-042@2026.1, L6@2026.1.
    pub(crate) id: String,
    /// Language of the citation (default: the source language).
    #[arg(long, value_name = "TAG")]
    pub(crate) locale: Option<String>,
    /// The citation format.
    #[arg(long, value_parser = forms(), default_value = "text")]
    pub(crate) format: WrittenForm,
    #[command(flatten)]
    pub(crate) content: ContentArguments,
    #[command(flatten)]
    pub(crate) base: Base,
}

/// The format of a citation, as given on the command line.
#[derive(Debug, Clone, Copy)]
pub(crate) struct WrittenForm(pub(crate) CitationStyle);

fn forms() -> impl TypedValueParser<Value = WrittenForm> {
    let named =
        |name: String| CitationStyle::ALL.into_iter().find(|form| form.name() == name).unwrap_or(CitationStyle::Text);
    PossibleValuesParser::new(CitationStyle::ALL.map(CitationStyle::name)).map(move |name| WrittenForm(named(name)))
}

#[derive(Debug, Args)]
pub(crate) struct Refs {
    /// Markdown, HTML or plain text files (default: standard input, also written as `-`).
    #[arg(value_name = "FILE")]
    pub(crate) files: Vec<Utf8PathBuf>,
    /// Add the edition to citations that name none, if it is certain which one they mean.
    #[arg(long)]
    pub(crate) fix: bool,
    /// The `data` folder of a published site, to use instead of the content.
    #[arg(long, value_name = "FOLDER")]
    pub(crate) data: Option<Utf8PathBuf>,
    /// Check against this edition: citations without an edition mean this one, and later changes are ignored.
    #[arg(long, value_name = "EDITION")]
    pub(crate) edition: Option<String>,
    #[command(flatten)]
    pub(crate) severities: Severities,
    #[command(flatten)]
    pub(crate) content: ContentArguments,
    #[command(flatten)]
    pub(crate) base: Base,
    #[command(flatten)]
    pub(crate) report: ScanReport,
}

#[derive(Debug, Args)]
pub(crate) struct Worksheet {
    /// The level, optionally of an edition: L6, engineering:L6, L6@2026.1.
    #[arg(required_unless_present = "update", conflicts_with = "update")]
    pub(crate) level: Option<String>,
    /// The edition (default: the latest one, or the current site for a blank sheet whose level has changed since).
    #[arg(long, value_name = "NAME")]
    pub(crate) edition: Option<String>,
    /// Languages of the statements; the first is also the language of the form (default: the source language).
    #[arg(long, value_name = "TAGS", value_delimiter = ',', conflicts_with = "update")]
    pub(crate) locale: Vec<String>,
    /// Include the criteria that the level inherits.
    #[arg(long, conflicts_with = "update")]
    pub(crate) with_inherited: bool,
    /// The file format.
    #[arg(long, value_enum, default_value_t = SheetFormat::Md, conflicts_with = "update")]
    pub(crate) format: SheetFormat,
    /// The paper size of a PDF.
    #[arg(long, value_enum, default_value_t = Paper::A4, conflicts_with = "update")]
    pub(crate) paper: Paper,
    /// The file to write (default: standard output, or the file that is carried over).
    #[arg(short, long, value_name = "FILE")]
    pub(crate) output: Option<Utf8PathBuf>,
    /// A filled-in worksheet to carry over to the edition, or `-` for standard input.
    #[arg(long, value_name = "FILE")]
    pub(crate) update: Option<Utf8PathBuf>,
    /// Show what would happen to each answer, and write nothing.
    #[arg(long, requires = "update")]
    pub(crate) dry_run: bool,
    #[command(flatten)]
    pub(crate) content: ContentArguments,
    #[command(flatten)]
    pub(crate) base: Base,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum SheetFormat {
    /// Markdown, to fill in.
    Md,
    /// A table for spreadsheets.
    Csv,
    /// For print. Needs the command `typst`.
    Pdf,
}

#[derive(Debug, Args)]
pub(crate) struct Export {
    /// The format (default: by the extension of FILE, or JSON).
    #[arg(long, value_enum)]
    pub(crate) format: Option<ExportFormat>,
    /// The edition (default: the current site).
    #[arg(long, value_name = "NAME")]
    pub(crate) edition: Option<String>,
    /// The languages (default: all; for Markdown and PDF, the source language).
    #[arg(long, value_name = "TAGS", value_delimiter = ',')]
    pub(crate) locale: Vec<String>,
    /// The paper size of a PDF.
    #[arg(long, value_enum, default_value_t = Paper::A4)]
    pub(crate) paper: Paper,
    /// Only the ladder with this key (default: all).
    #[arg(long, value_name = "KEY")]
    pub(crate) ladder: Option<String>,
    /// The file to write (default: standard output).
    #[arg(short, long, value_name = "FILE")]
    pub(crate) output: Option<Utf8PathBuf>,
    #[command(flatten)]
    pub(crate) content: ContentArguments,
    #[command(flatten)]
    pub(crate) base: Base,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum ExportFormat {
    /// Everything as data, as the site publishes it.
    Json,
    /// A table with one row per criterion.
    Csv,
    /// A workbook: the table, a matrix in each language, and the source of the text.
    Xlsx,
    /// One ladder in one language as Markdown, with its ids. `rungs init --from` can read it.
    Md,
    /// For print: one language, or two side by side. Needs the command `typst`.
    Pdf,
}

/// The size of a sheet of paper.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Paper {
    A4,
    UsLetter,
}

impl Paper {
    /// Returns what templates call it.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::A4 => "a4",
            Self::UsLetter => "us-letter",
        }
    }
}

#[derive(Debug, Args)]
pub(crate) struct Completions {
    /// The shell to write completions for.
    pub(crate) shell: Shell,
}

#[derive(Debug, Args)]
pub(crate) struct Man {
    /// The folder to write the pages to.
    pub(crate) folder: Utf8PathBuf,
}

#[derive(Debug, Args)]
pub(crate) struct Guide {
    /// The content folder whose guide they belong to.
    pub(crate) content: Utf8PathBuf,
}

#[derive(Debug, Subcommand)]
pub(crate) enum TranslationCommand {
    /// Shows what is missing and what is outdated.
    #[command(
        after_help = "Examples:\n  rungs translation status\n  rungs translation status --locale zh-TW --fail-on missing,outdated"
    )]
    Status(TranslationStatus),
    /// Marks translations as current.
    #[command(
        after_help = "Examples:\n  rungs translation accept zh-TW TL-042\n  rungs translation accept zh-TW --all --translator 'A. Person'"
    )]
    Accept(TranslationAccept),
    /// Creates the files for a new language.
    #[command(after_help = "Example:\n  rungs translation start ja")]
    Start(TranslationStart),
    /// Writes a PO file for translators: Weblate, Poedit, Crowdin.
    #[command(after_help = "Example:\n  rungs translation export zh-TW zh-TW.po")]
    Export(TranslationExport),
    /// Writes the translations of a PO file into the Markdown files.
    #[command(after_help = "Example:\n  rungs translation import zh-TW zh-TW.po")]
    Import(TranslationImport),
}

#[derive(Debug, Args)]
pub(crate) struct TranslationStatus {
    /// Only this language.
    #[arg(long, value_name = "TAG")]
    pub(crate) locale: Option<String>,
    /// Fail if a translation is in one of these states. For continuous integration.
    #[arg(long, value_enum, value_delimiter = ',', value_name = "STATES")]
    pub(crate) fail_on: Vec<Lack>,
    #[command(flatten)]
    pub(crate) content: ContentArguments,
    #[command(flatten)]
    pub(crate) report: Report,
}

/// The states of a translation that can be selected.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Lack {
    /// There is no translation.
    Missing,
    /// The source text has changed since.
    Outdated,
    /// It is not recorded which source text it was made from.
    Unrecorded,
}

#[derive(Debug, Args)]
pub(crate) struct TranslationExport {
    /// The language.
    #[arg(value_name = "LOCALE")]
    pub(crate) locale: String,
    /// The file to write.
    #[arg(value_name = "FILE")]
    pub(crate) file: Utf8PathBuf,
    #[command(flatten)]
    pub(crate) content: ContentArguments,
    /// Print errors only.
    #[arg(short, long)]
    pub(crate) quiet: bool,
}

#[derive(Debug, Args)]
pub(crate) struct TranslationImport {
    /// The language.
    #[arg(value_name = "LOCALE")]
    pub(crate) locale: String,
    /// The file to read.
    #[arg(value_name = "FILE")]
    pub(crate) file: Utf8PathBuf,
    #[command(flatten)]
    pub(crate) content: ContentArguments,
    #[command(flatten)]
    pub(crate) report: Report,
}

#[derive(Debug, Args)]
pub(crate) struct TranslationAccept {
    /// The language.
    #[arg(value_name = "LOCALE")]
    pub(crate) locale: String,
    /// The units whose translation is current: TL-042, level:L6, note:maps/3/2. Without any, only removes the records of
    /// units that no longer exist.
    #[arg(value_name = "UNIT")]
    pub(crate) units: Vec<String>,
    /// Every unit that has a translation.
    #[arg(long, conflicts_with = "units")]
    pub(crate) all: bool,
    /// The state to record (default: `reviewed` for units without a record).
    #[arg(long, value_parser = stages())]
    pub(crate) state: Option<TranslationStage>,
    /// Who translated them.
    #[arg(long, value_name = "NAME")]
    pub(crate) translator: Option<String>,
    /// Who reviewed them.
    #[arg(long, value_name = "NAME")]
    pub(crate) reviewer: Option<String>,
    #[command(flatten)]
    pub(crate) content: ContentArguments,
    /// Print errors only.
    #[arg(short, long)]
    pub(crate) quiet: bool,
}

fn stages() -> impl TypedValueParser<Value = TranslationStage> {
    PossibleValuesParser::new(TranslationStage::ALL.map(TranslationStage::name))
        .map(|name| TranslationStage::parse(&name).unwrap_or(TranslationStage::Draft))
}

#[derive(Debug, Args)]
pub(crate) struct TranslationStart {
    /// The new language: ja, ar, pt-BR.
    #[arg(value_name = "LOCALE")]
    pub(crate) locale: String,
    #[command(flatten)]
    pub(crate) content: ContentArguments,
    /// Print errors only.
    #[arg(short, long)]
    pub(crate) quiet: bool,
}

/// Where the site stands.
#[derive(Debug, Args)]
pub(crate) struct Base {
    /// The address of the site. Overrides site.toml.
    #[arg(long, value_name = "URL", env = "RUNGS_BASE_URL", hide_env_values = true)]
    pub(crate) base_url: Option<String>,
}

impl Base {
    /// Returns what is set here instead of in `site.toml`.
    pub(crate) fn overrides(&self) -> Overrides {
        Overrides { base_url: self.base_url.clone(), repository: None }
    }
}

/// The content folder that a command works on.
#[derive(Debug, Args)]
pub(crate) struct ContentArguments {
    /// The folder with site.toml and the ladders.
    #[arg(
        id = CONTENT,
        long = "content",
        value_name = "FOLDER",
        env = "RUNGS_CONTENT",
        hide_env_values = true,
        default_value = "content"
    )]
    pub(crate) folder: Utf8PathBuf,
}

/// The argument that names the content folder.
const CONTENT: &str = "content";

/// The same without `--content`.
const BARE_CONTENT: &str = "bare-content";

/// Returns whether a command line names the content folder in both ways.
fn names_content_twice(matches: &ArgMatches) -> bool {
    let is_given =
        |id: &str| matches.try_contains_id(id).is_ok() && matches.value_source(id) == Some(ValueSource::CommandLine);
    is_given(CONTENT) && is_given(BARE_CONTENT)
}

/// The source of a site and its address.
#[derive(Debug, Args)]
pub(crate) struct Source {
    /// The same as `--content`.
    #[arg(id = BARE_CONTENT, value_name = "CONTENT")]
    bare_content: Option<Utf8PathBuf>,
    #[command(flatten)]
    content: ContentArguments,
    /// The address of the site. Overrides site.toml.
    #[arg(long, value_name = "URL", env = "RUNGS_BASE_URL", hide_env_values = true)]
    pub(crate) base_url: Option<String>,
    /// The repository that edit links lead to. Overrides site.toml.
    #[arg(long, value_name = "URL", env = "RUNGS_REPOSITORY", hide_env_values = true)]
    pub(crate) repository: Option<String>,
}

impl Source {
    /// Returns the content folder.
    pub(crate) fn content(&self) -> &Utf8PathBuf {
        self.bare_content.as_ref().unwrap_or(&self.content.folder)
    }
}

/// Options for the output of problems.
#[derive(Debug, Clone, Copy, Args)]
pub(crate) struct Report {
    /// How to print problems.
    #[arg(long, value_parser = formats(), default_value = "human")]
    pub(crate) format: Format,
    /// Print errors only.
    #[arg(short, long)]
    pub(crate) quiet: bool,
}

impl Report {
    /// Everything, for people to read: what a command does that has none of these options.
    pub(crate) const HUMAN: Self = Self { format: Format::Human, quiet: false };
}

/// What a run takes more or less seriously.
#[derive(Debug, Clone, Args)]
pub(crate) struct Severities {
    /// Treat a warning as an error in this run, or all of them: `warnings`.
    #[arg(long, value_name = "CODE", value_delimiter = ',')]
    pub(crate) deny: Vec<String>,
    /// Allow a warning in this run, even with `--deny warnings`.
    #[arg(long, value_name = "CODE", value_delimiter = ',')]
    pub(crate) allow: Vec<String>,
}

/// The same options of a command that scans texts.
#[derive(Debug, Clone, Copy, Args)]
pub(crate) struct ScanReport {
    /// How to print problems.
    #[arg(long, value_enum, default_value_t = Format::Human)]
    format: Format,
    /// Print errors only.
    #[arg(short, long)]
    quiet: bool,
}

impl From<ScanReport> for Report {
    fn from(ScanReport { format, quiet }: ScanReport) -> Self {
        Self { format, quiet }
    }
}

/// Returns all formats but that of code scanning, which wants to know of every problem.
fn formats() -> impl TypedValueParser<Value = Format> {
    let others = Format::value_variants().iter().filter(|format| **format != Format::Sarif);
    PossibleValuesParser::new(others.filter_map(ValueEnum::to_possible_value))
        .map(|name| Format::from_str(&name, false).unwrap_or(Format::Human))
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// For people, with the lines concerned.
    Human,
    /// One JSON object per line.
    Json,
    /// GitHub Actions annotations.
    Github,
    /// A SARIF 2.1.0 log, for code scanning.
    Sarif,
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    #[test]
    fn the_command_line_is_consistent() {
        super::Arguments::command().debug_assert();
    }
}
