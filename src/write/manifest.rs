//! The list of the files that Rungs wrote: on each line a hash, two spaces and a path, in the order of the paths.
//!
//! It is part of the site, has the form of `b3sum --check`, and decides what may be replaced.

use std::fs;
use std::io;
use std::path::Path;

use camino::Utf8Path;
use rayon::prelude::*;

use super::{FILES_PER_THREAD, Output, WriteError, is_plain};

/// The path of the manifest in the site.
pub(super) const NAME: &str = ".rungs-manifest";

/// How a BLAKE3 hash is written: sixty-four hexadecimal digits.
const HASH_LENGTH: usize = 64;

/// The manifest of some files, which are in the order of their paths.
pub(super) fn of(files: &[&Output]) -> Vec<u8> {
    let line = |file: &&Output| format!("{}  {}\n", blake3::hash(&file.bytes).to_hex(), file.path);
    let lines: Vec<String> = files.par_iter().with_min_len(FILES_PER_THREAD).map(line).collect();
    lines.concat().into_bytes()
}

/// The paths that the manifest of a folder lists and its own, in order. Without a manifest there are none.
pub(super) fn read(folder: &Path) -> Result<Vec<String>, WriteError> {
    let path = folder.join(NAME);
    let unreadable = |source| WriteError::Read { path: path.clone(), source };
    match fs::symlink_metadata(&path) {
        Ok(metadata) if metadata.is_file() => {}
        // Anything else of that name is a file that Rungs did not write.
        Ok(_) => return Ok(Vec::new()),
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(source) => return Err(unreadable(source)),
    }
    let bytes = fs::read(&path).map_err(unreadable)?;
    let mut paths = parse(&bytes).map_err(|line| WriteError::BrokenManifest { path: path.clone(), line })?;
    paths.insert(paths.partition_point(|path| path.as_str() < NAME), NAME.to_owned());
    Ok(paths)
}

/// The paths of a manifest, or the number of the first line that is none of ours.
fn parse(bytes: &[u8]) -> Result<Vec<String>, usize> {
    let mut paths: Vec<String> = Vec::new();
    for (index, line) in bytes.split_inclusive(|&byte| byte == b'\n').enumerate() {
        let path = path(line).filter(|path| paths.last().is_none_or(|last| last.as_str() < *path));
        paths.push(path.ok_or(index + 1)?.to_owned());
    }
    Ok(paths)
}

fn path(line: &[u8]) -> Option<&str> {
    let (hash, path) = str::from_utf8(line).ok()?.strip_suffix('\n')?.split_once("  ")?;
    let is_hash = hash.len() == HASH_LENGTH && hash.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
    (is_hash && is_plain(Utf8Path::new(path)) && path != NAME).then_some(path)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_listed_is_read_back_and_anything_else_is_broken() {
        let file = |path: &str| Output { path: path.into(), bytes: b"x".to_vec() };
        let (a, b) = (file("a b/c.html"), file("文  x"));
        let bytes = of(&[&a, &b]);
        assert_eq!(parse(&bytes), Ok(vec!["a b/c.html".to_owned(), "文  x".to_owned()]));
        assert_eq!(parse(b""), Ok(vec![]));
        let hash = "0".repeat(HASH_LENGTH);
        for line in ["x", "", "0  a", &format!("{hash}  ../a"), &format!("{hash} a"), &format!("{hash}  /a")] {
            assert_eq!(parse(format!("{hash}  A\n{line}\n").as_bytes()), Err(2), "{line}");
        }
        assert_eq!(parse(format!("{hash}  b\n{hash}  a\n").as_bytes()), Err(2));
        assert_eq!(parse(&bytes[..bytes.len() - 1]), Err(2));
        assert_eq!(parse(b"\xFF\n"), Err(1));
    }
}
