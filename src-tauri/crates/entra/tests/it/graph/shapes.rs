//! Good answers of every documented shape.

use std::sync::Arc;

use entra::{EntryDevice, GraphErrorKind, Method, PassReason, Priority, UserKind};
use serde_json::{Value, json};

use super::PERSON;
use crate::fake::Reply;
use crate::fixture::{Issuer, Script};

fn methods() -> Value {
    let kind = |name: &str| format!("#microsoft.graph.{name}AuthenticationMethod");
    json!({"value": [
        {"@odata.type": kind("temporaryAccessPass"), "id": "t", "temporaryAccessPass": null,
         "createdDateTime": "2026-06-02T16:21:09.765173Z", "startDateTime": "2026-06-05T00:00:00Z",
         "lifetimeInMinutes": 60, "isUsableOnce": true, "isUsable": false, "methodUsabilityReason": "OneTimeUsed"},
        {"@odata.type": kind("microsoftAuthenticator"), "id": "push", "displayName": "電話", "deviceTag": "",
         "phoneAppVersion": "6.8.47", "createdDateTime": null},
        {"@odata.type": kind("microsoftAuthenticator"), "id": "phone", "displayName": "iPhone",
         "createdDateTime": "2026-06-02T16:21:09Z", "device": {"id": "o", "deviceId": "d"}},
        {"@odata.type": kind("fido2"), "id": "ios", "aaGuid": "90A3CCDF-635C-4729-A248-9B709135078F",
         "displayName": "key", "model": "Authenticator", "creationDateTime": "2026-06-02T16:21:09Z"},
        {"@odata.type": kind("fido2"), "id": "other", "aaGuid": "cb69481e-8ff7-4039-93ec-0a2729a154a8"},
        {"@odata.type": kind("password"), "id": "p"},
        {"@odata.type": kind("hologram"), "id": "h", "anything": [1, {"x": 2}]},
        {"id": "untyped"},
    ]})
}

/// How the service says that it has no such address, by whichever of its layers.
fn no_such_address() -> Value {
    let message = r#"{"Message":"No HTTP resource was found that matches the request URI 'x'."}"#;
    json!({"error": {"code": "UnknownError", "message": message}})
}

fn refused() -> Value {
    json!({"error": {"code": "BadRequest", "message": "no"}})
}

/// `$expand=device` counts as working only where every entry says something of its device.
#[tokio::test]
async fn devices_by_either_way() {
    let issuer = Issuer::start(Script::default()).await;
    let session = issuer.session().await;
    for (status, body, expected) in [
        (
            200,
            json!({"value": [{"id": "a", "device": {"deviceId": "d"}}, {"id": "b", "device": null}]}),
            Some(vec![Some("d".to_owned()), None]),
        ),
        (200, json!({"value": []}), Some(vec![])),
        (200, json!({"value": [{"id": "a"}]}), None),
        (400, refused(), None),
        (403, refused(), None),
        (404, refused(), None),
        (404, no_such_address(), None),
        (405, refused(), None),
        (501, refused(), None),
        (204, json!(""), None),
        // A device that was deleted (D2).
        (
            200,
            json!({"value": [
                {"id": "a", "device": {"id": "00000000-0000-0000-0000-000000000000"}},
                {"id": "b", "device": {"id": "o", "deviceId": "00000000-0000-0000-0000-000000000000"}},
                {"id": "c", "device": {"id": "", "deviceId": null}},
            ]}),
            Some(vec![None, None, None]),
        ),
    ] {
        issuer.answer_graph(move |_| Reply::json(status, &body));
        let told = session
            .authenticators_with_devices(PERSON, Priority::High)
            .await
            .unwrap();
        let device = |method: Method| match method {
            Method::Authenticator { device_id, .. } => device_id,
            other @ (Method::Pass(_)
            | Method::Passkey { .. }
            | Method::Password { .. }
            | Method::Other { .. }) => panic!("{other:?}"),
        };
        let told = told.map(|told| told.into_iter().map(device).collect::<Vec<_>>());
        assert_eq!(told, expected, "{status}");
    }
    let asked = issuer.fake.seen("/microsoftAuthenticatorMethods?");
    assert!(
        asked
            .iter()
            .all(|seen| seen.target.ends_with("?%24expand=device"))
    );
}

/// The question about one entry, as the other way.
#[tokio::test]
async fn the_device_of_one_entry() {
    let issuer = Issuer::start(Script::default()).await;
    let session = issuer.session().await;
    for (status, body, expected) in [
        (
            200,
            json!({"id": "o", "deviceId": "d"}),
            EntryDevice::Registered("d".into()),
        ),
        (404, refused(), EntryDevice::None),
        (404, no_such_address(), EntryDevice::NotOffered),
        (400, refused(), EntryDevice::NotOffered),
        (403, refused(), EntryDevice::NotOffered),
        (405, refused(), EntryDevice::NotOffered),
        (501, refused(), EntryDevice::NotOffered),
        // An empty success is an answer (W11).
        (204, json!(""), EntryDevice::None),
        (200, Value::Null, EntryDevice::None),
        (
            200,
            json!({"id": "00000000-0000-0000-0000-000000000000"}),
            EntryDevice::None,
        ),
    ] {
        issuer.answer_graph(move |_| Reply::json(status, &body));
        let told = session
            .authenticator_device(PERSON, "a/b", Priority::Low)
            .await;
        assert_eq!(told.unwrap(), expected, "{status}");
    }
    let asked = issuer
        .fake
        .seen("/microsoftAuthenticatorMethods/a%2Fb/device");
    assert_eq!(asked.len(), 10, "an id never becomes a path");
}

/// What an answer says of the limit is kept until somebody asks, for authentication methods only.
#[tokio::test]
async fn the_share_of_the_limit_is_told_once() {
    let issuer = Issuer::start(Script::default()).await;
    let client = issuer.client();
    let session = issuer.sign_in(&client).await.unwrap().session;
    assert_eq!(client.take_limit_percent(), None);
    for (shares, expected) in [
        (&["0.85", "1.0", "0.9"][..], Some(100)),
        (&["plenty"], None),
        (&["0.8"], Some(80)),
    ] {
        for share in shares {
            let share = (*share).to_owned();
            issuer.answer_graph(move |_| {
                let headers = [
                    ("Content-Type", "application/json"),
                    ("x-ms-throttle-limit-percentage", &share),
                ];
                Reply::with(200, &headers, methods().to_string())
            });
            session.methods(PERSON, Priority::Low).await.unwrap();
        }
        assert_eq!(client.take_limit_percent(), expected, "{shares:?}");
        assert_eq!(client.take_limit_percent(), None, "taken");
    }
    // What a user read says is about another limit.
    let _ = session.user(PERSON).await;
    assert_eq!(client.take_limit_percent(), None);
}

#[tokio::test]
async fn methods_of_every_kind() {
    let issuer = Issuer::start(Script::default()).await;
    let session = issuer.session().await;
    issuer.answer_graph(move |_| Reply::json(200, methods()));
    let methods = session.methods(PERSON, Priority::High).await.unwrap();
    let Method::Pass(pass) = &methods[0] else {
        panic!("{:?}", methods[0])
    };
    assert_eq!(
        (pass.created, pass.start),
        (Some(1_780_417_269_765), Some(1_780_617_600_000))
    );
    assert_eq!(
        (pass.lifetime_minutes, pass.once, pass.usable),
        (Some(60), true, false)
    );
    assert_eq!(pass.reason, PassReason::OneTimeUsed);
    assert!(matches!(
        &methods[1],
        Method::Authenticator {
            created: None,
            device_id: None,
            ..
        }
    ));
    assert!(
        matches!(&methods[2], Method::Authenticator { created: Some(_), device_id: Some(id), .. } if id == "d")
    );
    assert!(matches!(
        &methods[3],
        Method::Passkey {
            in_authenticator: true,
            created: Some(_),
            ..
        }
    ));
    assert!(matches!(
        &methods[4],
        Method::Passkey {
            in_authenticator: false,
            created: None,
            ..
        }
    ));
    assert!(matches!(&methods[5], Method::Password { .. }));
    assert_eq!(
        methods[6],
        Method::Other {
            id: "h".into(),
            kind: "hologramAuthenticationMethod".into(),
            mark: None,
        }
    );
    assert_eq!(
        methods[7],
        Method::Other {
            id: "untyped".into(),
            kind: String::new(),
            mark: None,
        }
    );
}

#[tokio::test]
async fn who_is_external() {
    let federated = json!([{"signInType": "federated", "issuer": "ExternalAzureAD"}]);
    let own = json!([{"signInType": "userPrincipalName", "issuer": "contoso.example"}]);
    for (name, user, expected) in [
        (
            "member",
            json!({"id": "u", "userType": "Member", "identities": own}),
            UserKind::Member,
        ),
        ("nothing readable", json!({"id": "u"}), UserKind::Untold),
        (
            "null",
            json!({"id": "u", "userType": null, "identities": own}),
            UserKind::Untold,
        ),
        (
            "neither word",
            json!({"id": "u", "userType": "\u{202e}Member"}),
            UserKind::Untold,
        ),
        (
            "elsewhere, and neither word",
            json!({"id": "u", "userType": "", "externalUserState": "Accepted"}),
            UserKind::ExternalUntold,
        ),
        (
            "internal guest",
            json!({"id": "u", "userType": "Guest", "identities": own}),
            UserKind::InternalGuest,
        ),
        (
            "invited",
            json!({"id": "u", "userType": "Guest", "creationType": "Invitation"}),
            UserKind::ExternalGuest,
        ),
        (
            "federated",
            json!({"id": "u", "userType": "guest", "identities": federated}),
            UserKind::ExternalGuest,
        ),
        (
            "by name",
            json!({"id": "u", "userType": "Guest", "userPrincipalName": "a#EXT#@x"}),
            UserKind::ExternalGuest,
        ),
        (
            "made a member",
            json!({"id": "u", "userType": "Member", "externalUserState": "Accepted"}),
            UserKind::ExternalMember,
        ),
    ] {
        let issuer = Issuer::start(Script::default()).await;
        let session = issuer.session().await;
        issuer.answer_graph(move |_| Reply::json(200, &user));
        assert_eq!(session.user("u").await.unwrap().kind, expected, "{name}");
    }
}

/// What is missing says nothing; only of the restriction is the service's null a no.
#[tokio::test]
async fn an_account_is_told_wholly_or_said_to_be_partly_untold() {
    let whole = || json!({"id": "u", "accountEnabled": true, "userType": "Member", "isManagementRestricted": null});
    let without = |name: &str| {
        let mut user = whole();
        user.as_object_mut().unwrap().remove(name);
        user
    };
    let nulled = |name: &str| {
        let mut user = whole();
        user[name] = Value::Null;
        user
    };
    let neither = json!({"id": "u", "accountEnabled": true, "userType": "Partner", "isManagementRestricted": null});
    for (user, expected) in [
        (whole(), false),
        (without("accountEnabled"), true),
        (without("userType"), true),
        (without("isManagementRestricted"), true),
        (nulled("accountEnabled"), true),
        (nulled("userType"), true),
        (neither, true),
    ] {
        let issuer = Issuer::start(Script::default()).await;
        let session = issuer.session().await;
        let said = user.to_string();
        issuer.answer_graph(move |_| Reply::json(200, &user));
        let told = session.user("u").await.unwrap();
        assert_eq!(told.partly_untold, expected, "{said}");
        assert!(!told.management_restricted);
    }
}

#[tokio::test]
async fn two_searches_make_one_list() {
    let person =
        |id: &str, name: &str| json!({"id": id, "displayName": name, "userPrincipalName": "x"});
    let search = Arc::new(json!({"value": [person("1", "山田 太郎"), person("2", "山田 健一")]}));
    let filter = Arc::new(json!({"value": [person("2", "山田 健一"), person("3", "山田屋")]}));
    let answers = |search: Reply, filter: Reply| {
        move |seen: &crate::fake::Seen| {
            if seen.target.contains("24search=") {
                search.clone()
            } else {
                filter.clone()
            }
        }
    };
    let issuer = Issuer::start(Script::default()).await;
    let session = issuer.session().await;

    issuer.answer_graph(answers(
        Reply::json(200, &search),
        Reply::json(200, &filter),
    ));
    let ids = |users: Vec<entra::User>| users.into_iter().map(|user| user.id).collect::<Vec<_>>();
    assert_eq!(
        ids(session.search_users("山田", 10).await.unwrap()),
        ["2", "3", "1"]
    );
    assert_eq!(
        ids(session.search_users("山田", 2).await.unwrap()),
        ["2", "3"]
    );

    issuer.answer_graph(answers(
        Reply::error(400, "Request_BadRequest", ""),
        Reply::json(200, &filter),
    ));
    assert_eq!(
        ids(session.search_users("山田", 10).await.unwrap()),
        ["2", "3"]
    );

    issuer.answer_graph(answers(
        Reply::error(403, "x", ""),
        Reply::json(200, &filter),
    ));
    assert_eq!(
        session.search_users("山田", 10).await.unwrap_err().kind,
        GraphErrorKind::NotPermitted
    );
    issuer.answer_graph(answers(
        Reply::json(200, &search),
        Reply::error(429, "x", ""),
    ));
    let throttled = GraphErrorKind::Throttled { retry_after: None };
    assert_eq!(
        session.search_users("山田", 10).await.unwrap_err().kind,
        throttled
    );
}

#[tokio::test]
async fn policies_and_roles() {
    let issuer = Issuer::start(Script::default()).await;
    let session = issuer.session().await;
    let everyone = json!([{"id": "all_users", "targetType": "group"}]);
    for (include, exclude, expected) in [
        (everyone.clone(), json!([]), Some(true)),
        (
            everyone,
            json!([{"id": "g", "targetType": "group"}]),
            Some(false),
        ),
        (
            json!([{"id": "g", "targetType": "group"}]),
            json!([]),
            Some(false),
        ),
        (Value::Null, Value::Null, None),
    ] {
        let body = json!({"state": "enabled", "defaultLength": 12, "minimumLifetimeInMinutes": 10,
            "maximumLifetimeInMinutes": 480, "defaultLifetimeInMinutes": 30, "isUsableOnce": true,
            "includeTargets": include, "excludeTargets": exclude});
        issuer.answer_graph(move |_| Reply::json(200, &body));
        let policy = session.pass_policy().await.unwrap();
        assert_eq!(policy.everyone_in_scope, expected);
        assert_eq!(
            (policy.enabled, policy.once_forced, policy.length),
            (true, true, Some(12))
        );
        assert_eq!(
            (policy.min_lifetime_minutes, policy.max_lifetime_minutes),
            (Some(10), Some(480))
        );
    }
    let members = json!({"value": [
        {"@odata.type": "#microsoft.graph.directoryRole", "id": "r", "displayName": "Reader", "roleTemplateId": "rt"},
        {"@odata.type": "#microsoft.graph.group", "id": "g", "displayName": "Group", "isAssignableToRole": true},
        {"@odata.type": "#microsoft.graph.administrativeUnit", "id": "a"},
    ]});
    issuer.answer_graph(move |_| Reply::json(200, &members));
    let roles = session.user_roles(PERSON).await.unwrap();
    assert_eq!(roles.roles.len(), 1);
    assert_eq!(roles.roles[0].template_id, "rt");
    assert!(roles.role_assignable_group);
}
