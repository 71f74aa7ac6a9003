//! `rungs completions`, `rungs man` and `rungs schema`: completions for shells, manual pages and the schema for
//! editors, generated from the arguments and the settings.

use std::collections::BTreeMap;

use camino::Utf8PathBuf;
use clap::{Command, CommandFactory};

use super::arguments::{Arguments, Completions, Man};
use super::{Failure, Outcome, report};
use crate::write;

/// The name of the program.
const NAME: &str = "rungs";

pub(super) fn completions(arguments: &Completions) -> Result<Outcome, Failure> {
    let mut script = Vec::new();
    clap_complete::generate(arguments.shell, &mut Arguments::command(), NAME, &mut script);
    report::print(String::from_utf8_lossy(&script));
    Ok(Outcome::Fine)
}

pub(super) fn schema() -> Result<Outcome, Failure> {
    report::print(crate::config::schema());
    Ok(Outcome::Fine)
}

pub(super) fn pages(arguments: &Man) -> Result<Outcome, Failure> {
    let folder = &arguments.folder;
    let mut command = Arguments::command().disable_help_subcommand(true);
    command.build();
    let mut pages = BTreeMap::new();
    add_pages(command, &mut pages);
    write::replace(folder, &pages)?;
    report::print_line(folder.join(format!("{NAME}.1")));
    Ok(Outcome::Fine)
}

/// Adds the pages of a command and of the commands below it.
fn add_pages(command: Command, pages: &mut BTreeMap<Utf8PathBuf, Vec<u8>>) {
    for below in command.get_subcommands().filter(|below| !below.is_hide_set()) {
        add_pages(below.clone(), pages);
    }
    let manual = clap_mangen::Man::new(command);
    let mut page = Vec::new();
    manual.render(&mut page).expect("memory can be written to");
    pages.insert(manual.get_filename().into(), page);
}
