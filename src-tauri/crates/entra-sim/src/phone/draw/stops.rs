//! Refusals and what else stops a set-up.

#![expect(
    clippy::wildcard_enum_match_arm,
    reason = "each of these files draws its own screens; a test draws them all"
)]

use super::pieces::{main_button, quiet, told};
use super::{Sight, art};
use crate::phone::screen::DeviceScreen;
use crate::phone::words::{Text, app, stops};

pub(super) fn draw(sight: &Sight<'_>) -> Option<String> {
    let l = sight.l;
    let (title, text) = words(sight)?;
    let (action, label) = match sight.shown {
        DeviceScreen::AppOld => ("update", stops::UPDATE),
        DeviceScreen::NoLock | DeviceScreen::ProviderOff => ("settings", app::SETTINGS),
        DeviceScreen::AlreadyRegistered | DeviceScreen::Location => ("retry", stops::RETRY),
        DeviceScreen::Failed => ("back", stops::AGAIN),
        _ => ("back", stops::OK),
    };
    let picture = match sight.shown {
        DeviceScreen::PushOnly | DeviceScreen::NoRequests => art::PHONE,
        DeviceScreen::NoLock => art::SHIELD,
        DeviceScreen::ProviderOff => art::PASSKEY,
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
        DeviceScreen::Denied => (stops::DENIED, stops::DENIED_TEXT),
        DeviceScreen::NoRequests => (stops::NO_REQUESTS, stops::NO_REQUESTS_TEXT),
        DeviceScreen::ProviderOff => (stops::PROVIDER_OFF, stops::PROVIDER_OFF_TEXT),
        DeviceScreen::NoLock => (stops::LOCK, stops::LOCK_TEXT),
        DeviceScreen::AppOld => (stops::APP_OLD, stops::APP_OLD_TEXT),
        DeviceScreen::AlreadyRegistered => (stops::ALREADY, stops::ALREADY_TEXT),
        DeviceScreen::PushOnly => (stops::PUSH_ONLY, stops::PUSH_ONLY_TEXT),
        DeviceScreen::Location => (stops::LOCATION, stops::LOCATION_TEXT),
        DeviceScreen::Failed => (stops::FAILED, stops::complaint(aadsts)),
        DeviceScreen::DeviceLimit => (stops::DEVICES, stops::DEVICES_TEXT),
        DeviceScreen::AppLimit => (stops::APPS, stops::APPS_TEXT),
        DeviceScreen::Modified => (stops::MODIFIED, stops::MODIFIED_TEXT),
        DeviceScreen::PhoneOld => (stops::PHONE_OLD, stops::PHONE_OLD_TEXT),
        DeviceScreen::ApprovedApp => (stops::APPROVED, stops::APPROVED_TEXT),
        DeviceScreen::WebSetup => (stops::FAILED, stops::WEB_SETUP),
        DeviceScreen::PasskeyOff => (stops::PASSKEY_OFF, stops::PASSKEY_OFF_TEXT),
        _ => return None,
    })
}
