//! Reads a folder into [`Sources`]: first the list of files, then their contents, in parallel.

use std::fs;
use std::io;
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;

use camino::{Utf8Path, Utf8PathBuf};
use rayon::prelude::*;
use walkdir::{DirEntry, WalkDir};

use super::Sources;
use super::merge::{Unfinished, unfinished};

use crate::diagnostic::{self, Code, Diagnostic, Place};
use crate::id::{EDITIONS, UPSTREAM};
use crate::image::{self, Image, ImageKind};
use crate::journal::{JOURNAL, Journal};

/// The folder of a site's own theme. Its files are kept as bytes, whatever they are called.
const THEME: &str = "theme";

/// The number of files that a thread takes at a time: fewer than this are read faster by one thread alone.
const FILES_PER_THREAD: usize = 16;

/// Why a content folder could not be read.
#[derive(Debug, thiserror::Error)]
pub enum ReadError {
    #[error("there is no folder `{path}`: name the folder that contains `site.toml` with `--content`")]
    Missing { path: PathBuf },
    #[error("`{path}` is not a folder: name the folder that contains `site.toml` with `--content`")]
    NotAFolder { path: PathBuf },
    #[error("`{path}` cannot be read: {source}")]
    Unreadable { path: PathBuf, source: io::Error },
    #[error("`{command}` was interrupted while it was writing to `{folder}`: run it again first to finish it")]
    Interrupted { folder: PathBuf, command: String },
    /// Nothing that stands in the files is meant, and nothing may be written to any of them.
    #[error("{}", .0.problem.message)]
    UnfinishedMerge(Box<Unfinished>),
}

/// Reads every Markdown and TOML file below `root`, its images, the editions, the records of upstreams, and every file of
/// its `theme/`.
///
/// What begins with a dot, `node_modules` and other kinds of file are passed over. Symbolic links are not followed
/// but reported; `root` itself may be one. A text that is not UTF-8 is reported and kept with replacement characters,
/// unchanged up to the first wrong byte.
///
/// # Errors
///
/// When `root` is missing or no folder, when a file or folder in it cannot be read, when a command was killed while it
/// wrote there, and when a merge is not finished in any file.
pub fn read(root: &Utf8Path) -> Result<(Sources, Vec<Diagnostic>), ReadError> {
    read_wanted(root, &|path| is_text(path) || ImageKind::named(path).is_some())
}

/// Reads the same but for images, of which a folder that is no site may hold any number.
///
/// # Errors
///
/// As [`read`].
pub(crate) fn read_texts(root: &Utf8Path) -> Result<(Sources, Vec<Diagnostic>), ReadError> {
    read_wanted(root, &is_text)
}

fn read_wanted(
    root: &Utf8Path,
    is_wanted: &dyn Fn(&Utf8Path) -> bool,
) -> Result<(Sources, Vec<Diagnostic>), ReadError> {
    match fs::metadata(root) {
        Ok(metadata) if metadata.is_dir() => {}
        Ok(_) => return Err(ReadError::NotAFolder { path: root.into() }),
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            return Err(ReadError::Missing { path: root.into() });
        }
        Err(source) => return Err(ReadError::Unreadable { path: root.into(), source }),
    }
    if let Some(Journal { command, .. }) =
        Journal::read(root).map_err(|source| ReadError::Unreadable { path: root.join(JOURNAL).into(), source })?
    {
        return Err(ReadError::Interrupted { folder: root.into(), command });
    }
    let (files, mut problems) = list(root, is_wanted)?;
    let contents: Vec<io::Result<Content>> =
        files.par_iter().with_min_len(FILES_PER_THREAD).map(|file| file.read(root)).collect();
    let mut sources = Sources { folder: root.to_owned(), ..Sources::default() };
    for (file, content) in files.into_iter().zip(contents) {
        let path = file.path;
        match content.map_err(|source| ReadError::Unreadable { path: root.join(&path).into(), source })? {
            Content::Theme(bytes) => {
                sources.theme.insert(path.strip_prefix(THEME).unwrap_or(&path).to_owned(), bytes);
            }
            Content::Image(image) => {
                sources.images.insert(path, Arc::new(image));
            }
            Content::Text { text, problem } => {
                problems.extend(problem);
                sources.texts.insert(path, text);
            }
        }
    }
    let theme = sources.theme.iter().map(|(path, bytes)| (Utf8Path::new(THEME).join(path), bytes.as_slice()));
    let texts = sources.texts.iter().map(|(path, text)| (path.clone(), text.as_bytes()));
    match unfinished(root, texts.chain(theme)) {
        Some(problem) => {
            Err(ReadError::UnfinishedMerge(Box::new(Unfinished { folder: root.to_owned(), sources, problem })))
        }
        None => Ok((sources, diagnostic::sorted(problems))),
    }
}

/// Reads one text, wherever it stands. One that is not UTF-8 is reported and kept with replacement characters.
///
/// # Errors
///
/// When it is missing or cannot be read, and when a merge is not finished in it.
pub(crate) fn read_file(path: &Utf8Path) -> Result<(String, Option<Diagnostic>), ReadError> {
    let bytes = fs::read(path).map_err(|source| ReadError::Unreadable { path: path.into(), source })?;
    let (text, problem) = decoded(path, bytes);
    match unfinished(Utf8Path::new(""), std::iter::once((path.to_owned(), text.as_bytes()))) {
        Some(problem) => {
            let sources = Sources { texts: [(path.to_owned(), text)].into(), ..Sources::default() };
            let unfinished = Unfinished { folder: Utf8PathBuf::new(), sources, problem };
            Err(ReadError::UnfinishedMerge(Box::new(unfinished)))
        }
        None => Ok((text, problem)),
    }
}

/// Returns the files below a folder whose names end in one of these ways, such as `csv`. What [`read`] passes over is
/// passed over.
///
/// # Errors
///
/// When a folder cannot be read.
pub(crate) fn files_named(root: &Utf8Path, extensions: &[&str]) -> Result<Vec<Utf8PathBuf>, ReadError> {
    let is_named = |path: &Utf8Path| {
        let extension = path.extension().unwrap_or_default();
        extensions.iter().any(|known| known.eq_ignore_ascii_case(extension))
    };
    let (files, _) = list(root, &is_named)?;
    Ok(files.into_iter().map(|file| file.path).filter(|path| is_named(path)).collect())
}

/// A file that is to be read, relative to the content folder.
struct File {
    path: Utf8PathBuf,
    in_theme: bool,
}

enum Content {
    Text { text: String, problem: Option<Diagnostic> },
    Theme(Vec<u8>),
    Image(Image),
}

impl File {
    fn read(&self, root: &Utf8Path) -> io::Result<Content> {
        let path = root.join(&self.path);
        let image = ImageKind::named(&self.path).filter(|_| !self.in_theme);
        if image.is_some() {
            let length = fs::metadata(&path)?.len();
            if length > image::MOST {
                return Ok(Content::Image(Image::too_large(length)));
            }
        }
        let bytes = fs::read(path)?;
        if self.in_theme {
            return Ok(Content::Theme(bytes));
        }
        if let Some(kind) = image {
            return Ok(Content::Image(Image::read(kind, bytes)));
        }
        let (text, problem) = decoded(&self.path, bytes);
        Ok(Content::Text { text, problem })
    }
}

/// Returns the files to read, in the order of their names, and the problems of the folder itself.
fn list(root: &Utf8Path, is_wanted: &dyn Fn(&Utf8Path) -> bool) -> Result<(Vec<File>, Vec<Diagnostic>), ReadError> {
    let mut files = Vec::new();
    let mut problems = Vec::new();
    let mut entries = WalkDir::new(root).min_depth(1).sort_by_file_name().into_iter();
    while let Some(entry) = entries.next() {
        let entry = entry.map_err(|error| unreadable(root, error))?;
        let kind = entry.file_type();
        if is_passed_over(&entry) {
            if kind.is_dir() {
                entries.skip_current_dir();
            }
            continue;
        }
        let below = entry.path().strip_prefix(root).unwrap_or(entry.path());
        let in_theme = below.starts_with(THEME);
        let path = with_slashes(below);
        if kind.is_symlink() {
            problems.push(symbolic_link(root, &entry, path)?);
        } else if below.to_str().is_none() && (kind.is_dir() || in_theme || is_wanted(&path)) {
            problems.push(name_not_utf8(path));
            if kind.is_dir() {
                entries.skip_current_dir();
            }
        } else if kind.is_file() && (in_theme || is_wanted(&path)) {
            files.push(File { path, in_theme });
        }
    }
    Ok((files, problems))
}

fn is_passed_over(entry: &DirEntry) -> bool {
    let name = entry.file_name();
    name.as_encoded_bytes().starts_with(b".") || name == "node_modules"
}

fn is_text(path: &Utf8Path) -> bool {
    match path.extension() {
        Some("md" | "toml") => true,
        Some("json") => path.parent().is_some_and(|folder| folder == EDITIONS || folder == UPSTREAM),
        _ => false,
    }
}

/// Returns a relative path with `/` between folders on every system, and replacement characters where it is not UTF-8.
fn with_slashes(path: &Path) -> Utf8PathBuf {
    let names: Vec<_> = path.iter().map(|name| name.to_string_lossy()).collect();
    names.join("/").into()
}

fn unreadable(root: &Utf8Path, error: walkdir::Error) -> ReadError {
    let path = error.path().unwrap_or(root.as_std_path()).to_owned();
    ReadError::Unreadable { path, source: error.into() }
}

fn symbolic_link(root: &Utf8Path, entry: &DirEntry, path: Utf8PathBuf) -> Result<Diagnostic, ReadError> {
    let failed = |source| ReadError::Unreadable { path: entry.path().to_owned(), source };
    let target = fs::read_link(entry.path()).map_err(failed)?;
    let root = fs::canonicalize(root).map_err(failed)?;
    let is_inside = destination(&root, Path::new(&path), &target).starts_with(&root);
    let target = target.display();
    let message = match is_inside {
        true => format!("`{path}` is a symbolic link to `{target}`, which is in the content folder"),
        false => {
            format!("`{path}` is a symbolic link to `{target}`, which is outside the content folder")
        }
    };
    Ok(Place::file(path)
        .problem(Code::SymbolicLink, message)
        .help("replace it with a copy of what it leads to, or remove it: links are not followed"))
}

/// Returns the target of a link, as far as it can be determined: it need not exist.
fn destination(root: &Path, link: &Path, target: &Path) -> PathBuf {
    let link = root.join(link);
    fs::canonicalize(&link).unwrap_or_else(|_| {
        let mut path = PathBuf::new();
        for component in link.parent().unwrap_or(root).join(target).components() {
            match component {
                Component::ParentDir => drop(path.pop()),
                other => path.push(other),
            }
        }
        path
    })
}

fn name_not_utf8(path: Utf8PathBuf) -> Diagnostic {
    Place::file(&path)
        .problem(Code::NotUtf8, format!("the name `{path}` is not UTF-8"))
        .help("rename it: addresses can only be made from UTF-8 names")
}

/// Returns some bytes as text, with replacement characters where they are not UTF-8.
fn decoded(path: &Utf8Path, bytes: Vec<u8>) -> (String, Option<Diagnostic>) {
    let bytes = match String::from_utf8(bytes) {
        Ok(text) => return (text, None),
        Err(error) => error,
    };
    let at = bytes.utf8_error().valid_up_to();
    let bytes = bytes.into_bytes();
    let byte = bytes[at];
    let byte = format!("0x{byte:02X}");
    let help = match bytes[..] {
        [0xFF, 0xFE, ..] | [0xFE, 0xFF, ..] => "save the file as UTF-8: it seems to be in UTF-16".to_owned(),
        _ => "save the file as UTF-8: it may be in another encoding such as Big5 or Windows-1252".to_owned(),
    };
    let replacement = at..at + char::REPLACEMENT_CHARACTER.len_utf8();
    let problem = Place::new(path, replacement)
        .problem(Code::NotUtf8, format!("the file is not UTF-8: byte {at} is {byte}"))
        .label(format!("{byte} is not UTF-8"))
        .help(help);
    (String::from_utf8_lossy(&bytes).into_owned(), Some(problem))
}

#[cfg(test)]
mod tests {
    use tempfile::TempDir;

    use super::*;

    /// Returns a content folder with these files.
    fn folder(files: &[(&str, &[u8])]) -> TempDir {
        let folder = tempfile::tempdir().unwrap();
        for (path, bytes) in files {
            let path = folder.path().join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, bytes).unwrap();
        }
        folder
    }

    fn root(folder: &TempDir) -> &Utf8Path {
        Utf8Path::from_path(folder.path()).unwrap()
    }

    fn messages(problems: &[Diagnostic]) -> Vec<&str> {
        problems.iter().map(|problem| problem.message.as_str()).collect()
    }

    #[test]
    fn texts_and_theme_are_read_and_all_else_is_passed_over() {
        let folder = folder(&[
            ("site.toml", b"title = 1"),
            ("en/notes/maps.md", "地圖".as_bytes()),
            ("en/photo.jpg", b"\xFF"),
            ("README", b"x"),
            (".git/config.toml", b"x"),
            ("en/.draft.md", b"x"),
            ("theme/node_modules/a.js", b"x"),
            ("node_modules/x/readme.md", b"x"),
            ("theme/style.css", b"a{}"),
            ("theme/static/logo.png", b"\xFF\x00"),
            ("theme/about.md", b"\xFF"),
            ("en/theme/note.md", b"not the theme"),
        ]);
        let (sources, problems) = read(root(&folder)).unwrap();
        assert_eq!(problems, []);
        let texts: Vec<_> = sources.texts.keys().map(|path| path.as_str()).collect();
        assert_eq!(texts, ["en/notes/maps.md", "en/theme/note.md", "site.toml"]);
        assert_eq!(sources.text("en/notes/maps.md".into()), Some("地圖"));
        let theme: Vec<_> = sources.theme.keys().map(|path| path.as_str()).collect();
        assert_eq!(theme, ["about.md", "static/logo.png", "style.css"]);
        assert_eq!(sources.theme[Utf8Path::new("static/logo.png")], b"\xFF\x00");
    }

    #[test]
    fn a_text_that_is_not_utf8_is_reported_at_the_byte_and_kept() {
        // "中文" in Big5.
        let folder = folder(&[("a.md", b"# \xE4\xB8\x80\n- \xA4\xA4\xA4\xE5"), ("b.md", b"b")]);
        let (sources, problems) = read(root(&folder)).unwrap();
        let [problem] = &problems[..] else { panic!("{problems:?}") };
        assert_eq!((problem.code, problem.label.place.span()), (Code::NotUtf8, 8..11));
        assert_eq!(problem.message, "the file is not UTF-8: byte 8 is 0xA4");
        let text = sources.text("a.md".into()).unwrap();
        assert!(text.starts_with("# 一\n- \u{FFFD}"));
        assert_eq!(&text[problem.label.place.span()], "\u{FFFD}");
        assert_eq!(sources.text("b.md".into()), Some("b"));
    }

    #[test]
    fn a_text_in_utf16_is_recognized() {
        let folder = folder(&[("a.md", b"\xFF\xFEa\0")]);
        let (_, problems) = read(root(&folder)).unwrap();
        assert_eq!(problems[0].help.as_deref(), Some("save the file as UTF-8: it seems to be in UTF-16"));
    }

    #[cfg(unix)]
    #[test]
    fn symbolic_links_are_reported_and_not_followed() {
        use std::os::unix::fs::symlink;
        let outside = folder(&[("secret.md", b"secret")]);
        let folder = folder(&[("en/a.md", b"a"), ("theme/a.css", b"a")]);
        let at = |path: &str| folder.path().join(path);
        symlink("a.md", at("en/b.md")).unwrap();
        symlink(outside.path(), at("zh-TW")).unwrap();
        symlink("../../gone.css", at("theme/gone.css")).unwrap();
        symlink(".", at("en/loop")).unwrap();
        symlink("a.md", at("en/.#a.md")).unwrap();
        let (sources, problems) = read(root(&folder)).unwrap();
        assert_eq!(sources.texts.len() + sources.theme.len(), 2);
        assert!(problems.iter().all(|problem| problem.code == Code::SymbolicLink && problem.help.is_some()));
        let outside = outside.path().display();
        assert_eq!(
            messages(&problems),
            [
                "`en/b.md` is a symbolic link to `a.md`, which is in the content folder",
                "`en/loop` is a symbolic link to `.`, which is in the content folder",
                "`theme/gone.css` is a symbolic link to `../../gone.css`, which is outside the content folder",
                &format!("`zh-TW` is a symbolic link to `{outside}`, which is outside the content folder"),
            ]
        );
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn a_name_that_is_not_utf8_is_reported() {
        use std::ffi::OsStr;
        use std::os::unix::ffi::OsStrExt;
        let folder = folder(&[("a.md", b"a")]);
        for name in [&b"x\xFF.md"[..], b"y\xFF.jpg", b"z\xFF"] {
            fs::write(folder.path().join(OsStr::from_bytes(name)), "x").unwrap();
        }
        fs::create_dir(folder.path().join(OsStr::from_bytes(b"d\xFF"))).unwrap();
        let (sources, problems) = read(root(&folder)).unwrap();
        assert_eq!(sources.texts.len(), 1);
        let named =
            ["d\u{FFFD}", "x\u{FFFD}.md", "y\u{FFFD}.jpg"].map(|name| format!("the name `{name}` is not UTF-8"));
        assert_eq!(messages(&problems), named);
    }

    #[test]
    fn a_root_that_is_missing_or_a_file_is_an_error_that_names_it() {
        let folder = folder(&[("a.md", b"a")]);
        let missing = root(&folder).join("missing");
        let file = root(&folder).join("a.md");
        let error = read(&missing).unwrap_err();
        assert!(matches!(&error, ReadError::Missing { path } if path == missing.as_std_path()));
        assert!(error.to_string().contains(missing.as_str()));
        assert!(matches!(read(&file), Err(ReadError::NotAFolder { path }) if path == file.as_std_path()));
    }

    #[test]
    fn an_empty_folder_gives_nothing_and_no_problem() {
        let folder = folder(&[]);
        let (sources, problems) = read(root(&folder)).unwrap();
        assert!(sources.texts.is_empty() && sources.theme.is_empty() && problems.is_empty());
    }
}
