//! What a value may be.

use std::collections::HashSet;

use super::wrong::{ConfigError, Wrong};
use super::{
    CloudName, Config, ModeName, after, four_eyes, limits, network, notice_check, print, scopes,
    site, telephone_check, wifi,
};

pub(super) fn check(config: &Config, text: &str) -> Vec<ConfigError> {
    let mut wrong = Wrong::of(text);
    clouds(config, &mut wrong);
    guid("tenant.id", &config.tenant.id, &mut wrong);
    guid("tenant.client_id", &config.tenant.client_id, &mut wrong);
    sign_in(config, &mut wrong);
    let c = &config.identity_check;
    wrong.range("identity_check.required", u32::from(c.required), 1, 10);
    wrong.range("identity_check.valid_minutes", c.valid_minutes, 5, 240);
    wrong.range("identity_check.renewals", u32::from(c.renewals), 0, 5);
    checks(config, &mut wrong);
    let p = &config.pass;
    wrong.range("pass.lifetime_minutes", p.lifetime_minutes, 10, 43_200);
    wrong.range("pass.settle_s", p.settle_s, 0, 120);
    wrong.range("pass.reveal_s", p.reveal_s, 10, 600);
    wrong.range(
        "live_check.requests_per_10_s",
        config.live_check.requests_per_10_s,
        2,
        100,
    );
    limits::check(&config.limits, &mut wrong);
    four_eyes::check(config, &mut wrong);
    telephone_check::check(config, &mut wrong);
    notice_check::check(config, &mut wrong);
    after::check(config, &mut wrong);
    visits(config, &mut wrong);
    versions(config, &mut wrong);
    let screen = &config.screen;
    wrong.range("screen.idle_lock_s", screen.idle_lock_s, 60, 7_200);
    wrong.range("screen.max_unattended_s", screen.max_unattended_s, 0, 7_200);
    if config
        .packs
        .dir
        .as_ref()
        .is_some_and(|dir| !dir.is_absolute())
    {
        wrong.add(
            "packs.dir",
            "an absolute path is needed, like /etc/madoguchi/packs",
        );
    }
    site::check(config, &mut wrong);
    print::check(config, &mut wrong);
    network::check(config, &mut wrong);
    if let Some(network) = &config.wifi {
        wifi::check(network, &mut wrong);
    }
    wrong.found()
}

fn versions(config: &Config, wrong: &mut Wrong<'_>) {
    let is_version = |text: &str| {
        let number = |part: &str| part.len() <= 9 && part.parse::<u32>().is_ok();
        text.split('.').count() <= 4 && text.split('.').all(number)
    };
    for old in &config.live_check.old_apps {
        for version in [&old.from, &old.before] {
            if !is_version(version) {
                wrong.add(
                    "live_check.old_apps",
                    format!("{version:?} is not a version; allowed: one to four numbers with points between"),
                );
            }
        }
    }
}

fn clouds(config: &Config, wrong: &mut Wrong<'_>) {
    let cloud = &config.cloud;
    let given = [
        ("cloud.authority", &cloud.authority),
        ("cloud.graph", &cloud.graph),
    ];
    for (key, value) in given {
        match (cloud.name, value) {
            (CloudName::Custom, None) => wrong.add(key, "needed when cloud.name is \"custom\""),
            (CloudName::Custom, Some(value)) => {
                let path = if key == "cloud.graph" {
                    graph_path
                } else {
                    authority_path
                };
                if let Err(what) = address(value).and_then(|url| path(&url, &config.tenant.id)) {
                    wrong.add(key, what);
                }
            }
            (CloudName::Global | CloudName::Usgov | CloudName::Dod, Some(_)) => {
                wrong.add(key, "only allowed when cloud.name is \"custom\"");
            }
            (CloudName::Global | CloudName::Usgov | CloudName::Dod, None) => {}
        }
    }
}

/// https, or plain http for the literal 127.0.0.1; no user information, query or fragment.
pub(super) fn address(value: &str) -> Result<url::Url, String> {
    let url =
        url::Url::parse(value).map_err(|_| "not an address; allowed: https://…".to_owned())?;
    // Other spellings of the same number, which the parser would turn into it, are not meant.
    let loopback = url.host_str() == Some("127.0.0.1") && value.starts_with("http://127.0.0.1");
    match url.scheme() {
        "https" => {}
        "http" if loopback => {}
        _ => return Err("allowed: https, or http for 127.0.0.1 only".to_owned()),
    }
    let bare = url.username().is_empty() && url.password().is_none() && !value.contains('@');
    if !bare || url.query().is_some() || url.fragment().is_some() || url.host_str().is_none() {
        return Err("no user name, query or fragment is allowed; allowed: https://host".to_owned());
    }
    Ok(url)
}

fn authority_path(url: &url::Url, tenant: &str) -> Result<(), String> {
    let path = url.path().trim_matches('/');
    if path.is_empty() || path.eq_ignore_ascii_case(tenant) {
        return Ok(());
    }
    Err(
        "no path is allowed but tenant.id; allowed: https://host or https://host/<tenant.id>"
            .to_owned(),
    )
}

fn graph_path(url: &url::Url, _tenant: &str) -> Result<(), String> {
    if url.path().trim_end_matches('/').ends_with("/v1.0") {
        return Ok(());
    }
    Err("the version is missing; allowed: https://host/v1.0".to_owned())
}

fn guid(key: &str, value: &str, wrong: &mut Wrong<'_>) {
    if uuid::Uuid::try_parse(value).is_err() || value.len() != 36 {
        wrong.add(key, "a GUID like 00000000-0000-0000-0000-000000000000 is needed; names such as common are not allowed");
    }
}

fn sign_in(config: &Config, wrong: &mut Wrong<'_>) {
    let s = &config.sign_in;
    wrong.range("sign_in.limit_s", s.limit_s, 30, 900);
    wrong.range("sign_in.token_minutes_min", s.token_minutes_min, 0, 90);
    scopes::check(config, wrong);
    if s.browser
        .first()
        .is_some_and(|program| program.trim().is_empty() || program.contains("{url}"))
    {
        wrong.add("sign_in.browser", "the first word must be a program, as in [\"firefox\", \"--private-window\", \"{url}\"]");
    }
}

fn visits(config: &Config, wrong: &mut Wrong<'_>) {
    let max = config.visits_max();
    match config.mode {
        ModeName::Kiosk if max > 1 => wrong.add(
            "visits.max",
            format!("{max} is not allowed here: a kiosk keeps one visit at a time; allowed: only 1, or mode = \"desk\""),
        ),
        ModeName::Kiosk | ModeName::Desk => wrong.range("visits.max", u32::from(max), 1, 20),
    }
}

fn checks(config: &Config, wrong: &mut Wrong<'_>) {
    const KEY: &str = "identity_check.checks";
    let known = ["staff-card", "photo-id", "vouching", "call-back"];
    let checks = &config.identity_check.checks;
    if checks.len() < usize::from(config.identity_check.required) {
        let what = format!("more checks are required than the {} listed", checks.len());
        wrong.add("identity_check.required", what);
    }
    let mut seen = HashSet::new();
    for (place, check) in checks.iter().enumerate() {
        let id = &check.id;
        let own_words = check.words().is_some();
        let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
        if id.is_empty() || id.len() > 40 || !id.chars().all(plain) {
            wrong.add_member(
                KEY,
                place,
                format!("id {id:?}: 1 to 40 small letters, digits and - are allowed"),
            );
        } else if !own_words && check.texts().next().is_some() {
            wrong.add_member(
                KEY,
                place,
                format!("check {id:?} needs its words in both ja and en"),
            );
        } else if !known.contains(&id.as_str()) && !own_words {
            let what = format!(
                "check {id:?} needs ja and en; built in are {}",
                known.join(", ")
            );
            wrong.add_member(KEY, place, what);
        }
        for words in check.texts() {
            if let Err(what) = site::words(words, site::LONG) {
                wrong.add_member(KEY, place, format!("words of check {id:?}: {what}"));
            }
        }
        if !seen.insert(id) {
            wrong.add_member(
                KEY,
                place,
                format!("id {id:?} is used twice; each check is allowed once"),
            );
        }
    }
}
