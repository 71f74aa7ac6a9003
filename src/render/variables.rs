//! The variables of templates: what each is called, what it holds, and an example from the site.
//!
//! Nothing lists them but the views themselves. A site is rendered, and each view is recorded on its way to its template.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Mutex, PoisonError};

use serde::Serialize;
use tera::Value;

use crate::text::shortened;

/// The length of an example, in characters.
const EXAMPLE: usize = 48;

/// Records what templates are rendered with.
#[derive(Debug, Default)]
pub(crate) struct Recorder(Mutex<BTreeMap<String, Shape>>);

/// What a value was, wherever it was met.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Shape {
    kinds: BTreeSet<&'static str>,
    /// The file in which a value was met that is something, and the value. Of all files it is the first.
    example: Option<(String, String)>,
    fields: BTreeMap<String, Shape>,
    /// What the items of a list are.
    item: Option<Box<Shape>>,
}

/// A variable, by the path that leads to it: `groups[].category.title.text`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Variable {
    pub path: String,
    /// What it holds: `text`, `number or none`.
    pub(crate) kind: String,
    /// A value that it has. Empty if it never holds anything.
    pub(crate) example: String,
}

impl Recorder {
    /// Records what a file is rendered with.
    pub(super) fn record(&self, template: &str, path: &str, view: &impl Serialize) {
        let value = Value::from_serializable(view);
        let mut shapes = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        shapes.entry(template.to_owned()).or_default().meet(path, &value);
    }

    /// Returns the shapes by template.
    pub(super) fn into_shapes(self) -> BTreeMap<String, Shape> {
        self.0.into_inner().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Shape {
    fn meet(&mut self, path: &str, value: &Value) {
        if let Some(fields) = value.as_map() {
            for (name, value) in fields.iter() {
                self.fields.entry(name.to_string()).or_default().meet(path, value);
            }
            self.kinds.insert("fields");
            return;
        }
        if let Some(items) = value.as_array() {
            let item = self.item.get_or_insert_default();
            items.iter().for_each(|value| item.meet(path, value));
            self.kinds.insert("list");
            return;
        }
        let kind = match value.as_str() {
            Some(_) if value.is_safe() => "HTML",
            Some(_) => "text",
            None if value.is_bool() => "true or false",
            None if value.is_number() => "number",
            None => "none",
        };
        self.kinds.insert(kind);
        let text = value.to_string();
        let is_first = self.example.as_ref().is_none_or(|(first, _)| path < first.as_str());
        if kind != "none" && !text.is_empty() && is_first {
            self.example = Some((path.to_owned(), text));
        }
    }

    /// Returns what two templates have in common.
    pub(crate) fn common(&self, other: &Self) -> Self {
        let fields = self.fields.iter().filter(|(name, _)| other.fields.contains_key(*name));
        Self { fields: fields.map(|(name, shape)| (name.clone(), shape.clone())).collect(), ..self.clone() }
    }

    /// Returns the variables of a template, by path.
    pub fn variables(&self) -> Vec<Variable> {
        let mut variables = Vec::new();
        self.list("", &mut variables);
        variables
    }

    fn list(&self, path: &str, variables: &mut Vec<Variable>) {
        let holds: Vec<_> = self.kinds.iter().copied().collect();
        // What is always there with something in it is shown by that.
        let is_opened = match &self.item {
            Some(item) => **item != Self::default(),
            None => !self.fields.is_empty(),
        };
        let is_told_by_parts = is_opened && holds.len() == 1;
        if !path.is_empty() && !is_told_by_parts {
            let example = self.example.as_ref().map_or("", |(_, text)| text);
            let example = example.split_whitespace().collect::<Vec<_>>().join(" ");
            let (path, kind) = (path.to_owned(), holds.join(" or "));
            variables.push(Variable { path, kind, example: shortened(&example, EXAMPLE) });
        }
        for (name, field) in &self.fields {
            field.list(&if path.is_empty() { name.clone() } else { format!("{path}.{name}") }, variables);
        }
        if let Some(item) = self.item.as_ref().filter(|_| is_opened) {
            item.list(&format!("{path}[]"), variables);
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn variables_are_listed_with_all_that_they_hold_and_the_example_of_the_first_file() {
        let recorder = Recorder::default();
        recorder.record("level.html", "b/", &json!({ "title": "B", "next": "c", "rows": [{ "id": 1 }], "none": [] }));
        recorder.record("level.html", "a/", &json!({ "title": "A", "next": null, "rows": [], "none": [] }));
        let shapes = recorder.into_shapes();
        let lines: Vec<_> = shapes["level.html"].variables().into_iter().map(|v| [v.path, v.kind, v.example]).collect();
        assert_eq!(
            lines,
            [["next", "none or text", "c"], ["none", "list", ""], ["rows[].id", "number", "1"], ["title", "text", "A"],]
        );
    }
}
