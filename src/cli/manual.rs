//! `rungs completions`, `rungs man` and `rungs schema`: completions for shells, manual pages and the schema for
//! editors, generated from the arguments and the settings.

use clap::CommandFactory;

use super::arguments::{Arguments, Completions, Man};
use super::{Failure, Outcome, report};

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
    std::fs::create_dir_all(folder).map_err(|error| format!("`{folder}` cannot be created: {error}"))?;
    clap_mangen::generate_to(Arguments::command(), folder)
        .map_err(|error| format!("`{folder}` cannot be written to: {error}"))?;
    report::print_line(folder.join(format!("{NAME}.1")));
    Ok(Outcome::Fine)
}
