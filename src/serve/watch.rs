//! Sees when a content folder changes.
//!
//! That something changed is all that is taken from the watcher. What changed is found out by reading: watchers see
//! files come and go one by one, name some of them twice and miss others, such as those that were put into a new folder
//! before it was watched. So after the last sign of a change the content is read once more.

use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::{Duration, Instant};

use camino::Utf8Path;
use notify::{Config, Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher};

use super::ServeError;

/// The pause after which a burst of changes is over. Saving one file takes less.
const QUIET: Duration = Duration::from_millis(4);
/// The longest time to wait for a burst to end. A branch switch may take longer and is then built more than once.
const LONGEST: Duration = Duration::from_millis(60);
/// When to read once more.
const SETTLED: Duration = Duration::from_millis(150);

pub(super) struct Watch {
    watcher: RecommendedWatcher,
    events: Receiver<notify::Result<Event>>,
    folder: Folder,
    /// Whether something may have changed since the content was last read.
    is_settled: bool,
    /// Whether another folder may have come in the place of the one that is watched.
    is_lost: bool,
}

/// The content folder, absolute.
#[derive(Debug)]
struct Folder {
    /// As it was named. It is known to be replaced from what happens in the folder above.
    named: PathBuf,
    /// Its real path, with links resolved.
    real: PathBuf,
}

/// The meaning of a file event.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Sign {
    Nothing,
    Changed,
    /// The folder itself came or went, or the event is unknown.
    Lost,
}

impl Watch {
    /// Watches a folder.
    pub(crate) fn of(content: &Utf8Path) -> Result<Self, ServeError> {
        let failed = |source| ServeError::Watch { path: content.into(), source };
        let named = std::path::absolute(content).map_err(|error| failed(notify::Error::io(error)))?;
        let folder = Folder { real: named.clone(), named };
        let (sender, events) = channel();
        // Reading is reported as well. It would come from ourselves, and without end.
        let send = move |event: notify::Result<Event>| {
            if !matches!(&event, Ok(Event { kind: EventKind::Access(_), .. })) {
                // Nobody listens any more when the program ends.
                let _ = sender.send(event);
            }
        };
        let config = Config::default().with_follow_symlinks(false);
        let watcher = RecommendedWatcher::new(send, config).map_err(failed)?;
        let mut watch = Self { watcher, events, folder, is_settled: true, is_lost: false };
        if let Some(above) = watch.folder.named.parent() {
            // Where that is not allowed, only the folder's replacement goes unseen.
            let _ = watch.watcher.watch(above, RecursiveMode::NonRecursive);
        }
        match watch.renew() {
            // That it is not there is said by who reads it.
            Err(error) if watch.folder.named.is_dir() => Err(failed(error)),
            _ => Ok(watch),
        }
    }

    /// Waits until something may have changed and a burst of changes is over. Gives the time of the first sign, and
    /// nothing when there will be none any more.
    pub(crate) fn wait(&mut self) -> Option<Instant> {
        loop {
            let event = if self.is_settled {
                self.events.recv().ok()?
            } else {
                match self.events.recv_timeout(SETTLED) {
                    Ok(event) => event,
                    Err(RecvTimeoutError::Timeout) => break,
                    Err(RecvTimeoutError::Disconnected) => return None,
                }
            };
            if self.note(&event) {
                break;
            }
        }
        let begun = Instant::now();
        self.is_settled = false;
        self.gather(QUIET);
        if self.is_lost {
            self.is_lost = self.renew().is_err();
        }
        Some(begun)
    }

    /// Collects events until none has come for some time, or until that takes too long.
    pub(crate) fn gather(&mut self, quiet: Duration) {
        let end = Instant::now() + LONGEST.max(quiet);
        let patience = || end.saturating_duration_since(Instant::now()).min(quiet);
        while let Ok(event) = self.events.recv_timeout(patience()) {
            self.note(&event);
        }
    }

    /// The content was read, and all that happened before is known.
    pub(crate) fn settle(&mut self) {
        self.is_settled = true;
    }

    /// The content could not be read: it may be another folder when it can.
    pub(crate) fn lose(&mut self) {
        self.is_lost = true;
    }

    /// Keeps in mind what an event means. Whether it means anything.
    fn note(&mut self, event: &notify::Result<Event>) -> bool {
        let sign = self.folder.sign(event);
        self.is_lost |= sign == Sign::Lost;
        sign != Sign::Nothing
    }

    /// Watches the folder at this path anew.
    fn renew(&mut self) -> notify::Result<()> {
        // It is not watched the first time, and not any more if it is gone.
        let _ = self.watcher.unwatch(&self.folder.real);
        self.folder.real = self.folder.named.canonicalize()?;
        self.watcher.watch(&self.folder.real, RecursiveMode::Recursive)
    }
}

impl Folder {
    fn sign(&self, event: &notify::Result<Event>) -> Sign {
        let Ok(event) = event else { return Sign::Lost };
        let is_whole = |path: &PathBuf| *path == self.named || *path == self.real;
        let in_place = matches!(event.kind, EventKind::Modify(notify::event::ModifyKind::Metadata(_)));
        if event.need_rescan() || event.paths.iter().any(is_whole) && !in_place {
            Sign::Lost
        } else if event.paths.iter().any(|path| self.is_content(path)) {
            Sign::Changed
        } else {
            Sign::Nothing
        }
    }

    /// Returns whether a path may be one that is read. What editors put beside a file while it is saved begins with a
    /// dot.
    fn is_content(&self, path: &Path) -> bool {
        let hidden = |name: &std::ffi::OsStr| name.as_encoded_bytes().starts_with(b".") || name == "node_modules";
        path.strip_prefix(&self.real).is_ok_and(|below| !below.iter().any(hidden))
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use notify::event::{CreateKind, DataChange, MetadataKind, ModifyKind, RemoveKind};
    use tempfile::TempDir;

    use super::*;

    fn folder() -> (TempDir, PathBuf, Watch) {
        let place = tempfile::tempdir().unwrap();
        let content = place.path().join("content");
        fs::create_dir_all(content.join("en")).unwrap();
        fs::write(content.join("en/a.md"), "a").unwrap();
        let watch = Watch::of(Utf8Path::from_path(&content).unwrap()).unwrap();
        (place, content, watch)
    }

    #[test]
    fn a_burst_of_changes_is_one_sign() {
        let (_place, content, mut watch) = folder();
        let (sender, events) = channel();
        watch.events = events;
        for number in 0..1000 {
            let path = watch.folder.real.join(format!("en/{number}.md"));
            sender.send(Ok(Event::new(EventKind::Create(CreateKind::File)).add_path(path))).unwrap();
        }
        drop((content, sender));
        assert!(watch.wait().is_some());
        assert!(watch.wait().is_none(), "nothing is left of the burst");
    }

    #[test]
    fn content_is_looked_at_once_more_after_the_last_sign_and_then_no_more() {
        let (_place, content, mut watch) = folder();
        fs::write(content.join("en/a.md"), "b").unwrap();
        assert!(watch.wait().is_some());
        assert!(!watch.is_settled);
        assert!(watch.wait().is_some(), "the second look needs no sign");
        watch.settle();
        assert!(watch.is_settled);
    }

    #[test]
    fn a_folder_that_comes_in_the_place_of_the_content_is_watched() {
        let (place, content, mut watch) = folder();
        fs::rename(&content, place.path().join("old")).unwrap();
        fs::create_dir(&content).unwrap();
        while watch.wait().is_some() && watch.is_lost {}
        // Once all is quiet, only the new file can be the sign.
        watch.gather(SETTLED);
        watch.settle();
        fs::write(content.join("new.md"), "new").unwrap();
        assert!(watch.wait().is_some());
    }

    #[test]
    fn only_what_is_read_is_a_sign() {
        let folder = Folder { named: "/srv/link".into(), real: "/srv/content".into() };
        let sign = |kind, path: &str| folder.sign(&Ok(Event::new(kind).add_path(path.into())));
        let saved = EventKind::Modify(ModifyKind::Data(DataChange::Any));
        let touched = EventKind::Modify(ModifyKind::Metadata(MetadataKind::Any));
        assert_eq!(sign(saved, "/srv/content/en/a.md"), Sign::Changed);
        assert_eq!(sign(saved, "/srv/content/en/.a.md.swp"), Sign::Nothing);
        assert_eq!(sign(saved, "/srv/content/.git/index"), Sign::Nothing);
        assert_eq!(sign(saved, "/srv/content/theme/node_modules/a/b.js"), Sign::Nothing);
        assert_eq!(sign(saved, "/srv/other/a.md"), Sign::Nothing);
        assert_eq!(sign(EventKind::Remove(RemoveKind::Folder), "/srv/content"), Sign::Lost);
        assert_eq!(sign(EventKind::Create(CreateKind::Any), "/srv/link"), Sign::Lost);
        assert_eq!(sign(touched, "/srv/content"), Sign::Changed);
        let overflow = Event::new(EventKind::Other).set_flag(notify::event::Flag::Rescan);
        assert_eq!(folder.sign(&Ok(overflow)), Sign::Lost);
    }
}
