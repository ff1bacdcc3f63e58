//! The ID token: a table of bad ones, each refused for its own reason (O5, O13, T9).

use TokenFlaw::{
    Algorithm, Audience, Issuer as IssuerFlaw, Key, Malformed, Missing, Nonce, ObjectId, Signature,
    Version,
};
use entra::{SignInErrorKind, TokenFlaw};
use serde_json::{Value, json};

use crate::fake::{DATE_S, Reply};
use crate::fixture::{
    CLIENT, Issue, Issuer, OPERATOR, Script, TENANT, assert_clean, claims, header, tokens_with,
};
use crate::keys::{other, ours};

type Make = fn(&Issue) -> String;

async fn check(name: &str, make: Make, expected: Result<(), SignInErrorKind>) {
    let issuer = Issuer::start(Script::default()).await;
    issuer.answer_token(move |issue| Reply::json(200, tokens_with(issue, &make(issue))));
    let outcome = issuer.sign_in(&issuer.client()).await;
    match (outcome, expected) {
        (Ok(signed_in), Ok(())) => assert_eq!(signed_in.operator.oid, OPERATOR, "{name}"),
        (Err(error), Err(kind)) => {
            assert_eq!(error.kind, kind, "{name}");
            assert_clean(&error);
        }
        (outcome, expected) => panic!(
            "{name}: {:?}, expected {expected:?}",
            outcome.map(|one| one.operator)
        ),
    }
}

fn with(issue: &Issue, change: impl FnOnce(&mut Value)) -> String {
    let mut claims = claims(issue);
    change(&mut claims);
    ours().sign(&header(), &claims)
}

pub(crate) fn headed(issue: &Issue, change: impl FnOnce(&mut Value)) -> String {
    let mut header = header();
    change(&mut header);
    ours().sign(&header, &claims(issue))
}

fn without(issue: &Issue, claim: &str) -> String {
    with(issue, |claims| {
        claims.as_object_mut().unwrap().remove(claim);
    })
}

fn altered(issue: &Issue, alter: impl FnOnce(&mut Vec<String>)) -> String {
    let good = ours().sign(&header(), &claims(issue));
    let mut parts: Vec<String> = good.split('.').map(str::to_owned).collect();
    alter(&mut parts);
    parts.join(".")
}

const FORMS: &[(&str, Make, TokenFlaw)] = &[
    ("empty", |_| String::new(), Missing),
    ("spaces", |_| " ".repeat(9), Missing),
    ("a word", |_| "planted".into(), Malformed),
    (
        "two parts",
        |issue| altered(issue, |parts| parts.truncate(2)),
        Malformed,
    ),
    (
        "four parts",
        |issue| altered(issue, |parts| parts.push("x".into())),
        Malformed,
    ),
    (
        "header not base64",
        |issue| altered(issue, |parts| parts[0] = "%%%".into()),
        Malformed,
    ),
    (
        "header not JSON",
        |issue| altered(issue, |parts| parts[0] = "cGxhbnRlZA".into()),
        Malformed,
    ),
    (
        "longer than 16 KiB",
        |issue| with(issue, |claims| claims["x"] = "planted".repeat(3000).into()),
        Malformed,
    ),
    (
        "payload not JSON",
        |_| ours().sign_text(&header().to_string(), "planted"),
        Malformed,
    ),
    (
        "payload an array",
        |_| ours().sign_text(&header().to_string(), "[]"),
        Malformed,
    ),
    (
        "alg none",
        |issue| {
            altered(&issue.clone(), |parts| {
                parts[0] = "eyJhbGciOiJub25lIiwia2lkIjoia2V5LTEifQ".into();
                parts[2].clear();
            })
        },
        Algorithm,
    ),
    (
        "alg NONE",
        |issue| headed(issue, |header| header["alg"] = "NONE".into()),
        Algorithm,
    ),
    (
        "HS256 with the public key",
        |issue| {
            let mut header = header();
            header["alg"] = "HS256".into();
            ours().sign_as_hmac(&header, &claims(issue))
        },
        Algorithm,
    ),
    (
        "RS384",
        |issue| headed(issue, |header| header["alg"] = "RS384".into()),
        Algorithm,
    ),
    (
        "PS256",
        |issue| headed(issue, |header| header["alg"] = "PS256".into()),
        Algorithm,
    ),
    (
        "ES256",
        |issue| headed(issue, |header| header["alg"] = "ES256".into()),
        Algorithm,
    ),
    (
        "critical extension",
        |issue| headed(issue, |header| header["crit"] = json!(["exp"])),
        Algorithm,
    ),
    (
        "no kid",
        |issue| headed(issue, |header| header["kid"] = Value::Null),
        Key,
    ),
    (
        "empty kid",
        |issue| headed(issue, |header| header["kid"] = "".into()),
        Key,
    ),
    (
        "unknown kid",
        |issue| headed(issue, |header| header["kid"] = "planted".into()),
        Key,
    ),
    (
        "another's key under our kid",
        |issue| other().sign(&header(), &claims(issue)),
        Signature,
    ),
    (
        "another's key, brought along",
        |issue| {
            let mut header = header();
            header["jwk"] = other().jwk();
            other().sign(&header, &claims(issue))
        },
        Signature,
    ),
    (
        "altered claims",
        |issue| {
            let forged = with(issue, |claims| claims["oid"] = TENANT.into());
            altered(issue, |parts| {
                parts[1] = forged.split('.').nth(1).unwrap().into()
            })
        },
        Signature,
    ),
    (
        "no signature",
        |issue| altered(issue, |parts| parts[2].clear()),
        Signature,
    ),
    (
        "short signature",
        |issue| altered(issue, |parts| parts[2].truncate(100)),
        Signature,
    ),
];

#[tokio::test]
async fn shape_algorithm_key_and_signature() {
    for (name, make, flaw) in FORMS {
        check(name, *make, Err(SignInErrorKind::TokenInvalid(*flaw))).await;
    }
}

const CLAIMS: &[(&str, Make, TokenFlaw)] = &[
    (
        "issuer of another host",
        |issue| with(issue, |c| c["iss"] = "https://evil.example/v2.0".into()),
        IssuerFlaw,
    ),
    (
        "issuer with a slash more",
        |issue| {
            with(issue, |c| {
                c["iss"] = format!("{}/", c["iss"].as_str().unwrap()).into()
            })
        },
        IssuerFlaw,
    ),
    (
        "issuer of version 1",
        |issue| {
            with(issue, |c| {
                c["iss"] = format!("https://sts.windows.net/{TENANT}/").into()
            })
        },
        IssuerFlaw,
    ),
    (
        "templated issuer",
        |issue| {
            with(issue, |c| {
                c["iss"] = format!("{}/{{tenantid}}/v2.0", issue.root).into()
            })
        },
        IssuerFlaw,
    ),
    ("no issuer", |issue| without(issue, "iss"), Malformed),
    (
        "another's audience",
        |issue| with(issue, |c| c["aud"] = TENANT.into()),
        Audience,
    ),
    (
        "audience in capitals",
        |issue| with(issue, |c| c["aud"] = CLIENT.to_uppercase().into()),
        Audience,
    ),
    (
        "two audiences",
        |issue| with(issue, |c| c["aud"] = json!([CLIENT, "other"])),
        Malformed,
    ),
    (
        "a list of one audience",
        |issue| with(issue, |c| c["aud"] = json!([CLIENT])),
        Malformed,
    ),
    ("no audience", |issue| without(issue, "aud"), Malformed),
    (
        "another authorised party",
        |issue| with(issue, |c| c["azp"] = TENANT.into()),
        Audience,
    ),
    ("no tenant", |issue| without(issue, "tid"), Malformed),
    (
        "tenant twice",
        |issue| {
            let text = claims(issue).to_string();
            ours().sign_text(
                &header().to_string(),
                &text.replacen('{', &format!("{{\"tid\":\"{TENANT}\","), 1),
            )
        },
        Malformed,
    ),
    ("no nonce", |issue| without(issue, "nonce"), Nonce),
    (
        "null nonce",
        |issue| with(issue, |c| c["nonce"] = Value::Null),
        Nonce,
    ),
    (
        "empty nonce",
        |issue| with(issue, |c| c["nonce"] = "".into()),
        Nonce,
    ),
    (
        "another nonce",
        |issue| with(issue, |c| c["nonce"] = "planted-nonce".into()),
        Nonce,
    ),
    (
        "half the nonce",
        |issue| with(issue, |c| c["nonce"] = issue.nonce[..20].into()),
        Nonce,
    ),
    (
        "nonce in capitals",
        |issue| with(issue, |c| c["nonce"] = issue.nonce.to_uppercase().into()),
        Nonce,
    ),
    (
        "version 1.0",
        |issue| with(issue, |c| c["ver"] = "1.0".into()),
        Version,
    ),
    (
        "version as a number",
        |issue| with(issue, |c| c["ver"] = json!(2.0)),
        Malformed,
    ),
    ("no version", |issue| without(issue, "ver"), Malformed),
    ("no subject", |issue| without(issue, "sub"), Malformed),
    (
        "empty subject",
        |issue| with(issue, |c| c["sub"] = "".into()),
        Malformed,
    ),
    (
        "subject as a number",
        |issue| with(issue, |c| c["sub"] = 7.into()),
        Malformed,
    ),
    ("no time of issue", |issue| without(issue, "iat"), Malformed),
    (
        "time of issue null",
        |issue| with(issue, |c| c["iat"] = Value::Null),
        Malformed,
    ),
    (
        "another host's token for another tenant",
        |issue| {
            with(issue, |c| {
                c["tid"] = OPERATOR.into();
                c["iss"] = format!("https://login.example/{OPERATOR}/v2.0").into();
            })
        },
        IssuerFlaw,
    ),
    (
        "a host whose name begins with ours",
        |issue| {
            with(issue, |c| {
                c["tid"] = OPERATOR.into();
                c["iss"] = format!("{}.evil.example/{OPERATOR}/v2.0", issue.root).into();
            })
        },
        IssuerFlaw,
    ),
    ("no object id", |issue| without(issue, "oid"), ObjectId),
    (
        "object id not a GUID",
        |issue| with(issue, |c| c["oid"] = "planted".into()),
        ObjectId,
    ),
    (
        "empty object id",
        |issue| with(issue, |c| c["oid"] = "".into()),
        ObjectId,
    ),
    (
        "object id as a number",
        |issue| with(issue, |c| c["oid"] = 7.into()),
        Malformed,
    ),
];

#[tokio::test]
async fn claims_that_tie_it_to_tenant_app_and_sign_in() {
    for (name, make, flaw) in CLAIMS {
        check(name, *make, Err(SignInErrorKind::TokenInvalid(*flaw))).await;
    }
    let foreign: Make = |issue| with(issue, |c| c["tid"] = OPERATOR.into());
    check("another tenant", foreign, Err(SignInErrorKind::WrongTenant)).await;
}

/// One id has many spellings and is one operator.
#[tokio::test]
async fn an_object_id_in_another_spelling_is_the_same_operator() {
    let spellings: [(&str, Make); 5] = [
        ("capitals", |issue| {
            with(issue, |c| c["oid"] = OPERATOR.to_uppercase().into())
        }),
        ("braces", |issue| {
            with(issue, |c| c["oid"] = format!("{{{OPERATOR}}}").into())
        }),
        ("no hyphens", |issue| {
            with(issue, |c| c["oid"] = OPERATOR.replace('-', "").into())
        }),
        ("a URN", |issue| {
            with(issue, |c| c["oid"] = format!("urn:uuid:{OPERATOR}").into())
        }),
        ("the tenant in capitals", |issue| {
            with(issue, |c| c["tid"] = TENANT.to_uppercase().into())
        }),
    ];
    for (name, make) in spellings {
        check(name, make, Ok(())).await;
    }
}

const LATE: Result<(), SignInErrorKind> = Err(SignInErrorKind::TokenInvalid(TokenFlaw::Time));
const WRONG: Result<(), SignInErrorKind> = Err(SignInErrorKind::TokenInvalid(TokenFlaw::Malformed));

const TIMES: &[(&str, Make, Result<(), SignInErrorKind>)] = &[
    ("as is", |issue| with(issue, |_| ()), Ok(())),
    (
        "just expired",
        |issue| with(issue, |c| c["exp"] = (DATE_S - 290).into()),
        Ok(()),
    ),
    (
        "expired",
        |issue| with(issue, |c| c["exp"] = (DATE_S - 310).into()),
        LATE,
    ),
    (
        "expired long ago",
        |issue| with(issue, |c| c["exp"] = 1.into()),
        LATE,
    ),
    (
        "expired before time began",
        |issue| with(issue, |c| c["exp"] = i64::MIN.into()),
        LATE,
    ),
    (
        "soon valid",
        |issue| with(issue, |c| c["nbf"] = (DATE_S + 290).into()),
        Ok(()),
    ),
    (
        "not yet valid",
        |issue| with(issue, |c| c["nbf"] = (DATE_S + 310).into()),
        LATE,
    ),
    (
        "issued in the future",
        |issue| with(issue, |c| c["iat"] = (DATE_S + 310).into()),
        LATE,
    ),
    (
        "never expires",
        |issue| with(issue, |c| c["exp"] = i64::MAX.into()),
        Ok(()),
    ),
    ("no expiry", |issue| without(issue, "exp"), WRONG),
    (
        "expiry as text",
        |issue| with(issue, |c| c["exp"] = "2331788400".into()),
        WRONG,
    ),
    (
        "expiry with a fraction",
        |issue| with(issue, |c| c["exp"] = json!(2_331_788_400.5)),
        WRONG,
    ),
    (
        "expiry beyond numbers",
        |issue| with(issue, |c| c["exp"] = u64::MAX.into()),
        WRONG,
    ),
];

// The machine's clock is years away from the issuer's; only service time may count.
#[tokio::test]
async fn times_by_service_time_with_five_minutes_leeway() {
    for (name, make, expected) in TIMES {
        check(name, *make, expected.clone()).await;
    }
}
