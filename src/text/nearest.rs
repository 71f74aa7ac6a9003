//! Suggestions for misspelt names.

/// Returns the known word nearest to the wanted one, if one is so near that it may have been meant. Letter case does
/// not count, and neighbouring letters that changed places count as one slip.
pub(crate) fn nearest<'a>(wanted: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    near(wanted, known).min_by_key(|&(slips, _)| slips).map(|(_, word)| word)
}

/// Returns the known words that may have been meant, the nearest first, and of those equally near the first. At most
/// three.
pub(crate) fn nearest_few<'a>(wanted: &str, known: impl IntoIterator<Item = &'a str>) -> Vec<&'a str> {
    const FEW: usize = 3;
    let mut words: Vec<_> = near(wanted, known).collect();
    words.sort_by_key(|&(slips, _)| slips);
    words.into_iter().map(|(_, word)| word).take(FEW).collect()
}

/// Returns the known words that are near, each with how many slips away it is.
fn near<'a>(wanted: &str, known: impl IntoIterator<Item = &'a str>) -> impl Iterator<Item = (usize, &'a str)> {
    let wanted = wanted.to_lowercase();
    known.into_iter().filter_map(move |known| {
        let word = known.to_lowercase();
        let slips = strsim::osa_distance(&wanted, &word);
        let lengths = [wanted.chars().count(), word.chars().count()];
        let allowed = (lengths.into_iter().max()? / 3).clamp(1, 4);
        // A slip in a word of two letters leaves too little to go by: `en` is not `de`.
        let allowed = if lengths.into_iter().min()? < 3 { 0 } else { allowed };
        (slips <= allowed).then_some((slips, known))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slips_of_the_hand_are_recognized() {
        let known = ["title", "base-url", "locales", "zh-TW"];
        assert_eq!(nearest("tilte", known), Some("title"));
        assert_eq!(nearest("base_url", known), Some("base-url"));
        assert_eq!(nearest("BASE-URL", known), Some("base-url"));
        assert_eq!(nearest("local", known), Some("locales"));
        assert_eq!(nearest("zh_tw", known), Some("zh-TW"));
    }

    #[test]
    fn words_that_have_little_in_common_are_not_suggested() {
        assert_eq!(nearest("description", ["title", "base-url"]), None);
        assert_eq!(nearest("de", ["en", "fr"]), None);
        assert_eq!(nearest("", ["en", ""]), Some(""));
        assert_eq!(nearest("x", []), None);
    }

    #[test]
    fn the_nearest_of_several_wins() {
        assert_eq!(nearest("locals", ["locale", "locales", "vocals"]), Some("locale"));
        assert_eq!(
            nearest_few("TL-010", ["TL-002", "TL-001", "TL-011", "TL-100", "X"]),
            ["TL-001", "TL-011", "TL-100"]
        );
        assert_eq!(nearest("localess", ["locale", "locales"]), Some("locales"));
    }
}
