//! The published keys: which of them may have signed, and what a rotation costs (O13).

use entra::{SignInErrorKind, TokenFlaw};
use serde_json::{Value, json};

use crate::fake::Reply;
use crate::fixture::{Issuer, Script, claims, header, tokens_with};
use crate::keys::{other, ours};
use crate::tokens::headed;

/// Our key with a change.
fn key(change: fn(&mut Value)) -> Value {
    let mut jwk = ours().jwk();
    change(&mut jwk);
    jwk
}

async fn check(name: &str, set: Value, accepted: bool) {
    let issuer = Issuer::start(Script::default()).await;
    issuer.script.lock().unwrap().keys = Box::new(move |_, _| Reply::json(200, &set));
    let outcome = issuer.sign_in(&issuer.client()).await;
    let kind = outcome.err().map(|error| error.kind);
    let expected = (!accepted).then_some(SignInErrorKind::TokenInvalid(TokenFlaw::Key));
    assert_eq!(kind, expected, "{name}");
}

#[tokio::test]
async fn key_sets() {
    let ec = json!({"kty": "EC", "crv": "P-256", "kid": "key-1", "x": "x", "y": "y"});
    let cases = [
        ("as is", json!({"keys": [ours().jwk()]}), true),
        (
            "among others",
            json!({"keys": [ec, other().jwk(), {"kty": "OKP"}, ours().jwk()]}),
            true,
        ),
        (
            "with alg",
            json!({"keys": [key(|k| k["alg"] = "RS256".into())]}),
            true,
        ),
        ("none", json!({"keys": []}), false),
        ("of another name", json!({"keys": [other().jwk()]}), false),
        (
            "for another algorithm",
            json!({"keys": [key(|k| k["alg"] = "RS512".into())]}),
            false,
        ),
        (
            "of another kind",
            json!({"keys": [key(|k| k["kty"] = "oct".into())]}),
            false,
        ),
        (
            "too short",
            json!({"keys": [key(|k| k["n"] = k["n"].as_str().unwrap()[..171].into())]}),
            false,
        ),
        (
            "not base64",
            json!({"keys": [key(|k| k["n"] = "%".repeat(342).into())]}),
            false,
        ),
    ];
    for (name, set, accepted) in cases {
        check(name, set, accepted).await;
    }
}

/// What a key says it is for, in either of the two ways (RFC 7517, 4.2 and 4.3).
#[tokio::test]
async fn a_key_for_another_use_verifies_nothing() {
    let cases = [
        (
            "for encryption",
            json!({"keys": [key(|k| k["use"] = "enc".into())]}),
            false,
        ),
        (
            "for encryption, told by what it may do",
            json!({"keys": [key(|k| {
                k.as_object_mut().unwrap().remove("use");
                k["key_ops"] = json!(["encrypt", "wrapKey"]);
            })]}),
            false,
        ),
        (
            "for checking, told by what it may do",
            json!({"keys": [key(|k| k["key_ops"] = json!(["verify"]))]}),
            true,
        ),
    ];
    for (name, set, accepted) in cases {
        check(name, set, accepted).await;
    }
}

#[tokio::test]
async fn a_rotated_key_costs_one_more_look_and_no_second_one() {
    let issuer = Issuer::start(Script::default()).await;
    let client = issuer.client();
    issuer.sign_in(&client).await.unwrap();
    issuer.sign_in(&client).await.unwrap();
    assert_eq!(issuer.fake.seen("/keys").len(), 1, "the known key is kept");

    issuer.script.lock().unwrap().keys =
        Box::new(|_, _| Reply::json(200, json!({"keys": [other().jwk()]})));
    issuer.answer_token(|issue| {
        let mut header = header();
        header["kid"] = other().kid.into();
        Reply::json(
            200,
            tokens_with(issue, &other().sign(&header, &claims(issue))),
        )
    });
    issuer.sign_in(&client).await.unwrap();
    assert_eq!(issuer.fake.seen("/keys").len(), 2);

    issuer.answer_token(|issue| {
        Reply::json(
            200,
            tokens_with(issue, &headed(issue, |h| h["kid"] = "gone".into())),
        )
    });
    assert!(issuer.sign_in(&client).await.is_err());
    assert_eq!(issuer.fake.seen("/keys").len(), 3);
}
