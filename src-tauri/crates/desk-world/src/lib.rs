//! The simulated world around a desk in virtual time, and one sample site: what the tests of the machine and the
//! measurements share. Nothing here waits; whoever uses it says what time it is.

mod directory;
mod kind;
pub mod sample;
mod world;

pub use directory::TruePass;
pub use kind::{Fault, Kind, answer_name, entry_name, kind, polls};
pub use world::World;
