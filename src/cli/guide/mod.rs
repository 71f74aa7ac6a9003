//! `rungs guide`: writes the pages of the user guide that are generated from the program, and the schema of `site.toml`,
//! so that they match it.

mod commands;
mod diagnostics;

use std::collections::BTreeMap;

use camino::Utf8PathBuf;

use super::arguments::Guide;
use super::{Failure, Outcome, report};
use crate::write;

pub(super) fn run(arguments: &Guide) -> Result<Outcome, Failure> {
    let [commands, commands_in_chinese] = commands::pages();
    let pages: BTreeMap<Utf8PathBuf, String> = [
        ("en/guide/commands.md", commands),
        ("en/guide/diagnostics.md", diagnostics::ENGLISH.page()),
        ("zh-TW/guide/commands.md", commands_in_chinese),
        ("zh-TW/guide/diagnostics.md", diagnostics::CHINESE.page()),
        ("site.schema.json", crate::config::schema()),
    ]
    .map(|(path, page)| (path.into(), page))
    .into();
    write::replace(&arguments.content, &pages)?;
    for path in pages.keys() {
        report::print_line(arguments.content.join(path));
    }
    Ok(Outcome::Fine)
}
