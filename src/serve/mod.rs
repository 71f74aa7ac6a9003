//! Serves a site on this machine while it is being written: watch, build, reload.
//!
//! A thread waits for the content folder to change (`watch`), reads and builds it (`builder`) and puts what came of it
//! in the window (`snapshot`): the pages as soon as the content could be read as a site, and what is wrong with it once it
//! was checked. While the content is no site, the last pages stay. Requests are answered from there and from nowhere else
//! (`answer`), so that no request reaches the disk. A script that is added to the pages as they are served (`page`) is told
//! of every change over server-sent events (`live`).
//!
//! From save to save the builder keeps what files came to ([`Memory`](crate::build::Memory)).
//!
//! A panic is caught where it ends nothing: in a round of the workshop it is shown like a fault of the content, while a
//! page is rendered it is the page.

mod answer;
mod builder;
mod live;
mod page;
mod snapshot;
mod watch;

use std::io;
use std::net::{Ipv4Addr, TcpListener};
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::Duration;

use axum::Router;
use axum::extract::{Request, State};
use axum::http::{HeaderName, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use camino::Utf8PathBuf;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::service::TowerToHyperService;
use tokio::sync::watch::{Receiver, Sender, channel};

use crate::config::Overrides;
use crate::fault::{self, Fault};
use crate::source::{ReadError, Sources};
use answer::{Answer, Hosts, Reply, answer};
pub(crate) use builder::BuildResult;
use builder::SiteBuilder;
use snapshot::Snapshot;
use watch::Watch;

/// The default port, if it is free.
pub(crate) const PORT: u16 = 7864;

/// The time to wait before a folder that cannot be read is read again.
const RETRY_DELAY: Duration = Duration::from_millis(30);

/// The time to wait for the whole head of a request. A connection on which none comes is closed.
const HEAD_TIME: Duration = Duration::from_secs(10);

/// The options of the server.
#[derive(Debug)]
pub(crate) struct Options {
    /// The content folder.
    pub(crate) content: Utf8PathBuf,
    pub(crate) overrides: Overrides,
    /// The port to listen at. Without one, [`PORT`] or whichever is free.
    pub(crate) port: Option<u16>,
}

/// An event to report at the terminal.
#[derive(Debug)]
pub(crate) enum ServeEvent<'a> {
    /// The site can be looked at.
    Ready { address: &'a str },
    /// The content was built, well or not.
    Built(&'a BuildResult, &'a Sources),
    /// The content cannot be read for now.
    Unread(&'a ReadError),
    /// Rungs itself is at fault, while it built the content or rendered a page. It goes on.
    Fault(&'a Fault),
}

/// Why a site is not served.
#[derive(Debug, thiserror::Error)]
pub(crate) enum ServeError {
    #[error("port {port} is in use: stop the program that uses it, or leave out `--port` to get a free one")]
    PortTaken { port: u16 },
    #[error("cannot listen on port {port}: {source}")]
    Listen { port: u16, source: io::Error },
    #[error(transparent)]
    Read(#[from] ReadError),
    #[error("`{path}` cannot be watched: {source}")]
    Watch { path: PathBuf, source: notify::Error },
    #[error("the server cannot be started: {source}")]
    Start { source: io::Error },
    /// A mistake in Rungs and not of the person who runs it.
    #[error("the content is no longer being watched: start again")]
    Stopped,
}

/// Builds the site and serves it at `127.0.0.1` until the program is interrupted. Errors in the content are reported
/// and shown in the browser; they end nothing.
///
/// # Errors
///
/// When the port is taken, and when the content folder cannot be read or watched at the beginning.
pub(crate) fn serve(options: Options, report: impl FnMut(ServeEvent) + Send + 'static) -> Result<(), ServeError> {
    // Libraries end the program where they get none.
    let thread = thread::Builder::new().spawn(|| ()).map_err(|source| ServeError::Start { source })?;
    let _ = thread.join();
    let (listener, port) = listen(options.port)?;
    // Watched before it is read: what changes in between is not missed.
    let mut watch = Watch::of(&options.content)?;
    let mut workshop = SiteBuilder::new(options.content, options.overrides);
    let reporter = ServeReporter::new(report);
    match fault::caught(|| workshop.first_round()) {
        Ok(first) => reporter.report(ServeEvent::Built(&first?, workshop.sources())),
        Err(fault) => {
            workshop.stop_for(&fault);
            reporter.report(ServeEvent::Fault(&fault));
        }
    }
    let address = format!("http://127.0.0.1:{port}{}", workshop.shown().base);
    reporter.report(ServeEvent::Ready { address: &address });
    let (window, shown) = channel(workshop.shown());
    let state = AppState { hosts: Hosts::at(port), shown, reporter: reporter.clone() };
    let building = thread::Builder::new().spawn(move || keep_building(&mut watch, &mut workshop, &window, &reporter));
    building.map_err(|source| ServeError::Start { source })?;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let runtime = runtime.map_err(|source| ServeError::Start { source })?;
    runtime.block_on(until_interrupted(listener, state))
}

/// Returns a listener that only this machine reaches, and its port.
fn listen(wanted: Option<u16>) -> Result<(TcpListener, u16), ServeError> {
    let bind = |port| TcpListener::bind((Ipv4Addr::LOCALHOST, port));
    let port = wanted.unwrap_or(PORT);
    let bound = match (bind(port), wanted) {
        (Err(_), None) => bind(0),
        (bound, _) => bound,
    };
    let listener = bound.map_err(|source| match source.kind() {
        io::ErrorKind::AddrInUse => ServeError::PortTaken { port },
        _ => ServeError::Listen { port, source },
    })?;
    let port = listener.local_addr().map_err(|source| ServeError::Listen { port, source })?.port();
    Ok((listener, port))
}

/// Reports to the person at the terminal, from any thread.
#[derive(Clone)]
struct ServeReporter(Arc<Mutex<ReportEvent>>);

type ReportEvent = dyn FnMut(ServeEvent<'_>) + Send;

impl ServeReporter {
    fn new(report: impl FnMut(ServeEvent) + Send + 'static) -> Self {
        Self(Arc::new(Mutex::new(report)))
    }

    fn report(&self, event: ServeEvent) {
        let mut report = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        // That something cannot be told is no reason to end what is told of.
        let _ = fault::caught(|| report(event));
    }
}

/// Builds after every change. Ends when no receiver is left.
fn keep_building(
    watch: &mut Watch,
    workshop: &mut SiteBuilder,
    window: &Sender<Arc<Snapshot>>,
    reporter: &ServeReporter,
) {
    while let Some(begun) = watch.wait() {
        // The last site is let go of after the new one is there to be seen.
        let mut last = Vec::new();
        let mut show = |snapshot| last.push(window.send_replace(snapshot));
        let round = fault::caught(|| {
            workshop.round(begun, &mut show).or_else(|_| {
                // A file that went while the folder was read is no fault: look once more.
                watch.gather(RETRY_DELAY);
                workshop.round(begun, &mut show)
            })
        });
        match round {
            Ok(Ok(None)) => watch.settle(),
            Ok(Ok(Some(round))) => reporter.report(ServeEvent::Built(&round, workshop.sources())),
            Ok(Err(error)) => {
                watch.lose();
                if workshop.stop_for(&error) {
                    window.send_replace(workshop.shown());
                    reporter.report(ServeEvent::Unread(&error));
                }
            }
            Err(fault) => {
                // The same content would do the same again.
                watch.settle();
                if workshop.stop_for(&fault) {
                    window.send_replace(workshop.shown());
                    reporter.report(ServeEvent::Fault(&fault));
                }
            }
        }
    }
}

async fn until_interrupted(listener: TcpListener, state: AppState) -> Result<(), ServeError> {
    let started = listener.set_nonblocking(true).and_then(|()| tokio::net::TcpListener::from_std(listener));
    let listener = started.map_err(|source| ServeError::Start { source })?;
    let mut changes = state.shown.clone();
    let service = Router::new().fallback(respond).with_state(state);
    // Connections are dropped with the runtime: none of them holds up the end.
    tokio::spawn(answer_all(listener, service));
    let stopped = std::pin::pin!(async { while changes.changed().await.is_ok() {} });
    let interrupted = std::pin::pin!(tokio::signal::ctrl_c());
    match futures_util::future::select(interrupted, stopped).await {
        futures_util::future::Either::Left((Ok(()), _)) => Ok(()),
        futures_util::future::Either::Left((Err(source), _)) => Err(ServeError::Start { source }),
        futures_util::future::Either::Right(_) => Err(ServeError::Stopped),
    }
}

/// Answers on every connection, for as long as the program runs.
async fn answer_all(listener: tokio::net::TcpListener, service: Router) {
    loop {
        let Ok((connection, _)) = listener.accept().await else {
            // If too many are open, one of them may be closed soon.
            tokio::time::sleep(RETRY_DELAY).await;
            continue;
        };
        // What is small is sent at once, too. Where that cannot be asked for, it is sent a little later.
        let _ = connection.set_nodelay(true);
        let service = TowerToHyperService::new(service.clone());
        tokio::spawn(async {
            let mut http = hyper::server::conn::http1::Builder::new();
            http.timer(TokioTimer::new()).header_read_timeout(HEAD_TIME);
            // Whoever asks goes away whenever he likes.
            let _ = http.serve_connection(TokioIo::new(connection), service).await;
        });
    }
}

/// The shared state of the request handlers.
#[derive(Clone)]
struct AppState {
    hosts: Hosts,
    shown: Receiver<Arc<Snapshot>>,
    reporter: ServeReporter,
}

async fn respond(State(state): State<AppState>, request: Request) -> Response {
    let AppState { hosts, shown, reporter } = state;
    let now = Arc::clone(&shown.borrow());
    let (head, _) = request.into_parts();
    // A page may have to be rendered for it: others are not to wait for that.
    let answered = tokio::task::spawn_blocking(move || {
        let answer = fault::caught(|| answer(&now, &hosts, &head)).unwrap_or_else(Answer::Fault);
        if let Answer::Fault(fault) = &answer {
            reporter.report(ServeEvent::Fault(fault));
        }
        answer
    });
    let mut response = match answered.await {
        Ok(Answer::Reply(reply)) => reply.into_response(),
        Ok(Answer::Events { page }) => live::events(shown, page).into_response(),
        Ok(Answer::Fault(fault)) => Reply::fault(&fault).into_response(),
        Err(_) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    };
    // No page of another site may load anything of it.
    let policy = HeaderName::from_static("cross-origin-resource-policy");
    response.headers_mut().insert(policy, HeaderValue::from_static("same-origin"));
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_this_machine_is_listened_to_and_a_second_server_gets_another_port() {
        let (first, port) = listen(None).unwrap();
        let (_second, other) = listen(None).unwrap();
        assert!(first.local_addr().unwrap().ip().is_loopback());
        assert_ne!(port, other);
        assert!(matches!(listen(Some(port)), Err(ServeError::PortTaken { port: taken }) if taken == port));
    }
}
