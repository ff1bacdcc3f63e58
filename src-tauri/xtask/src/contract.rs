//! `cargo xtask contract`: schemathesis over the description of the simulated tenant.

use workplace::{Outcome, Place, app, on_terminal};

use crate::python::Environment;

/// Runs it and prints a table of the operations. True when each was reached both ways and nothing broke.
pub(crate) fn run(place: &Place) -> Outcome<bool> {
    let folder = place.root.join("tests/contract");
    let environment = Environment::of(place, "contract", &folder.join("requirements.txt"))?;
    let program = app::tenant(place)?;
    let mut command = environment.program();
    command
        .current_dir(&place.root)
        .env("ENTRA_SIM", program)
        .arg(folder.join("walk.py"));
    on_terminal(&mut command)
}
