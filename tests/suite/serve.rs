//! `rungs serve` as it is run: over the network, with files that change below it.

#![allow(clippy::disallowed_methods, reason = "the program is run on sites on disk")]

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::Duration;

use assert_cmd::cargo::cargo_bin;
use serde_json::Value;

use crate::driver::{Folder, LADDER};
use crate::place::Place;

/// After this something is broken. It is waited for no longer than it takes.
const PATIENCE: Duration = Duration::from_secs(60);

const BASE_URL: &str = "https://ladders.example/rungs/";

/// A server at a free port. Ends with the test.
struct Server {
    child: Child,
    lines: Receiver<String>,
    host: String,
}

/// The events that an open page receives.
struct Events(BufReader<TcpStream>);

impl Server {
    fn of(place: &Place) -> Self {
        let mut command = Command::new(cargo_bin!("rungs"));
        command.current_dir(place.path()).args(["serve", "--port", "0", "--base-url", BASE_URL]);
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
        let (sender, lines) = channel();
        let printed = BufReader::new(child.stdout.take().unwrap());
        thread::spawn(move || printed.lines().map_while(Result::ok).try_for_each(|line| sender.send(line)));
        let mut server = Self { child, lines, host: String::new() };
        let address = server.line(|line| line.starts_with("http://"));
        server.host = address["http://".len()..].split('/').next().unwrap().to_owned();
        assert_eq!(address, format!("http://{}/rungs/ (press Ctrl-C to stop)", server.host));
        server
    }

    /// The next line that is meant.
    fn line(&self, is_meant: impl Fn(&str) -> bool) -> String {
        loop {
            let line = self.lines.recv_timeout(PATIENCE).expect("the line is printed");
            if is_meant(&line) {
                return line;
            }
        }
    }

    /// Sends a request as it is written here, and leaves the connection open.
    fn send(&self, method: &str, target: &str, host: &str) -> BufReader<TcpStream> {
        let mut stream = TcpStream::connect(&self.host).unwrap();
        stream.set_read_timeout(Some(PATIENCE)).unwrap();
        write!(stream, "{method} {target} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n").unwrap();
        BufReader::new(stream)
    }

    /// The head and the body of the answer.
    fn ask(&self, method: &str, target: &str, host: &str) -> (String, String) {
        let mut answer = String::new();
        self.send(method, target, host).read_to_string(&mut answer).unwrap();
        let (head, body) = answer.split_once("\r\n\r\n").unwrap();
        (head.to_ascii_lowercase(), body.to_owned())
    }

    fn get(&self, target: &str) -> (String, String) {
        self.ask("GET", target, &self.host)
    }

    fn events(&self, page: &str) -> Events {
        Events(self.send("GET", &format!("/__rungs/events?{page}"), &self.host))
    }

    /// Interrupts it as Ctrl-C does, and gives its exit status.
    fn interrupt(&mut self) -> Option<i32> {
        let process = self.child.id().to_string();
        assert!(Command::new("kill").args(["-INT", &process]).status().unwrap().success());
        self.child.wait().unwrap().code()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // It may have ended already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Events {
    /// The next thing that is told about a page, when it is known what is wrong.
    fn next(&mut self) -> Value {
        loop {
            let told = self.any();
            if !told["problems"].is_null() {
                return told;
            }
        }
    }

    /// The next thing that is told.
    fn any(&mut self) -> Value {
        loop {
            let mut line = String::new();
            assert!(self.0.read_line(&mut line).expect("something is told") > 0, "the connection is open");
            if let Some(data) = line.strip_prefix("data: ") {
                return serde_json::from_str(data).unwrap();
            }
        }
    }

    /// The next thing told of which something is so.
    fn until(&mut self, is_so: impl Fn(&Value) -> bool) -> Value {
        loop {
            let told = self.next();
            if is_so(&told) {
                return told;
            }
        }
    }
}

fn small() -> Place {
    Place::of(&Folder::small())
}

fn note(title: &str) -> String {
    format!("+++\ntitle = \"{title}\"\n+++\nText.\n")
}

/// Puts a file in the place of another in one step, as many editors save.
fn replace(place: &Place, path: &str, text: &str) {
    place.put("saved", text);
    fs::rename(place.at("saved"), place.at(path)).unwrap();
}

#[test]
fn requests_are_answered_over_the_network() {
    let place = small();
    place.put("secret.txt", "secret");
    place.put("content/secret.txt", "secret");
    let server = Server::of(&place);
    let (head, body) = server.get("/rungs/en/");
    assert!(head.starts_with("http/1.1 200"), "{head}");
    assert!(body.contains("/__rungs/live.js"), "{body}");
    let length = format!("content-length: {}", body.len());
    assert!(head.contains(&length), "{head}");
    let (head, body) = server.ask("HEAD", "/rungs/en/", &server.host);
    assert!(head.starts_with("http/1.1 200") && head.contains(&length) && body.is_empty(), "{head}");
    for target in ["/rungs/../secret.txt", "/rungs/%2e%2e/secret.txt", "/rungs/secret.txt", "/secret.txt"] {
        let (head, body) = server.get(target);
        assert!(head.starts_with("http/1.1 404") && !body.contains("secret"), "{target}");
    }
    let (head, _) = server.get("/");
    assert!(head.starts_with("http/1.1 302") && head.contains("location: /rungs/"), "{head}");
    let (head, body) = server.ask("GET", "/rungs/en/", "ladders.example");
    assert!(head.starts_with("http/1.1 403") && !body.contains("Engineer"), "{head}");
}

#[test]
fn an_open_page_is_told_what_changes_and_what_is_wrong() {
    let place = small();
    let server = Server::of(&place);
    let mut events = server.events("/rungs/c/en-001/");
    let mut elsewhere = server.events("/rungs/no/such/page/");
    let (first, nowhere) = (events.next(), elsewhere.next());
    assert_eq!(first["problems"], Value::Array(Vec::new()));
    replace(&place, "content/en/ladder.md", &LADDER.replace("others can read", "others [EN-099] can read"));
    let wrong = events.until(|told| told["problems"] != first["problems"]);
    assert_ne!(wrong["mark"], first["mark"]);
    assert_eq!(wrong["isCurrent"], true);
    assert_eq!(wrong["problems"][0]["places"][0]["marked"], "[EN-099]");
    assert_eq!(wrong["problems"][0]["places"][0]["path"], "content/en/ladder.md");
    assert!(server.get("/rungs/c/en-001/").1.contains("others [EN-099] can read"), "the page is as it was written");
    let line = server.line(|line| line.contains("1 error"));
    assert!(line.starts_with("en/ladder.md: ") && line.contains(" pages, 1 error, "), "{line}");
    replace(&place, "content/en/ladder.md", &LADDER.replace("others can read", "all can read"));
    let fixed = events.until(|told| told["problems"] == first["problems"]);
    assert_ne!(fixed["mark"], first["mark"]);
    assert!(server.get("/rungs/c/en-001/").1.contains("all can read"));
    let untouched = elsewhere.until(|told| told["problems"] != first["problems"]);
    assert_eq!(untouched["mark"], nowhere["mark"]);
}

#[test]
fn an_open_page_is_told_of_a_change_before_it_is_checked() {
    let place = small();
    let server = Server::of(&place);
    let mut events = server.events("/rungs/c/en-001/");
    let first = events.next();
    replace(&place, "content/en/ladder.md", &LADDER.replace("others can read", "all can read"));
    // Both may have been told in one, if this was slow to listen.
    let early = events.any();
    assert_ne!(early["mark"], first["mark"]);
    let late = if early["problems"].is_null() { events.any() } else { early.clone() };
    assert_eq!((&late["mark"], &late["problems"]), (&early["mark"], &first["problems"]));
}

#[test]
fn the_last_pages_stay_while_the_content_is_no_site() {
    let place = small();
    let server = Server::of(&place);
    let mut events = server.events("/rungs/c/en-001/");
    let first = events.next();
    let settings = fs::read_to_string(place.at("content/site.toml")).unwrap();
    replace(&place, "content/site.toml", &format!("{settings}\n[[["));
    let wrong = events.until(|told| told["problems"] != first["problems"]);
    assert_eq!((&wrong["mark"], &wrong["isCurrent"]), (&first["mark"], &Value::Bool(false)));
    let line = server.line(|line| line.contains("1 error"));
    assert!(line.starts_with("site.toml: the pages stay as they were, 1 error, "), "{line}");
}

#[test]
fn a_template_may_be_saved_while_it_is_typed() {
    let place = small();
    let server = Server::of(&place);
    let mut events = server.events("/rungs/en/ladder/l1/");
    let first = events.next();
    for typed in ["{%", "{%}", "{% block é", "{{", "{{}}"] {
        let template = format!("{{% extends \"default/level.html\" %}}\n{typed}\n");
        place.put("content/theme/level.html", &template);
        let wrong = events.until(|told| told["problems"] != first["problems"]);
        assert_eq!(wrong["problems"][0]["code"], "template", "{typed}");
        assert_eq!(wrong["mark"], first["mark"], "the last good page stays");
        place.put("content/theme/level.html", "{% extends \"default/level.html\" %}\n");
        events.until(|told| told["problems"] == first["problems"]);
    }
}

#[test]
fn files_and_folders_that_come_and_go_are_seen() {
    let place = small();
    let server = Server::of(&place);
    let page = "/rungs/en/notes/last/";
    let mut events = server.events(page);
    let is_well = |told: &Value| told["problems"] == Value::Array(Vec::new());
    assert!(is_well(&events.next()) && server.get(page).0.starts_with("http/1.1 404"));
    // As a branch switch does it: folders that were not there, and many files at once.
    for number in 0..50 {
        place.put(&format!("content/en/notes/n{number}.md"), note(&format!("Note {number}")));
    }
    place.put("content/en/notes/last.md", note("The last"));
    events.until(|told| is_well(told) && server.get(page).1.contains("The last"));
    fs::rename(place.at("content"), place.at("away")).unwrap();
    events.until(|told| told["problems"].to_string().contains("there is no folder"));
    assert!(server.get(page).1.contains("The last"), "the last good page stays");
    fs::remove_file(place.at("away/en/notes/last.md")).unwrap();
    fs::rename(place.at("away"), place.at("content")).unwrap();
    events.until(|told| is_well(told) && server.get(page).0.starts_with("http/1.1 404"));
    // The folder that came back is watched, too.
    place.put("content/en/notes/last.md", note("The very last"));
    events.until(|told| is_well(told) && server.get(page).1.contains("The very last"));
}

#[test]
fn a_site_with_errors_from_the_beginning_appears_once_they_are_fixed() {
    let place = small();
    let duplicate = format!("{LADDER}- Writes code twice. {{#EN-001}}\n");
    place.put("content/en/ladder.md", duplicate);
    let server = Server::of(&place);
    let (head, body) = server.get("/rungs/en/");
    assert!(head.starts_with("http/1.1 503") && body.contains("No site yet"), "{head}");
    let mut events = server.events("/rungs/en/");
    let first = events.next();
    assert_eq!(first["problems"][0]["code"], "duplicate-id");
    place.put("content/en/ladder.md", LADDER);
    events.until(|told| told["mark"] != first["mark"]);
    assert!(server.get("/rungs/en/").0.starts_with("http/1.1 200"));
}

#[test]
fn an_interrupt_ends_it_well_and_at_once_though_pages_are_open() {
    let place = small();
    let mut server = Server::of(&place);
    let mut events = server.events("/rungs/en/");
    events.next();
    assert_eq!(server.interrupt(), Some(0));
}

#[test]
fn a_port_that_is_taken_and_a_folder_that_is_missing_are_told() {
    let place = small();
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().port();
    let run = place.run(&format!("serve --port {port}"));
    let message = "stop the program that uses it, or leave out `--port` to get a free one";
    assert_eq!((run.status, run.stderr), (2, format!("error: port {port} is in use: {message}\n")));
    let run = place.run("serve missing --port 0");
    let message = "there is no folder `missing`: name the folder that contains `site.toml` with `--content`";
    assert_eq!((run.status, run.stderr), (2, format!("error: {message}\n")));
}
