//! What the simulated tenant may answer, and the check of every exchange against it.
//!
//! The contract is `openapi.yaml`: operations with exact statuses and closed schemas. [`start`] starts a
//! tenant of which every exchange is checked; a test ends with a failure when one broke the contract.

mod check;
mod description;
mod schemas;
mod spelling;
mod watched;

pub use check::{Contract, Side, Violation};
pub use watched::{Requests, Watched, start};
