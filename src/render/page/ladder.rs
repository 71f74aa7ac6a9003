//! The whole ladder on one page.

use serde::Serialize;
use tera::Value;

use super::beside::View;
use super::framed;
use crate::config::LocaleIndex;
use crate::model::{Page, prose_anchors};
use crate::render::Renderer;
use crate::render::frame::{Frame, Link};
use crate::render::past::StubView;
use crate::render::row::{Group, LevelName, Prose, Text};

#[derive(Serialize)]
pub struct LadderView {
    #[serde(flatten)]
    frame: Frame,
    heading: Text,
    preface: Prose,
    /// The ways to read it: in one language, or with another one.
    views: Vec<View>,
    parts: Vec<Part>,
    /// What stood on the page and is gone from there.
    stubs: Vec<StubView>,
}

#[derive(Serialize)]
#[serde(rename_all = "lowercase")]
enum Part {
    Level(LevelPart),
    Prose(ProsePart),
}

/// A level with all its criteria.
#[derive(Serialize)]
pub struct LevelPart {
    level: LevelName,
    summary: Prose,
    groups: Vec<Group>,
}

/// A section without criteria.
#[derive(Clone, Serialize)]
pub struct ProsePart {
    title: Text,
    anchor: String,
    body: Prose,
}

framed!(LadderView);

impl Renderer<'_> {
    pub fn ladder(&self, locale: LocaleIndex, ladder: usize) -> LadderView {
        let of = &self.site.ladders[ladder];
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
        let mut frame = self.frame(Page::Ladder { locale, ladder }, "ladder", title, description);
        frame.json_ld = Some(self.ladder_json_ld(ladder, locale));
        let prose = self.prose_parts(ladder, locale, &frame.root);
        let mut parts = Vec::new();
        for level in 0..=of.levels.len() {
            let standing_here = prose.iter().filter(|(after, _)| *after == level);
            parts.extend(standing_here.map(|(_, part)| Part::Prose(part.clone())));
            if level < of.levels.len() {
                parts.push(Part::Level(self.level_part(ladder, level, locale, &frame.root)));
            }
        }
        frame.contents = parts.iter().map(Part::link).collect();
        let (heading, preface) = (self.text(&of.heading, locale), self.preface(ladder, locale, &frame.root));
        let views = self.views(Page::Ladder { locale, ladder }, locale, ladder, &frame.root);
        let stubs = self.stubs(self.site.history.stubs_of_ladder(ladder), locale, &frame.root);
        LadderView { heading, preface, views, parts, stubs, frame }
    }

    fn level_part(&self, ladder: usize, level: usize, locale: LocaleIndex, root: &str) -> LevelPart {
        LevelPart {
            level: self.level_view(ladder, level, locale),
            summary: self.summary(ladder, level, locale, root),
            groups: self.groups(ladder, level, locale, root, true),
        }
    }

    pub fn summary(&self, ladder: usize, level: usize, locale: LocaleIndex, root: &str) -> Prose {
        let (blocks, actual) = self.site.ladders[ladder].levels[level].summary.read(locale);
        self.prose(ladder, blocks, (actual, locale), root)
    }

    /// The sections without criteria, each with the number of levels before it.
    pub fn prose_parts(&self, ladder: usize, locale: LocaleIndex, root: &str) -> Vec<(usize, ProsePart)> {
        let of = &self.site.ladders[ladder];
        let (prose, actual) = of.prose.read(locale);
        let html = self.html(ladder, actual, locale, root);
        let language = self.foreign(actual, locale);
        let part = |(prose, anchor): (&crate::model::Prose, String)| {
            let body = Prose { html: Value::safe_string(&html.blocks(&prose.blocks)), language: language.clone() };
            let title = Text { text: prose.title.clone(), language: language.clone() };
            (prose.after, ProsePart { title, anchor, body })
        };
        prose.iter().zip(prose_anchors(of, locale)).map(part).collect()
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
