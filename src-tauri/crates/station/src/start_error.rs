//! Why a station does not start.

/// The station could not be started.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    #[error("the record cannot be opened: {0}")]
    Record(#[from] audit::OpenError),
    #[error("the record cannot be read: {0}")]
    RecordRead(#[from] audit::ReadError),
    #[error("{0}")]
    Client(#[from] entra::SetupError),
}
