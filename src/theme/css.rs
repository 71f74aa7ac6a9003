//! Finds the addresses in a style sheet, each with its place. It is read by tokens, as CSS Syntax Level 3 has it, so that
//! an address is one however it is spelt.

use crate::diagnostic::Span;
use crate::text::slice;

/// An address in a style.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct CssUrl {
    /// Without quotation marks and escapes.
    pub(crate) text: String,
    /// All that stands for it, quotation marks with it: between the brackets of `url(…)`.
    pub(crate) span: Span,
    pub(crate) kind: CssUrlKind,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum CssUrlKind {
    /// A file that is loaded, such as a picture or a font.
    File,
    /// A further style, from `@import`.
    Import,
    /// What gives an address that does not stand there, such as `var(--x)`.
    Elsewhere,
}

/// Functions in which strings are addresses.
const LOADING: [&str; 5] = ["url", "src", "image", "image-set", "-webkit-image-set"];

/// Functions that give what stands elsewhere.
const SUBSTITUTES: [&str; 3] = ["var", "attr", "env"];

/// Returns the addresses in a style, in their order. What stands in comments and in other strings is none.
pub(super) fn addresses(css: &str) -> Vec<CssUrl> {
    let mut found = Vec::new();
    // The names of the functions that are open. Other brackets have none.
    let mut open: Vec<String> = Vec::new();
    let mut imports = false;
    let mut reader = Reader { css, at: 0 };
    while let Some(token) = reader.token() {
        let loads = open.last().is_some_and(|function| LOADING.contains(&function.as_str()));
        match token {
            Token::Url { text, span } => {
                let kind = if std::mem::take(&mut imports) { CssUrlKind::Import } else { CssUrlKind::File };
                found.push(CssUrl { text, span, kind });
            }
            Token::Text { text, span } if std::mem::take(&mut imports) => {
                found.push(CssUrl { text, span, kind: CssUrlKind::Import });
            }
            Token::Text { text, span } if loads => found.push(CssUrl { text, span, kind: CssUrlKind::File }),
            Token::Function { name, start } => {
                if loads && SUBSTITUTES.contains(&name.as_str()) {
                    let end = start + slice(css, start..).find(')').map_or(css.len() - start, |end| end + 1);
                    let text = slice(css, start..end).to_owned();
                    found.push(CssUrl { text, span: start..end, kind: CssUrlKind::Elsewhere });
                }
                open.push(name);
            }
            Token::AtRule(name) => imports = name == "import",
            Token::Sign('(' | '[') => open.push(String::new()),
            Token::Sign(')' | ']') => drop(open.pop()),
            // Whatever is left open, an error of its writer ends here for browsers, too.
            Token::Sign(';' | '{' | '}') => {
                imports = false;
                open.clear();
            }
            Token::Text { .. } | Token::Sign(_) => {}
        }
    }
    found
}

/// A token, as far as addresses depend on it. Names are in lower case.
enum Token {
    /// An address without quotation marks. The span is that between the brackets.
    Url {
        text: String,
        span: Span,
    },
    Text {
        text: String,
        span: Span,
    },
    Function {
        name: String,
        start: usize,
    },
    AtRule(String),
    Sign(char),
}

struct Reader<'a> {
    css: &'a str,
    at: usize,
}

impl Reader<'_> {
    fn peek(&self) -> Option<char> {
        self.peek_at(0)
    }

    /// Returns a character that is ahead.
    fn peek_at(&self, ahead: usize) -> Option<char> {
        slice(self.css, self.at..).chars().nth(ahead)
    }

    fn take(&mut self) -> Option<char> {
        let c = self.peek()?;
        self.at += c.len_utf8();
        Some(c)
    }

    fn token(&mut self) -> Option<Token> {
        let start = self.at;
        let rest = slice(self.css, start..);
        if rest.starts_with("/*") {
            self.at += slice(rest, 2..).find("*/").map_or(rest.len(), |end| end + 4);
            return Some(Token::Sign(' '));
        }
        if self.begins_name() {
            let name = self.name();
            if self.peek() != Some('(') {
                return Some(Token::Sign('a'));
            }
            self.take();
            return Some(if name == "url" { self.address(start) } else { Token::Function { name, start } });
        }
        match self.take()? {
            '@' if self.begins_name() => Some(Token::AtRule(self.name())),
            // A colour or the id of an element: no name of a function.
            '#' if self.peek().is_some_and(is_of_name) || self.begins_escape(0) => {
                self.name();
                Some(Token::Sign('#'))
            }
            mark @ ('"' | '\'') => {
                let text = self.text(mark);
                Some(Token::Text { text, span: start..self.at })
            }
            c => Some(Token::Sign(c)),
        }
    }

    fn begins_name(&self) -> bool {
        match self.peek() {
            Some('-') => self.peek_at(1).is_some_and(|c| begins_name(c) || c == '-') || self.begins_escape(1),
            Some(c) => begins_name(c) || self.begins_escape(0),
            None => false,
        }
    }

    fn begins_escape(&self, ahead: usize) -> bool {
        self.peek_at(ahead) == Some('\\') && self.peek_at(ahead + 1).is_some_and(|c| !is_line_end(c))
    }

    fn name(&mut self) -> String {
        let mut name = String::new();
        loop {
            match self.peek() {
                Some(c) if is_of_name(c) => {
                    name.push(c.to_ascii_lowercase());
                    self.take();
                }
                _ if self.begins_escape(0) => {
                    self.take();
                    name.push(self.escaped().to_ascii_lowercase());
                }
                _ => return name,
            }
        }
    }

    /// Reads what follows a backslash.
    fn escaped(&mut self) -> char {
        const MOST_DIGITS: usize = 6;
        let digits: String =
            slice(self.css, self.at..).chars().take(MOST_DIGITS).take_while(char::is_ascii_hexdigit).collect();
        if digits.is_empty() {
            return self.take().unwrap_or(char::REPLACEMENT_CHARACTER);
        }
        self.at += digits.len();
        if slice(self.css, self.at..).starts_with("\r\n") {
            self.at += 1;
        }
        if self.peek().is_some_and(is_space) {
            self.take();
        }
        let code = u32::from_str_radix(&digits, 16).unwrap_or_default();
        char::from_u32(code).filter(|&c| c != '\0').unwrap_or(char::REPLACEMENT_CHARACTER)
    }

    /// Reads a string behind its first quotation mark. One that is not closed ends with its line.
    fn text(&mut self, mark: char) -> String {
        let mut text = String::new();
        while let Some(c) = self.peek() {
            if is_line_end(c) {
                break;
            }
            self.take();
            match c {
                '\\' => match self.peek() {
                    None => {}
                    // The line goes on in the next.
                    Some('\r') if self.peek_at(1) == Some('\n') => self.at += 2,
                    Some(c) if is_line_end(c) => drop(self.take()),
                    Some(_) => text.push(self.escaped()),
                },
                c if c == mark => break,
                c => text.push(c),
            }
        }
        text
    }

    /// Reads what follows `url(`: an address without quotation marks, or else the beginning of a function.
    fn address(&mut self, start: usize) -> Token {
        let before = self.at;
        while self.peek().is_some_and(is_space) {
            self.take();
        }
        if matches!(self.peek(), Some('"' | '\'')) {
            self.at = before;
            return Token::Function { name: "url".to_owned(), start };
        }
        let open = self.at;
        let mut text = String::new();
        // What is no address for browsers ends at the bracket, too. It is read as if it were one.
        while let Some(c) = self.peek().filter(|&c| c != ')') {
            self.take();
            match c {
                '\\' if self.peek().is_some_and(|c| !is_line_end(c)) => text.push(self.escaped()),
                c => text.push(c),
            }
        }
        let end = open + slice(self.css, open..self.at).trim_end_matches(is_space).len();
        self.take();
        let text = text.trim_end_matches(is_space).to_owned();
        Token::Url { text, span: open..end }
    }
}

fn begins_name(c: char) -> bool {
    c.is_ascii_alphabetic() || c == '_' || !c.is_ascii()
}

fn is_of_name(c: char) -> bool {
    begins_name(c) || c.is_ascii_digit() || c == '-'
}

fn is_space(c: char) -> bool {
    c == ' ' || c == '\t' || is_line_end(c)
}

fn is_line_end(c: char) -> bool {
    matches!(c, '\n' | '\r' | '\x0C')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(css: &str) -> Vec<String> {
        addresses(css).into_iter().map(|address| address.text).collect()
    }

    #[test]
    fn addresses_are_found_in_each_form() {
        let css = "a { background: url(a.svg) } b { src: URL( \"b c.woff2\" ) format(\"woff2\"), url('d.woff2') }";
        assert_eq!(texts(css), ["a.svg", "b c.woff2", "d.woff2"]);
        let spans: Vec<_> = addresses(css).into_iter().map(|address| &css[address.span]).collect();
        assert_eq!(spans, ["a.svg", "\"b c.woff2\"", "'d.woff2'"]);
    }

    #[test]
    fn addresses_are_found_however_they_are_spelt() {
        for (css, text) in [
            (r"a { background: u\72l(http://a.example/) }", "http://a.example/"),
            (r"a { background: \000055 RL(\68ttp://a.example/) }", "http://a.example/"),
            ("@font-face { src: src(\"http://a.example/\") }", "http://a.example/"),
            ("a { background: image-set(\"a.png\" type(\"image/png\") 1x) }", "a.png"),
            ("a { background: -webkit-image-set( 'a.png' 1x) }", "a.png"),
            (r#"a { background: image(ltr "\61.png", red) }"#, "a.png"),
            ("a { background: url(/* a */) }", "/* a */"),
            ("a { background: url(a b.png) }", "a b.png"),
            ("a { background: src(var(--x)) }", "var(--x)"),
            ("a { background: url( 'a\\\nb.png' ) }", "ab.png"),
            ("a { background: url(a.png", "a.png"),
            ("a[b=(]{} @media (x) { c { background: url(a.png) } }", "a.png"),
        ] {
            assert_eq!(texts(css), [text], "{css}");
        }
        assert_eq!(addresses("a { background: src( var(--x) ) }")[0].kind, CssUrlKind::Elsewhere);
    }

    #[test]
    fn comments_and_strings_hold_none() {
        let css =
            "/* url(a) */ b::before { content: \"url(c) \\\" url(d)\" } e { --my-url(f) } g { content: counter(\"h\") }
                   @namespace \"http://www.w3.org/2000/svg\"; i { src: format(\"woff2\") } #url(j) {} k[l=\"m\"] {}";
        assert_eq!(texts(css), [""; 0]);
    }

    #[test]
    fn further_styles_are_told_from_files() {
        let css = r#"@import "a.css"; @IMPORT url(b.css); @\69mport url("c.css"); d { src: url(e) }"#;
        let found = addresses(css);
        let imports: Vec<_> =
            found.iter().map(|address| (address.text.as_str(), address.kind == CssUrlKind::Import)).collect();
        assert_eq!(imports, [("a.css", true), ("b.css", true), ("c.css", true), ("e", false)]);
    }

    #[test]
    fn a_style_that_is_cut_off_does_no_harm() {
        for css in [
            "url(",
            "url(\"",
            "/* a",
            "\"",
            "\\",
            "@import",
            "url(\"a\\",
            "é url(é",
            "u\\",
            "\\75",
            "@\\",
            "#\\",
            "-\\",
        ] {
            addresses(css);
        }
    }
}
