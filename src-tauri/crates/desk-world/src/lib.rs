//! The simulated world around a desk in virtual time, and one sample site: what the tests of the machine and the
//! measurements share. Nothing here waits; whoever uses it says what time it is.

mod directory;
mod kept_on_disk;
mod kind;
mod letters;
mod roll;
mod route_fault;
pub mod sample;
mod spoilt;
mod taken_letter;
mod true_pass;
mod world;

pub use kept_on_disk::KeptOnDisk;
pub use kind::{AnswerFault, Kind, answer_name, entry_name, kind, polls};
pub use route_fault::{FirstRead, RouteFault, RouteFaults};
pub use taken_letter::TakenLetter;
pub use true_pass::{HeldUp, TruePass};
pub use world::{TakenOut, World};
