//! Links from document to document, and to headings as GitHub names them: they lead to what these have become.

use camino::{Utf8Path, Utf8PathBuf};
use percent_encoding::percent_decode_str;

use super::document::LadderDocument;
use super::normalize::outline;
use crate::diagnostic::{Code, Diagnostic, Span};
use crate::parse::{OutlineLevel, Part};
use crate::text::{Edit, heading_anchor, slice};

/// Returns the edit that makes a broken link of a part lead to what it led to before. None if that is nowhere.
pub(crate) fn relinked(parts: &[LadderDocument], at: usize, text: &str, problem: &Diagnostic) -> Option<Edit> {
    if problem.code != Code::BrokenLink {
        return None;
    }
    let span = problem.label.place.span();
    let target_span = target(text, &span)?;
    let target = slice(text, target_span.clone());
    let (path, anchor) = target.split_once('#').map_or((target, None), |(path, anchor)| (path, Some(anchor)));
    let origin = parts[at].draft.place(span.start..span.start + 1)?.path;
    let path = percent_decode_str(path).decode_utf8_lossy();
    let meant = if path.is_empty() { origin } else { joined(origin.parent()?, &path)? };
    let has = |part: &&LadderDocument| part.files.iter().any(|file| is_same(file, &meant));
    let own = std::iter::once(&parts[at]).filter(has);
    let others = parts.iter().filter(|part| part.path != parts[at].path).filter(has);
    // Of a document that became several ladders, the one that has the heading is meant.
    let meant_parts: Vec<_> = own.chain(others).collect();
    let anchor = anchor.map(|anchor| percent_decode_str(anchor).decode_utf8_lossy().to_lowercase());
    let (part, anchor) = match anchor.filter(|anchor| !anchor.is_empty()) {
        Some(anchor) => {
            let anchor_in = |part: &&LadderDocument| Some((part.path.clone(), anchor_of(part, &meant, &anchor)?));
            meant_parts.iter().find_map(anchor_in)?
        }
        None => {
            let part = meant_parts.first()?;
            (part.path.clone(), level_of(part, &meant).unwrap_or_default())
        }
    };
    let mut written = if part == parts[at].path { String::new() } else { relative(&parts[at].path, &part)? };
    if !anchor.is_empty() {
        written.push('#');
        written.push_str(&anchor);
    }
    (!written.is_empty() && written != target).then(|| Edit::replace(target_span, written))
}

/// Returns where the target of an inline link stands.
fn target(text: &str, link: &Span) -> Option<Span> {
    let written = slice(text, link.clone());
    let start = link.start + written.rfind("](")? + 2;
    let behind = slice(text, start..link.end);
    let end = behind.find([')', ' ', '\n'])?;
    Some(start..start + end)
}

/// Returns a path as seen from the folder that another is seen from.
pub(super) fn joined(folder: &Utf8Path, path: &str) -> Option<Utf8PathBuf> {
    let mut joined = folder.to_owned();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                if !joined.pop() {
                    return None;
                }
            }
            name => joined.push(name),
        }
    }
    Some(joined)
}

fn is_same(a: &Utf8Path, b: &Utf8Path) -> bool {
    let plain = |path: &Utf8Path| path.as_str().trim_end_matches(".md").to_lowercase();
    plain(a) == plain(b)
}

/// Files of one language stand beside each other, those of others in the folders beside.
fn relative(from: &Utf8Path, to: &Utf8Path) -> Option<String> {
    let name = to.file_name()?;
    let folder = to.parent()?.file_name()?;
    Some(if from.parent() == to.parent() { name.to_owned() } else { format!("../{folder}/{name}") })
}

/// Returns the anchor of the level that a document has become, if it is one level of several.
fn level_of(part: &LadderDocument, document: &Utf8Path) -> Option<String> {
    if part.files.len() < 2 {
        return None;
    }
    let outline = outline(&part.draft.text());
    let comes_from = |level: &&OutlineLevel| {
        let criteria = level.categories.iter().flat_map(|category| &category.criteria);
        let spans = std::iter::once(level.span.clone()).chain(criteria.map(|criterion| criterion.span.clone()));
        let mut places = spans.filter_map(|span| part.draft.place(span));
        places.any(|place| is_same(&place.path, document))
    };
    let level = outline.levels().find(comes_from)?;
    Some(level.attributes.id.as_ref()?.text.to_lowercase())
}

/// Returns the anchor of a heading that GitHub names so.
fn anchor_of(part: &LadderDocument, document: &Utf8Path, anchor: &str) -> Option<String> {
    let text = part.draft.text();
    let outline = outline(&text);
    let is_meant = |span: &Span| {
        let of_document =
            part.files.len() < 2 || part.draft.place(span.clone()).is_none_or(|place| is_same(&place.path, document));
        let name = slice(&text, span.clone());
        of_document && (github_anchor(name) == anchor || heading_anchor(name) == anchor)
    };
    for found in &outline.parts {
        match found {
            Part::Prose(prose) if is_meant(&prose.title.span) => return Some(heading_anchor(&prose.title.plain())),
            Part::Prose(_) => {}
            Part::Level(level) => {
                let id = level.attributes.id.as_ref()?.text.to_lowercase();
                if is_meant(&level.span) {
                    return Some(id);
                }
                for category in level.categories.iter().filter(|category| category.title.is_some()) {
                    if is_meant(&category.span) {
                        return Some(format!("{id}-{}", category.attributes.id.as_ref()?.text.to_lowercase()));
                    }
                }
            }
        }
    }
    None
}

/// Returns the anchor that GitHub gives to a heading: its letters in lower case, blanks as hyphens, other signs left out.
fn github_anchor(heading: &str) -> String {
    let kept = heading.trim().chars().filter(|&c| c.is_alphanumeric() || ['-', '_', ' '].contains(&c));
    kept.flat_map(char::to_lowercase).map(|c| if c == ' ' { '-' } else { c }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn anchors_are_those_of_github() {
        assert_eq!(github_anchor("D1 - Developer 1"), "d1---developer-1");
        assert_eq!(github_anchor("L2: Senior (IC)"), "l2-senior-ic");
        assert_eq!(github_anchor("資深工程師"), "資深工程師");
    }
}
