//! The registration report and the logs (reference §3.6, §3.7; acceptance part 3, row 11).

use entra_sim::Case;
use serde_json::{Value, json};

use crate::desk::OperatorDesk;
use crate::http::HttpAnswer;

const SCOPES: &str = "AuditLog.Read.All User.Read.All";

fn values(answer: &HttpAnswer) -> Vec<Value> {
    assert_eq!(answer.status, 200, "{}", answer.text());
    answer.json()["value"].as_array().unwrap().clone()
}

#[tokio::test]
async fn row_11_the_report_lags_behind_the_methods() {
    let mut desk = OperatorDesk::open().await;
    let (id, upn) = desk.person(Case::Plain);
    let pass = desk.pass(&id, &json!({})).await;
    desk.seat("reports", &["Reports Reader"], SCOPES).await;
    let path = format!("/reports/authenticationMethods/userRegistrationDetails/{id}");
    let row = async |desk: &OperatorDesk| desk.get(&path).await.json();
    assert_eq!(row(&desk).await["methodsRegistered"], json!([]));
    assert_eq!(desk.register(&upn, &pass, "tap", "ios").await["ok"], true);
    desk.advance(1_800).await;
    let stale = row(&desk).await;
    assert_eq!(
        (&stale["methodsRegistered"], &stale["isPasswordlessCapable"]),
        (&json!([]), &json!(false))
    );
    desk.advance(1_790).await;
    assert_eq!(
        row(&desk).await["methodsRegistered"],
        json!([]),
        "one hour is not over"
    );
    let mut desk = desk;
    desk.advance(60).await;
    desk.seat("reports2", &["Reports Reader"], SCOPES).await;
    let fresh = row(&desk).await;
    assert_eq!(
        fresh["methodsRegistered"],
        json!([
            "microsoftAuthenticatorPasswordless",
            "microsoftAuthenticatorPush"
        ])
    );
    assert_eq!(
        (&fresh["isPasswordlessCapable"], &fresh["isAdmin"]),
        (&json!(true), &json!(false))
    );
    let made = fresh["lastUpdatedDateTime"].as_str().unwrap();
    assert!(
        made < desk.state().await["clock"]["now"].as_str().unwrap(),
        "{made}"
    );
    let filter =
        "/reports/authenticationMethods/userRegistrationDetails?$filter=isAdmin%20eq%20true";
    let admins = values(&desk.get(filter).await);
    assert!(admins.iter().all(|row| row["isAdmin"] == true) && admins.len() > 3);
}

#[tokio::test]
async fn logs_tell_what_happened_after_a_while() {
    let mut desk = OperatorDesk::open().await;
    let (id, upn) = desk.person(Case::Plain);
    desk.through_pages(&upn, "wrong", &[]).await;
    let pass = desk.pass(&id, &json!({})).await;
    desk.register(&upn, &pass, "tap", "android").await;
    desk.seat("reports", &["Security Reader"], SCOPES).await;
    let sign_ins = format!("/auditLogs/signIns?$filter=userId%20eq%20'{id}'");
    let audits =
        format!("/auditLogs/directoryAudits?$filter=targetResources/any(t:t/id%20eq%20'{id}')");
    assert!(
        values(&desk.get(&sign_ins).await).is_empty()
            && values(&desk.get(&audits).await).is_empty()
    );
    desk.advance(130).await;
    let found = values(&desk.get(&sign_ins).await);
    let codes: Vec<&Value> = found
        .iter()
        .map(|one| &one["status"]["errorCode"])
        .collect();
    assert_eq!(codes, [&json!(0), &json!(50126)], "newest first");
    assert_eq!(found[0]["userPrincipalName"], json!(upn));
    let failed = values(
        &desk
            .get(&format!("{sign_ins}%20and%20status/errorCode%20ne%200"))
            .await,
    );
    assert_eq!(failed.len(), 1);
    let id_of = failed[0]["id"].as_str().unwrap();
    assert_eq!(
        desk.get(&format!("/auditLogs/signIns/{id_of}"))
            .await
            .json()["id"],
        id_of
    );
    let since = "createdDateTime%20ge%202099-01-01T00:00:00Z";
    assert!(values(&desk.get(&format!("{sign_ins}%20and%20{since}")).await).is_empty());
    let found = values(&desk.get(&audits).await);
    let activities: Vec<&str> = found
        .iter()
        .map(|one| one["activityDisplayName"].as_str().unwrap())
        .collect();
    assert_eq!(
        activities,
        [
            "User registered security info",
            "Admin registered security info"
        ]
    );
    assert_eq!(
        found[1]["initiatedBy"]["user"]["userPrincipalName"],
        desk.info().operators[0].upn
    );
    assert!(
        !desk.get(&audits).await.text().contains(&pass),
        "no secret in a log"
    );
}

#[tokio::test]
async fn logs_need_scope_role_and_licence() {
    let mut desk = OperatorDesk::open().await;
    let code = async |desk: &OperatorDesk, path: &str| {
        let answer = desk.get(path).await;
        let code = answer.json()["error"]["code"].clone();
        (answer.status, code.as_str().unwrap_or_default().to_owned())
    };
    let (log, report) = (
        "/auditLogs/signIns",
        "/reports/authenticationMethods/userRegistrationDetails",
    );
    let refused = |code: &str| (403, code.to_owned());
    assert_eq!(
        code(&desk, log).await,
        refused("Authentication_MSGraphPermissionMissing")
    );
    let unsupported = refused("Authentication_RequestFromUnsupportedUserRole");
    desk.seat("auth.admin", &["Authentication Administrator"], SCOPES)
        .await;
    assert_eq!(
        (code(&desk, log).await, code(&desk, report).await),
        (unsupported.clone(), unsupported.clone())
    );
    desk.seat("app.admin", &["Application Administrator"], SCOPES)
        .await;
    assert_eq!(
        (code(&desk, log).await, code(&desk, report).await.0),
        (unsupported, 200)
    );
    desk.seat("reader", &["Global Reader"], SCOPES).await;
    assert_eq!(code(&desk, log).await.0, 200);
    desk.switch(json!({"premium": false})).await;
    assert_eq!(
        code(&desk, log).await,
        refused("Authentication_RequestFromNonPremiumTenantOrB2CTenant")
    );
}
