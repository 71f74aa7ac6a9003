//! Collections of pages: the notes, the pages that stand by themselves, and those that `site.toml` names.

use schemars::JsonSchema;
use serde::Deserialize;

use super::Config;
use super::resolve::{Locales, Resolver, all, at};
use super::table::Spanned;
use super::written::{PerLocale, Text};
use crate::address::CollectionNames;
use crate::diagnostic::Code;
use crate::handle::CollectionIndex;
use crate::locale::Localized;

/// A folder of pages in the folder of each locale: `en/notes/`, `en/pages/`, `en/guide/`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Collection {
    /// The folder, and the part of the addresses of its pages.
    pub(crate) folder: String,
    /// The former folders of its pages, whose addresses redirect.
    pub(crate) was: Vec<String>,
    pub(crate) kind: CollectionKind,
    /// Whether the header of each page names it, and the search looks into it at once. If not, the foot names it, and
    /// the search looks into it when it finds little else.
    pub(crate) in_navigation: bool,
    /// Whether its pages are shown beside other languages.
    pub(crate) side_by_side: bool,
    /// Whether those who adapt the site take its pages along.
    pub(crate) is_adapted: bool,
}

/// The structure of a collection.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum CollectionKind {
    /// They explain criteria, levels and threads, and belong to editions.
    Notes,
    /// Each stands by itself in the navigation.
    Pages,
    /// They are read one after another, from a page that lists them.
    Guide {
        title: Localized<String>,
        /// One sentence about them, for the page that lists them and for search engines.
        description: Option<Localized<String>>,
    },
}

impl Collection {
    /// The places of those that every site may have, in [`Config::collections`].
    pub const NOTES: CollectionIndex = CollectionIndex(0);
    pub(crate) const PAGES: CollectionIndex = CollectionIndex(1);

    /// Returns the label before the colon in references to its pages: `note:maps`, `page:about`, `guide:start`.
    pub(crate) fn label(&self) -> &str {
        match self.kind {
            CollectionKind::Notes => "note",
            CollectionKind::Pages => "page",
            CollectionKind::Guide { .. } => &self.folder,
        }
    }

    /// Returns the noun for one of its pages.
    pub(crate) fn noun(&self) -> &'static str {
        self.of_kind("note", "page")
    }

    /// Returns `notes` for a collection of notes, else `pages`.
    pub(crate) fn of_kind<T>(&self, notes: T, pages: T) -> T {
        if self.kind == CollectionKind::Notes { notes } else { pages }
    }
}

impl Config {
    /// Returns the collection of a folder, by its place.
    pub(crate) fn collection(&self, folder: &str) -> Option<CollectionIndex> {
        self.collections.position(|collection| collection.folder == folder)
    }
}

/// A folder of pages in the folder of each locale.
#[derive(Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(super) struct WrittenPages {
    /// Its name, which is part of the addresses of its pages: `guide`.
    #[schemars(required, extend("pattern" = "^[a-z0-9]+(-[a-z0-9]+)*$"))]
    folder: Text,
    /// Former names of the folder. Their addresses still work.
    #[serde(default)]
    was: Vec<Spanned<String>>,
    /// The title of the pages in the navigation, by locale.
    #[schemars(required)]
    title: Option<PerLocale<Spanned<String>>>,
    /// One sentence about the pages, by locale.
    description: Option<PerLocale<Spanned<String>>>,
    /// Whether the header of each page links to it. If not, the footer does, and search includes it only when it finds
    /// little else. Default: `true`.
    navigation: Option<bool>,
    /// Whether its pages are shown side by side with other languages. Default: `true`.
    side_by_side: Option<bool>,
    /// Whether `rungs adapt` takes its pages along. Default: `true`.
    adapt: Option<bool>,
}

/// The labels of references and of the records of translations, apart from the folders of pages.
const LABELS: [&str; 8] = ["category", "criterion", "ladder", "level", "note", "page", "prose", "thread"];

impl Resolver<'_> {
    /// Returns the collections of a site, those that every site may have before those that it names. `keys` are those
    /// of its ladders, which stand where the collections do.
    pub(crate) fn collections(
        &mut self,
        written: Vec<WrittenPages>,
        keys: &[Spanned<String>],
        locales: Option<&Locales>,
    ) -> Option<Vec<Collection>> {
        let mut seen: Vec<Spanned<String>> = Vec::new();
        let named = written.into_iter().map(|written| {
            let folder = written.folder.and_then(|folder| self.pages_folder(folder, keys, &seen));
            seen.extend(folder.clone());
            let was: Vec<_> = written
                .was
                .into_iter()
                .map(|was| {
                    let was = self.pages_folder(was, keys, &seen)?;
                    seen.push(was.clone());
                    Some(was.value)
                })
                .collect();
            let was = all(was.into_iter());
            let title = self.texts("pages.title", written.title, locales);
            let description = written.description.map(|texts| self.texts("pages.description", Some(texts), locales));
            let description = description.map_or(Some(None), |texts| texts.map(Some));
            let kind = CollectionKind::Guide { title: title?, description: description? };
            Some(Collection {
                folder: folder?.value,
                was: was?,
                kind,
                in_navigation: written.navigation.unwrap_or(true),
                side_by_side: written.side_by_side.unwrap_or(true),
                is_adapted: written.adapt.unwrap_or(true),
            })
        });
        let named = all(named.collect::<Vec<_>>().into_iter())?;
        let every = [(CollectionNames::NOTES, CollectionKind::Notes), (CollectionNames::PAGES, CollectionKind::Pages)];
        let every = every.map(|(folder, kind)| Collection {
            folder: folder.to_owned(),
            was: Vec::new(),
            kind,
            in_navigation: true,
            side_by_side: true,
            is_adapted: true,
        });
        Some(every.into_iter().chain(named).collect())
    }

    fn pages_folder(
        &mut self,
        folder: Spanned<String>,
        keys: &[Spanned<String>],
        seen: &[Spanned<String>],
    ) -> Option<Spanned<String>> {
        let what = "the folder of pages".to_owned();
        let folder = self.part_of_addresses(folder, &what)?;
        let text = &folder.value;
        let rival = |others: &[Spanned<String>]| others.iter().find(|other| other.value == *text).cloned();
        let refused = at(&folder.span).problem(Code::InvalidValue, format!("`{text}` cannot be {what}"));
        let problem = if LABELS.contains(&text.as_str()) {
            refused.help(format!("choose another name: in references, `{text}:` has another meaning"))
        } else if let Some(first) = rival(keys) {
            let help = "choose another name: a ladder has that address".to_owned();
            refused.related(at(&first.span), "the ladder has it").help(help)
        } else if let Some(first) = rival(seen) {
            refused.related(at(&first.span), "first used here").help("give each folder of pages a name of its own")
        } else {
            return Some(folder);
        };
        self.problems.report(problem);
        None
    }
}
