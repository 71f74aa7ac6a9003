//! The words of a text.

use icu_segmenter::options::WordBreakInvariantOptions;
use icu_segmenter::{WordSegmenter, WordSegmenterBorrowed};

use super::slice;

/// A text in words and what stands between them.
///
/// Words are those of Unicode's segmentation (UAX #29), and for Chinese and Japanese those of a dictionary.
pub(crate) fn words(text: &str) -> Vec<&str> {
    thread_local! {
        static SEGMENTER: WordSegmenterBorrowed<'static> =
            WordSegmenter::new_auto(WordBreakInvariantOptions::default());
    }
    SEGMENTER.with(|segmenter| {
        let breaks: Vec<usize> = segmenter.segment_str(text).collect();
        breaks.windows(2).map(|pair| slice(text, pair[0]..pair[1])).collect()
    })
}
