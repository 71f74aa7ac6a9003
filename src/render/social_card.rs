//! Social cards: the pages that get one, their content, and the ones that must be drawn.

use std::collections::BTreeSet;

use camino::Utf8PathBuf;
use rayon::prelude::*;

use super::Receiver;
use super::name::source_title;
use super::open_graph::{Cards, Picture};
use super::page::{NoteLink, introduction};
use super::page_context::collection_title;
use super::scene::{Renderer, Scene};
use crate::config::CardsConfig;
use crate::diagnostic::{Code, Diagnostic};
use crate::handle::{CollectionIndex, CriterionAt, LadderIndex, LevelAt, NoteIndex};
use crate::locale::{LocaleIndex, Localized};
use crate::model::{LadderPage, LocalePage, NotePage, Page};
use crate::open_graph::{Card, CardText, HEIGHT, Typeface, WIDTH};
use crate::progress::Progress;
use crate::source::Pictures;
use crate::text::list;
use crate::write::Output;

/// How many characters are named that no font has.
const NAMED: usize = 5;

/// The picture of a page before it is known whether it can be drawn.
struct Plan {
    page: Page,
    path: Utf8PathBuf,
    card: Card,
}

/// Draws every card that the earlier site does not have.
pub(super) fn drawn(
    renderer: &Renderer<'_>,
    asked: &CardsConfig,
    pictures: &Pictures,
    progress: &Progress,
    receiver: &Receiver<'_>,
) -> Cards {
    let plan = |page| {
        let (name, card) = renderer.with_scene(page, |scene| card(scene, asked))?;
        Some(Plan { page, path: card.path(&name, &pictures.fonts), card })
    };
    let plans: Vec<_> = Page::all(renderer.site).into_iter().filter_map(plan).collect();
    // Without fonts there are no cards, whatever the earlier site has.
    let is_kept = |plan: &Plan| !pictures.fonts.is_empty() && pictures.earlier.contains(&plan.path);
    let (kept, new): (Vec<_>, Vec<_>) = plans.into_iter().partition(is_kept);
    let typeface = Typeface::with(new.iter().flat_map(|plan| plan.card.characters()), &pictures.fonts);
    let lacks = |plan: &Plan| typeface.lacks(plan.card.characters());
    let (new, undrawable): (Vec<_>, Vec<_>) = new.into_iter().partition(|plan| lacks(plan).is_empty());
    progress.add(new.len());
    let draw = |plan: &Plan| {
        receiver(Output { path: plan.path.clone(), bytes: plan.card.draw(&typeface) });
        progress.step();
    };
    new.par_iter().for_each(draw);
    let mut cards = Cards {
        kept: kept.iter().map(|plan| plan.path.clone()).collect(),
        problem: no_font(undrawable.len(), undrawable.iter().flat_map(lacks).collect(), asked, pictures),
        pictures: kept.into_iter().chain(new).map(|plan| (plan.page, plan.picture())).collect(),
    };
    // Whoever shares the address of the site itself shares its home page.
    if let Some(home) = cards.pictures.get(&Page::In(LocaleIndex::SOURCE, LocalePage::Home)) {
        cards.pictures.insert(Page::Root, home.clone());
    }
    cards
}

impl Plan {
    fn picture(self) -> Picture {
        let Card { label, beside, below, text, .. } = self.card;
        // The category of a criterion is left out.
        let beside = if label.is_empty() { beside } else { String::new() };
        let parts: Vec<_> = [label, beside, below].into_iter().filter(|part| !part.is_empty()).collect();
        let alt = [parts.join(", "), text.text].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>();
        Picture { path: self.path.into(), alt: alt.join(": "), width: WIDTH, height: HEIGHT }
    }
}

/// What stands on the card of a page, and what the file is called. Most kinds of page have none.
fn card(scene: &Scene<'_>, asked: &CardsConfig) -> Option<(String, Card)> {
    let card = match scene.page {
        Page::Criterion(criterion) if asked.of_criteria => {
            return Some((scene.site[criterion].id.slug(), of_criterion(scene, criterion)));
        }
        Page::In(_, LocalePage::Home) => of_home(scene),
        Page::In(_, LocalePage::Ladder(ladder, LadderPage::Whole)) => of_ladder(scene, ladder),
        Page::In(_, LocalePage::Ladder(ladder, LadderPage::Level(level))) => of_level(scene, level.of(ladder)),
        Page::In(_, LocalePage::Collection(collection)) => of_collection(scene, collection),
        Page::In(_, LocalePage::Note(note, NotePage::Whole)) => of_note(scene, note),
        _ => return None,
    };
    Some((scene.path.trim_end_matches('/').to_owned(), card))
}

/// A permanent page is for readers of all languages, so what surrounds the statement is in the source's.
fn of_criterion(scene: &Scene<'_>, criterion: CriterionAt) -> Card {
    let (ladder_data, this) = (&scene.site[criterion.ladder], &scene.site[criterion]);
    let source = LocaleIndex::SOURCE;
    let statement = |locale| Some(passage(scene, &this.text.own(locale)?.plain, locale));
    Card {
        label: this.id.to_string(),
        beside: spaced(ladder_data.categories[this.category].title.source()),
        category: Some(this.category.0),
        below: spaced(&ladder_data.levels[this.level].name(source)),
        second: scene.site.config.locale_indices().skip(1).find_map(statement),
        ..plain(scene, passage(scene, &this.text.source().plain, source), Some(criterion.ladder))
    }
}

fn of_level(scene: &Scene<'_>, level: LevelAt) -> Card {
    let this = &scene.site[level];
    Card {
        label: this.code(),
        below: scene.count("count.criteria", scene.site[level.ladder].criteria_of(level.level).count()),
        ..titled(scene, &this.title, Some(level.ladder))
    }
}

fn of_ladder(scene: &Scene<'_>, ladder: LadderIndex) -> Card {
    let this = &scene.site[ladder];
    let levels = scene.count("count.levels", this.levels.len());
    let criteria = scene.count("count.criteria", this.criteria.len());
    Card { beside: [levels, criteria].join(scene.word("list.separator")), ..titled(scene, &this.title, Some(ladder)) }
}

fn of_home(scene: &Scene<'_>) -> Card {
    let config = &scene.site.config;
    let (description, actual) = config.description.read(scene.locale);
    Card { second: Some(passage(scene, description, actual)), ..titled(scene, &config.title, None) }
}

fn of_collection(scene: &Scene<'_>, collection: CollectionIndex) -> Card {
    let (title, description) = introduction(scene, collection);
    let second = Some(passage(scene, &description, scene.locale));
    Card { is_title: true, second, ..plain(scene, passage(scene, &title, scene.locale), None) }
}

fn of_note(scene: &Scene<'_>, note: NoteIndex) -> Card {
    let this = &scene.site[note];
    let (text, actual) = this.text.read(scene.locale);
    let collection = collection_title(scene.site, scene.renderer.words, this.collection, scene.locale);
    Card {
        beside: spaced(collection.unwrap_or_default()),
        is_title: true,
        second: Some(passage(scene, &NoteLink::of(scene, note).summary, actual)),
        ..plain(scene, passage(scene, &text.title, actual), None)
    }
}

/// A card with a title as its text, and with what it is in the source below that.
fn titled(scene: &Scene<'_>, title: &Localized<String>, ladder: Option<LadderIndex>) -> Card {
    let (text, actual) = title.read(scene.locale);
    let source = source_title(title, scene.locale).map(|title| passage(scene, title, LocaleIndex::SOURCE));
    Card { is_title: true, second: source, ..plain(scene, passage(scene, text, actual), ladder) }
}

/// A card with a text and where it comes from.
fn plain(scene: &Scene<'_>, text: CardText, ladder: Option<LadderIndex>) -> Card {
    let config = &scene.site.config;
    let locale = config.locale(scene.locale);
    Card {
        label: String::new(),
        beside: String::new(),
        category: None,
        below: String::new(),
        origin: origin(scene, &text.text, ladder),
        text,
        is_title: false,
        second: None,
        language: locale.language.clone(),
        direction: locale.direction,
    }
}

/// The titles of the ladder and of the site, as far as they say something new, and else the address of the site.
fn origin(scene: &Scene<'_>, text: &str, ladder: Option<LadderIndex>) -> String {
    let config = &scene.site.config;
    let titles = ladder.map(|ladder| &scene.site[ladder].title).into_iter().chain([&config.title]);
    let mut titles: Vec<_> = titles.map(|title| spaced(title.read(scene.locale).0)).collect();
    titles.dedup();
    titles.retain(|title| title != text);
    if titles.is_empty() { address(&config.base_url) } else { titles.join(" · ") }
}

/// Where the site stands, as people write it.
fn address(url: &url::Url) -> String {
    format!("{}{}", url.authority(), url.path().trim_end_matches('/'))
}

fn passage(scene: &Scene<'_>, text: &str, locale: LocaleIndex) -> CardText {
    let locale = scene.site.config.locale(locale);
    CardText { text: spaced(text), language: locale.language.clone(), direction: locale.direction }
}

/// A text with single spaces for whatever else stands between words.
fn spaced(text: &str) -> String {
    text.split_ascii_whitespace().collect::<Vec<_>>().join(" ")
}

/// One notice for all pages that have no card.
fn no_font(pages: usize, missing: BTreeSet<char>, asked: &CardsConfig, pictures: &Pictures) -> Option<Diagnostic> {
    if pages == 0 {
        return None;
    }
    let named = list(missing.iter().take(NAMED).map(|c| format!("`{c}`")));
    let what = match (pictures.fonts.is_empty(), missing.len() > NAMED) {
        (true, _) => "no font was found to draw cards with".to_owned(),
        (false, false) => format!("no font was found for {named}"),
        (false, true) => format!("no font was found for {named} and others"),
    };
    let help = "install fonts, on Debian and Ubuntu `fonts-noto-cjk` and, for scripts that it lacks, \
                `fonts-noto-core`, or write `cards = false`";
    let message = match pages {
        1 => format!("{what}, so 1 page gets no card"),
        count => format!("{what}, so {count} pages get no card"),
    };
    Some(asked.place.problem(Code::NoCard, message).help(help))
}
