//! `[check]` in `site.toml`: which warnings a site lets pass, and which way of writing it keeps to.

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};

use super::resolve::{Locales, Resolver};
use super::table::{Spanned, Table, instead_of};
use super::written::Text;
use crate::diagnostic::{Code, Severity, warning};
use crate::locale::LocaleIndex;

/// How a site is checked.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Checks {
    everywhere: Check,
    /// For each locale that has a table of its own.
    locales: Vec<(LocaleIndex, Check)>,
}

#[derive(Debug, Clone, PartialEq, Eq, Default)]
struct Check {
    allow: Vec<Code>,
    spacing: Option<Spacing>,
    style: WrittenStyle,
}

/// Which rules about the wording of statements hold in a locale.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct StyleRules {
    pub(crate) no_trailing_full_stop: bool,
    pub(crate) no_joined_expectations: bool,
    pub(crate) starts_with_verb: bool,
    /// In characters; a Han character counts as two.
    pub(crate) longest_statement: Option<usize>,
}

/// Whether a space stands between Han and Latin characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Spacing {
    #[default]
    Never,
    Always,
    /// As the writer likes.
    Any,
}

impl Checks {
    /// Whether the site lets a warning pass, in a locale or everywhere.
    pub(crate) fn allow(&self, code: Code, locale: Option<LocaleIndex>) -> bool {
        let own = locale.and_then(|locale| self.of(locale));
        self.everywhere.allow.contains(&code) || own.is_some_and(|check| check.allow.contains(&code))
    }

    /// What stands between Han and Latin characters in a locale.
    pub(crate) fn spacing(&self, locale: LocaleIndex) -> Spacing {
        let own = self.of(locale).and_then(|check| check.spacing);
        own.or(self.everywhere.spacing).unwrap_or_default()
    }

    /// Which rules hold in a locale: what it says itself, and else what is said for all.
    pub(crate) fn style(&self, locale: LocaleIndex) -> StyleRules {
        let all = &self.everywhere.style;
        let own = self.of(locale).map_or(all, |check| &check.style);
        let is_on = |of: fn(&WrittenStyle) -> Option<bool>| of(own).or(of(all)).unwrap_or_default();
        StyleRules {
            no_trailing_full_stop: is_on(|style| style.no_trailing_full_stop),
            no_joined_expectations: is_on(|style| style.no_joined_expectations),
            starts_with_verb: is_on(|style| style.starts_with_verb),
            longest_statement: own.longest_statement.or(all.longest_statement),
        }
    }

    fn of(&self, locale: LocaleIndex) -> Option<&Check> {
        self.locales.iter().find(|(index, _)| *index == locale).map(|(_, check)| check)
    }
}

/// The rules that one table speaks of.
#[derive(Debug, Clone, PartialEq, Eq, Default, JsonSchema)]
#[schemars(rename_all = "kebab-case")]
struct WrittenStyle {
    /// Report a statement that ends in a full stop.
    no_trailing_full_stop: Option<bool>,
    /// Report a statement that joins two expectations by "and". English only.
    no_joined_expectations: Option<bool>,
    /// Report a statement that does not begin with a verb. English only.
    starts_with_verb: Option<bool>,
    /// Report a statement of more characters. A Han character counts as two.
    #[schemars(extend("minimum" = 1))]
    longest_statement: Option<usize>,
}

impl WrittenStyle {
    fn read(table: &mut Table<'_>) -> Self {
        Self {
            no_trailing_full_stop: table.boolean(KEYS[2]),
            no_joined_expectations: table.boolean(KEYS[3]),
            starts_with_verb: table.boolean(KEYS[4]),
            longest_statement: table.count(KEYS[5]),
        }
    }
}

/// How the site is checked, everywhere or, in a table with the tag of a locale, in that locale.
#[derive(JsonSchema)]
pub(super) struct WrittenCheck {
    /// Warnings that the site lets pass.
    #[schemars(default, schema_with = "warnings")]
    allow: Vec<Spanned<String>>,
    /// What stands between Han and Latin characters: no typed space, always one, or either. `never` unless it is given.
    #[schemars(rename = "space-between-han-and-latin", extend("enum" = ["never", "always", "any"]))]
    spacing: Text,
    #[schemars(flatten)]
    style: WrittenStyle,
    /// All other keys; those that are no tables stand without one.
    #[schemars(skip)]
    others: Vec<(Spanned<String>, Option<WrittenCheck>)>,
}

const KEYS: [&str; 6] = [
    "allow",
    "space-between-han-and-latin",
    "no-trailing-full-stop",
    "no-joined-expectations",
    "starts-with-verb",
    "longest-statement",
];

/// The schema of `[check]`: the keys of one table, and for each locale a table with the same keys.
pub(super) fn schema(generator: &mut SchemaGenerator) -> Schema {
    let mut everywhere = WrittenCheck::json_schema(generator);
    let mut in_locale = everywhere.clone();
    in_locale.insert("additionalProperties".to_owned(), false.into());
    everywhere.insert("additionalProperties".to_owned(), in_locale.to_value());
    everywhere
}

/// A list of warnings.
fn warnings(_: &mut SchemaGenerator) -> Schema {
    let warnings = Code::ALL.iter().filter(|code| code.severity() == Severity::Warning);
    let names: Vec<_> = warnings.map(|code| code.name()).collect();
    json_schema!({ "type": "array", "items": { "type": "string", "enum": names } })
}

impl WrittenCheck {
    pub(crate) fn read(mut table: Table<'_>) -> Self {
        let allow = table.strings(KEYS[0]).unwrap_or_default();
        let spacing = table.string(KEYS[1]);
        let style = WrittenStyle::read(&mut table);
        let others = table.into_entries().into_iter();
        let others = others.map(|(key, value)| (key, value.into_table().map(Self::read))).collect();
        Self { allow, spacing, style, others }
    }
}

impl Resolver {
    pub(super) fn checks(&mut self, written: Option<WrittenCheck>, locales: Option<&Locales>) -> Checks {
        let (Some(written), Some(locales)) = (written, locales) else { return Checks::default() };
        let mut of_locales = Vec::new();
        for (key, table) in written.others {
            match (locales.index(&key.value), table) {
                (Some(locale), Some(table)) => {
                    for (key, _) in &table.others {
                        self.unknown(key, &KEYS);
                    }
                    of_locales.push((locale, self.check(table.allow, table.spacing, table.style)));
                }
                (None, Some(_)) if !locales.are_complete() => {}
                _ => {
                    let known: Vec<_> = KEYS.into_iter().chain(locales.tags()).collect();
                    self.unknown(&key, &known);
                }
            }
        }
        Checks { everywhere: self.check(written.allow, written.spacing, written.style), locales: of_locales }
    }

    fn unknown(&mut self, key: &Spanned<String>, known: &[&str]) {
        let message = format!("unknown key `{key}` in `[check]`", key = key.value);
        self.report(Code::UnknownKey, message, &key.span, instead_of(&key.value, known));
    }

    fn check(&mut self, allow: Vec<Spanned<String>>, spacing: Text, style: WrittenStyle) -> Check {
        let mut codes = Vec::new();
        for name in allow {
            match warning(&name.value) {
                Ok(code) => codes.push(code),
                Err((message, help)) => self.report(Code::InvalidValue, message, &name.span, help),
            }
        }
        Check { allow: codes, spacing: spacing.and_then(|text| self.spacing(&text)), style }
    }

    fn spacing(&mut self, text: &Spanned<String>) -> Option<Spacing> {
        let known = [("never", Spacing::Never), ("always", Spacing::Always), ("any", Spacing::Any)];
        let found = known.iter().find(|(name, _)| *name == text.value).map(|(_, spacing)| *spacing);
        if found.is_none() {
            let message = format!("`{key}` has to be `\"never\"`, `\"always\"` or `\"any\"`", key = KEYS[1]);
            let help = instead_of(&text.value, &known.map(|(name, _)| name));
            self.report(Code::InvalidValue, message, &text.span, help);
        }
        found
    }
}
