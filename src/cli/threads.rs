//! The threads that do the work.

use std::io;
use std::sync::mpsc::channel;
use std::thread::{self, available_parallelism};

use rayon::{ThreadBuilder, ThreadPoolBuilder};

/// How many threads there are to be, as Rayon asks for it.
const COUNT: &str = "RAYON_NUM_THREADS";

/// Starts the threads that share the work, one for each core. Where fewer are to be had, there are fewer, and where there
/// is none, the first one does all of it.
pub(super) fn start() {
    let asked = std::env::var(COUNT).ok().and_then(|count| count.parse().ok()).filter(|&count| count > 0);
    let wanted = asked.unwrap_or_else(|| available_parallelism().map_or(1, usize::from));
    let start_one = |_| {
        let (hand_over, work) = channel::<ThreadBuilder>();
        thread::Builder::new().spawn(move || work.recv().map(ThreadBuilder::run)).ok().map(|_| hand_over)
    };
    let mut started: Vec<_> = (0..wanted).map_while(start_one).collect();
    // There is a pool already where another program runs this one.
    let _ = match started.len() {
        0 => ThreadPoolBuilder::new().num_threads(1).use_current_thread().build_global(),
        count => {
            let hand_over = |work: ThreadBuilder| {
                let thread = started.pop().ok_or(io::ErrorKind::NotFound)?;
                thread.send(work).map_err(|_| io::ErrorKind::BrokenPipe.into())
            };
            ThreadPoolBuilder::new().num_threads(count).spawn_handler(hand_over).build_global()
        }
    };
}
