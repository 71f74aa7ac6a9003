//! From the data of a site back to content: enough of it to judge citations where nobody has the content itself.
//!
//! Texts, ids, addresses and their history are all there. What the data leave out, such as guidance for translators, the
//! theme, and the texts of pages that belong to no edition, says nothing about what is cited.

use std::collections::BTreeMap;

use camino::Utf8PathBuf;
use serde::Deserialize;
use serde_json::{Value, json};
use toml::Table;

use super::markdown::{Untranslated, Writer};
use super::{CURRENT, FOLDER, IDS, INDEX};
use crate::config::SITE;
use crate::diagnostic::Refusal;
use crate::edition::{Frozen, FrozenLadder, FrozenNoteText, FrozenTerm};
use crate::glossary::GLOSSARY;
use crate::id::EDITIONS;
use crate::parse::{Block, BlockKind, markdown};
use crate::register::REGISTER;
use crate::source::Sources;
use crate::text::heading_anchor;

/// What is read of `index.json`.
#[derive(Deserialize)]
#[serde(rename_all = "kebab-case")]
struct Index {
    origin: Origin,
    #[serde(default)]
    former_sites: Vec<String>,
    editions: Vec<EditionFile>,
}

#[derive(Deserialize)]
struct Origin {
    site: String,
}

#[derive(Deserialize)]
struct EditionFile {
    edition: String,
    json: String,
}

/// What is read of `current.json`.
#[derive(Deserialize)]
struct Current {
    content: Frozen,
}

/// What is read of `ids.json`.
#[derive(Deserialize)]
struct Ids {
    criteria: BTreeMap<String, Id>,
    levels: BTreeMap<String, BTreeMap<String, Id>>,
    categories: BTreeMap<String, BTreeMap<String, Id>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case")]
struct Id {
    status: String,
    level: Option<String>,
    category: Option<String>,
    since: Option<String>,
    #[serde(default)]
    changed_in: Vec<String>,
    withdrawn: Option<Withdrawn>,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Withdrawn {
    on: Option<String>,
    #[serde(rename = "in")]
    edition: Option<String>,
    verb: Option<String>,
    successors: Vec<String>,
    statement: BTreeMap<String, String>,
    detail: BTreeMap<String, String>,
    reason: BTreeMap<String, String>,
}

/// Returns content that says what the data of a site say. `read` gives the text of a file of the folder `data/`.
///
/// # Errors
/// If `read` fails, or a file has another form than this program knows.
pub(crate) fn content(mut read: impl FnMut(&str) -> Result<String, Refusal>) -> Result<Sources, Refusal> {
    let below = |path: &str| path.strip_prefix(FOLDER).unwrap_or(path).to_owned();
    let mut file = |path: &str| read(&below(path));
    let index: Index = known(INDEX, &file(INDEX)?)?;
    let Current { content } = known(CURRENT, &file(CURRENT)?)?;
    let ids: Ids = known(IDS, &file(IDS)?)?;
    let mut texts = BTreeMap::new();
    for EditionFile { edition, json } in &index.editions {
        texts.insert(Utf8PathBuf::from(format!("{EDITIONS}/{edition}.json")), file(json)?);
    }
    texts.insert(SITE.into(), site(&content, &index));
    texts.insert(REGISTER.into(), register(&ids));
    for ladder in &content.ladders {
        for tag in content.locales.iter().filter(|tag| ladder.files.contains_key(*tag)) {
            let writer = Writer::of(&content, ladder, tag, Untranslated::LeftOut);
            texts.insert(format!("{tag}/{}.md", ladder.key).into(), writer.text(""));
        }
    }
    notes(&content, &mut texts);
    let terms: Vec<_> = content.terms.iter().map(|found| term(found, content.source())).collect();
    if !terms.is_empty() {
        texts.insert(GLOSSARY.into(), toml(json!({ "term": terms })));
    }
    Ok(Sources { texts, ..Sources::default() })
}

fn known<T: for<'de> Deserialize<'de>>(path: &str, text: &str) -> Result<T, Refusal> {
    serde_json::from_str(text).map_err(|error| {
        let refusal = Refusal::new(format!("`{path}` has a format that this program does not know: {error}"));
        refusal.help("fetch the folder again, or use a later version of Rungs")
    })
}

/// Returns a term, with a context where that is what its anchor has beyond its name.
fn term(term: &FrozenTerm, source: &str) -> Value {
    let mut written = json!({ source: term.name, "was": term.was });
    let name = format!("{}-", heading_anchor(&term.name));
    if let Some(context) = term.anchor.strip_prefix(&name) {
        written["context"] = json!(context);
    }
    written
}

fn toml(mut value: Value) -> String {
    without_nulls(&mut value);
    toml::to_string(&value).expect("texts, numbers and tables of them are TOML")
}

/// Removes the keys without a value, which TOML cannot write.
fn without_nulls(value: &mut Value) {
    match value {
        Value::Object(entries) => {
            entries.retain(|_, value| !value.is_null());
            entries.values_mut().for_each(without_nulls);
        }
        Value::Array(values) => values.iter_mut().for_each(without_nulls),
        _ => {}
    }
}

fn site(content: &Frozen, index: &Index) -> String {
    let ladder = |ladder: &FrozenLadder| {
        let mut written = json!({
            "key": ladder.key,
            "prefix": ladder.prefix,
            "kept-prefixes": kept_prefixes(ladder),
            "levels-accumulate": ladder.levels_accumulate,
            "was": ladder.was,
        });
        if let Some(base) = &ladder.inherits {
            written["inherits"] = json!(base);
        }
        if let Some(compared) = &ladder.compared {
            written["compare-with"] = json!(compared);
        }
        written
    };
    let threads = content.shared_threads.iter().map(|thread| {
        let written = json!({ "title": thread.title, "was": thread.was, "ladders": thread.ladders });
        (thread.key.clone(), written)
    });
    let pages = content.collections.iter().map(
        |pages| json!({ "folder": pages.folder, "was": pages.was, "title": pages.title, "description": pages.title }),
    );
    toml(json!({
        "base-url": index.origin.site,
        "former-base-urls": index.former_sites,
        "source-locale": content.source(),
        "locales": content.locales,
        "title": content.title,
        "description": content.title,
        "ladders": content.ladders.iter().map(ladder).collect::<Vec<_>>(),
        "threads": threads.collect::<serde_json::Map<_, _>>(),
        "pages": pages.collect::<Vec<_>>(),
        "provenance": { "owner": { "name": content.title.get(content.source()) } },
    }))
}

/// Returns the prefixes of ids that a ladder has from others.
fn kept_prefixes(ladder: &FrozenLadder) -> Vec<&str> {
    let mut kept: Vec<_> = ladder.criteria.iter().map(|criterion| criterion.id.prefix()).collect();
    kept.retain(|prefix| *prefix != ladder.prefix);
    kept.sort_unstable();
    kept.dedup();
    kept
}

fn register(ids: &Ids) -> String {
    fn all(ids: &BTreeMap<String, Id>) -> Table {
        ids.iter().map(|(id, found)| (id.clone(), entry(found).into())).collect()
    }
    let by_ladder = |ids: &BTreeMap<String, BTreeMap<String, Id>>| -> Table {
        ids.iter().map(|(ladder, ids)| (ladder.clone(), all(ids).into())).collect()
    };
    let kinds = [
        ("criterion", all(&ids.criteria)),
        ("level", by_ladder(&ids.levels)),
        ("category", by_ladder(&ids.categories)),
    ];
    let register = kinds.into_iter().map(|(kind, ids)| (kind.to_owned(), ids.into())).collect::<Table>();
    toml::to_string(&register).expect("texts, dates and tables of them are TOML")
}

/// Returns the entry of an id in the register.
fn entry(id: &Id) -> Table {
    let mut entry = Table::new();
    let mut put = |key: &str, value: Option<toml::Value>| {
        entry.extend(value.map(|value| (key.to_owned(), value)));
    };
    let text = |text: &Option<String>| text.clone().map(toml::Value::from);
    let list = |texts: &[String]| Some(toml::Value::from(texts.to_vec())).filter(|_| !texts.is_empty());
    // What was renamed is in the register as what it was.
    let state = if id.status == "withdrawn" { "withdrawn" } else { "active" };
    put("state", Some(state.into()));
    put("since", text(&id.since));
    put("changed", list(&id.changed_in));
    if let Some(Withdrawn { on, edition, verb, successors, statement, detail, reason }) = &id.withdrawn {
        let by_locale = |texts: &BTreeMap<String, String>| {
            let table: Table = texts.iter().map(|(tag, text)| (tag.clone(), text.clone().into())).collect();
            Some(toml::Value::from(table)).filter(|_| !texts.is_empty())
        };
        put("level", text(&id.level));
        put("category", text(&id.category));
        put("reason", by_locale(reason));
        put("statement", by_locale(statement));
        put("detail", by_locale(detail));
        put("withdrawn", on.as_ref().and_then(|day| day.parse().ok()).map(toml::Value::Datetime));
        put("withdrawn-in", text(edition));
        put(verb.as_deref().unwrap_or_default(), list(successors).filter(|_| verb.is_some()));
    }
    entry
}

fn notes(content: &Frozen, texts: &mut BTreeMap<Utf8PathBuf, String>) {
    for note in &content.notes {
        for (tag, text) in &note.text {
            let front_matter = match tag == content.source() {
                true => toml(json!({ "title": text.title, "about": note.about, "was": note.was })),
                false => toml(json!({ "title": text.title })),
            };
            texts.insert(
                format!("{tag}/notes/{}.md", note.slug).into(),
                format!("+++\n{front_matter}+++\n{}", body(text)),
            );
        }
    }
    for page in &content.pages {
        for (tag, title) in &page.title {
            let front_matter = match tag == content.source() {
                true => toml(json!({ "title": title, "was": page.was })),
                false => toml(json!({ "title": title })),
            };
            texts.insert(format!("{tag}/{}/{}.md", page.folder, page.slug).into(), format!("+++\n{front_matter}+++\n"));
        }
    }
}

fn body(text: &FrozenNoteText) -> String {
    let blocks = text.sections.iter().flat_map(|section| {
        let heading = section.heading.as_ref().map(|heading| Block {
            kind: BlockKind::Heading { depth: heading.depth, text: heading.text.clone() },
            span: section.span.clone(),
        });
        heading.into_iter().chain(section.blocks.iter().cloned())
    });
    markdown(&blocks.collect::<Vec<_>>())
}
