//! What is said of a person found: card, methods, warnings.

use super::Glance;
use crate::display::{mixes_scripts, sanitize_for_display};
use crate::person::directory::{
    AccountKind, KnownPass, Method, MethodRead, OtherKind, Person, Standing, Target,
};
use crate::person::query::QueryNote;
use crate::registration::evidence::phone_sign_in;
use crate::time::Now;
use crate::trouble::Message;
use crate::view::{ChoiceView, LivePass, MethodLine, PersonBrief, PersonCard};

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
        upn: person.upn.to_string(),
        department: person.department.as_deref().map(sanitize_for_display),
        enabled: person.enabled,
        mixed_scripts: mixes_scripts(&person.name),
    }
}

pub(super) fn brief(person: &Person) -> PersonBrief {
    PersonBrief {
        name: sanitize_for_display(&person.name),
        upn_local: person.upn.local().to_owned(),
        upn_domain: person.upn.domain().to_owned(),
    }
}

pub(super) fn card(person: &Person, baseline: &MethodRead, now: Now) -> PersonCard {
    PersonCard {
        user: person.id.clone(),
        name: sanitize_for_display(&person.name),
        upn_local: person.upn.local().to_owned(),
        upn_domain: person.upn.domain().to_owned(),
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
        until: pass.ends(),
    })
}

fn pass_line(pass: &KnownPass, now: Now) -> Message {
    match pass.standing(now) {
        Standing::Works => {
            let minutes = now.service.seconds_until(pass.ends()).div_ceil(60);
            Message::new("method-pass").number("minutes", minutes)
        }
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
    if lines.is_empty() {
        lines.push(line(Message::new("method-none")));
    }
    lines
}

pub(super) fn warnings(
    person: &Person,
    baseline: &MethodRead,
    card: &PersonCard,
    cx: &Glance<'_>,
) -> Vec<Message> {
    let mut warnings = Vec::new();
    if mixes_scripts(&person.name) {
        warnings.push(Message::new("warn-mixed-scripts"));
    }
    if let (Some(pass), Some(shown)) = (baseline.live_passes(cx.now).next(), &card.live_pass) {
        warnings.push(match pass.standing(cx.now) {
            Standing::NotYet => Message::new("warn-pass-not-yet"),
            Standing::Works | Standing::Idle | Standing::Over => {
                Message::new("warn-live-pass").number("minutes", shown.age_min)
            }
        });
    }
    let mut phones = 0;
    for method in &baseline.methods {
        if let Method::Authenticator { device_name, .. } = method {
            phones += 1;
            let key = if phone_sign_in(method) {
                "warn-ready-already"
            } else {
                "warn-old-phone"
            };
            let phone = device_name
                .as_deref()
                .map(sanitize_for_display)
                .unwrap_or_default();
            warnings.push(Message::new(key).text("phone", phone));
        }
    }
    if phones >= 5 {
        warnings.push(Message::new("warn-authenticators-full"));
    }
    if person.synced {
        warnings.push(Message::new("warn-synced"));
    }
    if person.target == Target::Unknown {
        warnings.push(Message::new("warn-target-unknown"));
    }
    if person.kind == AccountKind::InternalGuest {
        warnings.push(Message::new("warn-guest-internal"));
    }
    if cx
        .granted
        .is_some_and(|granted| granted.everyone != Some(true))
    {
        warnings.push(Message::new("warn-scope-unknown"));
    }
    warnings
}
