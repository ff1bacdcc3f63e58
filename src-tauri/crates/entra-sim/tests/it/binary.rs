//! The program `entra-sim`.

use std::io::{BufRead, BufReader, Read};
use std::process::{Child, ChildStdout, Command, Stdio};

use contract::Contract;
use entra_sim::{Exchange, Info};
use url::Url;

use crate::http::HttpRequest;

/// The program with its line read; ended by its own id should a test fail.
struct Program {
    child: Child,
    info: Info,
    out: BufReader<ChildStdout>,
}

impl Program {
    fn serve(arguments: &[&str]) -> Self {
        let mut child = command(arguments)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("it starts");
        let mut out = BufReader::new(child.stdout.take().unwrap());
        let mut line = String::new();
        out.read_line(&mut line).unwrap();
        let info =
            serde_json::from_str(&line).unwrap_or_else(|problem| panic!("{problem}: {line}"));
        Self { child, info, out }
    }

    /// Its end: it says nothing more, ends well and leaves no file.
    fn check_end(&mut self) {
        let mut more = String::new();
        self.out.read_to_string(&mut more).unwrap();
        assert_eq!(
            (more.as_str(), self.child.wait().unwrap().code()),
            ("", Some(0))
        );
        assert!(
            !std::path::Path::new(&self.info.ca_file).exists(),
            "the CA file is removed"
        );
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn command(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_entra-sim"));
    command.arg("serve").args(arguments);
    command
}

#[tokio::test]
async fn it_prints_one_line_and_serves_until_stdin_closes() {
    let mut program = Program::serve(&["--seed", "7"]);
    let info = program.info.clone();
    let url = format!(
        "{}/v2.0/.well-known/openid-configuration",
        info.authority_https
    );
    let answer = HttpRequest::new("GET", url.clone())
        .trusting(&info.ca_file)
        .send()
        .await;
    // Nobody can look into the program from here, so its answer is held against the contract by hand.
    let exchange = Exchange {
        method: "GET".to_owned(),
        path: Url::parse(&url).unwrap().path().to_owned(),
        status: answer.status,
        answer_headers: answer.headers.clone().into_iter().collect(),
        answer: answer.body.clone(),
        ..Exchange::default()
    };
    let breaches = Contract::of_the_tenant().check(&exchange);
    assert!(breaches.is_empty(), "{breaches:?}");
    let document = answer.json();
    assert_eq!(document["issuer"], format!("{}/v2.0", info.authority_https));
    for page in [&info.phone, &info.test_site] {
        assert_eq!(
            HttpRequest::new("GET", page.clone()).send().await.status,
            200,
            "{page}"
        );
    }
    drop(program.child.stdin.take());
    program.check_end();
}

#[cfg(unix)]
#[test]
fn a_termination_signal_ends_it_well() {
    let mut program = Program::serve(&[]);
    let sent = Command::new("kill")
        .args(["-TERM", &program.child.id().to_string()])
        .status()
        .unwrap();
    assert!(sent.success());
    program.check_end();
}

#[test]
fn what_cannot_be_served_is_said_on_stderr() {
    for (arguments, said) in [
        (["--http", "0.0.0.0:0"], "loopback only"),
        (["--https", "192.0.2.7:0"], "loopback only"),
        (["--profile", "no-such-file.toml"], "no-such-file.toml"),
    ] {
        let output = command(&arguments).stdin(Stdio::null()).output().unwrap();
        let stderr = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(
            !output.status.success() && stderr.contains(said),
            "{stderr}"
        );
        assert!(output.stdout.is_empty());
    }
}
