//! The PO format of GNU gettext, as far as translations of texts need it: no plural forms.
//!
//! The crates that read it know neither previous sources (`#|`) nor where in the file a fault is, and both are needed
//! here. Its syntax is described in the manual of GNU gettext, "The Format of PO Files".

use camino::Utf8Path;

use crate::diagnostic::{Code, Diagnostic, Place, Problems, Span, character};
use crate::text::{blanked, forbidden_in, split};

/// A PO file.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Catalog {
    /// The fields of the header in their order: `Language`, `fr`.
    pub(crate) header: Vec<(String, String)>,
    /// Where the header stands.
    pub(crate) header_span: Span,
    pub messages: Vec<Message>,
    /// Messages that are no longer in use (`#~`), by the places of their translations.
    pub(crate) obsolete: Vec<Span>,
}

/// A text and its translation.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Message {
    /// Comments of translators.
    pub(crate) comments: Vec<String>,
    /// Comments of the program for translators.
    pub(crate) hints: Vec<String>,
    /// Where the text stands: `en/maps.md:12`.
    pub(crate) references: Vec<String>,
    pub is_fuzzy: bool,
    /// Flags other than that.
    pub(crate) flags: Vec<String>,
    /// The text that the translation was made from, where that has changed.
    pub(crate) previous: Option<String>,
    pub context: String,
    pub source: String,
    /// Empty where there is no translation.
    pub translation: String,
    /// Where the message begins and ends in the file that it was read from.
    pub(crate) span: Span,
}

impl Catalog {
    /// Returns a field of the header, by its name in whatever letter case.
    pub(crate) fn field(&self, name: &str) -> Option<&str> {
        let found = self.header.iter().find(|(field, _)| field.eq_ignore_ascii_case(name));
        found.map(|(_, value)| value.as_str())
    }

    /// Returns the text of the file.
    pub fn write(&self) -> String {
        let mut out = String::new();
        let header: String = self.header.iter().map(|(name, value)| format!("{name}: {value}\n")).collect();
        write_text("msgid", "", "", &mut out);
        write_text("msgstr", &header, "", &mut out);
        for message in &self.messages {
            out.push('\n');
            message.write(&mut out);
        }
        out
    }

    /// Reads a file. Every fault in it is reported; a message with a fault is left out. Messages that are no longer in
    /// use (`#~`) are only counted.
    pub fn read(path: &Utf8Path, text: &str, problems: &Problems) -> Self {
        let found = forbidden_in(text);
        let forbidden = found.iter().map(|(span, _)| span.start).collect();
        problems.extend(character::forbidden(path, 0, text, found));
        let text = &*blanked(text);
        let mut reader =
            PoReader { path, text, catalog: Self::default(), open: OpenMessage::default(), forbidden, problems };
        let mut at = 0;
        for line in text.split_inclusive('\n') {
            reader.line(line, at);
            at += line.len();
        }
        reader.close();
        reader.catalog
    }
}

/// Returns the text of a PO file.
///
/// # Errors
/// With what is wrong if it is not in UTF-8, and with the text as far as it can be shown.
pub(crate) fn decoded(path: &Utf8Path, bytes: Vec<u8>) -> Result<String, (Box<Diagnostic>, String)> {
    String::from_utf8(bytes).map_err(|error| {
        let (start, bytes) = (error.utf8_error().valid_up_to(), error.as_bytes());
        let text = String::from_utf8_lossy(bytes).into_owned();
        let charset = text.split_once("charset=").map(|(_, rest)| rest);
        let charset = charset.and_then(|rest| rest.split(['\\', '"', '\n', ' ', ';']).next()).unwrap_or_default();
        let (message, help) = match bytes {
            [0xFF, 0xFE, ..] | [0xFE, 0xFF, ..] => (
                "this file is in UTF-16, not in UTF-8".to_owned(),
                format!("convert it with `iconv -f UTF-16 -t UTF-8 {path} > NEW.po`"),
            ),
            _ if charset.is_empty() || charset.eq_ignore_ascii_case("utf-8") => {
                ("this file is not in UTF-8".to_owned(), "save it as UTF-8, or export it again".to_owned())
            }
            _ => (
                format!("this file is in {charset}, not in UTF-8"),
                format!("convert it with `msgconv --to-code=UTF-8 --output-file={path} {path}`"),
            ),
        };
        let end = start + '\u{FFFD}'.len_utf8();
        let place = Place::new(path, start.min(text.len())..end.min(text.len()));
        (Box::new(place.problem(Code::PoSyntax, message).help(help)), text)
    })
}

impl Message {
    fn write(&self, out: &mut String) {
        let mut comment = |sign: &str, text: &str| {
            for line in text.split('\n') {
                out.push_str(&format!("#{sign}{}{line}\n", if line.is_empty() { "" } else { " " }));
            }
        };
        self.comments.iter().for_each(|text| comment("", text));
        self.hints.iter().for_each(|text| comment(".", text));
        self.references.iter().for_each(|text| comment(":", text));
        let flags = self.is_fuzzy.then_some("fuzzy").into_iter().chain(self.flags.iter().map(String::as_str));
        let flags: Vec<_> = flags.collect();
        if !flags.is_empty() {
            comment(",", &flags.join(", "));
        }
        if let Some(previous) = &self.previous {
            write_text("msgid", previous, "#| ", out);
        }
        if !self.context.is_empty() {
            write_text("msgctxt", &self.context, "", out);
        }
        write_text("msgid", &self.source, "", out);
        write_text("msgstr", &self.translation, "", out);
    }
}

/// A keyword with its text: on one line, or a line for each line of the text.
fn write_text(keyword: &str, text: &str, before: &str, out: &mut String) {
    let lines: Vec<_> = text.split_inclusive('\n').collect();
    match lines.as_slice() {
        [] | [_] => out.push_str(&format!("{before}{keyword} \"{}\"\n", escaped(text))),
        lines => {
            out.push_str(&format!("{before}{keyword} \"\"\n"));
            lines.iter().for_each(|line| out.push_str(&format!("{before}\"{}\"\n", escaped(line))));
        }
    }
}

/// Both forms of each sign that has to be escaped.
const ESCAPES: [(char, char); 6] = [('\\', '\\'), ('"', '"'), ('\n', 'n'), ('\t', 't'), ('\r', 'r'), ('\u{7}', 'a')];

fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match ESCAPES.iter().find(|(sign, _)| *sign == c) {
            Some((_, letter)) => escaped.extend(['\\', *letter]),
            None => escaped.push(c),
        }
    }
    escaped
}

/// Returns the text between two quotes. None for an escape that means nothing, or a quote that ends it early.
fn unescaped(text: &str) -> Option<String> {
    let mut plain = String::with_capacity(text.len());
    let mut signs = text.chars();
    while let Some(c) = signs.next() {
        match c {
            '\\' => {
                let letter = signs.next()?;
                plain.push(ESCAPES.iter().find(|(_, known)| *known == letter)?.0);
            }
            '"' => return None,
            c => plain.push(c),
        }
    }
    Some(plain)
}

/// The parts of a message in the order in which they stand.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum MessagePart {
    #[default]
    Comments,
    Context,
    Source,
    Translation,
}

/// The message that is being read.
#[derive(Debug, Default)]
struct OpenMessage {
    message: Message,
    /// The part that was read last. A line of text alone continues it.
    part: MessagePart,
    /// Whether the last line of what it was before was one of its source.
    in_previous_source: bool,
    /// Where it began, if it has.
    start: Option<usize>,
    /// Where it ended so far.
    end: usize,
    has_source: bool,
    has_translation: bool,
    is_faulty: bool,
}

struct PoReader<'a> {
    path: &'a Utf8Path,
    text: &'a str,
    catalog: Catalog,
    open: OpenMessage,
    /// Where characters stand that no page may hold, which have been reported.
    forbidden: Vec<usize>,
    problems: &'a Problems,
}

impl PoReader<'_> {
    fn line(&mut self, line: &str, at: usize) {
        let written = line.trim();
        let written = written.strip_prefix('\u{feff}').unwrap_or(written);
        let span = at + (line.len() - line.trim_start().len())..at + line.trim_end().len();
        if written.is_empty() {
            return self.close();
        }
        if let Some(obsolete) = written.strip_prefix("#~") {
            if obsolete.trim_start().starts_with("msgstr") {
                self.catalog.obsolete.push(span);
            }
            return;
        }
        // A comment, or the context, after a translation begins the next message.
        let begins = written.starts_with('#') || written.starts_with("msgctxt") || written.starts_with("msgid");
        if begins && self.open.part == MessagePart::Translation {
            self.close();
        }
        // What is said about a message stands before it.
        if !written.starts_with('#') {
            self.open.start.get_or_insert(span.start);
        }
        self.open.end = span.end;
        self.open.is_faulty |= !written.starts_with('#') && self.forbidden.iter().any(|at| span.contains(at));
        match written.strip_prefix('#') {
            Some(comment) => self.comment(comment, span),
            None => self.text(written, span, false),
        }
    }

    fn comment(&mut self, comment: &str, span: Span) {
        let message = &mut self.open.message;
        let after_sign = |sign: char| comment.strip_prefix(sign).map(|text| text.trim().to_owned());
        if let Some(previous) = after_sign('|') {
            // The context that it had does not matter: it never changes.
            if previous.starts_with("msg") {
                self.open.in_previous_source = previous.starts_with("msgid") && !previous.starts_with("msgid_plural");
            }
            if self.open.in_previous_source {
                self.text(&previous, span, true);
            }
        } else if let Some(hint) = after_sign('.') {
            message.hints.push(hint);
        } else if let Some(references) = after_sign(':') {
            message.references.extend(references.split_whitespace().map(str::to_owned));
        } else if let Some(flags) = after_sign(',') {
            let flags = flags.split(',').map(str::trim).filter(|flag| !flag.is_empty());
            let (fuzzy, others): (Vec<_>, Vec<_>) = flags.partition(|flag| *flag == "fuzzy");
            message.is_fuzzy |= !fuzzy.is_empty();
            message.flags.extend(others.into_iter().map(str::to_owned));
        } else {
            message.comments.push(comment.strip_prefix(' ').unwrap_or(comment).to_owned());
        }
    }

    /// A keyword with a text, or a text that goes on.
    fn text(&mut self, written: &str, span: Span, is_previous: bool) {
        let (keyword, quoted) = split(written, written.find('"').unwrap_or(written.len()));
        let inner = quoted.strip_prefix('"').and_then(|rest| rest.strip_suffix('"'));
        // Programs on Windows write the ends of lines as they know them.
        let Some(text) = inner.and_then(unescaped).map(|text| text.replace("\r\n", "\n")) else {
            self.fault(
                "this is not a line of a PO file".to_owned(),
                "put texts in quotes, and write a quotation mark as \\\" and a line break as \\n".to_owned(),
                span,
            );
            return;
        };
        let escaped = forbidden_in(&text);
        if !escaped.is_empty() {
            let message = character::message(escaped.into_iter().map(|(_, c)| c));
            return self.fault(message, "remove it".to_owned(), span);
        }
        let part = match keyword.trim() {
            "" => None,
            "msgctxt" if self.open.part < MessagePart::Context => Some(MessagePart::Context),
            "msgid" if is_previous || self.open.part < MessagePart::Source => Some(MessagePart::Source),
            "msgstr" if self.open.part == MessagePart::Source => Some(MessagePart::Translation),
            "msgid_plural" | "msgstr[0]" | "msgstr[1]" => {
                self.fault(
                    "plural forms are not supported here".to_owned(),
                    "translate the text as a whole".to_owned(),
                    span,
                );
                return;
            }
            _ => {
                let help = "a message has `msgctxt`, `msgid` and `msgstr`, in this order".to_owned();
                self.fault("this is not allowed here".to_owned(), help, span);
                return;
            }
        };
        if is_previous {
            self.open.message.previous.get_or_insert_default().push_str(&text);
            return;
        }
        self.open.part = part.unwrap_or(self.open.part);
        let message = &mut self.open.message;
        match self.open.part {
            MessagePart::Context => message.context.push_str(&text),
            MessagePart::Source => {
                self.open.has_source = true;
                message.source.push_str(&text);
            }
            MessagePart::Translation => {
                self.open.has_translation = true;
                message.translation.push_str(&text);
            }
            MessagePart::Comments => {
                self.fault(
                    "this text belongs to nothing".to_owned(),
                    "write `msgid` or `msgstr` before it".to_owned(),
                    span,
                );
            }
        }
    }

    /// Reports the first fault of a message: those that follow may come of it.
    fn fault(&mut self, message: String, help: String, span: Span) {
        if !std::mem::replace(&mut self.open.is_faulty, true) {
            let problem = Place::new(self.path, span).problem(Code::PoSyntax, message);
            self.problems.report(problem.help(help));
        }
    }

    /// Ends the message that is open. Comments alone are of no message.
    fn close(&mut self) {
        let mut open = std::mem::take(&mut self.open);
        let Some(start) = open.start else { return };
        if open.is_faulty || open.part == MessagePart::Comments {
            return;
        }
        let span = start..open.end.min(self.text.len());
        if !open.has_translation {
            let place = Place::new(self.path, span);
            let problem = place.problem(Code::PoSyntax, "this message has no `msgstr`");
            self.problems.report(problem.help("write `msgstr \"\"` where there is no translation"));
            return;
        }
        if open.message.source.is_empty() && open.message.context.is_empty() {
            self.catalog.header = open.message.translation.lines().filter_map(field).collect();
            self.catalog.header_span = span;
            return;
        }
        open.message.span = span;
        self.catalog.messages.push(open.message);
    }
}

fn field(line: &str) -> Option<(String, String)> {
    let (name, value) = line.split_once(':')?;
    Some((name.trim().to_owned(), value.trim().to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::human;
    use crate::source::Sources;
    use proptest::prelude::*;

    fn read(text: &str) -> (Catalog, String) {
        let path = Utf8Path::new("fr.po");
        let problems = Problems::default();
        let catalog = Catalog::read(path, text, &problems);
        let sources = Sources { texts: [(path.to_owned(), text.to_owned())].into(), ..Sources::default() };
        (catalog, human::render(&problems.into_sorted(), &sources, "", human::Style::Plain))
    }

    #[test]
    fn a_file_is_read_as_its_writers_meant_it() {
        let (catalog, problems) = read(
            "\u{feff}# By hand\nmsgid \"\"\nmsgstr \"\"\n\"Language: fr\\n\"\n\n# note\n#. hint\n#: a.md:1 b.md:2\n\
             #, fuzzy, no-wrap\n#| msgctxt \"TL-001\"\n#| msgid \"Old \"\n#| \"words\"\nmsgctxt \"TL-001\"\nmsgid \"\"\n\
             \"Says \\\"a\\\"\\n\"\n\"and b\"\nmsgstr \"Dit\"\n#: c.md\nmsgctxt \"L1\"\nmsgid \"One\"\nmsgstr \"\"\n\n\
             #~ msgid \"gone\"\n#~ msgstr \"parti\"\n",
        );
        assert_eq!(problems, "");
        assert_eq!(catalog.field("language"), Some("fr"));
        let [first, second] = catalog.messages.as_slice() else { panic!("{catalog:#?}") };
        assert_eq!((first.context.as_str(), first.source.as_str()), ("TL-001", "Says \"a\"\nand b"));
        assert_eq!(first.previous.as_deref(), Some("Old words"));
        assert_eq!((first.is_fuzzy, first.flags.as_slice()), (true, &["no-wrap".to_owned()][..]));
        assert_eq!(first.references, ["a.md:1", "b.md:2"]);
        assert_eq!((second.context.as_str(), second.translation.as_str()), ("L1", ""));
    }

    #[test]
    fn the_ends_of_lines_of_windows_within_a_text_are_ends_of_lines() {
        let (catalog, problems) = read("msgctxt \"L1\"\nmsgid \"¡\"\nmsgstr \"\\r\\n\"\n\"un\\r\\n\"\n");
        assert_eq!((problems.as_str(), catalog.messages[0].translation.as_str()), ("", "\nun\n"));
    }

    #[test]
    fn every_fault_is_told_and_the_other_messages_are_read() {
        let (catalog, problems) = read(
            "msgid \"a\nmsgstr \"b\"\n\nmsgid \"c\"\n\nmsgstr \"d\"\n\nmsgid \"e\"\nmsgid_plural \"es\"\nmsgstr[0] \"f\"\n\n\
             msgid \"g\"\nmsgstr \"h\"\n",
        );
        assert_eq!(catalog.messages.len(), 1);
        insta::assert_snapshot!(problems, @r#"
        error[po-syntax]: this is not a line of a PO file
         --> fr.po:1:1
          |
        1 | msgid "a
          | ^^^^^^^^
          |
          = help: put texts in quotes, and write a quotation mark as \" and a line break as \n

        error[po-syntax]: this message has no `msgstr`
         --> fr.po:4:1
          |
        4 | msgid "c"
          | ^^^^^^^^^
          |
          = help: write `msgstr ""` where there is no translation

        error[po-syntax]: this is not allowed here
         --> fr.po:6:1
          |
        6 | msgstr "d"
          | ^^^^^^^^^^
          |
          = help: a message has `msgctxt`, `msgid` and `msgstr`, in this order

        error[po-syntax]: plural forms are not supported here
         --> fr.po:9:1
          |
        9 | msgid_plural "es"
          | ^^^^^^^^^^^^^^^^^
          |
          = help: translate the text as a whole
        "#);
    }

    properties! {
        256 cases,

        #[test]
        fn what_is_written_is_read_again(
            texts in prop::collection::vec((".*", ".+", "(?s).*", prop::option::of("(?s).+"), any::<bool>()), 0..4)
        ) {
            // A text of a site holds nothing that a page may not hold.
            let clean = |text: String| crate::text::printable(&text).replace("\r\n", "\n");
            let messages = texts.into_iter().map(|(context, source, translation, previous, is_fuzzy)| Message {
                context: clean(context),
                source: clean(source),
                translation: clean(translation),
                previous: previous.map(clean),
                is_fuzzy,
                ..Message::default()
            });
            let catalog = Catalog {
                header: vec![("Language".to_owned(), "fr".to_owned())],
                messages: messages.collect(),
                ..Catalog::default()
            };
            let problems = Problems::default();
            let mut read = Catalog::read(Utf8Path::new("fr.po"), &catalog.write(), &problems);
            read.header_span = 0..0;
            read.messages.iter_mut().for_each(|message| message.span = 0..0);
            prop_assert!(problems.is_empty(), "{problems:?}\n{}", catalog.write());
            prop_assert_eq!(read, catalog);
        }

        #[test]
        fn no_text_panics(text in "(?s).*") {
            Catalog::read(Utf8Path::new("fr.po"), &text, &Problems::default());
        }
    }
}
