//! The devices a person registered.

use serde::Deserialize;

use crate::error::GraphError;
use crate::session::Session;

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct WireDevice {
    operating_system: Option<String>,
}

impl Session {
    /// Whether a Windows computer is among the devices the person registered; `None` where an answer does not say of
    /// each what it runs: without a right to read devices Graph gives their ids alone.
    ///
    /// # Errors
    /// [`crate::GraphErrorKind::NotFound`] for an unknown person, and any other kind of the request.
    pub async fn has_windows_device(&self, user_id: &str) -> Result<Option<bool>, GraphError> {
        let path = "/users/{id}/registeredDevices";
        let call = self.call_to(path, &[user_id])?;
        let call = call.with("$select", "id,operatingSystem");
        let devices: Vec<WireDevice> = self.read_pages(call).await?;
        let systems = || {
            devices
                .iter()
                .map(|device| device.operating_system.as_deref())
        };
        let windows = |system: Option<&str>| {
            system.is_some_and(|system| system.to_ascii_lowercase().starts_with("windows"))
        };
        Ok(match () {
            () if systems().any(windows) => Some(true),
            () if systems().any(|system| system.is_none()) => None,
            () => Some(false),
        })
    }
}
