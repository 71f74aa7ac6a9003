use std::sync::Arc;

use axum::http::Request;
use axum::http::header::ORIGIN;
use camino::Utf8PathBuf;

use super::*;
use crate::serve::snapshot::ServedFiles;
use crate::write::Output;

fn shown(base: &str) -> Snapshot {
    let outputs = [
        ("index.html", "root"),
        ("404.html", "not here"),
        ("en/index.html", "<p>四級"),
        ("en/page.html", "a page"),
        ("assets/style.css", "p{}"),
        ("assets/階.bin", "x"),
    ];
    let outputs = outputs.map(|(path, text)| Output { path: Utf8PathBuf::from(path), bytes: text.into() });
    Snapshot {
        base: base.to_owned(),
        files: Some(Arc::new(ServedFiles::new(outputs.into(), None))),
        is_current: true,
        problems: Some("[]".to_owned()),
    }
}

fn head(method: &str, uri: &str, hosts: &[&str]) -> Parts {
    let request = hosts.iter().fold(Request::builder().method(method).uri(uri), |all, host| all.header(HOST, *host));
    request.body(()).unwrap().into_parts().0
}

fn reply(shown: &Snapshot, head: &Parts) -> Reply {
    match answer(shown, &Hosts::at(7864), head) {
        Answer::Reply(reply) => reply,
        events => panic!("{events:?}"),
    }
}

/// Status, and where it leads or what stands there.
fn get(base: &str, path: &str) -> (u16, String) {
    let reply = reply(&shown(base), &head("GET", path, &["localhost:7864"]));
    let text = String::from_utf8(reply.body).unwrap();
    let text = text.split("<script").next().unwrap().to_owned();
    (reply.status.as_u16(), reply.header.map_or(text, |(_, value)| value))
}

#[test]
fn files_pages_and_folders_are_found_as_on_github_pages() {
    for (path, status, text) in [
        ("/rungs/", 200, "root"),
        ("/rungs/en/", 200, "<p>四級"),
        ("/rungs/en/index.html", 200, "<p>四級"),
        ("/rungs/%65n/", 200, "<p>四級"),
        ("/rungs/en/page", 200, "a page"),
        ("/rungs/en/page.html?q=1", 200, "a page"),
        ("/rungs/assets/style.css", 200, "p{}"),
        ("/rungs/assets/%E9%9A%8E.bin", 200, "x"),
        ("/rungs/en%2Findex.html", 200, "<p>四級"),
        ("/rungs/en", 301, "/rungs/en/"),
        ("/rungs/en?q=maps", 301, "/rungs/en/?q=maps"),
        ("/rungs?q=maps", 301, "/rungs/?q=maps"),
        ("/", 302, "/rungs/"),
    ] {
        assert_eq!(get("/rungs/", path), (status, text.to_owned()), "{path}");
    }
}

#[test]
fn nothing_else_is_found() {
    for path in [
        "/en/",
        "/rungsen/",
        "/rungs/nowhere",
        "/rungs/assets/",
        "/rungs/assets",
        "/rungs/EN/",
        "/rungs//en/",
        "/rungs/./en/",
        "/rungs/en/../en/",
        "/rungs/../Cargo.toml",
        "/rungs/%2e%2e/Cargo.toml",
        "/rungs/..%2fCargo.toml",
        "/rungs/%2e%2e%2f%2e%2e%2fetc/passwd",
        "/rungs//etc/passwd",
        "/rungs/%2Fetc/passwd",
        "/rungs/en%00",
        "/rungs/%ff",
        "/rungs/en%5Cindex.html",
        "/__rungs/",
        "/__rungs/live.js/",
    ] {
        assert_eq!(get("/rungs/", path), (404, "not here".to_owned()), "{path}");
    }
}

#[test]
fn a_site_at_the_root_of_a_host_needs_no_redirect() {
    assert_eq!(get("/", "/"), (200, "root".to_owned()));
    assert_eq!(get("/", "/en"), (301, "/en/".to_owned()));
    assert_eq!(get("/", "//en"), (404, "not here".to_owned()));
    assert_eq!(get("/", "//ladders.example/%2e%2e"), (404, "not here".to_owned()));
}

#[test]
fn only_the_names_of_this_machine_with_the_port_are_answered() {
    let status = |uri: &str, hosts: &[&str]| reply(&shown("/rungs/"), &head("GET", uri, hosts)).status.as_u16();
    for host in ["127.0.0.1:7864", "localhost:7864", "LocalHost:7864", "[::1]:7864"] {
        assert_eq!(status("/rungs/", &[host]), 200, "{host}");
    }
    for hosts in [
        &["ladders.example"][..],
        &["ladders.example:7864"],
        &["localhost"],
        &["localhost:80"],
        &["localhost.ladders.example:7864"],
        &["127.0.0.1:7864.ladders.example"],
        &["127.0.0.2:7864"],
        &[""],
        &[],
        &["localhost:7864", "ladders.example"],
    ] {
        assert_eq!(status("/rungs/", hosts), 403, "{hosts:?}");
        assert_eq!(status(EVENTS, hosts), 403, "{hosts:?}");
    }
    assert_eq!(status("http://ladders.example/rungs/", &["localhost:7864"]), 403);
    assert_eq!(status("http://localhost:7864/rungs/", &["localhost:7864"]), 200);
    let at_80 = answer(&shown("/"), &Hosts::at(80), &head("GET", "/", &["localhost"]));
    assert!(matches!(at_80, Answer::Reply(Reply { status: StatusCode::OK, .. })));
}

#[test]
fn a_site_can_only_be_read() {
    for method in ["POST", "PUT", "DELETE", "OPTIONS", "TRACE"] {
        let reply = reply(&shown("/rungs/"), &head(method, "/rungs/en/", &["localhost:7864"]));
        assert_eq!(reply.status, 405, "{method}");
        assert_eq!(reply.header, Some((ALLOW, "GET, HEAD".to_owned())));
    }
    assert_eq!(reply(&shown("/rungs/"), &head("HEAD", "/rungs/en/", &["localhost:7864"])).status, 200);
    assert_eq!(reply(&shown("/rungs/"), &head("HEAD", EVENTS, &["localhost:7864"])).status, 200);
}

#[test]
fn replies_have_their_media_type_and_are_not_kept() {
    for (path, kind) in [
        ("/rungs/en/", "text/html; charset=utf-8"),
        ("/rungs/nowhere", "text/html; charset=utf-8"),
        ("/rungs/assets/style.css", "text/css; charset=utf-8"),
        ("/rungs/assets/%E9%9A%8E.bin", "application/octet-stream"),
        ("/__rungs/live.js", "text/javascript; charset=utf-8"),
    ] {
        let response = reply(&shown("/rungs/"), &head("GET", path, &["localhost:7864"])).into_response();
        assert_eq!(response.headers()[CONTENT_TYPE], kind, "{path}");
        assert_eq!(response.headers()[CACHE_CONTROL], "no-store");
    }
}

#[test]
fn pages_carry_the_mark_that_events_tell_and_nothing_else_does() {
    let shown = shown("/rungs/");
    let body = |path: &str| String::from_utf8(reply(&shown, &head("GET", path, &["localhost:7864"])).body).unwrap();
    for path in ["/rungs/", "/rungs/en/", "/rungs/en/page", "/rungs/nowhere"] {
        let mark = format!("data-mark=\"{}\"", shown.mark(path));
        assert!(body(path).contains(&mark), "{path}");
    }
    assert_ne!(shown.mark("/rungs/"), shown.mark("/rungs/en/"));
    assert_eq!(body("/rungs/assets/style.css"), "p{}");
}

#[test]
fn events_are_for_the_page_that_asks() {
    let asked = answer(&shown("/rungs/"), &Hosts::at(1), &head("GET", "/__rungs/events?/rungs/en/", &["localhost:1"]));
    assert!(matches!(asked, Answer::Events { page } if page == "/rungs/en/"));
}

#[test]
fn events_are_for_no_page_of_another_site() {
    for (origin, status) in [
        ("http://localhost:7864", None),
        ("http://127.0.0.1:7864", None),
        ("http://localhost:7865", Some(403)),
        ("https://localhost:7864", Some(403)),
        ("http://ladders.example", Some(403)),
        ("null", Some(403)),
    ] {
        let mut head = head("GET", EVENTS, &["localhost:7864"]);
        head.headers.insert(ORIGIN, origin.parse().unwrap());
        let refused = match answer(&shown("/rungs/"), &Hosts::at(7864), &head) {
            Answer::Reply(reply) => Some(reply.status.as_u16()),
            _ => None,
        };
        assert_eq!(refused, status, "{origin}");
    }
}

#[test]
fn before_there_is_a_site_every_address_says_so() {
    let shown = Snapshot { files: None, ..shown("/rungs/") };
    for path in ["/rungs/", "/rungs/en/", "/anywhere"] {
        let reply = reply(&shown, &head("GET", path, &["localhost:7864"]));
        let text = String::from_utf8(reply.body).unwrap();
        assert_eq!((reply.status.as_u16(), text.contains("No site yet")), (503, true), "{path}");
        assert!(text.contains(&format!("data-mark=\"{}\"", shown.mark(path))));
    }
}

#[test]
fn a_fault_is_a_page_that_is_loaded_again_when_it_is_over() {
    let fault = Fault { message: "<all> is amiss".to_owned(), place: Some("src/a.rs:1:2".to_owned()), backtrace: None };
    let reply = Reply::fault(&fault);
    let page = String::from_utf8(reply.body).unwrap();
    assert_eq!((reply.status.as_u16(), reply.kind), (500, HTML));
    assert!(page.contains("<p>Rungs has a bug: &lt;all&gt; is amiss (src/a.rs:1:2)</p>"), "{page}");
    assert!(page.contains("data-mark="), "{page}");
}
