//! Live updates for open pages.

use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

use axum::response::Sse;
use axum::response::sse::{Event, KeepAlive};
use futures_util::stream::{self, Stream};
use tokio::sync::watch::Receiver;

use super::snapshot::Snapshot;

/// The time that a browser waits before it asks again, after the server was gone.
const RETRY: Duration = Duration::from_millis(500);

/// Sends an event at once and after every change of a page. A page that was open while the server was not learns in
/// this way too about the changes that it missed.
pub(super) fn events(
    mut shown: Receiver<Arc<Snapshot>>,
    page: String,
) -> Sse<impl Stream<Item = Result<Event, Infallible>>> {
    shown.mark_changed();
    let events = stream::unfold((shown, page), async |(mut shown, page)| {
        shown.changed().await.ok()?;
        let now = Arc::clone(&shown.borrow_and_update());
        let event = Event::default().retry(RETRY).data(change_message(&now, &page));
        Some((Ok(event), (shown, page)))
    });
    Sse::new(events).keep_alive(KeepAlive::default())
}

fn change_message(shown: &Snapshot, page: &str) -> String {
    let Snapshot { is_current, problems, .. } = shown;
    let (mark, problems) = (shown.mark(page), problems.as_deref().unwrap_or("null"));
    format!(r#"{{"mark":"{mark}","isCurrent":{is_current},"problems":{problems}}}"#)
}
