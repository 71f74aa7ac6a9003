//! Faults of Rungs itself: caught panics, with their messages and places.
//!
//! Panics unwind in every profile, so that what is staged is removed on the way, and somebody above says what happened:
//! [`caught`] turns a panic into a [`Fault`]. The place of a panic is known to the panic hook alone, which [`listen`]
//! sets for the process.

#[cfg(not(panic = "unwind"))]
compile_error!("panics have to unwind: set no other `panic` in the profile");

use std::any::Any;
use std::backtrace::{Backtrace, BacktraceStatus};
use std::cell::Cell;
use std::fmt::{self, Display, Formatter};
use std::io::Write;
use std::panic::{self, AssertUnwindSafe, PanicHookInfo};
use std::sync::{Mutex, PoisonError};

/// A panic that was caught.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Fault {
    pub(crate) message: String,
    /// The file, line and column in the source of Rungs or of a library. None if panics were not recorded.
    pub(crate) place: Option<String>,
    /// The way there, if `RUST_BACKTRACE` asks for it.
    pub(crate) backtrace: Option<String>,
}

/// The panics that have not been reported yet, in order.
static HEARD: Mutex<Vec<Fault>> = Mutex::new(Vec::new());

/// The greatest number of panics that are kept. One fault may make many threads panic.
const MOST_KEPT: usize = 32;

thread_local! {
    /// Within how many calls of `caught` the thread is.
    static AWAITED: Cell<usize> = const { Cell::new(0) };
}

/// Does some work. What it leaves half done when it panics must not be used any more.
///
/// # Errors
/// If it panics, or a thread of the pool does that works for it.
pub(crate) fn caught<T>(work: impl FnOnce() -> T) -> Result<T, Fault> {
    AWAITED.set(AWAITED.get() + 1);
    let done = panic::catch_unwind(AssertUnwindSafe(work));
    AWAITED.set(AWAITED.get() - 1);
    done.map_err(|payload| Fault::of(&*payload))
}

/// Records panics for [`caught`] from now on. One that nothing waits for is printed at once, in one line.
pub(crate) fn listen() {
    panic::set_hook(Box::new(|info| {
        let fault = Fault::heard(info);
        // Threads of the pool hand their panics on to whoever asked them to work.
        if AWAITED.get() > 0 || rayon::current_thread_index().is_some() {
            let mut heard = HEARD.lock().unwrap_or_else(PoisonError::into_inner);
            if heard.len() < MOST_KEPT {
                heard.push(fault);
            }
        } else {
            // Whether it can be printed or not: a panic while one is told would end the program.
            let _ = writeln!(anstream::stderr(), "{fault}");
        }
    }));
}

impl Fault {
    /// Returns whether a library asked the system for a thread and got none. That is no fault of Rungs.
    pub(crate) fn lacks_threads(&self) -> bool {
        self.message.starts_with("failed to spawn thread")
    }

    fn heard(info: &PanicHookInfo<'_>) -> Self {
        let backtrace = Backtrace::capture();
        let is_wanted = backtrace.status() == BacktraceStatus::Captured;
        Self {
            message: panic_message(info.payload()),
            place: info.location().map(|at| format!("{}:{}:{}", short(at.file()), at.line(), at.column())),
            backtrace: is_wanted.then(|| backtrace.to_string()),
        }
    }

    /// Returns the fault that a panic caused. If several threads panicked, one of them is returned.
    fn of(payload: &(dyn Any + Send)) -> Self {
        let message = panic_message(payload);
        let mut heard = std::mem::take(&mut *HEARD.lock().unwrap_or_else(PoisonError::into_inner));
        match heard.iter().position(|fault| fault.message == message) {
            Some(at) => heard.swap_remove(at),
            None => Self { message, place: None, backtrace: None },
        }
    }
}

impl Display for Fault {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        write!(f, "Rungs has a bug: {}", self.message)?;
        self.place.iter().try_for_each(|place| write!(f, " ({place})"))
    }
}

/// Returns the message of a panic.
fn panic_message(payload: &(dyn Any + Send)) -> String {
    let text = payload.downcast_ref::<&str>().copied().or(payload.downcast_ref::<String>().map(String::as_str));
    text.unwrap_or("no details are known").to_owned()
}

/// Returns a file of a crate without the folders of the machine that compiled it: `tera-2.4.0/src/tera.rs`.
fn short(file: &str) -> String {
    let file = file.replace('\\', "/");
    match file.rsplit_once("/src/") {
        Some((above, below)) => format!("{}/src/{below}", above.rsplit('/').next().unwrap_or_default()),
        None => file,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_is_caught_with_what_it_says() {
        assert_eq!(caught(|| 7), Ok(7));
        let fault = caught(|| panic!("{} is amiss", "all")).unwrap_err();
        assert_eq!(fault.to_string(), "Rungs has a bug: all is amiss");
        assert_eq!(caught(|| panic!("plain")).unwrap_err().message, "plain");
        assert_eq!(caught(|| panic::panic_any(7)).unwrap_err().message, "no details are known");
    }

    #[test]
    fn a_lack_of_threads_is_known_by_what_the_library_says() {
        // As `thread::spawn` does.
        let caught_one = caught(|| panic!("failed to spawn thread: {}", std::io::ErrorKind::WouldBlock));
        assert!(caught_one.unwrap_err().lacks_threads());
        assert!(!caught(|| panic!("plain")).unwrap_err().lacks_threads());
    }

    #[test]
    fn the_folders_of_a_machine_are_not_shown() {
        assert_eq!(short("src/theme/blocks.rs"), "src/theme/blocks.rs");
        assert_eq!(short(r"C:\cargo\registry\src\index\tera-2.4.0\src\tera.rs"), "tera-2.4.0/src/tera.rs");
        assert_eq!(short("/rustc/5980/library/core/src/str/mod.rs"), "core/src/str/mod.rs");
    }
}
