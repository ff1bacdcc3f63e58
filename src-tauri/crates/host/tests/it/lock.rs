//! F18: one process per data directory, and no stale lock.

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::Stdio;

use host::lock::{LockError, hold};

use crate::again;

#[test]
fn f18_a_second_process_is_refused_until_the_first_is_gone() {
    if let Some(task) = again::task() {
        return hold_until_killed(Path::new(&task));
    }
    let dir = tempfile::tempdir().unwrap();
    let data_dir = dir.path().join("a/b");
    let name = "lock::f18_a_second_process_is_refused_until_the_first_is_gone";
    let mut first = again::command(name, data_dir.to_str().unwrap())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(first.stdout.take().unwrap()).lines();
    assert!(lines.any(|line| line.unwrap().contains("held")));

    assert!(matches!(hold(&data_dir), Err(LockError::Taken)));
    first.kill().unwrap();
    first.wait().unwrap();
    let held = hold(&data_dir).unwrap();
    assert!(
        matches!(hold(&data_dir), Err(LockError::Taken)),
        "in the same process too"
    );
    drop(held);
    drop(hold(&data_dir).unwrap());
}

fn hold_until_killed(data_dir: &Path) {
    let _held = hold(data_dir).unwrap();
    std::io::Write::write_all(&mut std::io::stdout().lock(), b"held\n").unwrap();
    // Ends by itself if nobody kills it: the input closes with the parent.
    std::io::stdin().lines().for_each(drop);
}

/// F18: the lock's file may be removed by anybody who may write to the folder; the lock is not gone with it.
#[cfg(unix)]
#[test]
fn f18_a_lock_whose_file_was_removed_still_holds() {
    let dir = tempfile::tempdir().unwrap();
    let held = hold(dir.path()).unwrap();
    std::fs::remove_file(dir.path().join("lock")).unwrap();
    assert!(matches!(hold(dir.path()), Err(LockError::Taken)));
    drop(held);
    drop(hold(dir.path()).unwrap());
}

#[test]
fn a_directory_that_cannot_be_made_is_an_error() {
    let file = tempfile::NamedTempFile::new().unwrap();
    assert!(matches!(
        hold(&file.path().join("x")),
        Err(LockError::Directory(_))
    ));
}

/// T5: a data directory that is made here is the current user's alone.
#[cfg(unix)]
#[test]
fn t5_the_data_directory_is_private() {
    use std::os::unix::fs::PermissionsExt;
    let dir = tempfile::tempdir().unwrap();
    let data_dir = dir.path().join("data");
    let _held = hold(&data_dir).unwrap();
    assert_eq!(
        data_dir.metadata().unwrap().permissions().mode() & 0o777,
        0o700
    );
}

/// T5, T7: a folder that was open to others is closed to them, and one of somebody else is not used.
#[cfg(unix)]
#[test]
fn t5_a_data_directory_that_others_may_enter_is_closed_or_refused() {
    use std::os::unix::fs::{PermissionsExt, chown};
    use std::os::unix::process::CommandExt;
    const ANOTHER: u32 = 65_534;
    if let Some(task) = again::task() {
        return assert!(matches!(hold(Path::new(&task)), Err(LockError::Shared)));
    }
    let dir = tempfile::tempdir_in("/tmp").unwrap();
    let mode = |mode: u32| {
        let permissions = std::fs::Permissions::from_mode(mode);
        std::fs::set_permissions(dir.path(), permissions).unwrap();
    };
    for bits in [0o777, 0o770, 0o755, 0o1777, 0o701] {
        mode(bits);
        drop(hold(dir.path()).unwrap());
        let now = dir.path().metadata().unwrap().permissions().mode();
        assert_eq!(now & 0o777, 0o700, "{bits:o}");
    }
    // Only an administrator can give a folder away, or be somebody else.
    if chown(dir.path(), Some(4_321), None).is_err() {
        return;
    }
    drop(hold(dir.path()).unwrap());
    mode(0o777);
    let test = "lock::t5_a_data_directory_that_others_may_enter_is_closed_or_refused";
    // The program itself may lie where nobody else is let in.
    let copy = dir.path().join("program");
    std::fs::copy(std::env::current_exe().unwrap(), &copy).unwrap();
    let mut command = again::command_of(&copy, test, dir.path().to_str().unwrap());
    command.uid(ANOTHER).gid(ANOTHER);
    command.current_dir(dir.path());
    again::run(command);
}
