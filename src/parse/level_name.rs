//! Names of levels: by code, by number or by one of the words that levels are called by.

use super::heading::LevelHeading;
use crate::text::han::is_han;
use crate::text::split;

/// Words in names of levels, the lowest first. Those in one row name levels of like height.
const WORDS: [&[&str]; 9] = [
    &["intern", "trainee", "apprentice", "graduate", "實習", "实习", "學徒", "見習", "インターン", "新人"],
    &["junior", "associate", "entry", "初級", "初级", "初階", "初阶", "助理", "一般社員", "ジュニア"],
    &["intermediate", "mid", "regular", "中級", "中级", "中階", "中阶", "中堅", "ミドル"],
    &["senior", "資深", "高級", "高级", "高階", "高阶", "シニア", "上級"],
    &["staff", "lead", "負責人", "リード", "スタッフ"],
    &["principal", "首席", "主任", "プリンシパル"],
    &["distinguished", "傑出", "杰出", "卓越"],
    &["fellow", "院士", "フェロー"],
    &[
        "manager",
        "director",
        "head",
        "vp",
        "副理",
        "協理",
        "經理",
        "總監",
        "经理",
        "总监",
        "マネージャー",
        "部長",
        "課長",
        "係長",
    ],
];

/// Words that say how well somebody does something, with their places among [`WORDS`].
const PROFICIENCY: [(usize, &[&str]); 5] = [
    (0, &["novice", "新手"]),
    (1, &["beginner", "入門", "入门", "初心者"]),
    (3, &["advanced", "proficient", "進階", "进阶"]),
    (4, &["expert", "專家", "专家", "エキスパート"]),
    (5, &["master", "大師", "大师", "マスター"]),
];

/// Words that stand before the number of a level: `Level 2: Senior`.
const COUNTED: [&str; 13] =
    ["level", "grade", "band", "tier", "step", "stage", "等級", "级别", "級別", "職級", "職等", "レベル", "等级"];

/// Titles of sections beside the levels that ask for nothing. Also those that only begin with one, as `About us`.
const OTHERS: [&str; 67] = [
    "about",
    "acknowledgements",
    "acknowledgments",
    "appendix",
    "background",
    "benefits",
    "changelog",
    "code of conduct",
    "compensation",
    "contents",
    "contributing",
    "copyright",
    "core values",
    "credit",
    "credits",
    "faq",
    "faqs",
    "feedback",
    "frequently asked questions",
    "further reading",
    "glossary",
    "how",
    "introduction",
    "licence",
    "license",
    "links",
    "mission",
    "navigation",
    "notes",
    "other pages",
    "our values",
    "overview",
    "preface",
    "principles",
    "promotion",
    "promotions",
    "purpose",
    "questions",
    "references",
    "related",
    "resources",
    "salary",
    "see also",
    "sources",
    "table of contents",
    "values",
    "vision",
    "what",
    "when",
    "who",
    "why",
    "引言",
    "前言",
    "簡介",
    "说明",
    "說明",
    "常見問題",
    "常见问题",
    "核心價值",
    "價值觀",
    "參考資料",
    "目錄",
    "授權",
    "はじめに",
    "よくある質問",
    "概要",
    "目次",
];

/// Nouns that say what somebody is. Alone, they are often the names of a level among others.
const ROLES: [&str; 33] = [
    "accountant",
    "administrator",
    "agent",
    "analyst",
    "architect",
    "assistant",
    "consultant",
    "coordinator",
    "designer",
    "developer",
    "director",
    "editor",
    "engineer",
    "manager",
    "nurse",
    "officer",
    "operator",
    "planner",
    "producer",
    "programmer",
    "recruiter",
    "representative",
    "researcher",
    "scientist",
    "specialist",
    "teacher",
    "technician",
    "tester",
    "writer",
    "工程師",
    "設計師",
    "エンジニア",
    "デザイナー",
];

/// Longer than the name of any level; a longer heading is a sentence.
const MAX_CHARS: usize = 60;
const MAX_HAN_CHARS: usize = 18;
const MAX_WORDS: usize = 6;

/// How a name says that it is that of a level, the surest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum LevelSign {
    /// `L5`, `IC3 Engineer`, `Senior Engineer (L5)`.
    Code,
    /// `Level 2`, `Engineer II`, `Coach 3`.
    Number,
    /// `Senior Engineer`, `資深工程師`.
    Word,
}

/// Returns how a name says that it is that of a level, if it does.
pub(crate) fn level_sign(name: &str) -> Option<LevelSign> {
    let name = name.trim();
    if name.chars().count() > MAX_CHARS {
        return None;
    }
    if !LevelHeading::read(name).codes.is_empty() {
        return Some(LevelSign::Code);
    }
    let is_sentence = name.ends_with(['.', '?', '!', '。', '？', '！']) || name.split_whitespace().count() > MAX_WORDS;
    let number = number(name).map(|_| LevelSign::Number);
    let word = || word(name).map(|_| LevelSign::Word);
    number.or_else(word).filter(|_| !is_sentence)
}

/// Returns whether a name is that of a level for certain, or probably.
pub(crate) fn is_level_name(name: &str) -> bool {
    level_sign(name).is_some()
}

/// Returns the rank of a level as far as its name tells: a number, or the position of one of its words.
pub(crate) fn level_rank(name: &str) -> Option<(usize, usize)> {
    let heading = LevelHeading::read(name);
    let of_code = heading.codes.last().and_then(|code| {
        let digits = code.trim_start_matches(|c: char| !c.is_ascii_digit());
        digits.trim_end_matches(|c: char| !c.is_ascii_digit()).parse().ok()
    });
    match of_code.or_else(|| number(name)) {
        Some(number) => Some((0, number)),
        None => word(name).map(|place| (1, place)),
    }
}

/// Returns whether a section of this name asks for nothing.
pub(crate) fn asks_nothing(name: &str) -> bool {
    let lower = name.trim().trim_end_matches([':', '：']).to_lowercase();
    let begins = |other: &&str| {
        let rest = lower.strip_prefix(*other);
        rest.is_some_and(|rest| rest.is_empty() || !other.is_ascii() || rest.starts_with([' ', '?', '\'']))
    };
    OTHERS.iter().any(begins)
}

/// Beginnings and ends of sentences that lead to a list: `All of L1, and:`.
const INTRODUCTIONS: [&str; 8] = [
    "all of ",
    "all from ",
    "everything at ",
    "everything from ",
    "everything in ",
    "everything of ",
    "same as ",
    "in addition to ",
];
const LEADING_ON: [&str; 10] =
    [" and", " plus", ", plus you", ", and you", "，並", "，且", "，還要", "，还要", "に加えて", "，以及"];
const PRONOUNS: [&str; 5] = ["you", "you can", "you should", "you will", "they"];

/// Returns whether a label only leads to the list below it, and names nothing.
pub(crate) fn introduces(name: &str) -> bool {
    let lower = name.trim().trim_end_matches(['…', ':', '：']).trim_end_matches("...").trim_end().to_lowercase();
    INTRODUCTIONS.iter().any(|beginning| lower.starts_with(beginning))
        || LEADING_ON.iter().any(|end| lower.ends_with(end))
        || PRONOUNS.contains(&lower.as_str())
}

/// Returns the number of a level: `Level 2: Senior`, `Engineer II`, `Coach 3`, `第三級`.
fn number(name: &str) -> Option<usize> {
    let lower = name.to_lowercase();
    if let Some(rest) = COUNTED.iter().find_map(|word| lower.strip_prefix(word)) {
        let digits: String = rest.trim_start().chars().take_while(char::is_ascii_digit).collect();
        let behind = rest.trim_start().strip_prefix(&*digits).unwrap_or_default();
        if !digits.is_empty() && !behind.starts_with(|c: char| c.is_ascii_alphanumeric()) {
            return digits.parse().ok();
        }
        let first = rest.trim_start().split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
        return roman(&first.to_uppercase());
    }
    if let Some(number) = han_number(name) {
        return Some(number);
    }
    let (before, last) = name.rsplit_once([' ', '\u{3000}']).unwrap_or_else(|| split_han(name));
    let is_named = before.chars().any(char::is_alphabetic) && before.split_whitespace().count() <= 4;
    let digits = last.bytes().all(|byte| byte.is_ascii_digit()) && (1..=2).contains(&last.len());
    let number = if digits { last.parse().ok() } else { roman(last).or_else(|| code_behind(last)) };
    number.filter(|_| is_named)
}

/// Returns the number of a code that stands behind a name: `Nurse N2`. Quarters and halves of a year have codes, too.
fn code_behind(last: &str) -> Option<usize> {
    let heading = LevelHeading::read(last);
    let [code] = heading.codes.as_slice() else { return None };
    let is_period = code.starts_with(['Q', 'H']) || !code.starts_with(|c: char| c.is_ascii_uppercase());
    let digits = code.trim_start_matches(|c: char| !c.is_ascii_digit());
    if heading.title.is_empty() && !is_period { digits.parse().ok() } else { None }
}

/// Returns the number of `第三級`, `三級工程師` and `3級`.
fn han_number(name: &str) -> Option<usize> {
    let rest = name.strip_prefix('第').unwrap_or(name);
    let counted: String = rest.chars().take_while(|c| !['級', '级', '等', '階', '阶'].contains(c)).collect();
    let is_closed = counted.len() < rest.len();
    let digit = || {
        let mut chars = counted.chars();
        let one = chars.next().filter(|_| chars.as_str().is_empty())?;
        "一二三四五六七八九十".chars().position(|c| c == one).map(|place| place + 1)
    };
    counted.trim().parse().ok().or_else(digit).filter(|_| is_closed)
}

/// Splits the number off a name in Han writing: `工程師2`, `エンジニアII`.
fn split_han(name: &str) -> (&str, &str) {
    let before = name.trim_end_matches(|c: char| c.is_ascii_digit() || ['I', 'V', 'X'].contains(&c));
    let (before, last) = split(name, before.len());
    if before.ends_with(|c: char| !c.is_ascii()) { (before, last) } else { (name, "") }
}

fn roman(numeral: &str) -> Option<usize> {
    const NUMERALS: [&str; 10] = ["I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X"];
    NUMERALS.iter().position(|other| *other == numeral).map(|place| place + 1)
}

/// Returns the place in [`WORDS`] that a name has which says how well somebody does something: `Advanced`,
/// `Expert Engineer`. Such words also stand in many names of other things.
fn proficiency(name: &str) -> Option<usize> {
    const WORDS: usize = 2;
    let lower = name.trim().to_lowercase();
    let words: Vec<_> = lower.split_whitespace().collect();
    let is_said = |word: &&str| match word.is_ascii() {
        true => words[0] == *word && (words.len() == 1 || (words.len() == WORDS && is_role(&lower))),
        false => lower == **word || (lower.starts_with(*word) && is_role(&lower)),
    };
    PROFICIENCY.iter().find(|(_, names)| !words.is_empty() && names.iter().any(is_said)).map(|it| it.0)
}

/// Whether a name says how well somebody does something, and nothing else.
pub(crate) fn is_proficiency(name: &str) -> bool {
    proficiency(name).is_some()
}

/// Returns the place of the highest word of a level in a name.
fn word(name: &str) -> Option<usize> {
    if let Some(place) = proficiency(name) {
        return Some(place);
    }
    let lower = name.to_lowercase();
    let words: Vec<_> = lower.split(|c: char| !c.is_alphanumeric()).collect();
    let is_short = lower.chars().count() <= MAX_HAN_CHARS;
    let names = |word: &&str| if word.is_ascii() { words.contains(word) } else { is_short && lower.contains(*word) };
    WORDS.iter().rposition(|row| row.iter().any(names))
}

fn words_of_levels() -> impl Iterator<Item = &'static str> {
    WORDS.iter().flat_map(|row| row.iter().copied())
}

/// Returns whether a name is that of a role: `Developer`, `軟體工程師`.
pub(crate) fn is_role(name: &str) -> bool {
    let lower = name.trim().to_lowercase();
    let last = lower.rsplit(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
    ROLES.iter().any(|role| if role.is_ascii() { last == *role } else { lower.ends_with(role) })
}

/// Returns whether a name of a level says nothing else: `L5`, `Senior`, `Senior Engineer`.
pub(crate) fn is_title(name: &str) -> bool {
    level_sign(name).is_some_and(|sign| sign != LevelSign::Word) || level_noun(name).is_none() || is_role(name)
}

/// Returns whether levels are numbered by a word: `Level`, `Grade`, `職級`.
pub(crate) fn counts_levels(word: &str) -> bool {
    COUNTED.contains(&word.trim().to_lowercase().as_str())
}

/// Returns whether a text is a number, as levels have them: `3`, `IV`.
pub(crate) fn is_number(text: &str) -> bool {
    let text = text.trim();
    ((1..=2).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit())) || roman(text).is_some()
}

/// Returns what a name is the level of: `Engineer` in `Senior Engineer (L5)` and in `Engineer II`.
pub(crate) fn level_noun(name: &str) -> Option<String> {
    if is_proficiency(name) && !is_role(name) {
        return None;
    }
    let title = LevelHeading::read(name).title.to_lowercase();
    let is_rank = |word: &str| {
        words_of_levels().any(|other| other == word)
            || is_proficiency(word)
            || roman(&word.to_uppercase()).is_some()
            || word.chars().all(|c| c.is_ascii_digit())
    };
    if title.contains(is_han) {
        let bare = words_of_levels().fold(title, |title, word| title.replace(word, ""));
        return Some(bare.trim().to_owned()).filter(|noun| !noun.is_empty());
    }
    let mut words = title.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty() && !is_rank(word));
    words.next_back().map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_levels_are_known_in_many_styles() {
        for name in
            ["L5", "IC3", "D1 - Developer 1", "Senior Engineer (L5)", "資深工程師（L5）", "L9首席技術負責人", "M1+"]
        {
            assert_eq!(level_sign(name), Some(LevelSign::Code), "{name}");
        }
        for name in ["Engineer II", "Level 2: The pro", "Coach 2", "第三級", "レベル3", "工程師2", "Grade IV", "職等 7"]
        {
            assert_eq!(level_sign(name), Some(LevelSign::Number), "{name}");
        }
        for name in ["Senior Engineer", "資深工程師", "シニアエンジニア", "Graduate", "Head of Engineering"]
        {
            assert_eq!(level_sign(name), Some(LevelSign::Word), "{name}");
        }
        for name in [
            "Communication",
            "Leadership",
            "2 years of experience",
            "",
            "I write good code.",
            "Team 2024",
            "Who decides when a senior engineer becomes a staff engineer",
            "第一次接觸客戶",
        ] {
            assert_eq!(level_sign(name), None, "{name}");
        }
    }

    #[test]
    fn names_of_levels_stand_in_their_order() {
        let mut names = ["Staff Engineer", "Junior Engineer", "Senior Engineer", "Principal", "Engineering Intern"];
        names.sort_by_key(|name| level_rank(name));
        assert_eq!(names, ["Engineering Intern", "Junior Engineer", "Senior Engineer", "Staff Engineer", "Principal"]);
        assert!(level_rank("L10: Lead") > level_rank("L9"));
        assert!(level_rank("Engineer III") > level_rank("Engineer II"));
    }

    #[test]
    fn a_level_is_one_of_something() {
        for name in ["Senior Engineer", "Engineer II", "Engineer", "Staff Engineer (L5)"] {
            assert_eq!(level_noun(name).as_deref(), Some("engineer"), "{name}");
        }
        assert_eq!(level_noun("資深工程師").as_deref(), Some("工程師"));
        assert_eq!(level_noun("Senior"), None);
    }

    #[test]
    fn sections_that_ask_for_nothing_are_known_by_their_first_words() {
        for name in ["FAQ", "What is expected of me?", "Values", "How to use this", "核心價值與原則", "はじめに"]
        {
            assert!(asks_nothing(name), "{name}");
        }
        for name in ["Whatever", "Baker", "Notebook", "Value"] {
            assert!(!asks_nothing(name), "{name}");
        }
    }
}
