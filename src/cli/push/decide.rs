//! What a person decides before a push can be planned.

use std::io;

use serde_json::json;

use crate::cli::sync::{Answer, Errand, Talk, drawn, drawn_conflicts, json_of_conflicts};
use crate::sync::{Candidate, Failure, Prefer, PushOptions, Stop, ThreeWay, json};
use crate::text::Edit;

/// What comes next.
pub(super) enum Next {
    /// Another plan, with what was decided.
    Plan,
    /// Nothing: it was said why.
    End,
}

/// Asks what is to be done about a stop. Where nobody is there to be asked it is said which flag decides.
pub(super) async fn decide(
    talk: &mut Talk<'_>,
    errand: &mut Errand,
    stop: Stop,
    options: &mut PushOptions,
    dry_run: bool,
) -> io::Result<Next> {
    let decided = match &stop {
        Stop::SameName(found) => {
            show_candidates(talk, found)?;
            same_name(talk, found, options).await?
        }
        Stop::Gone { .. } => {
            talk.is_someone_there().then(|| talk.tell(&stop.to_string())).transpose()?;
            let again = talk.ask("Make it again?", &["yes"]).await? == Answer::Chosen(0);
            // A link that leads nowhere is not followed again.
            options.link = options.link.take().filter(|_| !again);
            options.create |= again;
            again
        }
        Stop::Mistakes(_) => {
            talk.is_someone_there().then(|| talk.tell(&stop.to_string())).transpose()?;
            options.force = talk.ask("Push it all the same?", &["yes"]).await? == Answer::Chosen(0);
            options.force
        }
        Stop::ChangedThere(changes) => {
            show_both(talk, changes)?;
            !dry_run && changed_there(talk, errand, changes, options).await?
        }
        Stop::NoJson | Stop::NotLinked | Stop::NoFlowSpec => false,
    };
    if decided {
        return Ok(Next::Plan);
    }
    let more = match &stop {
        Stop::SameName(found) => json!({ "candidates": json::candidates(found) }),
        Stop::ChangedThere(changes) => json!({
            "id": changes.id,
            "here": json::changes(&changes.here),
            "there": json::changes(&changes.there),
            "conflicts": json_of_conflicts(&changes.merge.conflicts),
        }),
        _ => json!({}),
    };
    talk.failed(&errand.shown, Some(&errand.service), &Failure::Stopped(stop), more);
    Ok(Next::End)
}

fn show_candidates(talk: &mut Talk<'_>, found: &[Candidate]) -> io::Result<()> {
    for (at, Candidate { id, updated_by, differences, .. }) in found.iter().enumerate() {
        let by = updated_by.as_ref().map(|by| format!(", last changed by {by}")).unwrap_or_default();
        let differs = match differences {
            0 => "the same as the file".to_owned(),
            1 => "differs in 1 place".to_owned(),
            many => format!("differs in {many} places"),
        };
        talk.tell(&format!("{}  `{id}`, {differs}{by}", at + 1))?;
    }
    Ok(())
}

async fn same_name(talk: &mut Talk<'_>, found: &[Candidate], options: &mut PushOptions) -> io::Result<bool> {
    let numbers: Vec<String> = (1..=found.len()).map(|number| number.to_string()).collect();
    let offers: Vec<&str> = numbers.iter().map(String::as_str).chain(["create a new one"]).collect();
    Ok(match talk.ask("Which one is it?", &offers).await? {
        Answer::Chosen(at) => {
            match found.get(at) {
                Some(found) => options.link = Some(found.id.clone()),
                None => options.create = true,
            }
            true
        }
        Answer::None => false,
    })
}

/// Both sides, as far as they differ.
fn show_both(talk: &mut Talk<'_>, changes: &ThreeWay) -> io::Result<()> {
    let width = talk.width();
    for (title, changes) in [("Changed here:", &changes.here), ("Changed on the service:", &changes.there)] {
        if !changes.is_empty() {
            talk.tell(title)?;
            talk.say(&drawn(changes, width))?;
        }
    }
    if !changes.merge.conflicts.is_empty() {
        talk.tell("Changed on both sides:")?;
        talk.say(&drawn_conflicts(&changes.merge.conflicts, width))?;
    }
    Ok(())
}

async fn changed_there(
    talk: &mut Talk<'_>,
    errand: &mut Errand,
    changes: &ThreeWay,
    options: &mut PushOptions,
) -> io::Result<bool> {
    let can_merge = changes.merge.conflicts.is_empty();
    let offers: &[&str] = if can_merge { &["merge into the file", "overwrite"] } else { &["overwrite"] };
    match talk.ask("What is to be done?", offers).await? {
        Answer::Chosen(0) if can_merge => merged(talk, errand, options).await,
        Answer::Chosen(_) => {
            options.overwrite = true;
            Ok(true)
        }
        Answer::None => Ok(false),
    }
}

/// Takes what changed there into the file, as `connspec pull` does.
async fn merged(talk: &mut Talk<'_>, errand: &mut Errand, options: &PushOptions) -> io::Result<bool> {
    let pull = errand.spec().pull(options.link.as_deref(), Prefer::Neither).await;
    let pull = match pull {
        Ok(pull) if pull.changes.merge.conflicts.is_empty() => pull,
        _ => return Ok(false),
    };
    let new = Edit::apply(errand.text.as_deref().unwrap_or_default(), &pull.changes.merge.edits);
    if let Err(message) = errand.write(new) {
        talk.tell(&message)?;
        return Ok(false);
    }
    Ok(errand.spec().pulled(&pull).await.is_ok())
}
