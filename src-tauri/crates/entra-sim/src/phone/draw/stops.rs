//! Refusals and what else stops a set-up.

#![expect(
    clippy::wildcard_enum_match_arm,
    reason = "each of these files draws its own screens; a test draws them all"
)]

use super::pieces::{main_button, quiet, told};
use super::{Sight, art};
use crate::phone::screen::Screen;
use crate::phone::words::{Text, app, stops};

pub(super) fn draw(sight: &Sight<'_>) -> Option<String> {
    let l = sight.l;
    let (title, text) = words(sight)?;
    let (action, label) = match sight.shown {
        Screen::AppOld => ("update", stops::UPDATE),
        Screen::NoLock | Screen::ProviderOff => ("settings", app::SETTINGS),
        Screen::AlreadyRegistered | Screen::Location => ("retry", stops::RETRY),
        Screen::Failed => ("back", stops::AGAIN),
        _ => ("back", stops::OK),
    };
    let picture = match sight.shown {
        Screen::PushOnly | Screen::NoRequests => art::PHONE,
        Screen::NoLock => art::SHIELD,
        Screen::ProviderOff => art::PASSKEY,
        _ => art::STOP,
    };
    let mut buttons = main_button(action, label.of(l));
    if action != "back" {
        buttons.push_str(&quiet("back", app::CANCEL.of(l)));
    }
    let number = sight
        .phone
        .complaint
        .as_ref()
        .and_then(|stuck| stuck.aadsts);
    if let Some(number) = number {
        buttons = format!(
            "<p class=\"hint number-code\" data-error-code=\"{number}\">AADSTS{number}</p>{buttons}"
        );
    }
    Some(told(sight, picture, title, text, &buttons))
}

fn words(sight: &Sight<'_>) -> Option<(Text, Text)> {
    let aadsts = sight
        .phone
        .complaint
        .as_ref()
        .and_then(|stuck| stuck.aadsts);
    Some(match sight.shown {
        Screen::Denied => (stops::DENIED, stops::DENIED_TEXT),
        Screen::NoRequests => (stops::NO_REQUESTS, stops::NO_REQUESTS_TEXT),
        Screen::ProviderOff => (stops::PROVIDER_OFF, stops::PROVIDER_OFF_TEXT),
        Screen::NoLock => (stops::LOCK, stops::LOCK_TEXT),
        Screen::AppOld => (stops::APP_OLD, stops::APP_OLD_TEXT),
        Screen::AlreadyRegistered => (stops::ALREADY, stops::ALREADY_TEXT),
        Screen::PushOnly => (stops::PUSH_ONLY, stops::PUSH_ONLY_TEXT),
        Screen::Location => (stops::LOCATION, stops::LOCATION_TEXT),
        Screen::Failed => (stops::FAILED, stops::complaint(aadsts)),
        Screen::DeviceLimit => (stops::DEVICES, stops::DEVICES_TEXT),
        Screen::AppLimit => (stops::APPS, stops::APPS_TEXT),
        Screen::Modified => (stops::MODIFIED, stops::MODIFIED_TEXT),
        Screen::PhoneOld => (stops::PHONE_OLD, stops::PHONE_OLD_TEXT),
        Screen::ApprovedApp => (stops::APPROVED, stops::APPROVED_TEXT),
        Screen::WebSetup => (stops::FAILED, stops::WEB_SETUP),
        Screen::PasskeyOff => (stops::PASSKEY_OFF, stops::PASSKEY_OFF_TEXT),
        _ => return None,
    })
}
