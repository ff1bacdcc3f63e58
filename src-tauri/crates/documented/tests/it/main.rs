//! The documented examples that are kept, and that a wrong answer is told.
#![expect(
    clippy::unwrap_used,
    reason = "a helper that cannot unwrap is a failed test"
)]

use documented::{Example, Tried, all, folder, run};
use serde_json::json;

async fn tried(examples: &[Example]) -> Vec<Tried> {
    let mut tried = Vec::new();
    run(examples, |one| tried.push(one.clone())).await.unwrap();
    tried
}

fn named(name: &str) -> Example {
    let mut kept = all(&folder()).unwrap().into_iter();
    kept.find(|example| example.name == name).unwrap()
}

/// The short form of `cargo xtask examples`.
#[tokio::test(flavor = "multi_thread")]
async fn every_example_is_answered_and_read_as_documented() {
    let examples = all(&folder()).unwrap();
    let tried = tried(&examples).await;
    let halves = |example: &Example| {
        usize::from(example.request.is_some()) + usize::from(example.read.is_some())
    };
    assert_eq!(tried.len(), examples.iter().map(halves).sum::<usize>());
    assert!(tried.len() > 150, "{}", tried.len());
    let wrong: Vec<_> = tried.iter().filter(|one| !one.wrong.is_empty()).collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn every_example_names_its_page_and_has_a_half_to_try() {
    for example in all(&folder()).unwrap() {
        assert!(example.page.contains(' '), "{}", example.name);
        let tried = example.request.is_some() || example.read.is_some();
        assert!(tried, "{}", example.name);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_that_is_not_as_documented_is_told() {
    let mut wrong_status = named("people are counted as plain text");
    wrong_status.answer.status = 201;
    let mut wrong_kind = named("a person is read with the usual properties");
    wrong_kind.answer.body.as_mut().unwrap()["surname"] = json!(7);
    wrong_kind.read = None;
    let mut missing = named("the caller is read");
    missing.answer.body.as_mut().unwrap()["shoeSize"] = json!("27");
    let mut wrong_fact = named("methods of two types are listed");
    wrong_fact.answer.body.as_mut().unwrap()["value"][0]["@odata.type"] = json!("#pigeon");
    wrong_fact.read = None;
    let mut no_header = named("a token that is no good");
    no_header
        .answer
        .headers
        .insert("x-pigeon".to_owned(), String::new());
    no_header.read = None;
    let mut unread = named("the pass policy is read");
    unread.read.as_mut().unwrap().gives["max"] = json!(481);
    unread.request = None;
    let mut refused = named("a pass is taken away");
    refused.answer.status = 403;
    refused.request = None;
    let mut wrong_refusal = named("the person cancels on the page");
    wrong_refusal.read.as_mut().unwrap().gives = json!({"refused": "TenantNotFound"});
    let spoiled = [
        wrong_status,
        wrong_kind,
        missing,
        wrong_fact,
        no_header,
        unread,
        refused,
        wrong_refusal,
    ];
    let tried = tried(&spoiled).await;
    assert_eq!(tried.len(), spoiled.len());
    for one in tried {
        assert!(!one.wrong.is_empty(), "{one:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_example_that_names_what_is_not_there_is_no_pass() {
    let mut unknown = named("the caller is read");
    unknown.request.as_mut().unwrap().path = "/v1.0/users/{pigeon}".to_owned();
    let mut nobody = named("the caller is read");
    nobody.person = Some("pigeon".to_owned());
    let mut absent = named("a pass is taken away");
    absent.person = None;
    for example in [unknown, nobody, absent] {
        let problem = run(&[example], |one| panic!("{one:?}")).await.unwrap_err();
        assert!(!problem.to_string().is_empty());
    }
}
