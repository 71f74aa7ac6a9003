//! Judges the addresses of a site.

use super::Cited;
use super::review::{CitationMatcher, CitationVerdict};
use crate::diagnostic::{Code, Diagnostic, Place, Span};
use crate::id::{CriterionId, EditionName};
use crate::model::{Page, Site};
use crate::text::{Edit, nearest, slice};

impl CitationMatcher<'_> {
    /// Judges an address of the site. None if it cites nothing and leads somewhere.
    pub(super) fn page(
        &self,
        index: usize,
        path: &str,
        fragment: Option<&str>,
        is_former: bool,
        place: &Place,
    ) -> Option<CitationVerdict> {
        let (site, base) = (self.site, &self.site.config.base_url);
        let rest = self.behind_path(&place.span());
        let mut here = format!("{base}{path}{rest}");
        let mut verdict = match page_at(site, path) {
            None if is_file(path) => self.file(path, place),
            // Who moves from the root of a host into a folder leaves the host to others.
            None if is_former && !is_permanent(path) && self.is_above_site(&place.span()) => return None,
            None => {
                let problems = vec![self.unknown_page(path, place)];
                return Some(CitationVerdict { problems, ..CitationVerdict::default() });
            }
            Some(Page::Former(former)) => {
                let former = &site.history.former[former];
                let to = format!("{base}{}{rest}", former.to.path(site));
                let problem = place.problem(Code::FormerAddress, "this page has a new address");
                let target = self.target(former.to, fragment).filter(|_| former.is_renamed);
                let mut verdict = target.map(|target| self.cited(index, &target, place)).unwrap_or_default();
                verdict.problems.insert(
                    0,
                    problem.help(match former.is_renamed {
                        true => format!("cite {to}"),
                        false => format!("the nearest page is {to}"),
                    }),
                );
                if former.is_renamed {
                    here.clone_from(&to);
                    if verdict.edits.is_empty() {
                        verdict.edits = vec![Edit::replace(place.span(), to)];
                    }
                }
                Some(verdict)
            }
            Some(_) => self.targets[index].as_ref().map(|target| self.cited(index, target, place)),
        };
        if is_former {
            let verdict = verdict.get_or_insert_default();
            if !verdict.problems.iter().any(|problem| problem.code == Code::FormerAddress) {
                let problem = place.problem(Code::FormerAddress, "the site has a new address");
                verdict.problems.insert(0, problem.help(format!("cite {here}")));
            }
            if verdict.edits.is_empty() {
                verdict.edits = vec![Edit::replace(place.span(), here)];
            }
        }
        verdict
    }

    /// Says what is unknown of an address that leads nowhere, and what is like it.
    fn unknown_page(&self, path: &str, place: &Place) -> Diagnostic {
        let edition = path.strip_prefix("e/").and_then(|path| path.split('/').next());
        let is_known = |name: &str| self.site.history.editions.iter().any(|edition| edition.name().to_string() == name);
        if let Some(name) = edition.filter(|name| !name.is_empty() && !is_known(name)) {
            let problem = place.problem(Code::UnknownCitation, format!("there is no edition `{name}`"));
            return problem.help(self.editions_like("", name));
        }
        let of_id = cited_by(path).and_then(|cited| self.judged(&cited, None, place));
        if let Some(unknown) = of_id.filter(|problem| problem.code == Code::UnknownCitation) {
            return unknown;
        }
        let base = &self.site.config.base_url;
        let written = path.to_ascii_lowercase();
        let folder = |path: &str| path.split('/').next().map(str::to_ascii_lowercase);
        let all = self.paths.get_or_init(|| Page::all(self.site).iter().map(|page| page.path(self.site)).collect());
        let like = all.iter().filter(|known| known.len().abs_diff(path.len()) <= 4 && folder(known) == folder(path));
        let help = match nearest(&written, like.map(String::as_str)) {
            Some(near) => format!("did you mean {base}{near}?"),
            None => format!("look for it on {base}, and cite what you find"),
        };
        place.problem(Code::UnknownCitation, format!("this site has no page /{path}")).help(help)
    }

    /// Judges the address of a file beside the pages. Only editions are cited.
    fn file(&self, path: &str, place: &Place) -> Option<CitationVerdict> {
        let name = path.strip_prefix("data/editions/")?.strip_suffix(".json")?;
        if self.site.history.editions.iter().any(|edition| edition.name().to_string() == name) {
            return None;
        }
        let problem = place.problem(Code::UnknownCitation, format!("there is no edition {name}"));
        let problem = problem.help(self.editions_like("", name));
        Some(CitationVerdict { problems: vec![problem], ..CitationVerdict::default() })
    }

    /// Returns what stands behind the path of an address, as it is written.
    pub(super) fn behind_path(&self, span: &Span) -> &str {
        let address = slice(self.text, span.clone());
        slice(address, address.find(['?', '#']).unwrap_or(address.len())..)
    }

    /// Whether the site stands below the root of the host of an address now.
    fn is_above_site(&self, span: &Span) -> bool {
        let base = &self.site.config.base_url;
        let host = slice(self.text, span.clone()).split("://").nth(1).unwrap_or_default();
        let host = host.split(['/', ':', '?', '#']).next().unwrap_or_default();
        base.path() != "/" && base.host_str().is_some_and(|own| own.eq_ignore_ascii_case(host))
    }
}

/// Returns what an address cites by its form, whether or not there is a page.
pub(super) fn cited_by(path: &str) -> Option<Cited> {
    let (edition, path) = match path.strip_prefix("e/").and_then(|path| path.split_once('/')) {
        Some((name, path)) => (Some(EditionName::parse(name)?), path),
        None => (None, path),
    };
    let slug = path.strip_prefix("c/")?;
    let id = CriterionId::parse(&slug.strip_suffix('/').unwrap_or(slug).to_ascii_uppercase())?;
    Some(Cited { id, edition })
}

/// Returns the page at a path, which may name its file.
pub(super) fn page_at(site: &Site, path: &str) -> Option<Page> {
    Page::at(site, path.strip_suffix("index.html").unwrap_or(path))
}

/// Whether an address is that of a file beside the pages: data, a feed, a style sheet.
fn is_file(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or_default();
    name == "404.html" || name.rsplit_once('.').is_some_and(|(_, end)| end != "html" && !is_permanent(path))
}

/// Whether an address is one that never changes: of a criterion, or of an edition.
fn is_permanent(path: &str) -> bool {
    path.starts_with("c/") || path.starts_with("e/")
}
