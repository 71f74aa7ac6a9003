//! Converts errors of the template engine into problems in the files of the theme.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use camino::{Utf8Path, Utf8PathBuf};
use tera::{Error, ErrorKind};

use super::catalogue::{blocks_above, components};
use super::{DEFAULT_FOLDER, THEME, embedded};
use crate::diagnostic::{Code, Diagnostic, Place};
use crate::source::Sources;
use crate::text::{list, nearest, slice};

/// Returns the problems of templates that are read. `own` are those of the site, `texts` all of them.
pub(super) fn found(
    error: &Error,
    own: &BTreeSet<Utf8PathBuf>,
    texts: &BTreeMap<Utf8PathBuf, Cow<'_, str>>,
    sources: &Sources,
) -> Vec<Diagnostic> {
    let ErrorKind::Msg(message) = error.kind() else { return vec![of_rendering(error, own)] };
    // Faults that show when all templates are known come together in one text.
    let faults: Vec<_> = message.split("\n\n").filter_map(|fault| TemplateFault::read(fault, texts)).collect();
    let of_site: Vec<_> = faults.iter().filter(|fault| own.contains(&fault.file)).collect();
    if !of_site.is_empty() {
        return of_site.into_iter().map(|fault| fault.problem(sources)).collect();
    }
    match faults.first() {
        Some(fault) => vec![in_default(&fault.message, &fault.file, fault.start)],
        None => vec![of_rendering(error, own)],
    }
}

/// Returns the problem of a template that was rendered.
pub(super) fn of_rendering(error: &Error, own: &BTreeSet<Utf8PathBuf>) -> Diagnostic {
    match error.kind() {
        ErrorKind::SyntaxError(report) | ErrorKind::RenderingError(report) => {
            let (name, span) = (Utf8Path::new(report.filename()), report.span().range.clone());
            match own.contains(name) {
                true => problem(report.message(), Place::new(Utf8Path::new(THEME).join(name), span)),
                false => in_default(report.message(), name, span.start),
            }
        }
        ErrorKind::MissingParent { current, parent } => {
            let message = format!("it extends `{parent}`, which does not exist");
            problem(&message, Place::file(Utf8Path::new(THEME).join(current)))
        }
        ErrorKind::CircularExtend { tpl, .. } => {
            let place = Place::file(Utf8Path::new(THEME).join(tpl));
            problem("it extends itself, perhaps through others", place)
        }
        _ => problem(&error.to_string(), Place::file(THEME)),
    }
}

fn problem(message: &str, place: Place) -> Diagnostic {
    let told = |message: &str| place.problem(Code::Template, format!("a template of the theme fails: {message}"));
    // What there is differs from page to page, and one fault is told once.
    let listed = [" Available variables: ", " Available fields: "].iter().find_map(|list| message.split_once(list));
    let Some((message, known)) = listed else {
        return told(message).help("fix the template, or remove it to use the default");
    };
    let wanted = message.split('`').nth(1).unwrap_or_default();
    told(message).help(match nearest(wanted, known.split(", ")) {
        Some(near) => format!("did you mean `{near}`?"),
        None => format!("available here: {known}", known = list(known.split(", ").map(|name| format!("`{name}`")))),
    })
}

/// Returns a fault that shows in a default template, which is in no file of the site. Its line is a part of the
/// message.
fn in_default(message: &str, name: &Utf8Path, at: usize) -> Diagnostic {
    let name = name.strip_prefix(DEFAULT_FOLDER).unwrap_or(name);
    let message = message.split(" Available ").next().unwrap_or(message);
    let line = embedded(name).and_then(|text| {
        let number = text.get(..at)?.matches('\n').count() + 1;
        Some(format!(
            "{message}, on line {number} of the default `{name}`: `{line}`",
            line = text.lines().nth(number - 1)?.trim()
        ))
    });
    problem(line.as_deref().unwrap_or(message), Place::file(Utf8Path::new(THEME).join(name)))
        .help("the default templates work on their own: look for the cause in the site's theme")
}

/// A fault as the engine writes it for people: `error: …`, then `--> file:line:column`, then the line with `^^^` below.
struct TemplateFault {
    message: String,
    file: Utf8PathBuf,
    start: usize,
    length: usize,
}

impl TemplateFault {
    fn read(text: &str, texts: &BTreeMap<Utf8PathBuf, Cow<'_, str>>) -> Option<Self> {
        let mut lines = text.trim().lines();
        let message = lines.next()?.trim_start_matches("error:").trim().to_owned();
        let (_, place) = lines.next()?.split_once("--> ")?;
        let mut parts = place.trim().rsplitn(3, ':');
        let (column, line): (usize, usize) = (parts.next()?.parse().ok()?, parts.next()?.parse().ok()?);
        let file = Utf8PathBuf::from(parts.next()?);
        let text = texts.get(&file)?;
        let before: usize = text.split_inclusive('\n').take(line.checked_sub(1)?).map(str::len).sum();
        let within = slice(text, before..).chars().take(column.saturating_sub(1)).map(char::len_utf8).sum::<usize>();
        let start = before + within;
        let carets = lines.last().map_or(0, |line| line.matches('^').count());
        let length = slice(text, start..).chars().take(carets).take_while(|c| *c != '\n').map(char::len_utf8).sum();
        Some(Self { message, file, start, length })
    }

    fn problem(&self, sources: &Sources) -> Diagnostic {
        let place = Place::new(Utf8Path::new(THEME).join(&self.file), self.start..self.start + self.length);
        let problem = problem(&self.message, place);
        let named = |prefix: &str| self.message.strip_prefix(prefix).and_then(|rest| rest.split('`').next());
        let (name, known, has) = if let Some(block) = named("Block `") {
            (block, blocks_above(sources, &self.file), "blocks of the template that it extends")
        } else if let Some(component) = named("Unknown component `") {
            (component, components(sources), "available components")
        } else {
            return problem;
        };
        problem.help(match nearest(name, known.iter().map(String::as_str)) {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("{has}: {known}", known = list(known)),
        })
    }
}
