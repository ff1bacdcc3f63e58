//! House rules that a machine can check; each is one named check.

mod packages;
mod rooms;
mod shell;
mod source;
mod words;

use std::fs;
use std::path::Path;

use workplace::{Outcome, Place, say};

/// One rule and what breaks it.
pub(crate) struct Check {
    /// The rule in one short sentence.
    pub(crate) rule: &'static str,
    /// What breaks it, one line each; empty when it holds.
    pub(crate) complaints: Vec<String>,
}

impl Check {
    fn new(rule: &'static str, complaints: Vec<String>) -> Self {
        Self { rule, complaints }
    }
}

/// Checks all rules and prints what breaks them. True when all hold.
pub(crate) fn run(place: &Place) -> Outcome<bool> {
    let checks = checks(place)?;
    report(&checks);
    let broken = checks.iter().filter(|c| !c.complaints.is_empty()).count();
    say!("{} passed, {broken} failed", checks.len() - broken);
    Ok(broken == 0)
}

/// Checks all rules.
pub(crate) fn checks(place: &Place) -> Outcome<Vec<Check>> {
    let packages = packages::read(place)?;
    let files = source::read(&place.root)?;
    let mut checks = rooms::checks(place, &packages)?;
    checks.extend(packages::checks(&packages));
    checks.extend(source::checks(&files));
    checks.extend(shell::checks(place)?);
    checks.extend(words::checks(place));
    Ok(checks)
}

/// Prints the broken rules, and how many hold.
pub(crate) fn report(checks: &[Check]) {
    for check in checks {
        if !check.complaints.is_empty() {
            say!("  broken: {}", check.rule);
        }
        for complaint in &check.complaints {
            say!("    {complaint}");
        }
    }
    let held = checks.iter().filter(|c| c.complaints.is_empty()).count();
    say!("  {held} of {} house rules hold", checks.len());
}

/// The text of a file, or a complaint that it is not there.
fn text(root: &Path, path: &str) -> Result<String, Vec<String>> {
    fs::read_to_string(root.join(path)).map_err(|error| vec![format!("{path}: {error}")])
}
