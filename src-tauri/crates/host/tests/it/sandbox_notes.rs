use std::fs;
use std::path::Path;

use host::sandbox_notes::forget_ended;

/// No process has this id: it is past what Linux hands out.
const NOBODY: u32 = 1 << 30;

fn note(folder: &Path, name: &str, text: &str) {
    let folder = folder.join(".flatpak").join(name);
    fs::create_dir_all(&folder).unwrap();
    fs::write(folder.join("bwrapinfo.json"), text).unwrap();
}

#[test]
fn notes_of_processes_that_ended_go_and_no_others_f25() {
    let own = std::process::id();
    let parent = std::os::unix::process::parent_id();
    let of = |child: u32| format!("{{\"child-pid\": {child}, \"mnt-namespace\": 1}}");
    let session = tempfile::tempdir().unwrap();
    assert_eq!(forget_ended(session.path()), 0, "there is no such folder");
    for (name, text, stays) in [
        (format!("webkit-{own}-1"), of(NOBODY), false),
        (format!("webkit-{own}-2"), of(own), true),
        (format!("webkit-{own}-3"), String::new(), true),
        (format!("webkit-{NOBODY}-1"), of(NOBODY), false),
        (format!("webkit-{NOBODY}-2"), String::new(), false),
        // Another program's, which runs.
        (format!("webkit-{parent}-1"), of(NOBODY), true),
        ("webkit-".to_owned(), of(NOBODY), true),
        ("org.example.App".to_owned(), of(NOBODY), true),
    ] {
        note(session.path(), &name, &text);
        let gone = forget_ended(session.path());
        let there = session.path().join(".flatpak").join(&name).exists();
        assert_eq!((gone, there), (usize::from(!stays), stays), "{name}");
    }
}
