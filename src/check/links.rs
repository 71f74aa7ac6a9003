//! A link has to be safe, and one within the site has to lead to a page and a part of it that are there.
//!
//! Safe are https, http, mailto and relative addresses. Pages of other sites are not asked whether they exist.

use std::collections::BTreeSet;

use super::texts::{CheckedFile, find};
use super::{CheckInput, SUGGESTIONS};
use crate::diagnostic::{Code, Diagnostic, Span};
use crate::model::{Broken, LinkTarget, Page, Site, relative, resolve_link};
use crate::parse::Inline;
use crate::text::nearest;

/// A link that cannot stay.
struct LinkFault<'a> {
    target: &'a str,
    span: &'a Span,
    kind: LinkKind,
}

enum LinkKind {
    Unsafe,
    Broken(Broken),
}

pub(crate) fn check(checked: &CheckInput<'_>) -> Vec<Diagnostic> {
    let site = checked.site;
    let faults = find(site, |file, inline| match inline {
        Inline::Link { target, span, .. } => fault(site, file, target, span),
        _ => None,
    });
    let report = |(at, (file, fault))| report(site, file, &fault, at < SUGGESTIONS);
    faults.into_iter().enumerate().map(report).collect()
}

fn fault<'a>(site: &Site, file: &CheckedFile<'_>, target: &'a str, span: &'a Span) -> Option<LinkFault<'a>> {
    let kind = match resolve_link(site, target, file.path) {
        LinkTarget::Unsafe => LinkKind::Unsafe,
        LinkTarget::External(_) => return None,
        LinkTarget::Page { .. } => return None,
        LinkTarget::Broken(broken) => LinkKind::Broken(broken),
    };
    Some(LinkFault { target, span, kind })
}

fn report(site: &Site, file: CheckedFile<'_>, fault: &LinkFault<'_>, suggests: bool) -> Diagnostic {
    let place = file.place(fault.span);
    let target = fault.target.trim();
    let broken = |what: String| {
        let message = match target {
            "" => "this link leads nowhere".to_owned(),
            target => format!("the link `{target}` leads nowhere"),
        };
        place.problem(Code::BrokenLink, message).label(what)
    };
    let (problem, help) = match &fault.kind {
        LinkKind::Unsafe => {
            return place
                .problem(Code::UnsafeLink, "this link could run a program or lead anywhere")
                .label("neither https, http, mailto nor relative")
                .help("write the full address, beginning with https://, or a relative one");
        }
        LinkKind::Broken(Broken::Nowhere) => (broken("it does not name a page".to_owned()), None),
        LinkKind::Broken(Broken::File(path)) => {
            let near = suggests.then(|| near_file(site, file, target)).flatten();
            (broken(format!("no page is made from `{path}`")), near)
        }
        LinkKind::Broken(Broken::Page(path)) => {
            let near = suggests.then(|| near_page(site, file, target)).flatten();
            (broken(format!("there is no page `{path}`")), near)
        }
        LinkKind::Broken(Broken::Anchor { page, anchor }) => {
            let near = suggests.then(|| near_anchor(site, *page, target, anchor)).flatten();
            (broken(format!("the page has no anchor `#{anchor}`")), near)
        }
    };
    problem.help(match help {
        Some(near) => format!("did you mean `{near}`?"),
        None => "write the path of a Markdown file from this one, or an address that begins with https://".to_owned(),
    })
}

/// Returns a link without its anchor.
fn without_anchor(target: &str) -> &str {
    target.split('#').next().unwrap_or_default()
}

/// Returns the way to a file of the same language that is written most like the target.
fn near_file(site: &Site, file: CheckedFile<'_>, target: &str) -> Option<String> {
    let notes = site.notes.iter().filter_map(|note| Some(&note.text.own(file.locale)?.path));
    let ladders = site.ladders.iter().filter_map(|ladder| ladder.files.own(file.locale));
    let ways: Vec<_> = notes.chain(ladders).map(|path| relative(file.path.as_str(), path.as_str())).collect();
    nearest(without_anchor(target), ways.iter().map(String::as_str)).map(str::to_owned)
}

/// Returns the way to a page of the same language, or to the file of one, that is written most like the target.
fn near_page(site: &Site, file: CheckedFile<'_>, target: &str) -> Option<String> {
    let here = Page::of_file(site, file.path)?.path(site);
    let target = without_anchor(target);
    let is_in_locale = |page: &Page| page.locale() == Some(file.locale);
    let ways: BTreeSet<_> = Page::all(site)
        .iter()
        .filter(|page| is_in_locale(page))
        .map(|page| relative(&here, &page.path(site)))
        .collect();
    let near = nearest(target, ways.iter().map(String::as_str)).map(str::to_owned);
    near_file(site, file, target).or(near)
}

fn near_anchor(site: &Site, page: Page, target: &str, anchor: &str) -> Option<String> {
    let anchors = page.anchors(site);
    let near = nearest(anchor, anchors.iter().map(String::as_str))?;
    Some(format!("{}#{near}", without_anchor(target)))
}
