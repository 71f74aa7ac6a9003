//! Files around the content of a new site: those that are written, and those that stay as they are.

use camino::{Utf8Path, Utf8PathBuf};

use super::arguments::Report;
use super::{Failure, report};
use crate::init::{CONTENT, GITIGNORE, InstallSource, WORKFLOW, surroundings};
use crate::text::list;
use crate::write;

/// Writes the workflow and `.gitignore` beside a content folder that was made. Whatever is there already stays.
pub(super) fn add(content: &Utf8Path, report: &Report) -> Result<(), Failure> {
    let say = |line: &str| report::summary(report, line);
    if content.file_name() != Some(CONTENT) {
        say(&format!(
            "\nNo workflow was written, since the folder is not called `{CONTENT}`: the user guide shows one, under \
             Publishing."
        ));
        return Ok(());
    }
    let folder = content.parent().unwrap_or(Utf8Path::new(""));
    let mut files = surroundings(InstallSource::of_this_program());
    let kept: Vec<Utf8PathBuf> = files.keys().filter(|path| folder.join(path).exists()).cloned().collect();
    let ignored = files.get(Utf8Path::new(GITIGNORE)).cloned().unwrap_or_default();
    files.retain(|path, _| !kept.contains(path));
    write::create(folder, &files)?;
    say("");
    files.keys().for_each(|path| say(&format!("{} was written, too", folder.join(path))));
    for path in kept {
        match path.as_str() {
            GITIGNORE => say(&ignore_advice(folder, &ignored)),
            _ => say(&format!("{} stays as it is", folder.join(path))),
        }
    }
    if files.contains_key(Utf8Path::new(WORKFLOW)) {
        print_source_setting(report);
    }
    Ok(())
}

/// Lists the lines that an existing `.gitignore` should have.
pub(super) fn ignore_advice(folder: &Utf8Path, ignored: &str) -> String {
    let lines: Vec<_> = ignored.lines().filter(|line| !line.starts_with('#')).collect();
    format!(
        "{file} stays as it is. It should have the lines {lines}",
        file = folder.join(GITIGNORE),
        lines = list(&lines)
    )
}

/// Prints the setting that the workflow needs before it can run.
pub(super) fn print_source_setting(report: &Report) {
    if InstallSource::of_this_program().is_none() {
        report::summary(
            report,
            &format!("In {WORKFLOW}, say where to install Rungs from: this copy of Rungs was built from source."),
        );
    }
}
