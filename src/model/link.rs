//! Where the links of content lead.
//!
//! Checking and rendering ask the same function, so that they cannot disagree.

use camino::{Utf8Path, Utf8PathBuf};
use percent_encoding::percent_decode_str;

use super::{Page, Site};

/// Where a link leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LinkTarget {
    /// An https, http or mailto address.
    External(String),
    /// A page of this site, and the part of it that is meant.
    Page { page: Page, anchor: Option<String> },
    /// An address that no page may link to, such as `javascript:…`.
    Unsafe,
    /// Nothing.
    Broken(Broken),
}

/// The target of a broken link.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Broken {
    /// The link says nothing at all, or only a scheme.
    Nowhere,
    /// A Markdown file, by its path in the content folder.
    File(Utf8PathBuf),
    /// A page, by its path below the root of the site.
    Page(String),
    /// A part of a page that is there.
    Anchor { page: Page, anchor: String },
}

/// Finds the target of a link in a file.
///
/// A target that ends in `.md` is a path from the file itself, as programs that show Markdown read it. Every other
/// relative one is an address seen from the page of the file: for a ladder that of the whole ladder. One that begins
/// with `/` is seen from the root of the site. What stands behind `?` is passed over.
pub fn resolve_link(site: &Site, target: &str, from: &Utf8Path) -> LinkTarget {
    match scheme(target) {
        Scheme::Safe => return external(target.trim()),
        Scheme::Unsafe => return LinkTarget::Unsafe,
        Scheme::None => {}
    }
    let (address, anchor) = target.split_once('#').map_or((target, None), |(address, anchor)| (address, Some(anchor)));
    let address = decoded(address.split('?').next().unwrap_or_default().trim());
    if address.is_empty() && anchor.is_none_or(str::is_empty) {
        return LinkTarget::Broken(Broken::Nowhere);
    }
    match page(site, &address, from) {
        Ok(page) => part(site, page, anchor.map(decoded).filter(|anchor| !anchor.is_empty())),
        Err(broken) => LinkTarget::Broken(broken),
    }
}

pub(super) enum Scheme {
    Safe,
    Unsafe,
    None,
}

/// Reads the scheme as the most generous browser would: control characters and spaces do not count, nor does letter
/// case, and `\` is `/`. A safe one has to be written plainly all the same.
pub(super) fn scheme(target: &str) -> Scheme {
    let ignored = |c: char| c.is_control() || c.is_whitespace();
    let seen: String = target.chars().filter(|&c| !ignored(c)).map(|c| if c == '\\' { '/' } else { c }).collect();
    if seen.starts_with("//") {
        return Scheme::Unsafe;
    }
    let is_part = |c: char| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.');
    let Some((scheme, _)) = seen.split_once(':').filter(|(scheme, _)| scheme.chars().all(is_part)) else {
        return Scheme::None;
    };
    if !scheme.starts_with(|c: char| c.is_ascii_alphabetic()) {
        return Scheme::None;
    }
    let plain = target.trim().strip_prefix(scheme).is_some_and(|rest| rest.starts_with(':'));
    match scheme.to_ascii_lowercase().as_str() {
        "https" | "http" | "mailto" if plain => Scheme::Safe,
        _ => Scheme::Unsafe,
    }
}

/// An address of another site has to name that site; `https:page` does not.
fn external(target: &str) -> LinkTarget {
    let (scheme, rest) = target.split_once(':').unwrap_or_default();
    let rest = if scheme.eq_ignore_ascii_case("mailto") { Some(rest) } else { rest.strip_prefix("//") };
    match rest {
        Some(rest) if !rest.is_empty() => LinkTarget::External(target.to_owned()),
        _ => LinkTarget::Broken(Broken::Nowhere),
    }
}

pub(super) fn decoded(text: &str) -> String {
    percent_decode_str(text).decode_utf8_lossy().into_owned()
}

/// Returns the page that an address without anchor leads to.
fn page(site: &Site, address: &str, from: &Utf8Path) -> Result<Page, Broken> {
    let here = Page::of_file(site, from).unwrap_or(Page::Root);
    if address.is_empty() {
        return Ok(here);
    }
    if address.ends_with(".md") {
        let folder = from.parent().map_or("", Utf8Path::as_str);
        let path = Utf8PathBuf::from(joined(folder, address).ok_or_else(|| Broken::File(address.into()))?);
        return Page::of_file(site, &path).ok_or(Broken::File(path));
    }
    let path = joined(&here.path(site), address).ok_or_else(|| Broken::Page(address.to_owned()))?;
    let named = path.strip_suffix("index.html").unwrap_or(&path);
    Page::at(site, named).ok_or(Broken::Page(path))
}

/// Returns the path that an address leads to from a folder. None if it leads out of the root.
pub(super) fn joined(folder: &str, address: &str) -> Option<String> {
    let folder = if address.starts_with('/') { "" } else { folder };
    let mut segments: Vec<&str> = folder.split('/').filter(|segment| !segment.is_empty()).collect();
    for segment in address.split('/') {
        match segment {
            "" | "." => {}
            ".." => drop(segments.pop()?),
            name => segments.push(name),
        }
    }
    Some(segments.join("/"))
}

/// Returns a page, or the part of it that an anchor names in whatever letter case. A heading may be named by an anchor
/// that it had before, or by its words in the language of the page.
fn part(site: &Site, page: Page, anchor: Option<String>) -> LinkTarget {
    let Some(anchor) = anchor else { return LinkTarget::Page { page, anchor: None } };
    let lower_case = anchor.to_lowercase();
    let heading = site.history.anchor_of_heading(page, &anchor).map(str::to_owned);
    let own = page.own_anchors(site);
    if let Some(heading) = heading.filter(|_| !own.contains(&anchor)) {
        return LinkTarget::Page { page, anchor: Some(heading) };
    }
    let known = page.anchors(site);
    let found = known.into_iter().find(|known| *known == anchor || *known == lower_case);
    match found {
        Some(found) => LinkTarget::Page { page, anchor: Some(found) },
        None => LinkTarget::Broken(Broken::Anchor { page, anchor }),
    }
}
