//! Which edition a citation means that names none.

use super::beside::{Beside, edition_called};
use super::copied::Unpinned;
use super::level::place_then;
use super::quotations::CitingParagraph;
use super::review::CitationMatcher;
use super::targets::Target;
use super::{CitedAddress, FoundLevel, is_released, level_citation, level_then};
use crate::diagnostic::{Code, Diagnostic, Place, Span};
use crate::edition::Edition;
use crate::handle::EditionIndex;
use crate::locale::LocaleIndex;
use crate::model::{EditionPage, Page, Subject};
use crate::text::{Edit, list, slice};

/// What joins the words of a link to its address, in Markdown and in HTML.
const JOINTS: [&str; 5] = ["](", "](<", "\">", "'>", ">"];

impl CitationMatcher<'_> {
    /// Returns the edition that a citation means: the one to which it is joined, whose words stand beside it, or the last
    /// one if that has what readers see now. Otherwise says why that is not certain.
    pub(super) fn meant(
        &self,
        index: usize,
        subject: &Unpinned,
        slug: Option<&str>,
        place: &Place,
    ) -> Result<EditionIndex, Option<Box<Diagnostic>>> {
        let site = self.site;
        if let Some(asked) = self.as_of {
            return if self.holds(asked, subject) { Ok(asked) } else { Err(None) };
        }
        let unclear = |label: String, help: String| Err(Some(self.unclear(subject, place, label, help)));
        let Some(last) = site.history.editions.last_key() else {
            return unclear("no edition has been released yet".to_owned(), "release one: `rungs release`".to_owned());
        };
        if let Some(joined) = self.joined_edition(index).filter(|&edition| self.holds(edition, subject)) {
            return Ok(joined);
        }
        let id = match subject {
            Unpinned::Criterion(id) => Some(id),
            Unpinned::Level(_) => None,
        };
        let around = self.around(index);
        let Beside { mut named, quoted } = Beside::read(site, self.words, slice(self.text, around.clone()), id);
        let [from, to] = [around.start, around.end].map(|at| self.mentions.partition_point(|it| it.span.start < at));
        let others = self.targets.get(from..to).unwrap_or_default();
        let same = others.iter().flatten().filter(|target| self.is_of(target, subject));
        named.extend(same.filter_map(|target| self.edition_of(target)));
        named.sort();
        named.dedup();
        let write = |name: &str| format!("write `{}@{name}` if you mean that", self.label(subject));
        match (named.as_slice(), quoted) {
            ([], Some(holders)) => match holders.iter().max() {
                Some(&newest) => Ok(newest),
                None => Err(Some(self.unreleased(subject, place))),
            },
            ([], None) if let Some(other) = self.edition_beside(index, subject, last) => {
                let name = site.history.editions[other].name().to_string();
                unclear(format!("the same is cited next to it in edition {name}"), write(&name))
            }
            ([], None) if self.is_current(subject, slug, last) => Ok(last),
            ([], None) => Err(Some(self.unreleased(subject, place))),
            ([name], quoted) => match edition_called(site, name).filter(|&edition| self.holds(edition, subject)) {
                None => unclear(
                    format!("the text next to it names edition {name}, which does not have it"),
                    format!("editions that have it: {}", self.names(subject)),
                ),
                Some(edition) => match quoted {
                    Some(holders) if holders.contains(&edition) => Ok(edition),
                    Some(_) => unclear(format!("the words next to it are not those of edition {name}"), write(name)),
                    None if edition == last => Ok(edition),
                    None => unclear(format!("the text next to it names edition {name}"), write(name)),
                },
            },
            (several, _) => unclear(
                format!("the text next to it names several editions: {}", list(several)),
                "write the one that you mean after an `@`".to_owned(),
            ),
        }
    }

    /// Returns the edition of what is joined to a citation as its words or its address.
    fn joined_edition(&self, index: usize) -> Option<EditionIndex> {
        let (own, subject) = (&self.mentions[index].span, self.subject_of(self.targets[index].as_ref()?)?);
        let is_joint = |between: Span| JOINTS.contains(&slice(self.text, between).trim());
        let before = index.checked_sub(1).filter(|&at| is_joint(self.mentions[at].span.end..own.start));
        let behind = Some(index + 1)
            .filter(|&at| self.mentions.get(at).is_some_and(|behind| is_joint(own.end..behind.span.start)));
        [before, behind].into_iter().flatten().find_map(|at| {
            let target = self.targets[at].as_ref().filter(|target| self.is_of(target, &subject))?;
            edition_called(self.site, &self.edition_of(target)?)
        })
    }

    /// Returns the part of the text that belongs to a citation: its paragraph, from where it stands up to the next citation.
    /// What stands before the first citation belongs to that. Where statements stand before what cites them, it is the part
    /// before.
    fn around(&self, index: usize) -> Span {
        let at = self.paragraph_of[index];
        let CitingParagraph { span: paragraph, mentions } = &self.paragraphs[at];
        let is_other = |at: &usize| {
            let is_address = matches!(self.mentions[*at].what, CitedAddress::Page { .. });
            self.numbers[*at] != self.numbers[index] && !(self.targets[*at].is_none() && is_address)
        };
        let before = (mentions.start..index).rev().find(is_other);
        let behind = (index + 1..mentions.end).find(is_other);
        if self.read[at].is_backward {
            let start = before.map_or(paragraph.start, |at| self.mentions[at].span.end);
            return start..behind.map_or(paragraph.end, |at| self.mentions[at - 1].span.end);
        }
        let start = before.map_or(paragraph.start, |at| self.mentions[at + 1].span.start);
        start..behind.map_or(paragraph.end, |at| self.mentions[at].span.start)
    }

    /// Returns another edition that the paragraph of a citation names of the same, or whose words it holds.
    fn edition_beside(&self, index: usize, subject: &Unpinned, last: EditionIndex) -> Option<EditionIndex> {
        let editions = self.read[self.paragraph_of[index]].editions.get(subject)?;
        editions.last().copied().filter(|_| !editions.contains(&last))
    }

    fn is_of(&self, target: &Target, subject: &Unpinned) -> bool {
        self.subject_of(target).as_ref() == Some(subject)
    }

    fn holds(&self, edition: EditionIndex, subject: &Unpinned) -> bool {
        match subject {
            Unpinned::Criterion(id) => self.site.history.timeline(id).editions.contains_key(&edition),
            &Unpinned::Level(level) => place_then(self.site, edition, level).is_some(),
        }
    }

    /// Returns the names of the editions that hold something.
    fn names(&self, subject: &Unpinned) -> String {
        let editions = self.site.history.editions.iter_enumerated();
        list(editions.filter(|(edition, _)| self.holds(*edition, subject)).map(|(_, edition)| edition.name()))
    }

    /// Whether the last edition has exactly what readers see now: those of a language, or of all that the edition has.
    fn is_current(&self, subject: &Unpinned, slug: Option<&str>, last: EditionIndex) -> bool {
        let site = self.site;
        let tags = &site.history.editions[last].frozen.locales;
        let is_in = |locale: &LocaleIndex| tags.contains(&site.config.locale(*locale).tag);
        let locales: Vec<_> = match self.locale_of(slug) {
            Some(locale) => vec![locale],
            None => site.config.locale_indices().filter(is_in).collect(),
        };
        locales.into_iter().all(|locale| match subject {
            Unpinned::Criterion(id) => match site.find(&id.to_string()) {
                Some(Subject::Criterion(criterion)) => is_released(site, criterion, locale),
                _ => false,
            },
            &Unpinned::Level(level) => level_citation(site, FoundLevel::Now(level), locale).edition.is_some(),
        })
    }

    /// Returns the edits that add an edition to a mention, and to the name of a level that is joined to its address. None
    /// if the edition has no page of it in the language of the address.
    pub(super) fn pinned(
        &self,
        index: usize,
        subject: &Unpinned,
        slug: Option<&str>,
        edition: EditionIndex,
    ) -> Option<Vec<Edit>> {
        let (site, span) = (self.site, self.mentions[index].span.clone());
        let released = &site.history.editions[edition];
        let address =
            |page: EditionPage| format!("{}{}", site.config.base_url, Page::Edition(edition, page).path(site));
        let rest = self.behind_path(&span);
        let query = slice(rest, ..rest.find('#').unwrap_or(rest.len()));
        match (subject, &self.mentions[index].what) {
            (Unpinned::Criterion(id), CitedAddress::Page { .. }) => {
                let at = *site.history.timeline(id).editions.get(&edition)?;
                let part = slug.map_or(String::new(), |slug| format!("#{slug}"));
                Some(vec![Edit::replace(span, format!("{}{query}{part}", address(EditionPage::Criterion(at))))])
            }
            (Unpinned::Criterion(_), _) => Some(vec![Edit::insert(span.end, format!("@{}", released.name()))]),
            (&Unpinned::Level(level), _) => {
                let level = place_then(site, edition, level)?;
                let locale = released.locales.iter().position(|locale| Some(locale.slug.as_str()) == slug)?;
                let pinned = level_then(site, edition, level);
                let name = self.joined_name(&span, pinned.split('@').next().unwrap_or_default());
                let address = format!("{}{rest}", address(EditionPage::Level { locale, level }));
                let name = name.map(|name| Edit::replace(name, pinned));
                Some(name.into_iter().chain([Edit::replace(span, address)]).collect())
            }
        }
    }

    /// Finds the name of a level that is joined to its address.
    fn joined_name(&self, address: &Span, name: &str) -> Option<Span> {
        let (before, behind) = (slice(self.text, ..address.start), slice(self.text, address.end..));
        let words = ["](", "](<"].into_iter().find_map(|joint| before.strip_suffix(joint)?.strip_suffix(name));
        let words = words.filter(|words| words.ends_with('[')).map(|words| words.len()..words.len() + name.len());
        words.or_else(|| {
            let joint = ["\">", "'>"].into_iter().find(|joint| {
                behind
                    .strip_prefix(joint)
                    .and_then(|words| words.strip_prefix(name))
                    .is_some_and(|end| end.starts_with('<'))
            })?;
            let start = address.end + joint.len();
            Some(start..start + name.len())
        })
    }

    fn label(&self, subject: &Unpinned) -> String {
        match subject {
            Unpinned::Criterion(id) => id.to_string(),
            &Unpinned::Level(level) => super::level::level_now(self.site, level),
        }
    }

    pub(super) fn unclear(&self, subject: &Unpinned, place: &Place, label: String, help: String) -> Box<Diagnostic> {
        let message = format!("{} gets no edition", self.label(subject));
        Box::new(place.problem(Code::UnpinnedCitation, message).label(label).help(help))
    }

    /// Says that the last edition does not have what readers see now.
    pub(super) fn unreleased(&self, subject: &Unpinned, place: &Place) -> Box<Diagnostic> {
        let names = self.names(subject);
        let last = self.site.history.editions.iter().map(Edition::name).next_back();
        let label = match last {
            Some(last) if !names.is_empty() => format!("its wording differs from edition {last}"),
            _ => "no edition has it yet".to_owned(),
        };
        let release = "release what is new, then run this again".to_owned();
        let help = match names.as_str() {
            "" => release,
            names => format!("{release}; or write the edition that you mean after an `@`: {names}"),
        };
        self.unclear(subject, place, label, help)
    }

    /// Says that tags stand between the letters of what would change.
    pub(super) fn parted(&self, subject: &Unpinned, edition: EditionIndex, place: &Place) -> Box<Diagnostic> {
        let name = self.site.history.editions[edition].name();
        let label = "it contains HTML tags".to_owned();
        self.unclear(subject, place, label, format!("write edition {name} there by hand"))
    }

    /// Says that an edition has a level, and not in the language of an address.
    pub(super) fn untranslated(&self, subject: &Unpinned, edition: EditionIndex, place: &Place) -> Box<Diagnostic> {
        let name = self.site.history.editions[edition].name();
        let label = format!("edition {name} does not have it in this language");
        self.unclear(subject, place, label, "release what is new, then run this again".to_owned())
    }
}
