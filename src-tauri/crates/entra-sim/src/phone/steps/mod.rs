//! What a tap on the phone does.

mod adding;
mod opening;
mod passkey;
mod requests;
mod signing;
mod upgrading;

use std::sync::Arc;
use std::time::Duration;

use crate::listen::Base;
use crate::params::Params;
use crate::phone::device::{SimulatedPhone, Task};
use crate::phone::refusal::{PhoneRefusal, RefusalPlace, strike};
use crate::phone::screen::Screen;
use crate::phone::walk::{App, Stuck};
use crate::state::Tenant;

/// One tap, with what it needs.
struct Tap<'a> {
    tenant: &'a Arc<Tenant>,
    app: App,
    params: &'a Params,
    /// How long a waiting screen stays.
    wait: Duration,
}

impl Tap<'_> {
    /// What the phone meets with at that place.
    fn strike(&self, place: RefusalPlace) -> Option<PhoneRefusal> {
        strike(&mut self.tenant.lock(), place)
    }

    /// Shows the refusal of that place, if there is one now.
    fn is_stopped(&self, phone: &mut SimulatedPhone, place: RefusalPlace) -> bool {
        let refusal = self.strike(place);
        if let Some(refusal) = refusal {
            phone.screen = refusal.screen();
        }
        refusal.is_some()
    }
}

/// Does what a tap asks for; one that means nothing on this screen does nothing.
pub(crate) async fn tap(
    tenant: &Arc<Tenant>,
    base: &Base,
    mut phone: SimulatedPhone,
    params: &Params,
) -> SimulatedPhone {
    let (shown, wait) = {
        let state = tenant.lock_for_phones();
        let wait = Duration::from_millis(u64::from(state.flags.phone_wait_ms));
        (phone.shown(&state), wait)
    };
    let tap = Tap {
        tenant,
        app: App::new(tenant, base),
        params,
        wait,
    };
    phone.complaint = None;
    let action = params.of("action").unwrap_or_default();
    let done = opening::tap(&tap, &mut phone, shown, action)
        || requests::tap(&tap, &mut phone, shown, action)
        || adding::tap(&tap, &mut phone, shown, action)
        || passkey::tap(&tap, &mut phone, shown, action)
        || signing::tap(&tap, &mut phone, shown, action).await
        || upgrading::tap(&tap, &mut phone, shown, action).await
        || passkey::make(&tap, &mut phone, shown, action).await;
    if !done && action == "back" {
        back(&mut phone, shown);
    }
    phone
}

/// Screens with a way back of their own; from all others one comes to the app at rest.
const BACK: &[(Screen, Screen)] = &[
    (Screen::AddHow, Screen::AddKind),
    (Screen::Personal, Screen::AddKind),
    (Screen::Pick, Screen::AddHow),
    (Screen::Scan, Screen::AddHow),
    (Screen::ManualCode, Screen::Scan),
    (Screen::Secret, Screen::Account),
    (Screen::Password, Screen::Account),
    (Screen::BSecret, Screen::AccountPage),
    (Screen::CSecret, Screen::AccountPage),
    (Screen::BNumber, Screen::BNotice),
    (Screen::CSettings, Screen::CProvider),
    (Screen::LockSettings, Screen::NoLock),
];

fn back(phone: &mut SimulatedPhone, shown: Screen) {
    let ends_by_itself = phone.wait.is_some() || shown == Screen::Done || shown == Screen::BDone;
    if ends_by_itself {
        return;
    }
    let before = BACK.iter().find(|(from, _)| *from == shown);
    match before {
        Some((_, before)) => phone.screen = *before,
        None if shown == Screen::Account && phone.accounts.is_empty() => {
            phone.screen = Screen::AddHow;
        }
        None if shown == Screen::Account => phone.screen = Screen::Pick,
        None => phone.rest(),
    }
}

/// Shows what an attempt met with: a screen of its own for a rule or limit, else the general one.
fn failed(phone: &mut SimulatedPhone, stuck: Stuck) {
    phone.screen = stuck.reason.map_or(Screen::Failed, PhoneRefusal::screen);
    phone.complaint = Some(stuck);
}

/// The screen on which a task explains what it is going to do.
fn explained(task: Task) -> Screen {
    match task {
        Task::Add => Screen::GoOn,
        Task::Upgrade => Screen::BContinue,
        Task::Passkey => Screen::COffer,
    }
}
