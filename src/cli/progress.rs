//! The progress bar: on a terminal, and only for what takes long.

use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::thread;
use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use crate::fault;
use crate::progress::Progress;

/// The delay before a bar is shown. Shorter work needs none.
const DELAY: Duration = Duration::from_millis(700);
const TICK: Duration = Duration::from_millis(100);

/// Does some work and shows how far it has come, if that may be shown.
pub(super) fn shown<T>(visible: bool, work: impl FnOnce(&Progress) -> T) -> T {
    let progress = Progress::default();
    if !visible {
        return work(&progress);
    }
    thread::scope(|scope| {
        // Dropping the sender ends the wait.
        let (done, wait) = channel::<()>();
        let progress = &progress;
        // A bar that cannot be drawn is no reason to end the work.
        let _ = thread::Builder::new().spawn_scoped(scope, move || drop(fault::caught(|| draw(progress, &wait))));
        let result = work(progress);
        drop(done);
        result
    })
}

fn draw(progress: &Progress, wait: &Receiver<()>) {
    let goes_on = |time| wait.recv_timeout(time) == Err(RecvTimeoutError::Timeout);
    if !goes_on(DELAY) {
        return;
    }
    // Draws nothing where standard error is no terminal.
    let bar = ProgressBar::with_draw_target(Some(0), ProgressDrawTarget::stderr());
    let style = ProgressStyle::with_template(&format!("{bar} pages and pictures", bar = "{bar:30} {pos}/{len}"));
    bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
    while goes_on(TICK) {
        bar.set_length(progress.total());
        bar.set_position(progress.done());
    }
    bar.finish_and_clear();
}
