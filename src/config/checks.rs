//! `[check]` in `site.toml`: which warnings a site lets pass, and which way of writing it keeps to.

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::Deserialize;

use super::resolve::{Locales, Resolver};
use super::table::{Spanned, Split, Value, instead_of};
use crate::diagnostic::{Code, Severity, warning};
use crate::locale::LocaleIndex;

/// The configuration of the checks.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Checks {
    everywhere: Check,
    /// For each locale that has a table of its own.
    locales: Vec<(LocaleIndex, Check)>,
}

#[derive(Debug, Clone, PartialEq, Eq, Default)]
struct Check {
    allow: Vec<Code>,
    rules: WrittenCheck,
}

/// The wording rules that apply in a locale.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct StyleRules {
    pub(crate) no_trailing_full_stop: bool,
    pub(crate) no_joined_expectations: bool,
    pub(crate) starts_with_verb: bool,
    /// In characters; a Han character counts as two.
    pub(crate) longest_statement: Option<usize>,
}

/// Whether a space stands between Han and Latin characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Spacing {
    #[default]
    Never,
    Always,
    // As the writer likes.
    Any,
}

impl Checks {
    /// Returns the warnings that the site lets pass: everywhere, and in locales.
    pub(crate) fn allowed(&self) -> (Vec<Code>, impl Iterator<Item = (LocaleIndex, Vec<Code>)>) {
        let in_locales = self.locales.iter().map(|(locale, check)| (*locale, check.allow.clone()));
        (self.everywhere.allow.clone(), in_locales)
    }

    /// Returns the spacing between Han and Latin characters in a locale.
    pub(crate) fn spacing(&self, locale: LocaleIndex) -> Spacing {
        self.rule(locale, |rules| rules.space_between_han_and_latin).unwrap_or_default()
    }

    /// Returns the rules that apply in a locale.
    pub(crate) fn style(&self, locale: LocaleIndex) -> StyleRules {
        let is_on = |rule| self.rule(locale, rule).unwrap_or_default();
        StyleRules {
            no_trailing_full_stop: is_on(|rules| rules.no_trailing_full_stop),
            no_joined_expectations: is_on(|rules| rules.no_joined_expectations),
            starts_with_verb: is_on(|rules| rules.starts_with_verb),
            longest_statement: self.rule(locale, |rules| rules.longest_statement),
        }
    }

    /// Returns a locale's own value of a rule, or else the value for all locales.
    fn rule<T>(&self, locale: LocaleIndex, value: fn(&WrittenCheck) -> Option<T>) -> Option<T> {
        self.of(locale).and_then(|check| value(&check.rules)).or_else(|| value(&self.everywhere.rules))
    }

    fn of(&self, locale: LocaleIndex) -> Option<&Check> {
        self.locales.iter().find(|(index, _)| *index == locale).map(|(_, check)| check)
    }
}

/// How the site is checked, everywhere or, in a table with the tag of a locale, in that locale.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
struct WrittenCheck {
    /// Warnings to ignore.
    #[serde(default)]
    #[schemars(schema_with = "warnings")]
    allow: Vec<Spanned<String>>,
    /// Spaces between Han and Latin characters: never, always, or any. Default: `never`.
    space_between_han_and_latin: Option<Spacing>,
    /// Report a statement that ends with a full stop.
    no_trailing_full_stop: Option<bool>,
    /// Report a statement that joins two expectations with "and". English only.
    no_joined_expectations: Option<bool>,
    /// Report a statement that does not begin with a verb. English only.
    starts_with_verb: Option<bool>,
    /// Report a statement with more characters than this. A Han character counts as two.
    #[schemars(extend("minimum" = 1))]
    longest_statement: Option<usize>,
}

/// Returns the schema of `[check]`: the keys of one table, and for each locale a table with the same keys.
pub(super) fn schema(generator: &mut SchemaGenerator) -> Schema {
    let mut everywhere = WrittenCheck::json_schema(generator);
    let mut in_locale = everywhere.clone();
    in_locale.insert("additionalProperties".to_owned(), false.into());
    everywhere.insert("additionalProperties".to_owned(), in_locale.to_value());
    everywhere
}

/// Returns a list of warnings.
fn warnings(_: &mut SchemaGenerator) -> Schema {
    let warnings = Code::ALL.iter().filter(|code| code.severity() == Severity::Warning);
    let names: Vec<_> = warnings.map(|code| code.name()).collect();
    json_schema!({ "type": "array", "items": { "type": "string", "enum": names } })
}

impl Resolver<'_> {
    pub(super) fn checks(&mut self, written: Option<Value<'_>>, locales: Option<&Locales>) -> Checks {
        let (Some(written), Some(locales)) = (written, locales) else { return Checks::default() };
        let Split { read, known, others } = written.split();
        let mut of_locales = Vec::new();
        for (key, value) in others {
            match (locales.index(&key.value), value.if_table()) {
                (Some(locale), Some(table)) => of_locales.push((locale, self.check(table.read()))),
                (None, Some(_)) if !locales.are_complete() => {}
                _ => {
                    let known: Vec<_> = known.iter().copied().chain(locales.tags()).collect();
                    let message = format!("unknown key `{key}` in `[check]`", key = key.value);
                    self.report(Code::UnknownKey, message, &key.span, instead_of(&key.value, &known));
                }
            }
        }
        Checks { everywhere: self.check(read), locales: of_locales }
    }

    fn check(&mut self, written: Option<WrittenCheck>) -> Check {
        let mut written = written.unwrap_or_default();
        let mut allow = Vec::new();
        for name in std::mem::take(&mut written.allow) {
            match warning(&name.value) {
                Ok(code) => allow.push(code),
                Err((message, help)) => self.report(Code::InvalidValue, message, &name.span, help),
            }
        }
        Check { allow, rules: written }
    }
}
