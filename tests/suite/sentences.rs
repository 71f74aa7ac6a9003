//! What Rungs says, as it stands in the source: every sentence can be said in every language, and nothing is said past
//! them.

#![allow(clippy::disallowed_methods, reason = "reads the sources of the program")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use proc_macro2::{Delimiter, TokenStream, TokenTree};

/// Files that hold data, or write HTML, XML, SVG, files of a site, pages of the guide or the command line's own help, and
/// tell nobody anything by literals.
const NO_MESSAGES: [&str; 14] = [
    "src/check/style/verbs.rs",
    "src/cli/arguments.rs",
    "src/cli/guide/",
    "src/citing/form.rs",
    "src/init/notice.rs",
    "src/init/site.rs",
    "src/init/words.rs",
    "src/interface/blank.rs",
    "src/open_graph/",
    "src/render/chart.rs",
    "src/render/feed.rs",
    "src/render/html.rs",
    "src/render/json_ld.rs",
    "src/render/machine.rs",
];

/// Calls whose literals are for those who mend Rungs itself, or are no sentences.
const FOR_PROGRAMMERS: [&str; 10] = [
    "expect",
    "expect_err",
    "panic",
    "unreachable",
    "assert",
    "assert_eq",
    "debug_assert",
    "debug_assert_eq",
    "include_str",
    "split",
];

/// Calls whose literals are always told to people, however short.
const TELLING: [&str; 6] = ["help", "label", "related", "told", "Diagnostic::new", "Refusal::new"];

/// A sentence that is said somewhere.
#[derive(Debug)]
struct Sentence {
    at: String,
    /// Where a number decides, the form for one.
    one: Option<String>,
    /// The sentence itself, or the form for other numbers. The key in the files of other languages.
    text: String,
    /// The names that are given values.
    names: BTreeSet<String>,
}

#[test]
fn every_placeholder_of_a_sentence_has_a_value_and_every_value_a_placeholder() {
    for sentence in said() {
        let filled = placeholders(&sentence.text);
        assert_eq!(filled, sentence.names, "{}: “{}”", sentence.at, sentence.text);
        let of_one = sentence.one.as_deref().map(placeholders).unwrap_or_default();
        assert!(of_one.is_subset(&sentence.names), "{}: “{}”", sentence.at, sentence.text);
    }
}

#[test]
fn every_language_that_is_spoken_has_a_file() {
    let others = rungs::language::SPOKEN[1..].iter().map(ToString::to_string).collect::<Vec<_>>();
    assert_eq!(languages().into_keys().collect::<Vec<_>>(), others);
}

#[test]
fn every_sentence_is_said_in_every_language_with_the_same_placeholders() {
    let mut faults = Vec::new();
    for (tag, translated) in languages() {
        for Sentence { at, text, one, .. } in said() {
            let key = if one.is_some() { format!("{text}.other") } else { text.clone() };
            match translated.get(&key) {
                None => faults.push(format!("{at}: i18n/messages/{tag}.toml lacks {key:?}")),
                Some(said) if placeholders(said) != placeholders(&text) => {
                    faults.push(format!("{at}: i18n/messages/{tag}.toml has other placeholders in {said:?}"));
                }
                Some(_) => {}
            }
        }
    }
    faults.sort();
    faults.dedup();
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn no_language_says_what_is_said_no_longer() {
    let keys: BTreeSet<_> = said().into_iter().map(|Sentence { text, one, .. }| (text, one.is_some())).collect();
    for (tag, translated) in languages() {
        let is_said = |key: &str| {
            let plural = key.rsplit_once('.').is_some_and(|(text, _)| keys.contains(&(text.to_owned(), true)));
            plural || keys.contains(&(key.to_owned(), false))
        };
        let stale: Vec<_> = translated.keys().filter(|key| !is_said(key)).collect();
        assert!(stale.is_empty(), "i18n/messages/{tag}.toml: {stale:#?}");
    }
}

#[test]
fn nothing_is_told_in_one_language_alone() {
    let unsaid: Vec<_> = sources().iter().flat_map(|(path, text)| unsaid(path, text)).collect();
    assert!(unsaid.is_empty(), "put `say!` around these:\n{}", unsaid.join("\n"));
}

#[test]
fn a_message_that_is_not_said_is_found() {
    let found = |text: &str| unsaid("src/check/a.rs", text).len();
    assert_eq!(found(r#"fn f() { Diagnostic::new(code, "two words", place).help("remove") }"#), 2);
    assert_eq!(found(r#"fn f() { let message = format!("no `{id}` here, or {count}"); }"#), 1);
    assert_eq!(found(r#"fn f() { Refusal::new(format!("no {id}")).label(format!("{id}: {other}")) }"#), 1);
    assert_eq!(found(r#"fn f() { told(say!("two words"), format!("{id}")); x.expect("two words"); }"#), 0);
    assert_eq!(found("#[cfg(test)]\nmod tests { fn f() { x(\"two words\"); } }"), 0);
    assert_eq!(
        found(
            "//! Two words.\n#![allow(a, reason = \"two words\")]\n\n/// Two words.\n#[arg(help = \"two words\")]\nfn f() {}"
        ),
        0
    );
}

/// Every sentence in the source.
fn said() -> Vec<Sentence> {
    let mut sentences = Vec::new();
    for (path, text) in sources() {
        each(&path, &text, &mut |call, is_macro, arguments, at| {
            if call == "say" && is_macro {
                sentences.push(sentence(arguments, at));
            }
        });
    }
    assert!(sentences.len() > 400, "the scan sees the messages");
    sentences
}

fn sentence(arguments: &[TokenTree], at: String) -> Sentence {
    let parts: Vec<&[TokenTree]> = arguments.split(|token| is_mark(token, ',')).collect();
    let forms: Vec<String> = parts[0].iter().filter_map(literal).collect();
    let names = parts[1..].iter().filter_map(|part| part.first()).map(ToString::to_string);
    match forms.as_slice() {
        [text] => Sentence { at, one: None, text: text.clone(), names: names.collect() },
        [.., one, text] => {
            let names = names.chain(["count".to_owned()]).filter(|name| text.contains(&format!("%{{{name}}}")));
            Sentence { at, one: Some(one.clone()), text: text.clone(), names: names.collect() }
        }
        [] => panic!("{at}: `say!` has a sentence"),
    }
}

/// What stands in a source and is told to people past `say!`, each with its place.
fn unsaid(path: &str, text: &str) -> Vec<String> {
    let mut found = Vec::new();
    if NO_MESSAGES.iter().any(|exempt| path.starts_with(exempt)) {
        return found;
    }
    each(path, text, &mut |call, is_macro, arguments, at| {
        if call == "say" && is_macro || FOR_PROGRAMMERS.contains(&call) {
            return;
        }
        let is_told = TELLING.contains(&call);
        let formatted = if is_told { formatted(arguments) } else { Vec::new() };
        for text in arguments.iter().filter_map(literal).chain(formatted) {
            if is_sentence(&text) || is_told && has_letters(&text) {
                found.push(format!("{at}: {text:?}"));
            }
        }
    });
    found
}

/// The texts of every `format!` among the arguments of a call.
fn formatted(arguments: &[TokenTree]) -> Vec<String> {
    let groups = arguments.windows(3).filter_map(|tokens| match &tokens[2] {
        TokenTree::Group(group) if tokens[0].to_string() == "format" => Some(group.stream()),
        _ => None,
    });
    groups.flatten().filter_map(|token| literal(&token)).collect()
}

/// Whether a text says something besides what its placeholders are filled with.
fn has_letters(text: &str) -> bool {
    text.split('{').enumerate().any(|(at, part)| {
        let outside = if at == 0 { part } else { part.split_once('}').map_or("", |(_, outside)| outside) };
        outside.chars().any(char::is_alphabetic)
    })
}

/// Whether a text has two words beside each other, as no key, name, markup or pattern has. Commands are no sentences.
fn is_sentence(text: &str) -> bool {
    let is_word = |word: &str| word.chars().count() > 1 && word.chars().all(|c| c.is_ascii_lowercase());
    let words: Vec<_> = text.split(' ').map(|word| word.trim_end_matches([',', ':', ';', '.', '?'])).collect();
    let is_markup = text.starts_with('<') || text.contains("</") || text.contains("=\"");
    !is_markup && !text.starts_with("rungs ") && words.windows(2).any(|pair| is_word(pair[0]) && is_word(pair[1]))
}

/// Sees the name of what is called, whether that is a macro, the arguments, and where it stands.
type Visitor<'a> = dyn FnMut(&str, bool, &[TokenTree], String) + 'a;

/// Visits every group of tokens that is not of a test or an attribute, with the name of what it belongs to: the function
/// or macro that is called with it. Literals that belong to a call of somebody else are in that one's group.
fn each(path: &str, text: &str, visit: &mut Visitor<'_>) {
    let tokens: TokenStream = text.parse().unwrap_or_else(|error| panic!("{path}: {error}"));
    walk(path, &tokens.into_iter().collect::<Vec<_>>(), visit);
}

fn walk(path: &str, tokens: &[TokenTree], visit: &mut Visitor<'_>) {
    let mut at = 0;
    while let Some(token) = tokens.get(at) {
        at += 1;
        let TokenTree::Group(group) = token else { continue };
        let before = |back: usize| at.checked_sub(back + 1).and_then(|at| tokens.get(at));
        let is_macro = before(1).is_some_and(|token| is_mark(token, '!'));
        let name = before(if is_macro { 2 } else { 1 }).map(ToString::to_string).unwrap_or_default();
        let name = match before(4) {
            Some(of) if before(2).is_some_and(|token| is_mark(token, ':')) => format!("{of}::{name}"),
            _ => name,
        };
        let inner: Vec<_> = group.stream().into_iter().collect();
        let is_of_file = is_macro && before(2).is_some_and(|token| is_mark(token, '#'));
        if group.delimiter() == Delimiter::Bracket && (is_of_file || before(1).is_some_and(|token| is_mark(token, '#')))
        {
            // Of attributes only the messages of errors are told.
            if inner.first().is_some_and(|token| token.to_string() == "error") {
                walk(path, &inner[1..], visit);
            }
            let is_of_tests = group.stream().to_string().replace(' ', "") == "cfg(test)";
            if is_of_tests && tokens.get(at).is_some_and(|token| token.to_string() == "mod") {
                at += 3;
            }
            continue;
        }
        // The macro itself.
        if name == "say" && before(2).is_some_and(|token| is_mark(token, '!')) {
            continue;
        }
        let line = group.span_open().start().line;
        visit(&name, is_macro, &inner, format!("{path}:{line}"));
        walk(path, &inner, visit);
    }
}

fn is_mark(token: &TokenTree, mark: char) -> bool {
    matches!(token, TokenTree::Punct(punct) if punct.as_char() == mark)
}

/// The text of a literal, if it is one of text.
fn literal(token: &TokenTree) -> Option<String> {
    let TokenTree::Literal(literal) = token else { return None };
    let written = literal.to_string();
    if let Some(raw) = written.strip_prefix('r') {
        return Some(raw.trim_matches('#').trim_matches('"').to_owned());
    }
    if !written.starts_with('"') {
        return None;
    }
    // A backslash at the end of a line takes the blanks before the next word away.
    let mut lines = written.split("\\\n");
    let first = lines.next().unwrap_or_default().to_owned();
    let whole = lines.fold(first, |whole, line| whole + line.trim_start());
    Some(serde_json::from_str(&whole).unwrap_or(whole))
}

fn placeholders(text: &str) -> BTreeSet<String> {
    text.split("%{").skip(1).filter_map(|rest| Some(rest.split_once('}')?.0.to_owned())).collect()
}

/// The sources of the program without those of tests, by their paths.
fn sources() -> Vec<(String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut folders = vec![root.join("src")];
    let mut found = Vec::new();
    while let Some(folder) = folders.pop() {
        for path in fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path()) {
            let is_of_tests = path.file_stem().is_some_and(|stem| stem == "tests");
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") && !is_of_tests {
                found.push((shown(root, &path), fs::read_to_string(&path).unwrap()));
            }
        }
    }
    found.sort();
    found
}

fn shown(root: &Path, path: &Path) -> String {
    path.strip_prefix(root).unwrap().to_str().unwrap().replace('\\', "/")
}

/// What each language says, by tag and by sentence: a plural has a form behind a dot.
fn languages() -> BTreeMap<String, BTreeMap<String, String>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("i18n/messages");
    let read = |path: PathBuf| {
        let file: toml::Table = fs::read_to_string(&path).unwrap().parse().unwrap();
        let mut said = BTreeMap::new();
        for (key, value) in file["messages"].as_table().unwrap() {
            match value {
                toml::Value::Table(forms) => {
                    said.extend(
                        forms.iter().map(|(form, text)| (format!("{key}.{form}"), text.as_str().unwrap().to_owned())),
                    );
                }
                text => drop(said.insert(key.clone(), text.as_str().unwrap().to_owned())),
            }
        }
        (path.file_stem().unwrap().to_str().unwrap().to_owned(), said)
    };
    let languages: BTreeMap<_, _> =
        fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).map(read).collect();
    assert!(languages.contains_key("zh-TW"));
    languages
}
