//! Counts work, so that tests can tell how it grows: a count is the same on every machine, and time is not.
//!
//! Only unit tests count, and only inside `counted`: to everybody else [`count`] is nothing. What is counted goes by the
//! name of the template, the component or the function that does it.

/// Counts one piece of work.
#[inline(always)]
pub(crate) fn count(what: &str) {
    add(what, 1);
}

/// Counts pieces of work.
#[cfg(not(test))]
#[inline(always)]
pub(crate) fn add(_: &str, _: usize) {}

#[cfg(test)]
pub(crate) use counting::{Counts, add, counted};

#[cfg(test)]
mod counting {
    use std::cell::RefCell;
    use std::collections::BTreeMap;

    /// How often each piece of work was done.
    pub(crate) type Counts = BTreeMap<String, usize>;

    thread_local!(static COUNTS: RefCell<Option<Counts>> = const { RefCell::new(None) });

    pub(crate) fn add(what: &str, number: usize) {
        COUNTS.with_borrow_mut(|counts| {
            if let Some(counts) = counts {
                *counts.entry(what.to_owned()).or_default() += number;
            }
        });
    }

    /// Runs a function on a thread of its own, which does all of its parallel work too, and returns what was counted.
    pub(crate) fn counted<T: Send>(run: impl FnOnce() -> T + Send) -> (T, Counts) {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(1).build().unwrap();
        pool.install(|| {
            COUNTS.set(Some(Counts::new()));
            (run(), COUNTS.take().unwrap_or_default())
        })
    }
}

#[cfg(test)]
mod tests;
