//! The progress of a command, shown and cancelled in the editor.

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

/// The running commands by their progress token.
#[derive(Default)]
pub(in crate::server) struct RunningCommands {
    cancellations: Mutex<HashMap<ProgressToken, CancellationToken>>,
    count: AtomicU64,
}

impl RunningCommands {
    /// Cancels a command.
    pub(in crate::server) fn cancel(&self, token: &ProgressToken) {
        if let Some(cancellation) = lock(&self.cancellations).get(token) {
            cancellation.cancel();
        }
    }

    fn new_token(&self) -> ProgressToken {
        ProgressToken::String(format!("connspec-{}", self.count.fetch_add(1, Ordering::Relaxed)))
    }
}

/// One step of a command.
#[derive(Debug, Clone, Copy)]
pub(in crate::server) struct ProgressStep {
    pub(in crate::server) description: &'static str,
    /// A write can't.
    pub(in crate::server) can_be_cancelled: bool,
}

/// Shows the progress of a command.
pub(in crate::server) struct ProgressReporter {
    remote: Arc<Remote>,
    token: ProgressToken,
    steps: UnboundedSender<ProgressStep>,
    shown: Option<JoinHandle<()>>,
    is_from_editor: bool,
}

impl ProgressReporter {
    /// Begins. Without a token of the editor one is created; nothing waits for that.
    pub(in crate::server) fn begin(
        client: &Client,
        caps: &ClientCaps,
        remote: &Arc<Remote>,
        token: Option<ProgressToken>,
        title: &'static str,
        cancellation: CancellationToken,
    ) -> ProgressReporter {
        let (is_from_editor, running) = (token.is_some(), &remote.running);
        let token = token.unwrap_or_else(|| running.new_token());
        lock(&running.cancellations).insert(token.clone(), cancellation);
        let (steps, received) = unbounded_channel();
        let is_shown = is_from_editor || caps.work_done_progress;
        let shown =
            is_shown.then(|| tokio::spawn(show(client.clone(), token.clone(), is_from_editor, title, received)));
        ProgressReporter { remote: remote.clone(), token, steps, shown, is_from_editor }
    }

    /// The channel for the current step.
    pub(in crate::server) fn steps(&self) -> WeakUnboundedSender<ProgressStep> {
        self.steps.downgrade()
    }

    /// Ends. Under a token of the editor that is sent before the response.
    pub(in crate::server) async fn end(self) {
        let ProgressReporter { remote, token, steps, shown, is_from_editor } = self;
        lock(&remote.running.cancellations).remove(&token);
        drop(steps);
        if let Some(shown) = shown.filter(|_| is_from_editor) {
            let _ = shown.await;
        }
    }
}

async fn show(
    client: Client,
    token: ProgressToken,
    is_from_editor: bool,
    title: &'static str,
    mut steps: UnboundedReceiver<ProgressStep>,
) {
    if !is_from_editor {
        let created = tokio::time::timeout(CLIENT_TIMEOUT, client.create_work_done_progress(token.clone())).await;
        if !matches!(created, Ok(Ok(()))) {
            return;
        }
    }
    let shown = client.progress(token, title).with_cancel_button().begin().await;
    while let Some(step) = steps.recv().await {
        shown.report_with_message(step.description, Some(step.can_be_cancelled)).await;
    }
    shown.finish().await;
}
