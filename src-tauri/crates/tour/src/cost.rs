//! `cargo xtask cost`: what it costs the app to overwrite memory when it is freed: the processor's time of its first five
//! seconds, as it is shipped, beside the same program that keeps what it freed.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

use workplace::{Failure, Outcome, Place, app, say, setup};

use crate::beside::{Beside, wait_until};
use crate::site::{Changes, Tenant, configure};
use crate::stage::Display;

#[derive(clap::Args)]
pub(crate) struct Options {
    /// How often each way is started.
    #[arg(long, default_value_t = 10)]
    rounds: usize,
}

/// What becomes of freed memory; the first is what the others are compared with.
const WAYS: [(&str, &str); 4] = [
    ("kept", "nothing is overwritten"),
    ("rust", "what Rust frees is overwritten"),
    ("c", "what C frees is overwritten (perturb)"),
    ("both", "as it is shipped"),
];
/// What the last of them may cost.
const BAR: f64 = 1.05;
const FIRST: Duration = Duration::from_secs(5);
/// One hundredth of a second, as Linux counts.
const TICKS_A_SECOND: f64 = 100.0;

/// Measures and prints. True when the bar holds.
pub(crate) fn run(place: &Place, options: &Options) -> Outcome<bool> {
    setup::everything(place)?;
    app::tenant(place)?;
    let program = app::chosen_memory(place)?;
    let folder = tempfile::Builder::new()
        .prefix("madoguchi-cost")
        .tempdir()?;
    let tenant = Tenant::start(place)?;
    let config = folder.path().join("madoguchi.toml");
    let changes = Changes {
        graph: &tenant.info.graph_https,
        browser: Vec::new(),
        lang: "ja",
        beside: true,
        kiosk: false,
        every_walk: false,
        hand_outs: None,
        after: None,
    };
    configure(place, &tenant.info, &changes, &config)?;
    let display = Display::open_seen((1280, 800), folder.path())?;
    let mut ticks = [0_u64; WAYS.len()];
    // The first start of all reads files that later ones find in memory.
    for round in 0..=options.rounds {
        for number in 0..WAYS.len() {
            // Who goes first changes, so that a machine that slows down favours none.
            let way = (number + round) % WAYS.len();
            let data = folder.path().join(format!("data-{round}-{way}"));
            let start = Start {
                program: &program,
                config: &config,
                display: &display,
            };
            let taken = start.measured(WAYS[way].0, &data)?;
            if round > 0 {
                ticks[way] += taken;
            }
        }
    }
    Ok(told(&ticks, options.rounds))
}

fn told(ticks: &[u64; WAYS.len()], rounds: usize) -> bool {
    let seconds = |ticks: u64| ticks as f64 / TICKS_A_SECOND / rounds as f64;
    let mut holds = true;
    for ((_, words), own) in WAYS.iter().zip(ticks) {
        let ratio = *own as f64 / ticks[0] as f64;
        say!("  {:.3} s, {ratio:.3}: {words}", seconds(*own));
        holds = ratio <= BAR;
    }
    say!(
        "  bar of the last: {BAR}, {}",
        if holds { "holds" } else { "MISSED" }
    );
    holds
}

/// One start of the app.
struct Start<'a> {
    program: &'a PathBuf,
    config: &'a Path,
    display: &'a Display,
}

impl Start<'_> {
    /// The processor's time of the app's own process in its first seconds, in the system's ticks.
    fn measured(&self, memory: &str, data: &Path) -> Outcome<u64> {
        let log = data.with_extension("log");
        let mut command = Command::new(self.program);
        command
            .arg("--config")
            .arg(self.config)
            .arg("--data-dir")
            .arg(data)
            .env("NO_COLOR", "1")
            .env("MADOGUCHI_MEMORY", memory)
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(fs::File::create(&log)?);
        self.display.set(&mut command);
        let mut app = Beside::start("the app", &mut command)?;
        wait_until(FIRST, || None::<()>);
        let stat = fs::read_to_string(format!("/proc/{}/stat", app.child().id()))?;
        let said = fs::read_to_string(&log).unwrap_or_default();
        if !said.contains("page is there") {
            return Err(Failure::new(format!(
                "the page was not there in time\n{said}"
            )));
        }
        ticks(&stat).ok_or_else(|| Failure::new("the system does not say what the app took"))
    }
}

/// Own and system's time in a line like `12 (name) S 1 …`.
fn ticks(stat: &str) -> Option<u64> {
    let (_, rest) = stat.rsplit_once(") ")?;
    let mut words = rest.split(' ').skip(11);
    let own: u64 = words.next()?.parse().ok()?;
    let system: u64 = words.next()?.parse().ok()?;
    Some(own + system)
}

#[cfg(test)]
mod tests {
    use super::ticks;

    #[test]
    fn both_times_are_read() {
        let stat = "7 (a) b) S 1 7 7 0 -1 4194560 900 0 3 0 41 9 5 6 20 0 14";
        assert_eq!(ticks(stat), Some(50));
        assert_eq!(ticks("7 (a) S 1"), None);
    }
}
