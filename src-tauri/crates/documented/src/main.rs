//! `cargo xtask examples`: tries every documented example and says how many passed.

use std::io::Write;
use std::process::ExitCode;

#[tokio::main]
async fn main() -> ExitCode {
    match tried().await {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(problem) => {
            say(&format!("examples: {problem}"));
            ExitCode::FAILURE
        }
    }
}

async fn tried() -> Result<bool, documented::CannotTry> {
    let examples = documented::all(&documented::folder())?;
    let (mut passed, mut failed) = (0, 0);
    documented::run(&examples, |one| {
        if one.wrong.is_empty() {
            passed += 1;
        } else {
            failed += 1;
            say(&format!("failed: {}", one.name));
            for line in &one.wrong {
                say(&format!("  {line}"));
            }
        }
    })
    .await?;
    say(&format!("{passed} passed, {failed} failed"));
    Ok(failed == 0)
}

/// Writes one line for the person at the terminal; a closed pipe is no reason to stop.
fn say(line: &str) {
    drop(writeln!(std::io::stdout().lock(), "{line}"));
}
