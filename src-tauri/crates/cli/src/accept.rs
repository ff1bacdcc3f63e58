//! `record accept`: an administrator takes the record as it was found.

use std::fs::{self, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use host::credentials::CredentialStore;
use host::environment::Trust;
use host::lock::LockError;
use station::config::{Config, ModeName};
use station::onboarding::record::RecordFault;
use station::record::{AcceptError, Accepted, SmallStore, Witnesses};

use crate::failure::{Failure, shown, with_causes};

/// Accepts the record `own`, if the app is closed and the user may write to the folder of `config`.
pub(crate) fn accept(own: &Path, witness_dir: Option<&Path>, config: &Path) -> Result<(), Failure> {
    let data = own.parent().unwrap_or(own);
    if !data.is_dir() {
        let why = format!("there is no data folder {}", data.display());
        return Err(Failure::Unusable(why));
    }
    let config = &counting(config, &host::paths::config_file())?;
    may_administer(config)?;
    let witnesses = witnesses(data, witness_dir, config);
    // The folder is the station's account's, and so are the links that may lie in it.
    host::process::become_owner_of(data)
        .map_err(|error| Failure::NotAccepted(with_causes(&error)))?;
    let held = host::lock::hold(data).map_err(|error| match error {
        LockError::Taken => Failure::NotAccepted("the app is running, close it first".to_owned()),
        LockError::Directory(_) | LockError::Shared => Failure::NotAccepted(with_causes(&error)),
    })?;
    may_remember(&witnesses)?;
    let accepted = station::record::accept(own, &witnesses, host::clock::wall_unix_ms())
        .map_err(|error| not_accepted(&error))?;
    drop(held);
    tell(own, &accepted)?;
    Ok(())
}

/// Which configuration counts: where the machine has one, that one, whatever the caller names. A copy of it in a folder
/// of the caller's own would let anybody say that the record is as it should be.
fn counting(named: &Path, of_machine: &Path) -> Result<PathBuf, Failure> {
    let Ok(counts) = of_machine.canonicalize() else {
        return Ok(named.to_owned());
    };
    // Also a link of the caller's own that leads there is judged by where it leads.
    if named.canonicalize().is_ok_and(|named| named == counts) {
        return Ok(counts);
    }
    Err(Failure::NotAccepted(format!(
        "the configuration of this machine is {}, and {} is another; say --config {}, or leave it out",
        of_machine.display(),
        named.display(),
        of_machine.display()
    )))
}

/// Only somebody who may change the configuration may say that the record is as it should be.
fn may_administer(config: &Path) -> Result<(), Failure> {
    let folder = match config.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        Some(_) | None => Path::new("."),
    };
    try_to_write(folder).map_err(|error| {
        Failure::NotAccepted(format!(
            "only who may write to {} accepts a record: {error}",
            folder.display()
        ))
    })
}

/// Nothing is changed before it is known that the change can be remembered outside of the record.
fn may_remember(witnesses: &Witnesses) -> Result<(), Failure> {
    let file = witnesses.file();
    // Where its folder is still to be made, the one that it is made in.
    let folder = file.ancestors().skip(1).find(|folder| folder.is_dir());
    let folder = folder.unwrap_or(file);
    try_to_write(folder).map_err(|error| {
        Failure::NotAccepted(format!(
            "the data folder's owner must be able to write to {}: {error}",
            folder.display()
        ))
    })
}

fn try_to_write(folder: &Path) -> io::Result<()> {
    let trial = folder.join(format!(".madoguchictl-{}", std::process::id()));
    let made = OpenOptions::new().write(true).create_new(true).open(&trial);
    made.and_then(|_| fs::remove_file(&trial))
}

fn witnesses(data: &Path, named: Option<&Path>, config: &Path) -> Witnesses {
    if let Some(folder) = named {
        return Witnesses::within(folder, data);
    }
    match host::paths::witness_dir_of(data, trust(config)) {
        Some(folder) => {
            Witnesses::within(&folder, data).and_in(Arc::new(Kept(CredentialStore::system())))
        }
        None => Witnesses::within(data, data),
    }
}

/// How much of its environment the station listens to; it says so itself, and is a kiosk where that cannot be read.
fn trust(config: &Path) -> Trust {
    let file = host::config_file::read(config).ok();
    match file.and_then(|file| Config::mode_of(&file.text)) {
        Some(ModeName::Desk) => Trust::Desk,
        Some(ModeName::Kiosk) | None => Trust::Kiosk,
    }
}

/// The witness's place in the system's credential store.
struct Kept(CredentialStore);

impl SmallStore for Kept {
    fn recall(&self, key: &str) -> Result<Option<Vec<u8>>, String> {
        if !self.0.asks_nobody() {
            return Err("locked or not there".to_owned());
        }
        self.0.recall(key).map_err(|error| error.to_string())
    }

    fn remember(&self, key: &str, value: &[u8]) -> Result<(), String> {
        if !self.0.asks_nobody() {
            return Err("locked or not there".to_owned());
        }
        let remembered = self.0.remember(key, value);
        remembered.map_err(|error| error.to_string())
    }
}

fn not_accepted(error: &AcceptError) -> Failure {
    Failure::Unusable(with_causes(error))
}

fn tell(own: &Path, accepted: &Accepted) -> io::Result<()> {
    let mut out = io::stdout().lock();
    let own = shown(own);
    match accepted {
        Accepted::Nothing => writeln!(out, "{own}: nothing to accept, the station starts with it"),
        Accepted::AsItIs {
            fault,
            entries,
            open,
        } => {
            writeln!(out, "{own}: accepted, {entries} entries; {}", words(*fault))?;
            if *open > 0 {
                writeln!(
                    out,
                    "{open} passes in it may still work; the station looks for them at the next sign-in"
                )?;
            }
            Ok(())
        }
        Accepted::Anew { fault, set_aside } => {
            writeln!(out, "{own}: a new record is begun; {}", words(*fault))?;
            if let Some(old) = set_aside {
                writeln!(out, "the old one lies in {}", shown(old))?;
            }
            writeln!(
                out,
                "passes that were issued last and are not in it may still work: look for them in the tenant"
            )
        }
    }
}

fn words(fault: RecordFault) -> &'static str {
    match fault {
        RecordFault::Missing => "the file was gone",
        RecordFault::Empty => "the file was empty",
        RecordFault::SideFile => {
            "the side file was gone or damaged, and with it what was recorded last"
        }
        RecordFault::RolledBack => "it ended earlier than it once did",
        RecordFault::OtherStation => "it is another station's",
        RecordFault::Rewritten => "it was written anew",
        RecordFault::Damaged => "the old one was damaged, or no record",
        RecordFault::WitnessMissing => "what was remembered of it outside of it was gone",
        RecordFault::WitnessUnreadable => {
            "what was remembered of it outside of it could not be read"
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What counts where the machine has a configuration of its own; none where the named one is refused.
    fn counts(named: &Path, of_machine: &Path) -> Option<PathBuf> {
        match counting(named, of_machine) {
            Ok(counts) => Some(counts),
            Err(Failure::NotAccepted(why)) => {
                assert!(why.contains(&of_machine.display().to_string()), "{why}");
                None
            }
            Err(_) => panic!("refused for another reason"),
        }
    }

    /// Whoever copies, links or makes up a configuration gets no further than the machine's own lets them.
    #[test]
    fn the_machines_own_configuration_counts_whatever_the_caller_names() {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        fs::create_dir(at("etc")).unwrap();
        fs::create_dir(at("home")).unwrap();
        let (of_machine, copy) = (at("etc/madoguchi.toml"), at("home/madoguchi.toml"));
        // Where the machine has none, the one that is named counts, there or not.
        assert_eq!(counts(&copy, &of_machine), Some(copy.clone()));
        fs::write(&of_machine, "mode = \"kiosk\"").unwrap();
        assert_eq!(counts(&copy, &of_machine), None, "nothing is there");
        fs::copy(&of_machine, &copy).unwrap();
        assert_eq!(counts(&copy, &of_machine), None, "the very same text");
        let own = of_machine.canonicalize().unwrap();
        assert_eq!(counts(&of_machine, &of_machine), Some(own.clone()));
        let around = at("home/../etc/madoguchi.toml");
        assert_eq!(counts(&around, &of_machine), Some(own.clone()));
        #[cfg(unix)]
        {
            let link = at("home/link.toml");
            std::os::unix::fs::symlink(&of_machine, &link).unwrap();
            assert_eq!(counts(&link, &of_machine), Some(own), "where it leads");
        }
    }
}
