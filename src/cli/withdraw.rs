//! `rungs withdraw`.

use super::arguments::Withdraw;
use super::{Failure, Outcome, report, today};
use crate::config::{self, Config, Overrides};
use crate::diagnostic::{Refusal, has_errors};
use crate::register::Register;
use crate::source::{self, Sources};
use crate::text::list;
use crate::withdraw::{Request, Withdrawn, find_key, read_reasons, withdraw};
use crate::write;

pub(super) fn run(arguments: &Withdraw) -> Result<Outcome, Failure> {
    let content = &arguments.content.folder;
    let (sources, mut problems) = source::read(content)?;
    let (config, more) = config::read(&sources, &Overrides::default());
    problems.extend(more);
    // A file that was read with faults could not be written back as it was.
    let Some(config) = config.filter(|_| !has_errors(&problems)) else {
        report::problems(&problems, &sources, content, &arguments.report);
        return Ok(Outcome::Problems);
    };
    let (key, withdrawn) = match withdrawn(arguments, &config, &sources) {
        Ok(withdrawn) => withdrawn,
        Err(refusal) => {
            report::refusal(&refusal, &sources, content, &arguments.report);
            return Ok(Outcome::Problems);
        }
    };
    write::replace(content, &withdrawn.edits)?;
    let mut written = sources;
    written.texts.extend(withdrawn.edits);
    report::problems(&withdrawn.problems, &written, content, &arguments.report);
    let files: Vec<_> = withdrawn.taken_from.iter().map(|path| content.join(path).to_string()).collect();
    let what = match &withdrawn.category {
        Some(category) => {
            format!("{key} is withdrawn and with it the {category}, of which nothing is left")
        }
        None => format!("{key} is withdrawn"),
    };
    let summary = match files.as_slice() {
        [] => what,
        files => format!("{what}: taken out of {files}", files = list(files)),
    };
    report::summary(&arguments.report, &summary);
    Ok(Outcome::Fine)
}

fn withdrawn(arguments: &Withdraw, config: &Config, sources: &Sources) -> Result<(String, Withdrawn), Refusal> {
    let (register, _) = Register::read(sources);
    let request = Request {
        key: find_key(&register, &arguments.id, arguments.ladder.as_deref())?,
        date: arguments.date.unwrap_or_else(today),
        reason: read_reasons(config, &arguments.reason)?,
        succession: arguments.successors.succession(),
    };
    Ok((request.key.to_string(), withdraw(config, sources, &request)?))
}
