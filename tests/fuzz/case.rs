//! What one execution is given: a site, and the files that are other than there.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use camino::{Utf8Path, Utf8PathBuf};
use rungs::for_tests::edition::{opened, sealed};
use rungs::for_tests::gettext;
use rungs::for_tests::locale::LocaleIndex;
use rungs::for_tests::source::Sources;
use rungs::for_tests::{Prepared, worksheet};
use toml::{Table, Value};

use crate::dictionary::Format;
use crate::driver::Folder;
use crate::mutation::{Material, mutated};
use crate::oracles::{is_translated, prepared};
use crate::random::Random;

/// The sites that cases change.
pub const BASES: [&str; 6] = ["small", "bilingual", "past", "ladders", "fork", "themed"];

/// The folder of what is no part of the site: files that commands are given.
pub const INPUT: &str = "input";

/// A file with all texts of the translation, as `rungs translation export` writes it.
pub const PO: &str = "input/zh-TW.po";

/// Stands in a case of which only the problems are looked at. All others are rendered, too, which takes much longer.
const UNRENDERED: &str = "input/unrendered";

/// The blank worksheets of all levels are `input/sheet-0.md` and so on.
pub const SHEET: &str = "input/sheet-";

/// A site, and the files that are other than there.
#[derive(Debug, Clone)]
pub struct Case {
    pub base: String,
    files: BTreeMap<Utf8PathBuf, Vec<u8>>,
}

impl Case {
    pub fn of(base: &str) -> Self {
        Self { base: base.to_owned(), files: BTreeMap::new() }
    }

    pub fn put(&mut self, path: impl Into<Utf8PathBuf>, bytes: impl Into<Vec<u8>>) {
        self.files.insert(path.into(), bytes.into());
    }

    /// The bytes of a file. Empty if there is none.
    pub fn bytes(&self, path: &str) -> &[u8] {
        let path = Utf8Path::new(path);
        self.files.get(path).or_else(|| files(&self.base).get(path)).map_or(&[], Vec::as_slice)
    }

    pub fn text(&self, path: &str) -> String {
        String::from_utf8_lossy(self.bytes(path)).into_owned()
    }

    /// The files that commands are given, with their paths below [`INPUT`].
    pub fn inputs(&self) -> BTreeMap<Utf8PathBuf, String> {
        let own = self.files.iter().filter_map(|(path, bytes)| {
            Some((path.strip_prefix(INPUT).ok()?.to_owned(), String::from_utf8_lossy(bytes).into_owned()))
        });
        own.collect()
    }

    /// The content folder.
    pub fn sources(&self) -> Sources {
        let mut sources = sources_of(&self.base).clone();
        for (path, bytes) in self.files.iter().filter(|(path, _)| !path.starts_with(INPUT)) {
            if let Ok(path) = path.strip_prefix("theme") {
                sources.theme.insert(path.to_owned(), bytes.clone());
            } else if is_image(path) {
                sources.add_image(path.clone(), bytes.clone());
            } else {
                sources.texts.insert(path.clone(), String::from_utf8_lossy(bytes).into_owned());
            }
        }
        sources
    }

    /// Changes the text of a file.
    pub fn mutate(&mut self, random: &mut Random, path: &str) {
        let format = Format::of(path);
        let all = files(&self.base);
        let others: Vec<_> = all.iter().filter(|(path, _)| Format::of(path.as_str()) == format).collect();
        let other =
            if others.is_empty() { "" } else { std::str::from_utf8(random.pick(&others).1).unwrap_or_default() };
        let text = mutated(random, &self.text(path), &Material { format, other });
        self.put(path, text);
    }

    /// Leaves the case unrendered, but once in so many times.
    pub fn render_once_in(&mut self, random: &mut Random, times: usize) {
        if !random.once_in(times) {
            self.put(UNRENDERED, "");
        }
    }

    pub fn is_rendered(&self) -> bool {
        !self.files.contains_key(Utf8Path::new(UNRENDERED))
    }

    /// Numbers that depend on nothing but the case.
    pub fn random(&self) -> Random {
        let bytes = self.files.values().flatten();
        Random::new(bytes.fold(0, |hash: u64, byte| hash.wrapping_mul(31).wrapping_add(u64::from(*byte))))
    }

    /// Writes the case down, to be read by [`Case::read`].
    pub fn written(&self, target: &str) -> String {
        let mut table = Table::new();
        table.insert("target".to_owned(), target.into());
        table.insert("base".to_owned(), self.base.as_str().into());
        let (mut texts, mut bytes) = (Table::new(), Table::new());
        for (path, content) in &self.files {
            match std::str::from_utf8(content) {
                Ok(text) => drop(texts.insert(path.to_string(), text.into())),
                Err(_) => drop(bytes.insert(
                    path.to_string(),
                    content.iter().map(|byte| format!("{byte:02x}")).collect::<String>().into(),
                )),
            }
        }
        table.insert("files".to_owned(), Value::Table(texts));
        table.insert("bytes".to_owned(), Value::Table(bytes));
        table.to_string()
    }

    /// Reads a case with the name of its target: whole `[files]`, `[bytes]` in hexadecimal digits, and `[[edit]]`s of the
    /// files of the site, from `old` to `new`. What is sealed is sealed anew.
    pub fn read(text: &str) -> (String, Self) {
        let table: Table = text.parse().unwrap_or_else(|error| panic!("{error}"));
        let string = |table: &Table, key: &str| table.get(key).and_then(Value::as_str).unwrap_or_default().to_owned();
        let files = |key: &str| table.get(key).and_then(Value::as_table).cloned().unwrap_or_default();
        let mut case = Self::of(&string(&table, "base"));
        for (path, text) in files("files") {
            case.put(path, text.as_str().unwrap_or_default());
        }
        for (path, hex) in files("bytes") {
            let hex = hex.as_str().unwrap_or_default().to_owned();
            let byte = |at| u8::from_str_radix(&hex[at..at + 2], 16).expect("it is a hexadecimal number");
            case.put(path, (0..hex.len()).step_by(2).map(byte).collect::<Vec<_>>());
        }
        for edit in table.get("edit").and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_table) {
            let (path, old) = (string(edit, "file"), string(edit, "old"));
            let text = case.text(&path);
            assert!(text.contains(&old), "{path} holds {old:?}: {text}");
            let change = |text: &str| text.replacen(&old, &string(edit, "new"), 1);
            let text = opened(&text).map_or_else(|| change(&text), |content| sealed(&change(content)));
            case.put(path, text);
        }
        (string(&table, "target"), case)
    }
}

fn is_image(path: &Utf8Path) -> bool {
    path.extension().is_some_and(|end| ["png", "jpg", "jpeg", "gif", "webp", "svg"].contains(&end))
}

fn sources_of(base: &str) -> &'static Sources {
    static SOURCES: OnceLock<BTreeMap<&str, Sources>> = OnceLock::new();
    let read = |name: &'static str| {
        let folder = match name {
            "small" => Folder::small(),
            "bilingual" => Folder::bilingual(),
            name => Folder::fixture(name),
        };
        (name, folder.registered())
    };
    &SOURCES.get_or_init(|| BASES.map(read).into())[base]
}

/// A site as it is, ready to be cited.
pub fn known(base: &str) -> &'static Prepared {
    static KNOWN: OnceLock<BTreeMap<&str, Prepared>> = OnceLock::new();
    let read = |name: &'static str| (name, prepared(sources_of(name)).0.expect("the sites are sound"));
    &KNOWN.get_or_init(|| BASES.map(read).into())[base]
}

/// All files of a site, and those that are made of it to be given to commands.
pub fn files(base: &str) -> &'static BTreeMap<Utf8PathBuf, Vec<u8>> {
    static FILES: OnceLock<BTreeMap<&str, BTreeMap<Utf8PathBuf, Vec<u8>>>> = OnceLock::new();
    let read = |name: &'static str| {
        let sources = sources_of(name);
        let mut files: BTreeMap<Utf8PathBuf, Vec<u8>> = BTreeMap::new();
        files.extend(sources.texts.iter().map(|(path, text)| (path.clone(), text.clone().into_bytes())));
        files.extend(sources.theme.iter().map(|(path, bytes)| (Utf8Path::new("theme").join(path), bytes.clone())));
        files.extend(sources.image_files().map(|(path, bytes)| (path.to_owned(), bytes.to_vec())));
        let Prepared { understood, words, .. } = known(name);
        let site = &understood.site;
        if is_translated(site) {
            files.insert(PO.into(), gettext::export(understood, sources, LocaleIndex(1)).write().into_bytes());
        }
        let sheets = worksheet::blank(site, words).into_iter().enumerate();
        files.extend(sheets.map(|(number, sheet)| (format!("{SHEET}{number}.md").into(), sheet.into_bytes())));
        (name, files)
    };
    &FILES.get_or_init(|| BASES.map(read).into())[base]
}

/// The texts of the site itself, by their paths.
pub fn paths(base: &str) -> Vec<&'static str> {
    let is_own = |path: &&str| !path.starts_with(INPUT) && !is_image(Utf8Path::new(path)) && !path.ends_with(".woff2");
    files(base).keys().map(|path| path.as_str()).filter(is_own).collect()
}
