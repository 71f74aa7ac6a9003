//! `rungs withdraw`.

use super::arguments::Withdraw;
use super::{Failure, Outcome, report, today};
use crate::config::{self, Config, Overrides};
use crate::diagnostic::{Problems, Refusal};
use crate::register::{Key, Register};
use crate::source::{self, Sources};
use crate::text::list;
use crate::withdraw::{AllWithdrawn, Request, find_key, read_reasons, withdraw_all};
use crate::write;

pub(super) fn run(arguments: &Withdraw) -> Result<Outcome, Failure> {
    let content = &arguments.content.folder;
    let (sources, found) = source::read(content)?;
    let problems = Problems::from(found);
    let config = config::read(&sources, &Overrides::default(), &problems);
    // A file that was read with faults could not be written back as it was.
    let Some(config) = config.filter(|_| !problems.have_errors()) else {
        report::problems(&problems.into_sorted(), &sources, content, &arguments.report);
        return Ok(Outcome::Problems);
    };
    let (keys, withdrawn) = match withdrawn(arguments, &config, &sources) {
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
    let are = |keys: &[Key]| if keys.len() == 1 { "is" } else { "are" };
    let what = format!("{names} {are} withdrawn", names = names(&keys), are = are(&keys));
    let what = match withdrawn.categories.as_slice() {
        [] => what,
        gone => format!("{what} and with it the {gone}, of which nothing is left", gone = names(gone)),
    };
    let files: Vec<_> = withdrawn.taken_from.iter().map(|path| content.join(path).to_string()).collect();
    let summary = match files.as_slice() {
        [] => what,
        files => format!("{what}: taken out of {files}", files = list(files)),
    };
    report::summary(&arguments.report, &summary);
    Ok(Outcome::Fine)
}

fn names(keys: &[Key]) -> String {
    list(keys.iter().map(ToString::to_string).collect::<Vec<_>>())
}

fn withdrawn(arguments: &Withdraw, config: &Config, sources: &Sources) -> Result<(Vec<Key>, AllWithdrawn), Refusal> {
    let register = Register::read(sources, &Problems::default());
    let date = arguments.date.unwrap_or_else(today);
    let reason = read_reasons(config, &arguments.reason)?;
    let mut keys: Vec<Key> = Vec::new();
    for id in &arguments.ids {
        let key = find_key(&register, id, arguments.ladder.as_deref())?;
        if !keys.contains(&key) {
            keys.push(key);
        }
    }
    let request = |key: &Key| Request {
        key: key.clone(),
        date,
        reason: reason.clone(),
        succession: arguments.successors.succession(),
    };
    let withdrawn = withdraw_all(config, sources, keys.iter().map(request).collect())?;
    Ok((keys, withdrawn))
}
