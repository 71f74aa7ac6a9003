//! `rungs id`.

use std::collections::BTreeMap;

use super::arguments::{Format, Id};
use super::{Failure, Outcome, build::overrides, report};
use crate::diagnostic::{Position, has_errors, sorted};
use crate::register::{self, Missing, REGISTER};
use crate::source::Sources;
use crate::text::counted;
use crate::{config, source, write};

pub(super) fn run(arguments: &Id) -> Result<Outcome, Failure> {
    let content = &arguments.source.content;
    let (sources, mut problems) = source::read(content)?;
    let (config, more) = config::read(&sources, &overrides(&arguments.source));
    problems.extend(more);
    let Some(config) = config else {
        report::problems(&sorted(problems), &sources, content, &arguments.report);
        return Ok(Outcome::Problems);
    };
    // A file that was read with faults could not be written back as it was.
    let damaged = has_errors(&problems);
    let assignment = register::assign(&config, &sources);
    problems.extend(assignment.problems);
    let problems = sorted(problems);
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
    let summary = match (changed, arguments.write, damaged) {
        (false, _, _) => verdict,
        (true, false, _) => format!("{verdict}: run `rungs id --write`"),
        (true, true, false) => format!("{verdict}: written"),
        (true, true, true) => format!("{verdict}: nothing written, mend the errors above first"),
    };
    if changed && arguments.write && !damaged {
        let mut texts: BTreeMap<_, _> = assignment.edits;
        texts.insert(REGISTER.into(), assignment.register);
        write::replace(content, &texts)?;
    }
    report::summary(&arguments.report, &summary);
    let open = has_errors(&problems) || (changed && !arguments.write);
    Ok(if open { Outcome::Problems } else { Outcome::Fine })
}

/// `content/en/ladder.md:12: TL-103`.
fn line(missing: &Missing, sources: &Sources, folder: &str) -> String {
    let text = sources.text(&missing.place.path).unwrap_or_default();
    let position = Position::of(text, missing.place.span().start);
    let path = camino::Utf8Path::new(folder).join(&missing.place.path);
    format!("{path}:{}: {}", position.line, missing.key.id())
}
