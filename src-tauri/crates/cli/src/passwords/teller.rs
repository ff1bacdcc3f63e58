//! What a run says, as lines for people or as JSON.

use std::io::{self, IsTerminal, Write};

use audit::harmless;
use password_job::{Line, Listener, Summary};

const BAR: usize = 30;

/// Says what comes of it: lines to standard output, a bar and what to look at to standard error.
pub(super) struct Teller {
    json: bool,
    bar: bool,
    /// What went wrong with the output first; the job goes on, for it has begun.
    pub(super) fault: Option<io::Error>,
    /// The browser for who signs in, as an argument vector; none is the system's.
    pub(super) browser: Option<Vec<String>>,
}

impl Teller {
    pub(super) fn new(json: bool) -> Self {
        Self {
            browser: None,
            json,
            bar: io::stderr().is_terminal(),
            fault: None,
        }
    }

    fn put(&mut self, text: &str) {
        let written = writeln!(io::stdout().lock(), "{text}");
        if let Err(error) = written {
            self.fault.get_or_insert(error);
        }
    }

    fn tell(&mut self, text: &str) {
        let written = write!(io::stderr().lock(), "{text}").and_then(|()| io::stderr().flush());
        if let Err(error) = written {
            self.fault.get_or_insert(error);
        }
    }

    fn clear_bar(&mut self) {
        if self.bar {
            self.tell("\r\x1b[K");
        }
    }
}

impl Listener for Teller {
    fn line(&mut self, line: &Line) {
        self.clear_bar();
        if self.json {
            match serde_json::to_string(line) {
                Ok(text) => self.put(&text),
                Err(error) => self.fault = Some(error.into()),
            }
            return;
        }
        let time = |time: &Option<String>| time.clone().unwrap_or_else(|| "-".to_owned());
        let text = format!(
            "{:<8} {}  {}  last {}  next {}",
            line.result.word(),
            harmless(&line.upn),
            line.reason,
            time(&line.last_change),
            time(&line.next)
        );
        self.put(&text);
    }

    fn progress(&mut self, done: usize, of: usize) {
        if !self.bar || of == 0 {
            return;
        }
        let full = BAR * done / of;
        let bar = format!("{}{}", "#".repeat(full), ".".repeat(BAR - full));
        let end = if done == of { "\n" } else { "" };
        self.tell(&format!("\r\x1b[K[{bar}] {done}/{of}{end}"));
    }

    fn warning(&mut self, text: &str) {
        let text = format!("careful: {}\n", harmless(text));
        self.clear_bar();
        self.tell(&text);
    }

    fn sign_in(&mut self, address: &str) {
        self.tell(&format!("sign in at {address}\n"));
        if let Err(error) = host::browser::open(self.browser.as_deref(), address) {
            self.tell(&format!("careful: {error}: open that address yourself\n"));
        }
    }

    fn summary(&mut self, summary: &Summary) {
        if self.json {
            match serde_json::to_string(&serde_json::json!({ "summary": summary })) {
                Ok(text) => self.put(&text),
                Err(error) => self.fault = Some(error.into()),
            }
            return;
        }
        let why = summary
            .why
            .as_deref()
            .map_or(String::new(), |why| format!(" ({})", harmless(why)));
        let overdue = summary
            .overdue
            .map_or("unknown how many".to_owned(), |overdue| overdue.to_string());
        let estimate = summary.estimate_s.map_or(String::new(), |seconds| {
            format!(", a run would take about {seconds} s")
        });
        self.put(&format!(
            "{} on the roll, {} due: {} changed, {} skipped, {} failed, {overdue} overdue{why}{estimate}",
            summary.roll,
            summary.due,
            summary.rotated,
            summary.skipped,
            summary.failed
        ));
    }
}
