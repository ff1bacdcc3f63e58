//! The pass from nothing to spent: its states, and how a pass that nobody saw is looked for and taken back.

pub(crate) mod reconcile;
pub(crate) mod state;
