//! Chinese as Taiwan writes it: the texts that its rules read, and one rule in each file.
//!
//! Read are the files of each locale that is Chinese in traditional characters of Taiwan, the titles in their front
//! matter, and what `site.toml`, the glossary and the words of the interface say in it. Code, addresses and the targets
//! of links are no writing. Where in doubt a rule is silent, since what it finds is for a person to judge.

pub(crate) mod ellipsis;
pub(crate) mod punctuation;
pub(crate) mod spacing;
pub(crate) mod terms;
pub(crate) mod variants;

use camino::Utf8Path;
use rayon::prelude::*;

use super::CheckInput;
use crate::config::Config;
use crate::config::table::{Spanned, TomlReader};
use crate::diagnostic::{Code, Diagnostic, Fix, Place, Problems, Span};
use crate::locale::LocaleIndex;
use crate::model::Site;
use crate::parse::{BlockText, block_texts, front_matter};
use crate::source::Sources;
use crate::text::han::{is_han, is_han_punctuation};
use crate::text::{Edit, slice};

/// The text of one file in Taiwanese Chinese.
pub(crate) struct Writing<'a> {
    path: &'a Utf8Path,
    locale: LocaleIndex,
    blocks: Vec<BlockText>,
}

/// Something that is not written as Taiwan writes, by its place in a block.
struct Finding {
    part: Span,
    message: String,
    /// The fix.
    help: String,
    /// The certain replacements for parts of the block. Empty if there are none.
    edits: Vec<(Span, String)>,
}

/// Returns all Taiwanese writing of a site.
pub(crate) fn of_site<'a>(site: &Site, sources: &'a Sources) -> Vec<Writing<'a>> {
    let config = &site.config;
    let locales = config.locale_indices().filter(|&index| config.locale(index).is_taiwanese());
    let pairs = locales.flat_map(|locale| sources.texts.iter().map(move |(path, text)| (locale, path, text)));
    let pairs: Vec<_> = pairs.collect();
    let written = pairs.into_par_iter().filter_map(|(locale, path, text)| {
        let tag = &config.locale(locale).tag;
        let blocks = match path.extension() {
            Some("md") if config.locale_of(path) == Some(locale) => of_markdown(config, path, text),
            Some("toml") if *path == format!("i18n/{tag}.toml") => of_toml(path, text, 0, |_| true),
            // What people look for a term by is what it is not called here.
            Some("toml") if matches!(path.as_str(), "site.toml" | "glossary.toml") => of_toml(path, text, 0, |keys| {
                let mut keys = keys.split('.');
                keys.clone().any(|key| key == tag) && !keys.any(|key| key == "also")
            }),
            _ => return None,
        };
        Some(Writing { path, locale, blocks })
    });
    written.collect()
}

fn of_markdown(config: &Config, path: &Utf8Path, text: &str) -> Vec<BlockText> {
    let front_matter = front_matter(path, text);
    let toml = slice(text, ..front_matter.toml.end);
    let mut found =
        of_toml(path, toml, front_matter.toml.start, |keys| keys == "title" || keys.starts_with("threads."));
    let is_ladder = config.ladders.iter().any(|ladder| path.file_stem() == Some(&ladder.key));
    found.extend(block_texts(text).into_iter().map(|block| match is_ladder && block.is_heading {
        // What parts the code of a level from its title is not shown.
        true => block.without_level_code(),
        false => block,
    }));
    found
}

/// The texts of the TOML behind byte `start` that stand under wanted keys.
pub(super) fn of_toml(path: &Utf8Path, text: &str, start: usize, is_wanted: impl Fn(&str) -> bool) -> Vec<BlockText> {
    let mut found = Vec::new();
    TomlReader::new(path, start, slice(text, start..), &Problems::default())
        .whole()
        .into_iter()
        .for_each(|whole| whole.texts(&mut found));
    let wanted = found.into_iter().filter(|(keys, _)| is_wanted(keys));
    wanted.map(|(_, Spanned { value, span })| BlockText::written(text, &value, span)).collect()
}

/// Returns the findings of a rule in all Taiwanese text.
fn find(
    checked: &CheckInput<'_>,
    code: Code,
    find: impl Fn(LocaleIndex, &str) -> Vec<Finding> + Sync,
) -> Vec<Diagnostic> {
    let of_file = |writing: &Writing<'_>| -> Vec<_> {
        let of_block = |block: &BlockText| -> Vec<_> {
            let report = |Finding { part, message, help, edits }| {
                let place = Place::new(writing.path, block.span(part));
                let tag = &checked.site.config.locale(writing.locale).tag;
                let problem = place.problem(code, message).help(help).in_locale(tag);
                match fix(checked.sources, writing.path, block, edits) {
                    Some(fix) => problem.fix(fix),
                    None => problem,
                }
            };
            find(writing.locale, &block.text).into_iter().map(report).collect()
        };
        writing.blocks.iter().flat_map(of_block).collect()
    };
    checked.writing.par_iter().flat_map_iter(of_file).collect()
}

/// Converts edits of a block into edits of its file. None if they would change more than the text itself, such as
/// markup.
fn fix(sources: &Sources, path: &Utf8Path, block: &BlockText, edits: Vec<(Span, String)>) -> Option<Fix> {
    let file = sources.text(path)?;
    let edit = |(part, text): (Span, String)| {
        let span = block.span(part.clone());
        let is_as_read = file.get(span.clone()) == Some(slice(&block.text, part));
        // A backslash takes the meaning from the mark behind it, and `_` has one only where no word touches it.
        let is_free = || !slice(file, ..span.start).ends_with(['\\', '_']) && !slice(file, span.end..).starts_with('_');
        (is_as_read && is_free()).then(|| Edit::replace(span.clone(), text))
    };
    let edits: Option<Vec<_>> = edits.into_iter().map(edit).collect();
    Fix::of_all(path, file, edits.filter(|edits| !edits.is_empty())?).ok()
}

/// Han characters and the punctuation that only they have.
fn is_wide(c: char) -> bool {
    is_han(c) || is_han_punctuation(c)
}

/// Returns whether the text after a character belongs to a Chinese sentence. Text in brackets need not be Chinese.
fn leads(c: char) -> bool {
    is_wide(c) && !OPENING.contains(c)
}

/// Returns whether the text before a character belongs to a Chinese sentence. Text in brackets need not be Chinese.
fn follows(c: char) -> bool {
    is_han(c) || OPENING.contains(c)
}

const OPENING: &str = "「『（《〈【〔";

/// Returns the last character before a place that is no space.
fn word_before(text: &str, at: usize) -> Option<char> {
    slice(text, ..at).trim_end().chars().next_back()
}

/// Returns the first character behind a place that is no space.
fn word_behind(text: &str, at: usize) -> Option<char> {
    slice(text, at..).trim_start().chars().next()
}
