//! The language in which Rungs speaks to the person who runs it.
//!
//! A sentence stands in English where it is said, `say!` around it, and is itself the key under which
//! `i18n/messages/` has it in other languages. It is one sentence and never a part of one, since other languages put
//! parts in another order. Names, paths and code fill placeholders.
//!
//! The language is that of the process, and only what people are told depends on it: never a byte of a site, whose
//! words are those of [`interface`](crate::interface).

use std::borrow::Cow;
use std::fmt::Display;

use crate::config::Locale;
use crate::interface::{Plurals, fill};
use crate::parse::han::{is_han, is_han_punctuation};

/// Under what rust-i18n keeps the sentences, apart from the words of the interface.
pub(crate) const SENTENCES: &str = "messages.";

/// The language that all sentences are written in.
const ENGLISH: &str = "en";

/// A sentence in the language of the process: `say!("there is no page `%{path}`", path)`.
///
/// Every placeholder is named by an argument, which is a variable or `name = value`. Where a number decides about the
/// form of the words, it comes first and fills `%{count}`: `say!(errors => "%{count} error" | "%{count} errors")`.
macro_rules! say {
    ($number:expr => $one:literal | $other:literal $(, $name:ident $(= $value:expr)?)* $(,)?) => {
        $crate::language::counted($one, $other, $number, &[$(say!(@ $name $(, $value)?)),*])
    };
    ($sentence:literal $(, $name:ident $(= $value:expr)?)* $(,)?) => {
        $crate::language::said($sentence, &[$(say!(@ $name $(, $value)?)),*])
    };
    (@ $name:ident) => {
        (stringify!($name), &$name as &dyn std::fmt::Display)
    };
    (@ $name:ident, $value:expr) => {
        (stringify!($name), &$value as &dyn std::fmt::Display)
    };
}

/// The tags of the languages that Rungs speaks: of English, and of those with a file in `i18n/messages/`.
pub const SPOKEN: [&str; 2] = [ENGLISH, "zh-TW"];

/// The language of a person, by the variables of the environment that say it: the first of `LC_ALL`, `LC_MESSAGES` and
/// `LANG` that is not empty. English, unless it is one that a reader of it can read.
pub fn of_environment(variable: impl Fn(&str) -> Option<String>) -> &'static str {
    let given = ["LC_ALL", "LC_MESSAGES", "LANG"].into_iter().filter_map(variable).find(|value| !value.is_empty());
    // `zh_TW.UTF-8`, `sr_RS@latin`
    let tag = given.as_deref().and_then(|value| value.split(['.', '@']).next());
    let wanted = tag.and_then(Locale::probably);
    let can_be_read = |tag: &&str| Locale::parse(tag).zip(wanted.as_ref()).is_some_and(|(a, b)| a.reads_like(b));
    SPOKEN.into_iter().find(can_be_read).unwrap_or(ENGLISH)
}

/// From now on the process speaks one of the languages that are [`SPOKEN`].
pub fn speak(tag: &str) {
    rust_i18n::set_locale(tag);
}

/// The tag of the language that the process speaks.
pub fn tag() -> String {
    rust_i18n::locale().to_string()
}

/// Several things in a row: `a, b, c`.
pub fn list<T: Display>(things: impl IntoIterator<Item = T>) -> String {
    joined(things, &say!(", "))
}

/// Several things of which one is meant: `a or b`.
pub fn either<T: Display>(things: impl IntoIterator<Item = T>) -> String {
    joined(things, &say!(" or "))
}

fn joined<T: Display>(things: impl IntoIterator<Item = T>, between: &str) -> String {
    things.into_iter().map(|thing| thing.to_string()).collect::<Vec<_>>().join(between)
}

/// How many columns of a terminal a text takes.
pub fn width(text: &str) -> usize {
    text.chars().map(|c| if is_han(c) || is_han_punctuation(c) { 2 } else { 1 }).sum()
}

/// What fills a text up to a number of columns.
pub fn blank(columns: usize, text: &str) -> String {
    " ".repeat(columns.saturating_sub(width(text)))
}

/// What `say!` comes to.
pub fn said(sentence: &str, values: &[(&str, &dyn Display)]) -> String {
    filled(&translated(sentence, None), values)
}

/// What `say!` comes to where the number decides.
pub fn counted(one: &str, other: &str, number: usize, values: &[(&str, &dyn Display)]) -> String {
    let english = if number == 1 { one } else { other };
    let translated = match tag() {
        tag if tag == ENGLISH => Cow::Borrowed(english),
        _ => translated(other, Some(number)),
    };
    let count = ("count", &number as &dyn Display);
    filled(&translated, &[&[count], values].concat())
}

fn translated(sentence: &str, number: Option<usize>) -> Cow<'_, str> {
    let tag = tag();
    if tag == ENGLISH {
        return Cow::Borrowed(sentence);
    }
    let form = number.map_or_else(String::new, |number| format!(".{}", Plurals::of(&tag).form(number)));
    let known = crate::_RUST_I18N_BACKEND.translate(&tag, &format!("{SENTENCES}{sentence}{form}"));
    known.map_or(Cow::Borrowed(sentence), |text| Cow::Owned(text.into_owned()))
}

fn filled(sentence: &str, values: &[(&str, &dyn Display)]) -> String {
    let values: Vec<_> = values.iter().map(|(name, value)| (*name, value.to_string())).collect();
    let values: Vec<_> = values.iter().map(|(name, value)| (*name, value.as_str())).collect();
    fill(sentence, &values)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(variables: &[(&str, &str)]) -> &'static str {
        let value = |name: &str| variables.iter().find(|(of, _)| *of == name).map(|(_, value)| (*value).to_owned());
        of_environment(value)
    }

    #[test]
    fn the_first_variable_that_is_not_empty_decides() {
        let all = [("LANG", "en_GB.UTF-8"), ("LC_MESSAGES", "zh_TW.UTF-8"), ("LC_ALL", "C")];
        assert_eq!(of(&all), "en");
        assert_eq!(of(&all[..2]), "zh-TW");
        assert_eq!(of(&all[..1]), "en");
        assert_eq!(of(&[("LC_ALL", ""), ("LANG", "zh_TW.UTF-8")]), "zh-TW");
        assert_eq!(of(&[]), "en");
    }

    #[test]
    fn a_language_is_spoken_with_whoever_can_read_it() {
        for value in ["zh_TW.UTF-8", "zh_TW", "zh_HK.UTF-8", "zh_MO", "zh-Hant", "zh_TW.Big5@radical"] {
            assert_eq!(of(&[("LANG", value)]), "zh-TW", "{value}");
        }
        for value in ["zh_CN.UTF-8", "zh", "zh-Hans-TW", "ja_JP.UTF-8", "POSIX", "C.UTF-8", "en_US", "", "\u{1F600}"] {
            assert_eq!(of(&[("LANG", value)]), "en", "{value}");
        }
    }

    #[test]
    fn numbers_choose_the_form_and_fill_it() {
        let told =
            |errors: usize| say!(errors => "%{count} error in %{file}" | "%{count} errors in %{file}", file = "a");
        assert_eq!([told(0), told(1), told(2)], ["0 errors in a", "1 error in a", "2 errors in a"]);
    }

    #[test]
    fn what_fills_a_placeholder_is_not_filled_itself() {
        let path = "%{key}";
        assert_eq!(say!("%{key} is missing in %{tag}", key = path, tag = "en"), "%{key} is missing in en");
    }
}
