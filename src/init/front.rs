//! The front matter of documents that other programs were meant for: YAML between `---`, TOML between `+++`.

use super::draft::FoundDocument;
use crate::diagnostic::Span;
use crate::parse;
use crate::text::{next_line, slice};

/// The front matter of a document, as far as a ladder uses it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Front {
    /// Where the document itself begins.
    pub(crate) body: usize,
    pub(crate) title: Option<String>,
    /// Its place among others: `weight: 3`.
    pub(crate) weight: Option<i64>,
    /// Whether it says that each paragraph is a criterion: `criteria: paragraphs`.
    pub(crate) by_paragraphs: bool,
    /// Lines that are understood.
    pub(crate) understood: Vec<Span>,
    /// The whole of it, if it is that of a ladder already.
    pub(crate) ladder: Option<Span>,
}

pub(crate) fn read(found: FoundDocument<'_>) -> Front {
    let toml = parse::front_matter(found.path, found.text);
    if toml.span.len() > toml.toml.len() && toml.is_closed && !toml.toml.is_empty() {
        let entries = slice(found.text, toml.toml.clone()).parse::<toml::Table>().unwrap_or_default();
        let mut front = lines(found, toml.toml, '=');
        front.body = toml.span.end;
        let is_of_ladder = |key: &String| ["title", "threads"].contains(&key.as_str());
        if !entries.is_empty() && entries.keys().all(is_of_ladder) {
            front.ladder = Some(toml.span);
        }
        return front;
    }
    let mark = found.text.len() - found.text.trim_start_matches('\u{FEFF}').len();
    let Some(yaml) = parse::yaml_front_matter(found.text, mark) else {
        return Front { body: toml.span.end.max(mark), ..Front::default() };
    };
    let mut front = lines(found, yaml.clone(), ':');
    front.body = next_line(found.text, yaml.end);
    front
}

fn lines(found: FoundDocument<'_>, span: Span, sign: char) -> Front {
    let mut front = Front::default();
    let mut at = span.start;
    for line in slice(found.text, span).split_inclusive('\n') {
        let line_span = at..at + line.len();
        at = line_span.end;
        let Some((key, value)) = line.split_once(sign) else { continue };
        let value = value.trim();
        let quote = value.chars().next().filter(|c| ['"', '\''].contains(c));
        let plain = quote.and_then(|quote| value.strip_prefix(quote)?.strip_suffix(quote)).unwrap_or(value);
        match key.trim_end() {
            "title" if !plain.trim().is_empty() && front.title.is_none() => front.title = Some(plain.trim().to_owned()),
            "weight" | "order" | "nav_order" | "sidebar_position" if front.weight.is_none() => {
                let Ok(weight) = plain.parse() else { continue };
                front.weight = Some(weight);
            }
            "criteria" if plain == "paragraphs" => front.by_paragraphs = true,
            _ => continue,
        }
        front.understood.push(line_span);
    }
    front
}

#[cfg(test)]
mod tests {
    use super::*;

    fn front(text: &str) -> (Front, &str) {
        let front = read(FoundDocument { path: "a.md".into(), text });
        let body = &text[front.body..];
        (front, body)
    }

    #[test]
    fn yaml_and_toml_give_a_title_and_say_what_criteria_are() {
        let (yaml, body) = front("---\ntitle: 'A ladder'\nlayout: page\ncriteria: paragraphs\n---\n# L1\n");
        assert_eq!((yaml.title.as_deref(), yaml.by_paragraphs, body), (Some("A ladder"), true, "# L1\n"));
        let (toml, body) = front("+++\ntitle = \"A ladder\"\nweight = 3\n+++\n# L1\n");
        assert_eq!((toml.title.as_deref(), toml.ladder, body), (Some("A ladder"), None, "# L1\n"));
        assert!(front("+++\ntitle = \"A\"\n[threads]\nx = \"X\"\n+++\n").0.ladder.is_some());
    }

    #[test]
    fn a_rule_above_a_text_is_no_front_matter() {
        for text in ["---\nText\n---\nmore", "---\n", "---", "", "\u{FEFF}# L1"] {
            assert_eq!(front(text).0.title, None, "{text}");
            assert!(front(text).0.body <= 3, "{text}");
        }
    }
}
