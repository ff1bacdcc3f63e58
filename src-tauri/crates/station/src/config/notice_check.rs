//! What `[notice]` may be.

use onboarding::DeclaredAddress;

use super::notice::{MailWayName, NoticeSection, RelaySection, SecurityName};
use super::wrong::Wrong;
use super::{Config, site};

const SHARED: &str = "notice.shared_mailbox";
const RELAY: &str = "notice.relay";
const DOMAINS: &str = "notice.domains";
const MOST: usize = 20;

pub(super) fn check(config: &Config, wrong: &mut Wrong<'_>) {
    let Some(section) = &config.notice else {
        return;
    };
    anybody(config, section, wrong);
    way(section, wrong);
    pass(config, section, wrong);
    if section.domains.len() > MOST {
        wrong.add(DOMAINS, format!("at most {MOST} domains are allowed"));
    }
    for (place, domain) in section.domains.iter().enumerate() {
        if !site::is_domain(domain) {
            wrong.add_member(
                DOMAINS,
                place,
                "a domain name like example.com is needed, at most 48 characters",
            );
        }
    }
}

/// Whether anybody would ever get anything.
fn anybody(config: &Config, section: &NoticeSection, wrong: &mut Wrong<'_>) {
    let counter = section.at_counter || section.security == SecurityName::Always;
    if config.telephone.is_none() && !counter {
        let what = "nobody would get mail; allowed: a section [telephone], notice.at_counter = true or notice.security = \"always\"";
        wrong.add("notice", what);
    }
    if section.manager_too && section.security == SecurityName::Never {
        let what = "only allowed where notice.security is \"telephone\" or \"always\"";
        wrong.add("notice.manager_too", what);
    }
}

fn way(section: &NoticeSection, wrong: &mut Wrong<'_>) {
    match (section.way, &section.shared_mailbox) {
        (MailWayName::SharedMailbox, None) => {
            wrong.add(SHARED, "needed when notice.way is \"shared_mailbox\"");
        }
        (MailWayName::SharedMailbox, Some(shared)) => address(SHARED, shared, wrong),
        (MailWayName::OwnMailbox | MailWayName::Relay, Some(_)) => {
            wrong.add(SHARED, "only allowed when notice.way is \"shared_mailbox\"");
        }
        (MailWayName::OwnMailbox | MailWayName::Relay, None) => {}
    }
    match (section.way, &section.relay) {
        (MailWayName::Relay, None) => wrong.add(RELAY, "needed when notice.way is \"relay\""),
        (MailWayName::Relay, Some(relay)) => mail_server(relay, wrong),
        (MailWayName::OwnMailbox | MailWayName::SharedMailbox, Some(_)) => {
            wrong.add(RELAY, "only allowed when notice.way is \"relay\"");
        }
        (MailWayName::OwnMailbox | MailWayName::SharedMailbox, None) => {}
    }
}

fn mail_server(relay: &RelaySection, wrong: &mut Wrong<'_>) {
    let is_name = url::Host::parse(&relay.host).is_ok() && !relay.host.contains([':', '[']);
    if !is_name || relay.host.len() > 253 {
        wrong.add(
            "notice.relay.host",
            "the name of a mail server is needed, like smtp.example.com, without a port",
        );
    }
    if relay.port == Some(0) {
        wrong.add(
            "notice.relay.port",
            "0 is not allowed here; allowed: 1 to 65535",
        );
    }
    address("notice.relay.from", &relay.from, wrong);
}

/// A pass goes by mail only if it works once and for an hour at most.
fn pass(config: &Config, section: &NoticeSection, wrong: &mut Wrong<'_>) {
    const KEY: &str = "notice.carries_pass";
    if !section.carries_pass {
        if !section.domains.is_empty() {
            wrong.add(DOMAINS, "only allowed beside notice.carries_pass = true");
        }
        return;
    }
    if config.telephone.is_none() && !section.at_counter {
        let what = "nobody could get one; allowed: beside a section [telephone] or notice.at_counter = true";
        wrong.add(KEY, what);
    }
    if !config.pass.once {
        wrong.add(KEY, "only allowed beside pass.once = true");
    }
    let most = onboarding::LETTER_PASS_MINUTES;
    if config.pass.lifetime_minutes > most {
        wrong.add(
            KEY,
            format!("only allowed where pass.lifetime_minutes is at most {most}"),
        );
    }
}

fn address(key: &str, text: &str, wrong: &mut Wrong<'_>) {
    if DeclaredAddress::parse(text).is_err() {
        wrong.add(key, "a mail address like helpdesk@example.com is needed");
    }
}
