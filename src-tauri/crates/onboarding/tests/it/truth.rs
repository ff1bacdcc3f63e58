//! What proves phone sign-in, in tenants that tell more or less of devices (N1); and the live check under chance:
//! arrivals, copies that are behind, refusals, outages.

use desk_world::{Kind, sample};
use onboarding::{
    DoneLight, InFront, Light, LightState, Method, MethodQuery, OldApp, OperatorScreen, OtherKind,
    PassStage, PersonAction, RegisteredKind, RenewReason, VisitAction, VisitScreen, record::Event,
};

use crate::rig::Rig;

/// An entry as the list shows it: with its date, and nothing of a device.
pub(crate) fn dated(id: &str) -> Method {
    let mut method = sample::authenticator(id, true);
    if let Method::Authenticator { device_id, .. } = &mut method {
        *device_id = None;
    }
    method
}

pub(crate) struct Seen {
    pub(crate) line: String,
    pub(crate) notes: Vec<String>,
    pub(crate) lit: Vec<Light>,
    pub(crate) registered: Option<RegisteredKind>,
}

pub(crate) fn seen(rig: &mut Rig) -> Seen {
    match rig.view().screen {
        OperatorScreen::Visit(InFront {
            screen: VisitScreen::Board {
                live, registered, ..
            },
            ..
        }) => Seen {
            line: live.line.key,
            notes: live.notes.into_iter().map(|note| note.key).collect(),
            lit: live
                .lights
                .iter()
                .filter(|light| light.state == LightState::Lit)
                .map(|light| light.light)
                .collect(),
            registered,
        },
        _ => panic!("no board"),
    }
}

/// A tenant that answers these questions, and a phone that registers with or without a device.
struct Tenant {
    expands: bool,
    names_devices: bool,
    device: bool,
    done: DoneLight,
}

fn check(tenant: &Tenant, line: &str, registered: bool, questions: &[MethodQuery]) -> Rig {
    let user = sample::user("1");
    let mut policy = sample::policy();
    policy.done = tenant.done;
    let mut rig = Rig::with(policy, Vec::new()).shown("1");
    (rig.world.expands, rig.world.names_devices) = (tenant.expands, tenant.names_devices);
    rig.world.use_pass(&user, rig.now);
    rig.world.add(&user, dated("new"));
    if tenant.device {
        rig.world.devices.insert("new".into(), "device".into());
    }
    rig.wait_s(60);
    let seen = seen(&mut rig);
    assert_eq!(
        (seen.line.as_str(), seen.registered),
        (line, registered.then_some(RegisteredKind::PhoneSignIn))
    );
    let asked = &rig.world.device_questions;
    assert_eq!(&asked[..questions.len().min(asked.len())], questions);
    rig
}

#[test]
fn the_device_proves_phone_sign_in_by_whatever_way_the_tenant_has() {
    let of = || MethodQuery::DeviceOf("new".to_owned());
    let tenant = |expands, names_devices, device| Tenant {
        expands,
        names_devices,
        device,
        done: DoneLight::Either,
    };
    check(
        &tenant(true, true, true),
        "live-ready-phone",
        true,
        &[MethodQuery::Devices],
    );
    check(
        &tenant(false, true, true),
        "live-ready-phone",
        true,
        &[MethodQuery::Devices, of()],
    );
    let mut rig = check(
        &tenant(false, false, true),
        "live-ready-probably",
        true,
        &[MethodQuery::Devices, of()],
    );
    let lit = seen(&mut rig).lit;
    assert!(lit.contains(&Light::PhoneSignInReady) && !lit.contains(&Light::DeviceRegistered));
    // A date without a device proves nothing, and it is said.
    for expands in [true, false] {
        let tenant = tenant(expands, true, false);
        let mut rig = check(&tenant, "live-not-provable", false, &[MethodQuery::Devices]);
        assert!(!seen(&mut rig).lit.contains(&Light::PhoneSignInReady));
        // The device comes later: two more reads agree.
        rig.world.devices.insert("new".into(), "device".into());
        rig.wait_s(60);
        assert_eq!(
            seen(&mut rig).registered,
            Some(RegisteredKind::PhoneSignIn),
            "{expands}"
        );
        assert!(seen(&mut rig).lit.contains(&Light::DeviceRegistered));
    }
}

#[test]
fn where_only_a_passkey_counts_no_device_is_asked_for() {
    let tenant = Tenant {
        expands: true,
        names_devices: true,
        device: true,
        done: DoneLight::Passkey,
    };
    let rig = check(&tenant, "live-push-only", false, &[]);
    assert!(rig.world.device_questions.is_empty());
}

/// A tenant whose dates prove nothing, and that stopped answering: it is said, and nobody asks again and again.
#[test]
fn where_nothing_can_be_proven_the_quota_is_left_alone() {
    let tenant = Tenant {
        expands: false,
        names_devices: true,
        device: false,
        done: DoneLight::Either,
    };
    let mut rig = check(&tenant, "live-not-provable", false, &[MethodQuery::Devices]);
    rig.world.names_devices = false;
    rig.wait_s(60);
    assert_eq!(seen(&mut rig).line, "live-not-provable");
    rig.world.requests.clear();
    rig.wait_s(60);
    let asked = rig.world.requests.iter().filter(|(_, asked)| *asked);
    assert_eq!(asked.count(), 0, "looks nobody asked for go before polling");
    assert_eq!(seen(&mut rig).registered, None);
}

/// Two phones were added: the one that proves it is the one that is named.
#[test]
fn the_phone_that_is_named_is_the_one_that_proves_it() {
    let user = sample::user("1");
    let mut rig = Rig::new().shown("1");
    rig.wait_s(6);
    rig.world.use_pass(&user, rig.now);
    rig.world.add(&user, sample::authenticator("first", true));
    rig.world.add(&user, sample::authenticator("other", false));
    rig.wait_s(30);
    let named = rig.world.record.iter().find_map(|(_, entry)| match entry {
        Event::Registered {
            device_name,
            method,
            ..
        } => Some((device_name.clone(), method.clone())),
        _ => None,
    });
    assert_eq!(
        named,
        Some((Some("Phone first".to_owned()), "first".to_owned()))
    );
}

/// What was refused in one visit says nothing of what the tenant can do: the next visit asks again (W12).
#[test]
fn a_way_that_was_refused_is_asked_again_in_the_next_visit() {
    let tenant = Tenant {
        expands: false,
        names_devices: false,
        device: true,
        done: DoneLight::PhoneSignIn,
    };
    let mut rig = check(
        &tenant,
        "live-ready-probably",
        true,
        &[MethodQuery::Devices],
    );
    rig.visit(VisitAction::Finish { leave_pass: true });
    rig.visit(VisitAction::Close);
    rig.world.device_questions.clear();
    rig.world.expands = true;
    let user = sample::user("2");
    let mut rig = rig.shown("2");
    rig.world.use_pass(&user, rig.now);
    rig.world.add(&user, dated("second"));
    rig.world.devices.insert("second".into(), "device".into());
    rig.wait_s(60);
    assert_eq!(seen(&mut rig).line, "live-ready-phone");
    assert_eq!(rig.world.device_questions, [MethodQuery::Devices]);
}

#[test]
fn what_else_is_registered_is_named_and_what_goes_out_is_explained() {
    let user = sample::user("1");
    let mut policy = sample::policy();
    policy.old_apps = vec![OldApp {
        from: "6.0".into(),
        before: "6.8.47".into(),
    }];
    let mut rig = Rig::with(policy, Vec::new()).shown("1");
    rig.wait_s(20);
    assert_eq!(seen(&mut rig).notes, [""; 0]);
    assert!(seen(&mut rig).lit.contains(&Light::PassUsable));
    // A light goes out with a new pass, and with these words only.
    rig.visit(VisitAction::RenewPass {
        same_person: true,
        reason: RenewReason::Mistyped,
    });
    let renewed = seen(&mut rig);
    assert!(!renewed.lit.contains(&Light::PassUsable));
    assert_eq!(renewed.notes, ["live-note-new-pass"]);
    for (id, kind) in [
        ("codes-1", OtherKind::Codes),
        ("hologram-1", OtherKind::Unknown("hologram".to_owned())),
    ] {
        let id = id.to_owned();
        rig.world.add(
            &user,
            Method::Other {
                id,
                kind,
                mark: None,
            },
        );
    }
    rig.wait_s(60);
    assert_eq!(
        seen(&mut rig).notes,
        ["live-note-new-pass", "live-note-codes-only"]
    );
    rig.world.add(
        &user,
        Method::Passkey {
            id: "usb".into(),
            name: Some("Key".into()),
            in_authenticator: false,
            created: None,
        },
    );
    rig.world.use_pass(&user, rig.now);
    rig.world.add(&user, sample::authenticator("new", false));
    rig.wait_s(60);
    let told = seen(&mut rig);
    assert_eq!(told.notes, ["live-note-old-app", "live-note-other-passkey"]);
    assert_eq!(
        (told.line.as_str(), told.registered),
        ("live-push-only", None)
    );
}

/// What was there before a pass was issued says nothing of that pass: dated without a device, a passkey or a phone
/// that does not count, and an entry whose date the phone's own second step brings.
#[test]
fn what_was_seen_before_a_renewal_does_not_say_that_the_new_pass_was_entered() {
    let user = sample::user("1");
    let check = |done: DoneLight, device_told: bool, method: Method| {
        let mut policy = sample::policy();
        policy.done = done;
        let mut rig = Rig::with(policy, Vec::new()).live("1");
        rig.world.expands = device_told;
        rig.wait_s(10);
        rig.world.use_pass(&user, rig.now);
        rig.world.add(&user, method);
        rig.wait_s(30);
        assert!(seen(&mut rig).lit.contains(&Light::PassEntered), "{done:?}");
        let entered = |rig: &Rig| {
            let written = rig.world.written();
            written.iter().filter(|name| *name == "PassEntered").count()
        };
        assert_eq!(entered(&rig), 1);
        rig.visit(VisitAction::RenewPass {
            same_person: true,
            reason: RenewReason::UsedUp,
        });
        rig.wait_s(60);
        assert!(
            !seen(&mut rig).lit.contains(&Light::PassEntered),
            "{done:?}"
        );
        assert_eq!((entered(&rig), rig.stage()), (1, PassStage::Live));
        // The new pass can be shown, and its own use is seen.
        rig.visit(VisitAction::Reveal);
        assert_eq!(rig.person_pass(), "shown");
        rig.world.use_pass(&user, rig.now);
        rig.wait_s(30);
        assert!(seen(&mut rig).lit.contains(&Light::PassEntered), "{done:?}");
        assert_eq!(entered(&rig), 2);
    };
    check(DoneLight::Either, true, dated("new"));
    check(DoneLight::Passkey, true, dated("new"));
    check(DoneLight::PhoneSignIn, true, sample::passkey("new"));
}

/// An entry that came with the pass before, and gets its date after the renewal, says nothing of the new pass.
#[test]
fn an_entry_that_a_renewal_found_there_does_not_say_later_that_the_new_pass_was_entered() {
    let user = sample::user("1");
    let mut rig = Rig::new().shown("1");
    rig.wait_s(10);
    rig.world.use_pass(&user, rig.now);
    rig.world.add(&user, sample::authenticator("new", false));
    rig.wait_s(30);
    rig.visit(VisitAction::RenewPass {
        same_person: true,
        reason: RenewReason::UsedUp,
    });
    rig.wait_s(30);
    rig.person(PersonAction::OtherScreen).unwrap();
    arrives(&mut rig, 3);
    rig.wait_s(30);
    let told = seen(&mut rig);
    assert_eq!(told.registered, Some(RegisteredKind::PhoneSignIn));
    assert!(!told.lit.contains(&Light::PassEntered));
    let written = rig.world.written();
    let entered = written.iter().filter(|name| *name == "PassEntered");
    assert_eq!(entered.count(), 1);
    // It is said at once, whatever was looked up, and the pass that is left is not shown any more.
    assert_eq!(rig.person_pass(), "registered");
    assert!(rig.try_visit(VisitAction::Reveal).is_err());
}

/// Two reads agree when they show the same method, not only the same kind.
#[test]
fn two_reads_that_show_different_phones_do_not_agree() {
    let user = sample::user("1");
    let mut rig = Rig::new().shown("1");
    (rig.world.expands, rig.world.names_devices) = (false, false);
    rig.wait_s(6);
    rig.world.use_pass(&user, rig.now);
    let without = rig.world.list(&user, rig.now);
    let showing = |id: &str| {
        let mut read = without.clone();
        read.methods.push(dated(id));
        read
    };
    rig.world.reads.extend([showing("a"), showing("b")]);
    rig.visit(VisitAction::LookNow);
    rig.wait_s(15);
    assert!(rig.world.reads.is_empty(), "both were read");
    assert_eq!(seen(&mut rig).registered, None);
    rig.world.add(&user, dated("b"));
    rig.wait_s(20);
    assert_eq!(seen(&mut rig).registered, Some(RegisteredKind::PhoneSignIn));
}

/// An entry from before that has a device and no date is an old one, whenever its device is told.
#[test]
fn an_old_entry_without_a_date_does_not_count_when_its_device_is_told() {
    let user = sample::user("1");
    let mut rig = Rig::new();
    rig.world
        .methods
        .insert(user.clone(), vec![sample::authenticator("old", false)]);
    rig.world.devices.insert("old".into(), "device".into());
    let mut rig = rig.shown("1");
    rig.world.use_pass(&user, rig.now);
    rig.world.add(&user, dated("new"));
    rig.wait_s(60);
    assert!(
        rig.world.device_questions.contains(&MethodQuery::Devices),
        "devices of all entries were told"
    );
    let told = seen(&mut rig);
    assert_eq!(
        (told.line.as_str(), told.registered),
        ("live-not-provable", None)
    );
    assert!(!told.lit.contains(&Light::DeviceRegistered));
}

/// One copy of the directory that is behind does not switch the date rule off for the tenant.
#[test]
fn one_read_without_a_device_does_not_say_that_dates_prove_nothing() {
    let user = sample::user("1");
    let mut rig = Rig::new().shown("1");
    rig.wait_s(6);
    rig.world.use_pass(&user, rig.now);
    rig.world.add(&user, dated("new"));
    rig.held.insert(Kind::Methods);
    rig.visit(VisitAction::LookNow);
    rig.release(Kind::Methods);
    rig.world.devices.insert("new".into(), "device".into());
    rig.wait_s(30);
    let told = seen(&mut rig);
    assert_eq!(
        (told.line.as_str(), told.registered),
        ("live-ready-phone", Some(RegisteredKind::PhoneSignIn))
    );
}

pub(crate) fn arrives(rig: &mut Rig, stage: u8) {
    let methods = rig.world.methods.get_mut(&sample::user("1")).unwrap();
    methods.retain(|method| !matches!(method, Method::Authenticator { .. }));
    methods.push(match stage {
        1 => sample::authenticator("new", false),
        _ => dated("new"),
    });
    if stage == 3 {
        rig.world.devices.insert("new".into(), "device".into());
    }
}
