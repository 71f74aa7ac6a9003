//! Differences between two texts, word by word.

use similar::{Algorithm, DiffOp, capture_diff_slices};

use crate::text::words;

/// A part of a text that has changed, or has not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum DifferenceSegment {
    Kept(String),
    /// Words that went, and those that came in their place. One of them may be empty.
    Changed(String, String),
}

/// Returns the word-by-word difference of two texts.
///
/// Words are those of [`words`].
pub(crate) fn edits(old: &str, new: &str) -> Vec<DifferenceSegment> {
    let (a, b) = (words(old), words(new));
    let mut edits: Vec<DifferenceSegment> = Vec::new();
    for operation in capture_diff_slices(Algorithm::Myers, &a, &b) {
        let (old, new) = (a[operation.old_range()].concat(), b[operation.new_range()].concat());
        match (operation, edits.as_mut_slice()) {
            // What stands between two edits, such as a space, belongs to them.
            (DiffOp::Equal { .. }, _) => edits.push(DifferenceSegment::Kept(old)),
            (_, [.., DifferenceSegment::Changed(before, after), DifferenceSegment::Kept(between)])
                if !between.contains(char::is_alphanumeric) =>
            {
                before.push_str(&format!("{between}{old}"));
                after.push_str(&format!("{between}{new}"));
                edits.pop();
            }
            _ => edits.push(DifferenceSegment::Changed(old, new)),
        }
    }
    edits
}

/// Returns the same in plain text: `Spends [-40-]{+50+} hours.`
pub(crate) fn in_plain_text(old: &str, new: &str) -> String {
    let mark = |open: &str, words: &str, close: &str| match words {
        "" => String::new(),
        words => format!("{open}{words}{close}"),
    };
    let edits = edits(old, new).into_iter().map(|edit| match edit {
        DifferenceSegment::Kept(words) => words,
        DifferenceSegment::Changed(old, new) => mark("[-", &old, "-]") + &mark("{+", &new, "+}"),
    });
    edits.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_went_and_what_came_stand_in_brackets() {
        assert_eq!(
            in_plain_text("Spends 40-80% of time.", "Spends 30-60% of the time."),
            "Spends [-40-80-]{+30-60+}% of {+the +}time."
        );
        assert_eq!(in_plain_text("帶領團隊完成。", "帶領部門完成。"), "帶領[-團隊-]{+部門+}完成。");
    }
}
