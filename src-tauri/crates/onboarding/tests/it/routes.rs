//! Whatever one way to tell of a registration answers, it is seen by another (D1, W12): every answer of each of the
//! four ways beside every answer of the others, each a journey.

use desk_world::{RouteFault, RouteFaults, sample};
use onboarding::{Mono, Policy, RegisteredKind, Scopes, TroubleCode};

use crate::rig::Rig;
use crate::truth::{dated, seen};

/// What a way answers, in the service's words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Told {
    /// 200 with the truth.
    Truth,
    /// 204, or null.
    Empty,
    /// 400, 405 or 501.
    Refused,
    /// 403.
    Forbidden,
    /// 404, whether the way is not there or the person is not.
    NotFound,
    /// 500 for twenty seconds.
    Down,
    /// 500 for ever.
    Dead,
    /// Nothing.
    Silent,
    /// 200 that does not show the entry.
    NotListed,
}
use Told::{Dead, Down, Empty, Forbidden, NotFound, NotListed, Refused, Silent, Truth};

const LISTS: &[Told] = &[
    Truth, Empty, Refused, Forbidden, NotFound, Down, Dead, Silent,
];
const EXPANDED: &[Told] = &[Truth, Empty, Refused, Down, Dead, Silent];
const BEHIND: &[Told] = &[NotListed];
const EACH: &[Told] = &[Truth, Empty, Refused, Down, Dead, Silent];

/// One of each kind, for the product of all.
const FEW_LISTS: &[Told] = &[Truth, Forbidden, Dead];

impl Told {
    /// What the machine is told by a list.
    fn of_list(self, now: Mono) -> Option<RouteFault> {
        Some(match self {
            Truth => return None,
            Empty | Refused | NotListed => RouteFault::Fails(TroubleCode::Unexpected),
            Forbidden => RouteFault::Fails(TroubleCode::ReadNotPermitted),
            NotFound => RouteFault::Fails(TroubleCode::NotFound),
            Down => RouteFault::FailsUntil(now.after_s(20), TroubleCode::ServiceDown),
            Dead => RouteFault::Fails(TroubleCode::ServiceDown),
            Silent => RouteFault::Silent,
        })
    }

    /// What it is told by a way to ask for devices.
    fn of_devices(self, now: Mono) -> Option<RouteFault> {
        match self {
            Empty => Some(RouteFault::NoDevice),
            Refused | Forbidden | NotFound => Some(RouteFault::NotOffered),
            NotListed => Some(RouteFault::NotListed),
            Truth | Down | Dead | Silent => self.of_list(now),
        }
    }

    fn works(self) -> bool {
        matches!(self, Truth | Down)
    }
}

/// One cell: the whole list, the list of each kind, the entries with devices, the device of one entry.
#[derive(Clone, Copy, Debug)]
struct Cell {
    whole: Told,
    kinds: Told,
    expanded: Told,
    each: Told,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum End {
    /// The device was seen.
    Proven,
    /// One was seen, or only the date because it came too late.
    Registered,
    /// By its date alone.
    Probable,
    NotProvable,
    /// No list answers.
    Said,
}

impl Cell {
    fn end(self) -> End {
        let listed = self.whole.works() || self.kinds.works();
        let entries = listed || self.expanded.works() || self.expanded == Empty;
        let devices = [self.expanded, self.each];
        match self {
            _ if !entries => End::Said,
            _ if devices.contains(&Truth) => End::Proven,
            _ if devices.contains(&Down) => End::Registered,
            _ if devices.contains(&Empty) => End::NotProvable,
            _ => End::Probable,
        }
    }

    /// What is wrong about how it ends.
    fn check(self, policy: Policy) -> Option<String> {
        let user = sample::user("1");
        let mut rig = Rig::with(policy, Vec::new()).shown("1");
        let now = rig.now.mono;
        rig.world.route_faults = RouteFaults {
            whole: self.whole.of_list(now),
            kinds: self.kinds.of_list(now),
            expanded: self.expanded.of_devices(now),
            each: self.each.of_devices(now),
        };
        rig.world.use_pass(&user, rig.now);
        rig.world.add(&user, dated("new"));
        rig.world.devices.insert("new".into(), "device".into());
        let expected = self.end();
        // What fails is said within 30 seconds of the first look.
        rig.wait_s(if expected == End::Said { 14 + 30 } else { 60 });
        let told = seen(&mut rig);
        let end = match (told.line.as_str(), told.registered) {
            ("live-ready-phone", Some(RegisteredKind::PhoneSignIn)) => Some(End::Proven),
            ("live-ready-probably", Some(RegisteredKind::PhoneSignIn)) => Some(End::Probable),
            ("live-not-provable", None) => Some(End::NotProvable),
            ("live-paused", None) if rig.trouble().is_some() => Some(End::Said),
            _ => None,
        };
        let late = expected == End::Registered;
        let fits =
            end == Some(expected) || late && matches!(end, Some(End::Proven | End::Probable));
        (!fits).then(|| {
            let (line, count) = (told.line, rig.world.requests.len());
            format!("{self:?} ended {end:?} ({line}, {count} requests), not {expected:?}")
        })
    }
}

fn check(cells: impl Iterator<Item = Cell>, policy: &Policy) {
    let wrong: Vec<_> = cells
        .filter_map(|cell| cell.check(policy.clone()))
        .collect();
    assert!(wrong.is_empty(), "{} cells: {:#?}", wrong.len(), wrong);
}

/// The cells with each of these lists beside each of these ways to ask for devices.
fn cells(
    lists: (&'static [Told], &'static [Told]),
    devices: (&'static [Told], &'static [Told]),
) -> impl Iterator<Item = Cell> {
    pairs(lists.0, lists.1).flat_map(move |(whole, kinds)| {
        pairs(devices.0, devices.1).map(move |(expanded, each)| Cell {
            whole,
            kinds,
            expanded,
            each,
        })
    })
}

fn pairs(first: &'static [Told], second: &'static [Told]) -> impl Iterator<Item = (Told, Told)> {
    let with = move |one: &'static Told| second.iter().map(move |other| (*one, *other));
    first.iter().flat_map(with)
}

fn narrow() -> Policy {
    Policy {
        scopes: Scopes::Narrow,
        ..sample::policy()
    }
}

const TRUE: &[Told] = &[Truth];

/// Every answer of the lists, and every one of the ways to ask for devices, the others telling the truth.
#[test]
fn d1_every_answer_of_two_ways_has_its_end() {
    for policy in [sample::policy(), narrow()] {
        check(cells((LISTS, LISTS), (TRUE, TRUE)), &policy);
        check(cells((TRUE, TRUE), (EXPANDED, EACH)), &policy);
        check(cells((TRUE, TRUE), (BEHIND, EACH)), &policy);
    }
}

/// Each look that nothing comes back from takes ten of the sixty seconds.
#[test]
fn d1_whatever_is_silent_for_ever_a_registration_is_seen_in_time() {
    let some: &[Told] = &[Truth, Silent];
    for policy in [sample::policy(), narrow()] {
        check(cells((some, some), (some, some)), &policy);
    }
}

/// The rest of the table: whatever all four answer at once.
#[test]
fn d1_a_registration_is_seen_as_long_as_one_list_answers() {
    check(
        cells((FEW_LISTS, FEW_LISTS), (EXPANDED, EACH)),
        &sample::policy(),
    );
}

#[test]
fn d1_the_same_with_a_right_for_each_kind() {
    check(cells((FEW_LISTS, FEW_LISTS), (EXPANDED, EACH)), &narrow());
}
