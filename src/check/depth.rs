//! The depth of a heading says whether it is a level or a category, and the register knows which it was. A `#` too many
//! or too few would make something else of it, and of all that stands below it.

use camino::Utf8Path;

use super::CheckInput;
use crate::config::LadderConfig;
use crate::diagnostic::{Code, Diagnostic, Fix, Place, Span};
use crate::parse::blocks_of_code;
use crate::register::items::{ItemKind, LadderItems};
use crate::register::{Key, Register};
use crate::text::slice;

pub(crate) fn check(checked: &CheckInput<'_>) -> Vec<Diagnostic> {
    let CheckInput { site, register, sources, .. } = checked;
    let files = site.ladders.iter().flat_map(|ladder| {
        let paths = site.config.locale_indices().filter_map(|locale| ladder.files.own(locale));
        paths.filter_map(|path| Some((&ladder.config, path, sources.text(path)?)))
    });
    files.flat_map(|(ladder, path, text)| of_file(register, ladder, path, text)).collect()
}

/// The kind of item that a heading with a registered id introduces.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Level,
    Category,
}

/// A heading with a registered id.
struct Heading<'a> {
    kind: Kind,
    id: &'a str,
    /// Its `#` signs, as many as it is deep.
    signs: Span,
    line: Span,
}

fn of_file(register: &Register, ladder: &LadderConfig, path: &Utf8Path, text: &str) -> Vec<Diagnostic> {
    let mut headings = headings(register, ladder, text);
    let (levels, categories) = (depths(&headings, Kind::Level), depths(&headings, Kind::Category));
    let category = most_frequent(&categories);
    // A level stands above its categories.
    let above: Vec<_> =
        levels.iter().copied().filter(|depth| category.is_none_or(|category| *depth < category)).collect();
    let Some(level) = most_frequent(&above) else { return Vec::new() };
    let is_slip = |heading: &Heading<'_>| match heading.kind {
        Kind::Level => heading.signs.len() != level,
        Kind::Category => heading.signs.len() <= level,
    };
    if !headings.iter().any(is_slip) {
        return Vec::new();
    }
    let code = blocks_of_code(path, text);
    headings.retain(|heading| !code.iter().any(|(_, block)| block.contains(&heading.line.start)));
    let file = LadderItems::read(path.to_owned(), text.to_owned());
    let things = file.things();
    let is_read = |heading: &Heading<'_>| {
        things.iter().filter(|thing| thing.id() == Some(heading.id)).any(|thing| match heading.kind {
            Kind::Level => matches!(thing.kind, ItemKind::Level(_)),
            Kind::Category => matches!(thing.kind, ItemKind::Category(_)),
        })
    };
    if headings.iter().all(|heading| is_read(heading) && !(heading.kind == Kind::Category && is_slip(heading))) {
        return Vec::new();
    }
    let mut of_levels = headings.iter().filter(|heading| heading.kind == Kind::Level);
    let first_level = of_levels.next().map_or(0, |heading| heading.line.start);
    let report = |heading: &Heading<'_>| {
        let (name, meant) = match heading.kind {
            Kind::Level => ("level", level),
            Kind::Category => ("category", category.filter(|category| *category > level).unwrap_or(level + 1)),
        };
        let (id, depth) = (heading.id, heading.signs.len());
        let message = format!("{id} is a {name}, but its heading begins with {depth} `#` instead of {meant}");
        let place = Place::new(path.to_owned(), heading.line.clone());
        let signs = "#".repeat(meant);
        let describes = match heading.kind == Kind::Category && heading.line.start < first_level {
            true => "; a section that describes the category for all levels has its title and no id",
            false => "",
        };
        place
            .problem(Code::HeadingDepth, message)
            .help(format!("write `{signs}`, or let `rungs check --fix` do it{describes}"))
            .fix(Fix::new(Place::new(path.to_owned(), heading.signs.clone()), signs))
    };
    headings.iter().filter(|heading| is_slip(heading)).map(report).collect()
}

/// Returns the headings of a ladder's file that carry the id of a level or of a category, as the register knows them.
fn headings<'a>(register: &Register, ladder: &LadderConfig, text: &'a str) -> Vec<Heading<'a>> {
    let keys: Vec<&str> = std::iter::once(&ladder.key).chain(&ladder.was).map(String::as_str).collect();
    let mut start = 0;
    let lines = text.split_inclusive(['\n', '\r']).filter_map(|line| {
        let from = start;
        start += line.len();
        let line = line.trim_end();
        let signs = line.len() - line.trim_start_matches('#').len();
        if !(1..=6).contains(&signs) || !slice(line, signs..).starts_with([' ', '\t']) {
            return None;
        }
        let id = line.rsplit_once("{#")?.1.split([' ', '}']).next()?;
        let is = |key: &dyn Fn(&str) -> Key| keys.iter().any(|ladder| register.entry(&key(ladder)).is_some());
        let kind = match (is(&|ladder| Key::level(ladder, id)), is(&|ladder| Key::category(ladder, id))) {
            (true, false) => Kind::Level,
            (false, true) => Kind::Category,
            _ => return None,
        };
        Some(Heading { kind, id, signs: from..from + signs, line: from..from + line.len() })
    });
    lines.collect()
}

fn depths(headings: &[Heading<'_>], kind: Kind) -> Vec<usize> {
    headings.iter().filter(|heading| heading.kind == kind).map(|heading| heading.signs.len()).collect()
}

/// Returns the depth of most headings. None if two are equally frequent.
fn most_frequent(depths: &[usize]) -> Option<usize> {
    let count = |depth: usize| depths.iter().filter(|other| **other == depth).count();
    let most = (1..=6).max_by_key(|&depth| count(depth)).filter(|&depth| count(depth) > 0)?;
    (1..=6).all(|depth| depth == most || count(depth) < count(most)).then_some(most)
}
