//! The command line.

use camino::Utf8PathBuf;
use clap::{Args, Parser, Subcommand, ValueEnum};

/// Builds static sites from career ladders written in Markdown.
#[derive(Debug, Parser)]
#[command(version, about, max_term_width = 100)]
pub struct Arguments {
    #[command(subcommand)]
    pub command: Command,
}

#[derive(Debug, Subcommand)]
pub enum Command {
    /// Builds the site.
    Build(Build),
    /// Shows what has no id yet, or gives ids.
    Id(Id),
}

#[derive(Debug, Args)]
pub struct Build {
    #[command(flatten)]
    pub source: Source,
    /// The folder to write the site to.
    #[arg(short, long, value_name = "FOLDER", default_value = "public")]
    pub output: Utf8PathBuf,
    #[command(flatten)]
    pub report: Report,
}

#[derive(Debug, Args)]
pub struct Id {
    #[command(flatten)]
    pub source: Source,
    /// Put the ids into the files, and keep the register.
    #[arg(long)]
    pub write: bool,
    #[command(flatten)]
    pub report: Report,
}

/// Where a site comes from and where it will stand.
#[derive(Debug, Args)]
pub struct Source {
    /// The folder with site.toml and the ladders.
    #[arg(default_value = "content")]
    pub content: Utf8PathBuf,
    /// Where the site will stand, in place of what site.toml says.
    #[arg(long, value_name = "URL", env = "RUNGS_BASE_URL", hide_env_values = true)]
    pub base_url: Option<String>,
    /// The repository that edit links lead to, in place of what site.toml says.
    #[arg(long, value_name = "URL", env = "RUNGS_REPOSITORY", hide_env_values = true)]
    pub repository: Option<String>,
}

/// How to say what there is to say.
#[derive(Debug, Args)]
pub struct Report {
    /// How to print problems.
    #[arg(long, value_enum, default_value_t = Format::Human)]
    pub format: Format,
    /// Print errors only.
    #[arg(short, long)]
    pub quiet: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// For reading: with the lines they are in.
    Human,
    /// One JSON object a line.
    Json,
    /// Annotations of GitHub Actions.
    Github,
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    #[test]
    fn the_command_line_is_consistent() {
        super::Arguments::command().debug_assert();
    }
}
