//! Problems as a SARIF 2.1.0 log, which code scanning services read.

use camino::Utf8Path;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::{Value, json};

use super::lines::{Texts, labels, shown_path};
use crate::diagnostic::{Code, Diagnostic, Fix, Label, Place, in_plain_text};
use crate::source::Sources;
use crate::text::Edit;

/// Characters that a path in an address keeps as they are.
const IN_PATHS: &AsciiSet = &NON_ALPHANUMERIC.remove(b'/').remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// Writes one log with one run, whose rules are the codes that are reported.
///
/// Lines and columns begin at one, columns count characters, and ends lie behind the last one. `folder` is the content
/// folder relative to the root of the repository, since services take relative addresses to be that.
pub(crate) fn render(problems: &[Diagnostic], sources: &Sources, folder: &str) -> String {
    let log = Log { texts: Texts::of(problems, sources), folder };
    let codes: Vec<Code> =
        Code::ALL.iter().copied().filter(|code| problems.iter().any(|problem| problem.code == *code)).collect();
    let results: Vec<_> = problems.iter().map(|problem| log.result(problem, &codes)).collect();
    let written = json!({
        "$schema": "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": "rungs",
                "semanticVersion": env!("CARGO_PKG_VERSION"),
                "rules": codes.iter().copied().map(rule).collect::<Vec<_>>(),
            } },
            "columnKind": "unicodeCodePoints",
            "results": results,
        }],
    });
    format!("{written:#}\n")
}

fn rule(code: Code) -> Value {
    json!({
        "id": code.name(),
        "shortDescription": { "text": code.summary().trim() },
        "help": { "text": in_plain_text(code.explanation()), "markdown": code.explanation() },
        "defaultConfiguration": { "level": code.severity().name() },
    })
}

struct Log<'a> {
    texts: Texts<'a>,
    folder: &'a str,
}

impl Log<'_> {
    fn result(&self, problem: &Diagnostic, codes: &[Code]) -> Value {
        let lines = [&problem.message].into_iter().chain(&problem.help).map(String::as_str);
        let mut result = json!({
            "ruleId": problem.code.name(),
            "ruleIndex": codes.iter().position(|code| *code == problem.code),
            "level": problem.severity().name(),
            "message": { "text": lines.collect::<Vec<_>>().join("\n") },
            "locations": [self.location(&problem.label)],
        });
        let related: Vec<_> = labels(problem).skip(1).map(|label| self.location(label)).collect();
        if !related.is_empty() {
            result["relatedLocations"] = related.into();
        }
        if let Some(fix) = &problem.fix {
            result["fixes"] = json!([{ "artifactChanges": [self.change(fix)] }]);
        }
        result
    }

    fn location(&self, label: &Label) -> Value {
        let mut physical = json!({ "artifactLocation": { "uri": self.address(&label.place.path) } });
        if let Some(region) = self.region(&label.place) {
            physical["region"] = region;
        }
        let mut location = json!({ "physicalLocation": physical });
        if !label.text.is_empty() {
            location["message"] = json!({ "text": label.text });
        }
        location
    }

    fn region(&self, place: &Place) -> Option<Value> {
        let (lines, span) = self.texts.find(place)?;
        let (start, end) = (lines.position(span.start), lines.position(span.end));
        let (start_line, start_column) = (start.line, start.column);
        Some(
            json!({ "startLine": start_line, "startColumn": start_column, "endLine": end.line, "endColumn": end.column }),
        )
    }

    /// Returns the change that a fix makes to its file.
    fn change(&self, fix: &Fix) -> Value {
        let replacement = |edit: &Edit| json!({ "deletedRegion": self.region(&fix.place(edit)), "insertedContent": { "text": edit.text } });
        let replacements: Vec<_> = fix.edits().iter().map(replacement).collect();
        json!({ "artifactLocation": { "uri": self.address(fix.path()) }, "replacements": replacements })
    }

    /// `content/zh-TW/a.md`; for a folder by its full path `file:///srv/content/…`.
    fn address(&self, path: &Utf8Path) -> String {
        let shown = shown_path(self.folder, path);
        let encoded = utf8_percent_encode(&shown, IN_PATHS);
        if shown.starts_with('/') { format!("file://{encoded}") } else { encoded.to_string() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn log(problems: &[Diagnostic], folder: &str) -> Value {
        let mut sources = Sources::default();
        sources.texts.insert("zh-TW/a.md".into(), "# 一\n\n- 二 [X]\n".into());
        serde_json::from_str(&render(problems, &sources, folder)).unwrap()
    }

    fn place(start: usize, end: usize) -> Place {
        Place::new("zh-TW/a.md", start..end)
    }

    #[test]
    fn a_result_has_its_places_in_lines_and_characters() {
        let problem = place(13, 16)
            .problem(Code::UnknownReference, "`X` is nothing")
            .label("here")
            .related(place(2, 9), "two lines")
            .related(Place::file("register.toml"), "")
            .help("write another")
            .fix(Fix::new(place(14, 15), "Y"));
        let log = log(&[problem], "content");
        let result = &log["runs"][0]["results"][0];
        let file = json!({ "uri": "content/zh-TW/a.md" });
        let region = json!({ "startLine": 3, "startColumn": 5, "endLine": 3, "endColumn": 8 });
        let expected = json!({
            "ruleId": "unknown-reference",
            "ruleIndex": 0,
            "level": "error",
            "message": { "text": "`X` is nothing\nwrite another" },
            "locations": [{ "physicalLocation": { "artifactLocation": file, "region": region }, "message": { "text": "here" } }],
            "relatedLocations": [
                {
                    "physicalLocation": {
                        "artifactLocation": file,
                        "region": { "startLine": 1, "startColumn": 3, "endLine": 3, "endColumn": 3 },
                    },
                    "message": { "text": "two lines" },
                },
                { "physicalLocation": { "artifactLocation": { "uri": "content/register.toml" } } },
            ],
            "fixes": [{ "artifactChanges": [{
                "artifactLocation": file,
                "replacements": [{
                    "deletedRegion": { "startLine": 3, "startColumn": 6, "endLine": 3, "endColumn": 7 },
                    "insertedContent": { "text": "Y" },
                }],
            }] }],
        });
        assert_eq!(*result, expected);
    }

    #[test]
    fn rules_are_those_reported_once_each_and_results_point_at_them() {
        let problem = |code| place(2, 5).problem(code, "m");
        let problems = [problem(Code::NoLevels), problem(Code::Ellipsis).denied(), problem(Code::NoLevels)];
        let log = log(&problems, "content");
        let run = &log["runs"][0];
        let rules = run["tool"]["driver"]["rules"].as_array().unwrap();
        assert_eq!(rules.len(), 2);
        for result in run["results"].as_array().unwrap() {
            let index = usize::try_from(result["ruleIndex"].as_u64().unwrap()).unwrap();
            assert_eq!(rules[index]["id"], result["ruleId"]);
        }
        assert_eq!(run["results"][1]["level"], "error");
        let ellipsis = rules.iter().find(|rule| rule["id"] == "ellipsis").unwrap();
        assert_eq!(ellipsis["defaultConfiguration"]["level"], "warning");
        assert_eq!(ellipsis["help"]["markdown"], Code::Ellipsis.explanation());
    }

    #[test]
    fn without_problems_there_is_a_run_without_results() {
        let log = log(&[], "content");
        assert_eq!((&log["version"], &log["runs"][0]["results"]), (&json!("2.1.0"), &json!([])));
        assert_eq!(log["runs"][0]["columnKind"], "unicodeCodePoints");
    }

    #[test]
    fn addresses_are_encoded_and_full_paths_have_a_scheme() {
        let uri = |folder: &str| {
            let problem = Place::file("a b%é:[x].md").problem(Code::NoSite, "m");
            let log = log(&[problem], folder);
            let location = &log["runs"][0]["results"][0]["locations"][0]["physicalLocation"];
            location["artifactLocation"]["uri"].as_str().unwrap().to_owned()
        };
        assert_eq!(uri("content"), "content/a%20b%25%C3%A9%3A%5Bx%5D.md");
        assert_eq!(uri("/srv/x"), "file:///srv/x/a%20b%25%C3%A9%3A%5Bx%5D.md");
    }
}
