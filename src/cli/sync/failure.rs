//! What a failure means on the command line: its exit code, its word for programs, and which flag decides.

use crate::cli::COULD_NOT_RUN;
use crate::flow_service::ErrorKind;
use crate::sync::{Failure, Stop};

/// Its exit code: 1 where a person has to decide or the service does not take what was sent, else 2.
pub(super) fn code(failure: &Failure) -> u8 {
    match failure {
        Failure::Stopped(_) | Failure::Held | Failure::Moved | Failure::Overwritten { .. } => 1,
        Failure::Service(error) if matches!(error.kind(), ErrorKind::Rejected | ErrorKind::Conflict) => 1,
        Failure::NotRegistered { error, .. } => code(error),
        _ => COULD_NOT_RUN,
    }
}

/// Its word in the output for programs.
pub(super) fn kind(failure: &Failure) -> &'static str {
    match failure {
        Failure::Stopped(stop) => stop.word(),
        Failure::NotReached(_) => "settings",
        Failure::Service(error) => error.kind().as_str(),
        Failure::State(_) => "state-file",
        Failure::Held => "held",
        Failure::Moved => "moved",
        Failure::NotNoted { .. } => "not-noted",
        Failure::Unknown { .. } => "unknown",
        Failure::NotMade { .. } => "not-made",
        Failure::NotRegistered { .. } => "not-registered",
        Failure::Overwritten { .. } => "overwritten",
        Failure::OddFlowSpec { .. } => "odd-flow-spec",
    }
}

/// Which flag or command decides what nobody could be asked.
pub(super) fn way_out(failure: &Failure) -> Option<&'static str> {
    let Failure::Stopped(stop) = failure else { return None };
    match stop {
        Stop::Mistakes(_) => Some("`connspec check` shows what is wrong; `--force` pushes it all the same."),
        Stop::SameName(_) => Some("`--link ID` says which one it is, `--create` makes a new one."),
        Stop::Gone { .. } => {
            Some("`--create` makes a new one, `--link ID` names another, `connspec unlink` forgets it.")
        }
        Stop::ChangedThere(_) => {
            Some("`connspec pull` takes what changed there into the file; `connspec push --overwrite` replaces it.")
        }
        Stop::NotLinked => {
            Some("`connspec push` makes it there; `--link ID` says which one it is, and `connspec list` shows all.")
        }
        Stop::NoJson | Stop::NoFlowSpec => None,
    }
}
