//! Where a text may be broken into lines, and where it is.

use crate::text::words;

/// What may not stand at the beginning of a line.
const NOT_FIRST: &str =
    "、。，．：；！？）］｝」』】〕》〉”’…—–·・,.;:!?)]}%％‧ーァィゥェォッャュョぁぃぅぇぉっゃゅょ々»›";
/// Characters that may not stand at the end of a line.
const NOT_LAST: &str = "（［｛「『【〔《〈“‘([{«‹";

/// A text with the width of each of its characters, in parts of the size of the type.
pub(crate) struct Measured {
    characters: Vec<char>,
    widths: Vec<f32>,
    /// For each character whether a word begins with it.
    begins_word: Vec<bool>,
}

impl Measured {
    pub(crate) fn new(text: &str, widths: Vec<f32>) -> Self {
        let begins_word = words(text).into_iter().flat_map(|word| word.chars().enumerate().map(|(at, _)| at == 0));
        Self { characters: text.chars().collect(), widths, begins_word: begins_word.collect() }
    }

    /// Returns whether it is written in characters as wide as high, for which lines have to stand further apart.
    pub(crate) fn is_wide(&self) -> bool {
        self.characters.iter().any(|&c| is_wide(c))
    }

    pub(crate) fn width(&self) -> f32 {
        self.widths.iter().sum()
    }

    /// Returns the text in as few lines of this width as it takes, all of about the same length.
    pub(crate) fn balanced(&self, width: f32) -> Vec<String> {
        let lines = self.lines(width);
        // What is halved eight times is exact to a few pixels.
        let (mut narrow, mut wide) = (width / 2.0, width);
        for _ in 0..8 {
            let middle = (narrow + wide) / 2.0;
            let fits = self.lines(middle).len() <= lines.len() && self.longest_word() <= middle;
            if fits { wide = middle } else { narrow = middle }
        }
        if lines.len() == 1 { lines } else { self.lines(wide) }
    }

    /// Returns the first lines of the text, which end in an ellipsis where there is more.
    pub(crate) fn shortened(&self, width: f32, count: usize, ellipsis: f32) -> Vec<String> {
        let mut ranges = self.ranges(width);
        if ranges.len() <= count {
            return ranges.into_iter().map(|range| self.line(range)).collect();
        }
        ranges.truncate(count);
        let Some((from, mut to)) = ranges.pop() else { return Vec::new() };
        let is_loose = |c: char| c == ' ' || NOT_FIRST.contains(c) || NOT_LAST.contains(c);
        while to > from
            && (self.widths[from..to].iter().sum::<f32>() + ellipsis > width || is_loose(self.characters[to - 1]))
        {
            to -= 1;
        }
        let mut lines: Vec<_> = ranges.into_iter().map(|range| self.line(range)).collect();
        lines.push(self.line((from, to)) + "…");
        lines
    }

    pub(crate) fn lines(&self, width: f32) -> Vec<String> {
        self.ranges(width).into_iter().map(|range| self.line(range)).collect()
    }

    /// Returns the width of the widest part that is broken only if it has to be.
    fn longest_word(&self) -> f32 {
        let (mut longest, mut word) = (0.0_f32, 0.0);
        for at in 0..self.characters.len() {
            if at > 0 && self.may_break_before(at) {
                word = 0.0;
            }
            if self.characters[at] != ' ' {
                word += self.widths[at];
            }
            longest = longest.max(word);
        }
        longest
    }

    /// Returns where lines begin and end, without the spaces between them.
    fn ranges(&self, width: f32) -> Vec<(usize, usize)> {
        let end = self.characters.len();
        let mut ranges = Vec::new();
        let mut start = 0;
        while start < end {
            let (mut total, mut at, mut last_break) = (0.0, start, None);
            while at < end {
                if at > start && self.may_break_before(at) {
                    last_break = Some(at);
                }
                total += self.widths[at];
                // Spaces may stand outside: they are not drawn there.
                if total > width && self.characters[at] != ' ' {
                    break;
                }
                at += 1;
            }
            let next = if at == end { end } else { last_break.unwrap_or(at.max(start + 1)) };
            let trimmed = (start..next).rev().find(|&at| self.characters[at] != ' ').map_or(start, |at| at + 1);
            ranges.push((start, trimmed));
            start = (next..end).find(|&at| self.characters[at] != ' ').unwrap_or(end);
        }
        ranges
    }

    fn line(&self, (from, to): (usize, usize)) -> String {
        self.characters[from..to].iter().collect()
    }

    /// Returns whether a line may begin with the character at a place, which is not the first.
    fn may_break_before(&self, at: usize) -> bool {
        let (before, after) = (self.characters[at - 1], self.characters[at]);
        if after == ' ' || NOT_FIRST.contains(after) || NOT_LAST.contains(before) {
            return false;
        }
        let ends_part = matches!(before, '-' | '–' | '—' | '/') && after.is_alphabetic();
        before == ' ' || ((is_wide(before) || is_wide(after)) && self.begins_word[at]) || ends_part
    }
}

/// Returns whether lines may be broken at words beside a character: Han, kana and what is written with them, but not
/// Hangul, which has spaces between words.
fn is_wide(c: char) -> bool {
    matches!(c, '\u{2E80}'..='\u{312F}' | '\u{3190}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{FE30}'..='\u{FE4F}')
        || matches!(c, '\u{FF00}'..='\u{FFEF}' | '\u{20000}'..='\u{3FFFF}')
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Returns a text whose Han characters are one wide and all others a half.
    fn measured(text: &str) -> Measured {
        Measured::new(text, text.chars().map(|c| if is_wide(c) { 1.0 } else { 0.5 }).collect())
    }

    #[test]
    fn latin_lines_are_broken_between_words_and_long_words_anywhere() {
        assert_eq!(measured("one two  three").lines(4.0), ["one two", "three"]);
        assert_eq!(measured("a cross-team and/or").lines(4.5), ["a cross-", "team and/", "or"]);
        assert_eq!(measured("Donaudampfschiff fährt").lines(4.0), ["Donaudam", "pfschiff", "fährt"]);
        assert_eq!(measured("").lines(4.0), [""; 0]);
    }

    #[test]
    fn han_lines_are_broken_between_words_but_not_before_closing_and_behind_opening_marks() {
        assert_eq!(measured("用四成時間，擔任工程師。").lines(5.0), ["用四成", "時間，擔任", "工程師。"]);
        assert_eq!(measured("他說「可以」了").lines(4.0), ["他說", "「可以」", "了"]);
        assert_eq!(measured("工程師").lines(2.0), ["工程", "師"]);
        assert_eq!(measured("職級L5以上").lines(3.5), ["職級L5", "以上"]);
    }

    #[test]
    fn no_line_is_wider_than_it_may_be() {
        let text = "Reviews「設計文件」 of all teams（RFC、提案等）and/or mentors！！！";
        for width in 3..30 {
            let width = width as f32;
            for line in measured(text).lines(width) {
                assert!(measured(&line).width() <= width, "{line} in {width}");
            }
        }
    }

    #[test]
    fn lines_are_of_about_the_same_length() {
        assert_eq!(measured("one two three four").lines(7.0), ["one two three", "four"]);
        assert_eq!(measured("one two three four").balanced(7.0), ["one two", "three four"]);
        assert_eq!(measured("短").balanced(7.0), ["短"]);
    }

    #[test]
    fn what_is_left_out_shows_as_an_ellipsis() {
        assert_eq!(measured("one two three four").shortened(4.0, 2, 0.5), ["one two", "three…"]);
        assert_eq!(measured("擔任工程師，並且").shortened(3.0, 2, 1.0), ["擔任", "工程…"]);
        assert_eq!(measured("one").shortened(4.0, 1, 0.5), ["one"]);
    }
}
