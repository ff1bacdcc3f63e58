//! What the directory proves of a registration, and when and what to ask it.

pub(crate) mod agreement;
pub(crate) mod devices;
pub(crate) mod evidence;
pub(crate) mod identity;
pub(crate) mod pass_traces;
pub(crate) mod poll_schedule;
pub(crate) mod poll_scope;
pub(crate) mod polling;
pub(crate) mod routes;
pub(crate) mod strays;
pub(crate) mod uninvited;
