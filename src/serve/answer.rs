//! Responses to requests: the rules of GitHub Pages, and protection against foreign hosts.

use axum::body::Body;
use axum::http::header::{ALLOW, CACHE_CONTROL, CONTENT_TYPE, HOST, LOCATION, ORIGIN, X_CONTENT_TYPE_OPTIONS};
use axum::http::request::Parts;
use axum::http::{HeaderName, HeaderValue, Method, Response, StatusCode};
use axum::response::IntoResponse;

use super::page;
use super::snapshot::{NO_SITE, Resource, ServedFile, Snapshot, mark_of};
use crate::fault::Fault;

/// The address of the events. The part after the question mark is the path of the requesting page.
pub(super) const EVENTS: &str = "/__rungs/events";

const HTML: &str = "text/html; charset=utf-8";
const PLAIN: &str = "text/plain; charset=utf-8";
const SCRIPT: &str = "text/javascript; charset=utf-8";

/// The media types of files by their extension, as Pages has them.
const TYPES: [(&str, &str); 17] = [
    ("css", "text/css; charset=utf-8"),
    ("csv", "text/csv; charset=utf-8"),
    ("gif", "image/gif"),
    ("html", HTML),
    ("ico", "image/vnd.microsoft.icon"),
    ("jpg", "image/jpeg"),
    ("js", SCRIPT),
    ("json", "application/json; charset=utf-8"),
    ("mjs", SCRIPT),
    ("pdf", "application/pdf"),
    ("png", "image/png"),
    ("svg", "image/svg+xml"),
    ("txt", PLAIN),
    ("webmanifest", "application/manifest+json"),
    ("webp", "image/webp"),
    ("woff2", "font/woff2"),
    ("xml", "application/xml"),
];

/// The names under which this server may be asked. A page elsewhere can have its own name lead here, and would then
/// read the site as if it were its own.
#[derive(Debug, Clone)]
pub(super) struct Hosts([String; 3]);

impl Hosts {
    pub(crate) fn at(port: u16) -> Self {
        Self(["127.0.0.1", "localhost", "[::1]"].map(|name| format!("{name}:{port}")))
    }

    /// Returns whether the request names us. The port may only be left out where it is that of the web.
    fn are_meant_by(&self, head: &Parts) -> bool {
        let is_ours = |host: &str| {
            self.0.iter().any(|ours| {
                host.eq_ignore_ascii_case(ours) || ours.strip_suffix(":80").is_some_and(|ours| host == ours)
            })
        };
        let mut named = head.headers.get_all(HOST).iter();
        let only = named.next().filter(|_| named.next().is_none()).and_then(|host| host.to_str().ok());
        only.is_some_and(is_ours) && head.uri.authority().is_none_or(|authority| is_ours(authority.as_str()))
    }

    /// Returns whether no page of another site asks. Browsers name the site of a page where it is another one.
    fn are_origin_of(&self, head: &Parts) -> bool {
        let is_ours = |origin: &HeaderValue| {
            let host = origin.to_str().ok().and_then(|origin| origin.strip_prefix("http://"));
            host.is_some_and(|host| self.0.iter().any(|ours| host == ours || ours.strip_suffix(":80") == Some(host)))
        };
        head.headers.get_all(ORIGIN).iter().all(is_ours)
    }
}

#[derive(Debug)]
pub(super) enum Answer {
    Reply(Reply),
    /// A stream of events for the page at a path.
    Events {
        page: String,
    },
    /// Rungs itself is at fault.
    Fault(Fault),
}

#[derive(Debug)]
pub(super) struct Reply {
    pub(crate) status: StatusCode,
    pub(crate) kind: &'static str,
    /// A further header.
    pub(crate) header: Option<(HeaderName, String)>,
    pub(crate) body: Vec<u8>,
}

pub(super) fn answer(shown: &Snapshot, hosts: &Hosts, head: &Parts) -> Answer {
    if !hosts.are_meant_by(head) {
        return Answer::Reply(Reply::text(StatusCode::FORBIDDEN, "403: this was requested under another name"));
    }
    if head.method != Method::GET && head.method != Method::HEAD {
        let refused = Reply::text(StatusCode::METHOD_NOT_ALLOWED, "405: this site is read-only");
        return Answer::Reply(Reply { header: Some((ALLOW, "GET, HEAD".to_owned())), ..refused });
    }
    match head.uri.path() {
        EVENTS if !hosts.are_origin_of(head) => {
            Answer::Reply(Reply::text(StatusCode::FORBIDDEN, "403: this is for the pages that are served here"))
        }
        EVENTS if head.method == Method::GET => {
            Answer::Events { page: head.uri.query().unwrap_or_default().to_owned() }
        }
        EVENTS => Answer::Reply(Reply::ok("text/event-stream", Vec::new())),
        page::SCRIPT => Answer::Reply(Reply::ok(SCRIPT, page::script())),
        path => from_site(shown, path, head.uri.query()).map_or_else(Answer::Fault, Answer::Reply),
    }
}

fn from_site(shown: &Snapshot, path: &str, query: Option<&str>) -> Result<Reply, Fault> {
    let query = query.map(|query| format!("?{query}")).unwrap_or_default();
    let base = shown.base.as_str();
    if base != "/" && path == "/" {
        return Ok(Reply::redirect(StatusCode::FOUND, base.to_owned()));
    }
    if base.strip_suffix('/') == Some(path) {
        return Ok(Reply::redirect(StatusCode::MOVED_PERMANENTLY, format!("{base}{query}")));
    }
    Ok(match shown.find(path)? {
        Resource::File(file) => Reply::file(StatusCode::OK, &file),
        Resource::Folder => Reply::redirect(StatusCode::MOVED_PERMANENTLY, format!("{path}/{query}")),
        Resource::Nothing(Some(file)) => Reply::file(StatusCode::NOT_FOUND, &file),
        Resource::Nothing(None) => Reply::text(StatusCode::NOT_FOUND, "404: nothing here"),
        Resource::NoSite => {
            let body = page::live(page::no_site_yet().as_bytes(), NO_SITE);
            Reply { status: StatusCode::SERVICE_UNAVAILABLE, ..Reply::ok(HTML, body) }
        }
    })
}

impl Reply {
    fn ok(kind: &'static str, body: Vec<u8>) -> Self {
        Self { status: StatusCode::OK, kind, header: None, body }
    }

    /// Returns a page that tells of a fault. It is loaded again once the content has changed.
    pub(crate) fn fault(fault: &Fault) -> Self {
        let html = page::at_fault(fault);
        let body = page::live(html.as_bytes(), &mark_of(fault));
        Self { status: StatusCode::INTERNAL_SERVER_ERROR, ..Self::ok(HTML, body) }
    }

    fn text(status: StatusCode, text: &str) -> Self {
        Self { status, ..Self::ok(PLAIN, format!("{text}\n").into_bytes()) }
    }

    fn redirect(status: StatusCode, to: String) -> Self {
        Self { header: Some((LOCATION, to)), ..Self::text(status, "this is at another address") }
    }

    fn file(status: StatusCode, ServedFile { path, bytes }: &ServedFile) -> Self {
        let kind = TYPES.iter().find(|(extension, _)| path.extension() == Some(extension));
        let kind = kind.map_or("application/octet-stream", |(_, kind)| kind);
        let body = if kind == HTML { page::live(bytes, &super::snapshot::mark(bytes)) } else { bytes.to_vec() };
        Self { status, ..Self::ok(kind, body) }
    }
}

impl IntoResponse for Reply {
    fn into_response(self) -> Response<Body> {
        let mut response = Response::builder()
            .status(self.status)
            .header(CONTENT_TYPE, self.kind)
            // Neither a page nor a redirect may outlive the content, or the project that is served here next.
            .header(CACHE_CONTROL, "no-store")
            .header(X_CONTENT_TYPE_OPTIONS, "nosniff");
        if let Some((name, value)) = self.header {
            response = response.header(name, value);
        }
        // A query can hold bytes that no header may.
        response.body(self.body.into()).unwrap_or_else(|_| StatusCode::BAD_REQUEST.into_response())
    }
}

#[cfg(test)]
mod tests;
