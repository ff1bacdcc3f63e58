//! What keeps the app from starting.

/// The app cannot start in this environment.
#[derive(Debug, thiserror::Error)]
pub enum EnvironmentError {
    /// What acts before `main` is there again after it was taken out: somebody in between puts it back.
    #[error("{0} is set again after it was removed")]
    ComesBack(String),
    /// The app could not be started anew without it.
    #[error("the app could not be started without {name}: {source}")]
    NotStartedAgain {
        name: String,
        source: std::io::Error,
    },
}

/// Names the hand-over of the original environment to the second start.
pub(super) const STARTED_AGAIN: &str = "MADOGUCHI_STARTED_AGAIN";
