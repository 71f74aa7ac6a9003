//! TOML read key by key, so that one run finds every fault in it and each fault has a place.
//!
//! A [`Reader`] stands for one TOML text and collects its problems. From its [`Table`] each key is asked for by name:
//! a value of the wrong type is reported there and then, and what nobody asked for is reported by [`Table::finish`].

use std::cell::RefCell;

use camino::Utf8PathBuf;
use jiff::civil::Date;
use toml::de::{DeTable, DeValue};

use crate::diagnostic::{Code, Diagnostic, Fix, Place, Span};
use crate::text::nearest;

/// A value with the bytes of the file at which it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Spanned<T> {
    pub(crate) value: T,
    pub(crate) span: Span,
}

/// One TOML text, which may be a part of a file, and the problems found in it so far.
#[derive(Debug)]
pub(crate) struct Reader {
    path: Utf8PathBuf,
    offset: usize,
    problems: RefCell<Vec<Diagnostic>>,
}

impl Reader {
    /// A reader of the TOML that begins at byte `offset` of a file: not zero for front matter. All spans are those of
    /// the file.
    pub(crate) fn new(path: impl Into<Utf8PathBuf>, offset: usize) -> Self {
        Self { path: path.into(), offset, problems: RefCell::default() }
    }

    /// The table of all keys. None if the text is not TOML, which is then reported.
    ///
    /// Of several faults of syntax only the first is reported, since one unclosed bracket makes many.
    pub(crate) fn read<'t>(&'t self, text: &'t str) -> Option<Table<'t>> {
        let (table, faults) = DeTable::parse_recoverable(text);
        let whole = 0..text.len();
        let span_of = |fault: &toml::de::Error| fault.span().unwrap_or(whole.clone());
        if let Some(fault) = faults.iter().min_by_key(|fault| span_of(fault).start) {
            let span = on_characters(text, span_of(fault));
            let message = format!("invalid TOML: {fault}", fault = fault.message().replace('\n', ", "));
            let problem = Diagnostic::new(Code::TomlSyntax, message, self.place(&self.shift(span)));
            self.report(
                problem.help("texts stand in quotes, keys may stand once, and what is opened has to be closed"),
            );
            return None;
        }
        Some(Table::new(self, String::new(), String::new(), self.shift(0..0), table.into_inner()))
    }

    /// A place in the file by a span that was read from it.
    pub(crate) fn place(&self, span: &Span) -> Place {
        Place::new(self.path.clone(), span.clone())
    }

    pub(crate) fn report(&self, problem: Diagnostic) {
        self.problems.borrow_mut().push(problem);
    }

    /// What is wrong with the text, in the order in which it was found.
    pub(crate) fn into_problems(self) -> Vec<Diagnostic> {
        self.problems.into_inner()
    }

    fn shift(&self, span: Span) -> Span {
        span.start + self.offset..span.end + self.offset
    }
}

/// Widens a span to whole characters that lie inside the text.
fn on_characters(text: &str, span: Span) -> Span {
    let start = text.floor_char_boundary(span.start.min(text.len()));
    start..text.ceil_char_boundary(span.end.clamp(start, text.len()))
}

/// A table of which not every key has been read yet. Ends in [`Table::finish`] or [`Table::into_entries`].
#[derive(Debug)]
#[must_use = "unknown keys are reported by `finish`"]
pub(crate) struct Table<'t> {
    reader: &'t Reader,
    /// How its header is written: `[title]` or `[[ladders]]`. Empty for the table of the whole text.
    header: String,
    /// The header, or the braces of an inline table. Empty for the table of the whole text.
    pub(crate) span: Span,
    /// What nobody has asked for yet, in the order in which it is written.
    entries: Vec<(Spanned<String>, Value<'t>)>,
    /// What has been asked for.
    known: Vec<&'static str>,
    /// What has been asked for and was there.
    found: Vec<&'static str>,
}

impl<'t> Table<'t> {
    fn new(reader: &'t Reader, name: String, header: String, span: Span, table: DeTable<'t>) -> Self {
        let mut entries: Vec<_> = table
            .into_iter()
            .map(|(key, value)| {
                let span = reader.shift(key.span());
                let key = key.into_inner().into_owned();
                let name = if name.is_empty() { key.clone() } else { format!("{name}.{key}") };
                let at = reader.shift(value.span());
                let value = Value { reader, name, is_listed: false, span: at, value: value.into_inner() };
                (Spanned { value: key, span }, value)
            })
            .collect();
        entries.sort_by_key(|(key, _)| key.span.start);
        Self { reader, header, span, entries, known: Vec::new(), found: Vec::new() }
    }

    /// Reports a key that is not there. The help says what to write.
    pub(crate) fn require(&mut self, key: &'static str, help: impl Into<String>) {
        if self.entries.iter().any(|(written, _)| written.value == key) {
            return;
        }
        let place = self.reader.place(&self.span);
        let message = match self.header.as_str() {
            "" => format!("missing key `{key}`"),
            header => format!("missing key `{key}` in `{header}`"),
        };
        self.reader.report(Diagnostic::new(Code::MissingKey, message, place).help(help));
    }

    /// The value of a key, if it is written.
    pub(crate) fn take(&mut self, key: &'static str) -> Option<Value<'t>> {
        self.known.push(key);
        let at = self.entries.iter().position(|(written, _)| written.value == key)?;
        self.found.push(key);
        Some(self.entries.remove(at).1)
    }

    pub(crate) fn string(&mut self, key: &'static str) -> Option<Spanned<String>> {
        self.take(key)?.string()
    }

    pub(crate) fn strings(&mut self, key: &'static str) -> Option<Vec<Spanned<String>>> {
        self.take(key)?.strings()
    }

    pub(crate) fn boolean(&mut self, key: &'static str) -> Option<bool> {
        self.take(key)?.boolean()
    }

    pub(crate) fn count(&mut self, key: &'static str) -> Option<usize> {
        self.take(key)?.count()
    }

    pub(crate) fn table(&mut self, key: &'static str) -> Option<Table<'t>> {
        self.take(key)?.table()
    }

    /// The tables of an array `[[key]]`, none if it is not there. Elements that are no tables are reported and left out.
    pub(crate) fn tables(&mut self, key: &'static str) -> Vec<Table<'t>> {
        self.take(key).and_then(Value::tables).unwrap_or_default()
    }

    /// All keys that have not been read, in the order in which they are written. For tables whose keys are free.
    pub(crate) fn into_entries(self) -> Vec<(Spanned<String>, Value<'t>)> {
        self.entries
    }

    /// Reports every key that nobody has asked for.
    pub(crate) fn finish(self) {
        for (key, value) in &self.entries {
            let message = match self.header.as_str() {
                "" => format!("unknown key `{key}`", key = key.value),
                header => format!("unknown key `{key}` in `{header}`", key = key.value),
            };
            let problem = Diagnostic::new(Code::UnknownKey, message, self.reader.place(&key.span));
            let problem = problem.help(instead_of(&key.value, &self.known));
            self.reader.report(match self.meant(key, value) {
                Some(meant) => problem.fix(Fix::new(self.reader.place(&key.span), meant)),
                None => problem,
            });
        }
    }

    /// The key that is certainly meant by an unknown one: it differs in letter case and hyphens only, and stands nowhere.
    /// A table may have several headers, of which only one is known here.
    fn meant(&self, key: &Spanned<String>, value: &Value<'_>) -> Option<&'static str> {
        let plain = |key: &str| key.to_ascii_lowercase().replace('_', "-");
        let is_value = !matches!(value.value, DeValue::Table(_) | DeValue::Array(_));
        let rivals = self.entries.iter().filter(|(other, _)| plain(&other.value) == plain(&key.value)).count();
        let meant = *self.known.iter().find(|known| **known == plain(&key.value))?;
        (is_value && rivals == 1 && !self.found.contains(&meant)).then_some(meant)
    }
}

/// What to write in place of a word that is not known.
pub(crate) fn instead_of<T: AsRef<str>>(word: &str, known: &[T]) -> String {
    match nearest(word, known.iter().map(AsRef::as_ref)) {
        Some(near) => format!("did you mean `{near}`?"),
        None if known.is_empty() => "remove it".to_owned(),
        None => {
            let known: Vec<_> = known.iter().map(|key| format!("`{}`", key.as_ref())).collect();
            format!("remove it; known here: {known}", known = crate::text::list(&known))
        }
    }
}

/// A value whose type is not known yet. Asking for a type it does not have reports that and gives nothing.
#[derive(Debug)]
pub(crate) struct Value<'t> {
    reader: &'t Reader,
    /// The keys that lead to it, with dots between them.
    name: String,
    /// Whether it is one of the values of a list which has that name.
    is_listed: bool,
    pub(crate) span: Span,
    value: DeValue<'t>,
}

impl<'t> Value<'t> {
    pub(crate) fn string(self) -> Option<Spanned<String>> {
        match self.value {
            DeValue::String(text) => Some(Spanned { value: text.into_owned(), span: self.span }),
            _ => self.mistyped("a string".to_owned(), |name| format!("write `{name} = \"…\"`")),
        }
    }

    /// The strings of an array. Other elements are reported and left out.
    pub(crate) fn strings(self) -> Option<Vec<Spanned<String>>> {
        match self.value {
            DeValue::Array(_) => Some(self.elements().filter_map(Value::string).collect()),
            _ => self.mistyped("a list of strings".to_owned(), |name| format!("write `{name} = [\"…\"]`")),
        }
    }

    pub(crate) fn boolean(self) -> Option<bool> {
        match self.value {
            DeValue::Boolean(value) => Some(value),
            _ => self.mistyped("true or false".to_owned(), |name| format!("write `{name} = true` or `{name} = false`")),
        }
    }

    /// A whole number of one or more.
    pub(crate) fn count(self) -> Option<usize> {
        let count = match &self.value {
            DeValue::Integer(written) => usize::from_str_radix(written.as_str(), written.radix()).ok(),
            _ => None,
        };
        match count.filter(|&count| count > 0) {
            Some(count) => Some(count),
            None => self.mistyped("a number above zero".to_owned(), |name| format!("write `{name} = 240`")),
        }
    }

    /// A date without a time: `2026-11-23`.
    pub(crate) fn date(self) -> Option<Spanned<Date>> {
        let date = match &self.value {
            DeValue::Datetime(written) if written.time.is_none() => written.date.and_then(civil),
            _ => None,
        };
        match date {
            Some(value) => Some(Spanned { value, span: self.span }),
            None => self.mistyped("a date".to_owned(), |name| format!("write `{name} = 2026-11-23`")),
        }
    }

    pub(crate) fn table(self) -> Option<Table<'t>> {
        let header = format!("[{}]", self.name);
        self.table_under(header)
    }

    /// The value as a table, for keys of which it is not known yet whether they mean anything.
    pub(crate) fn into_table(self) -> Option<Table<'t>> {
        if matches!(self.value, DeValue::Table(_)) { self.table() } else { None }
    }

    /// The value as text or as a list of texts.
    pub(crate) fn string_or_strings(self) -> Option<Vec<Spanned<String>>> {
        match self.value {
            DeValue::Array(_) => self.strings(),
            _ => self.string().map(|text| vec![text]),
        }
    }

    /// The value as text, or as a whole number of one or more in digits.
    pub(crate) fn string_or_count(self) -> Option<Spanned<String>> {
        let span = self.span.clone();
        match self.value {
            DeValue::Integer(_) => self.count().map(|count| Spanned { value: count.to_string(), span }),
            _ => self.string(),
        }
    }

    /// Adds every text in the value, however deep, with the keys that lead to it.
    pub(crate) fn texts(self, found: &mut Vec<(String, Spanned<String>)>) {
        match &self.value {
            DeValue::String(text) => {
                found.push((self.name.clone(), Spanned { value: text.to_string(), span: self.span }));
            }
            DeValue::Array(_) => self.elements().for_each(|element| element.texts(found)),
            DeValue::Table(_) => {
                let entries = self.table().into_iter().flat_map(Table::into_entries);
                entries.for_each(|(_, value)| value.texts(found));
            }
            _ => {}
        }
    }

    fn table_under(self, header: String) -> Option<Table<'t>> {
        match self.value {
            DeValue::Table(table) => Some(Table::new(self.reader, self.name, header, self.span, table)),
            _ => self.mistyped("a table".to_owned(), |_| format!("write it below a line `{header}`")),
        }
    }

    /// The tables of an array. Other elements are reported and left out.
    pub(crate) fn tables(self) -> Option<Vec<Table<'t>>> {
        let header = format!("[[{}]]", self.name);
        match self.value {
            DeValue::Array(_) => Some(self.elements().filter_map(|value| value.table_under(header.clone())).collect()),
            _ => self.mistyped("a list of tables".to_owned(), |_| format!("write each below a line `{header}`")),
        }
    }

    /// The value as text or as a table of values, for keys that nest as deep as their author likes.
    pub(crate) fn string_or_table(self) -> Option<Result<Spanned<String>, Table<'t>>> {
        match self.value {
            DeValue::Table(_) => self.table().map(Err),
            _ => self.string().map(Ok),
        }
    }

    fn elements(self) -> impl Iterator<Item = Value<'t>> {
        let DeValue::Array(array) = self.value else { unreachable!("only called for arrays") };
        let (reader, name) = (self.reader, self.name);
        array.into_iter().map(move |element| Value {
            reader,
            name: name.clone(),
            is_listed: true,
            span: reader.shift(element.span()),
            value: element.into_inner(),
        })
    }

    fn mistyped<T>(&self, wanted: String, help: impl Fn(&str) -> String) -> Option<T> {
        let Self { reader, name, .. } = self;
        let found = match &self.value {
            DeValue::String(_) => "a string".to_owned(),
            DeValue::Integer(_) => "an integer".to_owned(),
            DeValue::Float(_) => "a number".to_owned(),
            DeValue::Boolean(_) => "true or false".to_owned(),
            DeValue::Datetime(_) => "a date".to_owned(),
            DeValue::Array(_) => "a list".to_owned(),
            DeValue::Table(_) => "a table".to_owned(),
        };
        let (message, help) = match self.is_listed {
            true => (
                format!("each element of `{name}` has to be {wanted}, not {found}"),
                format!("write {wanted}, or remove it"),
            ),
            false => {
                (format!("`{name}` has to be {wanted}, not {found}"), help(name.rsplit('.').next().unwrap_or(name)))
            }
        };
        reader.report(Diagnostic::new(Code::InvalidValue, message, reader.place(&self.span)).help(help));
        None
    }
}

fn civil(date: toml::value::Date) -> Option<Date> {
    Date::new(date.year.try_into().ok()?, date.month.try_into().ok()?, date.day.try_into().ok()?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_are_those_of_the_file_when_the_toml_begins_inside_it() {
        let file = "+++\ntitle = \"Karten\"\n[about]\nlevels = [\"L5\", 6]\ntilte = \"x\"\n+++\n# Karten\n";
        let reader = Reader::new("de/notes/maps.md", 4);
        let mut table = reader.read(&file[4..file.rfind("+++").unwrap()]).unwrap();
        table.require("base", "");
        let title = table.string("title").unwrap();
        assert_eq!((title.value.as_str(), &file[title.span]), ("Karten", "\"Karten\""));
        let mut about = table.table("about").unwrap();
        assert_eq!(&file[about.span.clone()], "[about]");
        assert_eq!(about.strings("levels").map(|levels| levels.len()), Some(1));
        about.finish();
        table.finish();
        let problems = reader.into_problems();
        let places: Vec<_> = problems.iter().map(|problem| &file[problem.label.place.span()]).collect();
        assert_eq!(places, ["", "6", "tilte"]);
        assert_eq!(problems[0].label.place.span(), 4..4);
    }

    #[test]
    fn entries_come_in_the_order_in_which_they_are_written() {
        let reader = Reader::new("site.toml", 0);
        let table = reader.read("b = 1\na = 2\nc.d = 3\n\"a.b\" = 4\n").unwrap();
        let keys: Vec<_> = table.into_entries().into_iter().map(|(key, _)| key.value).collect();
        assert_eq!(keys, ["b", "a", "c", "a.b"]);
    }
}
