//! The files of a theme, and those of them that a site replaces.
//!
//! A copy that `rungs theme eject` makes bears a mark with a digest of its default, so that it can be told later when
//! the default is no longer what was copied.

use std::collections::BTreeSet;

use camino::{Utf8Path, Utf8PathBuf};

use super::blocks::{blocks, extended};
use super::{ASSETS, COMPONENTS, DEFAULT_FOLDER, THEME, default_files, embedded, is_template};
use crate::diagnostic::{Code, Diagnostic, Place, Refusal};
use crate::source::Sources;
use crate::text::{list, nearest};

/// The words before the name and the digest of a default in a copy of it.
const MARK: &str = "rungs: default ";

/// A file of the default theme.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct CatalogueEntry {
    pub(crate) path: Utf8PathBuf,
    /// The blocks of a template, or its components.
    pub(crate) blocks: Vec<String>,
    pub(crate) own: Option<Own>,
}

/// A file of the site that replaces one of the default theme, or blocks of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Own {
    /// The blocks that it puts in the place of others. None for a file that stands for the whole.
    pub(crate) blocks: Option<Vec<String>>,
    /// Whether the default has changed since it was copied.
    pub(crate) is_outdated: bool,
}

/// Returns all files of the default theme, templates before assets, and the site's replacements.
pub(crate) fn catalogue(sources: &Sources) -> Vec<CatalogueEntry> {
    let mut entries: Vec<_> = default_files().map(|(path, _)| entry(sources, path)).collect();
    entries.sort_by(|a, b| (a.path.starts_with(ASSETS), &a.path).cmp(&(b.path.starts_with(ASSETS), &b.path)));
    entries
}

fn entry(sources: &Sources, path: Utf8PathBuf) -> CatalogueEntry {
    let names = |text: &str| blocks(text).iter().map(|block| block.name.to_owned()).collect();
    let default = embedded(&path).filter(|_| is_template(&path)).map(names).unwrap_or_default();
    let own = sources.theme.get(&path).map(|bytes| {
        let text = std::str::from_utf8(bytes).unwrap_or_default();
        Own { blocks: is_part(&path, text).then(|| names(text)), is_outdated: outdated(text).is_some() }
    });
    CatalogueEntry { path, blocks: default, own }
}

/// Returns the default that a file is a copy of, if that has changed since.
fn outdated(text: &str) -> Option<Utf8PathBuf> {
    text.lines().filter_map(|line| line.split_once(MARK)).find_map(|(_, behind)| {
        let mut words = behind.split_whitespace();
        let (path, mark) = (Utf8PathBuf::from(words.next()?), words.next()?);
        (digest(&path)? != mark).then_some(path)
    })
}

/// Eight digits that change with a file of the default theme.
fn digest(path: &Utf8Path) -> Option<String> {
    let (_, bytes) = default_files().find(|(own, _)| own == path)?;
    Some(blake3::hash(bytes).to_hex().chars().take(8).collect())
}

/// Copies a file of the default theme, or one block of it. A block goes to the end of the site's own template, if that
/// extends the default one. Returns the path in the theme and the new text.
///
/// # Errors
/// If there is no such file or block, or the site has it already.
pub(crate) fn eject(sources: &Sources, file: &str, block: Option<&str>) -> Result<(Utf8PathBuf, String), Refusal> {
    let path = Utf8PathBuf::from(file.strip_prefix("theme/").unwrap_or(file));
    let Some(text) = embedded(&path) else { return Err(unknown_file(&path)) };
    let own = sources.theme.get(&path).map(|own| std::str::from_utf8(own).unwrap_or_default());
    let Some(name) = block else {
        return match own {
            None => Ok((path.clone(), marked(&path, &path, text))),
            Some(_) => Err(Refusal::new(format!("`{THEME}/{path}` already exists"))
                .help("remove it first if you want the default instead")),
        };
    };
    let (origin, found) = block_of(&path, text, name)?;
    if let Some(own) = own {
        let text = with_block(&path, own, name, &marked(&path, &origin, found))?;
        return Ok((path, text));
    }
    // Components are looked for by their names, in whatever file.
    let extends =
        if path == COMPONENTS { String::new() } else { format!("{{% extends \"{DEFAULT_FOLDER}/{path}\" %}}\n") };
    let text = format!("{extends}{found}\n");
    Ok((path.clone(), marked(&path, &origin, &text)))
}

/// Returns what to answer to the name of a file that the default theme does not have.
pub(crate) fn unknown_file(path: &Utf8Path) -> Refusal {
    let known: Vec<_> = default_files().map(|(path, _)| path.to_string()).collect();
    Refusal::new(format!("the default theme has no file `{path}`")).help(
        match nearest(path.as_str(), known.iter().map(String::as_str)) {
            Some(near) => format!("did you mean `{near}`?"),
            None => "`rungs theme list` shows all files".to_owned(),
        },
    )
}

/// Returns a site's own template with one block more at its end.
fn with_block(path: &Utf8Path, own: &str, name: &str, block: &str) -> Result<String, Refusal> {
    let file = format!("{THEME}/{path}");
    if !is_part(path, own) {
        return Err(Refusal::new(format!("`{file}` already exists, and replaces the whole default"))
            .help(format!("write your own block `{name}` there, or remove the file first")));
    }
    let added = blocks(block);
    match blocks(own).iter().find(|own| added.iter().any(|added| added.name == own.name)) {
        None => Ok(format!("{own}\n{block}\n", own = own.trim_end())),
        Some(own) if own.name == name => Err(Refusal::new(format!("`{file}` already has a block `{name}`"))
            .help("remove that first if you want the default instead")),
        Some(own) => Err(Refusal::new(format!(
            "`{file}` already has a block `{own}`, which is part of `{name}`",
            own = own.name
        ))
        .help(format!("remove the block `{own}` first, and change it within `{name}`", own = own.name))),
    }
}

/// Returns whether a site's own file takes the place of blocks only, not of the whole default.
fn is_part(path: &Utf8Path, own: &str) -> bool {
    path == COMPONENTS || extended(own).is_some_and(|parent| parent == Utf8Path::new(DEFAULT_FOLDER).join(path))
}

/// Returns a block of a template of the default theme or of one that it extends, and where it stands.
fn block_of(path: &Utf8Path, text: &'static str, name: &str) -> Result<(Utf8PathBuf, &'static str), Refusal> {
    let mut known = Vec::new();
    let mut next = Some((path.to_owned(), text));
    while let Some((path, text)) = next.filter(|(path, _)| is_template(path)) {
        for block in blocks(text) {
            if block.name == name {
                return Ok((path, block.text));
            }
            known.push(block.name);
        }
        next = extended(text).and_then(|parent| Some((parent.clone(), embedded(&parent)?)));
    }
    let message = format!("`{path}` has no block `{name}`");
    Err(Refusal::new(message).help(match nearest(name, known.iter().copied()) {
        Some(near) => format!("did you mean `{near}`?"),
        None if known.is_empty() => "it has no blocks: eject the whole file".to_owned(),
        None => format!("its blocks: {known}", known = list(known)),
    }))
}

/// Returns a text with the mark of its origin in the first line, in a comment of its language.
fn marked(path: &Utf8Path, origin: &Utf8Path, text: &str) -> String {
    let mark = mark(origin);
    match path.extension() {
        _ if is_template(path) => format!("{{#- {mark} -#}}\n{text}"),
        Some("css") => format!("/* {mark} */\n{text}"),
        Some("js") => format!("// {mark}\n{text}"),
        Some("svg") => format!("<!-- {mark} -->\n{text}"),
        _ => text.to_owned(),
    }
}

/// Returns the mark that names the default of a copy.
fn mark(origin: &Utf8Path) -> String {
    format!("{MARK}{origin} {}", digest(origin).unwrap_or_default())
}

/// Reports files and blocks of the site's theme that replace nothing and are not used, and copies of outdated defaults.
/// `used` are the files that the site's look is made of.
pub(super) fn check(sources: &Sources, used: &[Utf8PathBuf]) -> Vec<Diagnostic> {
    let templates: Vec<_> = sources
        .theme
        .iter()
        .filter(|(path, _)| is_template(path))
        .filter_map(|(path, bytes)| Some((path, std::str::from_utf8(bytes).ok()?)))
        .collect();
    let is_named = |name: &str| {
        let quoted = [format!("\"{name}\""), format!("'{name}'")];
        templates.iter().any(|(_, text)| quoted.iter().any(|name| text.contains(name)))
    };
    let defaults: Vec<_> = default_files().map(|(path, _)| path.to_string()).collect();
    let mut problems = Vec::new();
    for (path, bytes) in &sources.theme {
        let place = || Place::file(Utf8Path::new(THEME).join(path));
        if let Some(default) = std::str::from_utf8(bytes).ok().and_then(outdated) {
            let copy = format!("{THEME}/{path}");
            let message = format!("`{default}` has changed since `{copy}` was copied from it");
            let help = format!(
                "compare it with the default, which `rungs theme eject {default}` writes if you move your file away; \
                 then write `{mark}` instead of its mark",
                mark = mark(&default)
            );
            problems.push(place().problem(Code::ThemeFile, message).help(help));
        }
        let asset = path.strip_prefix(ASSETS).ok();
        let is_used = embedded(path).is_some()
            || defaults.iter().any(|default| path == default)
            || used.contains(path)
            || is_named(asset.unwrap_or(path).as_str());
        if is_used {
            continue;
        }
        let near = near(path, &defaults);
        // A template has no other use than to be asked for; of other files, a person may want some for themselves.
        if near.is_some() || (asset.is_none() && matches!(path.extension(), Some("html" | "xml"))) {
            let problem = place().problem(Code::ThemeFile, format!("nothing uses `{THEME}/{path}`"));
            problems.push(problem.help(match near {
                Some(near) => format!("did you mean `{THEME}/{near}`?"),
                None => "remove it, or use it in another template: `rungs theme list` shows all files".to_owned(),
            }));
        }
    }
    problems
}

/// Returns the file of the default theme that a name was probably meant to be, in whatever folder.
fn near<'d>(path: &Utf8Path, defaults: &'d [String]) -> Option<&'d str> {
    let (stem, extension) = (path.file_stem()?, path.extension());
    let alike =
        || defaults.iter().map(|path| Utf8Path::new(path.as_str())).filter(|default| default.extension() == extension);
    let near = nearest(stem, alike().filter_map(Utf8Path::file_stem))?;
    alike().find(|path| path.file_stem() == Some(near)).map(Utf8Path::as_str)
}

/// Returns whether a template extends another, perhaps by way of others. A template of the site and the default one in
/// its place have one name.
pub(crate) fn extends(sources: &Sources, template: &str, other: &str) -> bool {
    let name = |parent: &Utf8PathBuf| parent.strip_prefix(DEFAULT_FOLDER).unwrap_or(parent) == other;
    parents(sources, template.into()).iter().any(name)
}

/// Returns the templates that a template extends, the nearest first.
fn parents(sources: &Sources, template: &Utf8Path) -> Vec<Utf8PathBuf> {
    let mut line = vec![template.to_owned()];
    while let Some(parent) =
        line.last().and_then(|last| extended(text(sources, last)?)).filter(|parent| !line.contains(parent))
    {
        line.push(parent);
    }
    line.split_off(1)
}

/// Returns the text of a template as others extend it: that of the site, or else the default.
fn text<'s>(sources: &'s Sources, path: &Utf8Path) -> Option<&'s str> {
    own_text(sources, path).or_else(|| embedded(path.strip_prefix(DEFAULT_FOLDER).unwrap_or(path)))
}

/// Returns the text of a template of the site's own.
fn own_text<'s>(sources: &'s Sources, path: &Utf8Path) -> Option<&'s str> {
    sources.theme.get(path).and_then(|bytes| std::str::from_utf8(bytes).ok())
}

/// Returns the names of the components of the default theme and of the site's own.
pub(super) fn components(sources: &Sources) -> Vec<String> {
    let own = own_text(sources, COMPONENTS.into());
    let names = embedded(COMPONENTS).into_iter().chain(own).flat_map(blocks).map(|block| block.name.to_owned());
    names.collect::<BTreeSet<_>>().into_iter().collect()
}

/// Returns the blocks of the templates that a template extends.
pub(super) fn blocks_above(sources: &Sources, path: &Utf8Path) -> Vec<String> {
    let parents = parents(sources, path);
    let texts = parents.iter().filter_map(|parent| text(sources, parent));
    texts.flat_map(blocks).map(|block| block.name.to_owned()).collect()
}
