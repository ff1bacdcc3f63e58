//! What is said of a person found: card, methods, warnings.

use super::local_limits::cannot_tell;
use super::{Found, Glance};
use crate::display::{mixes_scripts, sanitize_for_display};
use crate::person::directory::{
    AccountKind, GrantedPolicy, KnownPass, Method, MethodRead, OtherKind, Person, Standing, Target,
};
use crate::person::query::QueryNote;
use crate::registration::identity::phone_sign_in;
use crate::time::Now;
use crate::trouble::Message;
use crate::view::{
    ChoiceView, LivePass, MethodLine, PersonBrief, PersonCard, WarningView, WarningWeight,
};

/// As many as Entra ID keeps for one person.
const AUTHENTICATORS_AT_MOST: usize = 5;

pub(super) fn note(note: QueryNote) -> Message {
    match note {
        QueryNote::WidthFolded => Message::new("note-width-folded"),
        QueryNote::DomainKept => Message::new("note-domain-kept"),
    }
}

pub(super) fn choice(person: &Person) -> ChoiceView {
    ChoiceView {
        user: person.id.clone(),
        name: sanitize_for_display(&person.name),
        upn: sanitize_for_display(person.upn.as_str()),
        department: person.department.as_deref().map(sanitize_for_display),
        enabled: person.enabled,
        mixed_scripts: mixes_scripts(&person.name),
    }
}

pub(super) fn brief(person: &Person) -> PersonBrief {
    PersonBrief {
        name: sanitize_for_display(&person.name),
        upn_local: sanitize_for_display(person.upn.local()),
        upn_domain: sanitize_for_display(person.upn.domain()),
    }
}

pub(super) fn card(person: &Person, baseline: &MethodRead, now: Now) -> PersonCard {
    PersonCard {
        user: person.id.clone(),
        name: sanitize_for_display(&person.name),
        upn_local: sanitize_for_display(person.upn.local()),
        upn_domain: sanitize_for_display(person.upn.domain()),
        mail: person.mail.as_deref().map(sanitize_for_display),
        department: person.department.as_deref().map(sanitize_for_display),
        employee_id: person.employee_id.as_deref().map(sanitize_for_display),
        enabled: person.enabled,
        kind: person.kind,
        methods: methods(baseline, now),
        live_pass: live_pass(baseline, now),
    }
}

pub(super) fn live_pass(baseline: &MethodRead, now: Now) -> Option<LivePass> {
    let pass = baseline.live_passes(now).next()?;
    let age = now.service.0.saturating_sub(pass.made().0).max(0);
    Some(LivePass {
        age_min: u32::try_from(age / 60_000).unwrap_or(0),
        made: pass.made(),
        until: pass.ends(),
    })
}

fn pass_line(pass: &KnownPass, now: Now) -> Message {
    match pass.standing(now) {
        Standing::Works => Message::new("method-pass").number("until_unix_ms", pass.ends().0),
        Standing::NotYet => Message::new("method-pass-not-yet"),
        Standing::Idle => Message::new("method-pass-idle"),
        Standing::Over => Message::new("method-pass-ended"),
    }
}

fn methods(baseline: &MethodRead, now: Now) -> Vec<MethodLine> {
    let line = |message| MethodLine { message };
    let named = |key: &str, name: &Option<String>| {
        Message::new(key).text(
            "name",
            name.as_deref()
                .map(sanitize_for_display)
                .unwrap_or_default(),
        )
    };
    let mut lines: Vec<_> = baseline
        .methods
        .iter()
        .map(|method| match method {
            Method::Password => line(Message::new("method-password")),
            Method::Pass(pass) => line(pass_line(pass, now)),
            Method::Authenticator { device_name, .. } if phone_sign_in(method) => {
                line(named("method-authenticator-phone", device_name))
            }
            Method::Authenticator { device_name, .. } => {
                line(named("method-authenticator-push", device_name))
            }
            Method::Passkey {
                name,
                in_authenticator: true,
                ..
            } => line(named("method-passkey-authenticator", name)),
            Method::Passkey { name, .. } => line(named("method-passkey", name)),
            Method::Other { kind, .. } => line(match kind {
                OtherKind::Phone => Message::new("method-phone"),
                OtherKind::Email => Message::new("method-email"),
                OtherKind::Codes => Message::new("method-codes"),
                OtherKind::WindowsHello => Message::new("method-windows-hello"),
                OtherKind::PlatformCredential => Message::new("method-platform-credential"),
                OtherKind::Unknown(kind) => {
                    Message::new("method-other").text("kind", sanitize_for_display(kind))
                }
            }),
        })
        .collect();
    match (baseline.partial, lines.is_empty()) {
        // Absent is not empty.
        (true, _) => lines.push(line(Message::new("method-cannot-tell"))),
        (false, true) => lines.push(line(Message::new("method-none"))),
        (false, false) => {}
    }
    lines
}

/// The service takes no further Authenticator for this person.
pub(super) fn stands_in_the_way(baseline: &MethodRead) -> bool {
    let phones = |method: &&Method| matches!(method, Method::Authenticator { .. });
    baseline.methods.iter().filter(phones).count() >= AUTHENTICATORS_AT_MOST
}

/// What the operator should know before saying yes: what weighs most first, and what is equal once.
pub(super) fn warnings(found: &Found, cx: &Glance<'_>) -> Vec<WarningView> {
    use WarningWeight::{Blocks, Tells, Warns};
    let (person, baseline) = (&found.person, &found.baseline);
    let unknown_scope = |granted: GrantedPolicy| granted.everyone != Some(true);
    let is_kind = |kind: AccountKind| person.kind == kind;
    let when = |is: bool, weight, key| is.then(|| (weight, Message::new(key)));
    let mut all: Vec<_> = [
        when(
            stands_in_the_way(baseline),
            Blocks,
            "warn-authenticators-full",
        ),
        super::passkeys::warning(found, cx),
        when(mixes_scripts(&person.name), Warns, "warn-mixed-scripts"),
        living(baseline, cx.now).map(|message| (Warns, message)),
        phones(baseline, true).map(|message| (Warns, message)),
        when(
            person.target == Target::Unknown,
            Warns,
            "warn-target-unknown",
        ),
        when(person.enabled.is_none(), Warns, "warn-enabled-untold"),
        when(is_kind(AccountKind::Untold), Warns, "warn-kind-untold"),
        when(limits_unread(found, cx), Warns, "warn-limits-unread"),
        phones(baseline, false).map(|message| (Tells, message)),
        when(
            is_kind(AccountKind::InternalGuest),
            Tells,
            "warn-guest-internal",
        ),
        when(
            is_kind(AccountKind::ExternalMember),
            Warns,
            "warn-member-elsewhere",
        ),
        when(
            is_kind(AccountKind::ExternalUntold),
            Warns,
            "warn-untold-elsewhere",
        ),
        when(only_by_telephone(baseline), Tells, "warn-only-telephone"),
        when(person.synced, Tells, "warn-synced"),
        found.note.map(|known| (Tells, note(known))),
        when(
            cx.granted.is_some_and(unknown_scope),
            Tells,
            "warn-scope-unknown",
        ),
    ]
    .into_iter()
    .flatten()
    .map(|(weight, message)| WarningView { weight, message })
    .collect();
    all.sort_by_key(|warning| warning.weight);
    all
}

/// Whether the site lets this person have a pass could not be read; it is read again right before one.
fn limits_unread(found: &Found, cx: &Glance<'_>) -> bool {
    let belonging = found.belonging.as_ref();
    cx.operator
        .is_some_and(|operator| cannot_tell(&found.person.id, operator, belonging, cx))
}

/// A pass somebody made before, which a new one would end.
fn living(baseline: &MethodRead, now: Now) -> Option<Message> {
    let pass = baseline.live_passes(now).next()?;
    Some(match pass.standing(now) {
        Standing::NotYet => Message::new("warn-pass-not-yet"),
        Standing::Works | Standing::Idle | Standing::Over => Message::new("warn-live-pass")
            .number("made_unix_ms", pass.made().0)
            .number("until_unix_ms", pass.ends().0),
    })
}

/// Nothing but a telephone number stands behind the password: from 1 February 2027 on Microsoft lets nobody sign in by
/// it who has not set up a passkey (N25). Where only some kinds of methods may be read, numbers are not among them.
fn only_by_telephone(baseline: &MethodRead) -> bool {
    let mut has_number = false;
    let only = baseline.methods.iter().all(|method| match method {
        Method::Other {
            kind: OtherKind::Phone,
            ..
        } => {
            has_number = true;
            true
        }
        // Mail serves for a new password alone, and a pass for a while.
        Method::Password
        | Method::Pass(_)
        | Method::Other {
            kind: OtherKind::Email,
            ..
        } => true,
        Method::Authenticator { .. } | Method::Passkey { .. } | Method::Other { .. } => false,
    });
    has_number && only
}

/// The phones registered already, those that can sign in or those that are only notified.
fn phones(baseline: &MethodRead, able: bool) -> Option<Message> {
    let name = |method: &Method| match method {
        Method::Authenticator { device_name, .. } if phone_sign_in(method) == able => Some(
            device_name
                .as_deref()
                .map(sanitize_for_display)
                .unwrap_or_default(),
        ),
        Method::Authenticator { .. }
        | Method::Password
        | Method::Pass(_)
        | Method::Passkey { .. }
        | Method::Other { .. } => None,
    };
    let mut names: Vec<_> = baseline.methods.iter().filter_map(name).collect();
    let count = u32::try_from(names.len()).unwrap_or(u32::MAX);
    names.retain(|name| !name.is_empty());
    let key = if able {
        "warn-ready-already"
    } else {
        "warn-old-phone"
    };
    let message = Message::new(key)
        .number("count", count)
        .text("phone", names.join(", "));
    (count > 0).then_some(message)
}
