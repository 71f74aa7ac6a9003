//! Texts that other programs wrote, in the encodings that they write.

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};

/// A text and how its file holds it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct EncodedText {
    /// Without a byte order mark.
    pub(crate) text: String,
    encoding: &'static Encoding,
    has_mark: bool,
}

/// Why bytes are no text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum NoText {
    /// They are a document of a program, which can save it as a text.
    Document(&'static str),
    /// They are several files in one.
    Archive,
    /// They are a mail or a page as mails are sent, in which lines are broken and signs are written in numbers.
    Mail,
    /// They are not in UTF-8, and nothing says in what else.
    UnknownEncoding,
}

/// How files of programs begin, and what they are.
const DOCUMENTS: [(&[u8], &str); 4] = [
    (b"%PDF-", "a PDF file"),
    (b"{\\rtf", "an RTF document"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "a document from an old version of Microsoft Office"),
    (b"bplist00", "a binary property list, such as a Safari web archive"),
];

/// What stands near the beginning of an archive, and what it is then.
const ARCHIVES: [(&[u8], &str); 6] = [
    (b"word/", "a Word document"),
    (b"xl/", "an Excel workbook"),
    (b"ppt/", "a PowerPoint presentation"),
    (b"opendocument.text", "an OpenDocument text"),
    (b"opendocument.spreadsheet", "an OpenDocument spreadsheet"),
    (b"Index/", "a Pages or Numbers document"),
];

impl EncodedText {
    /// Reads bytes as text: in UTF-8, in UTF-16 behind its mark, or in what a document of HTML says of itself.
    ///
    /// # Errors
    /// If they are no text, or if it is not certain which one.
    pub(crate) fn read(bytes: &[u8]) -> Result<Self, NoText> {
        if let Some((_, what)) = DOCUMENTS.iter().find(|(start, _)| bytes.starts_with(start)) {
            return Err(NoText::Document(what));
        }
        if bytes.starts_with(b"PK\x03\x04") {
            let holds = |name: &[u8]| bytes.windows(name.len()).any(|window| window == name);
            let found = ARCHIVES.iter().find(|(name, _)| holds(name));
            return Err(found.map_or(NoText::Archive, |(_, what)| NoText::Document(what)));
        }
        if is_sent(bytes) {
            return Err(NoText::Mail);
        }
        let (encoding, mark) =
            Encoding::for_bom(bytes).map_or((None, 0), |(encoding, length)| (Some(encoding), length));
        let body = bytes.get(mark..).unwrap_or_default();
        let is_utf8 = std::str::from_utf8(body).is_ok();
        let encoding = encoding.or_else(|| if is_utf8 { Some(UTF_8) } else { declared(body) });
        let Some(encoding) = encoding else { return Err(NoText::UnknownEncoding) };
        let (text, had_errors) = encoding.decode_without_bom_handling(body);
        if had_errors {
            return Err(NoText::UnknownEncoding);
        }
        Ok(Self { text: text.into_owned(), encoding, has_mark: mark > 0 })
    }

    /// Returns another text as the file would hold it. None if its encoding cannot.
    pub(crate) fn bytes(&self, text: &str) -> Option<Vec<u8>> {
        let utf16 = |bytes: fn(u16) -> [u8; 2]| text.encode_utf16().flat_map(bytes).collect::<Vec<u8>>();
        let (mark, body): (&[u8], _) = if self.encoding == UTF_16LE {
            (b"\xff\xfe", utf16(u16::to_le_bytes))
        } else if self.encoding == UTF_16BE {
            (b"\xfe\xff", utf16(u16::to_be_bytes))
        } else {
            let (body, _, is_lossy) = self.encoding.encode(text);
            if is_lossy {
                return None;
            }
            (b"\xef\xbb\xbf", body.into_owned())
        };
        Some(if self.has_mark { [mark, &body].concat() } else { body })
    }

    /// Whether the file holds its text so that nothing but edits would change.
    pub(crate) fn is_kept(&self, bytes: &[u8]) -> bool {
        self.bytes(&self.text).is_some_and(|own| own == bytes)
    }

    pub(crate) fn encoding(&self) -> &'static str {
        self.encoding.name()
    }
}

/// Whether a text is as mails are sent, by its head or by its lines: they end in `=` where a line of 76 signs was broken.
fn is_sent(bytes: &[u8]) -> bool {
    const NEAR: usize = 1 << 16;
    let start = bytes.get(..NEAR.min(bytes.len())).unwrap_or_default();
    let lines = || start.split(|&byte| byte == b'\n').map(|line| line.strip_suffix(b"\r").unwrap_or(line));
    let has = |line: &[u8], word: &[u8]| line.to_ascii_lowercase().windows(word.len()).any(|window| window == word);
    let head =
        lines().take_while(|line| !line.is_empty()).any(|line| line.to_ascii_lowercase().starts_with(b"mime-version:"));
    let is_coded = |line: &[u8]| {
        line.to_ascii_lowercase().starts_with(b"content-transfer-encoding:")
            && (has(line, b"quoted-printable") || has(line, b"base64"))
    };
    let is_escaped = |line: &[u8]| line.windows(3).any(|it| it[0] == b'=' && it[1..].iter().all(u8::is_ascii_hexdigit));
    let broken = lines().filter(|line| line.ends_with(b"=") && (60..=76).contains(&line.len())).count();
    (head && lines().any(is_coded)) || (broken >= 3 && lines().any(is_escaped))
}

/// Returns the encoding that a document of HTML names near its beginning.
fn declared(bytes: &[u8]) -> Option<&'static Encoding> {
    const NEAR: usize = 2048;
    let start = bytes.get(..NEAR.min(bytes.len())).unwrap_or_default().to_ascii_lowercase();
    let key: &[u8] = b"charset=";
    let at = start.windows(key.len()).position(|window| window == key)? + key.len();
    let label = start.get(at..)?;
    let label = label.strip_prefix(b"\"").or_else(|| label.strip_prefix(b"'")).unwrap_or(label);
    let is_part = |byte: &&u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b':');
    let length = label.iter().take_while(is_part).count();
    // No text in UTF-16 can say so in single bytes.
    Encoding::for_label(label.get(..length)?).filter(|encoding| encoding.is_ascii_compatible())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_read_and_written_in_their_own_encoding() {
        let html = b"<meta http-equiv=Content-Type content=\"text/html; charset=windows-1252\">\x93a\x94 \xe9";
        let read = EncodedText::read(html).unwrap();
        assert!(read.text.ends_with("“a” é"));
        assert!(read.is_kept(html));
        assert_eq!(read.bytes("é").unwrap(), b"\xe9");
        assert_eq!(read.bytes("職"), None);
        for bytes in [&b"\xff\xfea\x00w\x80"[..], b"\xfe\xff\x00a\x80w", b"\xef\xbb\xbfa\xe8\x81\xb7", b"a\xe8\x81\xb7"]
        {
            let read = EncodedText::read(bytes).unwrap();
            assert_eq!(read.text, "a職");
            assert!(read.is_kept(bytes));
        }
        assert_eq!(EncodedText::read(b"<meta charset=\"big5\">\xa7\x41").unwrap().encoding(), "Big5");
    }

    #[test]
    fn what_is_no_text_is_told_by_what_it_holds() {
        for (bytes, what) in [
            (&b"PK\x03\x04..[Content_Types].xml..word/document.xml"[..], "a Word document"),
            (b"PK\x03\x04mimetypeapplication/vnd.oasis.opendocument.text", "an OpenDocument text"),
            (b"{\\rtf1\\ansi", "an RTF document"),
            (b"%PDF-1.7", "a PDF file"),
            (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "a document from an old version of Microsoft Office"),
        ] {
            assert_eq!(EncodedText::read(bytes), Err(NoText::Document(what)));
        }
        assert_eq!(EncodedText::read(b"PK\x03\x04...TL.html"), Err(NoText::Archive));
        assert_eq!(EncodedText::read(b"\x93a\x94"), Err(NoText::UnknownEncoding));
        let head =
            "From: <Saved by Blink>\r\nMIME-Version: 1.0\r\n\r\n--b\r\nContent-Transfer-Encoding: Quoted-Printable\r\n";
        let line = format!("{}=\n", "a".repeat(75));
        for (text, is_sent) in [
            (head.to_owned(), true),
            (line.repeat(3) + "=E2=80=9Ca", true),
            (line.repeat(3), false),
            ("a =\n=3D b\n".repeat(4), false),
            ("From: Ada\nSubject: a\n\nTL-001\n".to_owned(), false),
            (head.replace("Quoted-Printable", "8bit"), false),
        ] {
            assert_eq!(EncodedText::read(text.as_bytes()) == Err(NoText::Mail), is_sent, "{text}");
        }
    }
}
