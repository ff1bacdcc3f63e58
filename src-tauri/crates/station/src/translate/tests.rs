//! What an error of the client becomes on the screen.

use entra::{SignInError, SignInErrorKind, UncertainCause};

use super::*;

fn support_info() -> SupportInfo {
    SupportInfo {
        client_request_id: "c".to_owned(),
        request_id: None,
        status: None,
        at_unix_ms: 0,
        refusal: None,
    }
}

/// W5: the number, the page and the id of a refusal reach the screen and, through it, the record.
#[test]
fn a_refusal_keeps_what_finds_it_again() {
    let refused = |kind| SignInError {
        kind,
        support: SupportInfo {
            refusal: Some(Box::new(entra::RefusalInfo {
                aadsts: Some(530_003),
                error_uri: Some("https://login.example/error".to_owned()),
                correlation_id: Some("c-1".to_owned()),
            })),
            ..support_info()
        },
        source: None,
    };
    let aadsts = Some(530_003);
    for (kind, code) in [
        (SignInErrorKind::BlockedByPolicy { aadsts }, "S107"),
        (SignInErrorKind::NotAssigned { aadsts }, "S118"),
        (SignInErrorKind::Refused { aadsts }, "S111"),
    ] {
        let trouble = sign_in_trouble(&refused(kind));
        assert_eq!(trouble.code.short(), code);
        let told = trouble.support.unwrap().refusal.unwrap();
        assert_eq!(told.aadsts, aadsts);
        assert_eq!(told.correlation_id.as_deref(), Some("c-1"));
        assert!(told.error_uri.is_some());
    }
}

/// W16: what failed before the question was sent is told as itself, and that nothing was sent.
#[test]
fn what_failed_before_sending_keeps_its_cause_w16() {
    let cases = [
        (GraphErrorKind::ServerTrouble, "N104"),
        (GraphErrorKind::NetworkWantsSignIn, "N102"),
        (GraphErrorKind::NetworkRefused, "N108"),
        (GraphErrorKind::ProxyWantsSignIn, "N109"),
        (GraphErrorKind::ProxyRejects, "N110"),
        (GraphErrorKind::Tls, "N103"),
        (GraphErrorKind::Unexpected, "N106"),
    ];
    let not_sent = cases.map(|(cause, code)| {
        let support = support_info();
        (IssueError::NotSent { cause, support }, code)
    });
    let support = support_info();
    let offline = (IssueError::Offline { support }, "N101");
    for (error, expected) in not_sent.into_iter().chain([offline]) {
        let IssueAnswer::NotSent(trouble) = issue_failed(&error) else {
            panic!("{expected} says that something was sent");
        };
        assert_eq!(trouble.code.short(), expected);
        assert!(trouble.nothing_sent, "{expected}");
    }
}

/// W17: bounds that nobody told are not made up.
#[test]
fn a_lifetime_refused_without_numbers_is_told_without_any_w17() {
    let bounds = |min, max| {
        let trouble = refused(IssueRefusal::LifetimeOutOfRange { min, max });
        assert_eq!(trouble.code.short(), "T401");
        let number = |name: &str| match trouble.args[name] {
            onboarding::Arg::Number(number) => number,
            onboarding::Arg::Text(_) => panic!("{name} is a text"),
        };
        (number("min"), number("max"))
    };
    assert_eq!(bounds(Some(60), Some(480)), (60, 480));
    assert_eq!(bounds(None, None), (0, 0));
}

/// W7: what was found before and is not there now has not arrived everywhere yet.
#[test]
fn what_was_found_before_is_not_misspelt_w7() {
    let error = GraphError {
        kind: GraphErrorKind::NotFound,
        support: support_info(),
        source: None,
    };
    assert_eq!(failed(&error).trouble.code.short(), "P213");
    let refused = refused(IssueRefusal::NotFound);
    assert_eq!(refused.code.short(), "P213");
}

#[test]
fn the_log_names_what_the_screen_has_one_sentence_for() {
    let uncertain = IssueError::Uncertain {
        cause: UncertainCause::NotOurs,
        support: support_info(),
    };
    assert_eq!(causes(&uncertain), "uncertain (NotOurs)");
    let unreadable = GraphError {
        kind: GraphErrorKind::Unexpected,
        support: support_info(),
        source: Some("line 1".into()),
    };
    assert_eq!(
        causes(&unreadable),
        "Graph call failed: unexpected answer: line 1"
    );
}

/// S48: whom a copy of the directory did not find on the roll is said to be on it still, and nothing of the account.
#[test]
fn who_was_not_found_on_the_roll_has_not_left_it() {
    for (kind, expected) in [
        (GraphErrorKind::NotFound, "R517"),
        (GraphErrorKind::NotPermitted, "P209"),
        (GraphErrorKind::Offline, "N101"),
    ] {
        let error = GraphError {
            kind,
            support: support_info(),
            source: None,
        };
        let trouble = not_left(&error).trouble;
        assert_eq!(trouble.code.short(), expected);
        let support = trouble.support.unwrap();
        assert_eq!(support.client_request_id.as_deref(), Some("c"));
    }
}
