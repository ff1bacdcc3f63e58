//! The page's types are written from the machine's.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use onboarding::{
    HandOut, OperatorAction, OperatorView, PersonAction, PersonView, StartProblem, TroubleView,
};
use ts_rs::{Config, TS};

#[test]
fn the_pages_types_are_current() {
    let kept = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../ui/src/bindings");
    let fresh = kept.with_file_name(format!("bindings.fresh.{}", std::process::id()));
    let config = Config::new().with_large_int("number").with_out_dir(&fresh);
    HandOut::export_all(&config).unwrap();
    OperatorAction::export_all(&config).unwrap();
    OperatorView::export_all(&config).unwrap();
    PersonAction::export_all(&config).unwrap();
    PersonView::export_all(&config).unwrap();
    StartProblem::export_all(&config).unwrap();
    TroubleView::export_all(&config).unwrap();
    let (new, old) = (texts(&fresh), texts(&kept));
    let same = new == old;
    if !same {
        let _ = std::fs::remove_dir_all(&kept);
        std::fs::rename(&fresh, &kept).unwrap();
    } else {
        std::fs::remove_dir_all(&fresh).unwrap();
    }
    assert!(
        same,
        "ui/src/bindings was out of date and has been written anew: look at the change, then run again"
    );
}

fn texts(folder: &Path) -> BTreeMap<PathBuf, String> {
    let Ok(entries) = std::fs::read_dir(folder) else {
        return BTreeMap::new();
    };
    entries
        .map(|entry| entry.unwrap().path())
        .map(|path| {
            (
                PathBuf::from(path.file_name().unwrap()),
                std::fs::read_to_string(&path).unwrap(),
            )
        })
        .collect()
}
