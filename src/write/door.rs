//! The one door to the disk. Whatever changes it goes through here, step by step, so that a signal that ends the program
//! comes between two steps and never in one, and so that tests can let any step fail.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::path::Path;
use std::sync::{Condvar, Mutex, MutexGuard, OnceLock, PoisonError};
use std::time::Duration;

/// What a test does before a step is taken, which fails if this does.
type Hook = Box<dyn Fn() -> io::Result<()> + Send + Sync>;

static HOOK: OnceLock<Hook> = OnceLock::new();

/// Lets a test decide over every step from now on, until the process ends.
pub fn before_each_step(hook: impl Fn() -> io::Result<()> + Send + Sync + 'static) {
    let _ = HOOK.set(Box::new(hook));
}

static TRAFFIC: Mutex<Traffic> = Mutex::new(Traffic { steps: 0, wholes: 0, is_closing: false });
static LESS_TRAFFIC: Condvar = Condvar::new();

/// Who is in the door.
struct Traffic {
    /// How many threads take a step.
    steps: usize,
    /// How many threads take steps that belong together.
    wholes: usize,
    /// Whether the program is about to end.
    is_closing: bool,
}

fn traffic() -> MutexGuard<'static, Traffic> {
    TRAFFIC.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Waits for good once the door is shut.
fn enter(count: impl FnOnce(&mut Traffic)) {
    let is_shut = |traffic: &mut Traffic| traffic.is_closing && traffic.wholes == 0;
    let mut traffic = LESS_TRAFFIC.wait_while(traffic(), is_shut).unwrap_or_else(PoisonError::into_inner);
    count(&mut traffic);
}

fn leave(count: impl FnOnce(&mut Traffic)) {
    count(&mut traffic());
    LESS_TRAFFIC.notify_all();
}

/// Takes one step: changes the disk once.
pub(super) fn step<T>(change: impl FnOnce() -> io::Result<T>) -> io::Result<T> {
    struct Step;
    impl Drop for Step {
        fn drop(&mut self) {
            leave(|traffic| traffic.steps -= 1);
        }
    }
    enter(|traffic| traffic.steps += 1);
    let _step = Step;
    HOOK.get().map_or(Ok(()), |hook| hook())?;
    change()
}

/// While this is held, the steps that are taken belong together: a signal waits for the last of them.
pub(super) struct Whole(());

impl Whole {
    pub(super) fn begin() -> Self {
        enter(|traffic| traffic.wholes += 1);
        Self(())
    }
}

impl Drop for Whole {
    fn drop(&mut self) {
        leave(|traffic| traffic.wholes -= 1);
    }
}

/// Shuts the door for good, and waits until nobody is in it, but no longer than this.
pub(super) fn shut(patience: Duration) {
    let mut now = traffic();
    now.is_closing = true;
    let is_busy = |traffic: &mut Traffic| traffic.steps + traffic.wholes > 0;
    drop(LESS_TRAFFIC.wait_timeout_while(now, patience, is_busy));
}

pub(super) fn create_folder(path: &Path) -> io::Result<()> {
    step(|| fs::create_dir(path))
}

/// Makes a folder and those above it. One that is there already is no failure.
pub(super) fn create_folders(path: &Path) -> io::Result<()> {
    if path.is_dir() { Ok(()) } else { step(|| fs::create_dir_all(path)) }
}

/// Makes a file that is not there yet.
pub(super) fn create_file(path: &Path, bytes: &[u8]) -> io::Result<File> {
    step(|| {
        let mut file = OpenOptions::new().write(true).create_new(true).open(path)?;
        file.write_all(bytes)?;
        Ok(file)
    })
}

/// Makes a copy of a file, of its age.
pub(super) fn copy(from: &Path, to: &Path) -> io::Result<()> {
    step(|| {
        let mut file = OpenOptions::new().write(true).create_new(true).open(to)?;
        io::copy(&mut File::open(from)?, &mut file)?;
        file.set_modified(fs::metadata(from)?.modified()?)
    })
}

/// Gives a file another text where it stands.
pub(super) fn overwrite(path: &Path, bytes: &[u8]) -> io::Result<()> {
    step(|| fs::write(path, bytes))
}

pub(super) fn link(from: &Path, to: &Path) -> io::Result<()> {
    step(|| fs::hard_link(from, to))
}

pub(super) fn rename(from: &Path, to: &Path) -> io::Result<()> {
    step(|| fs::rename(from, to))
}

pub(super) fn remove_file(path: &Path) -> io::Result<()> {
    step(|| fs::remove_file(path))
}

pub(super) fn remove_folder(path: &Path) -> io::Result<()> {
    step(|| fs::remove_dir(path))
}

/// Lets two folders change places in one step, where the system can.
#[cfg(any(target_os = "linux", target_os = "android", target_vendor = "apple"))]
pub(super) fn exchange(a: &Path, b: &Path) -> io::Result<()> {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    step(|| Ok(renameat_with(CWD, a, CWD, b, RenameFlags::EXCHANGE)?))
}

#[cfg(not(any(target_os = "linux", target_os = "android", target_vendor = "apple")))]
pub(super) fn exchange(_: &Path, _: &Path) -> io::Result<()> {
    Err(io::ErrorKind::Unsupported.into())
}

/// Has the disk keep what a file holds, whatever happens to the machine.
pub(super) fn keep_file(file: &File) -> io::Result<()> {
    step(|| unless_unsupported(file.sync_all()))
}

/// Has the disk keep which files a folder holds. Elsewhere than on Unix the system does so by itself.
pub(super) fn keep_folder(folder: &Path) -> io::Result<()> {
    match cfg!(unix) {
        true => step(|| unless_unsupported(File::open(folder)?.sync_all())),
        false => Ok(()),
    }
}

/// Some file systems, such as those of a network, keep nothing on demand.
fn unless_unsupported(kept: io::Result<()>) -> io::Result<()> {
    match kept {
        Err(error) if matches!(error.kind(), io::ErrorKind::Unsupported | io::ErrorKind::InvalidInput) => Ok(()),
        kept => kept,
    }
}
