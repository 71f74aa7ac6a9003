//! `[check]` in `site.toml`: which warnings a site lets pass, and which way of writing it keeps to.

use super::resolve::{Locales, Resolver};
use super::table::{Spanned, Table, instead_of};
use super::written::Text;
use super::{LocaleIndex, warning};
use crate::diagnostic::Code;

/// How a site is checked.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Checks {
    everywhere: Check,
    /// For each locale that has a table of its own.
    locales: Vec<(LocaleIndex, Check)>,
}

#[derive(Debug, Clone, PartialEq, Eq, Default)]
struct Check {
    allow: Vec<Code>,
    spacing: Option<Spacing>,
}

/// Whether a space stands between Han and Latin characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Spacing {
    #[default]
    Never,
    Always,
    /// As the writer likes.
    Any,
}

impl Checks {
    /// Whether the site lets a warning pass, in a locale or everywhere.
    pub fn allow(&self, code: Code, locale: Option<LocaleIndex>) -> bool {
        let own = locale.and_then(|locale| self.of(locale));
        self.everywhere.allow.contains(&code) || own.is_some_and(|check| check.allow.contains(&code))
    }

    /// What stands between Han and Latin characters in a locale.
    pub fn spacing(&self, locale: LocaleIndex) -> Spacing {
        let own = self.of(locale).and_then(|check| check.spacing);
        own.or(self.everywhere.spacing).unwrap_or_default()
    }

    fn of(&self, locale: LocaleIndex) -> Option<&Check> {
        self.locales.iter().find(|(index, _)| *index == locale).map(|(_, check)| check)
    }
}

/// `[check]` or `[check.zh-TW]` as it is written.
pub(super) struct WrittenCheck {
    allow: Vec<Spanned<String>>,
    spacing: Text,
    /// All other keys; those that are no tables stand without one.
    others: Vec<(Spanned<String>, Option<WrittenCheck>)>,
}

const KEYS: [&str; 2] = ["allow", "space-between-han-and-latin"];

impl WrittenCheck {
    pub fn read(mut table: Table<'_>) -> Self {
        let allow = table.strings(KEYS[0]).unwrap_or_default();
        let spacing = table.string(KEYS[1]);
        let others = table.into_entries().into_iter();
        let others = others.map(|(key, value)| (key, value.into_table().map(Self::read))).collect();
        Self { allow, spacing, others }
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
                    of_locales.push((locale, self.check(table.allow, table.spacing)));
                }
                (None, Some(_)) if !locales.are_complete() => {}
                _ => {
                    let known: Vec<_> = KEYS.into_iter().chain(locales.tags()).collect();
                    self.unknown(&key, &known);
                }
            }
        }
        Checks { everywhere: self.check(written.allow, written.spacing), locales: of_locales }
    }

    fn unknown(&mut self, key: &Spanned<String>, known: &[&str]) {
        let message = format!("unknown key `{}` in `[check]`", key.value);
        self.report(Code::UnknownKey, message, &key.span, instead_of(&key.value, known));
    }

    fn check(&mut self, allow: Vec<Spanned<String>>, spacing: Text) -> Check {
        let mut codes = Vec::new();
        for name in allow {
            match warning(&name.value) {
                Ok(code) => codes.push(code),
                Err((message, help)) => self.report(Code::InvalidValue, message, &name.span, help),
            }
        }
        Check { allow: codes, spacing: spacing.and_then(|text| self.spacing(&text)) }
    }

    fn spacing(&mut self, text: &Spanned<String>) -> Option<Spacing> {
        let known = [("never", Spacing::Never), ("always", Spacing::Always), ("any", Spacing::Any)];
        let found = known.iter().find(|(name, _)| *name == text.value).map(|(_, spacing)| *spacing);
        if found.is_none() {
            let message = format!("`{}` has to be `\"never\"`, `\"always\"` or `\"any\"`", KEYS[1]);
            let help = instead_of(&text.value, &known.map(|(name, _)| name));
            self.report(Code::InvalidValue, message, &text.span, help);
        }
        found
    }
}
