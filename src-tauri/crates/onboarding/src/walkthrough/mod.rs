//! The way over the phone's screens: packs of rows as data, and what the answers about the phone mean for them.

pub(crate) mod pack;
pub(crate) mod phone_answers;
