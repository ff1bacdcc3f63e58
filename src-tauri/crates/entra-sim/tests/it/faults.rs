//! What goes wrong on purpose (acceptance part 3, row 12).

use std::time::{Duration, Instant};

use entra_sim::Case;
use serde_json::json;

use crate::desk::{OperatorDesk, OperatorRole};
use crate::http::HttpRequest;

const TAPS: &str = "/users/{id}/authentication/temporaryAccessPassMethods";

#[tokio::test]
async fn a_lost_answer_leaves_the_pass_behind() {
    let desk = OperatorDesk::open().await;
    let (id, _) = desk.person(Case::Plain);
    desk.fault(json!({"method": "POST", "path": TAPS, "fault": "answer_lost"}))
        .await;
    let path = format!("/users/{id}/authentication/temporaryAccessPassMethods");
    let lost = desk.graph("POST", &path).json(&json!({})).try_send().await;
    assert!(lost.is_err(), "{lost:?}");
    assert_eq!(desk.listed_pass(&id).await["isUsable"], true, "N13");
    assert_eq!(desk.state().await["faults"], json!([]), "once is once");
}

#[tokio::test]
async fn a_reset_leaves_nothing_behind() {
    let desk = OperatorDesk::open().await;
    let (id, _) = desk.person(Case::Plain);
    desk.fault(json!({"method": "POST", "path": TAPS, "fault": "reset"}))
        .await;
    let path = format!("/users/{id}/authentication/temporaryAccessPassMethods");
    assert!(
        desk.graph("POST", &path)
            .json(&json!({}))
            .try_send()
            .await
            .is_err()
    );
    assert!(desk.listed_pass(&id).await.is_null());
    let requests = desk.state().await["requests"].clone();
    let struck = requests
        .as_array()
        .unwrap()
        .iter()
        .find(|row| row["status"] == 0)
        .unwrap();
    assert_eq!(
        (&struck["method"], &struck["path"]),
        (&json!("POST"), &json!(format!("/v1.0{TAPS}")))
    );
}

#[tokio::test]
async fn throttling_says_when_to_come_back() {
    let desk = OperatorDesk::open().await;
    desk.fault(
        json!({"path": "/me", "fault": "status:429", "retry_after": "7", "times": 2, "after": 1}),
    )
    .await;
    assert_eq!(desk.get("/me").await.status, 200, "one goes by first");
    for _ in 0..2 {
        let refused = desk.get("/me").await;
        assert_eq!((refused.status, refused.header("retry-after")), (429, "7"));
        assert_eq!(refused.json()["error"]["code"], "TooManyRequests");
    }
    assert_eq!(desk.get("/me").await.status, 200);
    desk.fault(json!({"path": "/me", "fault": "status:503"}))
        .await;
    let down = desk.get("/me").await;
    assert_eq!((down.status, down.header("retry-after")), (503, ""));
}

#[tokio::test]
async fn a_captive_portal_answers_in_html() {
    let desk = OperatorDesk::open().await;
    desk.fault(json!({"path": "/", "fault": "html"})).await;
    let portal = desk.get("/me").await;
    assert_eq!(
        (portal.status, portal.header("content-type")),
        (200, "text/html; charset=utf-8")
    );
    assert_eq!(portal.header("request-id"), "");
}

#[tokio::test]
async fn answers_can_be_spoiled_after_the_effect() {
    let desk = OperatorDesk::open().await;
    let (id, _) = desk.person(Case::Plain);
    let path = format!("/users/{id}/authentication/temporaryAccessPassMethods");
    desk.fault(json!({"method": "POST", "path": TAPS, "fault": "malformed"}))
        .await;
    let malformed = desk.graph("POST", &path).json(&json!({})).send().await;
    assert_eq!(malformed.status, 201);
    assert!(serde_json::from_slice::<serde_json::Value>(&malformed.body).is_err());
    let first = desk.listed_pass(&id).await["id"].clone();
    assert!(first.is_string());
    desk.fault(json!({"method": "POST", "path": TAPS, "fault": "truncated"}))
        .await;
    let truncated = desk.graph("POST", &path).json(&json!({})).try_send().await;
    assert_eq!(
        truncated.unwrap_err().kind(),
        std::io::ErrorKind::UnexpectedEof
    );
    assert_ne!(
        desk.listed_pass(&id).await["id"],
        first,
        "a new one was made all the same"
    );
}

#[tokio::test]
async fn a_redirect_points_to_another_host() {
    let desk = OperatorDesk::open().await;
    desk.fault(json!({"path": "/me", "fault": "redirect", "location": "http://127.0.0.1:9/steal"}))
        .await;
    let answer = desk.get("/me").await;
    assert_eq!(
        (answer.status, answer.header("location")),
        (302, "http://127.0.0.1:9/steal")
    );
}

#[tokio::test]
async fn slow_answers_are_slow() {
    let desk = OperatorDesk::open().await;
    desk.fault(json!({"path": "/me", "fault": "slow", "delay_ms": 300}))
        .await;
    let begun = Instant::now();
    assert_eq!(desk.get("/me").await.status, 200);
    assert!(begun.elapsed() >= Duration::from_millis(300));
}

#[tokio::test]
async fn another_person_can_come_back() {
    let desk = OperatorDesk::open().await;
    let (id, upn) = desk.person(Case::Plain);
    desk.fault(json!({"path": "/users/{id}", "fault": "other_user"}))
        .await;
    let other = desk.get(&format!("/users/{upn}")).await.json();
    assert_ne!(other["id"], json!(id));
    assert_eq!(
        desk.get(&format!("/users/{upn}")).await.json()["id"],
        json!(id)
    );
}

#[tokio::test]
async fn a_claims_challenge_can_be_met() {
    let desk = OperatorDesk::open().await;
    desk.fault(json!({"path": "/me", "fault": "claims"})).await;
    let challenged = desk.get("/me").await;
    assert_eq!(challenged.status, 401);
    let header = challenged.header("www-authenticate");
    assert!(
        header.contains("error=\"insufficient_claims\"") && header.contains("claims=\""),
        "{header}"
    );
}

#[tokio::test]
async fn faults_strike_the_sign_in_service_too_and_can_be_taken_back() {
    let desk = OperatorDesk::open().await;
    let fault = json!({"path": "/oauth2/v2.0/token", "fault": "status:503", "times": 9});
    desk.fault(fault).await;
    assert_eq!(desk.token_call(&[]).await.status, 503);
    assert_eq!(
        HttpRequest::new("DELETE", format!("{}/faults", desk.info().control))
            .send()
            .await
            .status,
        200
    );
    assert_eq!(desk.token_call(&[]).await.status, 400);
    for wrong in [
        json!({"path": "/", "fault": "gremlin"}),
        json!({"path": "/", "fault": "reset", "times": 0}),
        json!({}),
    ] {
        let refused = desk.control("POST", "faults", &wrong).await;
        assert_eq!(
            (refused.status, &refused.json()["error"]["code"]),
            (400, &json!("bad_request"))
        );
    }
}

#[tokio::test]
async fn retry_after_comes_in_every_form() {
    let desk = OperatorDesk::open().await;
    for form in [
        "7",
        "0",
        "-1",
        "99999999999999999999",
        "in a moment",
        "Fri, 31 Dec 1999 23:59:59 GMT",
    ] {
        desk.fault(json!({"path": "/me", "fault": "status:503", "retry_after": form}))
            .await;
        assert_eq!(desk.get("/me").await.header("retry-after"), form);
    }
    desk.switch(json!({"clock_skew_s": 86_400})).await;
    desk.fault(json!({"path": "/me", "fault": "status:429", "retry_after_date_s": 120}))
        .await;
    let refused = desk.get("/me").await;
    let instant = |header: &str| {
        let date = refused.header(header).strip_suffix("GMT").expect("a date");
        jiff::fmt::rfc2822::parse(&format!("{date}+0000"))
            .unwrap()
            .timestamp()
    };
    let ahead = instant("retry-after").duration_since(instant("date"));
    assert!(
        (119..=121).contains(&ahead.as_secs()),
        "by the tenant's clock: {ahead}"
    );
}

#[tokio::test]
async fn an_answer_can_come_byte_by_byte() {
    let desk = OperatorDesk::open().await;
    desk.fault(json!({"path": "/me", "fault": "slow_loris", "delay_ms": 1}))
        .await;
    let begun = Instant::now();
    let answer = desk.get("/me").await;
    assert_eq!(answer.status, 200);
    assert!(answer.json()["id"].is_string(), "it is whole at the end");
    let least = Duration::from_millis(answer.body.len() as u64);
    assert!(begun.elapsed() >= least);
}

#[tokio::test]
async fn bodies_can_be_huge_or_without_end() {
    let desk = OperatorDesk::open().await;
    for size in [0_u64, 14, 3_000_000] {
        desk.fault(json!({"path": "/users", "fault": "huge", "size_bytes": size}))
            .await;
        let huge = desk.get("/users").await;
        assert_eq!(huge.body.len() as u64, size.max(12));
        assert_eq!(huge.json()["value"], json!([]));
    }
    desk.fault(json!({"path": "/users", "fault": "endless"}))
        .await;
    let got = desk
        .graph("GET", "/users")
        .first_bytes(1_000_000)
        .await
        .unwrap();
    assert!(got.starts_with(b"HTTP/1.1 200"));
    assert_eq!(got.len(), 1_000_000, "and more to come");
    assert_eq!(desk.get("/users").await.status, 200, "the tenant goes on");
}

#[tokio::test]
async fn the_date_can_be_off() {
    let desk = OperatorDesk::open().await;
    desk.fault(json!({"path": "/me", "fault": "date", "skew_s": -7_200}))
        .await;
    let second = |date: &str| {
        let date = date.strip_suffix("GMT").expect("a date");
        jiff::fmt::rfc2822::parse(&format!("{date}+0000"))
            .unwrap()
            .timestamp()
            .as_second()
    };
    let off = second(desk.get("/me").await.header("date"));
    let right = second(desk.get("/me").await.header("date"));
    assert!((7_199..=7_260).contains(&(right - off)), "{}", right - off);
    desk.switch(json!({"clock_skew_s": 600})).await;
    let ahead = second(desk.get("/me").await.header("date")) - right;
    assert!((600..660).contains(&ahead), "{ahead}");
    assert_eq!(desk.state().await["clock"]["ahead_s"], json!(600));
}

#[tokio::test]
async fn a_revoked_session_is_over_for_good() {
    let desk = OperatorDesk::open().await;
    let tokens = desk
        .sign_in(OperatorRole::AuthenticationAdministrator)
        .await;
    desk.fault(json!({"path": "/me", "fault": "revoked"})).await;
    let challenged = desk.get("/me").await;
    assert_eq!(challenged.status, 401);
    assert!(
        challenged
            .header("www-authenticate")
            .contains("error=\"insufficient_claims\"")
    );
    assert_eq!(desk.get("/me").await.status, 401, "the token is over");
    let refresh = tokens["refresh_token"].as_str().unwrap();
    let renewed = desk
        .token_call(&[
            ("grant_type", "refresh_token"),
            ("client_id", &desk.info().client_id),
            ("refresh_token", refresh),
        ])
        .await;
    assert_eq!(
        (renewed.status, &renewed.json()["error"]),
        (400, &json!("invalid_grant"))
    );
    let again = desk
        .sign_in(OperatorRole::AuthenticationAdministrator)
        .await;
    assert!(again["access_token"].is_string());
}

/// How often a pass was asked for so far, by status.
async fn deliveries(desk: &OperatorDesk) -> Vec<(u64, u64)> {
    let requests = desk.state().await["requests"].clone();
    let asked = requests.as_array().unwrap().iter().filter(|row| {
        row["method"] == "POST" && row["path"].as_str().unwrap().ends_with("PassMethods")
    });
    asked
        .map(|row| {
            (
                row["status"].as_u64().unwrap(),
                row["count"].as_u64().unwrap(),
            )
        })
        .collect()
}

/// Waits until passes were asked for so often, by status.
async fn delivered(desk: &OperatorDesk, expected: &[(u64, u64)]) {
    let begun = Instant::now();
    while deliveries(desk).await != expected {
        assert!(begun.elapsed() < Duration::from_secs(20), "{expected:?}");
        tokio::task::yield_now().await;
    }
}

#[tokio::test]
async fn a_request_held_up_arrives_although_its_sender_has_gone_f2() {
    for late_s in [31, 45, 65, 300] {
        let desk = OperatorDesk::open().await;
        let (id, upn) = desk.person(Case::Plain);
        let delay_ms = late_s * 1_000;
        desk.fault(
            json!({"method": "POST", "path": TAPS, "fault": "held_up", "delay_ms": delay_ms}),
        )
        .await;
        let path = format!("/users/{id}/authentication/temporaryAccessPassMethods");
        let asking = desk.graph("POST", &path).json(&json!({}));
        // The box has it once the fault is used up; then the sender hangs up.
        let held = async {
            while desk.state().await["faults"] != json!([]) {
                tokio::task::yield_now().await;
            }
        };
        tokio::select! {
            answer = asking.try_send() => panic!("{late_s}: {answer:?}"),
            () = held => {}
        }
        desk.advance(late_s - 1).await;
        assert!(desk.listed_pass(&id).await.is_null(), "{late_s}");
        assert_eq!(deliveries(&desk).await, [], "{late_s}");
        desk.advance(1).await;
        delivered(&desk, &[(201, 1)]).await;
        let passes = desk.state_of(&upn).await["passes"].clone();
        assert_eq!(passes.as_array().unwrap().len(), 1, "{late_s}: {passes}");
    }
}

#[tokio::test]
async fn who_still_waits_for_a_request_held_up_gets_its_answer() {
    let desk = OperatorDesk::open().await;
    let (id, _) = desk.person(Case::Plain);
    desk.fault(json!({"method": "POST", "path": TAPS, "fault": "held_up", "delay_ms": 20}))
        .await;
    assert_eq!(desk.issue(&id, &json!({})).await.status, 201);
    assert_eq!(deliveries(&desk).await, [(201, 1)]);
}

#[tokio::test]
async fn a_request_may_arrive_twice_and_its_answer_is_of_the_pass_that_was_replaced() {
    for (delay_ms, advance_s) in [(0, 0), (40_000, 40)] {
        let desk = OperatorDesk::open().await;
        let (id, _) = desk.person(Case::Plain);
        desk.fault(json!({"method": "POST", "path": TAPS, "fault": "twice", "delay_ms": delay_ms}))
            .await;
        let told = desk.issue(&id, &json!({})).await.json();
        desk.advance(advance_s).await;
        delivered(&desk, &[(201, 2)]).await;
        let listed = desk.listed_pass(&id).await;
        assert!(listed["id"].is_string(), "{listed}");
        assert_ne!(listed["id"], told["id"], "after {delay_ms} ms");
    }
}
