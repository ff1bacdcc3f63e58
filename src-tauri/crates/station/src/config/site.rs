//! What the site's own words, links and domains may be.

use onboarding::Words;

use super::Config;
use super::wrong::Wrong;
use crate::packs::readings::spoilt;

/// Characters of a sentence on a screen, and of a name or number in a corner of it.
pub(super) const LONG: usize = 120;
const SHORT: usize = 40;
/// Lines a list on the welcome screen has room for.
const LINES: usize = 8;

pub(super) fn check(config: &Config, wrong: &mut Wrong<'_>) {
    let site = &config.site;
    let lines = [
        ("site.help_line", Some(&site.help_line)),
        ("site.operator_help_line", site.operator_help_line.as_ref()),
    ];
    for (key, line) in lines {
        if let Some(what) = line.and_then(|line| help_line(line).err()) {
            wrong.add(key, what);
        }
    }
    both("site.name", &site.name, SHORT, wrong);
    for (key, text) in [
        ("site.help_hours", &site.help_hours),
        ("site.after_hours", &site.after_hours),
    ] {
        if let Some(text) = text {
            both(key, text, SHORT, wrong);
        }
    }
    for (key, list) in [
        ("site.helps", &site.helps),
        ("site.not_used", &site.not_used),
    ] {
        if list.len() > LINES {
            wrong.add(
                key,
                format!(
                    "{} lines are not allowed here; allowed: at most {LINES}",
                    list.len()
                ),
            );
        }
        for (place, text) in list.iter().enumerate() {
            for what in text.iter().filter_map(|(_, text)| words(text, LONG).err()) {
                wrong.add_member(key, place, what);
            }
        }
    }
    links_and_domains(config, wrong);
}

fn links_and_domains(config: &Config, wrong: &mut Wrong<'_>) {
    let site = &config.site;
    let links = [
        ("site.test_site", &site.test_site),
        ("site.stores.ios", &site.stores.ios),
        ("site.stores.android", &site.stores.android),
    ];
    for (key, link) in links {
        if !is_link(link) {
            wrong.add(key, "an https address of at most 300 characters is needed");
        }
    }
    let domains = [
        (
            "accounts.organisation_domain",
            &config.accounts.organisation_domain,
        ),
        ("accounts.partner_domain", &config.accounts.partner_domain),
    ];
    for (key, domain) in domains {
        if !is_domain(domain) {
            wrong.add(
                key,
                "a domain name like example.com is needed, at most 48 characters",
            );
        }
    }
}

/// Whether a telephone number can stand in a corner of every screen.
pub(super) fn help_line(text: &str) -> Result<(), String> {
    words(text, SHORT)
}

/// Whether words can stand on a screen.
pub(super) fn words(text: &str, most: usize) -> Result<(), String> {
    if let Some(found) = spoilt(text) {
        return Err(format!(
            "{found} cannot be drawn: a reading stands in 《》 right behind its Chinese characters, like 窓口《まどぐち》"
        ));
    }
    let good = !text.trim().is_empty()
        && without_readings(text) <= most
        && !text.chars().any(char::is_control);
    if good {
        Ok(())
    } else {
        Err(format!("1 to {most} characters on one line are needed"))
    }
}

/// How many characters stand in a line: a reading, 漢字《かんじ》, stands above it.
fn without_readings(text: &str) -> usize {
    let mut within = false;
    let in_line = text.chars().filter(|&c| {
        within |= c == '《';
        let counts = !within;
        within &= c != '》';
        counts
    });
    in_line.count()
}

fn both(key: &str, text: &Words, most: usize, wrong: &mut Wrong<'_>) {
    for (lang, text) in text.iter() {
        if let Err(what) = words(text, most) {
            wrong.add(&format!("{key}.{lang}"), what);
        }
    }
}

/// What goes into a QR code: https, or http on this machine for training.
fn is_link(link: &str) -> bool {
    link.len() <= 300
        && url::Url::parse(link).is_ok_and(|url| {
            let here = url.scheme() == "http" && url.host_str() == Some("127.0.0.1");
            let bare = url.username().is_empty() && url.password().is_none();
            bare && (url.scheme() == "https" || here)
        })
}

pub(super) fn is_domain(domain: &str) -> bool {
    let label = |label: &str| {
        (1..=63).contains(&label.len())
            && label.chars().all(|c| c.is_ascii_alphanumeric() || c == '-')
            && !label.starts_with('-')
            && !label.ends_with('-')
    };
    domain.contains('.') && domain.len() <= 48 && domain.split('.').all(label)
}
