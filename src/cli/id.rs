//! `rungs id`.

use std::collections::{BTreeMap, BTreeSet};

use super::arguments::{Format, Id};
use super::site::{ChangeRefused, SiteChange, edit, turn};
use super::{Failure, Outcome, build::overrides, report};
use crate::assign::{Missing, assign};
use crate::diagnostic::{Position, Problems, has_errors};
use crate::id::slug;
use crate::proposal::Reading;
use crate::register::{IdState, Key, REGISTER};
use crate::restore::{Restored, restore};
use crate::source::Sources;
use crate::text::{counted, list};
use crate::withdraw::{find_key, forget};
use crate::{config, source, write};

pub(super) fn run(arguments: &Id) -> Result<Outcome, Failure> {
    let content = arguments.source.content();
    let is_folder = |name: &&String| {
        let path = camino::Utf8Path::new(name.as_str());
        path.join(config::SITE).is_file() || (slug(name).is_none() && path.is_dir())
    };
    if let Some(folder) = arguments.forget.iter().find(is_folder) {
        let ids: Vec<_> = arguments.forget.iter().filter(|id| *id != folder).map(String::as_str).collect();
        let ids = ids.join(" ");
        Err(format!("`{folder}` is a folder, not an id: name it first, as in `rungs id {folder} --forget {ids}`"))?;
    }
    if arguments.restore || !arguments.forget.is_empty() {
        return edit(content, &overrides(&arguments.source), &arguments.report, |reading| match arguments.restore {
            true => restored(reading),
            false => forgotten(arguments, reading),
        });
    }
    let turn = arguments.write.then(|| turn(content, &arguments.report)).transpose()?;
    if turn.as_ref().is_some_and(|turn| turn.is_finished) {
        return Ok(Outcome::Fine);
    }
    let (sources, found) = source::read(content)?;
    let reading = match Reading::of(&sources, found, &overrides(&arguments.source)) {
        Ok(reading) => reading,
        Err(problems) => {
            report::problems(&problems, &sources, content, &arguments.report);
            report::summary(&arguments.report, "nothing can be written until the errors above are fixed");
            return Ok(Outcome::Problems);
        }
    };
    let assignment = assign(&reading);
    // Nothing is written while something is missing that may be among what has no id.
    let refused = assignment.is_refused;
    let problems = Problems::from([reading.found.clone(), assignment.problems].concat()).into_sorted();
    report::problems(&problems, &sources, content, &arguments.report);
    if !arguments.report.quiet && arguments.report.format == Format::Human {
        for missing in &assignment.missing {
            report::print_line(line(missing, &sources, content.as_str()));
        }
    }
    let registered = sources.text(REGISTER.into()).unwrap_or_default() == assignment.register;
    let count = assignment.missing.len();
    let verdict = match (count, registered) {
        (0, true) => "every criterion, level and category has an id, and the register has them all".to_owned(),
        (0, false) => format!("every criterion, level and category has an id, and {REGISTER} lacks some"),
        _ => counted(count, "thing without an id", "things without an id"),
    };
    let changed = count > 0 || !registered;
    let summary = match (changed, arguments.write, refused) {
        (_, true, true) => "nothing was written: fix the errors above first".to_owned(),
        (true, false, true) => format!("{verdict}: fix the errors above, then run `rungs id --write`"),
        (false, false, true) => "nothing can be written until the errors above are fixed".to_owned(),
        (false, _, false) => verdict,
        (true, false, false) => format!("{verdict}: run `rungs id --write`"),
        (true, true, false) => format!("{verdict}: written"),
    };
    if changed && arguments.write && !refused {
        let mut texts: BTreeMap<_, _> = assignment.edits;
        texts.insert(REGISTER.into(), assignment.register);
        write::edit(content, &texts, &super::command(), |path| sources.text(path))?;
    }
    report::summary(&arguments.report, &summary);
    let open = has_errors(&problems) || (changed && !arguments.write);
    Ok(if open { Outcome::Problems } else { Outcome::Fine })
}

/// `rungs id --restore`.
fn restored(reading: &Reading) -> Result<SiteChange, ChangeRefused> {
    let Restored { register, added, problems } = restore(reading);
    if has_errors(&problems) {
        let nothing =
            SiteChange { lines: Vec::new(), outcome: Outcome::Problems, ..SiteChange::new(BTreeMap::new(), "") };
        return Ok(SiteChange { problems, ..nothing });
    }
    if reading.sources.text(REGISTER.into()) == Some(register.as_str()) {
        let summary = "the register already has everything that editions, content and translations record";
        return Ok(SiteChange::new(BTreeMap::new(), summary));
    }
    let withdrawn: Vec<_> =
        added.iter().filter(|(_, state)| **state == IdState::Withdrawn).map(|(key, _)| key).collect();
    let summary = match added.len() {
        0 => format!("{REGISTER} matches the editions again"),
        count => format!("{REGISTER} has {ids} again", ids = counted(count, "id", "ids")),
    };
    let summary = match withdrawn.as_slice() {
        [] => summary,
        [id] => format!("{summary}; it is not known why {id} disappeared: add `reason` if it was withdrawn"),
        unexplained => format!(
            "{summary}; it is not known why {ids} disappeared: add `reason` to those that were withdrawn",
            ids = list(unexplained)
        ),
    };
    Ok(SiteChange { problems, ..SiteChange::new([(REGISTER.into(), register)].into(), summary) })
}

/// `rungs id --forget ID…`.
fn forgotten(arguments: &Id, reading: &Reading) -> Result<SiteChange, ChangeRefused> {
    let register = &reading.understood.register;
    let keys = arguments.forget.iter().map(|id| find_key(register, id, arguments.ladder.as_deref()));
    let keys = keys.collect::<Result<BTreeSet<Key>, _>>()?;
    let forgotten = forget(reading, &keys)?;
    let are = if keys.len() == 1 { "is" } else { "are" };
    let what = format!("{names} {are} forgotten", names = list(&keys));
    let content = arguments.source.content();
    let files: Vec<_> = forgotten.taken_from.iter().map(|path| content.join(path).to_string()).collect();
    let summary = match files.as_slice() {
        [] => what,
        files => format!("{what}: removed from {files}", files = list(files)),
    };
    Ok(SiteChange::new(forgotten.edits, summary))
}

/// `content/en/ladder.md:12: TL-103`.
fn line(missing: &Missing, sources: &Sources, folder: &str) -> String {
    let text = sources.text(&missing.place.path).unwrap_or_default();
    let position = Position::of(text, missing.place.span().start);
    let path = camino::Utf8Path::new(folder).join(&missing.place.path);
    format!("{path}:{}: {}", position.line, missing.key.id())
}
