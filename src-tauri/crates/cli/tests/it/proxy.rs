//! `proxy store`, `mail store` and what forgets both, and the key that goes with a proxy. No store is touched: what is
//! refused is refused before.

use std::io::Write;
use std::process::{Command, Output, Stdio};

use crate::{check_text, run, sample};

/// `proxy store` or `mail store` with this on its standard input.
fn store(whom: &str, lines: &str) -> (Option<i32>, String) {
    let mut child = Command::new(env!("CARGO_BIN_EXE_madoguchictl"))
        .args([whom, "store"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut input = child.stdin.take().unwrap();
    input.write_all(lines.as_bytes()).unwrap();
    drop(input);
    let Output {
        status,
        stdout,
        stderr,
    } = child.wait_with_output().unwrap();
    let said = [stdout, stderr].concat();
    (status.code(), String::from_utf8(said).unwrap())
}

#[test]
fn what_no_proxy_can_be_told_is_not_kept_and_never_said_again() {
    for lines in [
        "",
        "counter-name\n",
        "\nSecret-word-7\n",
        "counter:name\nSecret-word-7\n",
        "counter\u{7}name\nSecret-word-7\n",
        "counter-name\nSecret-word-7\u{1b}[2J\n",
    ] {
        let (code, said) = store("proxy", lines);
        assert_eq!(code, Some(6), "{lines:?}: {said}");
        assert!(
            said.contains("nothing was changed: a name without a colon"),
            "{said}"
        );
        assert!(
            !said.contains("Secret") && !said.contains("counter"),
            "{said}"
        );
    }
}

#[test]
fn what_no_relay_can_be_told_is_not_kept_and_never_said_again_n20() {
    for lines in [
        "",
        "counter-name\n",
        "\nSecret-word-7\n",
        "counter\u{7}name\nSecret-word-7\n",
        "counter-name\nSecret-word-7\u{0}\n",
    ] {
        let (code, said) = store("mail", lines);
        assert_eq!(code, Some(6), "{lines:?}: {said}");
        let told = "nothing was changed: a name and a password are needed";
        assert!(said.contains(told), "{said}");
        assert!(
            !said.contains("Secret") && !said.contains("counter"),
            "{said}"
        );
    }
}

/// Whoever lists the processes of a machine reads their arguments.
#[test]
fn neither_is_taken_as_an_argument() {
    let wrong: [&[&str]; 6] = [
        &["mail", "store", "name"],
        &["mail", "store", "--password", "word"],
        &["mail"],
        &["proxy", "store", "name"],
        &["proxy", "store", "--password", "word"],
        &["proxy"],
    ];
    for arguments in wrong {
        assert_eq!(run(arguments).code, Some(2), "{arguments:?}");
    }
}

#[test]
fn a_proxy_that_is_told_something_is_named() {
    let network = |lines: &str| sample().replace("[network]", &format!("[network]\n{lines}"));
    let alone = check_text(network("proxy_credentials = \"store\"").as_bytes());
    assert_eq!(alone.code, Some(9));
    let says = "network.proxy_credentials: only allowed beside network.proxy";
    assert!(alone.err.contains(says), "{}", alone.err);
    let typed = check_text(network("proxy_credentials = \"user:word\"").as_bytes());
    assert_eq!(typed.code, Some(9));
    for right in ["store", "none"] {
        let lines = format!("proxy = \"http://p.example:8080\"\nproxy_credentials = \"{right}\"");
        let said = check_text(network(&lines).as_bytes());
        assert_eq!((said.code, said.err.as_str()), (Some(0), ""), "{right}");
    }
}
