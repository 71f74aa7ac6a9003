//! Checks the citations in a review.

use std::collections::BTreeSet;

use camino::Utf8Path;

use super::copied::{CopiedForms, Unpinned};
use super::level::place_then;
use super::mentions::Citable;
use super::{Cited, CitedAddress, FoundLevel, Mention, find};
use crate::diagnostic::{Code, Diagnostic, Place, Span};
use crate::handle::EditionIndex;
use crate::id::{CriterionId, slug};
use crate::interface::Words;
use crate::locale::{Locale, LocaleIndex};
use crate::model::{EditionPage, LadderPage, LocalePage, Page, Site};
use crate::text::{Edit, Edits, slice};

/// The findings in one text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Review {
    /// The number of citations.
    pub(crate) citations: usize,
    /// The number of citations without an edition.
    pub(crate) unpinned: usize,
    /// The number of citations without an edition of which it is certain which edition they mean.
    pub(crate) pinnable: usize,
    /// Problems of the citations.
    pub(crate) problems: Vec<Diagnostic>,
    /// Why the others without an edition cannot be pinned.
    pub(crate) unpinnable: Vec<Diagnostic>,
    /// The text with every citation that named no edition pinned to the one that it means, if that is certain, and with the
    /// present address of the site in place of former ones.
    pub(crate) pinned: String,
}

/// Finds the citations in a text and reports those that have lost their meaning: citations of criteria and levels that
/// are unknown, withdrawn, or changed since the edition cited, and addresses that have moved.
pub(crate) fn judge(site: &Site, words: &Words, path: &Utf8Path, text: &str) -> Review {
    let bases: Vec<_> = std::iter::once(&site.config.base_url).chain(&site.config.former_base_urls).collect();
    let mentions = find(text, &bases, &citable(site));
    let copied = CopiedForms::new(site, words);
    let mut matcher = CitationMatcher { site, words, path, text, mentions: &mentions, targets: Vec::new(), copied };
    matcher.targets = mentions.iter().map(|mention| matcher.target_of(mention)).collect();
    let mut review = Review::default();
    let mut pinned = Edits::of(text);
    let mut end = 0;
    for (index, mention) in mentions.iter().enumerate() {
        // The rest of a citation that is pinned as a whole.
        if mention.span.start < end {
            continue;
        }
        let Some(mut verdict) = matcher.mention(index) else { continue };
        // What the address of a link says again was told where its text says it.
        if matcher.is_said_by_link(index) {
            let told: Vec<_> = review.problems.iter().map(|problem| (problem.code, problem.message.clone())).collect();
            verdict.problems.retain(|problem| !told.contains(&(problem.code, problem.message.clone())));
        } else {
            review.citations += 1;
            review.unpinned += usize::from(verdict.is_unpinned);
            review.pinnable += usize::from(verdict.is_unpinned && verdict.is_pinned);
            review.unpinnable.extend(verdict.unpinnable.take().map(|reason| *reason));
        }
        review.problems.extend(verdict.problems);
        end = verdict.edits.iter().map(|edit| edit.span.end).fold(end, usize::max);
        // No mention lies within another one, and what is joined to one is no mention.
        for edit in verdict.edits {
            let _ = pinned.add(edit);
        }
    }
    review.pinned = pinned.written();
    review
}

/// Returns what the site has that can be cited, and what it had: removed ladders included.
fn citable(site: &Site) -> Citable {
    let then = || site.history.editions.iter().flat_map(|edition| &edition.frozen.ladders);
    let unique = |names: &mut dyn Iterator<Item = &str>| {
        let names: BTreeSet<_> = names.filter(|name| !name.is_empty()).map(str::to_owned).collect();
        names.into_iter().collect()
    };
    let withdrawn = site.history.withdrawn.iter().map(|withdrawn| withdrawn.id.prefix());
    let now = site.ladders.iter().flat_map(|ladder| ladder.config.prefixes());
    let levels = site.ladders.iter().flat_map(|ladder| &ladder.levels);
    let codes = |codes: &[String]| codes.iter().cloned().chain([codes.join("/")]).collect::<Vec<_>>();
    let levels = levels.flat_map(|level| {
        std::iter::once(&level.id).chain(&level.was).cloned().chain(codes(&level.codes)).collect::<Vec<_>>()
    });
    let levels_then = then().flat_map(|ladder| &ladder.levels);
    let levels_then = levels_then.flat_map(|level| std::iter::once(level.id.clone()).chain(codes(&level.codes)));
    let levels: Vec<_> = levels.chain(levels_then).collect();
    let ladders = site.ladders.iter().flat_map(|ladder| std::iter::once(&ladder.config.key).chain(&ladder.config.was));
    Citable {
        prefixes: unique(&mut now.chain(withdrawn).chain(then().map(|ladder| ladder.prefix.as_str()))),
        levels: unique(&mut levels.iter().map(String::as_str)),
        ladders: unique(&mut ladders.chain(then().map(|ladder| &ladder.key)).map(String::as_str)),
        editions: site.history.editions.iter().map(|edition| edition.name().clone()).collect(),
    }
}

/// The findings on one citation.
#[derive(Default)]
pub(super) struct CitationVerdict {
    pub(super) problems: Vec<Diagnostic>,
    /// Whether it names no edition.
    pub(super) is_unpinned: bool,
    /// Whether it does once it is edited.
    pub(super) is_pinned: bool,
    /// Why no edition can be added.
    pub(super) unpinnable: Option<Box<Diagnostic>>,
    /// What `--fix` changes: it adds the edition, or writes where the site stands now.
    pub(super) edits: Vec<Edit>,
}

/// What is cited, and the slug of the language in which it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Target {
    pub(super) what: Aim,
    pub(super) slug: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Aim {
    Criterion(Cited),
    Level(FoundLevel),
}

pub(super) struct CitationMatcher<'a> {
    pub(super) site: &'a Site,
    pub(super) words: &'a Words,
    path: &'a Utf8Path,
    pub(super) text: &'a str,
    pub(super) mentions: &'a [Mention],
    /// What each of them cites, if it is there.
    pub(super) targets: Vec<Option<Target>>,
    copied: CopiedForms<'a>,
}

impl CitationMatcher<'_> {
    /// None for an address that cites no criterion and is there.
    fn mention(&self, index: usize) -> Option<CitationVerdict> {
        let mention = &self.mentions[index];
        let place = Place::new(self.path, mention.span.clone());
        let problems = |problems| CitationVerdict { problems, ..CitationVerdict::default() };
        let mut verdict = match &mention.what {
            CitedAddress::Id { cited: Some(_), .. } => self.cited(index, self.targets[index].as_ref()?, &place),
            CitedAddress::Id { written, cited: None } => self.malformed(written, &place),
            CitedAddress::NoEdition { subject, edition } => problems(vec![self.no_edition(subject, edition, &place)]),
            CitedAddress::Level(cited) => match cited.find(self.site) {
                Ok(found) => problems(self.outdated_level(found, None, &place)),
                Err(reason) => problems(vec![self.unknown_level(cited, &reason, &place)]),
            },
            CitedAddress::Page { path, fragment, is_former, .. } => {
                self.page(index, path, fragment.as_deref(), *is_former, &place)?
            }
        };
        if mention.is_code {
            verdict = problems(verdict.problems);
        }
        Some(verdict)
    }

    /// Whether a citation is the address of a link whose text cites the same: `[TL-042@2026.1](https://…/e/2026.1/c/tl-042/)`.
    fn is_said_by_link(&self, index: usize) -> bool {
        let Some(before) = index.checked_sub(1) else { return false };
        let [text, address] = [before, index].map(|at| self.targets[at].as_ref().map(|target| &target.what));
        let between = self.mentions[before].span.end..self.mentions[index].span.start;
        text.is_some() && text == address && self.text.get(between) == Some("](")
    }

    /// Judges what is there, or was. One without an edition can be pinned.
    fn cited(&self, index: usize, target: &Target, place: &Place) -> CitationVerdict {
        let slug = target.slug.as_deref();
        let subject = match &target.what {
            Aim::Criterion(Cited { id, edition: None }) => Unpinned::Criterion(id.clone()),
            &Aim::Level(FoundLevel::Now(level)) => Unpinned::Level(level),
            Aim::Criterion(cited) => {
                let problems = self.judged(cited, slug, place).into_iter().collect();
                return CitationVerdict { problems, ..CitationVerdict::default() };
            }
            &Aim::Level(found) => {
                let problems = self.outdated_level(found, slug, place);
                return CitationVerdict { problems, ..CitationVerdict::default() };
            }
        };
        let own = match &target.what {
            Aim::Criterion(cited) => self.judged(cited, slug, place),
            Aim::Level(_) => None,
        };
        let is_unknown = own.as_ref().is_some_and(|problem| problem.code == Code::UnknownCitation);
        let is_code = self.mentions[index].is_code;
        let whole = self.copied.around(self.text, &place.span(), &subject, |span, given| match &given.pinned {
            Some((edition, citation)) => Ok((*edition, vec![Edit::replace(span, citation.clone())])),
            None => Err(Some(self.unreleased(&subject, place))),
        });
        let meant = match whole {
            _ if is_unknown || is_code => Err(None),
            Some(whole) => whole,
            None => self.meant(index, &subject, slug, place).and_then(|edition| {
                let edits = self.pinned(index, &subject, slug, edition);
                edits.map(|edits| (edition, edits)).ok_or_else(|| Some(self.untranslated(&subject, edition, place)))
            }),
        };
        let of_edition = meant.as_ref().ok().map(|(edition, _)| match &subject {
            Unpinned::Criterion(id) => {
                let edition = Some(self.site.history.editions[*edition].name().clone());
                self.judged(&Cited { id: id.clone(), edition }, slug, place).into_iter().collect()
            }
            &Unpinned::Level(level) => {
                let then = place_then(self.site, *edition, level).map(|then| FoundLevel::Then(*edition, then));
                then.map_or_else(Vec::new, |then| self.outdated_level(then, slug, place))
            }
        });
        let problems = of_edition.unwrap_or_else(|| own.into_iter().collect::<Vec<_>>());
        let (edits, unpinnable) = match meant {
            Ok((_, edits)) => (edits, None),
            // That it was withdrawn is said already, and is the greater trouble.
            Err(reason) => (Vec::new(), reason.filter(|_| problems.is_empty())),
        };
        CitationVerdict { problems, is_unpinned: true, is_pinned: !edits.is_empty(), unpinnable, edits }
    }

    /// Judges an address of the site. None if it cites nothing and leads somewhere.
    fn page(
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
                let problem = place.problem(Code::UnknownCitation, format!("this site has no page /{path}"));
                let problem = problem.help("look for it from the home page, and cite what you find");
                return Some(CitationVerdict { problems: vec![problem], ..CitationVerdict::default() });
            }
            Some(Page::Former(former)) => {
                let former = &site.history.former[former];
                let to = format!("{base}{}{rest}", former.to.path(site));
                let problem = place.problem(Code::FormerAddress, "this page has another address now");
                let target = self.target(former.to, fragment).filter(|_| former.is_renamed);
                let mut verdict = target.map(|target| self.cited(index, &target, place)).unwrap_or_default();
                verdict.problems.insert(
                    0,
                    problem.help(match former.is_renamed {
                        true => format!("cite {to}"),
                        false => format!("what is nearest to it is {to}"),
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
                let problem = place.problem(Code::FormerAddress, "the site stands elsewhere now");
                verdict.problems.insert(0, problem.help(format!("cite {here}")));
            }
            if verdict.edits.is_empty() {
                verdict.edits = vec![Edit::replace(place.span(), here)];
            }
        }
        verdict
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

    /// Returns what a mention cites, if it is there.
    fn target_of(&self, mention: &Mention) -> Option<Target> {
        match &mention.what {
            CitedAddress::Id { cited, .. } => Some(Target { what: Aim::Criterion(cited.clone()?), slug: None }),
            CitedAddress::Level(cited) => Some(Target { what: Aim::Level(cited.find(self.site).ok()?), slug: None }),
            CitedAddress::NoEdition { .. } => None,
            CitedAddress::Page { path, fragment, .. } => {
                let page = match page_at(self.site, path)? {
                    Page::Former(former) => self.site.history.former[former].to,
                    page => page,
                };
                self.target(page, fragment.as_deref())
            }
        }
    }

    /// Returns what an address cites.
    fn target(&self, page: Page, fragment: Option<&str>) -> Option<Target> {
        let site = self.site;
        let editions = &site.history.editions;
        let slug_then = |edition: EditionIndex, locale: usize| {
            editions[edition].locales.get(locale).map(|locale: &Locale| locale.slug.clone())
        };
        let own_slug = page.locale().map(|locale| site.config.locale(locale).slug.clone());
        let at_fragment = || CriterionId::parse(&fragment?.to_ascii_uppercase());
        let of_part = || fragment.map(str::to_owned);
        let name = |edition: EditionIndex| Some(editions[edition].name().clone());
        let (cited, of_criterion) = match page {
            Page::Criterion(criterion) => (Some((site[criterion].id.clone(), None)), of_part()),
            Page::Withdrawn(withdrawn) => (Some((site.history.withdrawn[withdrawn].id.clone(), None)), of_part()),
            Page::Edition(edition, EditionPage::Criterion(at)) => {
                (Some((editions[edition].frozen.at(at).1.id.clone(), name(edition))), of_part())
            }
            Page::Edition(
                edition,
                EditionPage::Ladder { locale, .. }
                | EditionPage::Level { locale, .. }
                | EditionPage::Worksheet { locale, .. },
            ) => (at_fragment().map(|id| (id, name(edition))), slug_then(edition, locale)),
            _ => (at_fragment().map(|id| (id, None)), own_slug.clone()),
        };
        if let Some((id, edition)) = cited {
            return Some(Target { what: Aim::Criterion(Cited { id, edition }), slug: of_criterion });
        }
        let (level, slug) = match page {
            Page::In(_, LocalePage::Ladder(ladder, LadderPage::Level(level))) => {
                (FoundLevel::Now(level.of(ladder)), own_slug)
            }
            Page::Edition(edition, EditionPage::Level { locale, level }) => {
                (FoundLevel::Then(edition, level), slug_then(edition, locale))
            }
            Page::Edition(edition, EditionPage::Ladder { locale, ladder }) => {
                let mut levels = editions[edition].frozen.ladders[ladder].levels.iter_enumerated();
                let (level, _) =
                    levels.find(|(_, level)| fragment.is_some() && slug(&level.id).as_deref() == fragment)?;
                (FoundLevel::Then(edition, level.of(ladder)), slug_then(edition, locale))
            }
            _ => return None,
        };
        Some(Target { what: Aim::Level(level), slug })
    }

    /// Returns the language of a slug, if the site has it.
    pub(super) fn locale_of(&self, slug: Option<&str>) -> Option<LocaleIndex> {
        self.site.config.locale_indices().find(|&locale| Some(self.site.config.locale(locale).slug.as_str()) == slug)
    }

    /// Returns the tags of the languages in which something of an edition is read: the one of a slug, or else all that the
    /// edition has.
    pub(super) fn tags_of(&self, slug: Option<&str>, edition: EditionIndex) -> Vec<&str> {
        let locales = &self.site.history.editions[edition].locales;
        let named =
            locales.iter().filter(|locale| Some(locale.slug.as_str()) == slug).map(|locale| locale.tag.as_str());
        let named: Vec<_> = named.collect();
        if named.is_empty() { locales.iter().map(|locale| locale.tag.as_str()).collect() } else { named }
    }

    /// Returns what is cited, without its edition.
    pub(super) fn subject_of(&self, target: &Target) -> Option<Unpinned> {
        match &target.what {
            Aim::Criterion(cited) => Some(Unpinned::Criterion(cited.id.clone())),
            &Aim::Level(FoundLevel::Now(level)) => Some(Unpinned::Level(level)),
            &Aim::Level(FoundLevel::Then(edition, level)) => {
                self.site.history.mapping(edition).level(level).map(Unpinned::Level)
            }
        }
    }

    /// Returns the edition that is cited.
    pub(super) fn edition_of(&self, target: &Target) -> Option<String> {
        match &target.what {
            Aim::Criterion(cited) => cited.edition.as_ref().map(ToString::to_string),
            &Aim::Level(FoundLevel::Then(edition, _)) => Some(self.site.history.editions[edition].name().to_string()),
            Aim::Level(FoundLevel::Now(_)) => None,
        }
    }
}

/// Returns the page at a path, which may name its file.
fn page_at(site: &Site, path: &str) -> Option<Page> {
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
