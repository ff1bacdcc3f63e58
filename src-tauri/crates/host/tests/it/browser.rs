use std::process::{Command, Stdio};

use host::browser::{BrowserError, open};

#[test]
fn only_plain_web_addresses_are_opened() {
    let command = ["this-program-does-not-exist".to_owned()];
    let check = |url: &str, is_opened: bool| match open(Some(&command), url) {
        Err(BrowserError::Address) => assert!(!is_opened, "{url}"),
        Err(BrowserError::Start(_)) => assert!(is_opened, "{url}"),
        other => panic!("{url}: {other:?}"),
    };
    check("https://login.microsoftonline.com/x?y=z", true);
    check("http://127.0.0.1:8080/", true);
    check("http://localhost/", true);
    check("file:///etc/passwd", false);
    check("javascript:alert(1)", false);
    check("ms-settings:", false);
    check("https://user@example.test/", false);
    check("https://user:word@example.test/", false);
    check("https://", false);
    check("--help", false);
    check("", false);
}

#[test]
fn an_empty_command_is_an_error() {
    assert!(matches!(
        open(Some(&[]), "https://example.test/"),
        Err(BrowserError::NoCommand)
    ));
}

/// No shell takes part: what a shell would act on arrives as it is, in one argument.
#[cfg(unix)]
#[test]
fn the_address_arrives_as_one_argument() {
    let url = "https://example.test/a?b=1&c=$(id)'\"`;d=%20 e#f";
    let normal = "https://example.test/a?b=1&c=$(id)%27%22`;d=%20%20e#f";
    let check = |arguments: &[&str], expected: &[&str]| {
        let dir = tempfile::tempdir().unwrap();
        let (script, pipe) = (dir.path().join("a browser"), dir.path().join("pipe"));
        let made = Command::new("mkfifo").arg(&pipe).status().unwrap();
        assert!(made.success());
        std::fs::write(
            &script,
            "printf '%s\\n' \"$@\" > \"$(dirname \"$0\")/pipe\"\n",
        )
        .unwrap();
        let mut command = vec!["sh".to_owned(), script.to_str().unwrap().to_owned()];
        command.extend(arguments.iter().map(|&argument| argument.to_owned()));
        open(Some(&command), url).unwrap();
        let found = std::fs::read_to_string(&pipe).unwrap();
        assert_eq!(found.lines().collect::<Vec<_>>(), expected);
    };
    check(&[], &[normal]);
    check(&["--private window"], &["--private window", normal]);
    check(
        &["--url={url}", "--last"],
        &[&format!("--url={normal}"), "--last"],
    );
    check(&["{url}", "$HOME", "*"], &[normal, "$HOME", "*"]);
}

/// What was started is waited for, so that no zombie is left of it.
#[cfg(target_os = "linux")]
#[test]
fn the_browser_leaves_no_zombie() {
    if crate::again::task().is_none() {
        let name = "browser::the_browser_leaves_no_zombie";
        crate::again::run(crate::again::command(name, "open"));
        return;
    }
    let mut seen = Command::new("cat").stdin(Stdio::piped()).spawn().unwrap();
    assert_eq!(children(), [seen.id().to_string()], "a child is seen");
    drop(seen.stdin.take());
    seen.wait().unwrap();
    for _ in 0..5 {
        open(Some(&["true".to_owned()]), "https://example.test/").unwrap();
    }
    let start = std::time::Instant::now();
    while !children().is_empty() {
        assert!(
            start.elapsed().as_secs() < 10,
            "left behind: {:?}",
            children()
        );
        std::thread::yield_now();
    }
}

/// The processes this one has started and not waited for.
#[cfg(target_os = "linux")]
fn children() -> Vec<String> {
    std::fs::read_dir("/proc/self/task")
        .unwrap()
        .filter_map(|task| std::fs::read_to_string(task.unwrap().path().join("children")).ok())
        .flat_map(|children| {
            children
                .split_whitespace()
                .map(str::to_owned)
                .collect::<Vec<_>>()
        })
        .collect()
}
