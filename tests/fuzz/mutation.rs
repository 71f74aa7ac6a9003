//! Changes of texts.

use rungs::for_tests::edition::{opened, sealed};
use serde_json::Value;

use crate::dictionary::{ANYWHERE, Format};
use crate::random::Random;

/// How a text is changed. What it takes from elsewhere it takes from another text of its kind, or from the dictionary.
type Mutation = fn(&mut Random, &str, &Material<'_>) -> String;

/// What mutations take from.
pub struct Material<'a> {
    pub format: Format,
    pub other: &'a str,
}

/// No text grows beyond it, whatever is repeated.
const LONGEST: usize = 200_000;

const MUTATIONS: [Mutation; 13] = [
    splice,
    duplicate,
    delete,
    flip,
    insert,
    insert,
    move_lines,
    repeat,
    truncate,
    beyond_ascii,
    line_ends,
    byte_order_mark,
    nest,
];

/// Changes a text one to four times. What is sealed stays sealed, so that it is read.
pub fn mutated(random: &mut Random, text: &str, material: &Material<'_>) -> String {
    match (material.format, opened(text)) {
        (Format::Sealed, Some(content)) if !random.once_in(8) => {
            let other = opened(material.other).unwrap_or_default();
            let changed = match serde_json::from_str(content) {
                Ok(value) if !random.once_in(6) => in_values(random, value).to_string(),
                _ => changed(random, content, &Material { format: Format::Sealed, other }),
            };
            sealed(&changed)
        }
        (Format::Json, _) if !random.once_in(4) => match serde_json::from_str(text) {
            Ok(value) => in_values(random, value).to_string(),
            Err(_) => changed(random, text, material),
        },
        // Most changes of TOML are told as such, and nothing else of it is looked at.
        (Format::Toml | Format::Po, _) if !random.once_in(3) => in_quotes(random, text, material),
        _ => changed(random, text, material),
    }
}

fn changed(random: &mut Random, text: &str, material: &Material<'_>) -> String {
    let mut text = text.to_owned();
    for _ in 0..=random.below(4) {
        text = random.pick(&MUTATIONS)(random, &text, material);
        text.truncate(text.floor_char_boundary(LONGEST));
    }
    text
}

/// Two places in a text, or more often the beginning and the end of some of its lines.
fn span(random: &mut Random, text: &str) -> std::ops::Range<usize> {
    let (mut start, mut end) = (random.place(text), random.place(text));
    if start > end {
        (start, end) = (end, start);
    }
    if random.once_in(3) {
        return start..text.floor_char_boundary(end.min(start + 12)).max(start);
    }
    let start = text[..start].rfind('\n').map_or(0, |at| at + 1);
    let lines = text[start..].split_inclusive('\n').take(1 + random.below(4));
    start..start + lines.map(str::len).sum::<usize>()
}

fn replaced(text: &str, span: std::ops::Range<usize>, with: &str) -> String {
    [&text[..span.start], with, &text[span.end..]].concat()
}

fn word(random: &mut Random, format: Format) -> &'static str {
    let own = format.words();
    if random.once_in(3) { random.choose(ANYWHERE) } else { random.choose(own) }
}

fn splice(random: &mut Random, text: &str, material: &Material<'_>) -> String {
    let part = span(random, material.other);
    let at = random.place(text);
    let at = if random.once_in(2) { at } else { text[..at].rfind('\n').map_or(0, |at| at + 1) };
    replaced(text, at..at, &material.other[part])
}

fn duplicate(random: &mut Random, text: &str, _: &Material<'_>) -> String {
    let part = span(random, text);
    replaced(text, part.end..part.end, &text[part])
}

fn delete(random: &mut Random, text: &str, _: &Material<'_>) -> String {
    let part = span(random, text);
    replaced(text, part, "")
}

/// Makes one character another one.
fn flip(random: &mut Random, text: &str, _: &Material<'_>) -> String {
    let at = random.place(text);
    let Some(c) = text[at..].chars().next() else { return text.to_owned() };
    let bits = u32::from(c) ^ (1 << random.below(8));
    let other = char::from_u32(bits).unwrap_or('\u{FFFD}');
    replaced(text, at..at + c.len_utf8(), other.encode_utf8(&mut [0; 4]))
}

fn insert(random: &mut Random, text: &str, material: &Material<'_>) -> String {
    let at = random.place(text);
    replaced(text, at..at, word(random, material.format))
}

fn move_lines(random: &mut Random, text: &str, _: &Material<'_>) -> String {
    let mut lines: Vec<&str> = text.split_inclusive('\n').collect();
    let from = random.below(lines.len());
    if from < lines.len() {
        let line = lines.remove(from);
        lines.insert(random.below(lines.len() + 1), line);
    }
    lines.concat()
}

fn repeat(random: &mut Random, text: &str, material: &Material<'_>) -> String {
    let at = random.place(text);
    let most = *random.pick(&[4, 40, 400]);
    let times = 2 + random.below(most);
    replaced(text, at..at, &word(random, material.format).repeat(times))
}

fn truncate(random: &mut Random, text: &str, _: &Material<'_>) -> String {
    let at = random.place(text);
    if random.once_in(4) { text[at..].to_owned() } else { text[..at].to_owned() }
}

fn beyond_ascii(random: &mut Random, text: &str, _: &Material<'_>) -> String {
    const TEXTS: &[&str] = &[
        "é",
        "級",
        "字 字",
        "（",
        "。",
        "\u{301}",
        "\u{200D}",
        "👍🏽",
        "𠀀",
        "\u{3000}",
        "\u{85}",
        "ﬁ",
        "İ",
        "ẞ",
        "א",
        "\u{FFFD}",
        "\u{10FFFF}",
    ];
    let at = random.place(text);
    replaced(text, at..at, random.choose(TEXTS))
}

fn line_ends(random: &mut Random, text: &str, _: &Material<'_>) -> String {
    if random.once_in(2) {
        return text.replace('\n', "\r\n");
    }
    let part = span(random, text);
    let changed = text[part.clone()].replace('\n', random.choose(&["\r\n", "\r", "\n\n", "\n\r", ""]));
    replaced(text, part, &changed)
}

fn byte_order_mark(random: &mut Random, text: &str, _: &Material<'_>) -> String {
    let at = if random.once_in(2) { 0 } else { random.place(text) };
    replaced(text, at..at, "\u{FEFF}")
}

/// Puts a text into many parts that hold each other.
fn nest(random: &mut Random, text: &str, material: &Material<'_>) -> String {
    let (open, close) = *random.pick(match material.format {
        Format::Markdown | Format::Po => &[
            ("> ", ""),
            ("- ", ""),
            ("*a ", "*"),
            ("[", "](x)"),
            ("**", "** "),
            ("![", "]"),
            ("`", "`"),
            ("<b>", "</b>"),
        ],
        Format::Template => &[
            ("{% if true %}", "{% endif %}"),
            ("{{ (", ") }}"),
            ("{% for x in [1] %}", "{% endfor %}"),
            ("[", "]"),
            ("(", ")"),
            ("{#", "#}"),
            ("{%", "%}"),
            ("-", ""),
        ],
        Format::Html | Format::Svg => &[
            ("<b>", "</b>"),
            ("<g>", "</g>"),
            ("<table><tr><td>", "</td></tr></table>"),
            ("<ul><li>", "</li></ul>"),
            ("<!--", "-->"),
            ("<div>", ""),
            ("<p>", ""),
            ("&", ";"),
        ],
        _ => &[("[", "]"), ("{", "}"), ("(", ")"), ("\"", "\""), ("[[", "]]"), ("{a=", "}"), ("'", "'"), ("/*", "*/")],
    });
    let deepest = *random.pick(&[3, 30, 120]);
    let depth = 1 + random.below(deepest);
    let at = random.place(text);
    let end = text.floor_char_boundary((at + random.below(20)).min(text.len()));
    let inner = [&open.repeat(depth), &text[at..end.max(at)], &close.repeat(depth)].concat();
    replaced(text, at..end.max(at), &inner)
}

/// Changes what stands in quotation marks, and keeps the marks.
fn in_quotes(random: &mut Random, text: &str, material: &Material<'_>) -> String {
    let mut text = text.to_owned();
    for _ in 0..=random.below(3) {
        let quoted: Vec<_> = text.match_indices('"').map(|(at, _)| at).collect();
        let values: Vec<_> = quoted.windows(2).filter(|pair| !text[pair[0]..pair[1]].contains('\n')).collect();
        if values.is_empty() {
            return changed(random, &text, material);
        }
        let value = random.pick(&values);
        let span = value[0] + 1..value[1];
        let inner = Material { format: *random.pick(&[Format::Markdown, material.format]), other: material.other };
        let new = match random.below(4) {
            0 => changed(random, &text[span.clone()], &inner),
            1 => word(random, inner.format).to_owned(),
            _ => insert(random, &text[span.clone()], &inner),
        };
        let new = new.replace('\\', "\\\\").replace('"', "\\\"").replace('\n', "\\n").replace('\r', "\\r");
        text = replaced(&text, span, &new);
    }
    text
}

/// Changes some values of a document in JSON.
fn in_values(random: &mut Random, mut value: Value) -> Value {
    for _ in 0..=random.below(4) {
        change_value(random, &mut value);
    }
    value
}

fn change_value(random: &mut Random, value: &mut Value) {
    let stops = random.once_in(8);
    match value {
        Value::Object(table) if !table.is_empty() && !stops => {
            let keys: Vec<_> = table.keys().cloned().collect();
            let key = random.pick(&keys);
            match random.below(24) {
                0 => drop(table.remove(key)),
                1 => drop(table.insert(word(random, Format::Json).to_owned(), table[key].clone())),
                _ => change_value(random, &mut table[key]),
            }
        }
        Value::Array(list) if !list.is_empty() && !stops => {
            let at = random.below(list.len());
            match random.below(16) {
                0 => drop(list.remove(at)),
                1 => list.push(list[at].clone()),
                2 => list.swap(at, 0),
                _ => change_value(random, &mut list[at]),
            }
        }
        Value::String(text) if !random.once_in(12) => {
            let format = Format::Markdown;
            *text = match random.once_in(2) {
                true => insert(random, text, &Material { format, other: "" }),
                false => changed(random, text, &Material { format, other: "[WK-001] x\n" }),
            };
        }
        other => {
            let word = word(random, Format::Json);
            *other = serde_json::from_str(word).unwrap_or_else(|_| Value::String(word.to_owned()));
        }
    }
}
