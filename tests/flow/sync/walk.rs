//! Every request goes wrong once, in every way, and then for good: whatever comes of that, the next push ends well.

use connspec::emulator::{Behavior, Options};
use connspec::flow_service::CancellationToken;
use connspec::sync::PushOptions;

use super::between::{Between, Then, When};
use super::desk::{Desk, client, client_with};

/// A way to go wrong: when, and what is done instead.
const WAYS: &[(When, Then)] = &[
    (When::Before, Then::Close),
    (When::After, Then::Close),
    (When::Before, Then::Say(429, "")),
    (When::Before, Then::Say(503, "")),
    (When::After, Then::Say(503, "")),
    (When::Before, Then::Say(500, "{}")),
    (When::After, Then::Say(504, "")),
    (When::Before, Then::Say(200, "<html>")),
    (When::After, Then::Say(200, "{ \"items\": ")),
    (When::Before, Then::Say(401, "{\"error_code\":\"401013\",\"message\":\"Oauth token is not valid\"}")),
    (When::Before, Then::Say(403, "{\"error_code\":\"403010\",\"message\":\"Oauth token is missing\"}")),
    (When::Before, Then::Say(400, "{\"type\":\"https://ns.adobe.com/aep/errors/FLOW-1304-400\"}")),
    (When::Before, Then::Say(404, "{\"type\":\"https://ns.adobe.com/aep/errors/FLOW-1439-404\"}")),
    (When::Before, Then::Say(409, "{}")),
    (When::Before, Then::Say(412, "{}")),
    (When::Before, Then::Say(403, "{\"type\":\"https://ns.adobe.com/aep/errors/FLOW-1426-400\"}")),
];

/// What a story has before it goes wrong.
#[derive(Debug, Clone, Copy)]
enum Story {
    Create,
    Update,
    Register,
}

async fn begun(story: Story) -> Desk {
    // What the sources disagree on: here the service does not keep all that it is sent.
    let behavior = Behavior { drop_unknown_fields: true, ..Behavior::default() };
    let desk = Desk::with(Options { behavior, ..Options::default() });
    match story {
        Story::Create => {}
        Story::Update => {
            desk.push().await.unwrap();
            desk.edit("\"1.0\"", "\"1.1\"");
        }
        Story::Register => {
            let no_register = PushOptions { no_register: true, ..PushOptions::default() };
            desk.push_with(&desk.client, &no_register).await.unwrap();
        }
    }
    desk
}

/// Goes through one story with one request, or all from that one on, going wrong. Gives back whether it came so far.
async fn walked(story: Story, at: usize, when: When, then: &Then, for_good: bool) -> bool {
    let desk = begun(story).await;
    let before: Vec<String> = desk.registered().await;
    let text = desk.text();
    let (wanted, said) = (when, then.clone());
    let between = Between::start(desk.emulator.address(), move |number, when, _| {
        let is_it = when == wanted && (number == at || for_good && number > at);
        if is_it { said.clone() } else { Then::On }
    });
    let troubled = desk.push_with(&client(&between.url), &PushOptions::default()).await;
    let context = format!("{story:?}, request {at} {when:?} {then:?}, for good: {for_good}; {troubled:?}");
    assert_eq!(desk.text(), text, "{context}");
    let calm = desk.push().await;
    assert!(calm.is_ok(), "{context}; then {calm:?}");
    desk.is_well(&before, &context).await;
    between.seen() >= at
}

async fn walk(story: Story) {
    for (when, then) in WAYS {
        for for_good in [false, true] {
            let mut at = 1;
            while walked(story, at, *when, then, for_good).await {
                at += 1;
            }
            // The sign-in and at least a look and a write.
            assert!(at > 4, "{story:?} {when:?} {then:?}: {at}");
        }
    }
}

#[tokio::test]
async fn while_a_spec_is_made() {
    walk(Story::Create).await;
}

#[tokio::test]
async fn while_a_spec_is_updated() {
    walk(Story::Update).await;
}

#[tokio::test]
async fn while_a_spec_is_registered() {
    walk(Story::Register).await;
}

/// Stopping lets a write that is under way end, and what it did is noted down.
#[tokio::test]
async fn a_push_that_is_stopped_anywhere_ends_well() {
    let mut at = 1;
    loop {
        let desk = Desk::new();
        let before = desk.registered().await;
        let stop = CancellationToken::default();
        let told = stop.clone();
        let between = Between::start(desk.emulator.address(), move |number, when, _| {
            if (number, when) == (at, When::Before) {
                told.cancel();
            }
            Then::On
        });
        let stopped = desk.push_with(&client_with(&between.url, stop.clone()), &PushOptions::default()).await;
        let context = format!("stopped at request {at}: {stopped:?}");
        let noted = desk.linked().and_then(|linked| linked.id);
        assert_eq!(desk.there().await.len(), usize::from(noted.is_some()), "{context}");
        desk.push().await.unwrap();
        desk.is_well(&before, &context).await;
        if !stop.is_cancelled() {
            break;
        }
        at += 1;
    }
    assert!(at > 5, "{at}");
}
