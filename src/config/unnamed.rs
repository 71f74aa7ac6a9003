//! Folders that hold a translation which `site.toml` does not name.

use camino::Utf8Path;

use crate::diagnostic::{Code, Diagnostic, Place};
use crate::locale::Locale;
use crate::source::Sources;

/// Folders of the content root that have a task of their own.
const NEVER_LOCALES: [&str; 3] = ["theme", "editions", "i18n"];

/// Reports each folder of Markdown files whose name is that of a locale, though the site has no such locale.
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
        let Some(locale) = Locale::probably(folder) else { continue };
        let help = if tags.contains(&locale.tag.as_str()) {
            format!("rename the folder to `{tag}`", tag = locale.tag)
        } else if locale.tag == folder {
            format!("add `\"{folder}\"` to `locales` in `site.toml`, or remove the folder")
        } else {
            let tag = &locale.tag;
            format!(
                "rename the folder to `{tag}` and add `\"{tag}\"` to `locales` in `site.toml`, or remove the folder"
            )
        };
        let message = format!("the folder `{folder}` looks like a locale, but the site has no such locale");
        problems.push(Diagnostic::new(Code::UnnamedLocale, message, Place::file(path.clone())).help(help));
    }
    problems
}

/// The folder of the content root in which a file stands.
fn folder(path: &Utf8Path) -> Option<&str> {
    path.as_str().split_once('/').map(|(folder, _)| folder)
}
