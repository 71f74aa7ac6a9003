//! The command line.

use camino::Utf8PathBuf;
use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{Args, Parser, Subcommand, ValueEnum};
use clap_complete::Shell;
use jiff::civil::Date;

use crate::citing::CitationStyle;
use crate::id::{CriterionId, EditionName};
use crate::register::Verb;
use crate::translation::TranslationStage;

/// Builds static sites from career ladders written in Markdown.
#[derive(Debug, Parser)]
#[command(version, about, max_term_width = 100)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Begins a site: a small example, or ladders that are there already.
    #[command(
        after_help = "Examples:\n  rungs init my-ladder\n  rungs init --from ladder.md --dry-run\n  rungs init site --from ladders/ --prefix EN"
    )]
    Init(Init),
    /// Builds the site.
    #[command(
        after_help = "Examples:\n  rungs build\n  rungs build ladders -o public --base-url https://example.org/ladders/"
    )]
    Build(BuildArguments),
    /// Shows everything that is wrong, and writes nothing.
    #[command(
        after_help = "Examples:\n  rungs check\n  rungs check --fix\n  rungs check --explain near-duplicate\n  rungs check --deny warnings --format github"
    )]
    Check(CheckArguments),
    /// Shows the site in the browser while it is being written.
    #[cfg(feature = "serve")]
    #[command(after_help = "Examples:\n  rungs serve --open\n  rungs serve ladders --port 8080")]
    Serve(Serve),
    /// Shows what has no id yet, or gives ids. Restores the register, and forgets ids that were never released.
    #[command(after_help = "Examples:\n  rungs id --write\n  rungs id --restore\n  rungs id --forget TL-104 TL-105")]
    Id(Id),
    /// Makes a ladder of your own from one that others publish, or tells how the two have changed.
    #[command(
        after_help = "Examples:\n  rungs adapt ../ladder/content content --prefix AC --by 'Acme Ltd'\n  rungs adapt --status\n  rungs adapt --status --upstream ../ladder/content\n  rungs adapt --update --upstream ../ladder/content --write"
    )]
    Adapt(Adapt),
    /// Takes criteria out of the content for good, and keeps their last words.
    #[command(
        after_help = "Examples:\n  rungs withdraw TL-042 --reason 'Reviews are done by everybody.' --replaced-by TL-103\n  rungs withdraw TL-043 --reason 'Nobody needs it.' --reason zh-TW='已無必要。'\n  rungs withdraw TL-044 TL-045 --reason 'Our teams do not review designs.'"
    )]
    Withdraw(Withdraw),
    /// Shows what has changed since the last edition, or releases a new one.
    #[command(after_help = "Examples:\n  rungs release\n  rungs release 2026.2 --stricter TL-042 --reworded all")]
    Release(ReleaseArguments),
    /// Writes a citation of a criterion.
    #[command(
        after_help = "Examples:\n  rungs cite TL-042\n  rungs cite TL-042@2026.1 --locale zh-TW --format markdown"
    )]
    Cite(Cite),
    /// Finds citations in texts, and says which no longer mean what they meant.
    #[command(after_help = "Examples:\n  rungs refs review.md\n  rungs refs --fix review.md\n  pbpaste | rungs refs")]
    Refs(Refs),
    /// Writes what a shell needs to complete this command line.
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
    /// Writes the pages of the user guide that are made of the program itself.
    #[command(hide = true)]
    Guide(Guide),
    /// Says how the translations stand to their source, and keeps account of it.
    #[command(subcommand)]
    Translation(TranslationCommand),
    /// Shows what the theme is made of, and copies parts of it to be changed.
    #[command(subcommand)]
    Theme(ThemeCommand),
}

impl Command {
    /// How to print problems. For reading, if the command does not ask.
    pub(crate) fn report(&self) -> Report {
        match self {
            Self::Init(Init { report, .. })
            | Self::Build(BuildArguments { report, .. })
            | Self::Check(CheckArguments { report, .. })
            | Self::Id(Id { report, .. })
            | Self::Adapt(Adapt { report, .. })
            | Self::Withdraw(Withdraw { report, .. })
            | Self::Release(ReleaseArguments { report, .. })
            | Self::Refs(Refs { report, .. })
            | Self::Translation(
                TranslationCommand::Status(TranslationStatus { report, .. })
                | TranslationCommand::Import(TranslationImport { report, .. }),
            ) => *report,
            _ => Report { format: Format::Human, quiet: false },
        }
    }
}

#[derive(Debug, Subcommand)]
pub(crate) enum ThemeCommand {
    /// Lists the templates with their blocks, the assets, and what of them the site has in its own theme.
    #[command(after_help = "Example:\n  rungs theme list")]
    List(ThemeList),
    /// Copies a file of the default theme into the theme of the site. Never writes over a file.
    #[command(
        after_help = "Examples:\n  rungs theme eject level.html\n  rungs theme eject base.html --block footer\n  rungs theme eject assets/style.css"
    )]
    Eject(ThemeEject),
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
    /// Write a template that extends the default one and has this block alone.
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
    /// The folder to begin it in. It is made if it is not there.
    #[arg(value_name = "DIR", default_value = ".")]
    pub(crate) folder: Utf8PathBuf,
    /// Markdown files, or folders of them, whose ladders become those of the site.
    #[arg(long, value_name = "FILE", num_args = 1..)]
    pub(crate) from: Vec<Utf8PathBuf>,
    /// What the ids of the adopted ladder begin with: EN. Unless it is given, the initials of its title.
    #[arg(long, value_name = "LETTERS", requires = "from")]
    pub(crate) prefix: Option<String>,
    /// The language that adopted ladders were written in first: en. Unless it is given, it is told from the files.
    #[arg(long, value_name = "TAG", requires = "from")]
    pub(crate) locale: Option<String>,
    /// Show what would be adopted, and write nothing.
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
    /// The port to listen at. Unless it is given, 7864 or another that is free.
    #[arg(long, value_name = "NUMBER")]
    pub(crate) port: Option<u16>,
}

#[derive(Debug, Args)]
pub(crate) struct CheckArguments {
    #[command(flatten)]
    pub(crate) source: Source,
    /// Take a warning for an error in this run, or all of them: `warnings`.
    #[arg(long, value_name = "CODE", value_delimiter = ',')]
    pub(crate) deny: Vec<String>,
    /// Say nothing of a warning in this run, even where all warnings are denied.
    #[arg(long, value_name = "CODE", value_delimiter = ',')]
    pub(crate) allow: Vec<String>,
    /// Mend what can be mended for certain, and show what is left.
    #[arg(long)]
    pub(crate) fix: bool,
    /// Tell what a code means, why it matters and what to do, and check nothing.
    #[arg(long, value_name = "CODE")]
    pub(crate) explain: Option<String>,
    #[command(flatten)]
    pub(crate) report: Report,
}

#[derive(Debug, Args)]
pub(crate) struct Id {
    #[command(flatten)]
    pub(crate) source: Source,
    /// Put the ids into the files, and keep the register.
    #[arg(long, group = "mode")]
    pub(crate) write: bool,
    /// Rebuild the register from what editions, content and records of translations tell.
    #[arg(long, group = "mode")]
    pub(crate) restore: bool,
    /// Drop ids from the register that no edition holds and nothing in the source has.
    #[arg(long, group = "mode", value_name = "ID", num_args = 1.., value_delimiter = ',')]
    pub(crate) forget: Vec<String>,
    /// The ladder of a level or category that is forgotten, where several have one of this id.
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
    /// The new content folder. It may not hold anything yet.
    #[arg(value_name = "DIR", default_value = "content")]
    pub(crate) folder: Utf8PathBuf,
    /// What new ids begin with: AC. Where the upstream has several ladders, KEY=AC for each.
    #[arg(long, value_name = "[KEY=]PREFIX", required_unless_present = "mode", conflicts_with = "mode")]
    pub(crate) prefix: Vec<String>,
    /// Who adapts it: a person or an organisation.
    #[arg(long, value_name = "NAME", required_unless_present = "mode", conflicts_with = "mode")]
    pub(crate) by: Option<String>,
    /// A page about who adapts it.
    #[arg(long, value_name = "URL", conflicts_with = "mode")]
    pub(crate) by_url: Option<String>,
    /// The title of the new site. For a translation write the locale before it: zh-TW=…
    #[arg(long, value_name = "[LOCALE=]TEXT", conflicts_with = "mode")]
    pub(crate) title: Vec<String>,
    /// Where the new site will stand.
    #[arg(long, value_name = "URL", conflicts_with = "mode")]
    pub(crate) base_url: Option<String>,
    /// Where the upstream's site stands, in place of what its site.toml says.
    #[arg(long, value_name = "URL", conflicts_with = "mode")]
    pub(crate) upstream_url: Option<String>,
    /// The day on which it is done. Today, unless it is given.
    #[arg(long, value_name = "YYYY-MM-DD")]
    pub(crate) date: Option<Date>,
    /// Tell by id what is adapted, new and left out.
    #[arg(long, group = "mode")]
    pub(crate) status: bool,
    /// Take over what has changed in the upstream, where it is as it was here. Shows what that would be.
    #[arg(long, group = "mode", requires = "upstream")]
    pub(crate) update: bool,
    /// Write what is taken over.
    #[arg(long, requires = "update")]
    pub(crate) write: bool,
    /// Criteria that stay as they are here, whatever has become of them in the upstream.
    #[arg(long, value_name = "IDS", value_delimiter = ',', value_parser = criterion_id, requires = "update")]
    pub(crate) keep: Vec<CriterionId>,
    /// The upstream's content folder as it is now.
    #[arg(long, value_name = "FOLDER", requires = "mode")]
    pub(crate) upstream: Option<Utf8PathBuf>,
    #[command(flatten)]
    pub(crate) content: ContentArguments,
    #[command(flatten)]
    pub(crate) report: Report,
}

#[derive(Debug, Args)]
pub(crate) struct Withdraw {
    /// What is withdrawn: TL-042. A level or category goes by its id too, once nothing of it is left in the content.
    #[arg(value_name = "ID", required = true)]
    pub(crate) ids: Vec<String>,
    /// Why, in one sentence. For a translation write the locale before it: zh-TW=…
    #[arg(long, value_name = "[LOCALE=]TEXT", required = true)]
    pub(crate) reason: Vec<String>,
    #[command(flatten)]
    pub(crate) successors: Successors,
    /// The ladder of a level or category, where several have one of this id.
    #[arg(long, value_name = "KEY")]
    pub(crate) ladder: Option<String>,
    /// The day of the withdrawal. Today, unless it is given.
    #[arg(long, value_name = "YYYY-MM-DD")]
    pub(crate) date: Option<Date>,
    #[command(flatten)]
    pub(crate) content: ContentArguments,
    #[command(flatten)]
    pub(crate) report: Report,
}

/// What came in its place. One of these at most.
#[derive(Debug, Args)]
#[group(multiple = false)]
pub(crate) struct Successors {
    /// The same is asked under another id, such as that of another ladder.
    #[arg(long, value_name = "ID", value_parser = criterion_id)]
    moved_to: Option<CriterionId>,
    /// It became a part of another one.
    #[arg(long, value_name = "ID", value_parser = criterion_id)]
    merged_into: Option<CriterionId>,
    /// It became several.
    #[arg(long, value_name = "ID", value_parser = criterion_id, num_args = 1.., value_delimiter = ',')]
    split_into: Vec<CriterionId>,
    /// Others are asked in its place.
    #[arg(long, value_name = "ID", value_parser = criterion_id, num_args = 1.., value_delimiter = ',')]
    replaced_by: Vec<CriterionId>,
    /// Others that were there already ask for the same.
    #[arg(long, value_name = "ID", value_parser = criterion_id, num_args = 1.., value_delimiter = ',')]
    covered_by: Vec<CriterionId>,
}

impl Successors {
    /// The verb that was given, with its successors.
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

#[derive(Debug, Args)]
pub(crate) struct ReleaseArguments {
    /// The name of the new edition: 2026.1. Without it nothing is written, and one is proposed.
    pub(crate) name: Option<EditionName>,
    /// The day of the release. Today, unless it is given.
    #[arg(long, value_name = "YYYY-MM-DD")]
    pub(crate) date: Option<Date>,
    /// A text about the release. Its paragraphs are kept.
    #[arg(long, value_name = "FILE")]
    pub(crate) summary: Option<Utf8PathBuf>,
    /// The criteria of which new words ask for more.
    #[arg(long, value_name = "IDS", value_delimiter = ',')]
    pub(crate) stricter: Vec<String>,
    /// The criteria of which new words ask for less.
    #[arg(long, value_name = "IDS", value_delimiter = ',')]
    pub(crate) eased: Vec<String>,
    /// The criteria that ask for the same in other words, or `all` for all others that have new words.
    #[arg(long, value_name = "IDS|all", value_delimiter = ',')]
    pub(crate) reworded: Vec<String>,
    #[command(flatten)]
    pub(crate) content: ContentArguments,
    #[command(flatten)]
    pub(crate) report: Report,
}

#[derive(Debug, Args)]
pub(crate) struct Cite {
    /// A criterion, or a criterion of an edition: TL-042, TL-042@2026.1.
    pub(crate) id: String,
    /// The language of the citation. That of the source, unless it is given.
    #[arg(long, value_name = "TAG")]
    pub(crate) locale: Option<String>,
    /// How to write it.
    #[arg(long, value_parser = forms(), default_value = "text")]
    pub(crate) format: WrittenForm,
    #[command(flatten)]
    pub(crate) content: ContentArguments,
    #[command(flatten)]
    pub(crate) base: Base,
}

/// The form of a citation, as it is given.
#[derive(Debug, Clone, Copy)]
pub(crate) struct WrittenForm(pub(crate) CitationStyle);

fn forms() -> impl TypedValueParser<Value = WrittenForm> {
    let named =
        |name: String| CitationStyle::ALL.into_iter().find(|form| form.name() == name).unwrap_or(CitationStyle::Text);
    PossibleValuesParser::new(CitationStyle::ALL.map(CitationStyle::name)).map(move |name| WrittenForm(named(name)))
}

#[derive(Debug, Args)]
pub(crate) struct Refs {
    /// Markdown, HTML or plain text. Without any, or for `-`, standard input.
    #[arg(value_name = "FILE")]
    pub(crate) files: Vec<Utf8PathBuf>,
    /// Pin citations that name no edition to the last one.
    #[arg(long)]
    pub(crate) fix: bool,
    #[command(flatten)]
    pub(crate) content: ContentArguments,
    #[command(flatten)]
    pub(crate) base: Base,
    #[command(flatten)]
    pub(crate) report: Report,
}

#[derive(Debug, Args)]
pub(crate) struct Completions {
    /// The shell that is to complete it.
    pub(crate) shell: Shell,
}

#[derive(Debug, Args)]
pub(crate) struct Man {
    /// The folder to write them to.
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
    /// Records that translations are right as they stand.
    #[command(
        after_help = "Examples:\n  rungs translation accept zh-TW TL-042\n  rungs translation accept zh-TW --all --translator 'A. Person'"
    )]
    Accept(TranslationAccept),
    /// Makes the files of a new language.
    #[command(after_help = "Example:\n  rungs translation start ja")]
    Start(TranslationStart),
    /// Writes a PO file for translators: Weblate, Poedit, Crowdin.
    #[command(after_help = "Example:\n  rungs translation export zh-TW zh-TW.po")]
    Export(TranslationExport),
    /// Puts the translations of a PO file into the Markdown.
    #[command(after_help = "Example:\n  rungs translation import zh-TW zh-TW.po")]
    Import(TranslationImport),
}

#[derive(Debug, Args)]
pub(crate) struct TranslationStatus {
    /// One language alone.
    #[arg(long, value_name = "TAG")]
    pub(crate) locale: Option<String>,
    /// What makes the command fail, for continuous integration.
    #[arg(long, value_enum, value_delimiter = ',', value_name = "STATES")]
    pub(crate) fail_on: Vec<Lack>,
    #[command(flatten)]
    pub(crate) content: ContentArguments,
    #[command(flatten)]
    pub(crate) report: Report,
}

/// What a translation can lack.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Lack {
    /// There is none.
    Missing,
    /// It was made from another source text.
    Outdated,
    /// Nobody has said what it was made from.
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
    /// The units whose translation is right: TL-042, level:L6, note:maps/3/2. Without any, only the records of units
    /// that no longer exist are dropped.
    #[arg(value_name = "UNIT")]
    pub(crate) units: Vec<String>,
    /// Every unit that has a translation.
    #[arg(long, conflicts_with = "units")]
    pub(crate) all: bool,
    /// How far they have come. Those of which nothing is recorded yet are reviewed, unless it is given.
    #[arg(long, value_parser = stages())]
    pub(crate) state: Option<TranslationStage>,
    /// Who translated them.
    #[arg(long, value_name = "NAME")]
    pub(crate) translator: Option<String>,
    /// Who has read them.
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
    /// Where the site stands, in place of what site.toml says.
    #[arg(long, value_name = "URL", env = "RUNGS_BASE_URL", hide_env_values = true)]
    pub(crate) base_url: Option<String>,
}

/// Where the content is that a command is about.
#[derive(Debug, Args)]
pub(crate) struct ContentArguments {
    /// The folder with site.toml and the ladders.
    #[arg(id = "content", long = "content", value_name = "FOLDER", default_value = "content")]
    pub(crate) folder: Utf8PathBuf,
}

/// Where a site comes from and where it will stand.
#[derive(Debug, Args)]
pub(crate) struct Source {
    /// The folder with site.toml and the ladders.
    #[arg(default_value = "content")]
    pub(crate) content: Utf8PathBuf,
    /// Where the site will stand, in place of what site.toml says.
    #[arg(long, value_name = "URL", env = "RUNGS_BASE_URL", hide_env_values = true)]
    pub(crate) base_url: Option<String>,
    /// The repository that edit links lead to, in place of what site.toml says.
    #[arg(long, value_name = "URL", env = "RUNGS_REPOSITORY", hide_env_values = true)]
    pub(crate) repository: Option<String>,
}

/// How to say what there is to say.
#[derive(Debug, Clone, Copy, Args)]
pub(crate) struct Report {
    /// How to print problems.
    #[arg(long, value_enum, default_value_t = Format::Human)]
    pub(crate) format: Format,
    /// Print errors only.
    #[arg(short, long)]
    pub(crate) quiet: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// For reading: with the lines they are in.
    Human,
    /// One JSON object a line.
    Json,
    /// Annotations of GitHub Actions.
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
