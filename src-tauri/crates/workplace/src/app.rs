//! Building the app and the simulated tenant.

use std::path::PathBuf;

use crate::failure::{Failure, Outcome};
use crate::place::Place;
use crate::run::{cargo, not_progress, stream};

/// The features of the app as it is shipped.
pub const FEATURES: &str = "madoguchi/custom-protocol";
/// The features the tour's app is built with. The tests are built with the same, so that nothing is
/// compiled twice.
pub const TOUR_FEATURES: &str = "madoguchi/custom-protocol,madoguchi/automation";

/// Builds the app with these features, `madoguchictl` and the simulated tenant.
///
/// # Errors
/// When cargo cannot build them; what it said was shown.
pub fn build(place: &Place, features: &str) -> Outcome<()> {
    let mut command = cargo(place);
    command
        .args(["build", "--quiet", "--locked"])
        .args(["-p", "madoguchi", "-p", "cli", "-p", "entra-sim"])
        .args(["--features", features]);
    let ended = stream(&mut command, |line| !line.trim().is_empty())?;
    if ended.ok {
        return Ok(());
    }
    Err(Failure::new("the app could not be built"))
}

/// Builds `madoguchictl`.
///
/// # Errors
/// When cargo cannot build it; what it said was shown.
pub fn control(place: &Place) -> Outcome<()> {
    let mut command = cargo(place);
    command.args(["build", "--quiet", "--locked", "--package", "cli"]);
    if stream(&mut command, not_progress)?.ok {
        return Ok(());
    }
    Err(Failure::new("madoguchictl could not be built"))
}

/// Builds `madoguchictl` as it would be shipped, and gives its program.
///
/// # Errors
/// When cargo cannot build it; what it said was shown.
pub fn released_control(place: &Place) -> Outcome<PathBuf> {
    let mut command = cargo(place);
    command.args([
        "build",
        "--quiet",
        "--locked",
        "--release",
        "--package",
        "cli",
    ]);
    if stream(&mut command, not_progress)?.ok {
        return Ok(place.target.join("release").join("madoguchictl"));
    }
    Err(Failure::new("madoguchictl could not be built"))
}

/// Builds the simulated tenant and gives its program.
///
/// # Errors
/// When cargo cannot build it; what it said was shown.
pub fn tenant(place: &Place) -> Outcome<PathBuf> {
    let mut command = cargo(place);
    command.args(["build", "--quiet", "--locked", "--package", "entra-sim"]);
    if stream(&mut command, not_progress)?.ok {
        return Ok(place.binary("entra-sim"));
    }
    Err(Failure::new("the simulated tenant could not be built"))
}

/// Builds the app for measurements, as it would be shipped but with its memory chosen at the start, and gives its program.
///
/// # Errors
/// When cargo cannot build it; what it said was shown.
pub fn chosen_memory(place: &Place) -> Outcome<PathBuf> {
    const NAME: &str = "chosen_memory";
    let mut command = cargo(place);
    command.args([
        "build",
        "--quiet",
        "--locked",
        "--release",
        "--features",
        FEATURES,
    ]);
    command.args(["--package", "madoguchi", "--example", NAME]);
    if stream(&mut command, not_progress)?.ok {
        return Ok(place.target.join("release/examples").join(NAME));
    }
    Err(Failure::new("the app for measurements could not be built"))
}
