//! A record that is gone, emptied, cut, rolled back or without its side file: the station says so and issues nothing.

use std::fs;
use std::path::Path;
use std::time::Duration;

use tempfile::TempDir;

use crate::child::StationProcess;
use crate::extent::Extent;
use crate::failure::Failure;
use crate::figure::{Figure, say};
use crate::order::{Job, Word};
use crate::recorded::Record;
use crate::tenant::Tenant;

const STEP: Duration = Duration::from_secs(60);

/// What befalls the record between two runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Loss {
    /// Nothing: that the others are told from it.
    None,
    Gone,
    Emptied,
    /// Its second half is missing.
    Cut,
    /// As it was before the last visit.
    RolledBack,
    /// The side file with the latest entries is missing.
    NoSideFile,
}

pub(crate) async fn hold(extent: Extent) -> Result<Vec<Figure>, Failure> {
    let mut unseen = 0.0;
    for loss in [
        Loss::None,
        Loss::Gone,
        Loss::Emptied,
        Loss::Cut,
        Loss::RolledBack,
        Loss::NoSideFile,
    ] {
        let goes_on = goes_on_after(loss).await?;
        if goes_on != (loss == Loss::None) {
            say(&format!("  {loss:?}: the station goes on: {goes_on}"));
            unseen += 1.0;
        }
    }
    Ok(vec![Figure::at_most("record/I5", unseen, 0.0, extent.seed)])
}

/// Whether the station serves people after that.
async fn goes_on_after(loss: Loss) -> Result<bool, Failure> {
    let tenant = Tenant::start().await?;
    let data = TempDir::new()?;
    let earlier = TempDir::new()?;
    let people = tenant.people();
    let serve = |from: usize| Job::Serve {
        people: people[from..=from].to_vec(),
        ends: true,
    };
    for number in [0, 1] {
        let mut station = StationProcess::start(&tenant.order(data.path(), 0, serve(number))?)?;
        if !station.hears(STEP, |word| *word == Word::Done) {
            return Err(Failure::new(format!("no visit: {:?}", station.said)));
        }
        drop(station.kill());
        if number == 0 {
            copy(data.path(), earlier.path())?;
        }
    }
    let before = Record::read(data.path())?;
    befall(loss, data.path(), earlier.path())?;
    let mut station = StationProcess::start(&tenant.order(data.path(), 0, serve(2))?)?;
    station.hears(STEP, |word| {
        matches!(word, Word::Shown { .. } | Word::Failed { .. })
    });
    let shown = station
        .said
        .iter()
        .any(|word| matches!(word, Word::Shown { .. }));
    drop(station);
    tenant.end().await;
    // What is missing of one file and stands in the other is no loss.
    let may_lose_nothing = matches!(loss, Loss::NoSideFile | Loss::Cut);
    let nothing_lost = |now: &Record| may_lose_nothing && now.goes_on_from(&before);
    Ok(shown && !Record::read(data.path()).is_ok_and(|now| nothing_lost(&now)))
}

fn befall(loss: Loss, data: &Path, earlier: &Path) -> Result<(), Failure> {
    let record = data.join("record.sqlite3");
    match loss {
        Loss::None => {}
        Loss::Gone => {
            for name in names(data)? {
                fs::remove_file(data.join(name))?;
            }
        }
        Loss::Emptied => {
            for name in names(data)? {
                fs::write(data.join(name), "")?;
            }
        }
        Loss::Cut => {
            let bytes = fs::read(&record)?;
            fs::write(&record, &bytes[..bytes.len() / 2])?;
        }
        Loss::RolledBack => {
            for name in names(data)? {
                fs::remove_file(data.join(name))?;
            }
            copy(earlier, data)?;
        }
        Loss::NoSideFile => {
            let side = data.join("record.sqlite3-wal");
            if fs::metadata(&side).is_ok_and(|file| file.len() > 0) {
                fs::remove_file(side)?;
            } else {
                // Everything is in the file itself: then the file is what is cut off.
                fs::remove_file(&record)?;
            }
        }
    }
    Ok(())
}

fn copy(from: &Path, to: &Path) -> Result<(), Failure> {
    for name in names(from)? {
        fs::copy(from.join(&name), to.join(&name))?;
    }
    Ok(())
}

/// The files of the record in this folder.
fn names(folder: &Path) -> Result<Vec<std::ffi::OsString>, Failure> {
    let mut names = Vec::new();
    for entry in fs::read_dir(folder)? {
        let name = entry?.file_name();
        if name.to_string_lossy().starts_with("record.sqlite3") {
            names.push(name);
        }
    }
    Ok(names)
}
