//! Every request fails once and permanently, in every way; the next push always repairs the result.

use connspec::emulator::{Behavior, Options};
use connspec::flow_service::CancellationToken;
use connspec::sync::PushOptions;

use super::fixture::{Fixture, client, client_with};
use super::proxy::{FaultProxy, Then, When};

/// Faults: when, and what happens instead.
const FAULTS: &[(When, Then)] = &[
    (When::Before, Then::Close),
    (When::After, Then::Close),
    (When::Before, Then::Respond(429, "")),
    (When::Before, Then::Respond(503, "")),
    (When::After, Then::Respond(503, "")),
    (When::Before, Then::Respond(500, "{}")),
    (When::After, Then::Respond(504, "")),
    (When::Before, Then::Respond(200, "<html>")),
    (When::After, Then::Respond(200, "{ \"items\": ")),
    (When::Before, Then::Respond(401, "{\"error_code\":\"401013\",\"message\":\"Oauth token is not valid\"}")),
    (When::Before, Then::Respond(403, "{\"error_code\":\"403010\",\"message\":\"Oauth token is missing\"}")),
    (When::Before, Then::Respond(400, "{\"type\":\"https://ns.adobe.com/aep/errors/FLOW-1304-400\"}")),
    (When::Before, Then::Respond(404, "{\"type\":\"https://ns.adobe.com/aep/errors/FLOW-1439-404\"}")),
    (When::Before, Then::Respond(409, "{}")),
    (When::Before, Then::Respond(412, "{}")),
    (When::Before, Then::Respond(403, "{\"type\":\"https://ns.adobe.com/aep/errors/FLOW-1426-400\"}")),
];

/// What is done while a request fails.
#[derive(Debug, Clone, Copy)]
enum Scenario {
    Create,
    Update,
    Register,
}

async fn prepare(scenario: Scenario) -> Fixture {
    // Adobe's sources disagree; this is the case in which not everything is stored.
    let behavior = Behavior { drop_unknown_fields: true, ..Behavior::default() };
    let author = Fixture::with(Options { behavior, ..Options::default() });
    match scenario {
        Scenario::Create => {}
        Scenario::Update => {
            author.push().await.unwrap();
            author.edit("\"1.0\"", "\"1.1\"");
        }
        Scenario::Register => {
            let no_register = PushOptions { no_register: true, ..PushOptions::default() };
            author.push_with(&author.client, &no_register).await.unwrap();
        }
    }
    author
}

/// Runs a scenario in which one request fails, or all from that one on. Returns whether there were as many requests.
async fn run(scenario: Scenario, at: usize, when: When, then: &Then, permanently: bool) -> bool {
    let author = prepare(scenario).await;
    let before: Vec<String> = author.registered().await;
    let text = author.text();
    let (wanted, said) = (when, then.clone());
    let proxy = FaultProxy::start(author.emulator.address(), move |number, when, _| {
        let fails = when == wanted && (number == at || permanently && number > at);
        if fails { said.clone() } else { Then::Continue }
    });
    let failed = author.push_with(&client(&proxy.url), &PushOptions::default()).await;
    let context = format!("{scenario:?}, request {at} {when:?} {then:?}, permanently: {permanently}; {failed:?}");
    assert_eq!(author.text(), text, "{context}");
    let repaired = author.push().await;
    assert!(repaired.is_ok(), "{context}; then {repaired:?}");
    author.assert_consistent(&before, &context).await;
    proxy.seen() >= at
}

async fn fail_every_request(scenario: Scenario) {
    for (when, then) in FAULTS {
        for permanently in [false, true] {
            let mut at = 1;
            while run(scenario, at, *when, then, permanently).await {
                at += 1;
            }
            // A token, at least one read and a write.
            assert!(at > 4, "{scenario:?} {when:?} {then:?}: {at}");
        }
    }
}

#[tokio::test]
async fn while_a_spec_is_created() {
    fail_every_request(Scenario::Create).await;
}

#[tokio::test]
async fn while_a_spec_is_updated() {
    fail_every_request(Scenario::Update).await;
}

#[tokio::test]
async fn while_a_spec_is_registered() {
    fail_every_request(Scenario::Register).await;
}

/// Cancelling lets a write in progress complete, and its result is saved.
#[tokio::test]
async fn a_push_cancelled_at_any_request_is_consistent() {
    let mut at = 1;
    loop {
        let author = Fixture::new();
        let before = author.registered().await;
        let cancellation = CancellationToken::default();
        let cancel = cancellation.clone();
        let proxy = FaultProxy::start(author.emulator.address(), move |number, when, _| {
            if (number, when) == (at, When::Before) {
                cancel.cancel();
            }
            Then::Continue
        });
        let cancelled = author.push_with(&client_with(&proxy.url, cancellation.clone()), &PushOptions::default()).await;
        let context = format!("cancelled at request {at}: {cancelled:?}");
        let linked = author.linked().and_then(|linked| linked.id);
        assert_eq!(author.remote_specs().await.len(), usize::from(linked.is_some()), "{context}");
        author.push().await.unwrap();
        author.assert_consistent(&before, &context).await;
        if !cancellation.is_cancelled() {
            break;
        }
        at += 1;
    }
    assert!(at > 5, "{at}");
}
