//! `rungs serve`.

use super::arguments::{Report, Serve};
use super::{Failure, Outcome, build, report};
use crate::serve::{BuildResult, Options, ServeEvent, serve};
use crate::source::Sources;
use crate::text::{counted, list};

/// The greatest number of changed files that are named.
const NAMED: usize = 3;

pub(super) fn run(arguments: &Serve) -> Result<Outcome, Failure> {
    let content = arguments.source.content().clone();
    let options =
        Options { content: content.clone(), overrides: build::overrides(&arguments.source), port: arguments.port };
    let report = Report::HUMAN;
    let opens = arguments.open;
    let mut known = Vec::new();
    let report = move |event: ServeEvent<'_>| match event {
        ServeEvent::Ready { address } => {
            report::print_line(format!("{address} (press Ctrl-C to stop)"));
            if opens && let Err(error) = open::that_detached(address) {
                report::warning(&format!("no browser could be opened: {error}"));
            }
        }
        ServeEvent::Built(round, sources) => {
            // What has been said before is not said again.
            if round.problems != known {
                report::problems(&round.problems, sources, &content, &report);
                known.clone_from(&round.problems);
            }
            report::print_line(line(round, sources));
        }
        ServeEvent::Unread(error) => report::failure(error),
        ServeEvent::Fault(fault) => report::fault(fault),
    };
    serve(options, report)?;
    Ok(Outcome::Fine)
}

/// Returns the line about a rebuild: the changed files, the result, and the time it took.
fn line(round: &BuildResult, sources: &Sources) -> String {
    let number = |files: usize| counted(files, "file", "files");
    let changed = match round.changed.as_slice() {
        [] => number(sources.texts.len() + sources.images.len() + sources.theme.len()),
        files if files.len() <= NAMED => list(files),
        files => number(files.len()),
    };
    let pages = match round.pages {
        None => "the pages stay as they were".to_owned(),
        Some(pages) => counted(pages, "page", "pages"),
    };
    format!(
        "{changed}: {pages}, {problems}, {time} ms",
        problems = report::count(&round.problems),
        time = round.took.as_millis()
    )
}
