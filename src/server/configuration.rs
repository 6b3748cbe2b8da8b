//! How settings arrive: by notification, or pulled from clients that respond to `workspace/configuration`.

use std::sync::Arc;

use serde_json::{Value, json};
use tower_lsp::ls_types::{ConfigurationItem, Registration};

use super::client_request;
use super::session::Session;
use super::settings::SECTION;
use super::watcher::Watcher;

/// Registers for changes of the settings, where a client wants that.
pub(super) fn register(session: &Session) {
    if session.caps().register_configuration {
        let registration = Registration {
            id: "connspec-settings".to_owned(),
            method: "workspace/didChangeConfiguration".to_owned(),
            register_options: Some(json!({ "section": SECTION })),
        };
        client_request::register(&session.client, registration);
    }
}

/// Takes settings over, and refreshes what depends on those that changed.
pub(super) fn update(session: &Arc<Session>, watcher: &Watcher, settings: Option<&Value>) {
    let before = (session.settings.inlay_hints(), session.settings.profile());
    session.settings.update(settings);
    if session.settings.inlay_hints() != before.0 {
        session.refresh_inlay_hints();
    }
    if session.settings.profile() != before.1 {
        let (session, watcher) = (session.clone(), watcher.clone());
        tokio::spawn(async move { watcher.forget_service(&session).await });
    }
}

/// Pulls the settings, where a client responds to that.
pub(super) fn pull(session: &Arc<Session>, watcher: &Watcher) {
    if !session.caps().configuration {
        return;
    }
    let (session, watcher) = (session.clone(), watcher.clone());
    tokio::spawn(async move {
        let item = ConfigurationItem { scope_uri: None, section: Some(SECTION.to_owned()) };
        let request = session.client.configuration(vec![item]);
        if let Some(sections) = client_request::response("workspace/configuration", request).await {
            update(&session, &watcher, sections.first());
        }
    });
}
