//! Telling a clear no from an unclear answer, and one clear no from another.
//!
//! Status and code come first; the message is a hint, with "other" where no hint fits.

use crate::error::{IssueError, IssueRefusal, SupportInfo, UncertainCause};
use crate::graph::refusal::ErrorBody;
use crate::http::Answer;

pub(super) fn read(answer: &Answer, own: bool, mut support: SupportInfo) -> IssueError {
    let body = ErrorBody::read(answer);
    if support.request_id.is_none() {
        support.request_id = body.as_ref().and_then(|body| body.request_id.clone());
    }
    let claims = answer.claims.clone();
    match (answer.status, body) {
        (401, Some(_)) => IssueError::SignInNeeded { claims, support },
        (401, None) if answer.bearer_challenge => IssueError::SignInNeeded { claims, support },
        (403, Some(_)) if claims.is_some() => IssueError::SignInNeeded { claims, support },
        (429, _) => IssueError::Throttled {
            retry_after: answer.retry_after,
            support,
        },
        // Only Graph's own words count: a middlebox that answers 4xx may have let the request through.
        (400 | 403 | 404 | 405 | 409..=413 | 415 | 422, Some(body)) => IssueError::Refused {
            refusal: refusal(answer.status, &body, own),
            support,
        },
        (_, _) => IssueError::Uncertain {
            cause: UncertainCause::Status,
            support,
        },
    }
}

fn refusal(status: u16, body: &ErrorBody, own: bool) -> IssueRefusal {
    let says = |words: &[&str]| {
        words
            .iter()
            .all(|word| body.message.to_ascii_lowercase().contains(word))
    };
    match () {
        () if says(&["lifetime"]) => {
            let bounds = bounds(&body.message);
            IssueRefusal::LifetimeOutOfRange {
                min: bounds.map(|b| b.0),
                max: bounds.map(|b| b.1),
            }
        }
        () if says(&["external guest"]) => IssueRefusal::ExternalGuest,
        () if says(&["usercredentialpolicy"]) || says(&["credential policy"]) => {
            IssueRefusal::MethodDisabledOrOutOfScope
        }
        () if says(&["usable once"]) || says(&["isusableonce"]) || says(&["one-time"]) => {
            IssueRefusal::OneTimeForced
        }
        () if says(&["already", "exist"]) || body.code.eq_ignore_ascii_case("alreadyExists") => {
            IssueRefusal::AlreadyExists
        }
        () if own && matches!(status, 400 | 403) => IssueRefusal::Self_,
        () if status == 403 => IssueRefusal::NotPermitted,
        () if status == 404 => IssueRefusal::NotFound,
        () => IssueRefusal::Other,
    }
}

/// The two numbers of "The valid range between 60 and 480.": the tenant's bounds.
fn bounds(message: &str) -> Option<(u32, u32)> {
    let after = message.split("between").nth(1)?;
    let mut numbers = after
        .split(|character: char| !character.is_ascii_digit())
        .filter(|piece| !piece.is_empty())
        .map(|piece| piece.parse::<u32>().ok());
    let (min, max) = (numbers.next()??, numbers.next()??);
    (min <= max && max <= 43_200).then_some((min, max))
}

#[cfg(test)]
mod tests {
    use IssueRefusal::{
        AlreadyExists, ExternalGuest, LifetimeOutOfRange, MethodDisabledOrOutOfScope, NotFound,
        NotPermitted, OneTimeForced, Other, Self_,
    };

    use super::*;

    fn body(code: &str, message: &str) -> ErrorBody {
        ErrorBody {
            code: code.to_owned(),
            inner: String::new(),
            message: message.to_owned(),
            request_id: None,
        }
    }

    const RANGE: &str = "Invalid LifetimeInMinutes specified. The valid range between 60 and 480.";
    const POLICY: &str = "Converged UserCredentialPolicy does not allow creating or updating this authentication method. \
                          AuthMethodType [TemporaryAccessPass].";
    const GUEST: &str = "Temporary Access Pass cannot be added to an external guest user";

    type Row = (u16, &'static str, &'static str, bool, IssueRefusal);

    const REFUSALS: &[Row] = &[
        (
            400,
            "badRequest",
            RANGE,
            false,
            LifetimeOutOfRange {
                min: Some(60),
                max: Some(480),
            },
        ),
        (
            400,
            "",
            "Invalid LifetimeInMinutes specified.",
            false,
            LifetimeOutOfRange {
                min: None,
                max: None,
            },
        ),
        (
            400,
            "badRequest",
            "LifetimeInMinutes: between 9999999999 and 3",
            false,
            LifetimeOutOfRange {
                min: None,
                max: None,
            },
        ),
        (400, "badRequest", POLICY, false, MethodDisabledOrOutOfScope),
        (
            403,
            "accessDenied",
            POLICY,
            false,
            MethodDisabledOrOutOfScope,
        ),
        (400, "badRequest", GUEST, false, ExternalGuest),
        (
            400,
            "badRequest",
            "Policy requires isUsableOnce",
            false,
            OneTimeForced,
        ),
        (
            400,
            "badRequest",
            "A pass already exists for the user",
            false,
            AlreadyExists,
        ),
        (409, "alreadyExists", "", false, AlreadyExists),
        (
            403,
            "accessDenied",
            "Request Authorization failed",
            false,
            NotPermitted,
        ),
        (
            403,
            "Authorization_RequestDenied",
            "Insufficient privileges",
            false,
            NotPermitted,
        ),
        (
            403,
            "accessDenied",
            "Request Authorization failed",
            true,
            Self_,
        ),
        (404, "Request_ResourceNotFound", "", false, NotFound),
        (404, "resourceNotFound", "", true, NotFound),
        (400, "", "", false, Other),
        (422, "odd", "words", false, Other),
    ];

    #[test]
    fn refusals_by_status_code_and_message() {
        for (status, code, message, own, expected) in REFUSALS {
            assert_eq!(
                refusal(*status, &body(code, message), *own),
                *expected,
                "{status} {code} {message} {own}"
            );
        }
    }
}
