//! Changes that certainly mend a problem, and how they are made.
//!
//! A change is certain if nobody who saw the place would choose another one. What asks for a choice is help, no fix.

use std::collections::BTreeMap;

use camino::Utf8PathBuf;

use super::{Diagnostic, Place};
use crate::source::Sources;

/// What mends a problem: all of its edits, or none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fix {
    pub edits: Vec<Edit>,
}

/// A part of a file and what is to stand there. An empty part is where something is put in, an empty text takes out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edit {
    pub place: Place,
    pub text: String,
}

impl Fix {
    /// A fix by one edit.
    pub fn new(place: Place, text: impl Into<String>) -> Self {
        Self { edits: vec![Edit { place, text: text.into() }] }
    }
}

impl Edit {
    /// Whether the two cannot both be made. Two that put something in at one place can, but in no certain order.
    fn overlaps(&self, other: &Self) -> bool {
        let (a, b) = (self.place.span(), other.place.span());
        self.place.path == other.place.path && ((a.start < b.end && b.start < a.end) || a.start == b.start)
    }
}

/// What came of making fixes.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Fixed {
    /// The new texts of the files that have changed.
    pub texts: BTreeMap<Utf8PathBuf, String>,
    /// How many problems were mended.
    pub count: usize,
}

/// Makes the fixes of some problems. Of two that overlap the first is made; the other is for another run.
pub fn fix(problems: &[Diagnostic], sources: &Sources) -> Fixed {
    let mut made: BTreeMap<Utf8PathBuf, Vec<&Edit>> = BTreeMap::new();
    let mut count = 0;
    for fix in problems.iter().filter_map(|problem| problem.fix.as_ref()) {
        // The two halves of a pair of brackets are two problems that one and the same fix mends.
        let is_made = |edit: &Edit| made.get(&edit.place.path).is_some_and(|made| made.contains(&edit));
        let fits = |edit: &Edit| {
            let made = made.get(&edit.place.path).into_iter().flatten();
            let text = sources.text(&edit.place.path);
            text.is_some_and(|text| text.get(edit.place.span()).is_some())
                && !made.into_iter().any(|of| of.overlaps(edit))
        };
        if fix.edits.iter().all(|edit| is_made(edit) || fits(edit)) {
            count += 1;
            let new: Vec<_> = fix.edits.iter().filter(|edit| !is_made(edit)).collect();
            new.into_iter().for_each(|edit| made.entry(edit.place.path.clone()).or_default().push(edit));
        }
    }
    let texts = made.into_iter().filter_map(|(path, edits)| Some((edited(sources.text(&path)?, edits), path)));
    Fixed { texts: texts.map(|(text, path)| (path, text)).collect(), count }
}

/// A text with edits made in it that do not overlap.
fn edited(text: &str, mut edits: Vec<&Edit>) -> String {
    edits.sort_by_key(|edit| edit.place.span().start);
    let mut new = String::with_capacity(text.len());
    let mut from = 0;
    for edit in edits {
        let span = edit.place.span();
        new.push_str(&text[from..span.start]);
        new.push_str(&edit.text);
        from = span.end;
    }
    new + &text[from..]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Code;

    fn fixed(fixes: &[&[(usize, usize, &str)]]) -> (String, usize) {
        let mut sources = Sources::default();
        sources.texts.insert("a.md".into(), "\u{FEFF}一,二\r\n三(四)\r\n".into());
        let problem = |edits: &&[(usize, usize, &str)]| {
            let edit = |&(start, end, text): &(usize, usize, &str)| Edit {
                place: Place::new("a.md", start..end),
                text: text.to_owned(),
            };
            let fix = Fix { edits: edits.iter().map(edit).collect() };
            Diagnostic::new(Code::Ellipsis, "m", Place::new("a.md", 0..1)).fix(fix)
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
