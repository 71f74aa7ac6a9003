//! `rungs init`.

use camino::{Utf8Path, Utf8PathBuf};

use super::arguments::{Format, Init, Report};
use super::{Failure, Outcome, report};
use crate::diagnostic::Refusal;
use crate::init::{CONTENT, Files, GITIGNORE, example};
use crate::source::{self, Sources};
use crate::write;

pub(super) fn run(arguments: &Init) -> Result<Outcome, Failure> {
    begin(arguments, example(), "an example in English and Traditional Chinese")
}

/// Writes the files of a new site, unless something stands in their way, and says how to go on.
fn begin(arguments: &Init, mut files: Files, what: &str) -> Result<Outcome, Failure> {
    let folder = arguments.folder.strip_prefix(".").unwrap_or(&arguments.folder);
    // Most folders under version control have one already. It stays as it is.
    let ignoring = files.get(Utf8Path::new(GITIGNORE)).filter(|_| folder.join(GITIGNORE).exists()).cloned();
    if ignoring.is_some() {
        files.remove(Utf8Path::new(GITIGNORE));
    }
    let taken = taken(folder, &files)?;
    if !taken.is_empty() {
        let names: Vec<_> = taken.iter().map(|path| format!("  {path}")).collect();
        let message = format!("nothing is written, since this is there already:\n{}", names.join("\n"));
        let refusal = Refusal::new(message).help("move it away, or choose another folder: `rungs init my-ladder`");
        report::refusal(&refusal, &Sources::default(), folder, &plain(&arguments.report));
        return Ok(Outcome::Problems);
    }
    write::create(folder, &files)?;
    let say = |line: &str| report::summary(&arguments.report, line);
    say(&format!("{what}: {} written\n", report::number(files.len(), "file", "files")));
    files.keys().for_each(|path| say(&format!("  {}", folder.join(path))));
    if let Some(line) = ignoring {
        say(&format!("\n{} stays as it is. It should have the line {}", folder.join(GITIGNORE), line.trim_end()));
    }
    say("\nNext:\n");
    next(folder).iter().for_each(|line| say(line));
    say("\nThen fill in [provenance] in content/site.toml: whose words these are, and what others may do with them.");
    Ok(Outcome::Fine)
}

/// What stands in the way of new files. In a folder that has content, all of that does: another site is there.
fn taken(folder: &Utf8Path, files: &Files) -> Result<Vec<Utf8PathBuf>, Failure> {
    let mut taken = write::in_the_way(folder, files.keys());
    let content = folder.join(CONTENT);
    if content.is_dir() {
        let (sources, _) = source::read(&content)?;
        taken.extend(sources.texts.into_keys().map(|path| content.join(path)));
        taken.sort();
        taken.dedup();
    }
    Ok(taken)
}

/// The next three commands.
fn next(folder: &Utf8Path) -> Vec<String> {
    let commands = [
        ("rungs serve --open".to_owned(), "shows the site while you write"),
        ("rungs id --write".to_owned(), "gives ids to what you have added"),
        ("rungs check".to_owned(), "says what is wrong"),
    ];
    let enter = (!folder.as_str().is_empty()).then(|| (format!("cd {}", quoted(folder.as_str())), "")).into_iter();
    let commands: Vec<_> = enter.chain(commands).take(3).collect();
    let width = commands.iter().map(|(command, _)| command.chars().count()).max().unwrap_or_default();
    let line = |(command, what): &(String, &str)| format!("  {command:width$}  {what}").trim_end().to_owned();
    commands.iter().map(line).collect()
}

/// A path as a shell reads it.
fn quoted(path: &str) -> String {
    let is_plain = |c: char| c.is_alphanumeric() || "-_./".contains(c);
    if path.chars().all(is_plain) { path.to_owned() } else { format!("'{}'", path.replace('\'', r"'\''")) }
}

fn plain(report: &Report) -> Report {
    Report { format: Format::Human, quiet: report.quiet }
}
