//! Texts of TOML in which HTML, or what other generators read, is shown as it is written. Files of Markdown are looked at
//! while they are read.

use camino::Utf8Path;
use rayon::prelude::*;

use super::CheckInput;
use super::writing::of_toml;
use crate::config::Config;
use crate::diagnostic::{Diagnostic, Place};
use crate::parse::{BlockText, front_matter, shown_as_written};
use crate::text::slice;

pub(crate) fn check(checked: &CheckInput<'_>) -> Vec<Diagnostic> {
    let config = &checked.site.config;
    let texts: Vec<_> = checked.sources.texts.iter().collect();
    let of_file = |(path, text): (&camino::Utf8PathBuf, &String)| {
        let blocks = if may_show(text) { blocks(config, path, text) } else { Vec::new() };
        blocks.into_iter().flat_map(|block| of_block(path, &block)).collect::<Vec<_>>()
    };
    texts.into_par_iter().flat_map_iter(of_file).collect()
}

/// Whether anything in a text could be meant for another reader.
fn may_show(text: &str) -> bool {
    ["<", "{{", "{%", "{:"].iter().any(|sign| text.contains(sign))
}

fn of_block(path: &Utf8Path, block: &BlockText) -> Vec<Diagnostic> {
    let shown = shown_as_written(&block.text).into_iter();
    shown
        .map(|shown| {
            let place = Place::new(path, block.span(shown.span.clone()));
            shown.problem(&block.text, place)
        })
        .collect()
}

/// Returns the texts of a file that readers see: titles of Markdown files, what `site.toml` says in a language, and the
/// glossary.
fn blocks(config: &Config, path: &Utf8Path, text: &str) -> Vec<BlockText> {
    let is_tag = |key: &str| config.locales.iter().any(|locale| locale.tag == key);
    match path.as_str() {
        "glossary.toml" => of_toml(path, text, 0, |_| true),
        "site.toml" => of_toml(path, text, 0, |keys| keys.split('.').any(is_tag)),
        _ if path.extension() == Some("md") && config.locale_of(path).is_some() => {
            let toml = front_matter(path, text).toml;
            let is_wanted = |keys: &str| keys == "title" || keys.starts_with("threads.");
            of_toml(path, slice(text, ..toml.end), toml.start, is_wanted)
        }
        _ => Vec::new(),
    }
}
