//! `[notice]` where nobody would get mail, or could not (S21–S23, N20).

use crate::bad_configs::check;
use crate::{check_text, sample};

const PLACE: &str = "[packs]";

fn notice(lines: &str, key: &str, says: &str) {
    let lines = format!("[telephone]\n\n[notice]\n{lines}\n\n{PLACE}");
    check(PLACE, &lines, key, says);
}

#[test]
fn n20_a_notice_that_nobody_gets_is_none() {
    let alone = "[notice] #!\nway = \"own_mailbox\"\n\n[packs]";
    check(PLACE, alone, "notice", "nobody would get mail");
    notice(
        "security = \"never\"\nmanager_too = true #!",
        "notice.manager_too",
        "only allowed where notice.security",
    );
    notice("security = \"sometimes\" #!", "notice.security", "always");
}

#[test]
fn n20_a_way_out_has_what_it_needs_and_nothing_else() {
    notice("way = \"post\" #!", "notice.way", "relay");
    let shared = "notice.shared_mailbox";
    notice(
        "shared_mailbox = \"desk@example.com\" #!",
        shared,
        "only allowed when notice.way",
    );
    notice(
        "way = \"shared_mailbox\"\nshared_mailbox = \"desk\" #!",
        shared,
        "like helpdesk@example.com",
    );
    let relay = |lines: &str| format!("way = \"relay\"\n[notice.relay]\n{lines}");
    let good = "host = \"smtp.example.com\"\nfrom = \"desk@example.com\"";
    for (lines, key, says) in [
        (
            "host = \"smtp.example.com:25\" #!\nfrom = \"a@example.com\"".to_owned(),
            "notice.relay.host",
            "without a port",
        ),
        (
            "host = \"smtp.example.com\"\nfrom = \"desk\" #!".to_owned(),
            "notice.relay.from",
            "like helpdesk@example.com",
        ),
        (
            format!("{good}\nport = 0 #!"),
            "notice.relay.port",
            "1 to 65535",
        ),
        (
            format!("{good}\nencryption = \"none\" #!"),
            "notice.relay.encryption",
            "starttls",
        ),
        (
            format!("{good}\ncredentials = \"file\" #!"),
            "notice.relay.credentials",
            "store",
        ),
    ] {
        notice(&relay(&lines), key, says);
    }
}

#[test]
fn n20_a_pass_goes_by_mail_only_where_it_ends_soon() {
    notice(
        "domains = [\"example.com\"] #!",
        "notice.domains",
        "only allowed beside notice.carries_pass",
    );
    notice(
        "carries_pass = true\ndomains = [\"@example.com\"] #!",
        "notice.domains",
        "like example.com",
    );
    let carries = |from: &str, to: &str| {
        let text = sample()
            .replacen(
                PLACE,
                "[telephone]\n\n[notice]\ncarries_pass = true\n\n[packs]",
                1,
            )
            .replacen(from, to, 1);
        check_text(text.as_bytes())
    };
    for (from, to, says) in [
        ("once = true", "once = false", "beside pass.once = true"),
        (
            "lifetime_minutes = 30",
            "lifetime_minutes = 61",
            "at most 60",
        ),
    ] {
        let said = carries(from, to);
        assert!(said.code == Some(9) && said.err.contains(says), "{said:?}");
    }
    assert_eq!(carries("once = true", "once = true").code, Some(0));
}

#[test]
fn n20_each_way_out_is_taken_where_all_of_it_stands() {
    for lines in [
        "",
        "way = \"shared_mailbox\"\nshared_mailbox = \"desk@example.com\"",
        "way = \"relay\"\n[notice.relay]\nhost = \"smtp.example.com\"\nfrom = \"desk@example.com\"\nencryption = \"tls\"\ncredentials = \"store\"",
    ] {
        let lines = format!("[telephone]\n\n[notice]\n{lines}\n\n{PLACE}");
        let said = check_text(sample().replacen(PLACE, &lines, 1).as_bytes());
        assert_eq!(said.code, Some(0), "{lines}: {said:?}");
    }
    let counter = "[notice]\nat_counter = true\n\n[packs]";
    let said = check_text(sample().replacen(PLACE, counter, 1).as_bytes());
    assert_eq!(said.code, Some(0), "{said:?}");
}
