//! Visits of the app as it is shipped, with its windows: what `cargo xtask windows --visits` looks at, as figures.

use std::path::Path;

use serde::Deserialize;
use tempfile::TempDir;
use workplace::{Place, app};

use crate::extent::Extent;
use crate::failure::Failure;
use crate::figure::Figure;

const VISITS: u32 = 50;

/// What the command counted.
#[derive(Debug, Deserialize)]
struct Counts {
    passed: u32,
    failed: u32,
}

pub(crate) async fn hold(extent: Extent) -> Result<Vec<Figure>, Failure> {
    let held = tokio::task::spawn_blocking(counted).await;
    let counts = held.map_err(|_| Failure::new("the command was cut off"))??;
    let at_most = |name: &str, value: u32, most: f64| {
        Figure::at_most(format!("shipped/{name}"), value.into(), most, extent.seed)
    };
    Ok(vec![
        Figure::plain("shipped/visits", VISITS.into(), extent.seed),
        Figure::at_least(
            "shipped/checks passed",
            counts.passed.into(),
            1.0,
            extent.seed,
        ),
        at_most("checks failed", counts.failed, 0.0),
    ])
}

/// A program of its own, because what it needs takes longer to build than all the rest.
fn counted() -> Result<Counts, Failure> {
    let place = Place::find().map_err(|failure| Failure::new(failure.to_string()))?;
    let folder = TempDir::new()?;
    let counts = folder.path().join("counts.json");
    let mut program = app::tour(&place).map_err(|failure| Failure::new(failure.to_string()))?;
    let status = program
        .args(["windows", "--visits", &VISITS.to_string(), "--counts"])
        .arg(&counts)
        .status()?;
    read(&counts).map_err(|failure| Failure::new(format!("{failure}; it ended with {status}")))
}

fn read(counts: &Path) -> Result<Counts, Failure> {
    Ok(serde_json::from_str(&std::fs::read_to_string(counts)?)?)
}
