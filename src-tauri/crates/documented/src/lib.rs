//! What Microsoft's pages show, tried on both sides.
//!
//! `tests/examples` keeps documented requests and answers as facts, in the simulated tenant's own directory.
//! [`run`] sends every request to the simulated tenant and compares what comes back with the documented answer,
//! and hands every documented answer to the client (`entra`) and compares what it reads with what is meant.

mod asking;
mod compare;
mod example;
mod operation;
mod pages;
mod reading;

use std::path::PathBuf;

pub use compare::{differences, misreadings};
pub use example::{CannotTry, DocumentedAnswer, Example, Read, Request, all};
pub use operation::{DirectoryChange, DirectoryRead, MethodsRead, Operation, SignInStep};

use asking::Directory;
use reading::Reader;

/// One thing that was tried.
#[derive(Clone, Debug)]
pub struct Tried {
    /// The example's name, and which of its halves.
    pub name: String,
    /// What is not as documented; nothing where it passed.
    pub wrong: Vec<String>,
}

/// Where the examples are kept.
#[must_use]
pub fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../tests/examples")
}

/// Tries examples one after the other; `told` hears of each half.
///
/// # Errors
/// When the simulated tenant or a sign-in at it cannot be had, or an example names what is not there.
pub async fn run(examples: &[Example], mut told: impl FnMut(&Tried)) -> Result<(), CannotTry> {
    let mut directory = Directory::open().await?;
    let mut reader = Reader::open(directory.info()).await?;
    for example in examples {
        if let Some(request) = &example.request {
            let wrong = directory
                .try_request(example, request)
                .map_err(|problem| format!("{}: {problem}", example.name))?;
            told(&Tried {
                name: format!("{}, sent", example.name),
                wrong,
            });
        }
        if let Some(read) = &example.read {
            let wrong = reader
                .try_answer(&example.answer, read)
                .await
                .map_err(|problem| format!("{}: {problem}", example.name))?;
            told(&Tried {
                name: format!("{}, read", example.name),
                wrong,
            });
        }
    }
    Ok(())
}
