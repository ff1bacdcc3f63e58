//! `sign_in.scopes`: one right each, and enough of them to serve anybody (W20).

use crate::bad_configs::check;
use crate::{check_text, sample};

const LIST: &str = "scopes = [
    \"UserAuthMethod-TAP.ReadWrite.All\",
    \"UserAuthenticationMethod.Read.All\",
    \"User.Read.All\",
    \"Policy.Read.AuthenticationMethod\",
]";

fn with(scopes: &str) -> String {
    let sample = sample();
    assert!(sample.contains(LIST));
    sample.replace(LIST, &format!("scopes = [{scopes}]"))
}

#[test]
fn several_rights_in_one_text_are_refused_w20() {
    let refused = |scope: &str| {
        let put = format!("scopes = [{scope}] #!");
        check(LIST, &put, "sign_in.scopes", "one scope each");
    };
    refused("\"User.Read.All,UserAuthenticationMethod.Read.All\"");
    refused("\"User.Read.All UserAuthenticationMethod.Read.All\"");
    refused("\"User.Read.All;UserAuthenticationMethod.Read.All\"");
    refused("\"User.Read.All\\tUserAuthenticationMethod.Read.All\"");
    refused("\"User.Read.All\u{3001}UserAuthenticationMethod.Read.All\"");
    refused("\"User.Read.All,\"");
    refused("'\"User.Read.All\"'");
    refused("'User.Read.All\\'");
    refused("\"\"");
    let put = "scopes = \"User.Read.All\" #!";
    check(LIST, put, "sign_in.scopes", "a list in square brackets");
    let put = "scopes = [\"Openid\"] #!";
    check(LIST, put, "sign_in.scopes", "is not listed here");
}

#[test]
fn too_few_rights_are_said_with_what_is_missing_w20() {
    let (find, issue, see) = (
        "User.Read.All is needed to find people",
        "UserAuthMethod-TAP.ReadWrite.All is needed to issue passes",
        "UserAuthenticationMethod.Read.All is needed to see what a phone registered",
    );
    let tap = "\"UserAuthMethod-TAP.ReadWrite.All\"";
    let methods = "\"UserAuthenticationMethod.Read.All\"";
    for (scopes, missing) in [
        ("\"User.Read\"".to_owned(), vec![find, issue, see]),
        ("\"User.Read.All\"".to_owned(), vec![issue, see]),
        (format!("\"User.Read.All\", {methods}"), vec![issue]),
        (format!("\"User.Read.All\", {tap}"), vec![see]),
        (
            format!("\"User.ReadBasic.All\", {tap}, {methods}"),
            vec![find],
        ),
    ] {
        let said = check_text(with(&scopes).as_bytes());
        assert_eq!(said.code, Some(9), "{scopes}");
        assert_eq!(said.err.lines().count(), missing.len(), "{}", said.err);
        for (line, missing) in said.err.lines().zip(missing) {
            assert!(line.contains("sign_in.scopes: too few rights"), "{line}");
            assert!(
                line.contains(missing) && line.contains("allowed in its place"),
                "{line}"
            );
        }
    }
    // What the list does not say for itself is asked for all the same.
    let narrow = with("\"User.Read\"").replace("scopes = \"wide\"", "scopes = \"narrow\"");
    let said = check_text(narrow.as_bytes());
    assert_eq!(said.err.lines().count(), 1, "{}", said.err);
}

#[test]
fn wider_rights_and_other_spellings_are_enough_w20() {
    for scopes in [
        "\"user.read.all\", \"userauthmethod-tap.readwrite.all\", \"UserAuthenticationMethod.Read.All\"",
        "\"Directory.Read.All\", \"UserAuthenticationMethod.ReadWrite.All\"",
        "\"https://graph.microsoft.com/User.ReadWrite.All\", \"UserAuthenticationMethod.ReadWrite.All\"",
        "\"https://graph.microsoft.com/.default\"",
    ] {
        let said = check_text(with(scopes).as_bytes());
        assert_eq!((said.code, said.err.as_str()), (Some(0), ""), "{scopes}");
    }
    let narrow = with("\"User.Read.All\"").replace("scopes = \"wide\"", "scopes = \"narrow\"");
    assert_eq!(check_text(narrow.as_bytes()).code, Some(0));
}
