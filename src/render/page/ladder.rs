//! The whole ladder on one page.

use serde::Serialize;
use tera::Value;

use super::beside::View;
use super::framed;
use crate::handle::{LadderIndex, LevelAt};
use crate::locale::LocaleIndex;
use crate::model::{LadderPage, LocalePage, Page, prose_anchors};
use crate::render::Renderer;
use crate::render::frame::{Frame, Link};
use crate::render::row::{FromLadder, Group, LevelName, Prose, Text};
use crate::translation::Passage;

#[derive(Serialize)]
pub(crate) struct LadderView {
    #[serde(flatten)]
    frame: Frame,
    heading: Text,
    preface: Prose,
    /// The ways to read it: in one language, or with another one.
    views: Vec<View>,
    /// The ladder that it builds on, and those that build on it.
    builds_on: Option<Link>,
    heirs: Vec<Link>,
    parts: Vec<Part>,
}

#[derive(Serialize)]
#[serde(rename_all = "lowercase")]
enum Part {
    Level(Box<LevelPart>),
    Prose(ProsePart),
}

/// A level with all its criteria.
#[derive(Serialize)]
pub(crate) struct LevelPart {
    level: LevelName,
    summary: Prose,
    groups: Vec<Group>,
    /// What it inherits from levels of other ladders.
    from_ladders: Vec<FromLadder>,
}

/// A section without criteria.
#[derive(Clone, Serialize)]
pub(crate) struct ProsePart {
    title: Text,
    anchor: String,
    body: Prose,
}

framed!(LadderView);

impl Renderer<'_> {
    pub(crate) fn ladder(&self, locale: LocaleIndex, ladder: LadderIndex) -> LadderView {
        let of = &self.site[ladder];
        let title = of.title.read(locale).0.clone();
        let description = self.words.phrase(
            locale,
            "ladder.description",
            &[
                ("title", &title),
                ("levels", &self.words.count(locale, "count.levels", of.levels.len())),
                ("criteria", &self.words.count(locale, "count.criteria", of.criteria.len())),
            ],
        );
        let mut frame =
            self.frame(Page::In(locale, LocalePage::Ladder(ladder, LadderPage::Whole)), "ladder", title, description);
        frame.json_ld = Some(self.ladder_json_ld(ladder, locale));
        let prose = self.prose_parts(ladder, locale, &frame.root);
        let mut parts = Vec::new();
        let behind = |levels: usize| {
            let standing_here = prose.iter().filter(move |(after, _)| *after == levels);
            standing_here.map(|(_, part)| Part::Prose(part.clone()))
        };
        parts.extend(behind(0));
        for level in of.levels.keys() {
            parts.push(Part::Level(Box::new(self.level_part(level.of(ladder), locale, &frame.root))));
            parts.extend(behind(level.0 + 1));
        }
        frame.contents = parts.iter().map(Part::link).collect();
        let (heading, preface) = (self.text(&of.heading, locale), self.preface(ladder, locale, &frame.root));
        let views =
            self.views(Page::In(locale, LocalePage::Ladder(ladder, LadderPage::Whole)), locale, ladder, &frame.root);
        let link = |other: LadderIndex| self.ladder_link(other, locale, &frame.root);
        let builds_on = self.site.kinship.base(ladder).map(link);
        let heirs = self.site.kinship.heirs(ladder).iter().map(|&heir| link(heir)).collect();
        LadderView { heading, preface, views, builds_on, heirs, parts, frame }
    }

    pub(crate) fn ladder_link(&self, ladder: LadderIndex, locale: LocaleIndex, root: &str) -> Link {
        let title = self.site[ladder].title.read(locale).0.clone();
        Link {
            title,
            href: format!("{root}{}", Page::In(locale, LocalePage::Ladder(ladder, LadderPage::Whole)).path(self.site)),
        }
    }

    fn level_part(&self, level: LevelAt, locale: LocaleIndex, root: &str) -> LevelPart {
        LevelPart {
            level: self.level_view(level, locale),
            summary: self.summary(level, locale, root),
            groups: self.groups(level, locale, root, true),
            from_ladders: self.lent_levels(level, locale, root),
        }
    }

    pub(crate) fn summary(&self, level: LevelAt, locale: LocaleIndex, root: &str) -> Prose {
        self.passage(Passage::Summary(level), level.ladder, (locale, root))
    }

    /// The sections without criteria, each with the number of levels before it.
    pub(crate) fn prose_parts(&self, ladder: LadderIndex, locale: LocaleIndex, root: &str) -> Vec<(usize, ProsePart)> {
        let of = &self.site[ladder];
        let (sections, actual) = of.prose.read(locale);
        let anchors = prose_anchors(of, locale);
        let html = |file: LocaleIndex| self.html(ladder, file, locale, root);
        let language = self.foreign(actual, locale);
        let Some(written) = self.written(Passage::Sections { ladder }, locale, &html) else {
            let part = |(prose, anchor): (&crate::model::Prose, String)| {
                let html = html(actual).blocks(&prose.blocks);
                let body = Prose { html: Value::safe_string(&html), language: language.clone() };
                let title = Text { text: prose.title.clone(), language: language.clone() };
                (prose.after, ProsePart { title, anchor, body })
            };
            return sections.iter().zip(anchors).map(part).collect();
        };
        let mut parts: Vec<(usize, ProsePart)> = Vec::new();
        for piece in written {
            let Some(heading) = piece.heading else {
                if let Some((_, part)) = parts.last_mut() {
                    part.body.html = Value::safe_string(&format!("{}{}", part.body.html, piece.html));
                }
                continue;
            };
            let section = heading.section;
            // A section that is missing stands where the one before it does.
            let after = section.map(|at| sections[at].after).or(parts.last().map(|(after, _)| *after));
            let title = Text {
                text: heading.plain,
                language: section.is_none().then(|| self.foreign(LocaleIndex::SOURCE, locale)).flatten(),
            };
            let anchor = section.map(|at| anchors[at].clone()).unwrap_or_default();
            let body = Prose { html: Value::safe_string(&piece.html), language: None };
            parts.push((after.unwrap_or(of.levels.len()), ProsePart { title, anchor, body }));
        }
        parts
    }
}

impl Part {
    fn link(&self) -> Link {
        match self {
            Self::Level(part) => Link { title: part.level.name.clone(), href: format!("#{}", part.level.slug) },
            Self::Prose(part) => Link { title: part.title.text.clone(), href: format!("#{}", part.anchor) },
        }
    }
}
