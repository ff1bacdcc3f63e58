//! House rules that a machine can check; each is one named check.

mod builds;
mod check;
mod circles;
mod code;
mod commits;
mod deny;
mod map;
mod modules;
mod packages;
mod rooms;
mod shell;
mod source;
mod terms;
mod threats;
mod types;
mod unused;
mod uses;
mod words;

use workplace::{Outcome, Place, say};

pub(crate) use self::check::Check;

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
    let mut checks = rooms::checks(place, &packages);
    checks.extend(packages::checks(&packages));
    checks.extend(deny::checks(place)?);
    checks.extend(unused::checks(place, &packages)?);
    checks.extend(circles::checks(&packages));
    checks.extend(source::checks(&files));
    checks.extend(types::checks(&files));
    checks.extend(shell::checks(place)?);
    checks.extend(builds::checks(place)?);
    checks.extend(words::checks(place));
    checks.extend(terms::checks(&place.root));
    checks.extend(map::checks(&place.root));
    checks.extend(threats::checks(&place.root, &files));
    checks.extend(commits::checks(place));
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
    say!("  {held} of {} rules hold", checks.len());
}
