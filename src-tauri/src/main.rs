//! `madoguchi --config FILE --data-dir DIR`

#![cfg_attr(all(windows, not(debug_assertions)), windows_subsystem = "windows")]

use std::process::ExitCode;

/// Here and not in the library, so that tests choose for themselves.
#[global_allocator]
static MEMORY: wiping::Wiping = wiping::Wiping;

fn main() -> ExitCode {
    host::panic::end_the_process_on_panic();
    wiping::wipe_what_c_frees();
    madoguchi_app::launch::launch()
}
