//! A whole station in a process of its own, that can be killed at any moment.

use std::ffi::OsString;
use std::io::{BufRead, BufReader, Write};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::{Duration, Instant};

use crate::failure::Failure;
use crate::order::{Order, Word};

/// A running station.
pub(crate) struct StationProcess {
    child: Child,
    words: Receiver<Word>,
    /// Everything it has said so far.
    pub(crate) said: Vec<Word>,
}

impl StationProcess {
    /// Starts one and gives it its order.
    ///
    /// # Errors
    /// When no process can be started.
    pub(crate) fn start(order: &Order) -> Result<Self, Failure> {
        Self::start_within(order, &[])
    }

    /// Starts one with these variables in its environment, and gives it its order.
    ///
    /// # Errors
    /// When no process can be started.
    pub(crate) fn start_within(
        order: &Order,
        environment: &[(&str, OsString)],
    ) -> Result<Self, Failure> {
        let mut child = Command::new(std::env::current_exe()?)
            .arg("station")
            .envs(environment.iter().cloned())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()?;
        let mut line = serde_json::to_string(order)?;
        line.push('\n');
        if let Some(stdin) = child.stdin.as_mut() {
            stdin.write_all(line.as_bytes())?;
        }
        let (sender, words) = channel();
        if let Some(stdout) = child.stdout.take() {
            std::thread::spawn(move || {
                for line in BufReader::new(stdout).lines().map_while(Result::ok) {
                    let Ok(word) = serde_json::from_str(&line) else {
                        continue;
                    };
                    if sender.send(word).is_err() {
                        break;
                    }
                }
            });
        }
        Ok(Self {
            child,
            words,
            said: Vec::new(),
        })
    }

    /// Listens until it says something that `wanted` takes, or `limit` is over. False in the latter case, and when it
    /// has ended.
    pub(crate) fn hears(&mut self, limit: Duration, wanted: impl Fn(&Word) -> bool) -> bool {
        let begun = Instant::now();
        loop {
            let left = limit.saturating_sub(begun.elapsed());
            match self.words.recv_timeout(left) {
                Ok(word) => {
                    let is_it = wanted(&word);
                    self.said.push(word);
                    if is_it {
                        return true;
                    }
                }
                Err(RecvTimeoutError::Timeout | RecvTimeoutError::Disconnected) => return false,
            }
        }
    }

    /// `kill -9`, and everything it had said by then.
    pub(crate) fn kill(mut self) -> Vec<Word> {
        self.end();
        while let Ok(word) = self.words.recv() {
            self.said.push(word);
        }
        std::mem::take(&mut self.said)
    }

    /// Asks it to end, as a closed window does, and kills it `after` that.
    pub(crate) fn kill_at_its_end(mut self, after: Duration) -> Vec<Word> {
        drop(self.child.stdin.take());
        self.hears(after, |_| false);
        self.kill()
    }

    fn end(&mut self) {
        // One that has ended by itself cannot be killed.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Drop for StationProcess {
    fn drop(&mut self) {
        self.end();
    }
}

/// What a station's process does: one order from standard input, words to standard output, then it waits to be ended.
///
/// # Errors
/// When there is no order.
pub(crate) fn serve() -> Result<(), Failure> {
    let mut line = String::new();
    std::io::stdin().lock().read_line(&mut line)?;
    let order: Order = serde_json::from_str(&line)?;
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()?;
    let worked = runtime.block_on(crate::operator::work(&order, &mut say));
    if let Err(failure) = &worked {
        say(Word::Failed {
            why: failure.to_string(),
        });
    }
    // Until whoever started it ends it, or is gone.
    std::io::stdin().lock().read_line(&mut line)?;
    if let Ok(station) = worked {
        runtime.block_on(station.finish());
    }
    Ok(())
}

fn say(word: Word) {
    let Ok(line) = serde_json::to_string(&word) else {
        return;
    };
    let mut out = std::io::stdout().lock();
    // Nobody listens any more: the process is about to end.
    let _ = writeln!(out, "{line}").and_then(|()| out.flush());
}
