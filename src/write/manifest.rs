//! The list of the files that Rungs wrote: on each line a hash, two spaces and a path, in the order of the paths.
//!
//! It is part of the site, has the form of `b3sum --check`, and decides what may be replaced.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::Path;

use camino::Utf8Path;

use super::{WriteError, is_plain};

/// The path of the manifest in the site.
pub(super) const NAME: &str = ".rungs-manifest";

/// The length of a BLAKE3 hash in hexadecimal digits.
const HASH_LENGTH: usize = 64;

/// The paths that a manifest lists, each with the hash of its file.
pub(super) type Listed = BTreeMap<String, String>;

/// Returns the manifest of some files with their hashes, which are in the order of their paths.
pub(super) fn of<'a>(files: impl Iterator<Item = (&'a str, &'a str)>) -> Vec<u8> {
    files.map(|(path, hash)| format!("{hash}  {path}\n")).collect::<String>().into_bytes()
}

/// Returns the files that the manifest of a folder lists, and the manifest itself. Empty without a manifest.
pub(super) fn read(folder: &Path) -> Result<Listed, WriteError> {
    let path = folder.join(NAME);
    let unreadable = |source| WriteError::Read { path: path.clone(), source };
    match fs::symlink_metadata(&path) {
        Ok(metadata) if metadata.is_file() => {}
        // Anything else of that name is a file that Rungs did not write.
        Ok(_) => return Ok(Listed::new()),
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Listed::new()),
        Err(source) => return Err(unreadable(source)),
    }
    let bytes = fs::read(&path).map_err(unreadable)?;
    let mut listed = parse(&bytes).map_err(|line| WriteError::BrokenManifest { path: path.clone(), line })?;
    listed.insert(NAME.to_owned(), String::new());
    Ok(listed)
}

/// Parses a manifest. The error is the number of the first line that is not valid.
fn parse(bytes: &[u8]) -> Result<Listed, usize> {
    let mut listed = Listed::new();
    for (index, line) in bytes.split_inclusive(|&byte| byte == b'\n').enumerate() {
        let is_next = |path: &str| listed.last_key_value().is_none_or(|(last, _)| last.as_str() < path);
        let (hash, path) = entry(line).filter(|(_, path)| is_next(path)).ok_or(index + 1)?;
        listed.insert(path.to_owned(), hash.to_owned());
    }
    Ok(listed)
}

/// Returns the hash and the path on a line.
fn entry(line: &[u8]) -> Option<(&str, &str)> {
    let (hash, path) = str::from_utf8(line).ok()?.strip_suffix('\n')?.split_once("  ")?;
    let is_hash = hash.len() == HASH_LENGTH && hash.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
    (is_hash && is_plain(Utf8Path::new(path)) && path != NAME).then_some((hash, path))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_listed_is_read_back_and_anything_else_is_broken() {
        let hash = blake3::hash(b"x").to_hex().to_string();
        let bytes = of(["a b/c.html", "文  x"].map(|path| (path, hash.as_str())).into_iter());
        let listed = [("a b/c.html".to_owned(), hash.clone()), ("文  x".to_owned(), hash)];
        assert_eq!(parse(&bytes), Ok(listed.into()));
        assert_eq!(parse(b""), Ok(Listed::new()));
        let hash = "0".repeat(HASH_LENGTH);
        for line in ["x", "", "0  a", &format!("{hash}  ../a"), &format!("{hash} a"), &format!("{hash}  /a")] {
            assert_eq!(parse(format!("{hash}  A\n{line}\n").as_bytes()), Err(2), "{line}");
        }
        assert_eq!(parse(format!("{hash}  b\n{hash}  a\n").as_bytes()), Err(2));
        assert_eq!(parse(&bytes[..bytes.len() - 1]), Err(2));
        assert_eq!(parse(b"\xFF\n"), Err(1));
    }
}
