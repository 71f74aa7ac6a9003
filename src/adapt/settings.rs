//! From the `site.toml` of a site to that of one that is made from it.
//!
//! What its owner wrote stays, comments included: only what has to differ is written.

use std::collections::BTreeMap;

use toml_edit::{ArrayOfTables, InlineTable, Item, Table, TableLike, Value, value};

use crate::blocks::{edited, line_end_of, list, put};
use crate::config::THEME_FILES;

/// Settings of the adapted site that differ from the upstream's `site.toml`.
pub(crate) struct Settings<'a> {
    pub(crate) base_url: &'a str,
    /// By locale. Empty if the title stays.
    pub(crate) title: &'a BTreeMap<String, String>,
    /// The prefixes of each ladder, by its key: that of new ids, and those that are kept.
    pub(crate) prefixes: &'a BTreeMap<String, (String, Vec<String>)>,
    /// The person or organisation that makes the new site.
    pub(crate) by: &'a str,
    pub(crate) by_url: Option<&'a str>,
    /// Descriptions of the changes, by locale.
    pub(crate) changes: &'a [(String, String)],
    /// The folders of pages that are not taken along.
    pub(crate) left_out: &'a [&'a str],
    /// Title and address of the site that it is made from.
    pub(crate) upstream: (&'a str, &'a str),
}

/// The comment above the list of upstreams.
const ABOVE: &str = "\n# What this ladder was adapted from, oldest first. Written by `rungs adapt`, which records in \
                     `upstream/` what\n\
                     # each of them said.\n";

impl Settings<'_> {
    /// Returns the new text. None if the old one is not built as `site.toml` has to be.
    pub(crate) fn apply(&self, text: &str) -> Option<String> {
        edited(text, line_end_of(text), |document| self.edit(document.as_table_mut()))
    }

    fn edit(&self, root: &mut Table) -> Option<()> {
        // They are the other site's.
        for key in ["former-base-urls", "repository", "branch", "content-path"] {
            root.remove(key);
        }
        if let Some(theme) = root.get_mut("theme") {
            let theme = theme.as_table_like_mut()?;
            THEME_FILES.iter().for_each(|key| drop(theme.remove(key)));
            if theme.is_empty() {
                root.remove("theme");
            }
        }
        if let Some(pages) = root.get_mut("pages") {
            self.leave_out(pages)?;
        }
        put(root, "base-url", Some(self.base_url.into()));
        if !self.title.is_empty() {
            let title = root.get_mut("title")?.as_table_like_mut()?;
            let others: Vec<_> = title.iter().map(|(tag, _)| tag.to_owned()).collect();
            others.iter().filter(|tag| !self.title.contains_key(*tag)).for_each(|tag| drop(title.remove(tag)));
            self.title.iter().for_each(|(tag, text)| put(title, tag, Some(text.into())));
        }
        for ladder in tables(root.get_mut("ladders")?)? {
            let key = ladder.get("key")?.as_str()?.to_owned();
            let (prefix, kept) = self.prefixes.get(&key)?;
            put(ladder, "prefix", Some(prefix.into()));
            ladder.insert("kept-prefixes", value(list(kept)));
        }
        self.add_modification(root.get_mut("provenance")?.as_table_like_mut()?)?;
        self.add_upstream(root)
    }

    /// Removes the folders of pages that are not taken along.
    fn leave_out(&self, pages: &mut Item) -> Option<()> {
        let is_kept = |folder: Option<&str>| folder.is_none_or(|folder| !self.left_out.contains(&folder));
        match pages {
            Item::ArrayOfTables(tables) => tables.retain(|table| is_kept(table.get("folder").and_then(Item::as_str))),
            Item::Value(Value::Array(tables)) => {
                let folder = |table: &Value| table.as_inline_table()?.get("folder")?.as_str().map(str::to_owned);
                tables.retain(|table| is_kept(folder(table).as_deref()));
            }
            _ => return None,
        }
        Some(())
    }

    fn add_modification(&self, provenance: &mut dyn TableLike) -> Option<()> {
        let mut by = InlineTable::new();
        by.insert("name", self.by.into());
        if let Some(url) = self.by_url {
            by.insert("url", url.into());
        }
        match provenance.entry("modifications").or_insert_with(|| Item::ArrayOfTables(ArrayOfTables::new())) {
            Item::ArrayOfTables(steps) => {
                let mut changes = Table::new();
                changes.set_dotted(true);
                for (tag, text) in self.changes {
                    changes.insert(tag, value(list([text])));
                }
                let mut step = Table::new();
                step.insert("by", value(by));
                step.insert("changes", Item::Table(changes));
                steps.push(step);
            }
            Item::Value(Value::Array(steps)) => {
                let changes = self.changes.iter().map(|(tag, text)| (tag, list([text])));
                let mut step = InlineTable::new();
                step.insert("by", by.into());
                step.insert("changes", changes.collect::<InlineTable>().into());
                steps.push(step);
            }
            _ => return None,
        }
        Some(())
    }

    fn add_upstream(&self, root: &mut Table) -> Option<()> {
        let (title, url) = self.upstream;
        let mut upstream = Table::new();
        put(&mut upstream, "title", Some(title.into()));
        put(&mut upstream, "url", Some(url.into()));
        if !root.contains_key("upstream") {
            upstream.decor_mut().set_prefix(ABOVE);
        }
        let list = root.entry("upstream").or_insert_with(|| Item::ArrayOfTables(ArrayOfTables::new()));
        list.as_array_of_tables_mut()?.push(upstream);
        Some(())
    }
}

/// Returns the tables of a list, in either form.
fn tables(list: &mut Item) -> Option<Vec<&mut dyn TableLike>> {
    Some(match list {
        Item::ArrayOfTables(tables) => tables.iter_mut().map(|table| table as &mut dyn TableLike).collect(),
        Item::Value(Value::Array(tables)) => {
            tables.iter_mut().map(|table| table.as_inline_table_mut().map(|table| table as _)).collect::<Option<_>>()?
        }
        _ => return None,
    })
}
