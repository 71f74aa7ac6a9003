//! Files of other makers: images, and the data of a published site.

use std::sync::OnceLock;

use rungs::for_tests::data::content;

use crate::case::Case;
use crate::dictionary::Format;
use crate::mutation::{Material, mutated};
use crate::oracles::{built, problems, told};
use crate::random::Random;

/// The smallest images of each kind.
const IMAGES: [(&str, &[u8]); 3] = [
    ("png", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\x06\0\0\0\x1f\x15\xc4\x89\0\0\0\rIDATx\xdac\xfc\xcf\xc0P\x0f\0\x04\x85\x01\x80\x84\xa9\x8c!\0\0\0\0IEND\xaeB`\x82"),
    ("gif", b"GIF89a\x01\0\x01\0\x80\0\0\0\0\0\xff\xff\xff!\xf9\x04\x01\0\0\0\0,\0\0\0\0\x01\0\x01\0\0\x02\x02D\x01\0;"),
    ("jpg", b"\xff\xd8\xff\xe0\0\x10JFIF\0\x01\x01\0\0\x01\0\x01\0\0\xff\xe1\0\x22Exif\0\0MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x06\0\0\0\0\0\0\xff\xc0\0\x0b\x08\0\x10\0\x20\x01\x01\x11\0\xff\xd9"),
];

/// The data that the sites publish, by their paths below `data/`.
fn data(base: &str) -> &'static [(String, String)] {
    static PAST: OnceLock<Vec<(String, String)>> = OnceLock::new();
    static FORK: OnceLock<Vec<(String, String)>> = OnceLock::new();
    let cache = if base == "past" { &PAST } else { &FORK };
    cache.get_or_init(|| {
        let outputs = built(&Case::of(base).sources()).outputs;
        let below = outputs.iter().filter_map(|output| {
            Some((output.path.strip_prefix("data").ok()?.to_string(), String::from_utf8(output.bytes.clone()).ok()?))
        });
        below.filter(|(path, _)| path.ends_with(".json") && !path.starts_with("schema")).collect()
    })
}

pub fn make(random: &mut Random) -> Case {
    if random.once_in(2) {
        let mut case = Case::of(random.choose(&["past", "fork"]));
        let (path, text) = random.pick(data(&case.base));
        let format = if path.starts_with("editions/") { Format::Sealed } else { Format::Json };
        let text = mutated(random, text, &Material { format, other: text });
        case.put(format!("input/data/{path}"), text);
        return case;
    }
    let mut case = Case::of("small");
    let (end, bytes) = *random.pick(&IMAGES);
    let mut bytes = bytes.to_vec();
    for _ in 0..random.below(6) {
        let at = random.below(bytes.len());
        match random.below(5) {
            0 => bytes.truncate(at),
            1 => bytes.insert(at, [0, 0xff, 0x7f, 1][random.below(4)]),
            2 => drop(bytes.drain(at..bytes.len().min(at + 4))),
            3 => bytes.extend_from_within(at..),
            _ if at < bytes.len() => bytes[at] ^= 1 << random.below(8),
            _ => {}
        }
    }
    let end = if random.once_in(6) { random.choose(&["png", "webp", "svg", "jpeg"]) } else { end };
    case.put(format!("en/notes/picture.{end}"), bytes);
    let note = format!("+++\ntitle = \"N\"\nabout = [\"time\"]\n+++\n![A picture.](picture.{end})\n");
    case.put("en/notes/note.md", note);
    case.render_once_in(random, 4);
    case
}

pub fn check(case: &Case) {
    let inputs = case.inputs();
    if !inputs.keys().any(|path| path.starts_with("data")) {
        let sources = case.sources();
        told(&problems(&sources), &sources);
        if case.is_rendered() {
            built(&sources);
        }
        return;
    }
    let whole = data(&case.base);
    let read = |path: &str| {
        let own = inputs.get(camino::Utf8Path::new(&format!("data/{path}")));
        own.cloned().or_else(|| whole.iter().find(|(name, _)| name == path).map(|(_, text)| text.clone()))
    };
    match content(read) {
        Err(refusal) => assert!(!refusal.message.is_empty()),
        Ok(sources) => told(&problems(&sources), &sources),
    }
}
