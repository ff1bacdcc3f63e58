//! The pass from nothing to spent: its states, and how a pass that nobody saw is looked for and taken back.

pub(crate) mod earlier;
pub(crate) mod found;
pub(crate) mod open_question;
pub(crate) mod reconcile;
mod search;
pub(crate) mod state;
pub(crate) mod target;
