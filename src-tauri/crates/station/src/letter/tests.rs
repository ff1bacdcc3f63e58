//! Letters as they are written, in every language people read in.

use std::sync::Arc;

use onboarding::{
    Frame, HandOut, HandOutRow, Lang, LangCode, LetterKind, LetterWanted, Paper, PhoneOs,
    PhoneScreen, Recipient, RowKind, RowNeed, ServiceTime, SiteFile, SiteFiles, Words as SiteWords,
};

use super::write;

fn row(id: &str, number: u8, needs: Vec<RowNeed>, tap: Option<&str>) -> HandOutRow {
    HandOutRow {
        id: id.to_owned(),
        number: Some(number),
        kind: RowKind::Act,
        needs,
        condition: (number == 5).then(|| "condition-several-accounts".to_owned()),
        tap: tap.map(str::to_owned),
        phone: PhoneScreen {
            frame: Frame::App,
            elements: Vec::new(),
        },
    }
}

fn sheet(lang: Lang) -> HandOut {
    HandOut {
        paper: Paper::A4,
        lang,
        training: false,
        organisation: SiteWords::same("窓口《まどぐち》 <b>&\"'"),
        help_line: "0776-20-3660".to_owned(),
        pack: "walkthrough-a".to_owned(),
        rows: vec![
            row("a1", 1, Vec::new(), Some("plus")),
            row("a5", 5, vec![RowNeed::SignInName], Some("next")),
            row("a13", 13, Vec::new(), None),
        ],
        phone_os: PhoneOs::Android,
        phone_lang: Lang::Ja,
        stores: Vec::new(),
        helps: Vec::new(),
        not_used: Vec::new(),
        card: None,
        site_files: SiteFiles::default(),
    }
}

fn wanted(lang: Lang, what: LetterKind) -> LetterWanted {
    LetterWanted {
        to: Recipient::Directory("taro@home.example".to_owned()),
        what,
        sheet: sheet(lang),
        pass: None,
        name: Some("山田 <太郎>".to_owned()),
        issued: Some(ServiceTime(1_800_000_000_000)),
    }
}

fn written(wanted: &LetterWanted) -> (String, String, String) {
    let letter = write(wanted, "taro@home.example", Vec::new()).unwrap();
    let of = |text: &str| text.to_owned();
    (of(letter.subject()), of(letter.text()), of(letter.html()))
}

#[test]
fn s21_a_letter_says_everything_in_every_language_and_nothing_of_it_is_markup() {
    let further = LangCode::parse("vi").unwrap();
    let langs = [Lang::Ja, Lang::JaEasy, Lang::En, Lang::Further(further)];
    let kinds = [LetterKind::Guide, LetterKind::Security, LetterKind::Manager];
    for lang in langs {
        for what in kinds {
            let (subject, text, html) = written(&wanted(lang, what));
            let place = format!("{lang:?} {what:?}");
            assert!(
                subject.contains("窓口 <b>&\"'") && !subject.contains('\n'),
                "{place}: {subject}"
            );
            for body in [&text, &html] {
                assert!(body.contains("0776-20-3660"), "{place}");
                assert!(
                    !body.contains(['《', '》', '{', '}', '\u{2068}']),
                    "{place}: {body}"
                );
                assert!(
                    !body.contains("<p></p>") && !body.contains("()"),
                    "{place}: {body}"
                );
            }
            assert!(
                !html.contains("<b>&") && !html.contains("<太郎>"),
                "{place}: {html}"
            );
            assert!(!text.contains("taro@home.example"), "{place}");
        }
    }
}

#[test]
fn s21_the_rows_stand_in_a_letter_as_they_stand_on_paper() {
    let (_, text, html) = written(&wanted(Lang::En, LetterKind::Guide));
    for said in [
        " 1. Add an account",
        "13. The account’s screen",
        "Type your sign-in name, then tap",
        "there is nothing more to tap",
        "Only people with several accounts have this step",
    ] {
        assert!(text.contains(said), "{said}: {text}");
    }
    assert!(!text.contains("shown here"), "{text}");
    assert!(html.contains("<b>Add an account</b>"), "{html}");
}

#[test]
fn s21_easy_japanese_has_its_readings_above_in_html_and_behind_in_text() {
    let (_, text, html) = written(&wanted(Lang::JaEasy, LetterKind::Guide));
    assert!(
        html.contains("<ruby>登録<rp>(</rp><rt>とうろく</rt><rp>)</rp></ruby>"),
        "{html}"
    );
    assert!(text.contains("登録(とうろく)"), "{text}");
}

#[test]
fn n20_a_security_notice_says_whom_to_call_and_to_a_manager_whose_pass_it_is() {
    let (_, text, _) = written(&wanted(Lang::Ja, LetterKind::Security));
    let own = "あなたのためにパスが発行されました。心当たりがなければ 0776-20-3660 へ。";
    assert!(text.contains(own) && text.contains("2027-01-1"), "{text}");
    assert!(!text.contains("山田"), "{text}");
    let (_, text, _) = written(&wanted(Lang::Ja, LetterKind::Manager));
    assert!(
        text.contains("山田 <太郎> さんのためにパスが発行されました"),
        "{text}"
    );
}

#[test]
fn a_sites_own_words_stand_in_a_letter() {
    let file = |path: &str, text: &str| SiteFile {
        path: path.to_owned(),
        text: text.to_owned(),
    };
    let mut wanted = wanted(Lang::En, LetterKind::Guide);
    wanted.sheet.site_files = SiteFiles(Arc::new(vec![
        file("locales/en/letter.ftl", "letter-what = Our own words.\n"),
        file(
            "packs/walkthrough-a/messages.en.ftl",
            "a1-title = Our own row\na1-say = Do { $label }\n",
        ),
        file("packs/walkthrough-a/labels.ja.ftl", "plus = たす\n"),
    ]));
    let (_, text, _) = written(&wanted);
    for said in ["Our own words.", "Our own row", "Do たす"] {
        assert!(text.contains(said), "{said}: {text}");
    }
}
