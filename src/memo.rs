//! Results that are kept from one reading of a site to the next.
//!
//! What is kept is always what a pure function returned for the same input, compared whole and not by a digest or a date:
//! whoever asks cannot tell whether it was kept. `serve` owns the tables and hands them down. All other commands read a
//! site once, hand down none, and copy nothing.

use std::collections::HashMap;
use std::hash::Hash;
use std::sync::{Mutex, MutexGuard, PoisonError};

use camino::{Utf8Path, Utf8PathBuf};

use crate::diagnostic::{Diagnostic, Problems};

/// For each key, the last input and its result.
#[derive(Debug)]
pub(crate) struct Memo<K, I, O>(Mutex<HashMap<K, Entry<I, O>>>);

#[derive(Debug)]
struct Entry<I, O> {
    input: I,
    output: O,
    /// Whether it was asked for since the last [`Memo::sweep`].
    is_used: bool,
}

impl<K, I, O> Default for Memo<K, I, O> {
    fn default() -> Self {
        Self(Mutex::default())
    }
}

impl<K: Eq + Hash, I, O: Clone> Memo<K, I, O> {
    /// Returns the result for a key. It is only made again if its input is not the same any more. `make` returns it with
    /// the input as it is kept.
    pub(crate) fn get<B>(&self, key: K, input: B, make: impl FnOnce(B) -> (I, O)) -> O
    where
        I: PartialEq<B>,
    {
        if let Some(entry) = self.entries().get_mut(&key)
            && entry.input == input
        {
            entry.is_used = true;
            return entry.output.clone();
        }
        // Others are not kept waiting: what they ask for is something else.
        let (input, output) = make(input);
        self.entries().insert(key, Entry { input, output: output.clone(), is_used: true });
        output
    }

    /// Forgets what was not asked for since the last time.
    #[cfg(any(test, feature = "serve"))]
    pub(crate) fn sweep(&self) {
        self.entries().retain(|_, entry| std::mem::take(&mut entry.is_used));
    }

    fn entries(&self) -> MutexGuard<'_, HashMap<K, Entry<I, O>>> {
        // An entry is whole before it is put in: no panic leaves half of one.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// What files came to when they were last read, with what was wrong with them, by their paths and texts.
pub(crate) type FileMemo<O> = Memo<Utf8PathBuf, String, (O, Vec<Diagnostic>)>;

/// Reads a file and reports what is wrong with it. One that the memo knows with the same text is not read again.
pub(crate) fn read_file<O: Clone>(
    memo: Option<&FileMemo<O>>,
    path: &Utf8Path,
    text: &str,
    problems: &Problems,
    read: impl FnOnce(&Utf8Path, &str, &Problems) -> O,
) -> O {
    let Some(memo) = memo else { return read(path, text, problems) };
    let make = |text: &str| (text.to_owned(), Problems::of(|problems| read(path, text, problems)));
    let (output, found) = memo.get(path.to_owned(), text, make);
    problems.extend(found);
    output
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_result_is_made_again_when_its_input_changes_and_forgotten_when_nobody_asks_for_it() {
        let memo: Memo<&str, String, usize> = Memo::default();
        let made = Mutex::new(Vec::new());
        let length = |key, text: &str| {
            let make = |text: &str| {
                made.lock().unwrap().push(format!("{key} {text}"));
                (text.to_owned(), text.len())
            };
            memo.get(key, text, make)
        };
        assert_eq!([length("a", "one"), length("a", "one"), length("b", "one"), length("a", "three")], [3, 3, 3, 5]);
        memo.sweep();
        length("a", "three");
        memo.sweep();
        length("b", "one");
        assert_eq!(*made.lock().unwrap(), ["a one", "b one", "a three", "b one"]);
    }
}
