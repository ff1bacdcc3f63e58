//! Issuing against the simulated tenant: the whole of it, every refusal, every fault.

use std::time::Duration;

use IssueRefusal::{
    AlreadyExists, ExternalGuest, LifetimeOutOfRange, MethodDisabledOrOutOfScope, NotFound,
    NotPermitted, OneTimeForced, Self_,
};
use entra::{
    GraphErrorKind, IssueError, IssueRefusal, Method, PassReason, PassRequest, Priority, Session,
    UncertainCause,
};
use entra_sim::Case;
use serde_json::json;

use super::{Over, SCOPES, Tenant, pass_of, request};

// S49: sign-in and the whole of an issue, over both listeners.
#[tokio::test]
async fn sign_in_issue_look_and_remove() {
    let tenant = Tenant::start().await;
    for over in [Over::Http, Over::Https] {
        let client = tenant.client(over);
        let signed_in = tenant.sign_in(&client, 0).await.unwrap();
        assert_eq!(signed_in.operator.upn, tenant.running.info.operators[0].upn);
        assert_eq!(signed_in.operator.tid, tenant.running.info.tenant_id);
        for scope in SCOPES {
            assert!(
                signed_in
                    .granted_scopes
                    .iter()
                    .any(|granted| granted == scope),
                "{scope} over {over:?}"
            );
        }
        let session = signed_in.session;
        assert!(session.renewable());
        let roles = session.my_roles().await.unwrap();
        assert_eq!(
            roles[0].template_id, "c4e39bd9-1100-46d3-8c65-fb160da0071f",
            "Authentication Administrator"
        );
        let policy = session.pass_policy().await.unwrap();
        assert!(
            policy.enabled && policy.everyone_in_scope == Some(false),
            "{policy:?}"
        );
        assert_eq!(
            (policy.min_lifetime_minutes, policy.max_lifetime_minutes),
            (Some(10), Some(480))
        );

        let person = tenant.person(Case::Plain);
        let issued = session.issue_pass(person, &request(30)).await.ok().unwrap();
        assert_eq!(
            (
                issued.lifetime_minutes,
                issued.once,
                issued.value.expose().len()
            ),
            (30, true, 8)
        );
        let seen = pass_of(&session, person).await.unwrap();
        assert_eq!(
            (seen.id.as_str(), seen.reason),
            (issued.id.as_str(), PassReason::EnabledByPolicy)
        );
        assert_eq!(
            (seen.created, seen.start),
            (issued.created_unix_ms, issued.start_unix_ms)
        );
        let service = client.last_service_date().unwrap().unix_ms;
        let start = issued.start_unix_ms.unwrap();
        assert!((service - start).abs() < 5_000);

        session.remove_pass(person, &issued.id).await.unwrap();
        session.remove_pass(person, &issued.id).await.unwrap();
        assert_eq!(pass_of(&session, person).await, None);
    }
}

async fn refused(session: &Session, person: &str, request: &PassRequest) -> IssueRefusal {
    match session.issue_pass(person, request).await {
        Err(IssueError::Refused { refusal, support }) => {
            assert_eq!(support.client_request_id, request.client_request_id);
            assert!(support.status.is_some());
            refusal
        }
        Err(other) => panic!("{other:?}"),
        Ok(_) => panic!("issued for {person}: {request:?}"),
    }
}

#[tokio::test]
async fn refusals_by_person_and_lifetime() {
    let tenant = Tenant::start().await;
    let signed_in = tenant.sign_in(&tenant.client(Over::Http), 0).await.unwrap();
    tenant
        .control("switches", json!({"tap_policy_min": 20}))
        .await;
    let own = signed_in.operator.oid.as_str();
    let plain = tenant.person(Case::Plain);
    let range = LifetimeOutOfRange {
        min: Some(20),
        max: Some(480),
    };
    for (person, minutes, expected) in [
        (plain, 15, range),
        (plain, 481, range),
        (
            tenant.person(Case::OutOfScope),
            30,
            MethodDisabledOrOutOfScope,
        ),
        (tenant.person(Case::GuestExternal), 30, ExternalGuest),
        (tenant.person(Case::Protected), 30, NotPermitted),
        (own, 30, Self_),
        ("5f2b1c0e-7a53-4a0e-9d0f-1d2c3b4a5968", 30, NotFound),
    ] {
        let refusal = refused(&signed_in.session, person, &request(minutes)).await;
        assert_eq!(refusal, expected, "{person} for {minutes}");
    }
}

#[tokio::test]
async fn refusals_by_policy() {
    let tenant = Tenant::start().await;
    let session = tenant.session().await;
    let plain = tenant.person(Case::Plain);
    tenant
        .control("switches", json!({"tap_policy_once": true}))
        .await;
    let often = PassRequest {
        once: false,
        ..request(30)
    };
    assert_eq!(refused(&session, plain, &often).await, OneTimeForced);
    tenant
        .control("switches", json!({"tap_policy_enabled": false}))
        .await;
    assert_eq!(
        refused(&session, plain, &request(30)).await,
        MethodDisabledOrOutOfScope
    );
    tenant
        .control(
            "switches",
            json!({"tap_policy_enabled": true, "tap_policy_once": false}),
        )
        .await;
    for exists in ["400", "409"] {
        tenant
            .control("switches", json!({"second_tap": exists}))
            .await;
        let refusal = refused(&session, tenant.person(Case::HasPass), &request(30)).await;
        assert_eq!(refusal, AlreadyExists, "{exists}");
    }
}

#[tokio::test]
async fn refusals_by_role_and_scope() {
    let tenant = Tenant::start().await;
    let client = tenant.client(Over::Http);
    let plain = tenant.person(Case::Plain);
    for operator in [2, 3] {
        let other = tenant.sign_in(&client, operator).await.unwrap().session;
        assert_eq!(
            refused(&other, plain, &request(30)).await,
            NotPermitted,
            "no role, or another"
        );
    }
    let consented = "User.Read.All openid profile offline_access";
    tenant
        .control("switches", json!({"consented_scopes": consented}))
        .await;
    let narrow = tenant.sign_in(&client, 0).await.unwrap();
    assert_eq!(
        narrow.granted_scopes,
        ["User.Read.All"],
        "granted scopes are read from the answer"
    );
    assert_eq!(
        refused(&narrow.session, plain, &request(30)).await,
        NotPermitted
    );
    let error = narrow
        .session
        .methods(plain, Priority::High)
        .await
        .unwrap_err();
    assert_eq!(error.kind, GraphErrorKind::NotPermitted);
    assert_eq!(
        narrow.session.pass_policy().await.unwrap_err().kind,
        GraphErrorKind::NotPermitted
    );
}

// F2: the tenant made a pass and the answer never came; it is in the directory, and was asked for once.
#[tokio::test]
async fn faults_while_issuing() {
    let tenant = Tenant::start().await;
    let session = tenant.session().await;
    let path = "/users/{id}/authentication/temporaryAccessPassMethods";
    for (fault, cause, exists) in [
        ("answer_lost", UncertainCause::Interrupted, true),
        ("reset", UncertainCause::Interrupted, false),
        ("truncated", UncertainCause::Unreadable, true),
        ("malformed", UncertainCause::Unreadable, true),
        ("html", UncertainCause::NetworkWantsSignIn, false),
        ("redirect", UncertainCause::NetworkWantsSignIn, false),
        ("status:500", UncertainCause::Status, false),
        ("status:503", UncertainCause::Status, false),
    ] {
        let person = tenant.person(Case::Partner);
        tenant
            .control(
                "faults",
                json!({"method": "POST", "path": path, "fault": fault}),
            )
            .await;
        match session.issue_pass(person, &request(30)).await {
            // How much of a cut answer arrives is the transport's business.
            Err(IssueError::Uncertain { cause, .. }) if fault == "truncated" => {
                assert!(matches!(
                    cause,
                    UncertainCause::Unreadable | UncertainCause::Interrupted
                ));
            }
            Err(IssueError::Uncertain { cause: found, .. }) => assert_eq!(found, cause, "{fault}"),
            Err(other) => panic!("{fault}: {other:?}"),
            Ok(_) => panic!("{fault}: issued"),
        }
        let pass = pass_of(&session, person).await;
        assert_eq!(pass.is_some(), exists, "{fault}");
        if let Some(pass) = pass {
            session.remove_pass(person, &pass.id).await.unwrap();
        }
    }
    let throttled =
        json!({"method": "POST", "path": path, "fault": "status:429", "retry_after": "3"});
    tenant.control("faults", throttled).await;
    let outcome = session
        .issue_pass(tenant.person(Case::Plain), &request(30))
        .await;
    let three = Some(Duration::from_secs(3));
    assert!(
        matches!(outcome, Err(IssueError::Throttled { retry_after, .. }) if retry_after == three)
    );
}

// The whole of what a kiosk waits for, by the simulated phone.
#[tokio::test]
async fn a_phone_registers() {
    let tenant = Tenant::start().await;
    let session = tenant.session().await;
    for (route, os) in [("tap", "ios"), ("passkey", "android")] {
        let case = if route == "tap" {
            Case::Partner
        } else {
            Case::Plain
        };
        let person = tenant.person(case).to_owned();
        let upn = session.user(&person).await.unwrap().upn;
        let issued = session
            .issue_pass(&person, &request(30))
            .await
            .ok()
            .unwrap();
        let order = json!({"upn": upn, "pass": issued.value.expose(), "route": route, "os": os});
        tenant.control("phone/register", order).await;
        let pass = pass_of(&session, &person).await.unwrap();
        assert_eq!(pass.reason, PassReason::OneTimeUsed, "{route}");
        let methods = session.methods(&person, Priority::Low).await.unwrap();
        let arrived = methods.iter().any(|method| match method {
            Method::Authenticator { created, .. } => route == "tap" && created.is_some(),
            Method::Passkey {
                in_authenticator, ..
            } => route == "passkey" && *in_authenticator,
            Method::Pass(_) | Method::Password { .. } | Method::Other { .. } => false,
        });
        assert!(arrived, "{route}: {methods:?}");
    }
}
