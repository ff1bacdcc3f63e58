//! The events of what follows the registration, and their words.

use onboarding::record::{AfterEvent, Event, StaysWhy, UseRecorded};
use onboarding::{
    DespiteReason, LogSight, LookEnd, NeverReason, TestCause, TestPlace, TestProof, TestResult,
    TroubleCode, UninvitedKind, UseQuestion,
};

use crate::record::{check_words, s, user};

/// What the second version added for it.
pub(crate) fn after_events() -> Vec<Event> {
    let events = vec![
        AfterEvent::SignInTested {
            result: TestResult::PassedAppInstead,
            place: Some(TestPlace::Station),
            proof: Some(TestProof::Seen),
            cause: None,
        },
        AfterEvent::SignInTested {
            result: TestResult::NotTried,
            place: None,
            proof: None,
            cause: Some(TestCause::NoTime),
        },
        AfterEvent::TestProven {
            proof: TestProof::LastUsed,
            ask_back: true,
        },
        AfterEvent::TestProven {
            proof: TestProof::Log,
            ask_back: false,
        },
        AfterEvent::SignInLogged {
            shows: LogSight::EntryOnly,
        },
        AfterEvent::NotLookedAtFurther { why: LookEnd::Over },
        AfterEvent::PasswordUse {
            question: UseQuestion::Windows,
            answer: UseRecorded::No,
            despite: Some(DespiteReason::OwnComputer),
        },
        AfterEvent::PasswordStays {
            why: StaysWhy::Never,
            reason: Some(NeverReason::Federated),
        },
    ];
    let further = password_events().into_iter().chain(method_events());
    events
        .into_iter()
        .chain(further)
        .map(Event::After)
        .collect()
}

fn password_events() -> Vec<AfterEvent> {
    vec![
        AfterEvent::RollIntent {
            operator: user(),
            user: user(),
            upn: s("p@x"),
        },
        AfterEvent::RollJoined {
            read_back: true,
            group: None,
        },
        AfterEvent::RollJoined {
            read_back: true,
            group: Some(s("g")),
        },
        AfterEvent::NeverExpiresIntent {
            operator: user(),
            user: user(),
            upn: s("p@x"),
        },
        AfterEvent::NeverExpires { read_back: true },
        AfterEvent::NeverExpiresFailed {
            code: TroubleCode::ServiceDown,
        },
        AfterEvent::RollFailed {
            code: TroubleCode::ServiceDown,
        },
        AfterEvent::RollLeaveIntent {
            operator: user(),
            user: user(),
            upn: s("p@x"),
            group: s("g"),
        },
        AfterEvent::RollLeft,
        AfterEvent::RollNotLeft {
            code: TroubleCode::ServiceDown,
        },
        AfterEvent::PasswordChangeIntent {
            operator: user(),
            user: user(),
            upn: s("p@x"),
            client_request_id: s("r"),
        },
        AfterEvent::PasswordChanged {
            read_back: true,
            must_change: false,
            sessions_ended: Some(true),
        },
        AfterEvent::PasswordNotChanged {
            code: TroubleCode::PatchNotPermitted,
        },
        AfterEvent::PasswordChangeUncertain,
    ]
}

/// The eighth version's.
pub(crate) fn eighth_events() -> Vec<Event> {
    let needed = |question, on_roll, group: Option<&str>| AfterEvent::PasswordNeededAgain {
        operator: user(),
        question,
        on_roll,
        group: group.map(s),
    };
    let events = [
        needed(UseQuestion::Windows, Some(true), Some("g")),
        needed(UseQuestion::Others, None, None),
    ];
    events.into_iter().map(Event::After).collect()
}

fn method_events() -> Vec<AfterEvent> {
    vec![
        AfterEvent::MethodUninvited {
            kind: UninvitedKind::Phone,
            method: s("m"),
        },
        AfterEvent::MethodDecided {
            method: s("m"),
            operator: user(),
            remove: true,
        },
        AfterEvent::MethodRemoved { method: s("m") },
        AfterEvent::MethodNotRemoved {
            method: s("m"),
            code: TroubleCode::ServiceDown,
        },
        AfterEvent::MethodInvited { method: s("m") },
        AfterEvent::MethodGone { method: s("m") },
        AfterEvent::MethodNotDecided { method: s("m") },
    ]
}

/// A new event does not compile here: it goes into the list above.
pub(crate) fn is_listed(event: &AfterEvent) -> bool {
    match event {
        AfterEvent::SignInTested { .. }
        | AfterEvent::TestProven { .. }
        | AfterEvent::SignInLogged { .. }
        | AfterEvent::NotLookedAtFurther { .. }
        | AfterEvent::PasswordUse { .. }
        | AfterEvent::PasswordStays { .. }
        | AfterEvent::RollIntent { .. }
        | AfterEvent::RollJoined { .. }
        | AfterEvent::RollFailed { .. }
        | AfterEvent::RollLeaveIntent { .. }
        | AfterEvent::PasswordNeededAgain { .. }
        | AfterEvent::RollLeft
        | AfterEvent::RollNotLeft { .. }
        | AfterEvent::PasswordChangeIntent { .. }
        | AfterEvent::PasswordChanged { .. }
        | AfterEvent::PasswordNotChanged { .. }
        | AfterEvent::PasswordChangeUncertain
        | AfterEvent::MethodUninvited { .. }
        | AfterEvent::MethodDecided { .. }
        | AfterEvent::MethodRemoved { .. }
        | AfterEvent::MethodNotRemoved { .. }
        | AfterEvent::MethodInvited { .. }
        | AfterEvent::MethodGone { .. }
        | AfterEvent::MethodNotDecided { .. }
        | AfterEvent::JobRunBelieved { .. }
        | AfterEvent::NeverExpiresIntent { .. }
        | AfterEvent::NeverExpires { .. }
        | AfterEvent::NeverExpiresFailed { .. } => true,
    }
}

#[test]
fn recorded_words_of_the_test_never_change_n23() {
    use TestCause as Cause;
    use TestResult as Result;
    check_words(
        &[
            Result::Passed,
            Result::PassedAppInstead,
            Result::NotPassed,
            Result::CannotBeTried,
            Result::NotTried,
        ],
        &[
            "passed",
            "passed_app_instead",
            "not_passed",
            "cannot_be_tried",
            "not_tried",
        ],
    );
    check_words(
        &[TestPlace::Station, TestPlace::Phone],
        &["station", "phone"],
    );
    check_words(
        &[
            Cause::PasswordNeeded,
            Cause::NoNotification,
            Cause::Denied,
            Cause::TimedOut,
            Cause::OtherPerson,
            Cause::ConsentMissing,
            Cause::NotAssigned,
            Cause::StationNotAllowed,
            Cause::NoBrowser,
            Cause::NoNetwork,
            Cause::Unexpected,
            Cause::NoTime,
            Cause::PersonDeclined,
            Cause::Unsaid,
        ],
        &[
            "password_needed",
            "no_notification",
            "denied",
            "timed_out",
            "other_person",
            "consent_missing",
            "not_assigned",
            "station_not_allowed",
            "no_browser",
            "no_network",
            "unexpected",
            "no_time",
            "person_declined",
            "unsaid",
        ],
    );
}

#[test]
fn recorded_words_of_what_proves_a_test_never_change_n23() {
    let proofs = [
        TestProof::Word,
        TestProof::Seen,
        TestProof::Log,
        TestProof::LastUsed,
        TestProof::Token,
    ];
    check_words(&proofs, &["word", "seen", "log", "last_used", "token"]);
    check_words(
        &[
            LogSight::NotYet,
            LogSight::EntryOnly,
            LogSight::Password,
            LogSight::NoPassword,
        ],
        &["not_yet", "entry_only", "password", "no_password"],
    );
    check_words(
        &[
            LookEnd::Over,
            LookEnd::Locked,
            LookEnd::SignedOut,
            LookEnd::Stopped,
        ],
        &["over", "locked", "signed_out", "stopped"],
    );
    assert!(proofs.is_sorted(), "the weakest first");
}

#[test]
fn recorded_words_of_the_password_never_change() {
    check_words(
        &[UseQuestion::Windows, UseQuestion::Others],
        &["windows", "others"],
    );
    check_words(
        &[
            UseRecorded::Yes,
            UseRecorded::No,
            UseRecorded::DontKnow,
            UseRecorded::NotAsked,
        ],
        &["yes", "no", "dont_know", "not_asked"],
    );
    check_words(
        &[DespiteReason::OwnComputer, DespiteReason::NotUsedAnyMore],
        &["own_computer", "not_used_any_more"],
    );
    check_words(
        &[
            StaysWhy::StillUsed,
            StaysWhy::NotProven,
            StaysWhy::Off,
            StaysWhy::Never,
            StaysWhy::NotToday,
            StaysWhy::Failed,
            StaysWhy::MustChange,
            StaysWhy::NeededAgain,
        ],
        &[
            "still_used",
            "not_proven",
            "off",
            "never",
            "not_today",
            "failed",
            "must_change",
            "needed_again",
        ],
    );
}

#[test]
fn recorded_words_of_whose_password_is_never_changed_never_change() {
    use NeverReason as Never;
    check_words(
        &[
            Never::Disabled,
            Never::Guest,
            Never::Role,
            Never::Restricted,
            Never::Federated,
            Never::PassThrough,
            Never::DomainUnread,
            Never::Listed,
            Never::Synced,
            Never::Unread,
        ],
        &[
            "disabled",
            "guest",
            "role",
            "restricted",
            "federated",
            "pass_through",
            "domain_unread",
            "listed",
            "synced",
            "unread",
        ],
    );
}

#[test]
fn recorded_words_of_what_nobody_was_led_to_never_change_n21() {
    use UninvitedKind as Kind;
    check_words(
        &[
            Kind::Phone,
            Kind::Email,
            Kind::Codes,
            Kind::WindowsHello,
            Kind::PlatformCredential,
            Kind::Authenticator,
            Kind::AuthenticatorPasskey,
            Kind::SecurityKey,
            Kind::Other,
        ],
        &[
            "phone",
            "email",
            "codes",
            "windows_hello",
            "platform_credential",
            "authenticator",
            "authenticator_passkey",
            "security_key",
            "other",
        ],
    );
}
