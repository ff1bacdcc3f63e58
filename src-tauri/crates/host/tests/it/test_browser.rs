//! The browser for one sign-in leaves nothing.
#![cfg(unix)]

use std::time::{Duration, Instant};

use host::browser::BrowserError;
use host::test_browser::open;

fn shell(script: &str) -> Vec<String> {
    ["/bin/sh", "-c", script, "sh", "{profile}", "{url}"]
        .map(str::to_owned)
        .to_vec()
}

fn until(what: &str, seen: impl Fn() -> bool) {
    let began = Instant::now();
    while !seen() {
        assert!(began.elapsed() < Duration::from_secs(20), "{what}");
        std::thread::yield_now();
    }
}

#[test]
fn it_ends_with_everything_it_started_and_its_profile_is_gone() {
    let script = r#"echo "$2" > "$1/address"; sleep 600 & echo $! > "$1/child"; mv "$1/child" "$1/ready"; wait"#;
    let browser = open(Some(&shell(script)), "http://127.0.0.1:9/begin/x").unwrap();
    let profile = browser.profile().unwrap().to_owned();
    let ready = profile.join("ready");
    until("it has not started", || ready.exists());
    let address = std::fs::read_to_string(profile.join("address")).unwrap();
    assert_eq!(address.trim(), "http://127.0.0.1:9/begin/x");
    let child: u32 = std::fs::read_to_string(&ready)
        .unwrap()
        .trim()
        .parse()
        .unwrap();
    let stat = format!("/proc/{child}/stat");
    assert!(std::path::Path::new(&stat).exists() || cfg!(not(target_os = "linux")));
    drop(browser);
    assert!(!profile.exists());
    // Whoever adopts it may take a moment to let it go.
    until("what it started goes on", || {
        std::fs::read_to_string(&stat).map_or(true, |line| line.contains(") Z "))
    });
}

/// A browser is many processes, and each writes until it ends.
#[test]
fn its_profile_goes_though_others_of_it_still_write() {
    let script =
        r#"for i in 1 2 3 4 5 6; do (while :; do : > "$1/$i-$((n += 1))"; done) & done; wait"#;
    let browser = open(Some(&shell(script)), "http://127.0.0.1:9/").unwrap();
    let profile = browser.profile().unwrap().to_owned();
    until("it has not written", || profile.join("6-9").exists());
    drop(browser);
    assert!(!profile.exists());
}

/// The person's session lies in it while the test runs, and a browser may write what everybody can read.
#[test]
fn nobody_else_may_look_into_its_profile_t5() {
    use std::os::unix::fs::PermissionsExt;
    let script = r#"umask 0; : > "$1/cookies"; sleep 600"#;
    let browser = open(Some(&shell(script)), "http://127.0.0.1:9/").unwrap();
    let profile = browser.profile().unwrap();
    until("it has not written", || profile.join("cookies").exists());
    let mode = profile.metadata().unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o700);
}

/// A second test's start sweeps, and leaves the first one's profile where it is.
#[test]
fn the_profile_of_a_station_that_lives_is_spared() {
    let browser = open(Some(&shell("sleep 600")), "http://127.0.0.1:9/").unwrap();
    let other = open(Some(&shell("sleep 600")), "http://127.0.0.1:9/").unwrap();
    assert!(browser.profile().unwrap().exists());
    drop(other);
}

#[test]
fn one_that_has_ended_by_itself_leaves_nothing_either() {
    let browser = open(Some(&shell("exit 0")), "http://127.0.0.1:9/").unwrap();
    let profile = browser.profile().unwrap().to_owned();
    drop(browser);
    assert!(!profile.exists());
}

#[test]
fn what_cannot_be_started_is_said() {
    let none = open(Some(&[]), "http://127.0.0.1:9/");
    assert!(matches!(none, Err(BrowserError::NoCommand)));
    let odd = open(None, "file:///etc/passwd");
    assert!(matches!(odd, Err(BrowserError::Address)));
    let gone = open(
        Some(&["/nowhere/browser".to_owned()]),
        "http://127.0.0.1:9/",
    );
    assert!(matches!(gone, Err(BrowserError::Start(_))));
}

/// A process that waits, with this among its words.
#[cfg(target_os = "linux")]
fn waits_with(word: &str) -> std::process::Child {
    let process = std::process::Command::new("/bin/sh")
        .args(["-c", "read never", "sh", word])
        .stdin(std::process::Stdio::piped())
        .spawn()
        .unwrap();
    // A program that has just begun shows its words a moment later.
    let words = format!("/proc/{}/cmdline", process.id());
    until("the words of a process are there", || {
        std::fs::read_to_string(&words).is_ok_and(|words| words.contains(word))
    });
    process
}

/// The number of a process that has ended.
#[cfg(target_os = "linux")]
fn dead() -> u32 {
    let mut ended = std::process::Command::new("/bin/true").spawn().unwrap();
    ended.wait().unwrap();
    ended.id()
}

/// A killed station leaves its browser and the browser's profile; the next one ends and removes them.
#[cfg(target_os = "linux")]
#[test]
fn what_a_killed_station_left_is_ended_and_swept() {
    let dead = dead();
    let at = |rest: &str| std::env::temp_dir().join(format!("madoguchi-sign-in-test-{rest}"));
    let left = at(&format!("{dead}-left"));
    // This process has the number that the station had: it began at another moment.
    let number_again = at(&format!("{}-1-left", std::process::id()));
    let living = at(&format!("{}-own", std::process::id()));
    let by_hand = at("by-hand");
    let all = [&left, &number_again, &living, &by_hand];
    all.iter()
        .for_each(|path| std::fs::create_dir(path).unwrap());
    let (left_at, living_at) = (left.display(), living.display());
    let mut processes = [
        waits_with(&format!("--user-data-dir={left_at}")),
        waits_with(&format!("{left_at}/Default")),
        // As Chromium writes its words anew: one, with blanks between.
        waits_with(&format!(
            "chromium --user-data-dir={left_at} --app=http://127.0.0.1:9/"
        )),
        waits_with(&format!("{left_at}2")),
        waits_with(&format!("chromium --user-data-dir={left_at}2 --incognito")),
        waits_with(&format!("--user-data-dir={living_at}")),
    ];
    host::left_behind::sweep();
    let there = all.map(|path| path.exists());
    let goes_on = processes
        .each_mut()
        .map(|process| process.try_wait().unwrap().is_none());
    for process in &mut processes {
        process.kill().unwrap();
        process.wait().unwrap();
    }
    all.iter().for_each(|path| drop(std::fs::remove_dir(path)));
    assert_eq!(there, [false, false, true, true]);
    assert_eq!(goes_on, [false, false, false, true, true, true]);
}

/// It leaves a hand-out on its way as well, and what the windows of a failed start kept: removed once no program names
/// it any more, and one that does, however it writes the path, goes on.
#[cfg(target_os = "linux")]
#[test]
fn what_a_killed_station_printed_is_swept_once_it_is_printed() {
    let dead = dead();
    let at = |name: String| std::env::temp_dir().join(name);
    let gone = ["hand-out", "apart"].map(|kind| at(format!("madoguchi-{kind}-{dead}-1-left")));
    let used = [1, 2, 3].map(|way| at(format!("madoguchi-hand-out-{dead}-1-way-{way}")));
    let own = [host::left_behind::hand_out(), host::left_behind::apart()];
    let own = own.map(|begins| at(format!("{begins}own")));
    let [plain, quoted, address] = used.each_ref().map(|folder| folder.display());
    // Tests beside this one sweep the same folder: nothing is there before its printer is.
    let mut printers = [
        waits_with(&format!("{plain}/hand-out.pdf")),
        waits_with(&format!("lp '{quoted}/hand-out.pdf'")),
        waits_with(&format!("file://{address}/hand-out.pdf")),
    ];
    for folder in gone.iter().chain(&used).chain(&own) {
        std::fs::create_dir(folder).unwrap();
        drop(std::fs::write(folder.join("hand-out.pdf"), "paper"));
    }
    let there = |all: &[std::path::PathBuf]| all.iter().filter(|path| path.exists()).count();
    host::left_behind::sweep();
    let first = (there(&gone), there(&used), there(&own));
    for printer in &mut printers {
        assert!(printer.try_wait().unwrap().is_none(), "it goes on");
        printer.kill().unwrap();
        printer.wait().unwrap();
    }
    host::left_behind::sweep();
    let then = (there(&gone), there(&used), there(&own));
    own.iter()
        .for_each(|path| drop(std::fs::remove_dir_all(path)));
    assert_eq!((first, then), ((0, 3, 2), (0, 0, 2)));
}
