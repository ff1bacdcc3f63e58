//! `cargo xtask test`: every check there is, going on after a failure so that all are seen.

use std::process::Command;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use clap::ValueEnum;
use workplace::{
    Ended, Failure, Outcome, Place, app, cargo, disk, not_progress, npm, say, setup, stream,
    stream_as,
};

use crate::count::Count;
use crate::{tauri, tidy, tour};

/// What of the checks to run.
#[derive(clap::Args)]
pub(crate) struct Options {
    /// Run only these steps; all of them without this.
    #[arg(long, value_enum, value_delimiter = ',')]
    only: Vec<Step>,
}

/// One step; each counts as one or more tests.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Step {
    /// House rules.
    Tidy,
    /// Formatting of the Rust code.
    Fmt,
    /// Tests of the screens.
    Vitest,
    /// Lints of the Rust code as it is shipped.
    Clippy,
    /// Types of the screens.
    SvelteCheck,
    /// Lints and formatting of the screens.
    UiLint,
    /// What Tauri's own command relies on.
    Tauri,
    /// Lints of `madoguchictl` as a counter's machine gets it, without the password job.
    ClippyCounter,
    /// The pages of `cargo doc`, without a warning.
    Doc,
    /// Lints of the Rust code as the tour uses it.
    ClippyTour,
    /// Unit, integration and journey tests.
    CargoTest,
    /// Pages of the simulated tenant and screens of its phone.
    Pages,
    /// What has the least room on the screens, in the smallest windows and the largest text.
    Fit,
    /// The app as it is shipped, without WebDriver.
    Shipped,
    /// The real window, in Japanese.
    TourJa,
    /// The real window, in English.
    TourEn,
    /// The real window, in the pseudo-language.
    TourPseudo,
    /// What the app leaves in memory, files and selections, as it is shipped.
    Leak,
}

/// What a counter's machine gets of the command. Only the command has default features; beside all others its packages
/// are those that were built already. `cargo xtask package` builds it by itself.
const COUNTER: &[&str] = &["--workspace", "--no-default-features"];
/// So many people are served by the app as it is shipped; `cargo xtask windows --visits 50` is for the figures.
const SHIPPED_VISITS: &str = "5";

/// Sets up, runs the steps and prints the summary. True when nothing failed.
pub(crate) fn run(place: &Place, options: &Options) -> Outcome<bool> {
    let begun = Instant::now();
    if let Some(words) = disk::warning(place) {
        say!("{words}");
    }
    let mut rows: Vec<Row> = Vec::new();
    if let Err(failure) = setup::everything(place) {
        say!("set-up: {failure}");
        say!("0 passed, 1 failed");
        return Ok(false);
    }
    let chosen = |step: &&Step| options.only.is_empty() || options.only.contains(step);
    let steps: Vec<Step> = Step::value_variants()
        .iter()
        .filter(chosen)
        .copied()
        .collect();
    for group in steps.chunk_by(together) {
        rows.extend(beside(place, group));
    }
    let (passed, failed) = rows.iter().fold((0, 0), |(passed, failed), (_, count, _)| {
        (passed + count.passed, failed + count.failed)
    });
    say!("== summary, {} s", begun.elapsed().as_secs());
    for (name, count, took) in &rows {
        let mark = if count.failed == 0 {
            "ok    "
        } else {
            "FAILED"
        };
        say!(
            "  {mark} {:>5} passed {:>3} failed {:>5} s  {name}",
            count.passed,
            count.failed,
            took.as_secs()
        );
    }
    say!("{passed} passed, {failed} failed");
    Ok(failed == 0 && passed > 0)
}

/// A step's name, what it counted and how long it took.
type Row = (&'static str, Count, Duration);

/// Runs these steps, two at a time where there are two cores: none of a group keeps both busy from end to end. A window is
/// waited for, and the last crates of a build are compiled one after the other.
fn beside(place: &Place, group: &[Step]) -> Vec<Row> {
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let next = AtomicUsize::new(0);
    let lane = || {
        let mut rows = Vec::new();
        while let Some(step) = group.get(next.fetch_add(1, Ordering::Relaxed)) {
            rows.push((*step, timed(place, *step)));
        }
        rows
    };
    let mut rows = std::thread::scope(|scope| {
        let lanes: Vec<_> = (0..cores.min(2).min(group.len()))
            .map(|_| scope.spawn(lane))
            .collect();
        lanes
            .into_iter()
            .flat_map(|lane| match lane.join() {
                Ok(rows) => rows,
                Err(panic) => std::panic::resume_unwind(panic),
            })
            .collect::<Vec<_>>()
    });
    rows.sort_by_key(|(step, _)| group.iter().position(|one| one == step));
    rows.into_iter().map(|(_, row)| row).collect()
}

fn together(one: &Step, next: &Step) -> bool {
    one.lane().is_some() && one.lane() == next.lane()
}

fn timed(place: &Place, step: Step) -> Row {
    let name = step.words();
    say!("== {name}");
    let started = Instant::now();
    let count = step.perform(place).unwrap_or_else(|failure| {
        say!("  {failure}");
        Count::one(false)
    });
    (name, count, started.elapsed())
}

impl Step {
    /// Steps of one lane that follow each other may run beside each other: the screens' own beside cargo's, which wait for
    /// each other by cargo's lock, and windows beside windows. What is built for a window stands still while they run: the
    /// app as it is shipped and the tour's lie at the same place.
    fn lane(self) -> Option<&'static str> {
        match self {
            Self::Pages | Self::Fit => Some("pages"),
            Self::TourJa | Self::TourEn | Self::TourPseudo => Some("tours"),
            Self::Vitest
            | Self::Clippy
            | Self::SvelteCheck
            | Self::UiLint
            | Self::Tauri
            | Self::ClippyCounter
            | Self::Doc
            | Self::ClippyTour => Some("sources"),
            Self::Tidy | Self::Fmt | Self::CargoTest | Self::Shipped | Self::Leak => None,
        }
    }

    fn words(self) -> &'static str {
        match self {
            Self::Tidy => "house rules",
            Self::Fmt => "cargo fmt",
            Self::SvelteCheck => "svelte-check",
            Self::Vitest => "tests of the screens",
            Self::UiLint => "lints of the screens",
            Self::Tauri => "what tauri dev and tauri build rely on",
            Self::Clippy => "clippy, as shipped",
            Self::ClippyCounter => "clippy, of the command without the password job",
            Self::Doc => "cargo doc",
            Self::ClippyTour => "clippy, as the tour uses it",
            Self::CargoTest => "unit, integration and journey tests",
            Self::Pages => "pages of the simulated tenant",
            Self::Fit => "what fits the smallest windows",
            Self::Shipped => "the app as it is shipped",
            Self::TourJa => "the real window, ja",
            Self::TourEn => "the real window, en",
            Self::TourPseudo => "the real window, pseudo",
            Self::Leak => "what the app leaves",
        }
    }

    fn perform(self, place: &Place) -> Outcome<Count> {
        match self {
            Self::Tidy => rules(&tidy::checks(place)?),
            Self::Fmt => whole(cargo(place).args(["fmt", "--all", "--check"]), not_progress),
            Self::SvelteCheck => whole(&mut npm(place, &["run", "--silent", "check"]), everything),
            Self::Vitest => vitest(place),
            Self::UiLint => whole(&mut npm(place, &["run", "--silent", "lint"]), everything),
            Self::Tauri => rules(&tauri::checks(place)?),
            Self::Clippy => clippy(place, &["--workspace"]),
            Self::ClippyCounter => clippy(place, COUNTER),
            Self::Doc => doc(place),
            Self::ClippyTour => clippy(place, &["--workspace", "--features", app::TOUR_FEATURES]),
            Self::CargoTest => cargo_test(place),
            // Every page counts as one test.
            Self::Pages => tour::counted_as("pages", place, "pages", &[]),
            // Every screen in every way to read counts as one test.
            Self::Fit => tour::counted_as("fit", place, "fit", &["--short"]),
            Self::Shipped => tour::counted(place, "windows", &["--visits", SHIPPED_VISITS]),
            Self::TourJa => window(place, "ja"),
            Self::TourEn => window(place, "en"),
            Self::TourPseudo => window(place, "pseudo"),
            // Where nobody may look into memory it counts nothing.
            Self::Leak => tour::told(place, "leak", &[]),
        }
    }
}

fn everything(line: &str) -> bool {
    !line.trim().is_empty()
}

/// Lines of a test run that are not one more test that passed.
fn test_line(line: &str) -> bool {
    let passed = line.starts_with("test ") && line.ends_with("... ok");
    let empty = line.starts_with("running ")
        || line.starts_with("test result: ok. 0 passed")
        || line.trim_start().starts_with("Doc-tests ");
    not_progress(line) && !passed && !empty
}

/// A program that is one test by itself.
fn whole(command: &mut Command, show: fn(&str) -> bool) -> Outcome<Count> {
    Ok(Count::one(stream(command, show)?.ok))
}

fn rules(checks: &[tidy::Check]) -> Outcome<Count> {
    tidy::report(checks);
    let failed = checks
        .iter()
        .filter(|check| !check.complaints.is_empty())
        .count();
    Ok(Count {
        passed: checks.len() - failed,
        failed,
    }
    .of_tests())
}

fn clippy(place: &Place, of: &[&str]) -> Outcome<Count> {
    let mut command = cargo(place);
    command.args(["clippy", "--all-targets", "--locked"]);
    command.args(of).args(["--", "-D", "warnings"]);
    whole(&mut command, not_progress)
}

fn doc(place: &Place) -> Outcome<Count> {
    let mut command = cargo(place);
    command
        .args(["doc", "--workspace", "--no-deps", "--locked"])
        .env("RUSTDOCFLAGS", "-D warnings");
    whole(&mut command, doc_line)
}

/// Lines that say more than where the pages are.
fn doc_line(line: &str) -> bool {
    let word = line.split_whitespace().next();
    not_progress(line) && !matches!(word, Some("Documenting" | "Generated" | "Finished"))
}

fn cargo_test(place: &Place) -> Outcome<Count> {
    let mut command = cargo(place);
    command
        .args(["test", "--workspace", "--locked", "--no-fail-fast"])
        .args(["--features", app::TOUR_FEATURES]);
    // A journey waits for its tenant and its clocks more than it works.
    if std::env::var_os("RUST_TEST_THREADS").is_none() {
        let cores = std::thread::available_parallelism().map_or(2, usize::from);
        command.env("RUST_TEST_THREADS", (4 * cores).to_string());
    }
    Ok(cargo_count(&stream(&mut command, test_line)?))
}

/// Adds the closing lines up. An ignored test is a failed one, and so is a run that did not compile.
fn cargo_count(ended: &Ended) -> Count {
    let mut count = Count {
        passed: 0,
        failed: 0,
    };
    for line in &ended.lines {
        let Some(counts) = line.trim().strip_prefix("test result: ") else {
            continue;
        };
        count.passed += before(counts, "passed");
        count.failed += before(counts, "failed") + before(counts, "ignored");
    }
    if !ended.ok && count.failed == 0 {
        count.failed = 1;
    }
    count.of_tests()
}

/// The number in front of a word: 3 in `ok. 3 passed; 0 failed`.
fn before(line: &str, word: &str) -> usize {
    line.split(word)
        .next()
        .filter(|head| head.len() < line.len())
        .and_then(|head| head.split_whitespace().last())
        .and_then(|number| number.parse().ok())
        .unwrap_or(0)
}

fn vitest(place: &Place) -> Outcome<Count> {
    let report = place.target.join("vitest.json");
    drop(std::fs::remove_file(&report));
    let out = format!("--outputFile.json={}", report.display());
    let mut command = Command::new(place.ui().join("node_modules/.bin/vitest"));
    command.current_dir(place.ui()).env("NO_COLOR", "1").args([
        "run",
        "--reporter=default",
        "--reporter=json",
        &out,
    ]);
    let ended = stream_as("screens  ", &mut command, vitest_line)?;
    let report = std::fs::read_to_string(&report)
        .map_err(|error| Failure::new(format!("vitest left no report: {error}")))?;
    Ok(vitest_count(&serde_json::from_str(&report)?, ended.ok))
}

/// Lines that say more than that a test passed, or that jsdom draws nothing.
fn vitest_line(line: &str) -> bool {
    let line = line.trim();
    let passed = line.starts_with('✓');
    let jsdom = line.starts_with("Not implemented:");
    !(line.is_empty() || passed || jsdom)
}

fn vitest_count(report: &serde_json::Value, ok: bool) -> Count {
    let number = |name: &str| {
        report[name]
            .as_u64()
            .and_then(|n| usize::try_from(n).ok())
            .unwrap_or(0)
    };
    let left_out = number("numPendingTests") + number("numTodoTests");
    let mut count = Count {
        passed: number("numPassedTests"),
        failed: number("numFailedTests") + left_out,
    };
    if !ok && count.failed == 0 {
        count.failed = 1;
    }
    count.of_tests()
}

/// One run of the tour with the binaries of the test run, which are built here when it was left out.
fn window(place: &Place, lang: &str) -> Outcome<Count> {
    let mut command = cargo(place);
    command
        .args(["test", "--workspace", "--locked", "--no-run", "--quiet"])
        .args(["--features", app::TOUR_FEATURES]);
    if !stream(&mut command, not_progress)?.ok {
        return Err(Failure::new("the app could not be built"));
    }
    let out = place.target.join("tour").join(lang);
    let out = out.to_string_lossy();
    // A size keeps it off the user's own display.
    let arguments = [
        "--tour",
        "--as-built",
        "--axe",
        "--rows",
        "--size",
        "1280x800",
    ];
    let arguments = [&arguments[..], &["--lang", lang, "--out", &out]].concat();
    tour::counted_as(lang, place, "demo", &arguments)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn counted(ok: bool, lines: &[&str]) -> (usize, usize) {
        let ended = Ended {
            ok,
            lines: lines.iter().map(|line| (*line).to_owned()).collect(),
        };
        let count = cargo_count(&ended);
        (count.passed, count.failed)
    }

    #[test]
    fn only_steps_of_one_lane_run_beside_each_other() {
        let all = Step::value_variants();
        let several: Vec<_> = all
            .chunk_by(together)
            .filter(|group| group.len() > 1)
            .collect();
        let tours = [Step::TourJa, Step::TourEn, Step::TourPseudo];
        let [sources, windows @ ..] = &several[..] else {
            panic!("nothing runs beside another");
        };
        assert_eq!(windows, [&[Step::Pages, Step::Fit][..], &tours[..]]);
        assert_eq!(
            (sources.first(), sources.last()),
            (Some(&Step::Vitest), Some(&Step::ClippyTour))
        );
        assert!(!sources.contains(&Step::CargoTest));
    }

    #[test]
    fn closing_lines_are_added_up() {
        let two = [
            "test result: ok. 12 passed; 0 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.01s",
            "test result: FAILED. 3 passed; 2 failed; 0 ignored; 0 measured; 0 filtered out; finished in 1.00s",
        ];
        assert_eq!(counted(false, &two), (15, 2));
    }

    #[test]
    fn an_ignored_test_is_a_failed_one() {
        let line = "test result: ok. 1 passed; 0 failed; 4 ignored; 0 measured; 0 filtered out";
        assert_eq!(counted(true, &[line]), (1, 4));
    }

    #[test]
    fn a_run_that_does_not_compile_fails() {
        assert_eq!(counted(false, &["error: could not compile"]), (0, 1));
    }

    #[test]
    fn a_run_without_tests_fails() {
        assert_eq!(counted(true, &[]), (0, 1));
    }

    #[test]
    fn vitest_counts_left_out_tests_as_failed() {
        let report = serde_json::json!({
            "numPassedTests": 7, "numFailedTests": 1, "numPendingTests": 2, "numTodoTests": 0
        });
        let count = vitest_count(&report, false);
        assert_eq!((count.passed, count.failed), (7, 3));
        let empty = vitest_count(&serde_json::json!({}), true);
        assert_eq!((empty.passed, empty.failed), (0, 1));
    }

    #[test]
    fn passed_tests_and_progress_are_not_shown() {
        assert!(!test_line("test found_by_upn ... ok"));
        assert!(!test_line("   Compiling serde v1.0.0"));
        assert!(test_line("test found_by_upn ... FAILED"));
        assert!(test_line("error[E0308]: mismatched types"));
    }
}
