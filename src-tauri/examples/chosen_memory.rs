//! The app with what it does to freed memory chosen at its start, for `cargo xtask cost`: `MADOGUCHI_MEMORY` is `kept`,
//! `rust`, `c` or `both`. The app itself has no such switch.

use std::process::ExitCode;

#[global_allocator]
static MEMORY: wiping::Switched = wiping::Switched::new();

fn main() -> ExitCode {
    host::panic::end_the_process_on_panic();
    let chosen = std::env::var("MADOGUCHI_MEMORY").unwrap_or_default();
    MEMORY.wipe(matches!(chosen.as_str(), "rust" | "both"));
    if matches!(chosen.as_str(), "c" | "both") {
        wiping::wipe_what_c_frees();
    }
    madoguchi_app::launch::launch()
}
