//! Entries that are newly dated: one that keeps its id over a new set-up of the app, and several at once.

use desk_world::sample;
use onboarding::{Light, Method, MethodQuery, Policy, RegisteredKind, Scopes, ServiceTime};

use crate::rig::Rig;
use crate::truth::{dated, seen};

/// A day before the visit.
const OLD: ServiceTime = ServiceTime(sample::SERVICE - DAY_MS);
const DAY_MS: i64 = 86_400_000;

/// The same entry with another date, and nothing of a device.
fn dated_at(id: &str, at: ServiceTime) -> Method {
    let mut method = dated(id);
    if let Method::Authenticator { created, .. } = &mut method {
        *created = Some(at);
    }
    method
}

/// The board of somebody with an old phone, in a tenant that answers these questions of devices.
fn with_old_phone(policy: Policy, expands: bool, names_devices: bool) -> Rig {
    let user = sample::user("1");
    let mut rig = Rig::with(policy, Vec::new());
    rig.world.methods.insert(user, vec![dated_at("old", OLD)]);
    let mut rig = rig.live("1");
    (rig.world.expands, rig.world.names_devices) = (expands, names_devices);
    rig.world.devices.insert("old".into(), "device".into());
    rig
}

fn narrow() -> Policy {
    let mut policy = sample::policy();
    policy.scopes = Scopes::Narrow;
    policy
}

/// W13: an app that was set up again counts, whether the directory keeps its entry's id or not, in every tenant.
#[test]
fn an_entry_that_keeps_its_id_and_is_newly_dated_counts_w13() {
    for policy in [sample::policy(), narrow()] {
        for (expands, names_devices) in [(true, true), (false, true), (true, false), (false, false)]
        {
            let user = sample::user("1");
            let mut rig = with_old_phone(policy.clone(), expands, names_devices);
            rig.world.use_pass(&user, rig.now);
            rig.wait_s(60);
            assert_eq!(seen(&mut rig).registered, None, "nothing happened yet");
            let anew = dated_at("old", rig.now.service);
            rig.world.methods.insert(user, vec![anew]);
            rig.wait_s(90);
            let seen = seen(&mut rig);
            assert_eq!(
                seen.registered,
                Some(RegisteredKind::PhoneSignIn),
                "{expands} {names_devices}: {}",
                seen.line
            );
        }
    }
}

/// W13: another date alone is no set-up: one that stayed, one that went back, one from before the pass.
#[test]
fn an_entry_with_another_date_of_before_does_not_count_w13() {
    let check = |name: &str, date: fn() -> ServiceTime| {
        let user = sample::user("1");
        let mut rig = with_old_phone(sample::policy(), true, true);
        rig.world.use_pass(&user, rig.now);
        let other = dated_at("old", date());
        rig.world.methods.insert(user, vec![other]);
        rig.wait_s(120);
        let seen = seen(&mut rig);
        assert_eq!(seen.registered, None, "{name}");
        assert!(!seen.lit.contains(&Light::AuthenticatorAdded), "{name}");
    };
    check("the same", || OLD);
    check("earlier", || ServiceTime(OLD.0 - DAY_MS));
    check("later, and before the pass", || {
        ServiceTime(sample::SERVICE - 1)
    });
}

/// W13: a copy that shows the new date once and then the old one again proves nothing.
#[test]
fn a_new_date_that_is_shown_once_is_not_enough_w13() {
    let user = sample::user("1");
    let mut rig = with_old_phone(sample::policy(), false, false);
    rig.world.use_pass(&user, rig.now);
    rig.wait_s(6);
    let old = rig.world.list(&user, rig.now);
    rig.world
        .methods
        .insert(user.clone(), vec![dated_at("old", rig.now.service)]);
    let anew = rig.world.list(&user, rig.now);
    rig.world.methods.insert(user, vec![dated_at("old", OLD)]);
    rig.world.reads.extend([anew, old]);
    rig.wait_s(90);
    assert_eq!(seen(&mut rig).registered, None);
}

/// Of two entries that are newly dated the operator says which is in the person's hand, and also the other, if it is the
/// person's as well: each is asked for its device, wherever the one that has it stands.
#[test]
fn of_two_newly_dated_entries_both_are_asked_for_their_device() {
    for (entries, with_device) in [
        (["first", "second"], "first"),
        (["first", "second"], "second"),
        (["second", "first"], "second"),
        (["second", "first"], "first"),
    ] {
        let user = sample::user("1");
        let mut rig = Rig::new().shown("1");
        (rig.world.expands, rig.world.names_devices) = (false, true);
        rig.world.use_pass(&user, rig.now);
        for entry in entries {
            rig.world.add(&user, dated(entry));
        }
        rig.world
            .devices
            .insert(with_device.into(), "device".into());
        rig.wait_s(90);
        assert_eq!(seen(&mut rig).registered, None, "nobody said which");
        assert_eq!(rig.view().uninvited.len(), 2);
        while rig.decide_on_method(false) {
            rig.wait_s(31);
        }
        let seen = seen(&mut rig);
        assert_eq!(
            seen.registered,
            Some(RegisteredKind::PhoneSignIn),
            "{entries:?} {with_device}: {}",
            seen.line
        );
        assert!(seen.lit.contains(&Light::DeviceRegistered));
        let asked = |entry: &str| {
            let of = MethodQuery::DeviceOf(entry.to_owned());
            rig.world.device_questions.contains(&of)
        };
        assert!(asked(with_device));
    }
}

/// Where neither has one, both are asked, and it is said as of one.
#[test]
fn of_two_newly_dated_entries_without_a_device_both_are_asked() {
    let user = sample::user("1");
    let mut rig = Rig::new().shown("1");
    (rig.world.expands, rig.world.names_devices) = (false, true);
    rig.world.use_pass(&user, rig.now);
    rig.world.add(&user, dated("first"));
    rig.world.add(&user, dated("second"));
    rig.wait_s(31);
    while rig.decide_on_method(false) {
        rig.wait_s(31);
    }
    rig.wait_s(60);
    let said = seen(&mut rig);
    assert_eq!(said.registered, None);
    assert_eq!(said.line, "live-not-provable");
    for entry in ["first", "second"] {
        let of = MethodQuery::DeviceOf(entry.to_owned());
        assert!(rig.world.device_questions.contains(&of), "{entry}");
    }
    // The device comes later, on the one that was asked first.
    rig.world.devices.insert("first".into(), "device".into());
    rig.wait_s(120);
    assert_eq!(seen(&mut rig).registered, Some(RegisteredKind::PhoneSignIn));
}
