//! Visits side by side over real HTTP: registrations arrive in each, and none shows in another.

use onboarding::{FindBy, OperatorAction, PersonScreen, VisitAction, VisitId, VisitState};
use serde_json::json;
use test_station::until;

use crate::counter::Counter;

/// One visit of a counter that is full: whose it is and the pass in that person's hand.
struct Guest {
    visit: VisitId,
    upn: String,
    name: String,
    pass: String,
}

async fn guest(counter: &Counter, number: u32) -> Guest {
    let upn = format!("queue-{number:02}@cablechan.biz");
    let name = format!("Guest Number{number:02}");
    let order = json!({"upn": upn, "display_name": name});
    counter.tenant.control("users", order).await;
    let visit = counter.visit().await;
    counter.find(visit, &upn, FindBy::SignInName).await;
    counter.reach("found").await;
    counter
        .wants(visit, VisitAction::ConfirmPerson)
        .await
        .unwrap();
    counter.check(visit).await;
    let row = "a6".to_owned();
    counter
        .wants(visit, VisitAction::GoTo { row })
        .await
        .unwrap();
    counter.issue(visit).await;
    let pass = counter.read_pass(visit).await;
    Guest {
        visit,
        upn,
        name,
        pass,
    }
}

/// Nobody is in front: everything but initials is off both panes.
async fn aside(counter: &Counter, guests: &[Guest]) {
    counter.act(OperatorAction::PutAside).await.unwrap();
    let operator = counter.station.operator_view().await.unwrap();
    let person = counter.station.person_view(None).await.unwrap();
    assert!(matches!(person.screen, PersonScreen::Welcome { .. }));
    let panes = serde_json::to_string(&(operator, person)).unwrap();
    for guest in guests {
        for secret in [&guest.upn, &guest.name, &guest.pass] {
            assert!(!panes.contains(secret.as_str()), "{:?}", guest.visit);
        }
    }
}

async fn side_by_side(count: u32, changes: &[(&str, &str)]) {
    let counter = Counter::signed_in(0, changes).await;
    let mut guests = Vec::new();
    for number in 1..=count {
        guests.push(guest(&counter, number).await);
    }
    aside(&counter, &guests).await;
    // The last comes first, and each phone has its own name.
    for (at, guest) in guests.iter().enumerate().rev() {
        let phone = json!({"upn": guest.upn, "pass": guest.pass, "route": "tap", "os": "ios", "device_name": format!("Phone {at}")});
        let answer = counter.tenant.control("phone/register", phone).await;
        assert_eq!(answer["ok"], true, "{answer}");
    }
    until(&counter.station, "every registration", |view, _| {
        let visits = &view.list.as_ref()?.visits;
        let done = |card: &onboarding::VisitCard| card.state == VisitState::Registered && card.news;
        (visits.len() == guests.len() && visits.iter().all(done)).then_some(())
    })
    .await;
    for (at, guest) in guests.iter().enumerate() {
        let visit = guest.visit;
        counter.act(OperatorAction::Resume { visit }).await.unwrap();
        let person = counter.station.person_view(None).await.unwrap();
        let PersonScreen::Registered {
            name, device_name, ..
        } = person.screen
        else {
            panic!("{visit:?} is not registered");
        };
        assert_eq!(
            (name, device_name),
            (guest.name.clone(), Some(format!("Phone {at}")))
        );
        counter
            .wants(visit, VisitAction::Finish { leave_pass: false })
            .await
            .unwrap();
        counter.reach("receipt").await;
        counter.wants(visit, VisitAction::Close).await.unwrap();
    }
    counter.reach("home").await;
    let record = counter.record_with("visit_ended", guests.len()).await;
    for guest in &guests {
        let of = |event: &str| {
            let visit = guest.visit.0;
            let line = |line: &&str| {
                let line: serde_json::Value = serde_json::from_str(line).unwrap();
                line["visit"] == visit && line.to_string().contains(&format!("\"{event}\""))
            };
            record.lines().filter(line).count()
        };
        assert_eq!((of("registered"), of("visit_ended")), (1, 1), "{record}");
        assert!(!record.contains(&guest.pass), "the record holds no pass");
    }
}

/// Within the quota that a site begins with.
#[tokio::test(flavor = "multi_thread")]
async fn three_people_are_registered_side_by_side() {
    side_by_side(3, &[("# max = 5", "max = 3")]).await;
}

/// A morning of twenty (N17), with a quota that lets the test be short.
#[tokio::test(flavor = "multi_thread")]
async fn twenty_people_are_registered_side_by_side_n17() {
    let quota = ("requests_per_10_s = 5", "requests_per_10_s = 60");
    side_by_side(20, &[("# max = 5", "max = 20"), quota]).await;
}
