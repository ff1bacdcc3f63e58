//! What a person takes along: the guests' network on the screen (N6).

use onboarding::{Desk, PersonAction, PersonScreen, Site, Start, VisitId};

use crate::rig::Rig;
use crate::sample;

/// A desk of this site in a world of its own.
fn rig_of(site: Site) -> Rig {
    let mut rig = Rig::new();
    rig.desk = Desk::new(Start {
        policy: sample::policy(),
        site,
        packs: sample::packs(),
        next_visit: VisitId(1),
        pending: Vec::new(),
        person_pane: true,
        now: rig.now,
    });
    rig
}

#[test]
fn n6_the_guest_network_stands_where_the_app_is_installed() {
    let shown = |rig: &mut Rig| match rig.person_view().screen {
        PersonScreen::Walk { wifi, .. } => wifi,
        _ => panic!("not walking"),
    };
    let mut plain = rig_of(sample::site()).board("1");
    assert_eq!(shown(&mut plain), None, "no network is configured");
    let wifi = Some(sample::wifi());
    let mut rig = rig_of(Site {
        wifi: wifi.clone(),
        ..sample::site()
    })
    .board("1");
    assert_eq!(shown(&mut rig), wifi);
    rig.person(PersonAction::Next).unwrap();
    assert_eq!(shown(&mut rig), None, "only while the app is installed");
    let debug = format!("{wifi:?}");
    assert!(debug.contains("Guests") && !debug.contains("welcome1"));
    assert!(!debug.contains("M0 0h1"), "the drawing says it as well");
}
