//! Exit codes: what scripts and service managers are told. It knows no messages.

use std::io;
use std::process::ExitCode;

use crate::discord::RunError;
use crate::service::ServiceError;
use crate::store::StoreError;
use engine::answer::AskError;

/// How a run ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Exit {
    /// Done.
    Done,
    /// Nothing was found: an abstention, or a quotation that is nowhere.
    NothingFound,
    /// Wrong use or wrong data: whoever called it can fix it.
    Wrong,
    /// Our fault.
    Internal,
    /// Something outside fails for now: to be started again later.
    Temporary,
    /// Settings, texts or token are to be fixed: no use in starting again.
    Configuration,
}

impl Exit {
    /// Returns the number that the shell sees; from 70 on they are those of BSD's
    /// sysexits.
    #[must_use]
    pub fn number(self) -> u8 {
        match self {
            Self::Done => 0,
            Self::NothingFound => 1,
            Self::Wrong => 2,
            Self::Internal => 70,
            Self::Temporary => 75,
            Self::Configuration => 78,
        }
    }

    /// How a run ends that fails with `error`.
    pub(super) fn of(error: &anyhow::Error) -> Self {
        if is_broken_pipe(error) {
            // The reader has seen enough, as `head` does.
            return Self::Done;
        }
        if let Some(error) = error.downcast_ref::<RunError>() {
            return match error {
                RunError::Unreachable(_) | RunError::Hopeless => Self::Temporary,
                RunError::Internal(_) => Self::Internal,
                RunError::NoToken
                | RunError::WrongToken
                | RunError::OtherApplication { .. }
                | RunError::Refused(_)
                | RunError::ForeignGateway => Self::Configuration,
            };
        }
        let store = error.chain().find_map(|cause| cause.downcast_ref::<StoreError>());
        if store.is_some_and(StoreError::is_transient) {
            return Self::Temporary;
        }
        let is_internal = error.chain().any(|cause| {
            matches!(cause.downcast_ref(), Some(AskError::Index(_)))
                || matches!(cause.downcast_ref(), Some(ServiceError::Engine(_)))
        });
        if is_internal { Self::Internal } else { Self::Wrong }
    }
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit.number())
    }
}

/// Returns whether the reader of the output has gone.
pub(super) fn is_broken_pipe(error: &anyhow::Error) -> bool {
    error.chain().any(|cause| {
        cause
            .downcast_ref::<io::Error>()
            .is_some_and(|error| error.kind() == io::ErrorKind::BrokenPipe)
    })
}
