//! The passkey in the app (walk-through C).

use super::upgrading::finish;
use super::{Tap, failed};
use crate::phone::device::{SimulatedPhone, Task};
use crate::phone::screen::DeviceScreen;
use crate::phone::services::RegistrationKind;
use crate::phone::walk::Stuck;

pub(super) fn tap(
    _: &Tap<'_>,
    phone: &mut SimulatedPhone,
    shown: DeviceScreen,
    action: &str,
) -> bool {
    match (shown, action) {
        (DeviceScreen::COffer, "continue") if phone.provider => {
            phone.screen = DeviceScreen::CCreate
        }
        (DeviceScreen::COffer, "continue") => phone.screen = DeviceScreen::CProvider,
        (DeviceScreen::CProvider | DeviceScreen::ProviderOff, "settings") => {
            phone.screen = DeviceScreen::CSettings
        }
        (DeviceScreen::CProvider, "later") => phone.screen = DeviceScreen::ProviderOff,
        (DeviceScreen::CSettings, "switch") => phone.provider = !phone.provider,
        (DeviceScreen::CSettings, "return") if phone.provider => {
            phone.screen = DeviceScreen::CCreate
        }
        (DeviceScreen::CSettings, "return") => phone.screen = DeviceScreen::ProviderOff,
        (DeviceScreen::CCreate, "cancel") => phone.screen = DeviceScreen::COffer,
        (DeviceScreen::CDone, "done") => {
            finish(phone);
            phone.chosen.clone_from(&phone.typed);
            phone.screen = DeviceScreen::AccountPage;
        }
        (_, _) => return false,
    }
    true
}

pub(super) async fn make(
    tap: &Tap<'_>,
    phone: &mut SimulatedPhone,
    shown: DeviceScreen,
    action: &str,
) -> bool {
    if (shown, action) != (DeviceScreen::CCreate, "create") {
        return false;
    }
    match registered(tap, phone).await {
        Ok(()) => phone.wait_on(DeviceScreen::CWait, DeviceScreen::CDone, tap.wait),
        Err(stuck) => failed(phone, stuck),
    }
    true
}

/// The passkey, and for a fresh account its entry for push: the app sets up both in one go.
async fn registered(tap: &Tap<'_>, phone: &mut SimulatedPhone) -> Result<(), Stuck> {
    let of = (phone.system, phone.name.as_str());
    let passkey = tap
        .app
        .method(&phone.token, RegistrationKind::Passkey, of, None, None)
        .await?;
    let known = phone
        .account(&phone.typed)
        .map(|account| account.entry_id.clone());
    phone.entry_id = match (phone.task, known) {
        (Task::Passkey, Some(entry)) => entry,
        (Task::Add | Task::Upgrade | Task::Passkey, _) => {
            tap.app
                .method(&phone.token, RegistrationKind::Push, of, None, None)
                .await?
        }
    };
    phone.passkey_id = Some(passkey);
    Ok(())
}
