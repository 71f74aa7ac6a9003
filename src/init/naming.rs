//! Keys and prefixes made of titles.

/// Words as a key of a file and an address: lower case ASCII letters and digits with hyphens. None if there are none.
pub(crate) fn key(name: &str) -> Option<String> {
    let words = name.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    let key = words.map(str::to_ascii_lowercase).collect::<Vec<_>>().join("-");
    Some(key).filter(|key| !key.is_empty())
}

/// Returns the name of a file as a title: `Engineering manager` of `EngineeringManager`.
pub(crate) fn title_of(name: &str) -> String {
    let mut words = String::new();
    let mut last = ' ';
    for c in name.chars() {
        let begins = c.is_uppercase() && (last.is_lowercase() || last.is_ascii_digit());
        if begins || (['-', '_', '.', ' '].contains(&c) && !words.ends_with(' ')) {
            words.push(' ');
        }
        if !['-', '_', '.', ' '].contains(&c) {
            words.push(if begins { c.to_ascii_lowercase() } else { c });
        }
        last = c;
    }
    let mut words = words.trim().to_owned();
    if let Some(first) = words.get_mut(..1) {
        first.make_ascii_uppercase();
    }
    words
}

/// Words that titles of many ladders have.
const COMMON: [&str; 21] = [
    "a",
    "an",
    "and",
    "at",
    "career",
    "competency",
    "expectations",
    "for",
    "framework",
    "growth",
    "in",
    "ladder",
    "ladders",
    "levels",
    "matrix",
    "titles",
    "track",
    "of",
    "our",
    "path",
    "the",
];

/// Returns the words of a title that those of other ladders do not have.
fn own_words(title: &str) -> impl Iterator<Item = &str> {
    title
        .split(|c: char| !c.is_ascii_alphanumeric())
        .filter(|word| !word.is_empty())
        .take_while(|word| !word.eq_ignore_ascii_case("by"))
        .filter(|word| !COMMON.contains(&word.to_ascii_lowercase().as_str()))
        .filter(|word| word.starts_with(|c: char| c.is_ascii_alphabetic()))
}

/// Returns prefixes of ids that a person would choose for a title, the best first.
pub(crate) fn prefixes(title: &str) -> Vec<String> {
    let words: Vec<_> = own_words(title).collect();
    let first = words.first().map(|word| word.to_ascii_uppercase()).unwrap_or_default();
    let starts = [2, 3, 4].into_iter().filter_map(|length| first.get(..length).map(str::to_owned));
    initials(title).into_iter().chain(starts).collect()
}

/// Returns the initials of a title, without the words that every ladder has: `TL` for a technical leadership career
/// ladder.
pub(crate) fn initials(title: &str) -> Option<String> {
    let words: Vec<_> = own_words(title).collect();
    let letters: String = match words.as_slice() {
        [one] => one.chars().filter(char::is_ascii_alphabetic).take(2).collect(),
        words => words.iter().filter_map(|word| word.chars().next()).take(4).collect(),
    };
    let first = || title.split(|c: char| !c.is_ascii_alphabetic()).find(|word| !word.is_empty());
    let letters = if letters.is_empty() { first()?.chars().take(2).collect() } else { letters };
    Some(letters.to_ascii_uppercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_prefix_is_made_of_what_a_title_has_to_itself() {
        assert_eq!(initials("Technical Leadership Career Ladder by Poss").as_deref(), Some("TL"));
        assert_eq!(initials("Engineering Ladder").as_deref(), Some("EN"));
        assert_eq!(initials("工程職涯階梯"), None);
        assert_eq!(initials("Growth Framework").as_deref(), Some("GR"));
    }
}
