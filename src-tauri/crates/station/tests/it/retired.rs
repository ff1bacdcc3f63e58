//! A password that was taken out of use is looked for in all that a station holds and leaves which set it: its memory, its
//! files, what it printed, what its windows were given. The station is in a process of its own, because the tenant beside
//! it knows every password.
#![cfg(target_os = "linux")]

use std::os::unix::fs::FileExt;
use std::path::Path;
use std::process::{Child, Command};
use std::time::{Duration, Instant};

use entra_sim::{Case, Info};
use onboarding::PasswordFate;
use serde::{Deserialize, Serialize};
use test_station::{Tenant, Visitor};

use crate::after_registration::{configured, counter_at};
use crate::changing::PATCH;

/// The folder of the process that the test below starts.
const FOLDER: &str = "MADOGUCHI_TEST_FOLDER";
const ORDER: &str = "order.json";
const DONE: &str = "done";
const END: &str = "end";
const LIMIT: Duration = Duration::from_secs(300);
const LOOK: Duration = Duration::from_millis(50);
const PIECE: usize = 1 << 20;

#[derive(Serialize, Deserialize)]
struct Order {
    info: Info,
    config: String,
}

/// It ends with the test, however that ends.
struct Process(Child);

impl Drop for Process {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// S44, T1: the person's old password, which the test's browser holds, is found; the new one nowhere.
#[tokio::test(flavor = "multi_thread")]
async fn s44_a_retired_password_is_nowhere_in_the_station_that_set_it() {
    if std::env::var_os(FOLDER).is_some() {
        return;
    }
    let tenant = Tenant::start().await;
    let config = configured(&tenant, &PATCH, None, "").await;
    let planted = password(&tenant).await;
    let folder = tempfile::tempdir().unwrap();
    let info = tenant.info().clone();
    let order = serde_json::to_string(&Order { info, config }).unwrap();
    std::fs::write(folder.path().join(ORDER), order).unwrap();
    let log = std::fs::File::create(folder.path().join("log")).unwrap();
    let process = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "--nocapture", "retired::in_a_process_of_its_own"])
        .env(FOLDER, folder.path())
        .env("TMPDIR", folder.path())
        .stdout(log.try_clone().unwrap())
        .stderr(log)
        .spawn()
        .unwrap();
    let mut process = Process(process);
    let done = folder.path().join(DONE);
    there(&done, || process.0.try_wait().unwrap().is_none()).await;
    let retired = password(&tenant).await;
    assert_ne!(planted, retired);
    let id = process.0.id();
    assert!(in_memory(id, &planted) > 0, "what is planted is not found");
    assert_eq!(in_memory(id, &retired), 0, "the new password is in memory");
    let wide = |text: &str| text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let wide: Vec<u8> = wide(&retired);
    assert_eq!(copies(id, &wide), 0, "the same, two bytes a character");
    assert!(in_files(folder.path(), &tenant.info().tenant_id) > 0);
    assert_eq!(in_files(folder.path(), &retired), 0, "it is in a file");
    std::fs::write(folder.path().join(END), "").unwrap();
}

/// Does nothing but in the process that the test above starts.
#[tokio::test(flavor = "multi_thread")]
async fn in_a_process_of_its_own() {
    let Some(folder) = std::env::var_os(FOLDER) else {
        return;
    };
    let folder = Path::new(&folder);
    let order = std::fs::read_to_string(folder.join(ORDER)).unwrap();
    let order: Order = serde_json::from_str(&order).unwrap();
    let tenant = Tenant::elsewhere(order.info);
    let (counter, _) = counter_at(tenant, order.config, &PATCH, Visitor::Approves).await;
    counter.pressed(Case::Plain).await;
    assert!(matches!(counter.fate().await, PasswordFate::Changed { .. }));
    counter.recorded("password_changed").await;
    let views = (
        counter.station.operator_view().await.unwrap(),
        counter.station.person_view(None).await.unwrap(),
    );
    let views = serde_json::to_string(&views).unwrap();
    std::fs::write(folder.join("views.json"), views).unwrap();
    std::fs::write(folder.join(DONE), "").unwrap();
    there(&folder.join(END), || true).await;
}

async fn password(tenant: &Tenant) -> String {
    let (upn, _) = tenant.person(PATCH.person);
    let state = tenant.state().await;
    let users = state["users"].as_array().unwrap();
    let user = users.iter().find(|user| user["upn"] == upn.as_str());
    user.unwrap()["password"].as_str().unwrap().to_owned()
}

/// Waits for a file.
async fn there(file: &Path, mut goes_on: impl FnMut() -> bool) {
    let started = Instant::now();
    let mut looks = tokio::time::interval(LOOK);
    while !file.exists() {
        assert!(goes_on(), "the station ended");
        assert!(started.elapsed() < LIMIT, "no {}", file.display());
        looks.tick().await;
    }
}

fn in_memory(id: u32, text: &str) -> usize {
    copies(id, text.as_bytes())
}

/// How often this stands in the memory that the process may write to.
fn copies(id: u32, wanted: &[u8]) -> usize {
    let maps = std::fs::read_to_string(format!("/proc/{id}/maps")).unwrap();
    let memory = std::fs::File::open(format!("/proc/{id}/mem")).unwrap();
    let mut piece = vec![0_u8; PIECE];
    let zeroes = vec![0_u8; PIECE];
    let mut found = 0;
    for line in maps.lines().filter(|line| line.contains(" rw")) {
        let (start, rest) = line.split_once('-').unwrap();
        let mut at = u64::from_str_radix(start, 16).unwrap();
        let end = u64::from_str_radix(rest.split(' ').next().unwrap(), 16).unwrap();
        while at < end {
            let size = usize::try_from(end - at).unwrap().min(PIECE);
            let Ok(read @ 1..) = memory.read_at(&mut piece[..size], at) else {
                break;
            };
            // Most of a stack is zeroes.
            if piece[..read] != zeroes[..read] {
                found += standing(&piece[..read], wanted);
            }
            // What lies across the border is met with the next piece.
            let next = read.saturating_sub(wanted.len() - 1).max(1);
            at += if at + read as u64 >= end { read } else { next } as u64;
        }
    }
    found
}

fn standing(bytes: &[u8], wanted: &[u8]) -> usize {
    let (first, rest) = wanted.split_first().unwrap();
    let mut found = 0;
    let mut from = 0;
    while let Some(at) = bytes[from..].iter().position(|byte| byte == first) {
        from += at + 1;
        found += usize::from(bytes[from..].starts_with(rest));
    }
    found
}

/// In how many files below the folder this stands.
fn in_files(folder: &Path, wanted: &str) -> usize {
    let mut found = 0;
    for entry in std::fs::read_dir(folder).unwrap().map(Result::unwrap) {
        let path = entry.path();
        if path.is_dir() {
            found += in_files(&path, wanted);
        } else if let Ok(bytes) = std::fs::read(&path) {
            found += usize::from(standing(&bytes, wanted.as_bytes()) > 0);
        }
    }
    found
}
