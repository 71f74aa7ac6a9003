//! The fonts of the system, with which pictures of pages are drawn. What is installed is listed first; a font is read
//! when a picture needs it.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde::Serialize;
use walkdir::WalkDir;

/// Where systems keep their fonts. Those of a person stand below the home folder.
const FOLDERS: [&str; 4] = ["/usr/share/fonts", "/usr/local/share/fonts", "/Library/Fonts", "C:/Windows/Fonts"];
const FOLDERS_AT_HOME: [&str; 3] = [".local/share/fonts", ".fonts", "Library/Fonts"];

/// The beginnings of the names of suitable fonts, the best first: one design for as many scripts as there are.
const FAMILIES: [&str; 6] = ["NotoSansCJK-", "NotoSansCJKtc-", "NotoSansTC-", "NotoSans-", "NotoSans", "DejaVuSans"];

/// The fonts that a picture may be drawn with, the best first. What is asked of them does not touch the disk, except
/// for [`FontFile::read`].
#[derive(Debug, Default, Clone, PartialEq, Eq, Serialize)]
pub struct Fonts(Vec<Font>);

/// A font in its usual weight and, where there is one, in bold.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct Font {
    pub(crate) regular: FontFile,
    pub(crate) bold: Option<FontFile>,
}

/// The file of a font. Written as data it is its name and its length, by which one version of a font is told from
/// another wherever it is installed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct FontFile {
    name: String,
    /// In bytes.
    length: u64,
    #[serde(skip)]
    path: PathBuf,
}

impl Fonts {
    /// The suitable fonts of this system.
    pub fn installed() -> Self {
        let home = std::env::home_dir();
        let at_home = home.iter().flat_map(|home| FOLDERS_AT_HOME.map(|folder| home.join(folder)));
        Self::below(FOLDERS.iter().map(PathBuf::from).chain(at_home))
    }

    /// The suitable fonts in some folders. Of two files of one name, the first is taken.
    fn below(folders: impl Iterator<Item = PathBuf>) -> Self {
        let mut files: BTreeMap<String, FontFile> = BTreeMap::new();
        for folder in folders {
            // What cannot be looked into holds no fonts for us.
            for entry in WalkDir::new(folder).follow_links(true).sort_by_file_name().into_iter().flatten() {
                let Some(name) = entry.file_name().to_str().filter(|name| rank(name).is_some()) else { continue };
                if let Ok(metadata) = entry.metadata()
                    && metadata.is_file()
                {
                    let file =
                        FontFile { name: name.to_owned(), length: metadata.len(), path: entry.path().to_owned() };
                    files.entry(name.to_owned()).or_insert(file);
                }
            }
        }
        let mut regular: Vec<_> = files.keys().filter(|name| !name.contains("Bold")).cloned().collect();
        regular.sort_by_key(|name| rank(name));
        let pair = |name: String| Font { bold: files.get(&bold(&name)).cloned(), regular: files[&name].clone() };
        Self(regular.into_iter().map(pair).collect())
    }

    #[cfg(feature = "cards")]
    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    #[cfg(any(test, feature = "cards"))]
    pub(crate) fn iter(&self) -> impl Iterator<Item = &Font> {
        self.0.iter()
    }
}

#[cfg(any(test, feature = "cards"))]
impl FontFile {
    /// The bytes of the font. None if it cannot be read, which is as if it were not there.
    pub(crate) fn read(&self) -> Option<Vec<u8>> {
        std::fs::read(&self.path).ok()
    }
}

/// Returns the rank of a font by its name: the lower, the better. None for unsuitable ones.
fn rank(name: &str) -> Option<usize> {
    let name = Path::new(name);
    let is_font = matches!(name.extension()?.to_str()?, "ttc" | "ttf" | "otf");
    let stem = name.file_stem()?.to_str()?;
    let is_weight = stem.ends_with("-Regular") || stem.ends_with("-Bold") || stem == "DejaVuSans";
    FAMILIES.iter().position(|family| stem.starts_with(family)).filter(|_| is_font && is_weight)
}

/// The name of a font's bold companion.
fn bold(name: &str) -> String {
    if name.contains("-Regular") { name.replace("-Regular", "-Bold") } else { name.replace('.', "-Bold.") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn suitable_fonts_are_found_in_their_order_and_with_their_bold_companions() {
        let (first, second) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        let put = |path: PathBuf, text: &str| {
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, text).unwrap();
        };
        for name in ["DejaVuSans.ttf", "a/NotoSansArabic-Regular.ttf", "NotoSans-Regular.ttf", "NotoSansCJK-Bold.ttc"] {
            put(first.path().join(name), "first");
        }
        for name in ["NotoSansCJK-Regular.ttc", "DejaVuSans-Bold.ttf", "NotoSans-Regular.ttf", "NotoSans-Italic.ttf"] {
            put(second.path().join(name), "the second");
        }
        put(second.path().join("NotoSerif-Regular.ttf"), "");
        let fonts = Fonts::below([first.path(), second.path(), Path::new("/nowhere")].map(PathBuf::from).into_iter());
        let names: Vec<_> = fonts
            .iter()
            .map(|font| (font.regular.name.as_str(), font.bold.as_ref().map(|bold| bold.name.as_str())))
            .collect();
        assert_eq!(
            names,
            [
                ("NotoSansCJK-Regular.ttc", Some("NotoSansCJK-Bold.ttc")),
                ("NotoSans-Regular.ttf", None),
                ("NotoSansArabic-Regular.ttf", None),
                ("DejaVuSans.ttf", Some("DejaVuSans-Bold.ttf")),
            ]
        );
        let noto = fonts.iter().nth(1).unwrap();
        assert_eq!(noto.regular.read().as_deref(), Some(&b"first"[..]));
        assert_eq!(serde_json::to_string(&noto.regular).unwrap(), r#"{"name":"NotoSans-Regular.ttf","length":5}"#);
    }
}
