//! SVG files as images: those that only draw.
//!
//! In `<img>` a browser runs nothing of such a file and loads nothing for it, but the file has an address of its own, and
//! opened there it is a document of the site that can do all that a page can. So what could do more than draw is refused,
//! by the same reading that browsers have of it: as XML, with its namespaces.

use roxmltree::{Attribute, Document, Node, NodeType, ParsingOptions};

use super::{NoImage, Shape};

const SVG: &str = "http://www.w3.org/2000/svg";
const XML: &str = "http://www.w3.org/XML/1998/namespace";

/// Namespaces whose elements browsers act on. Those of drawing programs mean nothing to them.
const ACTING: [&str; 3] =
    ["http://www.w3.org/1999/xhtml", "http://www.w3.org/1998/Math/MathML", "http://www.w3.org/1999/XSL/Transform"];

/// Elements that run programs, or show documents of other kinds.
const PROGRAMS: [&str; 11] = [
    "script",
    "foreignObject",
    "iframe",
    "object",
    "embed",
    "audio",
    "video",
    "canvas",
    "handler",
    "listener",
    "annotation-xml",
];

/// Elements that change attributes while the image is shown.
const ANIMATIONS: [&str; 5] = ["animate", "animateColor", "animateMotion", "animateTransform", "set"];

/// What may stand in an address within the file, behind `data:`.
const IMAGES: [&str; 5] = ["image/png", "image/jpeg", "image/jpg", "image/gif", "image/webp"];
const FONTS: [&str; 4] = ["font/", "application/font-woff", "application/x-font", "application/vnd.ms-fontobject"];

/// Ways of CSS to name a file, other than `url(…)`.
const LOADING: [&str; 5] = ["@import", "image-set(", "cross-fade(", "src(", "image("];

/// The size of an image that says none.
const DEFAULT: (f64, f64) = (300.0, 150.0);

/// Whether bytes that are none of the other formats are meant to be SVG.
pub(super) fn is_likely(bytes: &[u8]) -> bool {
    const NEAR: usize = 4096;
    let start = String::from_utf8_lossy(bytes.get(..NEAR.min(bytes.len())).unwrap_or_default()).into_owned();
    let start = start.trim_start_matches('\u{FEFF}').trim_start();
    start.starts_with("<svg") || ((start.starts_with("<?xml") || start.starts_with("<!")) && start.contains("<svg"))
}

/// Reads the size of an SVG file.
///
/// # Errors
/// If it is none, or could do more than draw.
pub(super) fn read(bytes: &[u8]) -> Result<Shape, NoImage> {
    let unreadable = |why: &str| NoImage::Unreadable(why.to_owned());
    let text = std::str::from_utf8(bytes).map_err(|_| unreadable("it is not UTF-8"))?;
    declared(text)?;
    // A document type without declarations is what many programs write, and means nothing.
    let options = ParsingOptions { allow_dtd: true, ..ParsingOptions::default() };
    let document = Document::parse_with_options(text, options).map_err(|error| unreadable(&error.to_string()))?;
    let root = document.root_element();
    if root.tag_name().name() != "svg" || root.tag_name().namespace() != Some(SVG) {
        return Err(unreadable("it does not begin with `<svg xmlns=\"http://www.w3.org/2000/svg\">`"));
    }
    match document.root().descendants().find_map(|node| Some((node, fault(node)?))) {
        Some((node, what)) => Err(NoImage::Unsafe { what, line: document.text_pos_at(node.range().start).row }),
        None => Ok(shape(root)),
    }
}

/// Refuses what a file declares before its first element that would make of it something else than what is read here.
fn declared(text: &str) -> Result<(), NoImage> {
    let line = |at: usize| 1 + text.bytes().take(at).filter(|byte| *byte == b'\n').count() as u32;
    let holds = |what: &str, at| Err(NoImage::Unsafe { what: what.to_owned(), line: line(at) });
    for (at, _) in text.match_indices("<!") {
        let known = ["<!--", "<!DOCTYPE", "<![CDATA["];
        if !known.iter().any(|known| text.get(at..).is_some_and(|rest| rest.starts_with(known))) {
            return holds("declarations of entities or attributes", at);
        }
    }
    let head = text.split("?>").next().filter(|head| head.trim_start_matches('\u{FEFF}').starts_with("<?xml"));
    let encoding = head.and_then(|head| head.split_once("encoding")).map(|(_, behind)| behind.to_ascii_lowercase());
    match encoding.map(|encoding| encoding.trim_matches(|c: char| !c.is_ascii_alphanumeric()).to_owned()) {
        Some(other) if !["utf-8", "utf8", "us-ascii", "ascii"].iter().any(|known| other.starts_with(known)) => {
            holds("the name of an encoding other than UTF-8", 0)
        }
        _ => Ok(()),
    }
}

/// Returns what a part of a file could do more than draw.
fn fault(node: Node<'_, '_>) -> Option<String> {
    match node.node_type() {
        NodeType::PI => {
            let target = node.pi()?.target;
            target.to_ascii_lowercase().starts_with("xml-stylesheet").then(|| "an external style".to_owned())
        }
        NodeType::Element => fault_of_element(node),
        _ => None,
    }
}

fn fault_of_element(node: Node<'_, '_>) -> Option<String> {
    let name = node.tag_name().name();
    match node.tag_name().namespace() {
        Some(SVG) => {}
        Some(acting) if ACTING.contains(&acting) => return Some(format!("`<{name}>`, which is not part of a drawing")),
        _ => return None,
    }
    if PROGRAMS.iter().any(|program| program.eq_ignore_ascii_case(name)) {
        return Some(format!("`<{name}>`, which does more than draw"));
    }
    let is_animation = ANIMATIONS.contains(&name);
    let is_image = matches!(name, "image" | "feImage");
    if let Some(what) = node.attributes().find_map(|attribute| fault_of_attribute(&attribute, is_animation, is_image)) {
        return Some(what);
    }
    let style = || node.descendants().filter(Node::is_text).filter_map(|inner| inner.text()).collect::<String>();
    if name.eq_ignore_ascii_case("style") { fault_of_style(&style()) } else { None }
}

fn fault_of_attribute(attribute: &Attribute<'_, '_>, is_animation: bool, is_image: bool) -> Option<String> {
    let (name, value) = (attribute.name(), attribute.value());
    let lower = name.to_ascii_lowercase();
    if lower.starts_with("on") {
        return Some(format!("`{name}`, which runs a program"));
    }
    if attribute.namespace() == Some(XML) && lower == "base" {
        return Some("`xml:base`, which changes where addresses lead".to_owned());
    }
    if matches!(lower.as_str(), "href" | "src") {
        let allowed: &[&str] = if is_image { &IMAGES } else { &[] };
        return (!is_within(value, allowed)).then(|| address(value));
    }
    if is_animation && lower == "attributename" {
        let changed = value.trim().to_ascii_lowercase();
        let changed = changed.rsplit(':').next().unwrap_or_default();
        if changed == "href" || changed.starts_with("on") {
            return Some(format!("an animation of `{changed}`"));
        }
    }
    fault_of_style(value)
}

/// Whether an address leads to a part of the file, or is itself data of one of these types.
fn is_within(address: &str, allowed: &[&str]) -> bool {
    let address: String = address.chars().filter(|c| !c.is_whitespace()).collect();
    let of_data = || address.get(..5).is_some_and(|scheme| scheme.eq_ignore_ascii_case("data:"));
    let kind = || address.get(5..).unwrap_or_default().chars().take(40).collect::<String>().to_ascii_lowercase();
    address.is_empty()
        || address.starts_with('#')
        || (of_data() && allowed.iter().any(|allowed| kind().starts_with(allowed)))
}

fn address(address: &str) -> String {
    const SHOWN: usize = 40;
    let address = address.trim();
    let shown: String = address.chars().take(SHOWN).collect();
    let rest = if shown.len() < address.len() { "…" } else { "" };
    format!("an external address, `{shown}{rest}`")
}

/// Returns what CSS loads that is no part of the file.
fn fault_of_style(css: &str) -> Option<String> {
    if !css.contains(['(', '@', '\\']) {
        return None;
    }
    let css = unescaped(css).to_lowercase();
    let is_word = |c: char| c.is_alphanumeric() || c == '-' || c == '_';
    for way in LOADING {
        let begins = |at: usize| !css.get(..at).is_some_and(|before| before.ends_with(is_word));
        // With a prefix of a browser it does the same.
        let is_prefixed = way.contains('-');
        if css.match_indices(way).any(|(at, _)| is_prefixed || begins(at)) {
            return Some(format!("`{way}`, which loads external content", way = way.trim_end_matches('(')));
        }
    }
    let mut urls = css.split("url(").skip(1).map(|rest| {
        let rest = rest.trim_start().trim_start_matches(['"', '\'']);
        rest.split(['"', '\'', ')']).next().unwrap_or_default()
    });
    let allowed: Vec<_> = IMAGES.iter().chain(&FONTS).copied().collect();
    urls.find(|url| !is_within(url, &allowed)).map(address)
}

/// Returns CSS without the escapes in which words can hide.
fn unescaped(css: &str) -> String {
    let mut out = String::with_capacity(css.len());
    let mut rest = css.chars().peekable();
    while let Some(c) = rest.next() {
        if c != '\\' {
            out.push(c);
            continue;
        }
        let mut code = 0;
        let mut digits = 0;
        while let Some(digit) = rest.peek().and_then(|c| c.to_digit(16)).filter(|_| digits < 6) {
            code = code * 16 + digit;
            digits += 1;
            rest.next();
        }
        if digits == 0 {
            out.extend(rest.next());
        } else {
            rest.next_if(|c| c.is_ascii_whitespace());
            out.push(char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER));
        }
    }
    out
}

fn shape(root: Node<'_, '_>) -> Shape {
    let side = |name: &str| root.attribute(name).and_then(length);
    let view = root.attribute("viewBox").map(|view| {
        let numbers = view.split([' ', ',', '\n', '\t', '\r']).filter(|number| !number.is_empty());
        numbers.map(|number| number.parse().unwrap_or(0.0)).collect::<Vec<f64>>()
    });
    let view = match view.as_deref() {
        Some([_, _, width, height]) if *width > 0.0 && *height > 0.0 => Some((*width, *height)),
        _ => None,
    };
    let (width, height) = match (side("width"), side("height"), view) {
        (Some(width), Some(height), _) => (width, height),
        (Some(width), None, Some((w, h))) => (width, width * h / w),
        (None, Some(height), Some((w, h))) => (height * w / h, height),
        (None, None, Some(view)) => view,
        (width, height, None) => (width.unwrap_or(DEFAULT.0), height.unwrap_or(DEFAULT.1)),
    };
    // More than a browser can show is no size that anybody means.
    let pixels = |side: f64| side.round().clamp(1.0, 100_000.0) as u32;
    Shape { width: pixels(width), height: pixels(height) }
}

/// Returns a length in pixels of CSS. None for a part of what is around it.
fn length(text: &str) -> Option<f64> {
    const UNITS: [(&str, f64); 8] = [
        ("", 1.0),
        ("px", 1.0),
        ("pt", 4.0 / 3.0),
        ("pc", 16.0),
        ("in", 96.0),
        ("cm", 96.0 / 2.54),
        ("mm", 96.0 / 25.4),
        ("em", 16.0),
    ];
    let text = text.trim();
    let unit = text.trim_start_matches(|c: char| c.is_ascii_digit() || ".+-eE".contains(c));
    // The e of `em` may be that of a number.
    let unit = if text.ends_with("em") { "em" } else { unit };
    let (_, factor) = UNITS.iter().find(|(name, _)| name.eq_ignore_ascii_case(unit))?;
    let number: f64 = text.strip_suffix(unit)?.trim().parse().ok()?;
    (number.is_finite() && number > 0.0).then_some(number * factor)
}
