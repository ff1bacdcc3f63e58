//! The short form of every trial, as the program holds it.
use std::process::Command;

/// I1 to I5, F16: whole stations are killed, robbed of their record, and put on disks that fail. The program's first line
/// is the seed, which `cargo xtask soak --short --seed` takes.
#[test]
fn whole_stations_keep_their_promises_whatever_befalls_them() {
    let folder = tempfile::tempdir().unwrap();
    let json = folder.path().join("figures.json");
    let ended = Command::new(env!("CARGO_BIN_EXE_soak"))
        .args(["--short", "--json"])
        .arg(&json)
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&ended.stdout);
    assert!(ended.status.success(), "{said}");
    let figures: serde_json::Value =
        serde_json::from_str(&std::fs::read_to_string(&json).unwrap()).unwrap();
    let names: Vec<&str> = figures
        .as_array()
        .unwrap()
        .iter()
        .map(|figure| figure["name"].as_str().unwrap())
        .collect();
    for trial in ["kill/I1", "record/I5", "writes/I5", "visits/ended"] {
        assert!(names.contains(&trial), "{trial} was not held: {names:?}");
    }
}
