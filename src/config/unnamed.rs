//! Folders that hold a translation which `site.toml` does not name.

use camino::Utf8Path;

use crate::diagnostic::{Code, Diagnostic, Place};
use crate::locale::Locale;
use crate::source::Sources;
use crate::text::nearest;

/// Folders of the content root that have a task of their own.
const NEVER_LOCALES: [&str; 3] = ["theme", "editions", "i18n"];

/// Reports each folder of Markdown files that is no locale of the site, though its name looks like one or a locale has
/// no folder.
pub(super) fn locales(sources: &Sources, named: &[Locale]) -> Vec<Diagnostic> {
    let tags: Vec<_> = named.iter().map(|locale| locale.tag.as_str()).collect();
    let mut problems: Vec<Diagnostic> = Vec::new();
    let mut last = "";
    for path in sources.texts.keys().filter(|path| path.extension() == Some("md")) {
        let Some(folder) = folder(path).filter(|folder| *folder != last) else { continue };
        last = folder;
        if NEVER_LOCALES.contains(&folder) || tags.contains(&folder) {
            continue;
        }
        let locale = Locale::probably(folder);
        let help = match (&locale, missing(sources, &tags, folder)) {
            (Some(locale), _) if tags.contains(&locale.tag.as_str()) => {
                format!("rename the folder to `{tag}`", tag = locale.tag)
            }
            (None, Some(missing)) => format!("rename the folder to `{missing}`, which has no folder"),
            (Some(_), Some(missing)) => format!(
                "rename the folder to `{missing}`, which has no folder; or, if it is another locale, add it to \
                 `locales` in `site.toml`"
            ),
            (Some(locale), None) if locale.tag == folder => {
                format!("add `\"{folder}\"` to `locales` in `site.toml`, or remove the folder")
            }
            (Some(locale), None) => {
                let tag = &locale.tag;
                format!(
                    "rename the folder to `{tag}` and add `\"{tag}\"` to `locales` in `site.toml`, or remove the folder"
                )
            }
            (None, None) => continue,
        };
        let message = match locale {
            Some(_) => format!("the folder `{folder}` looks like a locale, but the site has no such locale"),
            None => format!("the folder `{folder}` is not a locale of the site"),
        };
        problems.push(Place::file(path.clone()).problem(Code::UnnamedLocale, message).help(help));
    }
    problems
}

/// Returns the locale of the site without any file that a folder was probably meant for: one with files of the same
/// names as another locale has.
fn missing<'a>(sources: &Sources, tags: &[&'a str], wrong: &str) -> Option<&'a str> {
    let named = |path: &Utf8Path, tag: &str| {
        let name = folder(path);
        name == Some(tag) || name.and_then(Locale::probably).is_some_and(|locale| locale.tag == tag)
    };
    let has_file = |tag: &str| sources.texts.keys().any(|path| named(path, tag));
    let (present, missing): (Vec<_>, Vec<_>) = tags.iter().copied().partition(|tag| has_file(tag));
    let mut files = sources.texts.keys().filter_map(|path| path.strip_prefix(wrong).ok());
    let is_twin =
        files.any(|file| present.iter().any(|tag| sources.texts.contains_key(&Utf8Path::new(tag).join(file))));
    match missing.as_slice() {
        [one] if is_twin => Some(one),
        several => nearest(wrong, several.iter().copied()),
    }
}

/// Returns the folder of the content root in which a file stands.
fn folder(path: &Utf8Path) -> Option<&str> {
    path.as_str().split_once('/').map(|(folder, _)| folder)
}
