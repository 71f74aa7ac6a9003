//! Blocks of attributes that nothing carries, and what their writers meant.
//!
//! An id that is written and not read would be lost without a word. So every block is either carried by a level, a
//! category or a criterion, or a slip, which is reported with its cause. In code and behind a backslash it is text, and a
//! slip only where something without an id ends in it.

use std::collections::BTreeMap;

use camino::Utf8Path;
use unicode_normalization::UnicodeNormalization;

use super::document::{Attributes, Block, BlockKind, Document};
use crate::diagnostic::{Code, Diagnostic, Fix, Place, Problems, Span};
use crate::id::CriterionId;
use crate::text::{Edit, Edits, char_at, line_start, list, slice, split};

/// A block of attributes where nothing can carry it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Slip {
    /// The block with its braces.
    pub(crate) block: Span,
    /// The id in it.
    pub(crate) id: Option<String>,
    pub(crate) position: Position,
}

/// Where a block stands that nothing carries.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Position {
    /// Before the end of its text, which goes on at `rest`. The next id that stands in it belongs to what follows.
    Before {
        rest: usize,
        next: Option<(String, Span)>,
    },
    /// At the end of a text, and in braces other than `{` and `}`.
    FullWidth,
    /// At the end of a text that has no other, and in code or behind a backslash.
    Quoted,
    /// At the end of a paragraph that begins at a byte.
    Paragraph(usize),
    /// At the end of an item within another one, which may have an id.
    Item(Option<String>),
    Quote,
    Heading,
    Cell,
}

/// A block as it is written, whether or not it can be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Written {
    pub(crate) span: Span,
    pub(crate) id: String,
    pub(crate) is_full_width: bool,
}

/// All blocks with an id in a part of a text, apart from those in code and behind a backslash.
pub(super) fn written(text: &str, part: Span, code: &[Span]) -> Vec<Written> {
    let mut found = Vec::new();
    let mut at = part.start;
    while let Some(open) = slice(text, at..part.end).find(OPENING).map(|open| at + open) {
        let brace = char_at(text, open).map_or(1, char::len_utf8);
        at = open + brace;
        let before = slice(text, part.start..open);
        let escapes = before.len() - before.trim_end_matches('\\').len();
        let is_text = escapes % 2 == 1 || before.ends_with('{') || code.iter().any(|code| code.contains(&open));
        if is_text {
            continue;
        }
        let inner = slice(text, at..part.end);
        let end = inner.find([OPENING[0], OPENING[1], '\n']).unwrap_or(inner.len());
        let Some(close) = slice(inner, ..end).find(CLOSING) else { continue };
        let Some(id) = id_of(slice(inner, ..close)) else { continue };
        let closing = char_at(inner, close).map_or(1, char::len_utf8);
        let span = open..at + close + closing;
        let is_full_width = normal(slice(text, span.clone())) != slice(text, span.clone());
        at = span.end;
        found.push(Written { span, id, is_full_width });
    }
    found
}

/// The block in code or behind a backslash that a part of a text ends in.
pub(super) fn quoted(text: &str, part: &Span, code: &[Span]) -> Option<Written> {
    let written = slice(text, part.clone()).trim_end();
    let end = part.start + written.len();
    let start = match code.iter().find(|code| code.end == end) {
        Some(code) => code.start,
        None => part.start + written.rfind("\\{")?,
    };
    let block = unquoted(slice(text, start..end));
    let id = id_of(block.strip_prefix('{')?.strip_suffix('}')?)?;
    Some(Written { span: start..end, id, is_full_width: false })
}

/// A block without what makes it text.
fn unquoted(block: &str) -> String {
    normal(block).replace('\\', "").trim_matches(['`', ' ']).to_owned()
}

const OPENING: [char; 2] = ['{', '｛'];
const CLOSING: [char; 2] = ['}', '｝'];

/// A block as it would be typed on a keyboard for English.
fn normal(block: &str) -> String {
    block.nfkc().collect()
}

/// The id among the attributes, if these are attributes.
fn id_of(inner: &str) -> Option<String> {
    let inner = normal(inner);
    let id = |word: &str| word.strip_prefix('#').filter(|id| id.starts_with(char::is_alphanumeric)).map(str::to_owned);
    let ids: Vec<_> = inner.split_whitespace().map(|word| (id(word), word.contains('='))).collect();
    let is_attributes = ids.iter().all(|(id, is_value)| id.is_some() || *is_value);
    ids.into_iter().find_map(|(id, _)| id).filter(|_| is_attributes)
}

/// The slips in blocks of which none can carry attributes, such as the details of a criterion, whose id is `of`.
pub(super) fn in_blocks(blocks: &[Block], of: Option<&str>, slips: &mut Vec<Slip>) {
    for block in blocks {
        match &block.kind {
            BlockKind::Paragraph(paragraph) => {
                slips.extend(carried(&paragraph.attributes, Position::Paragraph(paragraph.text.span.start)));
            }
            BlockKind::Quote(blocks) => {
                let from = slips.len();
                in_blocks(blocks, of, slips);
                slips[from..].iter_mut().for_each(|slip| slip.position = Position::Quote);
            }
            BlockKind::List(list) => {
                for item in &list.items {
                    slips.extend(carried(&item.attributes, Position::Item(of.map(str::to_owned))));
                    let id = item.attributes.id.as_ref().map(|id| id.text.as_str());
                    in_blocks(&item.blocks, id.or(of), slips);
                }
            }
            _ => {}
        }
    }
}

/// The slip that attributes are where nothing can carry them, if there are any.
pub(super) fn carried(attributes: &Attributes, position: Position) -> Option<Slip> {
    let id = attributes.id.as_ref().map(|id| id.text.clone());
    (!attributes.is_empty()).then(|| Slip { block: attributes.span.clone(), id, position })
}

/// The slips of a page, on which nothing carries attributes.
pub(crate) fn slips_of_page(document: &Document) -> Vec<Slip> {
    let mut slips = document.slips.clone();
    // On a page such blocks are not mistaken for ids.
    slips.retain(|slip| !matches!(slip.position, Position::FullWidth | Position::Quoted));
    for section in &document.sections {
        slips.extend(section.heading.as_ref().and_then(|heading| carried(&heading.attributes, Position::Heading)));
        in_blocks(&section.blocks, None, &mut slips);
    }
    slips
}

/// How a line begins that was meant to begin a list item or a heading.
struct Lead<'a> {
    span: Span,
    /// As it is written, without the space that may follow.
    sign: &'a str,
    /// As it has to be written, with its space.
    meant: String,
    kind: LeadKind,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum LeadKind {
    Dash,
    Bullet,
    Number,
    Heading,
}

impl<'a> Lead<'a> {
    /// Reads the line that begins at a byte. None if it begins with nothing that was meant so, or as it has to.
    fn of(text: &'a str, line: usize) -> Option<Self> {
        let start = line + indentation(slice(text, line..));
        let rest = slice(text, start..).lines().next().unwrap_or_default();
        let first = rest.chars().next()?;
        let hashes = rest.len() - rest.trim_start_matches(['#', '＃']).len();
        let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
        let (kind, length, meant) = match first {
            '#' | '＃' => {
                let depth = slice(rest, ..hashes).chars().count();
                (LeadKind::Heading, hashes, "#".repeat(depth) + " ")
            }
            '-' | '+' | '*' => (LeadKind::Dash, 1, format!("{first} ")),
            _ if BULLETS.contains(first) => (LeadKind::Bullet, first.len_utf8(), marker_before(text, start)),
            _ if (1..=9).contains(&digits) => {
                let dot = char_at(rest, digits).filter(|dot| ".)．）、".contains(*dot))?;
                let meant = if ")）".contains(dot) { ')' } else { '.' };
                (LeadKind::Number, digits + dot.len_utf8(), format!("{}{meant} ", slice(rest, ..digits)))
            }
            _ => return None,
        };
        let (sign, after) = split(rest, length);
        let statement = after.trim_start();
        let is_right = after.starts_with([' ', '\t']) && meant.trim_end() == sign;
        let is_rule = kind == LeadKind::Dash && statement.starts_with(first);
        let is_heading = kind != LeadKind::Heading || meant.len() <= 7;
        if statement.is_empty() || is_right || is_rule || !is_heading {
            return None;
        }
        let span = start..start + length + (after.len() - statement.len());
        Some(Self { span, sign, meant, kind })
    }

    /// What is wrong with it.
    fn cause(&self) -> String {
        let (sign, meant) = (self.sign, self.meant.trim_end());
        match self.kind {
            _ if sign != meant => format!("`{sign}` begins no {}", self.begins()),
            LeadKind::Dash if sign == "-" => "a dash needs a space after it".to_owned(),
            LeadKind::Heading => format!("a heading needs a space after `{sign}`"),
            _ => format!("`{sign}` needs a space after it"),
        }
    }

    fn begins(&self) -> &'static str {
        if self.kind == LeadKind::Heading { "heading" } else { "list item" }
    }

    /// The sign alone, for what is shown.
    fn shown(&self) -> Span {
        self.span.start..self.span.start + self.sign.len()
    }

    fn edit(&self) -> Edit {
        Edit::replace(self.span.clone(), self.meant.clone())
    }
}

/// What word processors, and keyboards for Chinese, put in place of a dash.
const BULLETS: &str = "•‧∙·・●○◦◯▪▫■□◆◇▶►➢➤➔→⁃‣※✓✔✗☐–—−－＊＋\u{F0B7}\u{F0A7}\u{F0D8}\u{F076}";

/// The sign of the list item before a byte, with a space.
fn marker_before(text: &str, at: usize) -> String {
    let signs = slice(text, ..at).lines().rev().filter_map(|line| {
        let (sign, _) = line.trim_start().split_at_checked(2)?;
        ["- ", "* ", "+ "].contains(&sign).then(|| sign.to_owned())
    });
    signs.take(1).next().unwrap_or_else(|| "- ".to_owned())
}

/// What there is to say about a slip, and a change that would mend it if its cause is what it looks like.
struct Told {
    problem: Diagnostic,
    edit: Option<Edit>,
    /// Whether the change makes a heading.
    is_heading: bool,
}

impl Slip {
    /// All ids that are not read as they were meant.
    pub(crate) fn ids(&self) -> impl Iterator<Item = &str> {
        let next = match &self.position {
            Position::Before { next, .. } => next.as_ref().map(|(id, _)| id),
            _ => None,
        };
        self.id.iter().chain(next).map(String::as_str)
    }

    /// The block that what follows has, if this one stands before the end of its text.
    fn next(&self) -> Option<&Span> {
        match &self.position {
            Position::Before { next: Some((_, span)), .. } => Some(span),
            _ => None,
        }
    }

    /// The slip that is told in its place, if any: what is said of the line that follows a block is not said again of
    /// that line's own block, but the first line of a paragraph follows none.
    fn to_tell(&self, text: &str, all: &[Self]) -> Option<Self> {
        let is_carried = !matches!(self.position, Position::Before { .. } | Position::FullWidth | Position::Quoted);
        if !is_carried || !all.iter().any(|other| other.next() == Some(&self.block)) {
            return Some(self.clone());
        }
        let Position::Paragraph(start) = self.position else { return None };
        Lead::of(text, start)?;
        let of_paragraph = all.iter().filter(|other| (start..=self.block.start).contains(&other.block.start));
        let first = of_paragraph.min_by_key(|other| other.block.start)?;
        Some(Self { position: Position::Paragraph(start), ..first.clone() })
    }

    fn tell(&self, path: &Utf8Path, text: &str) -> Told {
        let place = |span: Span| Place::new(path, span);
        let name = self.id.clone().unwrap_or_else(|| slice(text, self.block.clone()).to_owned());
        let report = |message: String, span: Span, label: String, help: String| {
            let is_elsewhere = span != self.block;
            let problem = Diagnostic::new(Code::MisplacedAttributes, message, place(span)).label(label).help(help);
            if is_elsewhere { problem.related(place(self.block.clone()), "") } else { problem }
        };
        let told = |problem| Told { problem, edit: None, is_heading: false };
        let at_block = |message: String, label: &str, help: &str| {
            told(report(message, self.block.clone(), label.to_owned(), help.to_owned()))
        };
        let nothing = match &self.id {
            Some(id) => format!("nothing here can carry the id {id}"),
            None => format!("nothing here can carry `{name}`"),
        };
        let led = |message: String, lead: &Lead<'_>| Told {
            problem: report(message, lead.shown(), lead.cause(), format!("write `{}…`", lead.meant)),
            edit: Some(lead.edit()),
            is_heading: lead.kind == LeadKind::Heading,
        };
        match &self.position {
            Position::FullWidth => {
                let meant = normal(slice(text, self.block.clone()));
                let help = format!("write `{meant}`");
                let label = "only `{` and `}` make attributes".to_owned();
                let problem = report(format!("{name} stands in full-width braces"), self.block.clone(), label, help);
                Told { problem, edit: Some(Edit::replace(self.block.clone(), meant)), is_heading: false }
            }
            Position::Quoted => {
                let meant = unquoted(slice(text, self.block.clone()));
                let is_code = slice(text, self.block.clone()).starts_with('`');
                let label = if is_code { "code is text" } else { "a backslash makes this text" };
                let help = format!("write `{meant}`");
                let problem = report(format!("{name} is text here"), self.block.clone(), label.to_owned(), help);
                Told { problem, edit: Some(Edit::replace(self.block.clone(), meant)), is_heading: false }
            }
            Position::Before { rest, next } => {
                let between = slice(text, self.block.end..*rest);
                let following = next.as_ref().map(|(id, _)| id.as_str());
                let lead = Lead::of(text, *rest);
                let message = match following {
                    Some(following) => format!("{following} is read as part of {name}"),
                    None => format!("text follows {name}"),
                };
                if let Some(lead) = lead.filter(|_| between.contains('\n')) {
                    return led(message, &lead);
                }
                if next.as_ref().is_some_and(|(_, span)| span.start == *rest) && !between.contains('\n') {
                    let label = "another block follows";
                    let help =
                        "a thing has one id: keep one of the two, and put back the line that the other belongs to";
                    return at_block(
                        format!("{name} and {} stand at one thing", following.unwrap_or_default()),
                        label,
                        help,
                    );
                }
                if let Some(joined) = joined(text, *rest).filter(|_| next.is_some() && !between.contains('\n')) {
                    let line = line_start(text, self.block.start);
                    let indent = slice(text, line..line + indentation(slice(text, line..)));
                    let end = if slice(text, ..*rest).contains("\r\n") { "\r\n" } else { "\n" };
                    let shown = *rest..*rest + joined.sign;
                    let label = "a list item begins on a line of its own".to_owned();
                    let help = "begin a new line before it".to_owned();
                    let edit =
                        Edit::replace(self.block.end..*rest + joined.length, format!("{end}{indent}{}", joined.meant));
                    let problem = report(message, shown, label, help);
                    return Told { problem, edit: Some(edit), is_heading: false };
                }
                match next {
                    Some(_) if between.contains('\n') => {
                        let end = char_at(text, *rest).map_or(*rest, |c| *rest + c.len_utf8());
                        let label = "a list item begins with `- `".to_owned();
                        let help = "write `- ` before it, or move the attributes to the end of what they belong to";
                        told(report(message, *rest..end, label, help.to_owned()))
                    }
                    _ => at_block(
                        "attributes stand at the end of what they belong to".to_owned(),
                        "text follows",
                        "move them to the end, or write `\\{` for a brace that is meant as such",
                    ),
                }
            }
            Position::Paragraph(start) => match Lead::of(text, *start) {
                Some(lead) => led(nothing, &lead),
                None => at_block(
                    nothing,
                    "belongs to no level, category or criterion",
                    match self.id.as_deref().and_then(CriterionId::parse) {
                        Some(_) => {
                            "write `- ` before its sentence, move it to the end of what it belongs to, or remove it"
                        }
                        None => {
                            "put it at the end of a level's or category's heading or of a criterion, which begins with \
                             `- `, or remove it"
                        }
                    },
                ),
            },
            Position::Item(of) => {
                let label = match of {
                    Some(of) => format!("this item is indented, so it belongs to {of}"),
                    None => "this item is indented, so it belongs to the one above".to_owned(),
                };
                at_block(nothing, &label, "begin it where the item above begins, or remove its id")
            }
            Position::Quote => at_block(nothing, "stands in a quotation", "take away the `>` before it, or remove it"),
            Position::Cell => {
                at_block(nothing, "stands in a table", "write a list item in place of the row, or remove it")
            }
            Position::Heading => at_block(
                nothing,
                "belongs to no level, category or criterion",
                "put it at the end of a level's or category's heading or of a criterion, or remove it",
            ),
        }
    }
}

/// What begins and ends a comment of HTML.
const COMMENT: (&str, &str) = ("<!--", "-->");

/// The comment around a place, or the one that begins there, if there are ids in it.
fn comment(text: &str, at: usize) -> Option<Span> {
    let start = match slice(text, at..).starts_with(COMMENT.0) {
        true => at,
        false => slice(text, ..at).rfind(COMMENT.0)?,
    };
    let end = start + slice(text, start..).find(COMMENT.1)? + COMMENT.1.len();
    let comment = start..end;
    (at < end && !written(text, comment.clone(), &[]).is_empty()).then_some(comment)
}

fn tell_comment(path: &Utf8Path, text: &str, comment: Span) -> Diagnostic {
    let ids: Vec<_> = written(text, comment.clone(), &[]).into_iter().map(|block| block.id).collect();
    let verb = if ids.len() == 1 { "stands" } else { "stand" };
    let message = format!("{ids} {verb} in a comment, which is shown as text", ids = list(&ids));
    let place = Place::new(path, comment.start..comment.start + COMMENT.0.len());
    Diagnostic::new(Code::MisplacedAttributes, message, place).label("HTML is text here").help(
        "take `<!--` and `-->` away; or remove all of the comment, and `rungs check` says how to withdraw what is gone \
         for good",
    )
}

/// A list item that begins within a line.
struct Joined {
    /// How long its sign is, and how long with the space.
    sign: usize,
    length: usize,
    meant: String,
}

fn joined(text: &str, at: usize) -> Option<Joined> {
    let rest = slice(text, at..).lines().next().unwrap_or_default();
    let first = rest.chars().next().filter(|c| "-+*".contains(*c) || BULLETS.contains(*c))?;
    let after = slice(rest, first.len_utf8()..);
    let statement = after.trim_start();
    let is_sign = !statement.is_empty() && !statement.starts_with(first);
    let meant = if "-+*".contains(first) { format!("{first} ") } else { marker_before(text, at) };
    is_sign.then(|| Joined { sign: first.len_utf8(), length: rest.len() - statement.len(), meant })
}

fn indentation(line: &str) -> usize {
    line.len() - line.trim_start_matches([' ', '\t']).len()
}

/// How many slips of one file are tried by themselves, if not all can be mended together. Each is read anew.
const TRIED: usize = 20;

/// Tells of the slips of a page.
pub(crate) fn told_of_page(path: &Utf8Path, text: &str, slips: &[Slip]) -> Vec<Diagnostic> {
    told(path, text, slips, false)
}

/// Tells of the slips of a ladder. Changes after which the ids are read as they were meant are fixes.
pub fn told_of_ladder(path: &Utf8Path, text: &str, slips: &[Slip]) -> Vec<Diagnostic> {
    told(path, text, slips, true)
}

fn told(path: &Utf8Path, text: &str, slips: &[Slip], is_ladder: bool) -> Vec<Diagnostic> {
    // A comment is one slip, however many ids it holds.
    let around = |slip: &Slip| match slip.position {
        Position::Before { rest, .. } => comment(text, slip.block.start).or_else(|| comment(text, rest)),
        _ => None,
    };
    let comments: BTreeMap<usize, Span> = slips.iter().filter_map(around).map(|span| (span.start, span)).collect();
    let is_commented =
        |slip: &Slip| around(slip).is_some() || comments.values().any(|comment| comment.contains(&slip.block.start));
    let slips: Vec<_> =
        slips.iter().filter(|slip| !is_commented(slip)).filter_map(|slip| slip.to_tell(text, slips)).collect();
    let mut told: Vec<_> = slips.iter().map(|slip| slip.tell(path, text)).collect();
    if is_ladder && told.iter().any(|of| of.edit.is_some()) {
        let before = Read::of(path, text);
        let read = |edits: Vec<Edit>| Some(Read::of(path, &Edits::of(text).with(edits).ok()?.written()));
        let all = told.iter().filter_map(|of| of.edit.clone()).collect();
        let mended = slips.iter().zip(&told).filter(|(_, of)| of.edit.is_some()).flat_map(|(slip, _)| slip.ids());
        let together = read(all).is_some_and(|after| before.is_mended(&after, mended));
        let mut tried = 0;
        for (slip, of) in slips.iter().zip(&mut told) {
            let Some(edit) = &of.edit else { continue };
            tried += 1;
            let mends = || read(vec![edit.clone()]).is_some_and(|after| before.is_mended(&after, slip.ids()));
            if together || (tried <= TRIED && mends()) {
                let fix = Fix::new(Place::new(path, edit.span.clone()), edit.text.clone());
                of.problem.fix = Some(Box::new(fix));
            }
        }
    }
    // What stands below a heading that is none has nothing to belong to.
    let headings: Vec<&Edit> =
        told.iter().filter_map(|of| of.edit.as_ref().filter(|_| of.is_heading && of.problem.fix.is_some())).collect();
    if !headings.is_empty() {
        let after = headings
            .into_iter()
            .fold(Edits::of(text), |edits, edit| edits.clone().with([edit.clone()]).unwrap_or(edits));
        let (_, left) = super::outline(super::parse(path, &after.written(), &Problems::default()));
        let is_left = |slip: &Slip| slip.id.is_none() || left.iter().any(|of| of.id == slip.id);
        let kept: Vec<bool> = slips.iter().zip(&told).map(|(slip, of)| of.is_heading || is_left(slip)).collect();
        let mut kept = kept.into_iter();
        told.retain(|_| kept.next().unwrap_or(true));
    }
    let commented = comments.into_values().map(|comment| tell_comment(path, text, comment));
    told.into_iter().map(|of| of.problem).chain(commented).collect()
}

/// Which ids a ladder's text gives to something, and how often.
struct Read {
    /// Those that may stand once.
    single: BTreeMap<String, usize>,
    categories: BTreeMap<String, usize>,
}

impl Read {
    fn of(path: &Utf8Path, text: &str) -> Self {
        let mut read = Self { single: BTreeMap::new(), categories: BTreeMap::new() };
        let (outline, _) = super::outline(super::parse(path, text, &Problems::default()));
        let count = |of: &mut BTreeMap<String, usize>, attributes: &Attributes| {
            attributes.id.iter().for_each(|id| *of.entry(id.text.clone()).or_default() += 1);
        };
        for level in outline.levels() {
            count(&mut read.single, &level.attributes);
            for category in &level.categories {
                count(&mut read.categories, &category.attributes);
                category.criteria.iter().for_each(|criterion| count(&mut read.single, &criterion.attributes));
            }
        }
        read
    }

    /// Whether another reading has all of these ids, some that were lost among them, and none twice by that.
    fn is_mended<'a>(&self, after: &Self, mut lost: impl Iterator<Item = &'a str>) -> bool {
        let of = |ids: &BTreeMap<String, usize>, id: &str| ids.get(id).copied().unwrap_or_default();
        let total = |read: &Self| read.single.values().chain(read.categories.values()).sum::<usize>();
        self.single.iter().all(|(id, &number)| of(&after.single, id) >= number)
            && self.categories.iter().all(|(id, &number)| of(&after.categories, id) >= number)
            && after.single.iter().all(|(id, &number)| number == 1 || number == of(&self.single, id))
            && lost.all(|id| of(&after.single, id) + of(&after.categories, id) > 0)
            && total(after) > total(self)
    }
}
