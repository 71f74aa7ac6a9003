//! `rungs refs` on statements beside ids, in every form in which people set them down.

use std::collections::BTreeMap;

use proptest::prelude::*;
use proptest::sample::select;
use serde_json::Value;

use crate::place::Place;

/// Ids with what is said to be their statements.
type Said = [(String, String)];

fn each(said: &Said, between: &str, form: impl Fn(&str, &str) -> String) -> String {
    said.iter().map(|(id, statement)| form(id, statement)).collect::<Vec<_>>().join(between) + "\n"
}

/// Forms in which a person sets down ids and statements.
const FORMS: [fn(&Said) -> String; 18] = [
    |said| each(said, "\n", |id, statement| format!("- {id}: {statement}")),
    |said| each(said, "\n", |id, statement| format!("- {id} {statement}")),
    |said| each(said, "\n", |id, statement| format!("- {statement} ({id})")),
    |said| each(said, "\n", |id, statement| format!("- “{statement}” — {id}")),
    |said| each(said, "; ", |id, statement| format!("{id}: {statement}")),
    |said| each(said, ", ", |id, statement| format!("“{statement}” ({id})")),
    |said| each(said, " ", |id, statement| format!("She meets {id}, “{statement}”, well.")),
    |said| each(said, "\n", |id, statement| format!("| {id} | {statement} | She did it |")),
    |said| each(said, "\n", |id, statement| format!("| {statement} | {id} |")),
    |said| each(said, " | ", |id, statement| format!("| {id} | {statement}")),
    |said| each(said, "\n", |id, statement| format!("| {id}: {statement} | met |")),
    |said| each(said, "\n\n", |id, statement| format!("### {id}\n\n{statement}\n\nShe did.")),
    |said| each(said, "\n\n", |id, statement| format!("### {id}\n\n> {statement}\n\nShe did.")),
    |said| each(said, "\n\n", |id, statement| format!("> {statement}\n\n— {id}")),
    |said| each(said, "\n", |id, statement| format!("{id}\n{statement}")),
    |said| each(said, "<br>\n", |id, statement| format!("{id} {statement}")),
    |said| {
        each(said, "\n", |id, statement| {
            format!("- [{id}](https://workshop.example/c/{id}/) {statement}").replace("c/WK", "c/wk")
        })
    },
    |said| each(said, "\n", |id, statement| format!("- {id}: {statement} In May she did so. “{statement}”")),
];

/// The statements of the last edition in a language, by their ids.
fn statements(place: &Place, tag: &str) -> BTreeMap<String, String> {
    fn collect(value: &Value, tag: &str, found: &mut BTreeMap<String, String>) {
        if let (Some(id), Some(statement)) = (value["id"].as_str(), value["statement"][tag].as_str()) {
            found.insert(id.to_owned(), statement.to_owned());
        }
        let inner = value.as_object().into_iter().flat_map(|object| object.values());
        inner.chain(value.as_array().into_iter().flatten()).for_each(|value| collect(value, tag, found));
    }
    let mut found = BTreeMap::new();
    let edition = place.text("content/editions/2026.1.json");
    collect(&serde_json::from_str(&edition).unwrap(), tag, &mut found);
    found
}

/// What somebody did, in a person's own words that are much like a statement.
fn told(statement: &str) -> String {
    match statement.split_once(' ') {
        Some((verb, rest)) => format!("{}ed {rest}", verb.trim_end_matches('s')),
        None => format!("她曾{statement}"),
    }
}

properties! {
    24 cases,

    #[test]
    fn statements_are_told_beside_the_wrong_ids_in_every_form_and_never_beside_their_own(
        form in select(&FORMS[..]),
        tag in select(&["en", "zh-TW"][..]),
        picked in Just(vec!["WK-001", "WK-002", "WK-005", "WK-006", "WK-007", "WK-009", "WK-010", "WK-011", "WK-012"]).prop_shuffle(),
    ) {
        let place = Place::of_fixture("past");
        let statements = statements(&place, tag);
        let picked = &picked[..4];
        let said = |of: &dyn Fn(usize) -> String| {
            picked.iter().enumerate().map(|(at, id)| ((*id).to_owned(), of(at))).collect::<Vec<_>>()
        };
        let own = said(&|at| statements[picked[at]].clone());
        let others = said(&|at| statements[picked[(at + 1) % picked.len()]].clone());
        let past = said(&|at| told(&statements[picked[at]]));
        let run = |said: &Said| {
            let text = form(said);
            let run = place.run_on("refs - --format json", &text);
            (run.stdout.matches("misquoted-statement").count(), format!("{text}\n{}", run.shown()))
        };
        let (told, shown) = run(&own);
        prop_assert_eq!(told, 0, "{}", shown);
        let (told, shown) = run(&others);
        prop_assert_eq!(told, picked.len(), "{}", shown);
        let (told, shown) = run(&past);
        prop_assert_eq!(told, 0, "{}", shown);
    }
}
