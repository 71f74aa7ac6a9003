//! `rungs theme`.

use super::arguments::{Format, Report, ThemeCommand, ThemeEject, ThemeList, ThemeVariables};
use super::{Failure, Outcome, report, site};
use crate::build::prepare;
use crate::config::Overrides;
use crate::diagnostic::{Refusal, has_errors};
use crate::text::{columns, list};
use crate::theme::{COMPONENTS, CatalogueEntry, catalogue, eject, extends, unknown_file};
use crate::{source, write};

pub(super) fn run(command: &ThemeCommand) -> Result<Outcome, Failure> {
    match command {
        ThemeCommand::List(arguments) => run_list(arguments),
        ThemeCommand::Eject(arguments) => run_eject(arguments),
        ThemeCommand::Variables(arguments) => run_variables(arguments),
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
    report::summary(&report, &format!("{path} is ready for your changes", path = content.join(path)));
    Ok(Outcome::Fine)
}

fn run_variables(arguments: &ThemeVariables) -> Result<Outcome, Failure> {
    let content = &arguments.content.folder;
    let (sources, found) = source::read(content)?;
    let options = Report { format: Format::Human, quiet: true };
    let refuse = |refusal: &Refusal| {
        report::refusal(refusal, &sources, content, &options);
        Ok(Outcome::Problems)
    };
    let file = arguments.file.strip_prefix("theme/").unwrap_or(&arguments.file);
    let is_own = sources.theme.contains_key(camino::Utf8Path::new(file));
    if !is_own && !catalogue(&sources).iter().any(|entry| entry.path == file) {
        return refuse(&unknown_file(file.into()));
    }
    let (prepared, problems) = prepare(&sources, found, &Overrides::default());
    let Some(prepared) = prepared.filter(|_| !has_errors(&problems)) else {
        site::refuse(problems, &sources, &arguments.content);
        return Ok(Outcome::Problems);
    };
    let shapes = prepared.shapes();
    let built_on = shapes.iter().filter(|(template, _)| *template == file || extends(&sources, template, file));
    let Some(shape) = built_on.map(|(_, shape)| shape.clone()).reduce(|all, one| all.common(&one)) else {
        let message = format!("no page of this site uses `{file}`");
        let help = match file {
            COMPONENTS => "each component names its arguments: `rungs theme eject components.html --block NAME`",
            _ => "run this on a site that has such pages, or see how the default template uses it",
        };
        return refuse(&Refusal::new(message).help(help));
    };
    let variables = shape.variables();
    let named: Vec<_> = variables.iter().map(|variable| (variable.path.as_str(), variable.kind.as_str())).collect();
    let lines = columns(&named);
    let examples = lines.iter().zip(&variables).map(|(line, variable)| (line.as_str(), variable.example.as_str()));
    columns(&examples.collect::<Vec<_>>()).iter().for_each(report::print_line);
    Ok(Outcome::Fine)
}
