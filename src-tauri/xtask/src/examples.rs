//! `cargo xtask examples`: what Microsoft's pages show, sent to the simulated tenant and read by the client.

use workplace::{Failure, Outcome, Place, cargo};

/// True when every example that is kept in `tests/examples` passed; the last line says how many.
pub(crate) fn run(place: &Place) -> Outcome<bool> {
    let status = cargo(place)
        .args(["run", "--quiet", "--package", "documented"])
        .status()
        .map_err(|error| Failure::new(format!("cannot start cargo: {error}")))?;
    Ok(status.success())
}
