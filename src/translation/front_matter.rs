//! Values in the front matter of a file of a translation.

use camino::Utf8Path;
use toml_edit::TableLike;

use crate::blocks::{edited, line_end_of, put_in_order};
use crate::parse::{self, FrontMatter};
use crate::text::{Edit, slice};

/// Returns the edit that gives values of the front matter new texts. A key that is new stands where `order` has it
/// among the others. None if it is not TOML in which they could stand.
pub(crate) fn front_matter(
    path: &Utf8Path,
    text: &str,
    values: &[(&[String], &str)],
    order: &[String],
) -> Option<Edit> {
    let FrontMatter { span, toml, is_closed } = parse::front_matter(path, text);
    let line_end = line_end_of(text);
    let mut written = edited(slice(text, toml.clone()), line_end, |document| {
        for (keys, new) in values {
            let (last, tables) = keys.split_last()?;
            let mut table: &mut dyn TableLike = document.as_table_mut();
            for key in tables {
                table = table.entry(key).or_insert_with(toml_edit::table).as_table_like_mut()?;
            }
            let is_before = |key: &str| order.iter().take_while(|before| *before != last).any(|before| before == key);
            put_in_order(table, last, (*new).into(), is_before);
        }
        Some(())
    })
    .filter(|_| is_closed)?;
    if span.len() == toml.len() {
        written = format!("+++{line_end}{written}+++{line_end}{line_end}");
    }
    Some(Edit::replace(toml, written))
}

/// Returns the keys in a table of the front matter. Empty if it is not TOML.
pub(crate) fn front_matter_keys(path: &Utf8Path, text: &str, table: &str) -> Vec<String> {
    let toml = slice(text, parse::front_matter(path, text).toml).to_owned();
    let document: Option<toml_edit::DocumentMut> = toml.parse().ok();
    let keys = document.as_ref().and_then(|document| document.get(table)?.as_table_like());
    keys.into_iter().flat_map(|keys| keys.iter()).map(|(key, _)| key.to_owned()).collect()
}
