//! `cargo xtask typeface`: the letters of the simulated pages, cut from the typeface of the screens.

use workplace::{Outcome, Place, setup, stream};

use crate::python::Environment;

const FOLDER: &str = "src-tauri/crates/entra-sim/typeface";

/// Makes the files anew that a build takes as they lie there. True when they were made.
pub(crate) fn run(place: &Place) -> Outcome<bool> {
    setup::everything(place)?;
    let folder = place.root.join(FOLDER);
    let environment = Environment::of(place, "typeface", &folder.join("requirements.txt"))?;
    let mut cut = environment.program();
    cut.arg(folder.join("subset.py")).arg(&place.root);
    Ok(stream(&mut cut, |line| !line.trim().is_empty())?.ok)
}
