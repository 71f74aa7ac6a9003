//! Characters of Chinese and Japanese writing, as far as reading Markdown depends on them.

/// Han characters, kana and bopomofo: scripts that put no space between words, nor for a line end.
pub(crate) fn is_han(c: char) -> bool {
    matches!(c,
        '\u{2E80}'..='\u{2FDF}'     // radicals
        | '\u{3005}'..='\u{3007}'   // iteration mark, closing mark, zero
        | '\u{3041}'..='\u{30FF}'   // hiragana, katakana
        | '\u{3100}'..='\u{312F}' | '\u{31A0}'..='\u{31FF}' // bopomofo, strokes, small katakana
        | '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}'
        | '\u{20000}'..='\u{3FFFF}')
}

/// Punctuation that only East Asian text uses: `，。：「」（）`.
pub(crate) fn is_han_punctuation(c: char) -> bool {
    matches!(c,
        '\u{3001}'..='\u{3004}' | '\u{3008}'..='\u{3020}' | '\u{3030}' | '\u{303D}' | '\u{30FB}'
        | '\u{FE30}'..='\u{FE4F}'
        | '\u{FF01}'..='\u{FF0F}' | '\u{FF1A}'..='\u{FF20}' | '\u{FF3B}'..='\u{FF40}' | '\u{FF5B}'..='\u{FF65}')
}

/// Punctuation that Chinese shares with Latin scripts: quotation marks, dashes, ellipsis.
pub(crate) fn is_shared_punctuation(c: char) -> bool {
    matches!(c, '“' | '”' | '‘' | '’' | '—' | '…')
}

/// Letters and digits of scripts that put spaces between words.
pub(crate) fn is_latin(c: char) -> bool {
    c.is_alphanumeric() && !is_han(c) && !is_han_punctuation(c)
}

/// Returns whether a line end stands for no space. Before it stand these characters, the last one first. `is_spaced` says
/// whether the text around it has spaces between Han and Latin characters.
///
/// Dashes, ellipses and quotation marks belong to the language of what they stand beside.
pub(crate) fn joins_lines(before: impl Iterator<Item = char>, after: char, is_spaced: impl FnOnce() -> bool) -> bool {
    let mut before = before.peekable();
    let Some(&last) = before.peek() else { return false };
    let base = before.find(|&c| !is_shared_punctuation(c));
    let wide = |c| is_han(c) || is_han_punctuation(c);
    let is_wide = base.is_some_and(wide);
    match is_shared_punctuation(last) {
        true => is_wide || wide(after),
        false if is_han_punctuation(last) || is_han_punctuation(after) => is_wide || wide(after),
        false if is_wide && (wide(after) || is_shared_punctuation(after)) => true,
        false => ((is_wide && is_latin(after)) || (is_latin(last) && wide(after))) && !is_spaced(),
    }
}

/// Returns whether most Latin words of a text are set apart from the Han characters beside them.
pub(crate) fn is_spaced(text: impl Iterator<Item = char>) -> bool {
    let mut balance = 0_i64;
    let (mut before, mut space) = (None, false);
    for c in text {
        if c == ' ' {
            space = true;
            continue;
        }
        let meets = |before: char| (is_han(before) && is_latin(c)) || (is_latin(before) && is_han(c));
        if before.is_some_and(meets) {
            balance += if space { 1 } else { -1 };
        }
        (before, space) = (Some(c), false);
    }
    balance > 0
}

/// Returns whether a line end between these two characters stands for no space, whatever stands around them.
pub(crate) fn joins(before: char, after: char) -> bool {
    let wide = |c| is_han(c) || is_han_punctuation(c);
    wide(before) && wide(after)
}
