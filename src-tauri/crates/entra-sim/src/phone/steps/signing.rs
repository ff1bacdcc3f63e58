//! Sign-in on the phone: account, then pass or password, through the tenant's own pages.

use super::{Tap, explained};
use crate::flags::{PhoneNotifications, PhoneSetup};
use crate::phone::device::{SimulatedPhone, Task};
use crate::phone::refusal::RefusalPlace;
use crate::phone::screen::DeviceScreen;
use crate::phone::walk::{Given, SignInStep, Stuck, stuck};

pub(super) async fn tap(
    tap: &Tap<'_>,
    phone: &mut SimulatedPhone,
    shown: DeviceScreen,
    action: &str,
) -> bool {
    match (shown, action) {
        (DeviceScreen::Account, "next") => {
            phone.typed = tap.params.trimmed("loginfmt").to_owned();
            open(tap, phone).await;
        }
        (DeviceScreen::Pick, "known") => {
            phone.typed = tap.params.trimmed("account").to_owned();
            open(tap, phone).await;
        }
        (DeviceScreen::AccountPage, "upgrade") => begin(tap, phone, Task::Upgrade).await,
        (DeviceScreen::AccountPage | DeviceScreen::AccountReady, "passkey") => {
            begin(tap, phone, Task::Passkey).await;
        }
        (
            DeviceScreen::Secret
            | DeviceScreen::Password
            | DeviceScreen::BSecret
            | DeviceScreen::CSecret,
            "use_password" | "use_pass",
        ) => turn(tap, phone, action == "use_pass").await,
        (
            DeviceScreen::Secret
            | DeviceScreen::Password
            | DeviceScreen::BSecret
            | DeviceScreen::CSecret,
            "signin",
        ) => {
            give(tap, phone).await;
        }
        (DeviceScreen::NewPassword, "signin") => change(tap, phone).await,
        (DeviceScreen::BNotice | DeviceScreen::BNoNotice, "notice" | "look") => look(tap, phone),
        (DeviceScreen::BNumber, "yes") => matched(tap, phone).await,
        (DeviceScreen::BNumber, "no") => {
            phone.rest();
            phone.screen = DeviceScreen::Denied;
        }
        (_, _) => return false,
    }
    true
}

/// From an account's page to its sign-in.
async fn begin(tap: &Tap<'_>, phone: &mut SimulatedPhone, task: Task) {
    phone.task = task;
    if tap.is_stopped(phone, RefusalPlace::SignIn) {
        return;
    }
    phone.typed = phone.chosen.clone();
    open(tap, phone).await;
    if phone.complaint.is_some() {
        phone.screen = DeviceScreen::Failed;
    }
}

async fn open(tap: &Tap<'_>, phone: &mut SimulatedPhone) {
    let given = match tap.app.account(&phone.typed).await {
        Ok(step) if step.page == "approve" => tap.app.turn_to_password(step).await,
        other => other,
    };
    asked(phone, given);
}

async fn turn(tap: &Tap<'_>, phone: &mut SimulatedPhone, to_pass: bool) {
    let Some(step) = phone.step.clone() else {
        return;
    };
    let turned = if to_pass {
        tap.app.turn_to_pass(step).await
    } else {
        tap.app.turn_to_password(step).await
    };
    asked(phone, turned);
}

fn asked(phone: &mut SimulatedPhone, given: Result<SignInStep, Stuck>) {
    match given {
        Ok(step) => {
            phone.screen = match (phone.task, step.page.as_str()) {
                (Task::Add, "accesspass") => DeviceScreen::Secret,
                (Task::Add, _) => DeviceScreen::Password,
                (Task::Upgrade, _) => DeviceScreen::BSecret,
                (Task::Passkey, _) => DeviceScreen::CSecret,
            };
            phone.step = Some(step);
        }
        Err(stuck) => phone.complaint = Some(stuck),
    }
}

async fn give(tap: &Tap<'_>, phone: &mut SimulatedPhone) {
    let Some(step) = phone.step.clone() else {
        phone.rest();
        return;
    };
    let field = if step.page == "accesspass" {
        "accesspass"
    } else {
        "passwd"
    };
    let secret = tap.params.of(field).unwrap_or_default();
    let given = tap.app.secret(&step, secret).await;
    took(tap, phone, given, field == "passwd");
}

/// Changes a password that has to be changed; the sign-in goes on with the new one.
async fn change(tap: &Tap<'_>, phone: &mut SimulatedPhone) {
    let Some(step) = phone.step.clone() else {
        phone.rest();
        return;
    };
    let typed = |name| tap.params.of(name).unwrap_or_default();
    let (current, new) = (typed("currentpasswd"), typed("newpasswd"));
    if new != typed("confirmnewpasswd") {
        phone.complaint = Some(stuck("different"));
        return;
    }
    let given = tap.app.new_password(&step, current, new).await;
    took(tap, phone, given, true);
}

/// What comes of a secret.
fn took(tap: &Tap<'_>, phone: &mut SimulatedPhone, given: Result<Given, Stuck>, by_password: bool) {
    match given {
        Ok(Given::Token(token)) => {
            phone.token = token;
            phone.step = None;
            // A pass counts as strong; a password is followed by a number on the phone (S31.4, S31.5).
            if phone.task == Task::Upgrade && by_password {
                let number = rand::RngExt::random_range(&mut tap.tenant.lock().rng, 10..100);
                ask_number(tap, phone, number);
            } else {
                signed_in(tap, phone);
            }
        }
        Ok(Given::Number(step, number)) => {
            phone.step = Some(step);
            ask_number(tap, phone, number);
        }
        Ok(Given::NewPassword(step)) => {
            phone.step = Some(step);
            phone.screen = DeviceScreen::NewPassword;
        }
        Err(stuck) => phone.complaint = Some(stuck),
    }
}

fn ask_number(tap: &Tap<'_>, phone: &mut SimulatedPhone, number: u8) {
    phone.matching = Some(number);
    let shown = tap.tenant.lock().flags.phone_notifications == PhoneNotifications::Shown;
    phone.screen = if shown && phone.notifications {
        DeviceScreen::BNotice
    } else {
        DeviceScreen::BNoNotice
    };
}

fn look(tap: &Tap<'_>, phone: &mut SimulatedPhone) {
    let lost = tap.tenant.lock().flags.phone_notifications == PhoneNotifications::Lost;
    if !lost {
        phone.screen = DeviceScreen::BNumber;
    } else {
        phone.complaint = Some(stuck("no-requests"));
        phone.screen = DeviceScreen::BNoNotice;
    }
}

async fn matched(tap: &Tap<'_>, phone: &mut SimulatedPhone) {
    let Ok(number) = tap.params.trimmed("number").parse::<u8>() else {
        return;
    };
    if phone.matching != Some(number) {
        phone.rest();
        phone.screen = DeviceScreen::Denied;
        return;
    }
    if let Some(step) = phone.step.take() {
        crate::phone::approvals::answer_flow(&mut tap.tenant.lock(), step.flow_token());
        match tap.app.approved(&step).await {
            Ok(Given::Token(token)) => phone.token = token,
            Ok(Given::Number(step, number)) => {
                phone.step = Some(step);
                ask_number(tap, phone, number);
                return;
            }
            Ok(Given::NewPassword(step)) => {
                phone.step = Some(step);
                phone.screen = DeviceScreen::NewPassword;
                return;
            }
            Err(stuck) => {
                super::failed(phone, stuck);
                return;
            }
        }
    }
    phone.matching = None;
    signed_in(tap, phone);
}

/// On with the set-up, or a refusal that comes first.
fn signed_in(tap: &Tap<'_>, phone: &mut SimulatedPhone) {
    let passkey = tap.tenant.lock().flags.phone_setup == PhoneSetup::Passkey;
    if phone.task == Task::Add && passkey {
        phone.task = Task::Passkey;
    }
    if tap.is_stopped(phone, RefusalPlace::SignedIn) {
        return;
    }
    if tap.is_stopped(phone, RefusalPlace::Lock) {
        phone.screen_lock = false;
        return;
    }
    phone.screen = explained(phone.task);
}
