//! A feed of the editions in each language: Atom (RFC 4287).

use serde::Serialize;

use super::page::{FEED, ReleaseView, feed_path, releases};
use super::scene::{Renderer, Scene};
use crate::model::{LocalePage, Page};
use crate::write::Output;

const TEMPLATE: &str = "feed.xml";

#[derive(Serialize)]
struct FeedView {
    /// The place of the locale among those of the site.
    locale: usize,
    language: String,
    /// The title of the site.
    title: String,
    /// The feed, from the root.
    feed: String,
    /// The absolute address of the root.
    base: String,
    /// The address of the root that ids begin with: the first that the site had. Readers of feeds take an entry with another
    /// id for another entry.
    identity: String,
    /// The page that the feed belongs to, from the root.
    path: String,
    /// The day of the last edition.
    updated: String,
    /// The licence, or that all rights are reserved.
    rights: String,
    /// The latest first. What is not released yet has no edition.
    releases: Vec<ReleaseView>,
}

/// Returns the feeds of a site that has editions.
pub(crate) fn outputs(renderer: &Renderer<'_>) -> Vec<Output> {
    let Some(last) = renderer.site.history.editions.last() else { return Vec::new() };
    let updated = last.date.to_string();
    let feed = |locale, path: &str| {
        renderer.with_scene(Page::In(locale, LocalePage::Changes), |scene| {
            renderer.file(TEMPLATE, path, &view(scene, updated.clone()))
        })
    };
    let locales = renderer.site.config.locale_indices();
    let present = locales.filter_map(|locale| feed(locale, &feed_path(renderer.site, locale)));
    // Those who follow the feed of a language that the site has no more get that of the one that they are led to.
    let former = renderer.site.history.former.iter().filter_map(|former| match former.to {
        Page::In(locale, LocalePage::Changes) if former.is_renamed => feed(locale, &format!("{}{FEED}", former.path)),
        _ => None,
    });
    present.chain(former).collect()
}

fn view(scene: &Scene<'_>, updated: String) -> FeedView {
    let config = &scene.site.config;
    FeedView {
        locale: scene.locale.0,
        language: config.locale(scene.locale).language.clone(),
        title: config.title.read(scene.locale).0.clone(),
        feed: feed_path(scene.site, scene.locale),
        base: config.base_url.to_string(),
        identity: config.first_base_url().to_string(),
        path: scene.path.to_owned(),
        updated,
        rights: config
            .provenance
            .licence
            .as_ref()
            .map_or_else(|| scene.word("licence.reserved").to_owned(), |licence| licence.name.clone()),
        releases: releases(scene),
    }
}
