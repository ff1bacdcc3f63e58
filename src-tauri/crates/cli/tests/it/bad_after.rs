//! What is refused of the sign-in test and of passwords.

use crate::bad_configs::check;
use crate::{check_text, sample};

const GROUP: &str = "group = \"8b6f2c1e-93d4-4f0a-b1a7-5c2d9e0f7a31\"";
const CLIENT: &str = "client_id = \"8b6f2c1e-93d4-4f0a-b1a7-5c2d9e0f7a32\"";

#[track_caller]
fn refused(sections: &str, key: &str, says: &str) {
    check("[visits]", &format!("{sections}\n\n[visits]"), key, says);
}

#[track_caller]
fn accepted(sections: &str) {
    let hours = "help_hours = { ja = \"9\", en = \"9\" }\nafter_hours = { ja = \"-\", en = \"-\" }\ntest_site =";
    let text = sample()
        .replace("[visits]", &format!("{sections}\n\n[visits]"))
        .replace("test_site =", hours);
    let said = check_text(text.as_bytes());
    assert_eq!((said.code, said.err.as_str()), (Some(0), ""), "{sections}");
}

/// S43, S47: nobody's password is taken out of use that nobody changes and everybody must.
#[test]
fn a_password_that_is_taken_out_of_use_is_changed_or_need_not_be() {
    let neither = "give passwords.group, or passwords.never_expires = true";
    refused("[passwords]\nway = \"roll\" #!", "passwords.way", neither);
    refused(
        "[passwords]\nway = \"roll\"\nnever_expires = true",
        "passwords.group",
        "needed when passwords.way is \"roll\"",
    );
    for off in ["", "way = \"off\"\n"] {
        refused(
            &format!("[passwords]\n{off}never_expires = true #!"),
            "passwords.never_expires",
            "only where passwords are taken out of use",
        );
    }
    accepted("[passwords]\nway = \"off\"");
    let roll = format!("[test]\n{CLIENT}\n[passwords]\n{GROUP}\n");
    accepted(&roll);
    accepted(&format!("{roll}never_expires = true"));
    refused(&roll, "site.help_hours", "the closing card says it");
}

/// S43: the file of the job that changes the passwords of a group, wherever a whole path leads.
#[test]
fn where_the_job_writes_is_a_whole_path_beside_a_group_s43() {
    let roll = format!("[test]\n{CLIENT}\n[passwords]\n{GROUP}\n");
    let share = "last_run = \"/srv/share/last-run.json\"";
    accepted(&format!("{roll}{share}"));
    refused(
        &format!("{roll}last_run = \"last-run.json\" #!"),
        "passwords.last_run",
        "an absolute path is needed",
    );
    for no_roll in ["way = \"off\"", "way = \"patch\"\nnever_expires = true"] {
        let passwords = format!("[test]\n{CLIENT}\n[passwords]\n{no_roll}\n{share} #!");
        let only = "only where people join passwords.group";
        refused(&passwords, "passwords.last_run", only);
    }
}

/// N23: what is wanted can be shown, by one of the ways the site has.
#[test]
fn what_a_password_needs_can_be_shown() {
    let passwords = |needs: &str| format!("[passwords]\n{GROUP}\nneeds_proof = \"{needs}\" #!");
    let alone = "a test on the phone alone does not show this much";
    refused(&passwords("seen"), "passwords.needs_proof", alone);
    accepted(&passwords("word"));
    for key in ["last_used", "sign_in_log"] {
        accepted(&format!("[test]\n{key} = true\n{}", passwords("seen")));
        refused(
            &format!("[test]\n{key} = true\n{}", passwords("token")),
            "passwords.needs_proof",
            alone,
        );
    }
    let station = format!("[test]\n{CLIENT}\n");
    refused(
        &format!("{station}{}", passwords("token").replace(" #!", "")),
        "test.context",
        "needed when passwords.needs_proof is \"token\"",
    );
    accepted(&format!(
        "{station}context = \"c1\"\n{}",
        passwords("token")
    ));
    refused(
        "[test]\ncontext = \"c100\" #!",
        "test.context",
        "allowed: c1 to c99",
    );
    let narrow = sample()
        .replace("scopes = \"wide\"", "scopes = \"narrow\"")
        .replace("[visits]", "[test]\nlast_used = true\n\n[visits]");
    let said = check_text(narrow.as_bytes());
    assert!(said.err.contains("test.last_used: "), "{}", said.err);
    accepted("[test]\nlast_used = true\nsign_in_log = true");
}

#[test]
fn a_sites_own_questions_are_short_enough_to_read() {
    let long = "x".repeat(121);
    for key in ["windows_question", "vdi_question"] {
        refused(
            &format!("[passwords]\n{key} = {{ ja = \"{long}\", en = \"?\" }} #!"),
            &format!("passwords.{key}.ja"),
            "120",
        );
    }
    accepted("[passwords]\nvdi_counts = true");
    // A reading stands above the line, not in it.
    let read = "数《かず》".repeat(120);
    accepted(&format!(
        "[passwords]\nvdi_question = {{ ja = \"{read}\", en = \"?\" }}"
    ));
    refused(
        &format!("[passwords]\nvdi_question = {{ ja = \"{read}数\", en = \"?\" }} #!"),
        "passwords.vdi_question.ja",
        "120",
    );
}

/// S40 to S47: all these sentences are data of the site.
#[test]
fn what_a_site_says_of_the_password_is_short_enough_to_read() {
    let keys = "memo three_months forgotten changes nobody no_need no_three_months apps devices";
    let long = "x".repeat(121);
    for key in keys.split(' ') {
        accepted(&format!(
            "[passwords.says]\n{key} = {{ ja = \"1 階《かい》へ\", en = \"?\" }}"
        ));
        refused(
            &format!("[passwords.says]\n{key} = {{ ja = \"{long}\", en = \"?\" }} #!"),
            &format!("passwords.says.{key}.ja"),
            "120",
        );
    }
    refused(
        "[passwords.says]\nelse = { ja = \"?\", en = \"?\" } #!",
        "passwords.says.else",
        "memo",
    );
}

/// What no page can draw as a reading would stand on the screens as it is written, in every text of the site's own.
#[test]
fn readings_that_cannot_be_drawn_are_refused_with_their_key() {
    let says = "cannot be drawn: a reading stands in 《》 right behind its Chinese characters";
    for spoilt in ["紙《かみ に", "紙かみ》に", "紙《　》に", "かみ《かみ》に"]
    {
        let text = format!("{{ ja = \"{spoilt}\", en = \"a\" }}");
        refused(
            &format!("[passwords.says]\nmemo = {text} #!"),
            "passwords.says.memo.ja",
            says,
        );
        refused(
            &format!("[passwords]\nwindows_question = {text} #!"),
            "passwords.windows_question.ja",
            says,
        );
        check(
            "ja = \"システム室《しつ》\", en = \"Systems room\" }",
            &format!("ja = \"{spoilt}\", en = \"Systems room\" }} #!"),
            "site.name.ja",
            says,
        );
    }
    let member = "{ ja = \"Windows へのサインイン\", en = \"Signing in to Windows itself\" },";
    let spoilt = member.replace("へ", "《へ").replace("},", "}, #!");
    check(member, &spoilt, "site.not_used", says);
    accepted("[passwords.says]\nmemo = { ja = \"紙《かみ》に書かない\", en = \"a\" }");
}
