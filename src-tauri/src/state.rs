//! What every window asks of the app it belongs to.

use station::Station;
use tauri::{Manager, Runtime};

/// Whether this build lets WebDriver see its windows.
pub const AUTOMATION: bool = cfg!(feature = "automation");

/// The station an app was built around.
pub fn station_of<R: Runtime>(app: &impl Manager<R>) -> Station {
    app.state::<Station>().inner().clone()
}
