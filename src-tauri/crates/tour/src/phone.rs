//! The simulated phone, held by the tour: it types in what was read from the screen.

use std::time::{Duration, Instant};

use serde::Deserialize;
use tokio::task::JoinHandle;
use workplace::{Failure, Outcome};

/// What the phone answered, and when.
pub(crate) struct Registered {
    /// The moment the directory held the entry.
    pub(crate) at: Instant,
}

#[derive(Deserialize)]
struct Answer {
    ok: bool,
    screen: Option<String>,
    aadsts: Option<u32>,
}

/// Walks the phone through walk-through A in the background.
pub(crate) fn register(control: &str, upn: &str, pass: String) -> JoinHandle<Outcome<Registered>> {
    let address = format!("{control}/phone/register");
    let order = serde_json::json!({
        "upn": upn, "pass": pass, "route": "tap", "os": "ios", "device_name": "iPhone 16"
    });
    tokio::task::spawn_blocking(move || {
        let agent: ureq::Agent = ureq::Agent::config_builder()
            .timeout_global(Some(Duration::from_secs(120)))
            .http_status_as_error(false)
            .build()
            .into();
        let mut answer = agent
            .post(&address)
            .content_type("application/json")
            .send(order.to_string())?;
        let at = Instant::now();
        let text = answer.body_mut().read_to_string()?;
        let Answer { ok, screen, aadsts } = serde_json::from_str(&text)
            .map_err(|_| Failure::new(format!("the phone's answer was {}", answer.status())))?;
        if ok {
            return Ok(Registered { at });
        }
        Err(Failure::new(format!(
            "the phone got stuck at \"{}\"{}",
            screen.unwrap_or_default(),
            aadsts.map(|n| format!(" (AADSTS{n})")).unwrap_or_default()
        )))
    })
}
