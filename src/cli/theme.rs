//! `rungs theme`.

use super::arguments::{Format, Report, ThemeCommand, ThemeEject, ThemeList};
use super::{Failure, Outcome, report};
use crate::text::{columns, list};
use crate::theme::{CatalogueEntry, catalogue, eject};
use crate::{source, write};

pub(super) fn run(command: &ThemeCommand) -> Result<Outcome, Failure> {
    match command {
        ThemeCommand::List(arguments) => run_list(arguments),
        ThemeCommand::Eject(arguments) => run_eject(arguments),
    }
}

fn run_list(arguments: &ThemeList) -> Result<Outcome, Failure> {
    let (sources, _) = source::read(&arguments.content.folder)?;
    let entries = catalogue(&sources);
    let entries: Vec<_> = entries.iter().map(|entry| (entry.path.to_string(), described(entry))).collect();
    columns(&entries).iter().for_each(report::print_line);
    Ok(Outcome::Fine)
}

/// Returns the blocks of a file, and the site's replacement for it.
fn described(entry: &CatalogueEntry) -> String {
    let own = entry.own.as_ref().map(|own| match (&own.blocks, own.is_outdated) {
        (None, false) => "the site has its own".to_owned(),
        (None, true) => "the site has its own; the default has changed since".to_owned(),
        (Some(blocks), false) => format!("the site has its own {blocks}", blocks = list(blocks)),
        (Some(blocks), true) => {
            format!("the site has its own {blocks}; the default has changed since", blocks = list(blocks))
        }
    });
    let own = own.map(|own| format!("[{own}]"));
    [list(&entry.blocks), own.unwrap_or_default()]
        .into_iter()
        .filter(|part| !part.is_empty())
        .collect::<Vec<_>>()
        .join("  ")
}

fn run_eject(arguments: &ThemeEject) -> Result<Outcome, Failure> {
    let content = &arguments.content.folder;
    let (sources, _) = source::read(content)?;
    let report = Report { format: Format::Human, quiet: arguments.quiet };
    let (path, text) = match eject(&sources, &arguments.file, arguments.block.as_deref()) {
        Ok(ejected) => ejected,
        Err(refusal) => {
            report::refusal(&refusal, &sources, content, &report);
            return Ok(Outcome::Problems);
        }
    };
    let path = camino::Utf8Path::new("theme").join(path);
    write::replace(content, &[(path.clone(), text)].into())?;
    report::summary(&report, &format!("{path} is there to be changed", path = content.join(path)));
    Ok(Outcome::Fine)
}
