//! That something goes on, shown in the editor and cancelled there.

use std::collections::HashMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};

use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, WeakUnboundedSender, unbounded_channel};
use tokio::task::JoinHandle;
use tower_lsp::Client;
use tower_lsp::ls_types::ProgressToken;

use crate::flow_service::CancellationToken;
use crate::server::client_caps::ClientCaps;
use crate::server::client_request::CLIENT_TIMEOUT;
use crate::server::pool::lock;
use crate::server::remote::Remote;

/// What goes on, by the token under which the editor knows it.
#[derive(Default)]
pub(in crate::server) struct Running {
    stops: Mutex<HashMap<ProgressToken, CancellationToken>>,
    count: AtomicU64,
}

impl Running {
    /// The editor's person wants to end something.
    pub(in crate::server) fn cancel(&self, token: &ProgressToken) {
        if let Some(stop) = lock(&self.stops).get(token) {
            stop.cancel();
        }
    }

    fn new_token(&self) -> ProgressToken {
        ProgressToken::String(format!("connspec-{}", self.count.fetch_add(1, Ordering::Relaxed)))
    }
}

/// What is being done.
#[derive(Debug, Clone, Copy)]
pub(in crate::server) struct Step {
    pub(in crate::server) words: &'static str,
    /// A write is not cut.
    pub(in crate::server) can_be_cancelled: bool,
}

/// Something that goes on.
pub(in crate::server) struct Progress {
    remote: Arc<Remote>,
    token: ProgressToken,
    steps: UnboundedSender<Step>,
    shown: Option<JoinHandle<()>>,
    is_theirs: bool,
}

impl Progress {
    /// Begins. The editor has given a token or is asked to take one; nothing waits for that.
    pub(in crate::server) fn begin(
        client: &Client,
        caps: &ClientCaps,
        remote: &Arc<Remote>,
        token: Option<ProgressToken>,
        title: &'static str,
        stop: CancellationToken,
    ) -> Progress {
        let (is_theirs, running) = (token.is_some(), &remote.running);
        let token = token.unwrap_or_else(|| running.new_token());
        lock(&running.stops).insert(token.clone(), stop);
        let (steps, said) = unbounded_channel();
        let is_shown = is_theirs || caps.work_done_progress;
        let shown = is_shown.then(|| tokio::spawn(show(client.clone(), token.clone(), is_theirs, title, said)));
        Progress { remote: remote.clone(), token, steps, shown, is_theirs }
    }

    /// The way to say what is being done now.
    pub(in crate::server) fn steps(&self) -> WeakUnboundedSender<Step> {
        self.steps.downgrade()
    }

    /// Ends. Under a token of the editor's this is told before the answer is.
    pub(in crate::server) async fn end(self) {
        let Progress { remote, token, steps, shown, is_theirs } = self;
        lock(&remote.running.stops).remove(&token);
        drop(steps);
        if let Some(shown) = shown.filter(|_| is_theirs) {
            let _ = shown.await;
        }
    }
}

async fn show(
    client: Client,
    token: ProgressToken,
    is_theirs: bool,
    title: &'static str,
    mut said: UnboundedReceiver<Step>,
) {
    if !is_theirs {
        let created = tokio::time::timeout(CLIENT_TIMEOUT, client.create_work_done_progress(token.clone())).await;
        if !matches!(created, Ok(Ok(()))) {
            return;
        }
    }
    let shown = client.progress(token, title).with_cancel_button().begin().await;
    while let Some(step) = said.recv().await {
        shown.report_with_message(step.words, Some(step.can_be_cancelled)).await;
    }
    shown.finish().await;
}
