//! The same for 300 people by a script over Microsoft's own client for Python.

use std::error::Error;
use std::path::PathBuf;
use std::process::Stdio;
use std::time::Instant;

use super::site::{PYTHON, Site};
use crate::report::Figure;

const PEOPLE: usize = 300;

/// CPU and wall as ratios: the job's share of the script's.
pub(super) fn measure() -> Result<Vec<Figure>, Box<dyn Error>> {
    let ours = Site::of(PEOPLE)?;
    let began = Instant::now();
    let cost = ours.run_to_end(&[])?;
    let wall = began.elapsed().as_secs_f64();
    drop(ours);
    let theirs = Site::of(PEOPLE)?;
    let python = std::env::var_os(PYTHON).ok_or("the environment of the script is not named")?;
    let script =
        PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../tests/peers/change_passwords.py");
    let info = theirs.info();
    let mut command = std::process::Command::new(python);
    command.arg(script).args([
        &info.tenant_id,
        &info.authority_https,
        &info.graph_https,
        &info.ca_file,
    ]);
    command.arg(theirs.client()).arg(theirs.group()?);
    command.args(["job.crt", "job.key"].map(|name| theirs.folder.path().join(name)));
    command.stdin(Stdio::null()).stdout(Stdio::null());
    let began = Instant::now();
    let (peer, good) = theirs.watched(command.spawn()?)?;
    let peer_wall = began.elapsed().as_secs_f64();
    let tally = theirs.tally();
    if !good || tally.missed > 0 {
        return Err("the script did not change everybody".into());
    }
    Ok(vec![
        Figure::plain(
            "passwords/script-cpu-ratio",
            cost.cpu_s / peer.cpu_s,
            "ratio",
        )
        .beside("job, s", cost.cpu_s)
        .beside("msgraph-sdk, s", peer.cpu_s),
        Figure::plain("passwords/script-wall-ratio", wall / peer_wall, "ratio")
            .beside("job, s", wall)
            .beside("msgraph-sdk, s", peer_wall),
    ])
}
