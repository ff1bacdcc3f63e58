//! Asking the directory, and waiting where it says to.

use std::time::Duration;

use entra::{GraphError, GraphErrorKind};

use crate::stop::Stop;

/// So often a question is asked again because the directory said to wait.
pub(crate) const MOST_WAITS: u32 = 8;
/// Where it does not say how long.
const WAIT: Duration = Duration::from_secs(10);
/// A longer wait is not obeyed: the run ends instead, and another one comes.
const LONGEST_WAIT: Duration = Duration::from_secs(300);

/// Asks, and asks again after as long as the directory says to wait, unless this run is asked to end.
pub(crate) async fn patiently<T>(
    stop: &Stop,
    mut ask: impl AsyncFnMut() -> Result<T, GraphError>,
) -> Result<T, GraphError> {
    let mut waits = 0;
    loop {
        match ask().await {
            Err(error) if waits < MOST_WAITS && !stop.asked() => match wait(&error.kind) {
                Some(wait) => {
                    waits += 1;
                    stop.pause(wait).await;
                }
                None => return Err(error),
            },
            answered => return answered,
        }
    }
}

/// How long the directory wants to be left alone; none where it does not, or for too long.
pub(crate) fn wait(kind: &GraphErrorKind) -> Option<Duration> {
    let GraphErrorKind::Throttled { retry_after } = kind else {
        return None;
    };
    let wait = retry_after.unwrap_or(WAIT);
    (wait <= LONGEST_WAIT).then_some(wait)
}

/// The word for a directory that wants to be left alone for longer than this run waits.
pub(crate) const THROTTLED: &str = "throttled";

/// The word for a sign-in that is over.
pub(crate) const SIGN_IN_NEEDED: &str = "sign_in_needed";

/// The word for a failure in the output.
pub(crate) fn word(kind: &GraphErrorKind) -> &'static str {
    match kind {
        GraphErrorKind::NotFound => "not_found",
        GraphErrorKind::NotPermitted => "not_permitted",
        GraphErrorKind::Throttled { .. } => THROTTLED,
        GraphErrorKind::SignInNeeded { .. } => SIGN_IN_NEEDED,
        GraphErrorKind::Offline
        | GraphErrorKind::NetworkWantsSignIn
        | GraphErrorKind::NetworkRefused
        | GraphErrorKind::ProxyWantsSignIn
        | GraphErrorKind::ProxyRejects
        | GraphErrorKind::Tls => "offline",
        GraphErrorKind::ServerTrouble => "server_trouble",
        GraphErrorKind::Unexpected => "unexpected_answer",
    }
}
