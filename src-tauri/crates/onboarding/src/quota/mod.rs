//! When a request may leave: the service's limit on authentication methods, and the pace that stations which share it
//! learn.

pub(crate) mod pacing;
pub(crate) mod rate_limit;
pub(crate) mod rng;
