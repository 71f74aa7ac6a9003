//! Makes the changes that certainly fix problems.

use std::collections::{BTreeMap, BTreeSet};

use camino::{Utf8Path, Utf8PathBuf};

use crate::diagnostic::{Code, Diagnostic, Fix};
use crate::source::Sources;
use crate::text::{Edit, Edits};

/// The result of applying fixes.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Fixed {
    /// The new texts of the files that have changed.
    pub texts: BTreeMap<Utf8PathBuf, String>,
    /// The number of problems that were fixed.
    pub count: usize,
}

/// Returns the fixes of some problems, except those of files with bytes that are not text: they could not be written
/// back as they were.
pub(crate) fn fixes(problems: &[Diagnostic]) -> impl Iterator<Item = &Fix> {
    let damaged = problems.iter().filter(|problem| problem.code == Code::NotUtf8);
    let damaged: Vec<_> = damaged.map(|problem| problem.label.place.path.as_path()).collect();
    let fixes = problems.iter().filter_map(|problem| problem.fix.as_deref());
    fixes.filter(move |fix| !damaged.contains(&fix.path()))
}

/// Makes the fixes of some problems. Of two that overlap or begin at the same place the first is made; the other is for
/// another round.
pub fn fix(problems: &[Diagnostic], sources: &Sources) -> Fixed {
    let mut files: BTreeMap<&Utf8Path, Edits> = BTreeMap::new();
    let mut count = 0;
    for fix in fixes(problems) {
        let Some(text) = sources.text(fix.path()) else { continue };
        let made = files.entry(fix.path()).or_insert_with(|| Edits::of(text));
        // The two halves of a pair of brackets are two problems that one and the same fix resolves.
        let is_made = |edit: &&Edit| made.at(edit.span.start).contains(edit);
        let new: Vec<_> = fix.edits().iter().filter(|edit| !is_made(edit)).cloned().collect();
        if new.iter().all(|edit| made.at(edit.span.start).is_empty()) && made.add_all(new).is_ok() {
            count += 1;
        }
    }
    let changed = files.into_iter().filter(|(_, made)| !made.is_empty());
    Fixed { texts: changed.map(|(path, made)| (path.to_owned(), made.written())).collect(), count }
}

/// Makes fixes round by round until nothing is left to fix, since one fix may make another possible or stand in its
/// way.
/// `check` finds the problems of the changed sources; those that are left stay in `problems`.
pub fn fix_all(
    problems: &mut Vec<Diagnostic>,
    sources: &mut Sources,
    check: impl Fn(&Sources) -> Vec<Diagnostic>,
) -> Fixed {
    let mut fixed = Fixed::default();
    // Two fixes that undo each other would go on for ever.
    let mut seen = BTreeSet::new();
    loop {
        let round = fix(problems, sources);
        if round.count == 0 || !seen.insert(round.texts.clone()) {
            return fixed;
        }
        fixed.count += round.count;
        sources.texts.extend(round.texts.clone());
        fixed.texts.extend(round.texts);
        *problems = check(sources);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::{Code, Place};

    fn fixed(fixes: &[&[(usize, usize, &str)]]) -> (String, usize) {
        const TEXT: &str = "\u{FEFF}一,二\r\n三(四)\r\n";
        let mut sources = Sources::default();
        sources.texts.insert("a.md".into(), TEXT.into());
        let problem = |edits: &&[(usize, usize, &str)]| {
            let edit = |&(start, end, text): &(usize, usize, &str)| Edit::replace(start..end, text);
            let fix = match edits {
                [(start, end, text)] => Fix::new(Place::new("a.md", *start..*end), *text),
                edits => Fix::of_all("a.md", TEXT, edits.iter().map(edit).collect()).unwrap(),
            };
            Place::new("a.md", 0..1).problem(Code::Ellipsis, "m").fix(fix)
        };
        let problems: Vec<_> = fixes.iter().map(problem).collect();
        let Fixed { texts, count } = fix(&problems, &sources);
        (texts.into_values().next().unwrap_or_default(), count)
    }

    #[test]
    fn nothing_but_the_places_changes() {
        let (text, count) = fixed(&[&[(15, 16, "（"), (19, 20, "）")], &[(6, 7, "，")]]);
        assert_eq!((text.as_str(), count), ("\u{FEFF}一，二\r\n三（四）\r\n", 2));
    }

    #[test]
    fn of_two_that_overlap_the_first_is_made() {
        assert_eq!(fixed(&[&[(6, 7, "，")], &[(3, 10, "x")]]).1, 1);
        assert_eq!(fixed(&[&[(6, 6, "，")], &[(6, 6, "x")]]), ("\u{FEFF}一，,二\r\n三(四)\r\n".to_owned(), 1));
    }

    #[test]
    fn the_same_edit_is_made_once_and_a_fix_as_a_whole_or_not_at_all() {
        let pair: &[_] = &[(15, 16, "（"), (19, 20, "）")];
        assert_eq!(fixed(&[pair, pair]), ("\u{FEFF}一,二\r\n三（四）\r\n".to_owned(), 2));
        assert_eq!(fixed(&[&[(6, 7, "，")], &[(6, 7, "x"), (15, 16, "y")]]).0, "\u{FEFF}一，二\r\n三(四)\r\n");
    }

    #[test]
    fn what_does_not_fit_the_text_is_not_made() {
        assert_eq!(fixed(&[&[(4, 5, "x")], &[(7, 900, "y")]]), (String::new(), 0));
    }
}
