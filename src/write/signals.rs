//! Signals that end the program: SIGINT, SIGTERM and SIGHUP. Before it ends, what it was about to write is taken away.

/// Watches for signals from now on.
#[cfg(not(unix))]
pub(super) fn watch() {
    // The next run takes away what is left.
}

#[cfg(unix)]
pub(super) use unix::watch;

#[cfg(unix)]
mod unix {
    use std::io::{self, IsTerminal};
    use std::sync::atomic::{AtomicBool, Ordering};
    use std::sync::{Arc, Once, mpsc};
    use std::thread;
    use std::time::Duration;

    use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};
    use signal_hook::iterator::Signals;
    use signal_hook::{flag, low_level};

    use crate::write::{door, litter};

    /// How long a disk may take for what has been begun.
    const PATIENCE: Duration = Duration::from_secs(5);

    /// Watches for signals from now on.
    pub(crate) fn watch() {
        static ONCE: Once = Once::new();
        ONCE.call_once(|| {
            let (hand_over, signals) = mpsc::channel();
            // Without a thread for it, signals do what they always do.
            let waiting = thread::Builder::new().spawn(move || signals.recv().map(wait));
            if waiting.is_ok()
                && let Ok(signals) = heeded()
            {
                let _ = hand_over.send(signals);
            }
        });
    }

    /// Waits for the first signal, and ends the program. The second ends it at once.
    fn wait((mut signals, is_ending): (Signals, Arc<AtomicBool>)) {
        if let Some(signal) = signals.forever().next() {
            is_ending.store(true, Ordering::SeqCst);
            door::shut(PATIENCE);
            litter::take_away();
            let _ = low_level::emulate_default_handler(signal);
        }
    }

    /// Asks for the signals that the program is not meant to ignore.
    fn heeded() -> io::Result<(Signals, Arc<AtomicBool>)> {
        let is_ending = Arc::new(AtomicBool::new(false));
        let heeded: Vec<_> = [SIGHUP, SIGINT, SIGTERM].into_iter().filter(|&signal| !is_ignored(signal)).collect();
        for &signal in &heeded {
            flag::register_conditional_default(signal, Arc::clone(&is_ending))?;
        }
        Ok((Signals::new(heeded)?, is_ending))
    }

    /// Returns whether whoever started the program wants it to outlive a signal, as `nohup` does. Systems that do not
    /// tell are guessed at: `nohup` leaves no terminal to print to.
    fn is_ignored(signal: i32) -> bool {
        let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
        let ignored = status.lines().find_map(|line| line.strip_prefix("SigIgn:"));
        match ignored.and_then(|mask| u64::from_str_radix(mask.trim(), 16).ok()) {
            Some(mask) => mask >> (signal - 1) & 1 == 1,
            None => signal == SIGHUP && !io::stdout().is_terminal(),
        }
    }
}
