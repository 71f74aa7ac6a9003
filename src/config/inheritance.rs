//! Relations between ladders: inheritance, comparison, sharing, and distinct ids.

use super::resolve::{Locales, Resolver, all, at, goes_on_in_digits};
use super::table::{Entries, Spanned, instead_of};
use super::written::{Text, WrittenLadder, WrittenShared};
use super::{LadderConfig, SharedItem};
use crate::address::{folder_advice, is_device};
use crate::diagnostic::{Code, Fix};
use crate::id::slug;
use crate::text::list;

/// Relations of a ladder to others. They are resolved when all ladders are known.
pub(super) struct LadderRelations {
    inherits: Text,
    compare_with: Option<Vec<Spanned<String>>>,
}

impl LadderRelations {
    /// Splits a ladder from its relations to others.
    pub(crate) fn apart_from(mut ladder: WrittenLadder) -> (WrittenLadder, Self) {
        let kin = Self { inherits: ladder.inherits.take(), compare_with: ladder.compare_with.take() };
        (ladder, kin)
    }
}

/// The keys of a ladder: today's, and those that it had before.
pub(super) struct LadderKeys {
    key: String,
    was: Vec<String>,
}

/// Returns the keys of all ladders.
pub(super) fn keys(ladders: &[LadderConfig]) -> Vec<LadderKeys> {
    ladders.iter().map(|ladder| LadderKeys { key: ladder.key.clone(), was: ladder.was.clone() }).collect()
}

impl Resolver<'_> {
    /// Reports prefixes that equal another one followed by digits.
    pub(super) fn apart(&mut self, prefixes: &[&Spanned<String>]) {
        for longer in prefixes {
            let is_start = |shorter: &&&Spanned<String>| goes_on_in_digits(&longer.value, &shorter.value);
            let Some(shorter) = prefixes.iter().find(is_start) else { continue };
            let message = format!(
                "the prefix `{longer}` is `{shorter}` followed by a digit",
                longer = longer.value,
                shorter = shorter.value
            );
            let problem = at(&longer.span).problem(Code::InvalidValue, message);
            self.problems.report(
                problem
                    .label(format!("ids such as `{longer}001` could belong to either ladder", longer = longer.value))
                    .related(at(&shorter.span), "the other prefix")
                    .help("choose prefixes that differ in their letters"),
            );
        }
    }

    /// Adds what ladders say of each other.
    pub(super) fn inheritance(&mut self, ladders: &mut [LadderConfig], kin: Vec<LadderRelations>) {
        let keys = keys(ladders);
        let mut spans = Vec::new();
        for (ladder, LadderRelations { inherits, compare_with }) in ladders.iter_mut().zip(kin) {
            let own = ladder.key.as_str();
            spans.push(inherits.as_ref().map(|base| base.span.clone()));
            let base = inherits.and_then(|base| {
                self.other(format!("the ladder `{own}` cannot inherit from itself"), base, own, &keys)
            });
            let mut others: Vec<Spanned<String>> = Vec::new();
            let compared = compare_with.map(|written| {
                for other in written {
                    match others.iter().find(|first| first.value == other.value) {
                        Some(first) => {
                            let message = format!("the ladder `{ladder}` is listed twice", ladder = other.value);
                            let problem = at(&other.span).problem(Code::InvalidValue, message);
                            let problem = problem.related(at(&first.span), "first listed here");
                            self.problems.report(problem.help("remove one of the two"));
                        }
                        None => others.push(other),
                    }
                }
                others
                    .into_iter()
                    .filter_map(|other| {
                        self.other(format!("the ladder `{own}` cannot be compared with itself"), other, own, &keys)
                    })
                    .collect()
            });
            (ladder.inherits, ladder.compare_with) = (base.map(|base| base.value), compared_keys(compared));
        }
        for (first, span) in spans.iter().enumerate() {
            let Some(circle) = circle(ladders, first) else { continue };
            let named = list(circle.iter().map(|&ladder| format!("`{}`", ladders[ladder].key)));
            if let Some(span) = span {
                let message = format!("the ladders {named} inherit from each other in a circle");
                let help = "break the circle: remove the `inherits` of one of them".to_owned();
                self.report(Code::InvalidValue, message, span, help);
            }
            circle.into_iter().for_each(|ladder| ladders[ladder].inherits = None);
        }
    }

    /// Returns another ladder by its key. Reports one that does not exist and, by `itself`, the ladder itself.
    fn other(
        &mut self,
        itself: String,
        other: Spanned<String>,
        own: &str,
        keys: &[LadderKeys],
    ) -> Option<Spanned<String>> {
        let Spanned { value, span } = &other;
        if value == own {
            self.report(Code::InvalidValue, itself, span, "name another ladder, or remove it".to_owned());
            return None;
        }
        self.known(value, span, keys).then_some(other)
    }

    /// Returns whether there is a ladder of a key. Reports one that does not exist, or that has another key now.
    fn known(&mut self, key: &str, span: &crate::diagnostic::Span, keys: &[LadderKeys]) -> bool {
        let is_known = keys.iter().any(|known| known.key == key);
        match keys.iter().find(|known| known.was.iter().any(|was| was == key)) {
            _ if is_known => {}
            Some(LadderKeys { key: now, .. }) => {
                let problem = at(span).problem(Code::InvalidValue, format!("the ladder `{key}` is called `{now}` now"));
                let fix = Fix::new(at(span), format!("\"{now}\""));
                self.problems.report(problem.help(format!("write `\"{now}\"`")).fix(fix));
            }
            None => {
                let known: Vec<_> = keys.iter().map(|known| known.key.as_str()).collect();
                self.report(Code::InvalidValue, format!("there is no ladder `{key}`"), span, instead_of(key, &known));
            }
        }
        is_known
    }

    /// Resolves `[categories]` or `[threads]`. `keys` is None if the keys of the ladders are not known.
    pub(super) fn shared(
        &mut self,
        name: &str,
        written: Entries<WrittenShared>,
        keys: Option<&[LadderKeys]>,
        locales: Option<&Locales>,
    ) -> Option<Vec<SharedItem>> {
        let mut seen: Vec<Spanned<String>> = Vec::new();
        let one = |(key, written): (Spanned<String>, WrittenShared)| {
            let title = self.texts(&format!("{name}.{}.title", key.value), written.title, locales);
            let ladders = written.ladders.map(|ladders| {
                let known = ladders
                    .into_iter()
                    .filter(|ladder| keys.is_none_or(|keys| self.known(&ladder.value, &ladder.span, keys)));
                known.map(|key| key.value).collect()
            });
            let place = at(&key.span);
            let key = self.shared_key(key, &mut seen);
            let was = all(written.was.into_iter().map(|was| self.shared_key(was, &mut seen)));
            Some(SharedItem { key: key?, was: was?, title: title?, ladders, place })
        };
        all(written.right().map(one))
    }

    /// Returns a key that stands in addresses and is the only one there.
    fn shared_key(&mut self, key: Spanned<String>, seen: &mut Vec<Spanned<String>>) -> Option<String> {
        if slug(&key.value).is_none() || is_device(&key.value) {
            let help = "write ASCII letters, digits and single hyphens: it is part of addresses";
            let help = folder_advice(&key.value, help);
            self.report(Code::InvalidId, format!("`{key}` cannot be a key here", key = key.value), &key.span, help);
            return None;
        }
        if let Some(first) = seen.iter().find(|first| first.value.eq_ignore_ascii_case(&key.value)) {
            let message =
                format!("`{first}` and `{second}` have the same address", first = first.value, second = key.value);
            let problem = at(&key.span).problem(Code::DuplicateId, message);
            let problem = problem.related(at(&first.span), "first here");
            self.problems.report(problem.help("give one of them another key"));
            return None;
        }
        seen.push(key.clone());
        Some(key.value)
    }
}

fn compared_keys(compared: Option<Vec<Spanned<String>>>) -> Option<Vec<String>> {
    compared.map(|others| others.into_iter().map(|other| other.value).collect())
}

/// Returns the ladders of the circle that begins and ends at one.
fn circle(ladders: &[LadderConfig], first: usize) -> Option<Vec<usize>> {
    let base = |index: usize| {
        let key = ladders[index].inherits.as_ref()?;
        ladders.iter().position(|ladder| ladder.key == *key)
    };
    let mut circle = vec![first];
    while let Some(next) = base(*circle.last()?) {
        if next == first {
            return Some(circle);
        }
        if circle.contains(&next) {
            return None;
        }
        circle.push(next);
    }
    None
}
