//! `record accept`: what an administrator says to a record that the station does not trust.

use std::fs;
use std::path::{Path, PathBuf};

use station::record::RecordLog;
use tempfile::TempDir;

use crate::record::{copied, is_sound, verify};
use crate::{Said, run};

/// Accepts the record in the folder, as somebody who may write to `config`'s folder or may not.
fn accept_with(data: &Path, config: &Path) -> Said {
    let arguments = [
        "--config".as_ref(),
        config.as_os_str(),
        "--data-dir".as_ref(),
        data.as_os_str(),
        "record".as_ref(),
        "accept".as_ref(),
    ];
    run(&arguments)
}

fn accept(data: &Path) -> Said {
    accept_with(data, &data.join("madoguchi.toml"))
}

/// What is remembered of the record in the folder.
fn witness(data: &Path) -> PathBuf {
    let named = fs::read_dir(data)
        .unwrap()
        .map(|entry| entry.unwrap().path());
    let is_one = |path: &PathBuf| {
        let name = path.file_name().unwrap().to_str().unwrap();
        name.starts_with("witness-")
    };
    named.into_iter().find(is_one).unwrap()
}

fn said(said: &Said, code: i32, words: &str) {
    assert_eq!(said.code, Some(code), "{}{}", said.out, said.err);
    let all = format!("{}{}", said.out, said.err);
    assert!(all.contains(words), "{all}");
}

fn last_event(path: &Path) -> String {
    let log = RecordLog::open(path).unwrap();
    let head = log.read().head().unwrap();
    let last = log.read().records(head.seq, 1).unwrap();
    format!("{:?}", last[0].event)
}

/// A record of which a witness saw the end.
fn accepted() -> (TempDir, PathBuf) {
    let (dir, path) = copied("closed", &[""]);
    // Half of its side file is what makes a station distrust it.
    fs::write(dir.path().join("record.sqlite3-shm"), "").unwrap();
    said(
        &accept(dir.path()),
        0,
        "accepted, 45 entries; the side file was gone",
    );
    fs::remove_file(dir.path().join("record.sqlite3-shm")).unwrap_or_default();
    (dir, path)
}

#[test]
fn a_record_without_its_side_file_is_accepted_and_says_so_i5() {
    let (dir, path) = accepted();
    is_sound(&verify(&path), "45 entries");
    assert!(last_event(&path).contains("RecordAccepted { why: SideFile"));
    assert!(witness(dir.path()).exists());
    said(&accept(dir.path()), 0, "nothing to accept");
}

#[test]
fn a_record_that_is_gone_or_no_record_is_begun_anew_and_set_aside_i5() {
    let check = |name: &str, spoil: &dyn Fn(&Path), why: &str, has_old: bool| {
        let (dir, path) = accepted();
        spoil(&path);
        let done = accept(dir.path());
        said(&done, 0, "a new record is begun");
        said(&done, 0, why);
        let old = dir.path().join("record.sqlite3.set-aside-1");
        assert_eq!(old.exists(), has_old, "{name}");
        is_sound(&verify(&path), "1 entries");
        let event = last_event(&path);
        assert!(event.contains("known_entries: Some(45)"), "{name}: {event}");
        said(&accept(dir.path()), 0, "nothing to accept");
    };
    check(
        "gone",
        &|path| fs::remove_file(path).unwrap(),
        "the file was gone",
        false,
    );
    check(
        "empty",
        &|path| fs::write(path, "").unwrap(),
        "the file was empty",
        true,
    );
    let text = |path: &Path| fs::write(path, "no record ".repeat(900)).unwrap();
    check(
        "a text",
        &text,
        "the old one was damaged, or no record",
        true,
    );
}

#[test]
fn an_older_copy_is_accepted_as_it_is_i5() {
    let (dir, path) = accepted();
    let older = copied("closed", &[""]).1;
    assert!(!older.exists(), "its folder is gone again");
    let (_dir, older) = copied("closed", &[""]);
    fs::copy(&older, &path).unwrap();
    let done = accept(dir.path());
    said(
        &done,
        0,
        "accepted, 45 entries; it ended earlier than it once did",
    );
    assert!(last_event(&path).contains("why: RolledBack, known_entries: Some(45)"));
}

/// Only who may change the configuration, and only while the app is closed.
#[test]
fn not_everybody_accepts_and_not_at_any_time() {
    let (dir, path) = copied("closed", &[""]);
    let nowhere = Path::new("/proc/no-such-folder/madoguchi.toml");
    said(
        &accept_with(dir.path(), nowhere),
        5,
        "only who may write to",
    );
    let held = host::lock::hold(dir.path()).unwrap();
    said(&accept(dir.path()), 5, "the app is running");
    drop(held);
    is_sound(&verify(&path), "44 entries");
    let newer = |path: &Path| {
        let mut bytes = fs::read(path).unwrap();
        bytes[60..64].copy_from_slice(&1_000u32.to_be_bytes());
        fs::write(path, bytes).unwrap();
    };
    newer(&path);
    said(&accept(dir.path()), 4, "newer version");
    let missing = Path::new("/proc/no-such-folder");
    said(
        &accept_with(missing, &dir.path().join("x")),
        4,
        "no data folder",
    );
}

#[test]
fn the_folder_of_the_witness_can_be_named() {
    let (dir, _path) = copied("closed", &[""]);
    let elsewhere = tempfile::tempdir().unwrap();
    fs::write(dir.path().join("record.sqlite3-shm"), "").unwrap();
    let config = dir.path().join("madoguchi.toml");
    let done = run(&[
        "--config".as_ref(),
        config.as_os_str(),
        "--data-dir".as_ref(),
        dir.path().as_os_str(),
        "record".as_ref(),
        "accept".as_ref(),
        "--witness-dir".as_ref(),
        elsewhere.path().as_os_str(),
    ]);
    said(&done, 0, "accepted");
    assert!(witness(elsewhere.path()).exists());
}

/// A data folder of another account, as a kiosk's is to an administrator; `None` for whoever is none, but in CI.
#[cfg(unix)]
fn of_another_account() -> Option<TempDir> {
    use std::os::unix::fs::chown;
    // Not below a folder that only this account may enter.
    let dir = tempfile::tempdir_in("/tmp").unwrap();
    let given = chown(dir.path(), Some(4_321), Some(4_321));
    assert!(
        given.is_ok() || std::env::var_os("CI").is_none(),
        "not run here: {given:?}"
    );
    given.ok()?;
    Some(dir)
}

/// What is made there is that account's, the lock as well: the station starts with it.
#[cfg(unix)]
#[test]
fn what_an_administrator_accepts_belongs_to_the_stations_account_t7() {
    use std::os::unix::fs::{MetadataExt, chown};
    let Some(dir) = of_another_account() else {
        return;
    };
    let administrators = tempfile::tempdir().unwrap();
    let record = dir.path().join("record.sqlite3");
    fs::write(&record, "").unwrap();
    chown(&record, Some(4_321), Some(4_321)).unwrap();
    let config = administrators.path().join("madoguchi.toml");
    said(
        &accept_with(dir.path(), &config),
        0,
        "a new record is begun",
    );
    let made = fs::read_dir(dir.path()).unwrap().map(|made| made.unwrap());
    let owners: Vec<_> = made
        .map(|made| (made.file_name(), made.metadata().unwrap().uid()))
        .collect();
    assert!(owners.iter().any(|(name, _)| name == "lock"), "{owners:?}");
    assert!(
        owners.iter().all(|(_, owner)| *owner == 4_321),
        "{owners:?}"
    );
}

/// Links in that account's folder lead an administrator no further than they lead that account.
#[cfg(unix)]
#[test]
fn links_of_the_stations_account_lead_an_administrator_nowhere_t7() {
    use std::os::unix::fs::{MetadataExt, PermissionsExt, symlink};
    for name in [
        "lock",
        "record.sqlite3",
        "record.sqlite3-shm",
        "record.sqlite3.new",
    ] {
        for there in [true, false] {
            let Some(dir) = of_another_account() else {
                return;
            };
            let administrators = tempfile::tempdir_in("/tmp").unwrap();
            let mode = fs::Permissions::from_mode(0o755);
            fs::set_permissions(administrators.path(), mode).unwrap();
            let target = administrators.path().join("target");
            if there {
                fs::write(&target, "an administrator's").unwrap();
            }
            symlink(&target, dir.path().join(name)).unwrap();
            let config = administrators.path().join("madoguchi.toml");
            let done = accept_with(dir.path(), &config);
            let kept = fs::read_to_string(&target).ok();
            let expected = there.then(|| "an administrator's".to_owned());
            assert_eq!(kept, expected, "{name}: {done:?}");
            let owner = fs::metadata(&target).map(|target| target.uid());
            assert!(
                owner.is_err() || owner.is_ok_and(|owner| owner == 0),
                "{name}"
            );
        }
    }
}

/// Nor does the data folder itself, or one on the way to it, as a link to what is an administrator's.
#[cfg(unix)]
#[test]
fn a_data_folder_that_is_a_link_is_judged_by_where_it_leads_t7() {
    use std::os::unix::fs::{PermissionsExt, symlink};
    let Some(dir) = of_another_account() else {
        return;
    };
    let administrators = tempfile::tempdir_in("/tmp").unwrap();
    let target = administrators.path().join("etc");
    fs::create_dir(&target).unwrap();
    let open = fs::Permissions::from_mode(0o775);
    fs::set_permissions(&target, open).unwrap();
    symlink(&target, dir.path().join("data")).unwrap();
    let config = administrators.path().join("madoguchi.toml");
    let done = accept_with(&dir.path().join("data"), &config);
    said(&done, 5, "others may write to it");
    let own = dir.path().join("own");
    fs::create_dir(&own).unwrap();
    // Root's, within a folder of the account: a moment later it may be another one.
    said(&accept_with(&own, &config), 5, "is another account's");
    assert_eq!(fs::read_dir(&target).unwrap().count(), 0);
    assert_eq!(fs::read_dir(&own).unwrap().count(), 0);
    let mode = target.metadata().unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o775);
}

/// Not even where that is root's own and nobody else's: who leads there is not root.
#[cfg(unix)]
#[test]
fn a_link_of_the_stations_account_to_roots_own_folder_is_refused_t7() {
    use std::os::unix::fs::{PermissionsExt, symlink};
    for above in [false, true] {
        let Some(dir) = of_another_account() else {
            return;
        };
        let administrators = tempfile::tempdir_in("/root").unwrap();
        let target = administrators.path().join("etc");
        fs::create_dir(&target).unwrap();
        fs::set_permissions(&target, fs::Permissions::from_mode(0o755)).unwrap();
        fs::write(target.join("record.sqlite3"), "an administrator's").unwrap();
        let link = dir.path().join("state");
        let data = match above {
            false => {
                symlink(&target, &link).unwrap();
                link
            }
            true => {
                symlink(administrators.path(), &link).unwrap();
                link.join("etc")
            }
        };
        let config = administrators.path().join("madoguchi.toml");
        said(&accept_with(&data, &config), 5, "is another account's");
        assert_eq!(fs::read_dir(&target).unwrap().count(), 1);
        let mode = target.metadata().unwrap().permissions().mode();
        assert_eq!(mode & 0o7777, 0o755);
        // The administrator's own link to the own folder is one.
        let own = administrators.path().join("own");
        symlink(&target, &own).unwrap();
        said(&accept_with(&own, &config), 0, "");
    }
}

/// A session's folder of settings leads the command no further than the station, which does not hear of it on a kiosk.
#[cfg(unix)]
#[test]
fn the_witness_is_found_where_the_station_has_it() {
    use crate::sample;
    let kiosk = sample().replacen("mode = \"desk\"", "mode = \"kiosk\"", 1);
    let check = |text: &str, is_own_home: bool, expected: &str| {
        let home = tempfile::tempdir().unwrap();
        let at = |name: &str| home.path().join(name);
        let data = at(".local/state/madoguchi");
        fs::create_dir_all(&data).unwrap();
        let (dir, path) = copied("closed", &[""]);
        fs::copy(&path, data.join("record.sqlite3")).unwrap();
        drop(dir);
        fs::write(data.join("record.sqlite3-shm"), "").unwrap();
        fs::write(at("madoguchi.toml"), text).unwrap();
        let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_madoguchictl"));
        command.arg("--config").arg(at("madoguchi.toml"));
        if !is_own_home {
            command.arg("--data-dir").arg(&data);
        }
        let done = command
            .args(["record", "accept"])
            .env(
                "HOME",
                if is_own_home {
                    home.path().to_owned()
                } else {
                    at("root")
                },
            )
            .env("XDG_CONFIG_HOME", at("elsewhere"))
            .env_remove("XDG_STATE_HOME")
            .env_remove("DBUS_SESSION_BUS_ADDRESS")
            .output()
            .unwrap();
        assert!(done.status.success(), "{done:?}");
        let folder = at(expected);
        let is_there = folder.is_dir() && fs::read_dir(folder).unwrap().next().is_some();
        assert!(is_there, "{expected}: {done:?}");
    };
    check(&kiosk, true, ".config/madoguchi");
    check(&kiosk, false, ".config/madoguchi");
    check(&sample(), true, "elsewhere/madoguchi");
    check(&sample(), false, ".config/madoguchi");
    check("not readable", true, ".config/madoguchi");
}
