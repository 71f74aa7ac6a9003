//! Words by which levels, and sections that are none, are known.

use crate::parse::LevelHeading;

/// Words in names of levels, the lowest first. Those in one row name levels of like height.
const LEVELS: [&[&str]; 9] = [
    &["intern", "trainee", "apprentice", "實習", "实习"],
    &["junior", "associate", "entry", "初級", "初级", "ジュニア"],
    &["intermediate", "mid", "regular", "中級", "中级"],
    &["senior", "資深", "高級", "高级", "シニア"],
    &["staff", "lead", "負責人", "リード"],
    &["principal", "首席", "主任", "プリンシパル"],
    &["distinguished", "傑出", "杰出"],
    &["fellow", "院士"],
    &["manager", "director", "head", "vp", "經理", "總監", "经理", "总监"],
];

/// Titles of sections beside the levels that have no criteria.
const OTHERS: [&str; 25] = [
    "about",
    "acknowledgements",
    "acknowledgments",
    "changelog",
    "contents",
    "contributing",
    "copyright",
    "credit",
    "credits",
    "faq",
    "glossary",
    "how to use",
    "introduction",
    "licence",
    "license",
    "notes",
    "overview",
    "preface",
    "purpose",
    "references",
    "resources",
    "sources",
    "table of contents",
    "授權",
    "引言",
];

/// Returns the rank of a level as far as its name tells: a number, or the position of one of its words.
pub(crate) fn height(name: &str) -> Option<(usize, usize)> {
    let heading = LevelHeading::read(name);
    let code = heading.codes.last().map_or(name, |code| code.as_str());
    let digits: String =
        code.chars().skip_while(|c| !c.is_ascii_digit()).take_while(char::is_ascii_digit).take(4).collect();
    if let Ok(number) = digits.parse() {
        return Some((0, number));
    }
    let lower = name.to_lowercase();
    let words: Vec<_> = lower.split(|c: char| !c.is_alphanumeric()).collect();
    let names = |word: &&str| if word.is_ascii() { words.contains(word) } else { lower.contains(*word) };
    LEVELS.iter().rposition(|row| row.iter().any(&names)).map(|place| (1, place))
}

/// Returns whether a name is that of a level for certain, or probably.
pub(crate) fn is_level(name: &str) -> bool {
    let words = name.split_whitespace().count();
    let is_counted = words <= 3 && name.trim_end().ends_with(|c: char| c.is_ascii_digit());
    let is_coded = !LevelHeading::read(name).codes.is_empty();
    name.chars().count() <= 60 && (is_coded || is_counted || height(name).is_some_and(|(kind, _)| kind == 1))
}

/// Returns whether a section of this name asks for nothing.
pub(crate) fn is_other(name: &str) -> bool {
    let lower = name.trim().trim_end_matches([':', '：']).to_lowercase();
    OTHERS.iter().any(|other| lower == *other || lower.starts_with(&format!("{other} ")))
}

/// Words as a key of a file and an address: lower case ASCII letters and digits with hyphens. None if there are none.
pub(crate) fn key(name: &str) -> Option<String> {
    let words = name.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    let key = words.map(str::to_ascii_lowercase).collect::<Vec<_>>().join("-");
    Some(key).filter(|key| !key.is_empty())
}

/// Returns the initials of a title, without the words that every ladder has: `TL` for a technical leadership career
/// ladder.
pub(crate) fn initials(title: &str) -> Option<String> {
    const COMMON: [&str; 19] = [
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
        "of",
        "our",
        "path",
        "the",
    ];
    let words: Vec<_> = title
        .split(|c: char| !c.is_ascii_alphanumeric())
        .filter(|word| !word.is_empty())
        .take_while(|word| !word.eq_ignore_ascii_case("by"))
        .filter(|word| !COMMON.contains(&word.to_ascii_lowercase().as_str()))
        .filter(|word| word.starts_with(|c: char| c.is_ascii_alphabetic()))
        .collect();
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
    fn names_of_levels_stand_in_their_order() {
        let mut names = ["Staff Engineer", "Junior Engineer", "Senior Engineer", "Principal", "Engineering Intern"];
        names.sort_by_key(|name| height(name));
        assert_eq!(names, ["Engineering Intern", "Junior Engineer", "Senior Engineer", "Staff Engineer", "Principal"]);
        assert!(is_level("L10: Lead") && height("L10: Lead") > height("L9"));
        assert!(is_level("資深工程師") && !is_level("Communication") && !is_level("Leadership"));
        assert!(is_level("Coach 2") && !is_level("2 years of experience") && !is_level(""));
    }

    #[test]
    fn a_prefix_is_made_of_what_a_title_has_to_itself() {
        assert_eq!(initials("Technical Leadership Career Ladder by Poss").as_deref(), Some("TL"));
        assert_eq!(initials("Engineering Ladder").as_deref(), Some("EN"));
        assert_eq!(initials("工程職涯階梯"), None);
        assert_eq!(initials("Growth Framework").as_deref(), Some("GR"));
    }
}
