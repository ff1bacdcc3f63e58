//! Building the app and the simulated tenant.

use std::path::PathBuf;
use std::process::Command;

use crate::failure::{Failure, Outcome};
use crate::place::Place;
use crate::run::{cargo, not_progress, stream};

/// The features of the app as it is shipped.
pub const FEATURES: &str = "madoguchi/custom-protocol";
/// The features the tour's app is built with. The tests are built with the same, so that nothing is
/// compiled twice.
pub const TOUR_FEATURES: &str = "madoguchi/custom-protocol,madoguchi/automation";

/// The commands that open a window, as a program.
const TOUR: &str = "tour";
/// The simulated tenant as a program.
const TENANT: &str = "entra-sim";
const CONTROL: &str = "madoguchictl";

/// Builds the app with these features, `madoguchictl` and the simulated tenant.
///
/// # Errors
/// When cargo cannot build them; what it said was shown.
pub fn build(place: &Place, features: &str) -> Outcome<()> {
    if features != FEATURES {
        let all = ["madoguchi", CONTROL, TENANT];
        return programs(place, &all, &["--features", features]);
    }
    // As it is shipped: what others wrote has the features these ask for, and none besides.
    let mut command = cargo(place);
    command
        .args(["build", "--quiet", "--locked"])
        .args(["-p", "madoguchi", "-p", "cli", "-p", TENANT])
        .args(["--features", features]);
    if stream(&mut command, not_progress)?.ok {
        return Ok(());
    }
    Err(Failure::new("the app could not be built"))
}

/// Builds the commands that open a window, and gives their program, which finds this place wherever it is started.
///
/// # Errors
/// When cargo cannot build it; what it said was shown.
pub fn tour(place: &Place) -> Outcome<Command> {
    programs(place, &[TOUR], &[])?;
    let mut program = Command::new(place.binary(TOUR));
    program
        .env("CARGO_MANIFEST_DIR", &place.root)
        .env("CARGO_TARGET_DIR", &place.target);
    Ok(program)
}

/// Builds programs for tests and tours in the dev profile. The whole workspace is selected: what others wrote has the same
/// features as for the tests (`test-station` asks for those that only tests need), and is built once.
fn programs(place: &Place, names: &[&str], more: &[&str]) -> Outcome<()> {
    let mut command = cargo(place);
    command.args(["build", "--quiet", "--locked", "--workspace"]);
    for name in names {
        command.args(["--bin", name]);
    }
    if stream(command.args(more), not_progress)?.ok {
        return Ok(());
    }
    Err(Failure::new(format!("not built: {}", names.join(", "))))
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
    programs(place, &[TENANT], &[])?;
    Ok(place.binary(TENANT))
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
