//! From what was typed to whom to look for (S26–S28, N5).

use desk_world::sample;
use onboarding::FindBy::{self, Name, Organisation, Partner, SignInName};
use onboarding::QueryNote::{DomainKept, WidthFolded};
use onboarding::{KnownDomains, PersonQuery, QueryNote, Trouble, TroubleCode, Upn};

/// The tenant's own domains.
fn verified() -> Vec<String> {
    let initial = "contoso.onmicrosoft.com".to_owned();
    sample::domains().into_iter().chain([initial]).collect()
}

fn parse(
    typed: &str,
    by: FindBy,
    verified: Option<&[String]>,
) -> Result<(PersonQuery, Option<QueryNote>), Trouble> {
    let domains = KnownDomains {
        composed: &sample::policy().domains,
        verified,
    };
    PersonQuery::parse(typed, by, domains)
}

type Wanted<'a> = Result<(&'a str, Option<QueryNote>), TroubleCode>;

fn check(by: FindBy, typed: &str, wanted: Wanted<'_>) {
    let found = parse(typed, by, Some(&verified()));
    let found = match &found {
        Ok((PersonQuery::Upn(upn), note)) => Ok((upn.as_str(), *note)),
        Ok((PersonQuery::Name(name), note)) => Ok((name.as_str(), *note)),
        Err(trouble) => Err(trouble.code),
    };
    assert_eq!(found, wanted, "{by:?} {typed:?}");
}

const WHOLE: &str = "fctv-user@cablechan.biz";
const PARTNER: &str = "fctv-user@cable.fukui.jp";

const ACCOUNTS: &[(FindBy, &str, Wanted<'_>)] = &[
    (Organisation, "fctv-user", Ok((WHOLE, None))),
    (Partner, "fctv-user", Ok((PARTNER, None))),
    // Typed with the IME on.
    (
        Organisation,
        "ｆｃｔｖ－ｕｓｅｒ",
        Ok((WHOLE, Some(WidthFolded))),
    ),
    (Organisation, "\u{3000}fctv-user\u{3000}", Ok((WHOLE, None))),
    (
        Organisation,
        " fctv -\u{3000}user ",
        Ok((WHOLE, Some(WidthFolded))),
    ),
    (
        Organisation,
        "fctv-user＠ｃａｂｌｅｃｈａｎ．ｂｉｚ",
        Ok((WHOLE, Some(DomainKept))),
    ),
    // A pasted domain is not doubled, and its class is not second-guessed.
    (Organisation, WHOLE, Ok((WHOLE, Some(DomainKept)))),
    (Organisation, PARTNER, Ok((PARTNER, Some(DomainKept)))),
    (Partner, PARTNER, Ok((PARTNER, Some(DomainKept)))),
    (
        Organisation,
        "x@contoso.onmicrosoft.com",
        Ok(("x@contoso.onmicrosoft.com", Some(DomainKept))),
    ),
    (SignInName, WHOLE, Ok((WHOLE, None))),
    (
        SignInName,
        "Fctv-User@CableChan.Biz",
        Ok(("Fctv-User@CableChan.Biz", None)),
    ),
    (
        SignInName,
        "o'neil_1!#^~@cablechan.biz",
        Ok(("o'neil_1!#^~@cablechan.biz", None)),
    ),
];

const REFUSED_AND_NAMES: &[(FindBy, &str, Wanted<'_>)] = &[
    // A mail address is not a sign-in name.
    (
        SignInName,
        "someone@gmail.com",
        Err(TroubleCode::UnknownDomain),
    ),
    (
        Organisation,
        "someone@evil.cablechan.biz",
        Err(TroubleCode::UnknownDomain),
    ),
    (
        Organisation,
        "someone@notonmicrosoft.com",
        Err(TroubleCode::UnknownDomain),
    ),
    (SignInName, "fctv-user", Err(TroubleCode::NotAnAccount)),
    (
        SignInName,
        "a@b@cablechan.biz",
        Err(TroubleCode::NotAnAccount),
    ),
    (SignInName, "@cablechan.biz", Err(TroubleCode::NotAnAccount)),
    (SignInName, "a@", Err(TroubleCode::NotAnAccount)),
    (Organisation, "山田太郎", Err(TroubleCode::NotAnAccount)),
    (Organisation, "a/b", Err(TroubleCode::NotAnAccount)),
    (Organisation, "a?$filter=x", Err(TroubleCode::NotAnAccount)),
    (Organisation, "a\u{202E}b", Err(TroubleCode::NotAnAccount)),
    (Organisation, "", Err(TroubleCode::NothingTyped)),
    (Partner, "\u{3000} \t", Err(TroubleCode::NothingTyped)),
    (Name, "", Err(TroubleCode::NothingTyped)),
    (
        Name,
        "山田\u{3000}太郎",
        Ok(("山田 太郎", Some(WidthFolded))),
    ),
    (Name, "ﾔﾏﾀﾞ", Ok(("ヤマダ", Some(WidthFolded)))),
    (Name, "Account\u{7}1", Ok(("Account1", None))),
];

#[test]
fn what_is_typed_becomes_a_query_s26_s27_s28_n5() {
    for (by, typed, wanted) in ACCOUNTS.iter().chain(REFUSED_AND_NAMES) {
        check(*by, typed, *wanted);
    }
    check(
        Organisation,
        &"a".repeat(65),
        Err(TroubleCode::NotAnAccount),
    );
    check(Name, &"a".repeat(65), Ok((&"a".repeat(64), None)));
}

#[test]
fn a_sign_in_name_has_its_two_parts_s26() {
    let upn = Upn::parse("fctv-user@cable.fukui.jp").unwrap();
    assert_eq!((upn.local(), upn.domain()), ("fctv-user", "cable.fukui.jp"));
    assert!(serde_json::from_str::<Upn>("\"no sign-in name\"").is_err());
}

/// N5, S28: every domain of the tenant can be typed, in whatever case; the two kinds stay for a bare account name.
/// Where the domains could not be read the directory has the last word.
#[test]
fn any_domain_of_the_tenant_can_be_typed_n5() {
    let verified = verified();
    let asked = |typed: &str, by, known: Option<&[String]>| match parse(typed, by, known) {
        Ok((query, _)) => Ok(query),
        Err(trouble) => Err(trouble.code),
    };
    let upn = |text: &str| Ok(PersonQuery::Upn(Upn::parse(text).unwrap()));
    for by in [Organisation, Partner, SignInName] {
        for own in ["a@works.cablechan.example", "a@WORKS.cablechan.EXAMPLE"] {
            assert_eq!(asked(own, by, Some(&verified)), upn(own));
        }
        for other in ["a@gmail.com", "a@fabrikam.onmicrosoft.com"] {
            let refused = Err(TroubleCode::UnknownDomain);
            assert_eq!(asked(other, by, Some(&verified)), refused);
            assert_eq!(asked(other, by, Some(&[])), refused);
            assert_eq!(asked(other, by, None), upn(other));
        }
        for composed in [WHOLE, PARTNER] {
            assert_eq!(asked(composed, by, Some(&[])), upn(composed));
        }
    }
    assert_eq!(asked("fctv-user", Partner, Some(&verified)), upn(PARTNER));
}

/// Word processors and the IME put other signs in the place of an account name's own (W19).
#[test]
fn quotes_and_dashes_of_other_keyboards_are_an_account_names_own() {
    for dash in
        "\u{2010}\u{2011}\u{2012}\u{2013}\u{2014}\u{2015}\u{2212}\u{30fc}\u{ff70}\u{ff0d}".chars()
    {
        let typed = format!("fctv{dash}user");
        check(Organisation, &typed, Ok((WHOLE, Some(WidthFolded))));
        check(Partner, &typed, Ok((PARTNER, Some(WidthFolded))));
        let whole = format!("{typed}@cablechan.biz");
        check(SignInName, &whole, Ok((WHOLE, Some(WidthFolded))));
    }
    let quoted = "o'brien@cablechan.biz";
    for quote in "\u{2018}\u{2019}\u{201b}\u{2032}\u{02bc}`\u{ff07}".chars() {
        let typed = format!("o{quote}brien");
        check(Organisation, &typed, Ok((quoted, Some(WidthFolded))));
    }
    // A name keeps what it is written with.
    check(Name, "ガー", Ok(("ガー", None)));
    check(Name, "O\u{2019}Brien", Ok(("O\u{2019}Brien", None)));
}

/// W4: nobody knows how the directory keeps a name or compares it, so it is asked for as typed and as folded.
#[test]
fn a_name_is_wanted_as_typed_and_as_folded_w4() {
    let spellings = |typed: &str| match parse(typed, Name, None) {
        Ok((PersonQuery::Name(name), _)) => name.spellings().map(str::to_owned).collect::<Vec<_>>(),
        other => panic!("{other:?}"),
    };
    for (typed, folded) in [
        ("ﾏﾄﾞｸﾞﾁ ﾊﾅｺ", "マドグチ ハナコ"),
        ("\u{fa19}田", "\u{795e}田"),
        ("テ\u{3099}スク", "デスク"),
        ("Ｍａｄｏ", "Mado"),
        ("窓口\u{3000}花子", "窓口 花子"),
        ("㈱窓口", "(株)窓口"),
        ("ﬁn", "fin"),
    ] {
        assert_eq!(spellings(typed), [folded, typed]);
        assert_eq!(spellings(&format!(" {typed}\u{3000}")), [folded, typed]);
        assert_eq!(
            spellings(folded),
            [folded],
            "what is the same is asked for once"
        );
    }
    let long = "ｶ".repeat(100);
    assert_eq!(spellings(&long), ["カ".repeat(64), "ｶ".repeat(64)]);
}

/// W3: what the directory calls somebody keeps nobody from being shown; what is typed keeps its grammar, and a guest's
/// whole name can be typed.
#[test]
fn what_the_directory_says_has_no_grammar_w3() {
    for (name, local, domain) in [
        (
            "hanako+work_gmail.example#EXT#@contoso.onmicrosoft.com",
            "hanako+work_gmail.example#EXT#",
            "contoso.onmicrosoft.com",
        ),
        ("花子@cablechan.biz", "花子", "cablechan.biz"),
        ("a b@cablechan.biz", "a b", "cablechan.biz"),
        ("a@b@cablechan.biz", "a@b", "cablechan.biz"),
        ("no sign-in name", "no sign-in name", ""),
        ("", "", ""),
    ] {
        let upn = Upn::of_directory(name);
        assert_eq!(upn.as_str(), name);
        assert_eq!((upn.local(), upn.domain()), (local, domain));
    }
    for guest in [
        "hanako+work_gmail.example#EXT#@contoso.onmicrosoft.com",
        "h.a%n&a=ko_gmail.example#ext#@contoso.onmicrosoft.com",
    ] {
        check(SignInName, guest, Ok((guest, None)));
    }
    let long = format!(
        "{}_gmail.example#EXT#@contoso.onmicrosoft.com",
        "a".repeat(80)
    );
    check(SignInName, &long, Ok((&long, None)));
    let typed = "hanako+work@cablechan.biz";
    check(SignInName, typed, Err(TroubleCode::NotAnAccount));
}
