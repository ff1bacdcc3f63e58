//! What `xtask` and the programs it starts have in common. It depends on nothing, so that a command that only
//! looks at the source is built in seconds.

pub mod app;
pub mod disk;
mod failure;
pub mod packing;
mod place;
mod run;
pub mod setup;

pub use crate::failure::{During, Failure, Outcome};
pub use crate::place::Place;
pub use crate::run::{
    Ended, cargo, line, not_progress, npm, on_path, on_terminal, output, stream, stream_as,
};
