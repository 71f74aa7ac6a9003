//! What the text beside a citation says of the edition that is meant.

use super::reading::ReadText;
use crate::handle::EditionIndex;
use crate::id::{CriterionId, EditionName};
use crate::interface::Words;
use crate::model::Site;
use crate::text::slice;

/// What stands beside a citation that names no edition.
#[derive(Debug, Default)]
pub(super) struct Beside {
    /// The editions that are named, by their names: the site may not have them.
    pub(super) named: Vec<String>,
    /// The editions whose statement is quoted. None if no statement is.
    pub(super) quoted: Option<Vec<EditionIndex>>,
}

impl Beside {
    /// Reads a part of a text. `id` is the criterion that is cited there, if one is.
    pub(super) fn read(site: &Site, words: &Words, text: &str, id: Option<&CriterionId>) -> Self {
        let mut named = editions_named(site, words, text);
        named.dedup();
        Self { named, quoted: id.and_then(|id| editions_quoted(site, text, id)) }
    }
}

/// Returns the names of editions in a text, as citations write them in each language of the site, in BibTeX and in
/// CSL-JSON.
fn editions_named(site: &Site, words: &Words, text: &str) -> Vec<String> {
    let is_word = |c: char| c.is_alphanumeric();
    let sign = |template: &str| {
        let (before, behind) = template.split_once("%{edition}")?;
        let before = before.rsplit('}').next()?.trim_matches(|c| !is_word(c)).to_owned();
        let behind = behind.split('%').next()?.trim_matches(|c| !is_word(c)).to_owned();
        Some((before, behind)).filter(|(before, behind)| !before.is_empty() || !behind.is_empty())
    };
    let locales = site.config.locale_indices();
    let mut signs: Vec<_> = locales.filter_map(|locale| sign(words.get(locale, "citation.of-edition"))).collect();
    signs.extend([("edition".to_owned(), String::new()), (String::new(), "edition".to_owned())]);
    let is_named = |before: &str, behind: &str| {
        let before =
            before.trim_end_matches([' ', '\n', '\t', '"', '\'', '=', '{', ':', '*', '_', '`', '“']).to_lowercase();
        let behind = behind.trim_start_matches([' ', '\n']).to_lowercase();
        signs.iter().any(|(sign_before, sign_behind)| {
            before.ends_with(&sign_before.to_lowercase()) && behind.starts_with(&sign_behind.to_lowercase())
        })
    };
    let is_part = |c: char| c.is_ascii_digit() || c == '.';
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(start) = slice(text, at..).find(|c: char| c.is_ascii_digit()).map(|found| at + found) {
        let run = slice(text, start..);
        let run = slice(run, ..run.find(|c| !is_part(c)).unwrap_or(run.len()));
        let name = run.trim_end_matches('.');
        at = start + run.len();
        let before = slice(text, ..start);
        let is_whole = !before.ends_with(|c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '@' | '/'));
        if is_whole && is_named(before, slice(text, start + name.len()..)) {
            found.push(name.to_owned());
        }
    }
    found
}

/// Returns the editions with the longest statement of a criterion that a text holds, the oldest first. None if it holds
/// none.
fn editions_quoted(site: &Site, text: &str, id: &CriterionId) -> Option<Vec<EditionIndex>> {
    /// What is shorter may stand there by chance.
    const SHORTEST: usize = 8;
    let text = bare(text);
    let history = &site.history;
    let editions = history
        .timeline(id)
        .editions
        .iter()
        .map(|(&edition, &at)| (Some(edition), &history.editions[edition].frozen, at));
    let present = history.present.as_deref();
    let present = present.and_then(|frozen| Some((None, frozen, *frozen.places().get(id)?)));
    let longest_of = |(edition, frozen, at): (Option<EditionIndex>, &crate::edition::Frozen, _)| {
        let statements = frozen.at(at).1.statement.values().map(|statement| bare(&statement.plain()));
        let quoted = statements.filter(|statement| statement.len() >= SHORTEST && text.contains(statement.as_str()));
        Some((edition, quoted.map(|statement| statement.len()).max()?))
    };
    let quoted: Vec<_> = editions.chain(present).filter_map(longest_of).collect();
    let longest = quoted.iter().map(|(_, length)| *length).max()?;
    Some(quoted.into_iter().filter(|(_, length)| *length == longest).filter_map(|(edition, _)| edition).collect())
}

/// Returns a text without what its form adds to it: spaces, line ends, marks of Markdown and TeX, entities of HTML.
pub(crate) fn bare(text: &str) -> String {
    let text = ReadText::plain(text).text;
    let text = [("&amp;", "&"), ("&lt;", ""), ("&gt;", ""), ("&quot;", "\""), ("&#39;", "'"), ("&#x27;", "'")]
        .iter()
        .fold(text, |text, (entity, sign)| text.replace(entity, sign));
    text.chars()
        .filter(|c| !c.is_whitespace() && !matches!(c, '\\' | '*' | '_' | '`' | '<' | '>' | '{' | '}'))
        .collect()
}

/// Returns an edition of a site by a name that may be none.
pub(super) fn edition_called(site: &Site, name: &str) -> Option<EditionIndex> {
    site.history.edition(&EditionName::parse(name)?)
}
