//! Edits to one text that do not overlap.

use super::{Span, slice};

/// A part of a text and its replacement. An empty part is the place of an insertion.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Edit {
    pub(crate) span: Span,
    pub(crate) text: String,
}

impl Edit {
    pub(crate) fn replace(span: Span, text: impl Into<String>) -> Self {
        Self { span, text: text.into() }
    }

    pub(crate) fn insert(at: usize, text: impl Into<String>) -> Self {
        Self::replace(at..at, text)
    }

    pub(crate) fn delete(span: Span) -> Self {
        Self::replace(span, "")
    }

    /// Returns the one edit that makes `new` of `old`, between what both begin and end with.
    pub(crate) fn difference(old: &str, new: &str) -> Self {
        let same = |pairs: &mut dyn Iterator<Item = (char, char)>| -> usize {
            pairs.take_while(|(a, b)| a == b).map(|(a, _)| a.len_utf8()).sum()
        };
        let begin = same(&mut old.chars().zip(new.chars()));
        let end = same(&mut slice(old, begin..).chars().rev().zip(slice(new, begin..).chars().rev()));
        Self::replace(begin..old.len() - end, slice(new, begin..new.len() - end))
    }

    /// Sorts edits by their places, with insertions before the replacement of text at their place.
    fn order(&self) -> (usize, bool) {
        (self.span.start, !self.span.is_empty())
    }
}

/// Why an edit is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub(crate) enum Misfit {
    #[error("the edit is outside of the text or splits a character")]
    NoPart,
    #[error("the edit overlaps another one")]
    Overlap,
}

/// Edits to one text that do not overlap. An edit that does not fit is refused when it is added.
///
/// Edits may touch. What is inserted at one place comes in the order in which it was added, and before what replaces
/// the text that stands there. Nothing can be inserted inside of what is replaced.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Edits<'t> {
    text: &'t str,
    edits: Vec<Edit>,
}

impl<'t> Edits<'t> {
    /// No edits to a text yet.
    pub(crate) fn of(text: &'t str) -> Self {
        Self { text, edits: Vec::new() }
    }

    /// Adds an edit.
    ///
    /// # Errors
    /// If it does not fit. Then it is not added.
    pub(crate) fn add(&mut self, edit: Edit) -> Result<(), Misfit> {
        if self.text.get(edit.span.clone()).is_none() {
            return Err(Misfit::NoPart);
        }
        let at = self.edits.partition_point(|other| other.order() <= edit.order());
        let (before, after) = self.edits.split_at(at);
        if before.last().is_some_and(|before| before.span.end > edit.span.start)
            || after.first().is_some_and(|after| edit.span.end > after.span.start)
        {
            return Err(Misfit::Overlap);
        }
        self.edits.insert(at, edit);
        Ok(())
    }

    /// Adds some edits, all of them or none.
    ///
    /// # Errors
    /// If one of them does not fit.
    pub(crate) fn add_all(&mut self, edits: impl IntoIterator<Item = Edit>) -> Result<(), Misfit> {
        let mut added: Vec<Edit> = Vec::new();
        for edit in edits {
            if let Err(misfit) = self.add(edit.clone()) {
                for edit in added {
                    let at = self.edits.iter().rposition(|other| *other == edit);
                    at.map(|at| self.edits.remove(at));
                }
                return Err(misfit);
            }
            added.push(edit);
        }
        Ok(())
    }

    /// Adds some edits, all of them or none.
    ///
    /// # Errors
    /// If one of them does not fit.
    pub(crate) fn with(mut self, edits: impl IntoIterator<Item = Edit>) -> Result<Self, Misfit> {
        self.add_all(edits)?;
        Ok(self)
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.edits.is_empty()
    }

    /// Returns the edits that begin at a place.
    pub(crate) fn at(&self, start: usize) -> &[Edit] {
        let from = self.edits.partition_point(|edit| edit.span.start < start);
        let to = self.edits.partition_point(|edit| edit.span.start <= start);
        self.edits.get(from..to).unwrap_or_default()
    }

    /// Returns the edits in the order of the text.
    pub(crate) fn edits(&self) -> &[Edit] {
        &self.edits
    }

    /// Returns the edits in the order of the text.
    pub(crate) fn into_edits(self) -> Vec<Edit> {
        self.edits
    }

    /// Returns the text with all edits made.
    pub(crate) fn written(&self) -> String {
        let added: usize = self.edits.iter().map(|edit| edit.text.len()).sum();
        let mut written = String::with_capacity(self.text.len() + added);
        let mut from = 0;
        for edit in &self.edits {
            written.push_str(slice(self.text, from..edit.span.start));
            written.push_str(&edit.text);
            from = edit.span.end;
        }
        written.push_str(slice(self.text, from..));
        written
    }
}

/// Returns the place that a byte of an edited text had before these edits, which are in the order of the text. New text
/// counts as standing at the beginning of the text it replaced.
pub(crate) fn origin(edits: &[Edit], mut at: usize) -> usize {
    for Edit { span, text } in edits {
        if at < span.start {
            break;
        }
        at = if at < span.start + text.len() { span.start } else { at + span.len() - text.len() };
    }
    at
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const TEXT: &str = "一,二\r\n三(四)\r\n";

    fn written(edits: &[(usize, usize, &str)]) -> Result<String, Misfit> {
        let edits = edits.iter().map(|&(start, end, text)| Edit::replace(start..end, text));
        Ok(Edits::of(TEXT).with(edits)?.written())
    }

    #[test]
    fn nothing_but_the_parts_that_are_named_changes_whatever_the_order() {
        let edits = [(12, 13, "（"), (3, 4, "，"), (16, 17, "）"), (0, 0, "〇"), (19, 19, "五\r\n")];
        let expected = "〇一，二\r\n三（四）\r\n五\r\n";
        assert_eq!(written(&edits).as_deref(), Ok(expected));
        let backwards: Vec<_> = edits.iter().rev().copied().collect();
        assert_eq!(written(&backwards).as_deref(), Ok(expected));
    }

    #[test]
    fn edits_may_touch_and_insertions_keep_their_order() {
        let edits = [(3, 4, "，"), (4, 7, "2"), (3, 3, "a"), (3, 3, "b"), (7, 7, "c")];
        assert_eq!(written(&edits).as_deref(), Ok("一ab，2c\r\n三(四)\r\n"));
    }

    #[test]
    fn an_edit_that_overlaps_another_is_refused() {
        for edits in [
            [(0, 7, "x"), (3, 4, "y")],
            [(0, 4, "x"), (3, 7, "y")],
            [(3, 4, "x"), (3, 4, "x")],
            [(3, 4, "x"), (3, 7, "y")],
            [(0, 7, "x"), (3, 3, "y")],
        ] {
            assert_eq!(written(&edits), Err(Misfit::Overlap), "{edits:?}");
            let [a, b] = edits;
            assert_eq!(written(&[b, a]), Err(Misfit::Overlap), "{edits:?}");
        }
    }

    #[test]
    fn an_edit_of_no_part_of_the_text_is_refused() {
        for (start, end) in [(1, 3), (3, 5), (4, 3), (0, 900), (900, 900)] {
            assert_eq!(written(&[(start, end, "x")]), Err(Misfit::NoPart), "{start}..{end}");
        }
    }

    #[test]
    fn edits_that_belong_together_are_added_together_or_not_at_all() {
        let mut edits = Edits::of(TEXT);
        edits.add(Edit::replace(3..4, "，")).unwrap();
        let before = edits.clone();
        assert_eq!(edits.add_all([Edit::insert(0, "x"), Edit::replace(0..4, "y")]), Err(Misfit::Overlap));
        assert_eq!(edits, before);
        assert_eq!(edits.at(3), [Edit::replace(3..4, "，")]);
        assert!(edits.at(0).is_empty() && edits.at(4).is_empty());
    }

    #[test]
    fn a_place_of_the_written_text_is_found_in_the_text_as_it_was() {
        let edits = Edits::of(TEXT).with([Edit::delete(0..4), Edit::replace(12..13, "（")]).unwrap();
        assert_eq!(edits.written(), "二\r\n三（四)\r\n");
        let edits = edits.into_edits();
        let origins = [0, 3, 8, 9, 11, 14].map(|at| origin(&edits, at));
        assert_eq!(origins, [4, 7, 12, 12, 13, 16]);
    }

    properties! {
        256 cases,

        #[test]
        fn whatever_edits_are_added_those_that_fit_are_made_and_all_else_stays(
            text in "[a一\n]{0,12}",
            tried in prop::collection::vec((0usize..40, 0usize..6, "[x二]{0,2}"), 0..8),
        ) {
            let mut edits = Edits::of(&text);
            let mut kept = Vec::new();
            for (start, length, new) in tried {
                let edit = Edit::replace(start..start + length, new);
                kept.extend(edits.add(edit.clone()).ok().map(|()| edit));
            }
            let mut expected = text.clone();
            // From the last to the first, so that the places of the others stay as they are.
            kept.sort_by_key(Edit::order);
            kept.iter().rev().for_each(|edit| expected.replace_range(edit.span.clone(), &edit.text));
            prop_assert_eq!(edits.written(), expected);
        }

        #[test]
        fn the_difference_of_two_texts_is_one_edit_that_makes_the_other(old in "[a一二]{0,8}", new in "[a一二]{0,8}") {
            let edit = Edit::difference(&old, &new);
            prop_assert_eq!(Edits::of(&old).with([edit.clone()]).unwrap().written(), new);
            prop_assert!(edit.span.is_empty() || edit.text.is_empty() || old[edit.span.clone()].chars().next() != edit.text.chars().next());
        }
    }
}
