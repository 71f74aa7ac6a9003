//! The way of a save to the page that is open: a browser that listens, and loads the page when it is told to.

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use super::program::Program;
use super::{Numbers, Outcome, median};

/// After a save the folder is looked at once more. The next save comes after that.
const QUIET: Duration = Duration::from_millis(400);

/// Nothing takes so long.
const PATIENCE: Duration = Duration::from_secs(60);

struct Server {
    child: Child,
    /// `127.0.0.1:7864`.
    host: String,
    /// The path of the site.
    base: String,
}

impl Drop for Server {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Returns the median time of some saves of a ladder, and the CPU time of one, where the system tells that of a process
/// that still runs.
pub(super) fn saves(program: &Program, content: &Path, times: usize) -> Outcome<Numbers> {
    let server = Server::of(program, content)?;
    let ladder = first_ladder(&content.join("en"))?;
    let stem = ladder.file_stem().and_then(|stem| stem.to_str()).ok_or("a ladder has a name")?;
    let page = format!("{}en/{stem}/", server.base);
    let written = fs::read_to_string(&ladder)?;
    let (head, tail) = written.split_once(" {#").ok_or("the ladder has ids")?;
    let mut events = server.send(&format!("/__rungs/events?{page}"))?;
    let mut known = mark(&mut events)?;
    sleep(QUIET);
    let before = server.cpu_ms();
    let mut walls = Vec::new();
    for time in 0..times {
        let begun = Instant::now();
        fs::write(&ladder, format!("{head} {time} {{#{tail}"))?;
        let mut now = mark(&mut events)?;
        while now == known {
            now = mark(&mut events)?;
        }
        server.send(&page)?.read_to_end(&mut Vec::new())?;
        walls.push(begun.elapsed().as_secs_f64() * 1000.0);
        known = now;
        sleep(QUIET);
    }
    let cpu_ms = before.zip(server.cpu_ms()).map(|(before, after)| (after - before) / times as f64);
    fs::write(&ladder, &written)?;
    Ok(Numbers { cpu_ms, wall_ms: median(walls.into_iter()), ..Numbers::default() })
}

/// Returns the first Markdown file right in a folder.
fn first_ladder(folder: &Path) -> Outcome<std::path::PathBuf> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder)? {
        files.push(entry?.path());
    }
    files.sort();
    files.into_iter().find(|path| path.extension().is_some_and(|end| end == "md")).ok_or("there is no ladder".into())
}

/// Waits for the next thing that an open page is told, and returns the mark of the page.
fn mark(events: &mut BufReader<TcpStream>) -> Outcome<String> {
    loop {
        let mut line = String::new();
        if events.read_line(&mut line)? == 0 {
            return Err("the server has ended the events".into());
        }
        if let Some((_, told)) = line.split_once(r#""mark":""#) {
            return Ok(told.split('"').next().unwrap_or_default().to_owned());
        }
    }
}

impl Server {
    fn of(Program(path): &Program, content: &Path) -> Outcome<Self> {
        let mut command = Command::new(path);
        command.arg("serve").arg(content).args(["--port", "0"]).stdout(Stdio::piped()).stderr(Stdio::null());
        let child = command.spawn()?;
        let mut server = Self { child, host: String::new(), base: String::new() };
        let mut printed = BufReader::new(server.child.stdout.take().ok_or("its output is read")?);
        let mut line = String::new();
        while !line.starts_with("http://") {
            line.clear();
            if printed.read_line(&mut line)? == 0 {
                return Err("the server has not started".into());
            }
        }
        let address = line["http://".len()..].split_whitespace().next().unwrap_or_default().to_owned();
        let (host, path) = address.split_once('/').ok_or("an address has a path")?;
        (server.host, server.base) = (host.to_owned(), format!("/{path}"));
        // It would wait for a reader of what it prints.
        std::thread::spawn(move || printed.read_to_end(&mut Vec::new()));
        Ok(server)
    }

    fn send(&self, path: &str) -> Outcome<BufReader<TcpStream>> {
        let mut stream = TcpStream::connect(&self.host)?;
        stream.set_read_timeout(Some(PATIENCE))?;
        write!(stream, "GET {path} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n\r\n", self.host)?;
        Ok(BufReader::new(stream))
    }

    /// Returns the CPU time until now. None where `/proc` does not tell it.
    fn cpu_ms(&self) -> Option<f64> {
        let stat = fs::read_to_string(format!("/proc/{}/stat", self.child.id())).ok()?;
        let fields: Vec<_> = stat.rsplit_once(')')?.1.split_whitespace().collect();
        let ticks = |at: usize| fields.get(at)?.parse::<f64>().ok();
        // A hundred ticks a second, on all systems that Linux is built for.
        Some((ticks(11)? + ticks(12)?) * 10.0)
    }
}
