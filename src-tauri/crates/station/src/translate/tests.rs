//! What an error of the client becomes on the screen.

use entra::UncertainCause;

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
