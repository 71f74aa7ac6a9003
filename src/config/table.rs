//! TOML read by serde, so that a key is written once, in the type that it is read into, and one run finds every fault.
//!
//! A [`TomlReader`] stands for one TOML text and reports what is wrong with it. Whatever a type does not allow is
//! reported with its
//! place and then passed over, until the type can be read from what is left: a key that is wrong or missing is None.

use std::borrow::Cow;
use std::cell::{Cell, RefCell};
use std::fmt;
use std::marker::PhantomData;

use camino::Utf8PathBuf;
use jiff::civil::Date;
use serde::de::value::{MapDeserializer, SeqDeserializer};
use serde::de::{
    DeserializeOwned, DeserializeSeed, Error, IgnoredAny, IntoDeserializer, MapAccess, SeqAccess, Visitor,
};
use serde::{Deserialize, Deserializer};
use toml::de::{DeTable, DeValue};

use crate::diagnostic::{Code, Diagnostic, Fix, Place, Problems, Span, character};
use crate::text::{SpannedChar, either, escapes, forbidden_among, forbidden_in, list, nearest, printable, slice};

/// A value with the bytes of the file at which it stands.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(from = "Placed<T>")]
pub(crate) struct Spanned<T> {
    pub(crate) value: T,
    pub(crate) span: Span,
}

/// The form in which a [`Value`] gives itself and its span to serde.
#[derive(Deserialize)]
struct Placed<T>(T, usize, usize);

impl<T> From<Placed<T>> for Spanned<T> {
    fn from(Placed(value, start, end): Placed<T>) -> Self {
        Self { value, span: start..end }
    }
}

/// A table whose keys are free, in the order in which it is written. A value that is wrong is None.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Entries<T>(pub Vec<(Spanned<String>, Option<T>)>);

impl<T> Default for Entries<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<T> Entries<T> {
    /// The entries whose values are right.
    pub(crate) fn right(self) -> impl Iterator<Item = (Spanned<String>, T)> {
        self.0.into_iter().filter_map(|(key, value)| Some((key, value?)))
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Entries<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Every<T>(PhantomData<T>);
        impl<'de, T: Deserialize<'de>> Visitor<'de> for Every<T> {
            type Value = Entries<T>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a table")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Entries<T>, A::Error> {
                std::iter::from_fn(|| map.next_entry().transpose()).collect::<Result<_, _>>().map(Entries)
            }
        }
        deserializer.deserialize_map(Every(PhantomData))
    }
}

/// A date without a time: `2026-11-23`.
#[derive(Debug, Clone, Copy, Deserialize)]
pub(crate) struct Day(pub Date);

/// What to write for a key that has to be there, or in place of one that no longer is, by the name of the type and the
/// key. None for all others.
type ToWrite<'t> = dyn Fn(&str, &str) -> Option<&'static str> + 't;

/// One TOML text, which may be a part of a file, and where what is wrong with it is reported.
pub(crate) struct TomlReader<'t> {
    path: Utf8PathBuf,
    offset: usize,
    /// The table of all keys. None if the text is not TOML, which has been reported.
    table: Option<DeValue<'t>>,
    to_write: Box<ToWrite<'t>>,
    problems: &'t Problems,
    /// The values that are wrong, by the keys that lead to them and their places.
    wrong: RefCell<Vec<(String, Span)>>,
    /// The keys of the type that [`Value::split`] reads.
    known: Cell<&'static [&'static str]>,
}

impl<'t> TomlReader<'t> {
    /// A reader of the TOML that begins at byte `offset` of a file: not zero for front matter. All spans are those of
    /// the file.
    ///
    /// Of several faults of syntax only the first is reported, since one unclosed bracket makes many.
    pub(crate) fn new(path: impl Into<Utf8PathBuf>, offset: usize, text: &'t str, problems: &'t Problems) -> Self {
        let path: Utf8PathBuf = path.into();
        let (table, mut faults) = DeTable::parse_recoverable(text);
        let is_read = faults.is_empty();
        let mut table = DeValue::Table(table.into_inner());
        let mut found = forbidden_in(text);
        let is_one_there = !found.is_empty();
        // Those of a front matter are told with the rest of its file.
        found.retain(|_| offset == 0);
        take_out(&mut table, text, &mut found);
        let forbidden = character::forbidden(&path, offset, text, found);
        if is_one_there && (offset > 0 || !forbidden.is_empty()) {
            // Most of them are no TOML either, which is told once.
            faults.clear();
        }
        problems.extend(forbidden);
        let reader = Self {
            path,
            offset,
            table: is_read.then_some(table),
            to_write: Box::new(|_, _| None),
            problems,
            wrong: RefCell::default(),
            known: Cell::default(),
        };
        let span_of = |fault: &toml::de::Error| fault.span().unwrap_or(0..text.len());
        if let Some(fault) = faults.iter().min_by_key(|fault| span_of(fault).start) {
            let place = reader.place(&reader.shift(on_characters(text, span_of(fault))));
            let message = format!("invalid TOML: {fault}", fault = fault.message().replace('\n', ", "));
            let help = "put texts in quotes, use each key only once, and close what you open";
            reader.report(place.problem(Code::TomlSyntax, message).help(help));
        }
        reader
    }

    /// Says which keys have to be there: those for which there is something to write. For keys that a type does not have
    /// it says what to write in their place.
    pub(crate) fn requiring(mut self, to_write: impl Fn(&str, &str) -> Option<&'static str> + 't) -> Self {
        self.to_write = Box::new(to_write);
        self
    }

    /// The table of all keys. None if the text is not TOML.
    pub(crate) fn whole(&self) -> Option<Value<'_>> {
        let span = self.shift(0..0);
        let value = Cow::Borrowed(self.table.as_ref()?);
        Some(Value { reader: self, name: String::new(), role: Role::Value, span, value })
    }

    /// Reads all of the text.
    pub(crate) fn read<T: DeserializeOwned>(&self) -> Option<T> {
        self.whole()?.read()
    }

    /// A place in the file by a span that was read from it.
    pub(crate) fn place(&self, span: &Span) -> Place {
        Place::new(self.path.clone(), span.clone())
    }

    pub(crate) fn report(&self, problem: Diagnostic) {
        self.problems.report(problem);
    }

    fn shift(&self, span: Span) -> Span {
        span.start + self.offset..span.end + self.offset
    }
}

/// Takes out of the texts of a value what no page may hold, and adds what backslashes wrote of it.
fn take_out(value: &mut DeValue<'_>, text: &str, found: &mut Vec<SpannedChar>) {
    let mut take = |value: &mut toml::Spanned<DeValue<'_>>| {
        let span = value.span();
        if let DeValue::String(read) = value.get_mut() {
            if let Cow::Owned(printable) = printable(read) {
                let written = escapes(slice(text, span.clone())).into_iter();
                let written = written.map(|(at, c)| (at.start + span.start..at.end + span.start, c));
                found.extend(forbidden_among(written));
                *read = Cow::Owned(printable);
            }
        } else {
            take_out(value.get_mut(), text, found);
        }
    };
    match value {
        DeValue::Table(table) => table.iter_mut().for_each(|(_, value)| take(value)),
        DeValue::Array(list) => list.iter_mut().for_each(take),
        _ => {}
    }
}

/// Widens a span to whole characters that lie inside the text.
fn on_characters(text: &str, span: Span) -> Span {
    let start = text.floor_char_boundary(span.start.min(text.len()));
    start..text.ceil_char_boundary(span.end.clamp(start, text.len()))
}

/// Returns advice for an unknown word.
pub(crate) fn instead_of<T: AsRef<str>>(word: &str, known: &[T]) -> String {
    match nearest(word, known.iter().map(AsRef::as_ref)) {
        Some(near) => format!("did you mean `{near}`?"),
        None if known.is_empty() => "remove it".to_owned(),
        None => {
            let known: Vec<_> = known.iter().map(|key| format!("`{}`", key.as_ref())).collect();
            format!("remove it; known here: {known}", known = list(&known))
        }
    }
}

/// A value whose type is not known yet. Reading a type that it does not have reports that and gives nothing.
#[derive(Clone)]
pub(crate) struct Value<'t> {
    reader: &'t TomlReader<'t>,
    /// The keys that lead to it, with dots between them.
    name: String,
    role: Role,
    /// A table's header, or its braces. Empty for the table of the whole text.
    pub(crate) span: Span,
    value: Cow<'t, DeValue<'t>>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Role {
    Value,
    /// One of the values of a list, which has its name.
    Element,
    /// It stands where a list has to stand. What it is asked for is what the list has to hold.
    NoList,
    /// A table whose other keys are read apart.
    Split,
    /// It was found to be wrong.
    Wrong,
}

/// The keys that one type has, and the others.
pub(crate) struct Split<'t, T> {
    pub(crate) read: Option<T>,
    pub(crate) known: &'static [&'static str],
    pub(crate) others: Vec<(Spanned<String>, Value<'t>)>,
}

impl<'t> Value<'t> {
    /// Reads the value as a type, without all that is wrong in it. None if it is wrong itself.
    pub(crate) fn read<T: DeserializeOwned>(&self) -> Option<T> {
        loop {
            let found = self.reader.wrong.borrow().len();
            match T::deserialize(self.clone()) {
                Ok(read) => return Some(read),
                Err(DeserializeError(Some(message))) => {
                    self.wrong(message, "write it as the guide shows it");
                    return None;
                }
                Err(_) if self.is_wrong() || self.reader.wrong.borrow().len() == found => return None,
                Err(_) => {}
            }
        }
    }

    /// Reads the keys that a type has, and returns the others as they are. Nobody judges these yet.
    pub(crate) fn split<T: DeserializeOwned>(&self) -> Split<'t, T> {
        let read = Self { role: Role::Split, ..self.clone() }.read();
        let known = self.reader.known.take();
        let others = if read.is_some() { self.entries() } else { Vec::new() };
        let others = others.into_iter().filter(|(key, _)| !known.contains(&key.value.as_str())).collect();
        Split { read, known, others }
    }

    /// The keys of a table with their values, in the order in which they are written. Anything else is reported.
    pub(crate) fn entries(&self) -> Vec<(Spanned<String>, Value<'t>)> {
        self.table().unwrap_or_default()
    }

    /// The tables of a list. Anything else is reported and left out.
    pub(crate) fn tables(&self) -> Vec<Value<'t>> {
        self.read::<Vec<IgnoredAny>>();
        self.elements().into_iter().filter_map(Self::if_table).collect()
    }

    pub(crate) fn get(&self, key: &str) -> Option<Value<'t>> {
        Some(self.entries().into_iter().find(|(written, _)| written.value == key)?.1)
    }

    pub(crate) fn is_list(&self) -> bool {
        matches!(*self.value, DeValue::Array(_))
    }

    /// The value, if it is a table. Nobody is told if it is not.
    pub(crate) fn if_table(self) -> Option<Self> {
        matches!(*self.value, DeValue::Table(_)).then_some(self)
    }

    /// Reports every key of a table that is none of those that are known.
    pub(crate) fn only(&self, known: &[&'static str]) {
        self.only_of("", known);
    }

    /// The same for the keys of a type, which says what to write in place of some others.
    fn only_of(&self, table: &str, known: &[&'static str]) {
        let entries = self.entries();
        for (key, value) in entries.iter().filter(|(key, _)| !known.contains(&key.value.as_str())) {
            let message = format!("unknown key `{key}`{inside}", key = key.value, inside = self.inside());
            let place = self.reader.place(&key.span);
            let problem = place.problem(Code::UnknownKey, message);
            let instead = (self.reader.to_write)(table, &key.value).map(str::to_owned);
            let problem = problem.help(instead.unwrap_or_else(|| instead_of(&key.value, known)));
            self.reader.report(match meant(key, value, &entries, known) {
                Some(meant) => problem.fix(Fix::new(place, meant)),
                None => problem,
            });
        }
    }

    /// Adds every text in the value, however deep, with the keys that lead to it.
    pub(crate) fn texts(&self, found: &mut Vec<(String, Spanned<String>)>) {
        match &*self.value {
            DeValue::String(text) => {
                found.push((self.name.clone(), Spanned { value: text.to_string(), span: self.span.clone() }));
            }
            DeValue::Array(_) => self.elements().iter().for_each(|element| element.texts(found)),
            DeValue::Table(_) => self.entries().iter().for_each(|(_, value)| value.texts(found)),
            _ => {}
        }
    }

    fn table(&self) -> Result<Vec<(Spanned<String>, Value<'t>)>, DeserializeError> {
        let table = match &self.value {
            Cow::Borrowed(DeValue::Table(table)) => Some(table),
            _ => None,
        };
        let entries = self.typed(ValueKind::Table, table)?.iter().map(|(key, value)| {
            let name = match self.name.as_str() {
                "" => key.get_ref().to_string(),
                name => format!("{name}.{key}", key = key.get_ref()),
            };
            let key = Spanned { value: key.get_ref().to_string(), span: self.reader.shift(key.span()) };
            (key, self.part(name, Role::Value, value))
        });
        let mut entries: Vec<_> = entries.collect();
        entries.sort_by_key(|(key, _)| key.span.start);
        Ok(entries)
    }

    fn elements(&self) -> Vec<Value<'t>> {
        let Cow::Borrowed(DeValue::Array(array)) = &self.value else { return Vec::new() };
        array.iter().map(|element| self.part(self.name.clone(), Role::Element, element)).collect()
    }

    /// A value that stands in this one.
    fn part(&self, name: String, role: Role, value: &'t toml::Spanned<DeValue<'t>>) -> Self {
        let span = self.reader.shift(value.span());
        Self { reader: self.reader, name, role, span, value: Cow::Borrowed(value.get_ref()) }
    }

    fn is_wrong(&self) -> bool {
        self.reader.wrong.borrow().iter().any(|(name, span)| *name == self.name && *span == self.span)
    }

    /// Returns the name of the table as it follows a key in messages: ` in [title]`, ` in [[ladders]]`. Empty for the
    /// whole text.
    fn inside(&self) -> String {
        match (self.name.as_str(), self.role) {
            ("", _) => String::new(),
            (name, Role::Element) => format!(" in `[[{name}]]`"),
            (name, _) => format!(" in `[{name}]`"),
        }
    }

    /// Reports keys that are not there.
    fn require(&self, table: &str, fields: &[&str], entries: &[(Spanned<String>, Value<'_>)]) {
        for key in fields.iter().filter(|key| entries.iter().all(|(written, _)| written.value != **key)) {
            if let Some(help) = (self.reader.to_write)(table, key) {
                let message = format!("missing key `{key}`{inside}", inside = self.inside());
                let problem = self.reader.place(&self.span).problem(Code::MissingKey, message);
                self.reader.report(problem.help(help));
            }
        }
    }

    /// Reports the value, which is passed over from now on.
    fn wrong(&self, message: String, help: impl Into<String>) -> DeserializeError {
        self.reader.wrong.borrow_mut().push((self.name.clone(), self.span.clone()));
        self.reader.report(self.reader.place(&self.span).problem(Code::InvalidValue, message).help(help));
        DeserializeError(None)
    }

    /// Returns the value if it was found, else reports that its type is not `wanted`.
    fn typed<T>(&self, wanted: ValueKind, found: Option<T>) -> Result<T, DeserializeError> {
        found.filter(|_| self.role != Role::NoList).ok_or_else(|| self.mistyped(wanted))
    }

    fn mistyped(&self, wanted: ValueKind) -> DeserializeError {
        let name = &self.name;
        let key = name.rsplit('.').next().unwrap_or(name);
        let (one, list, help) = match wanted {
            ValueKind::Text => ("a string", "strings", format!("write `{key} = \"…\"`")),
            ValueKind::Switch => ("true or false", "switches", format!("write `{key} = true` or `{key} = false`")),
            ValueKind::Count => ("a number above zero", "numbers", format!("write `{key} = 240`")),
            ValueKind::Date => ("a date", "dates", format!("write `{key} = 2026-11-23`")),
            ValueKind::Table => ("a table", "tables", format!("write it below a line `[{name}]`")),
        };
        let found = match *self.value {
            DeValue::String(_) => "a string",
            DeValue::Integer(_) => "an integer",
            DeValue::Float(_) => "a number",
            DeValue::Boolean(_) => "true or false",
            DeValue::Datetime(_) => "a date",
            DeValue::Array(_) => "a list",
            DeValue::Table(_) => "a table",
        };
        match self.role {
            Role::Element => self.wrong(
                format!("each element of `{name}` has to be {one}, not {found}"),
                format!("write {one}, or remove it"),
            ),
            Role::NoList => self.wrong(
                format!("`{name}` has to be a list of {list}, not {found}"),
                match wanted {
                    ValueKind::Table => format!("write each below a line `[[{name}]]`"),
                    _ => format!("write `{key} = [\"…\"]`"),
                },
            ),
            _ => self.wrong(format!("`{name}` has to be {one}, not {found}"), help),
        }
    }
}

/// The key that is certainly meant by an unknown one: it differs in letter case and hyphens only, and stands nowhere. A
/// table may have several headers, of which only one is known here.
fn meant(
    key: &Spanned<String>,
    value: &Value<'_>,
    entries: &[(Spanned<String>, Value<'_>)],
    known: &[&'static str],
) -> Option<&'static str> {
    let plain = |key: &str| key.to_ascii_lowercase().replace('_', "-");
    let is_value = !matches!(*value.value, DeValue::Table(_) | DeValue::Array(_));
    let rivals = entries.iter().filter(|(other, _)| plain(&other.value) == plain(&key.value)).count();
    let meant = *known.iter().find(|known| **known == plain(&key.value))?;
    // One that is written itself is a rival.
    (is_value && rivals == 1).then_some(meant)
}

/// The expected type of a value.
#[derive(Clone, Copy)]
enum ValueKind {
    Text,
    Switch,
    /// A whole number of one or more.
    Count,
    Date,
    Table,
}

/// Something that prevents a type from being read. It has been reported, unless it has a message.
#[derive(Debug, thiserror::Error)]
#[error("a value is wrong")]
pub(crate) struct DeserializeError(Option<String>);

impl Error for DeserializeError {
    fn custom<T: fmt::Display>(message: T) -> Self {
        Self(Some(message.to_string()))
    }
}

impl<'de> IntoDeserializer<'de, DeserializeError> for Value<'_> {
    type Deserializer = Self;

    fn into_deserializer(self) -> Self {
        self
    }
}

impl<'de> Deserializer<'de> for Value<'_> {
    type Error = DeserializeError;

    /// For what may be several things.
    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, DeserializeError> {
        match *self.value {
            DeValue::Integer(_) => self.deserialize_u64(visitor),
            DeValue::Array(_) => self.deserialize_seq(visitor),
            _ => self.deserialize_string(visitor),
        }
    }

    fn deserialize_string<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, DeserializeError> {
        visitor.visit_string(self.typed(ValueKind::Text, self.value.as_str().map(str::to_owned))?)
    }

    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, DeserializeError> {
        visitor.visit_bool(self.typed(ValueKind::Switch, self.value.as_bool())?)
    }

    fn deserialize_u64<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, DeserializeError> {
        let number = self.value.as_integer();
        let number = number.and_then(|written| u64::from_str_radix(written.as_str(), written.radix()).ok());
        visitor.visit_u64(self.typed(ValueKind::Count, number.filter(|&number| number > 0))?)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        words: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, DeserializeError> {
        // Among words, `true` and `false` are written without quotes.
        let is_switch = |word: &str| word.parse::<bool>().is_ok();
        let found = match *self.value {
            DeValue::Boolean(on) => words.iter().copied().find(|word| word.parse() == Ok(on)),
            _ => self.value.as_str().filter(|word| words.contains(word) && !is_switch(word)),
        };
        if let Some(word) = found {
            return visitor.visit_enum(word.into_deserializer());
        }
        let written = |word: &&str| if is_switch(word) { (*word).to_owned() } else { format!("\"{word}\"") };
        let one_of = |before: &str| {
            let all: Vec<_> = words.iter().map(|word| format!("`{before}{word}`", word = written(word))).collect();
            let (last, others) = all.split_last().expect("a word that has to be one of some has some");
            either([list(others), last.clone()].iter().filter(|part| !part.is_empty()))
        };
        let key = self.name.rsplit('.').next().unwrap_or(&self.name);
        let near = self.value.as_str().and_then(|word| nearest(word, words.iter().copied()));
        let help = match near {
            Some(near) => format!("did you mean `{key} = {near}`?", near = written(&near)),
            None => format!("write {known}", known = one_of(&format!("{key} = "))),
        };
        Err(self.wrong(format!("`{name}` has to be {known}", name = self.name, known = one_of("")), help))
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, DeserializeError> {
        if self.role == Role::Wrong { visitor.visit_none() } else { visitor.visit_some(self) }
    }

    /// A [`Day`].
    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, DeserializeError> {
        let written = self.value.as_datetime().filter(|written| written.time.is_none());
        let date = self.typed(ValueKind::Date, written.and_then(|written| written.date))?;
        visitor.visit_newtype_struct(date.to_string().into_deserializer())
    }

    /// A [`Spanned`].
    fn deserialize_tuple_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: usize,
        visitor: V,
    ) -> Result<V::Value, DeserializeError> {
        let numbers = [self.span.start, self.span.end].into_iter();
        visitor.visit_seq(WithSpan { value: Some(self), numbers })
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, DeserializeError> {
        let elements = match *self.value {
            DeValue::Array(_) => self.elements(),
            _ => vec![Self { role: Role::NoList, ..self }],
        };
        visitor.visit_seq(SeqDeserializer::new(elements.into_iter().filter(|element| !element.is_wrong())))
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, DeserializeError> {
        let entries = self.table()?.into_iter().map(|(key, value)| {
            let name = Cow::Owned(DeValue::String(key.value.into()));
            let key =
                Value { reader: self.reader, name: String::new(), role: Role::Value, span: key.span, value: name };
            let role = if value.is_wrong() { Role::Wrong } else { Role::Value };
            (key, Value { role, ..value })
        });
        visitor.visit_map(MapDeserializer::new(entries))
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, DeserializeError> {
        let entries = self.table()?;
        self.require(name, fields, &entries);
        let written = |field: &&'static str| {
            let (_, value) = entries.iter().find(|(key, _)| key.value == **field)?;
            (!value.is_wrong()).then(|| (*field, value.clone()))
        };
        let read = visitor.visit_map(MapDeserializer::new(fields.iter().filter_map(written)))?;
        match self.role {
            Role::Split => self.reader.known.set(fields),
            _ => self.only_of(name, fields),
        }
        Ok(read)
    }

    /// For tables that are read apart.
    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, DeserializeError> {
        self.table()?;
        visitor.visit_unit()
    }

    /// For what is read apart and may be several things.
    fn deserialize_unit<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, DeserializeError> {
        visitor.visit_unit()
    }

    serde::forward_to_deserialize_any! {
        i8 i16 i32 i64 u8 u16 u32 f32 f64 char str bytes byte_buf unit_struct tuple identifier
    }
}

/// A value and then the two numbers of its span.
struct WithSpan<'t> {
    value: Option<Value<'t>>,
    numbers: std::array::IntoIter<usize, 2>,
}

impl<'de> SeqAccess<'de> for WithSpan<'_> {
    type Error = DeserializeError;

    fn next_element_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<Option<S::Value>, DeserializeError> {
        match self.value.take() {
            Some(value) => seed.deserialize(value).map(Some),
            None => self.numbers.next().map(|number| seed.deserialize(number.into_deserializer())).transpose(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_are_those_of_the_file_when_the_toml_begins_inside_it() {
        #[derive(Deserialize)]
        struct ValueHead {
            title: Option<Spanned<String>>,
            base: Option<bool>,
            about: Option<Spanned<About>>,
        }
        #[derive(Deserialize)]
        struct About {
            levels: Option<Vec<Spanned<String>>>,
        }
        let file = "+++\ntitle = \"Karten\"\n[about]\nlevels = [\"L5\", 6]\ntilte = \"x\"\n+++\n# Karten\n";
        let problems = Problems::default();
        let reader = TomlReader::new("de/notes/maps.md", 4, &file[4..file.rfind("+++").unwrap()], &problems);
        let reader = reader.requiring(|table, key| ((table, key) == ("ValueHead", "base")).then_some("write it"));
        let ValueHead { title, base, about } = reader.read().unwrap();
        let title = title.unwrap();
        assert_eq!((title.value.as_str(), &file[title.span], base), ("Karten", "\"Karten\"", None));
        let about = about.unwrap();
        assert_eq!((&file[about.span], about.value.levels.unwrap().len()), ("[about]", 1));
        drop(reader);
        let problems = problems.into_sorted();
        let places: Vec<_> = problems.iter().map(|problem| &file[problem.label.place.span()]).collect();
        assert_eq!(places, ["", "6", "tilte"]);
        assert_eq!(problems[0].label.place.span(), 4..4);
    }

    #[test]
    fn entries_come_in_the_order_in_which_they_are_written_and_keep_the_keys_of_wrong_values() {
        let problems = Problems::default();
        let reader = TomlReader::new("site.toml", 0, "b = 1\na = true\nc.d = 3\n\"a.b\" = 4\n", &problems);
        let Entries(entries) = reader.read::<Entries<usize>>().unwrap();
        let entries: Vec<_> = entries.iter().map(|(key, value)| (key.value.as_str(), *value)).collect();
        assert_eq!(entries, [("b", Some(1)), ("a", None), ("c", None), ("a.b", Some(4))]);
        drop(reader);
        assert_eq!(problems.into_sorted().len(), 2);
    }
}
