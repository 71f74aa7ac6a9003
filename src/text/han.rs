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

/// Returns whether a line end between these two characters stands for no space.
pub(crate) fn joins(before: char, after: char) -> bool {
    let wide = |c| is_han(c) || is_han_punctuation(c);
    wide(before) && wide(after)
}
