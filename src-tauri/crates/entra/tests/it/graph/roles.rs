//! What is read of roles and groups.

use std::sync::Arc;

use serde_json::{Value, json};

use super::PERSON;
use crate::fake::Reply;
use crate::fixture::{Issuer, Script};
fn group(number: usize) -> Value {
    json!({"@odata.type": "#microsoft.graph.group", "id": format!("g{number}")})
}

fn admin() -> Value {
    json!({"@odata.type": "#microsoft.graph.directoryRole", "id": "r", "displayName": "Admin", "roleTemplateId": "rt"})
}

/// The first page, what the second one is where it is another, how many pages are asked for, whether what is told is
/// all, and how many roles it has.
type Spoilt = (Value, Option<Reply>, usize, bool, usize);

/// Every page has the first; there are too many of them, or enough is known.
fn first_pages() -> Vec<Spoilt> {
    let nobody_can_tell = json!([{"@odata.type": "#microsoft.graph.group"}]);
    let empty = || Some(Reply::json(200, json!({"value": []})));
    vec![
        (json!([group(1)]), None, 5, false, 0),
        (nobody_can_tell, empty(), 2, false, 0),
        // Enough, and so not all.
        (json!([admin()]), None, 1, false, 1),
        (json!([group(1)]), empty(), 2, true, 0),
    ]
}

/// The second page goes wrong in these ways, or is well.
fn second_pages() -> Vec<Spoilt> {
    let untyped = json!({"value": [{"id": "x"}]});
    let elsewhere =
        json!({"value": [group(2)], "@odata.nextLink": "https://elsewhere.example/v1.0/x"});
    let seconds = [
        (Reply::error(403, "x", ""), 2, false, 0),
        (Reply::error(429, "x", ""), 2, false, 0),
        (Reply::error(500, "x", ""), 2, false, 0),
        (Reply::html(200), 2, false, 0),
        // A read that is cut off is tried once more.
        (Reply::Cut, 3, false, 0),
        (Reply::json(200, json!({"value": 1})), 2, false, 0),
        (Reply::json(200, untyped), 2, false, 0),
        // A way on that leads elsewhere is not gone.
        (Reply::json(200, elsewhere), 2, false, 0),
        (Reply::json(200, json!({"value": [admin()]})), 2, true, 1),
    ];
    let spoilt = seconds.into_iter().map(|(second, pages, complete, roles)| {
        (json!([group(1)]), Some(second), pages, complete, roles)
    });
    spoilt.collect()
}

/// Somebody in more groups than are read, a page that is refused or breaks off: what was read counts, and is said not
/// to be all (W1).
#[tokio::test]
async fn what_of_the_roles_can_be_read_is_told_and_whether_that_is_all() {
    let stop = |roles: &entra::UserRoles| !roles.roles.is_empty();
    for (first, second, pages, complete, roles) in first_pages().into_iter().chain(second_pages()) {
        let issuer = Issuer::start(Script::default()).await;
        let session = issuer.session().await;
        let next = format!("{}/v1.0/users/next?$skiptoken=t", issuer.fake.root());
        let said = first.to_string();
        let seen_first = Arc::new(std::sync::atomic::AtomicBool::new(false));
        issuer.answer_graph(move |_| {
            let again = seen_first.swap(true, std::sync::atomic::Ordering::SeqCst);
            match &second {
                Some(second) if again => second.clone(),
                _ => Reply::json(200, json!({"value": first, "@odata.nextLink": next})),
            }
        });
        let told = session.known_user_roles(PERSON, stop).await.unwrap();
        assert_eq!(
            (told.complete, told.roles.len()),
            (complete, roles),
            "{said}"
        );
        let asked = issuer.fake.seen("/v1.0/users/");
        assert_eq!(asked.len(), pages, "{said}");
        assert!(
            asked[0].target.contains("%24top=999"),
            "{}",
            asked[0].target
        );
    }
    let issuer = Issuer::start(Script::default()).await;
    let session = issuer.session().await;
    for status in [403, 404, 500] {
        issuer.answer_graph(move |_| Reply::error(status, "x", ""));
        assert!(session.known_user_roles(PERSON, stop).await.is_err());
    }
}

/// The cast is documented to need both (D7).
#[tokio::test]
async fn the_operators_roles_are_asked_for_as_documented() {
    let issuer = Issuer::start(Script::default()).await;
    let session = issuer.session().await;
    issuer.answer_graph(|_| Reply::json(200, json!({"value": [admin()]})));
    assert_eq!(session.my_roles().await.unwrap().len(), 1);
    let asked = issuer.fake.seen("/transitiveMemberOf/graph.directoryRole");
    assert_eq!(asked[0].header("consistencylevel"), Some("eventual"));
    assert!(asked[0].target.contains("%24count=true"));
}

/// Whether what a site's limits name is there: not found is an answer, everything else is none (N26).
#[tokio::test]
async fn n26_a_group_or_unit_is_there_or_not_or_nobody_can_tell() {
    let issuer = Issuer::start(Script::default()).await;
    let session = issuer.session().await;
    for (status, expected) in [
        (200, Some(true)),
        (404, Some(false)),
        (403, None),
        (401, None),
        (500, None),
    ] {
        issuer.answer_graph(move |_| match status {
            200 => Reply::json(200, json!({"id": PERSON})),
            404 => Reply::error(404, "Request_ResourceNotFound", ""),
            other => Reply::error(other, "x", ""),
        });
        let session = match status {
            401 => issuer.session().await,
            _ => session.clone(),
        };
        assert_eq!(session.has_group(PERSON).await.ok(), expected, "{status}");
        assert_eq!(session.has_unit(PERSON).await.ok(), expected, "{status}");
    }
    for path in ["/v1.0/groups/", "/v1.0/directory/administrativeUnits/"] {
        let asked = issuer.fake.seen(path);
        assert!(asked[0].target.contains("%24select=id"), "{path}");
    }
}
