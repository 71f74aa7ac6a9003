//! Where a command puts what it has made: standard output, or a new file.

use std::io::{self, IsTerminal};

use camino::Utf8Path;

use super::refs::STANDARD_INPUT;
use super::{Failure, report};
use crate::diagnostic::Refusal;
use crate::write;

/// Prints what a command has made, or writes it into a new file. `why` says why a file that is there already is kept, and
/// `instead` what to do.
pub(super) fn hand_out(
    output: Option<&Utf8Path>,
    made: &[u8],
    why: &str,
    instead: impl FnOnce(&Utf8Path) -> String,
) -> Result<Result<(), Refusal>, Failure> {
    let Some(path) = output.filter(|path| *path != STANDARD_INPUT) else {
        if io::stdout().is_terminal() && std::str::from_utf8(made).is_err() {
            let refusal = Refusal::new("this is not text, and a terminal cannot show it");
            return Ok(Err(refusal.help("write it to a file, such as `-o ladder.xlsx`")));
        }
        report::print_bytes(made);
        return Ok(Ok(()));
    };
    let folder = Utf8Path::new("");
    if let Some(found) = write::in_the_way(folder, std::iter::once(&path.to_owned())).first() {
        return Ok(Err(Refusal::new(format!("`{found}` already exists{why}")).help(instead(path))));
    }
    Ok(Ok(write::create(folder, &[(path.to_owned(), made)].into())?))
}
