//! The registrations: device, Authenticator entry, phone sign-in (S25.7 to S25.12, S31.6 to S31.9).

use super::{Tap, failed};
use crate::phone::device::{PhoneAccount, SimulatedPhone, Task};
use crate::phone::register::push_entry;
use crate::phone::screen::DeviceScreen;
use crate::phone::services::RegistrationKind;
use crate::phone::walk::Stuck;

pub(super) async fn tap(
    tap: &Tap<'_>,
    phone: &mut SimulatedPhone,
    shown: DeviceScreen,
    action: &str,
) -> bool {
    match (shown, action) {
        (DeviceScreen::Accounts | DeviceScreen::AccountsPush, "open_account") => {
            phone.chosen = tap.params.trimmed("account").to_owned();
            if phone.holds(&phone.chosen) {
                phone.screen = DeviceScreen::AccountPage;
            }
        }
        (DeviceScreen::GoOn, "continue") => phone.screen = DeviceScreen::RegisterDevice,
        (DeviceScreen::BContinue, "continue") => phone.screen = DeviceScreen::BRegisterDevice,
        (DeviceScreen::RegisterDevice | DeviceScreen::BRegisterDevice, "register") => {
            register_device(tap, phone).await;
        }
        (DeviceScreen::AlreadyRegistered | DeviceScreen::Location, "retry") => {
            phone.screen = match phone.task {
                Task::Add => DeviceScreen::RegisterDevice,
                Task::Upgrade => DeviceScreen::BRegisterDevice,
                Task::Passkey => DeviceScreen::COffer,
            };
        }
        (DeviceScreen::RegisterSignIn | DeviceScreen::BRegister, "register") => {
            register_sign_in(tap, phone).await;
        }
        (DeviceScreen::Done, "done") | (DeviceScreen::PushOnly, "back") => {
            finish(phone);
            phone.screen = DeviceScreen::Home;
        }
        (DeviceScreen::BDone, "done") => {
            finish(phone);
            phone.chosen.clone_from(&phone.typed);
            phone.screen = DeviceScreen::AccountPage;
        }
        (_, _) => return false,
    }
    true
}

/// The first registration: the device, and for a fresh account its entry for push.
async fn register_device(tap: &Tap<'_>, phone: &mut SimulatedPhone) {
    let outcome = device_and_entry(tap, phone).await;
    let (waiting, next) = match phone.task {
        Task::Upgrade => (DeviceScreen::BWaitDevice, DeviceScreen::BRegister),
        Task::Add | Task::Passkey => (DeviceScreen::WaitDevice, DeviceScreen::RegisterSignIn),
    };
    match outcome {
        Ok(()) => phone.wait_on(waiting, next, tap.wait),
        Err(stuck) => failed(phone, stuck),
    }
}

async fn device_and_entry(tap: &Tap<'_>, phone: &mut SimulatedPhone) -> Result<(), Stuck> {
    phone.device_id = tap
        .app
        .device(&phone.token, phone.system, &phone.name)
        .await?;
    let there = match phone.task {
        // The account was in the app before: its own entry gains the device.
        Task::Upgrade => phone
            .account(&phone.typed)
            .map(|account| account.entry_id.clone())
            .or_else(|| push_entry(&tap.tenant.lock(), &phone.typed)),
        Task::Add | Task::Passkey => None,
    };
    phone.entry_id = match there {
        Some(entry) => entry,
        None => {
            let of = (phone.system, phone.name.as_str());
            tap.app
                .method(&phone.token, RegistrationKind::Push, of, None, None)
                .await?
        }
    };
    Ok(())
}

/// The second one: phone sign-in.
async fn register_sign_in(tap: &Tap<'_>, phone: &mut SimulatedPhone) {
    let of = (phone.system, phone.name.as_str());
    let device = Some(phone.device_id.as_str());
    let entry = Some(phone.entry_id.as_str());
    let outcome = tap
        .app
        .method(
            &phone.token,
            RegistrationKind::PhoneSignIn,
            of,
            device,
            entry,
        )
        .await;
    let (waiting, next) = match phone.task {
        Task::Upgrade => (DeviceScreen::BWait, DeviceScreen::BDone),
        Task::Add | Task::Passkey => (DeviceScreen::WaitSignIn, DeviceScreen::Done),
    };
    match outcome {
        Ok(_) => phone.wait_on(waiting, next, tap.wait),
        Err(stuck) => failed(phone, stuck),
    }
}

/// Keeps the account that was set up, under the name it was signed in with.
pub(super) fn finish(phone: &mut SimulatedPhone) {
    let passkey_id = phone.passkey_id.take().or_else(|| {
        phone
            .account(&phone.typed)
            .and_then(|account| account.passkey_id.clone())
    });
    phone.keep_account(PhoneAccount {
        upn: phone.typed.clone(),
        entry_id: phone.entry_id.clone(),
        passkey_id,
    });
    phone.token.clear();
}
