//! What the machines promise, in virtual time.

mod bindings;
mod codes;
mod invariants;
mod journey;
mod live;
mod pack;
mod query;
mod refusals;
mod rig;
mod sample;
mod session;
mod transitions;
mod uncertain;
mod world;
