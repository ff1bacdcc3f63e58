//! The sign-in around the token: what is asked, discovery, redirect answers, the token endpoint.

mod discovery;
mod token_endpoint;

use entra::{Prompt, RedirectHost, SignInErrorKind};

use crate::fake::{DATE_S, Reply};
use crate::fixture::{
    CLIENT, Issuer, LIMIT, OPERATOR, Script, TENANT, assert_clean, document, get, parameter, port,
    raw, registration,
};

#[tokio::test]
async fn a_good_sign_in() {
    let issuer = Issuer::start(Script::default()).await;
    let client = issuer.client();
    assert_eq!(client.last_service_date(), None);
    let signed_in = issuer.sign_in(&client).await.unwrap();

    assert_eq!(signed_in.operator.oid, OPERATOR);
    assert_eq!(signed_in.operator.tid, TENANT);
    assert_eq!(signed_in.operator.upn, "desk@contoso.example");
    assert_eq!(signed_in.operator.name, "窓口 係");
    assert_eq!(signed_in.granted_scopes, ["User.Read.All"]);
    assert!(signed_in.session.renewable());
    let left = signed_in.session.expires_in().as_secs();
    assert!((3500..=3600).contains(&left), "{left}");
    let service = client.last_service_date().unwrap();
    assert!(
        (0..2000).contains(&(service.unix_ms - DATE_S * 1000)),
        "{}",
        service.unix_ms
    );
}

// O2, O4, O5, O9, O10: what is asked of the page and then of the token endpoint.
#[tokio::test]
async fn what_is_asked() {
    let issuer = Issuer::start(Script::default()).await;
    let client = issuer.client();
    let pending = client
        .begin_sign_in(Some("desk@contoso.example"))
        .await
        .unwrap();
    let redirect = format!("http://localhost:{}/", port(&pending));
    for (name, value) in [
        ("client_id", CLIENT),
        ("response_type", "code"),
        ("redirect_uri", redirect.as_str()),
        (
            "scope",
            "openid profile offline_access User.Read.All UserAuthMethod-TAP.ReadWrite.All",
        ),
        ("code_challenge_method", "S256"),
        ("prompt", "login"),
        ("login_hint", "desk@contoso.example"),
    ] {
        assert_eq!(parameter(&pending, name), value, "{name}");
    }
    let (state, nonce) = (parameter(&pending, "state"), parameter(&pending, "nonce"));
    assert!(
        state.len() >= 43 && nonce.len() >= 43 && state != nonce,
        "256 bits each"
    );
    let challenge = parameter(&pending, "code_challenge");
    issuer.finish(pending).await.unwrap();

    let asked = &issuer.fake.seen("/token")[0];
    assert_eq!(
        asked.form("redirect_uri").as_deref(),
        Some(redirect.as_str())
    );
    assert_eq!(asked.form("client_id").as_deref(), Some(CLIENT));
    assert_eq!(
        asked.form("grant_type").as_deref(),
        Some("authorization_code")
    );
    assert_eq!(asked.form("client_secret"), None);
    assert_eq!(asked.header("authorization"), None);
    let verifier = asked.form("code_verifier").unwrap();
    let digest = aws_lc_rs::digest::digest(&aws_lc_rs::digest::SHA256, verifier.as_bytes());
    let expected = base64::Engine::encode(&base64::prelude::BASE64_URL_SAFE_NO_PAD, digest);
    assert_eq!(challenge, expected);
}

#[tokio::test]
async fn nothing_repeats_between_sign_ins() {
    let issuer = Issuer::start(Script::default()).await;
    let client = issuer.client();
    let mut seen = std::collections::HashSet::new();
    for _ in 0..20 {
        let pending = client.begin_sign_in(None).await.unwrap();
        for name in ["state", "nonce", "code_challenge"] {
            assert!(seen.insert(parameter(&pending, name)), "{name} repeated");
        }
    }
}

#[tokio::test]
async fn registrations_change_what_is_asked() {
    let issuer = Issuer::start(Script::default()).await;
    let app = entra::AppRegistration {
        refresh: false,
        prompt: Prompt::SelectAccount,
        redirect_host: RedirectHost::Loopback,
        ..registration()
    };
    let pending = issuer
        .client_with(app)
        .begin_sign_in(Some("desk@contoso.example"))
        .await
        .unwrap();
    assert!(
        !parameter(&pending, "scope").contains("offline_access"),
        "O17"
    );
    assert_eq!(parameter(&pending, "prompt"), "select_account");
    assert!(parameter(&pending, "redirect_uri").starts_with("http://127.0.0.1:"));
    assert!(
        !pending
            .browser_url()
            .query_pairs()
            .any(|(name, _)| name == "login_hint")
    );
}

#[tokio::test]
async fn a_refresh_token_not_asked_for_is_not_kept() {
    let issuer = Issuer::start(Script::default()).await;
    let app = entra::AppRegistration {
        refresh: false,
        ..registration()
    };
    let signed_in = issuer.sign_in(&issuer.client_with(app)).await.unwrap();
    assert!(!signed_in.session.renewable());
}

#[tokio::test]
async fn answers_of_the_page() {
    use SignInErrorKind as Kind;
    for (query, expected) in [
        (
            "error=access_denied&error_subcode=cancel&error_description=AADSTS65004%3A+planted",
            Kind::Cancelled,
        ),
        (
            "error=access_denied&error_description=AADSTS65004%3A+planted",
            Kind::Declined,
        ),
        (
            "error=access_denied&error_description=AADSTS53003%3A+planted",
            Kind::BlockedByPolicy {
                aadsts: Some(53003),
            },
        ),
        (
            "error=consent_required&error_description=AADSTS65001%3A+x",
            Kind::ConsentNeeded {
                aadsts: Some(65001),
            },
        ),
        ("error=server_error", Kind::ServerTrouble),
        ("error=%3Cplanted%3E", Kind::Refused { aadsts: None }),
        (
            "code=planted&iss=https%3A%2F%2Fevil.example",
            Kind::Untrusted,
        ),
        (
            "error=access_denied&iss=https%3A%2F%2Fevil.example",
            Kind::Untrusted,
        ),
    ] {
        let issuer = Issuer::start(Script::default()).await;
        let pending = issuer.client().begin_sign_in(None).await.unwrap();
        let query = format!("{query}&state={}", parameter(&pending, "state"));
        let port = port(&pending);
        let (outcome, page) = tokio::join!(pending.finish(LIMIT), get(port, &query));
        let error = outcome.err().unwrap();
        assert_eq!(error.kind, expected, "{query}");
        assert_clean(&error);
        assert!(page.starts_with("HTTP/1.1 200"), "{page}");
        assert!(
            !page.contains("planted") && !page.contains("AADSTS"),
            "nothing is reflected: {page}"
        );
        assert!(
            issuer.fake.seen("/token").is_empty(),
            "nothing is exchanged"
        );
    }
}

// O12: a right `iss` is as good as none.
#[tokio::test]
async fn the_right_issuer_beside_the_code() {
    let issuer = Issuer::start(Script::default()).await;
    let pending = issuer.client().begin_sign_in(None).await.unwrap();
    let issuer_name = format!(
        "http%3A%2F%2F127.0.0.1%3A{}%2F{TENANT}%2Fv2.0",
        issuer.fake.port
    );
    let query = format!(
        "code=x&iss={issuer_name}&state={}",
        parameter(&pending, "state")
    );
    let port = port(&pending);
    let (outcome, _) = tokio::join!(pending.finish(LIMIT), get(port, &query));
    // Only the nonce is wrong here, for nobody told it to the issuer: the exchange took place.
    assert_eq!(
        outcome.err().unwrap().kind,
        SignInErrorKind::TokenInvalid(entra::TokenFlaw::Nonce)
    );
}

// O12, RFC 9207: an authority that promises `iss` is not itself without it.
#[tokio::test]
async fn a_promised_issuer_may_not_be_missing() {
    for query in ["code=planted", "error=access_denied"] {
        for promised in [true, false] {
            let script = Script {
                discovery: Box::new(move |issue, _| {
                    let mut document = document(issue);
                    document["authorization_response_iss_parameter_supported"] = promised.into();
                    Reply::json(200, document)
                }),
                ..Script::default()
            };
            let issuer = Issuer::start(script).await;
            let pending = issuer.client().begin_sign_in(None).await.unwrap();
            let query = format!("{query}&state={}", parameter(&pending, "state"));
            let port = port(&pending);
            let (outcome, _) = tokio::join!(pending.finish(LIMIT), get(port, &query));
            let refused = outcome.err().unwrap().kind == SignInErrorKind::Untrusted;
            assert_eq!(refused, promised, "{query}");
            let exchanged = !issuer.fake.seen("/token").is_empty();
            assert_eq!(exchanged, !promised && query.starts_with("code"), "{query}");
        }
    }
}

/// The command line of a browser is everybody's to read (T19): it holds nothing of the sign-in.
#[tokio::test]
async fn the_browser_is_started_with_an_address_that_tells_nothing() {
    let issuer = Issuer::start(Script::default()).await;
    let pending = issuer
        .client()
        .begin_sign_in(Some("desk@contoso.example"))
        .await
        .unwrap();
    let start = pending.start_url().clone();
    let authority = pending.browser_url().clone();
    for (name, value) in authority.query_pairs() {
        // The listener's own address stands in both.
        if name != "redirect_uri" {
            assert!(!start.as_str().contains(&*value), "{name} in {start}");
        }
    }
    let (state, port) = (parameter(&pending, "state"), port(&pending));
    let browser = async {
        let way = raw(port, &request(&start, port)).await;
        assert!(way.starts_with("HTTP/1.1 303"), "{way}");
        assert!(
            way.contains(&format!("\r\nLocation: {authority}\r\n")),
            "{way}"
        );
        for wrong in ["/begin/", "/begin/planted", "/begin"] {
            let mut other = start.clone();
            other.set_path(wrong);
            let reply = raw(port, &request(&other, port)).await;
            assert!(reply.starts_with("HTTP/1.1 404"), "{wrong}: {reply}");
        }
        get(port, &format!("error=access_denied&state={state}")).await
    };
    let (outcome, _) = tokio::join!(pending.finish(LIMIT), browser);
    assert_eq!(outcome.err().unwrap().kind, SignInErrorKind::Declined);
}

/// Whoever else follows it gives themselves away, whether they were first or second (T19).
#[tokio::test]
async fn an_address_that_is_opened_twice_ends_the_sign_in() {
    let issuer = Issuer::start(Script::default()).await;
    let pending = issuer.client().begin_sign_in(None).await.unwrap();
    let (start, port) = (pending.start_url().clone(), port(&pending));
    let both = async {
        raw(port, &request(&start, port)).await;
        raw(port, &request(&start, port)).await
    };
    let (outcome, second) = tokio::join!(pending.finish(LIMIT), both);
    let error = outcome.err().unwrap();
    assert_eq!(error.kind, SignInErrorKind::Untrusted);
    assert_clean(&error);
    assert!(
        second.starts_with("HTTP/1.1 410") && !second.contains("Location"),
        "{second}"
    );
}

fn request(address: &url::Url, port: u16) -> Vec<u8> {
    let path = address.path();
    format!("GET {path} HTTP/1.1\r\nHost: localhost:{port}\r\n\r\n").into_bytes()
}
