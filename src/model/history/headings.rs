//! Anchors of headings: the same in every language, and kept from edition to edition.
//!
//! The headings of the source decide. A heading has the anchor that its author gave it by `{#why}`, or else the one that
//! it had in the last edition, or else one made of its words. Each heading of a translation has the anchor of the
//! heading at its place in the source. Nothing is permanent before it stands in an edition.

use std::collections::{BTreeMap, HashMap, HashSet};

use similar::TextDiff;
use typed_index_collections::TiVec;

use crate::address::{LadderPage, LocalePage, NotePage};
use crate::config::Collection;
use crate::edition::{Edition, Frozen, FrozenProse, PublishedHeading};
use crate::handle::{EditionIndex, LadderIndex, NoteIndex};
use crate::locale::LocaleIndex;
use crate::model::anchors::{Anchors, fixed_anchors, heading_anchors};
use crate::model::{Page, Site};
use crate::parse::{Attribute, Block, Section, plain_lines};
use crate::text::{heading_anchor, slice};

/// The anchors of all headings of a site.
#[derive(Debug, Default)]
pub(crate) struct SiteHeadings {
    notes: TiVec<NoteIndex, PageHeadings>,
    ladders: TiVec<LadderIndex, PageHeadings>,
}

/// The anchors of the headings of a note, or of the sections without criteria of a ladder.
#[derive(Debug, Default)]
pub(crate) struct PageHeadings {
    /// The headings of the source, in order.
    source: Vec<HeadingText>,
    /// For each locale, the anchors of the headings that its readers see.
    anchors: TiVec<LocaleIndex, Vec<String>>,
    /// For each locale, the anchors made from the words of these headings.
    by_words: TiVec<LocaleIndex, Vec<String>>,
    /// Anchors that headings had before, each with the place of its heading in the source.
    former: FormerAnchors,
    /// Whether anchors made from the words of translations redirect, since no edition lists them.
    pub(crate) keeps_words: bool,
    /// Faults of the anchors that authors gave.
    pub(crate) faults: Vec<HeadingFault>,
    /// The headings of the last edition that are gone.
    pub(crate) lost: Vec<LostHeading>,
}

/// Anchors by locale, or for all locales by an empty tag.
type FormerAnchors = BTreeMap<(String, String), usize>;

/// A heading of the source, as far as it can be told from others.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct HeadingText {
    words: String,
    /// The beginning of the text below it.
    begins: String,
    /// The anchor that its author gave it.
    given: Option<Attribute>,
}

/// A heading of the last edition that is gone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct LostHeading {
    pub(crate) anchor: String,
    pub(crate) words: String,
    /// The heading of the source that stands where it stood, or next to that.
    pub(crate) near: Option<usize>,
    /// Whether that heading came since.
    pub(crate) is_new: bool,
}

/// A fault of an anchor that an author gave a heading, by the position of the heading in its file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct HeadingFault {
    pub(crate) locale: LocaleIndex,
    pub(crate) given: Attribute,
    pub(crate) kind: HeadingFaultKind,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum HeadingFaultKind {
    /// It is no anchor. This would be one.
    Form(String),
    /// Another heading, a level, a category or a criterion has it.
    Taken,
    /// A heading with these words had it in the last edition, and still stands.
    Released(String),
    /// The heading of the source has another one. None if there is no such heading.
    Translation(Option<String>),
}

/// The headings of a page in an edition, with what leads to them.
#[derive(Debug, Default)]
struct PastHeadings {
    /// Each with its anchor.
    headings: Vec<(String, HeadingText)>,
    former: FormerAnchors,
}

/// The length of the text below a heading that is compared.
const BEGINNING: usize = 120;

/// Returns the anchors of all headings, as the site and its editions say.
pub(crate) fn all(site: &Site) -> SiteHeadings {
    let notes = site.notes.iter_enumerated().map(|(at, note)| {
        let own = |locale| note.text.own(locale).map(|text| of_sections(&text.sections));
        let mut headings = PageHeadings::of(site, own, HashSet::new(), |edition| edition.note(at));
        headings.keeps_words &= note.collection != Collection::NOTES;
        headings
    });
    let ladders = site.ladders.iter_enumerated().map(|(at, ladder)| {
        let own = |locale| ladder.prose.own(locale).map(|prose| of_prose(prose));
        PageHeadings::of(site, own, fixed_anchors(ladder).into_iter().collect(), |edition| edition.ladder(at))
    });
    SiteHeadings { notes: notes.collect(), ladders: ladders.collect() }
}

fn of_sections(sections: &[Section]) -> Vec<HeadingText> {
    let headings = sections.iter().filter_map(|section| {
        let heading = section.heading.as_ref()?;
        let (words, given) = (heading.text.plain(), heading.attributes.id.clone());
        Some(HeadingText { words, begins: beginning(&section.blocks), given })
    });
    headings.collect()
}

fn of_prose(sections: &[FrozenProse]) -> Vec<HeadingText> {
    let heading = |prose: &FrozenProse| HeadingText {
        words: prose.title.clone(),
        begins: beginning(&prose.blocks),
        given: prose.id.0.clone(),
    };
    sections.iter().map(heading).collect()
}

fn beginning(blocks: &[Block]) -> String {
    let text = plain_lines(blocks);
    let end = text.char_indices().nth(BEGINNING).map_or(text.len(), |(end, _)| end);
    slice(&text, ..end).to_owned()
}

impl SiteHeadings {
    pub(crate) fn of_note(&self, note: NoteIndex) -> &PageHeadings {
        &self.notes[note]
    }

    pub(crate) fn of_ladder(&self, ladder: LadderIndex) -> &PageHeadings {
        &self.ladders[ladder]
    }

    /// Returns the headings that stand on a page, and the locale of its readers.
    pub(crate) fn on_page(&self, page: Page) -> Option<(&PageHeadings, LocaleIndex)> {
        let Page::In(locale, page) = page else { return None };
        let headings = match page {
            LocalePage::Note(note, NotePage::Whole | NotePage::Beside { .. }) => self.notes.get(note),
            LocalePage::Ladder(ladder, LadderPage::Whole | LadderPage::Beside { .. }) => self.ladders.get(ladder),
            _ => None,
        };
        Some((headings?, locale))
    }
}

impl PageHeadings {
    fn of(
        site: &Site,
        own: impl Fn(LocaleIndex) -> Option<Vec<HeadingText>>,
        taken: HashSet<String>,
        find: impl Fn(PastEdition<'_>) -> Option<PastPage>,
    ) -> Self {
        let source = own(LocaleIndex::SOURCE).unwrap_or_default();
        let mut past = PastHeadings::default();
        let mut translations = BTreeMap::new();
        let mut keeps_words = false;
        for (at, edition) in site.history.editions.iter_enumerated() {
            match find(PastEdition { site, at, edition }) {
                Some(PastPage { is_listed, headings, translations: words }) => {
                    past = past.followed_by(headings);
                    translations = words;
                    keeps_words &= !is_listed;
                }
                // A file that does not list its pages lets the present speak for them.
                None => keeps_words |= !edition.frozen.knows_its_pages(),
            }
        }
        let mut faults = Vec::new();
        let (anchors, kept) = past.anchors_now(&source, &taken, &mut faults);
        let lost = past.lost(&kept, source.len());
        let now = PastHeadings {
            headings: anchors.iter().cloned().zip(source.iter().cloned()).collect(),
            former: FormerAnchors::new(),
        };
        let PastHeadings { former, .. } = past.led_to(now, &kept);
        let mut headings = Self { former, keeps_words, lost, ..Self::default() };
        for locale in site.config.locale_indices() {
            let translation = own(locale).filter(|_| locale != LocaleIndex::SOURCE);
            let texts = translation.as_deref().unwrap_or(&source);
            let words = heading_anchors(texts.iter().map(|heading| heading.words.clone()), taken.clone());
            headings.by_words.push(words);
            headings.anchors.push(match &translation {
                Some(texts) => {
                    let tag = &site.config.locale(locale).tag;
                    let before = translations.get(tag).filter(|words| words.len() == kept.len());
                    let before = before.into_iter().flatten().zip(&kept);
                    let before = before.filter_map(|(words, now)| Some((words.as_str(), (*now)?))).collect();
                    let places = places_in_source(&anchors, texts, &before);
                    translated(&anchors, texts, &places, &taken, locale, &mut faults)
                }
                None => anchors.clone(),
            });
        }
        (headings.source, headings.faults) = (source, faults);
        headings
    }

    /// Returns the anchors of the headings that readers of a locale see, in order.
    pub(crate) fn anchors(&self, locale: LocaleIndex) -> &[String] {
        &self.anchors[locale]
    }

    /// Returns the anchor of the heading that another anchor leads to on the page of a locale, if the heading stands
    /// there. The tag is that of the locale in which the other one stood.
    pub(super) fn lead(&self, anchor: &str, tag: &str, locale: LocaleIndex) -> Option<&str> {
        let find = |tag: &str| self.former.get(&(tag.to_owned(), anchor.to_owned()));
        let main = self.anchors[LocaleIndex::SOURCE].get(*find(tag).or_else(|| find(""))?)?;
        self.anchors[locale].iter().find(|own| *own == main).map(String::as_str)
    }

    /// Returns the anchor of the heading whose words in a locale make an anchor.
    pub(crate) fn by_words(&self, anchor: &str, locale: LocaleIndex) -> Option<&str> {
        let at = self.by_words[locale].iter().position(|words| words == anchor)?;
        self.anchors[locale].get(at).map(String::as_str)
    }

    /// Returns the anchors made from the words of a translation that differ from its headings' anchors, each with that
    /// anchor.
    pub(super) fn of_words(&self, locale: LocaleIndex) -> impl Iterator<Item = (&str, &str)> {
        let both = self.by_words[locale].iter().zip(&self.anchors[locale]);
        both.filter(|(words, anchor)| words != anchor).map(|(words, anchor)| (words.as_str(), anchor.as_str()))
    }

    /// Returns the headings as an edition keeps them.
    pub(crate) fn published(&self, site: &Site) -> Vec<PublishedHeading> {
        let source = &site.config.locale(LocaleIndex::SOURCE).tag;
        let heading = |(at, (anchor, heading)): (usize, (&String, &HeadingText))| {
            let mut was: BTreeMap<String, Vec<String>> = BTreeMap::new();
            for ((tag, former), _) in self.former.iter().filter(|(_, place)| **place == at) {
                was.entry(if tag.is_empty() { source.clone() } else { tag.clone() }).or_default().push(former.clone());
            }
            if self.keeps_words {
                for locale in site.config.locale_indices().filter(|&locale| locale != LocaleIndex::SOURCE) {
                    let words =
                        self.of_words(locale).filter(|(_, own)| own == anchor).map(|(words, _)| words.to_owned());
                    let of_locale = was.entry(site.config.locale(locale).tag.clone()).or_default();
                    of_locale.extend(words);
                }
                was.retain(|_, anchors| !anchors.is_empty());
            }
            PublishedHeading {
                anchor: anchor.clone(),
                words: heading.words.clone(),
                begins: heading.begins.clone(),
                was,
            }
        };
        self.anchors[LocaleIndex::SOURCE].iter().zip(&self.source).enumerate().map(heading).collect()
    }
}

/// Returns the anchors of a translation: each heading has the anchor of its source's heading, and headings without one
/// get an anchor of their own words.
fn translated(
    source: &[String],
    texts: &[HeadingText],
    places: &[Option<usize>],
    taken: &HashSet<String>,
    locale: LocaleIndex,
    faults: &mut Vec<HeadingFault>,
) -> Vec<String> {
    let mut others = Anchors::taken(taken.iter().chain(source).cloned().collect());
    let anchors = texts.iter().zip(places).map(|(heading, place)| {
        let wanted = place.map(|place| &source[place]);
        let given = heading.given.as_ref().filter(|given| wanted.is_none_or(|anchor| *anchor != given.text));
        if let Some(given) = given {
            let kind = HeadingFaultKind::Translation(wanted.cloned());
            faults.push(HeadingFault { locale, given: given.clone(), kind });
        }
        wanted.cloned().unwrap_or_else(|| others.add(&heading.words))
    });
    anchors.collect()
}

/// For each heading of a translation, returns its place among the source's. Headings that the last edition had are
/// recognised by their words there; `before` maps these to the present place of their source. Where the numbers of
/// headings differ, an anchor in the translation decides too. All others follow in order between these.
fn places_in_source(source: &[String], texts: &[HeadingText], before: &HashMap<&str, usize>) -> Vec<Option<usize>> {
    let mut places: Vec<Option<usize>> = vec![None; texts.len()];
    let mut free = vec![true; source.len()];
    let mut put = |at: usize, place: Option<usize>, places: &mut Vec<Option<usize>>| {
        if let Some(place) = place.filter(|place| free[*place] && places[at].is_none()) {
            (places[at], free[place]) = (Some(place), false);
        }
    };
    for (at, heading) in texts.iter().enumerate().filter(|_| texts.len() != source.len()) {
        let given = heading.given.as_ref();
        put(at, given.and_then(|given| source.iter().position(|anchor| *anchor == given.text)), &mut places);
    }
    for (at, heading) in texts.iter().enumerate() {
        let is_one = texts.iter().filter(|other| other.words == heading.words).count() == 1;
        put(at, before.get(heading.words.trim()).copied().filter(|_| is_one), &mut places);
    }
    let mut at = 0;
    while at < texts.len() {
        let end = (at..texts.len()).find(|at| places[*at].is_some()).unwrap_or(texts.len());
        let from = at.checked_sub(1).and_then(|at| places[at]).map_or(0, |place| place + 1);
        let to = places.get(end).copied().flatten().unwrap_or(source.len());
        let between = (from..to.max(from)).filter(|place| free[*place]).collect::<Vec<_>>();
        for (at, place) in (at..end).zip(between) {
            places[at] = Some(place);
        }
        at = end + 1;
    }
    places
}

impl PastHeadings {
    /// Returns the headings of the next state, with all that leads to them.
    fn followed_by(&self, next: Self) -> Self {
        let texts: Vec<_> = next.headings.iter().map(|(_, heading)| heading.clone()).collect();
        let mut places = self.places(&texts);
        // An anchor that stood in both is that of the same heading, whatever became of its words.
        for (place, (anchor, _)) in places.iter_mut().zip(&self.headings) {
            let same = next.headings.iter().position(|(other, _)| other == anchor);
            *place = same.or(*place);
        }
        self.led_to(next, &places)
    }

    /// Returns the next state, with the redirects to headings of this one passed on.
    fn led_to(&self, mut next: Self, places: &[Option<usize>]) -> Self {
        for (key, at) in &self.former {
            if let Some(now) = places[*at] {
                next.former.entry(key.clone()).or_insert(now);
            }
        }
        for ((anchor, _), now) in self.headings.iter().zip(places) {
            if let Some(now) = now.filter(|now| next.headings[*now].0 != *anchor) {
                next.former.entry((String::new(), anchor.clone())).or_insert(now);
            }
        }
        next
    }

    /// For each heading, returns its place among the headings of a later state, as far as it can be known: by the
    /// anchor that the author gave it, by its words, or by the text below it. Of several with the same words, the text
    /// below them decides, and then their order.
    fn places(&self, later: &[HeadingText]) -> Vec<Option<usize>> {
        let mut places = vec![None; self.headings.len()];
        let mut free = vec![true; later.len()];
        for (old, (anchor, _)) in self.headings.iter().enumerate() {
            let given = |heading: &HeadingText| heading.given.as_ref().is_some_and(|given| given.text == *anchor);
            if let Some(new) = later.iter().position(given).filter(|new| free[*new]) {
                (places[old], free[new]) = (Some(new), false);
            }
        }
        let mut by_words: HashMap<&str, Vec<usize>> = HashMap::new();
        for (new, heading) in later.iter().enumerate() {
            by_words.entry(heading.words.trim()).or_default().push(new);
        }
        let same_words = |heading: &HeadingText| by_words.get(heading.words.trim()).map_or(&[] as &[_], Vec::as_slice);
        for (old, (_, heading)) in self.headings.iter().enumerate() {
            let unchanged = |new: &&usize| free[**new] && later[**new].begins == heading.begins;
            if let Some(&new) = same_words(heading).iter().find(unchanged).filter(|_| places[old].is_none()) {
                (places[old], free[new]) = (Some(new), false);
            }
        }
        let mut alike = Vec::new();
        for (old, (_, heading)) in self.headings.iter().enumerate().filter(|(old, _)| places[*old].is_none()) {
            let same = same_words(heading).iter().filter(|new| free[**new]);
            alike.extend(same.map(|&new| (heading.similarity(&later[new]), old, new)));
        }
        alike.sort_by(|a, b| b.0.total_cmp(&a.0).then((a.1, a.2).cmp(&(b.1, b.2))));
        for (_, old, new) in alike {
            if places[old].is_none() && free[new] {
                (places[old], free[new]) = (Some(new), false);
            }
        }
        for (old, (_, heading)) in self.headings.iter().enumerate().filter(|(_, (_, text))| !text.begins.is_empty()) {
            let is_it = |other: &&HeadingText| other.begins == heading.begins;
            let is_one = later.iter().filter(is_it).count() == 1
                && self.headings.iter().filter(|(_, other)| other.begins == heading.begins).count() == 1;
            let found = later.iter().position(|other| is_it(&other)).filter(|new| is_one && free[*new]);
            if let Some(new) = found.filter(|_| places[old].is_none()) {
                (places[old], free[new]) = (Some(new), false);
            }
        }
        places
    }

    /// Returns the headings that have no place among so many of the present.
    fn lost(&self, kept: &[Option<usize>], count: usize) -> Vec<LostHeading> {
        let mut next = 0;
        let mut lost = Vec::new();
        for ((anchor, heading), now) in self.headings.iter().zip(kept) {
            if let Some(now) = now {
                next = now + 1;
                continue;
            }
            let is_new = next < count && !kept.contains(&Some(next));
            let (anchor, words) = (anchor.clone(), heading.words.clone());
            lost.push(LostHeading { anchor, words, near: count.checked_sub(1).map(|last| next.min(last)), is_new });
            next += usize::from(is_new);
        }
        lost
    }

    /// Returns the anchors of the headings of the site, and for each heading of this state its place among them.
    fn anchors_now(
        &self,
        now: &[HeadingText],
        taken: &HashSet<String>,
        faults: &mut Vec<HeadingFault>,
    ) -> (Vec<String>, Vec<Option<usize>>) {
        let mut used = taken.clone();
        let mut fault = |given: &Attribute, kind| {
            faults.push(HeadingFault { locale: LocaleIndex::SOURCE, given: given.clone(), kind });
        };
        let mut anchors: Vec<Option<String>> = Vec::with_capacity(now.len());
        for heading in now {
            let Some(given) = &heading.given else {
                anchors.push(None);
                continue;
            };
            let form = heading_anchor(&given.text);
            let kind = match () {
                () if form != given.text => HeadingFaultKind::Form(form),
                () if used.contains(&given.text) => HeadingFaultKind::Taken,
                () => {
                    used.insert(given.text.clone());
                    anchors.push(Some(given.text.clone()));
                    continue;
                }
            };
            fault(given, kind);
            anchors.push(None);
        }
        let places = self.places(now);
        for ((anchor, heading), place) in self.headings.iter().zip(&places) {
            let Some(place) = *place else { continue };
            // An anchor may be given to what took the place of a heading, but not while that still stands.
            let stands = |other: &HeadingText| {
                other.given.is_none() && other.words == heading.words && other.begins == heading.begins
            };
            if let Some(given) = now[place].given.as_ref().filter(|given| given.text == *anchor)
                && (&now[place].words, &now[place].begins) != (&heading.words, &heading.begins)
                && now.iter().any(stands)
            {
                fault(given, HeadingFaultKind::Released(heading.words.clone()));
            }
            if anchors[place].is_none() && used.insert(anchor.clone()) {
                anchors[place] = Some(anchor.clone());
            }
        }
        let mut others = Anchors::taken(used);
        let anchors = anchors.into_iter().zip(now);
        let anchors = anchors.map(|(anchor, heading)| anchor.unwrap_or_else(|| others.add(&heading.words)));
        (anchors.collect(), places)
    }
}

impl HeadingText {
    /// Returns the similarity of the beginnings of the texts below two headings, from zero to one.
    fn similarity(&self, other: &Self) -> f32 {
        TextDiff::from_chars(&self.begins, &other.begins).ratio()
    }
}

/// An edition in which the headings of a page are looked for.
#[derive(Clone, Copy)]
struct PastEdition<'a> {
    site: &'a Site,
    at: EditionIndex,
    edition: &'a Edition,
}

/// The headings of a page in an edition.
struct PastPage {
    /// Whether it says which anchors they had.
    is_listed: bool,
    headings: PastHeadings,
    /// The words of the headings of its translations, by the tags of their locales.
    translations: BTreeMap<String, Vec<String>>,
}

impl PastEdition<'_> {
    fn note(self, now: NoteIndex) -> Option<PastPage> {
        let then = self.site.history.known[self.at].mapping.note_then(now)?;
        let text = |tag: &str| {
            let text = self.frozen().notes.get(then.0)?.text.get(tag)?;
            Some(of_sections(&text.sections))
        };
        self.page(LocalePage::Note(then, NotePage::Whole), text, HashSet::new())
    }

    fn ladder(self, now: LadderIndex) -> Option<PastPage> {
        let then = self.site.history.known[self.at].mapping.ladder_then(now)?;
        let ladder = &self.frozen().ladders[then];
        let names = &self.site.history.known[self.at].names.ladders[then];
        let text = |tag: &str| Some(of_prose(ladder.prose.get(tag).map_or(&[], Vec::as_slice)));
        self.page(LocalePage::Ladder(then, LadderPage::Whole), text, super::stubs::fixed_then(ladder, names))
    }

    fn frozen(&self) -> &Frozen {
        &self.edition.frozen
    }

    fn page(
        self,
        page: LocalePage,
        text: impl Fn(&str) -> Option<Vec<HeadingText>>,
        taken: HashSet<String>,
    ) -> Option<PastPage> {
        if self.frozen().is_draft() {
            return None;
        }
        let Frozen { published, locales, .. } = self.frozen();
        let source = self.frozen().source();
        let path = page.path(LocaleIndex::SOURCE, &self.site.history.known[self.at].names);
        let words_in = |tag: &String| {
            let words = text(tag)?.into_iter().map(|heading| heading.words.trim().to_owned());
            Some((tag.clone(), words.collect()))
        };
        let translations = locales.iter().filter(|tag| *tag != source).filter_map(words_in).collect();
        if let Some(listed) = published.as_ref().and_then(|published| published.headings.get(&path)) {
            let mut past = PastHeadings::default();
            for heading in listed {
                for (tag, anchors) in &heading.was {
                    let tag = if tag == source { "" } else { tag };
                    let at = past.headings.len();
                    past.former.extend(anchors.iter().map(|anchor| ((tag.to_owned(), anchor.clone()), at)));
                }
                let text = HeadingText { words: heading.words.clone(), begins: heading.begins.clone(), given: None };
                past.headings.push((heading.anchor.clone(), text));
            }
            return Some(PastPage { is_listed: true, headings: past, translations });
        }
        // Anchors were made of the words of each language.
        let words =
            |texts: &[HeadingText]| heading_anchors(texts.iter().map(|heading| heading.words.clone()), taken.clone());
        let texts = text(source)?;
        let mut past = PastHeadings { headings: words(&texts).into_iter().zip(texts).collect(), ..Default::default() };
        for tag in locales.iter().filter(|tag| *tag != source) {
            let anchors = text(tag).map(|texts| words(&texts)).unwrap_or_default();
            for (at, anchor) in anchors.into_iter().take(past.headings.len()).enumerate() {
                past.former.insert((tag.clone(), anchor), at);
            }
        }
        Some(PastPage { is_listed: false, headings: past, translations })
    }
}
