//! Finds the conflict markers that git leaves in a file where two branches changed the same lines.
//!
//! Such a file is neither of the two, and Markdown reads the markers as text, headings and quotations. So nothing is
//! read at all until the merge is finished.

use camino::{Utf8Path, Utf8PathBuf};

use super::Sources;
use crate::diagnostic::{Code, Diagnostic, Place, Span};
use crate::id::EDITIONS;
use crate::text::{counted, list};

/// A folder, or a file, with conflicts of a merge in it.
#[derive(Debug)]
pub struct Unfinished {
    /// The folder that the paths of the problem count from.
    pub(crate) folder: Utf8PathBuf,
    /// The files that were read, for the lines that the problem shows. They are used for nothing else.
    pub(crate) sources: Sources,
    /// The one problem that there is.
    pub(crate) problem: Diagnostic,
}

/// Returns the first line of each conflict in a text: `<<<<<<< ours` with a later `=======` or `>>>>>>> theirs`, or
/// `=======` with a later `>>>>>>> theirs` whose first line is gone already. Markers stand at the beginning of their
/// lines.
fn conflicts(text: &[u8]) -> Vec<Span> {
    // Most files have none, and this is found out fast.
    if !contains(text, b"<<<<<<<") && !contains(text, b">>>>>>>") {
        return Vec::new();
    }
    let mut found = Vec::new();
    // The marker that a conflict may have begun with. Its place is taken out once that is certain.
    let mut opened: Option<(Marker, Option<Span>)> = None;
    let mut at = 0;
    for line in text.split_inclusive(|&byte| byte == b'\n') {
        let start = at;
        at += line.len();
        let line = line.trim_ascii_end();
        let Some(marker) = Marker::of(line) else { continue };
        match &mut opened {
            Some((before, span)) if *before < marker => found.extend(span.take()),
            _ => opened = Some((marker, Some(start..start + line.len()))),
        }
        if marker == Marker::Theirs {
            opened = None;
        }
    }
    found
}

/// The lines of a conflict, in their order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Marker {
    Ours,
    Between,
    Theirs,
}

impl Marker {
    fn of(line: &[u8]) -> Option<Self> {
        let (sign, name) = line.split_at_checked(7)?;
        let is_named = name.is_empty() || name.starts_with(b" ");
        match sign {
            b"<<<<<<<" if is_named => Some(Self::Ours),
            b"=======" if name.is_empty() => Some(Self::Between),
            b">>>>>>>" if is_named => Some(Self::Theirs),
            _ => None,
        }
    }
}

fn contains(text: &[u8], sign: &[u8]) -> bool {
    text.windows(sign.len()).any(|window| window == sign)
}

/// Returns the one problem of all files below a folder, if any holds a conflict.
pub(super) fn unfinished<'a>(
    folder: &Utf8Path,
    files: impl Iterator<Item = (Utf8PathBuf, &'a [u8])>,
) -> Option<Diagnostic> {
    let found: Vec<_> =
        files.map(|(path, text)| (path, conflicts(text))).filter(|(_, found)| !found.is_empty()).collect();
    let mut places =
        found.iter().flat_map(|(path, spans)| spans.iter().map(|span| Place::new(path.clone(), span.clone())));
    let first = places.next()?;
    let paths: Vec<&Utf8Path> = found.iter().map(|(path, _)| path.as_path()).collect();
    let files = if paths.len() > 3 { counted(paths.len(), "file", "files") } else { list(paths) };
    let problem = first
        .problem(Code::UnfinishedMerge, format!("a merge is unfinished in {files}"))
        .label("two branches changed this")
        .help(advice(folder, found.iter().map(|(path, _)| path.as_path())));
    Some(places.fold(problem, |problem, place| problem.related(place, "and here")))
}

/// Returns the advice for finishing a merge. Of an edition that both branches have released only one can stay.
fn advice<'a>(folder: &Utf8Path, paths: impl Iterator<Item = &'a Utf8Path>) -> String {
    let editions: Vec<_> = paths.filter(|path| path.starts_with(EDITIONS)).map(|path| folder.join(path)).collect();
    let edition = editions.iter().map(|path| {
        format!(
            "`{path}` was released on both branches, and an edition never changes: keep the one that was published, \
             with `git checkout --ours {path}` or `--theirs` (the changes in the other one go into the next edition); "
        )
    });
    let rest = "edit the text between `<<<<<<<` and `>>>>>>>` into what you mean, remove these lines and `=======`, \
                then run the command again; to abandon the merge, run `git merge --abort`";
    edition.chain([rest.to_owned()]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn first_lines(text: &str) -> Vec<&str> {
        conflicts(text.as_bytes()).into_iter().map(|span| &text[span]).collect()
    }

    #[test]
    fn conflicts_are_found_as_git_writes_them() {
        let two = "a\n<<<<<<< HEAD\nb\n=======\nc\n>>>>>>> other\nd\n<<<<<<< HEAD\ne\n=======\n>>>>>>> other\n";
        assert_eq!(first_lines(two), ["<<<<<<< HEAD", "<<<<<<< HEAD"]);
        assert_eq!(first_lines("<<<<<<< HEAD\r\n||||||| base\r\n=======\r\n>>>>>>> x\r\n"), ["<<<<<<< HEAD"]);
        assert_eq!(first_lines("<<<<<<<\n=======\n>>>>>>>"), ["<<<<<<<"]);
    }

    #[test]
    fn what_was_left_over_of_one_is_found_too() {
        assert_eq!(first_lines("<<<<<<< HEAD\na\n>>>>>>> other\n"), ["<<<<<<< HEAD"]);
        assert_eq!(first_lines("<<<<<<< HEAD\na\n=======\nb\n"), ["<<<<<<< HEAD"]);
        assert_eq!(first_lines("a\n=======\nb\n>>>>>>> other\n"), ["======="]);
        let mixed = "<<<<<<< one\na\n=======\n<<<<<<< two\nb\n=======\n>>>>>>> two\n";
        assert_eq!(first_lines(mixed), ["<<<<<<< one", "<<<<<<< two"]);
        assert_eq!(first_lines("<<<<<<< one\nTitle\n=======\nb\n=======\nc\n>>>>>>> two\n"), ["<<<<<<< one"]);
    }

    #[test]
    fn headings_quotations_and_indented_examples_are_no_conflicts() {
        let none: [&str; 0] = [];
        assert_eq!(first_lines("Title\n=======\n\ntext\n"), none);
        assert_eq!(first_lines(">>>>>>> quoted seven times\n\nTitle\n=======\n"), none);
        assert_eq!(first_lines("    <<<<<<< HEAD\n    a\n    =======\n    b\n    >>>>>>> other\n"), none);
        assert_eq!(first_lines("<<<<<<<< eight\n>>>>>>>> eight\n<<<<<<< HEAD\n"), none);
    }
}
