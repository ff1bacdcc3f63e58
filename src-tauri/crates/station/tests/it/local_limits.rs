//! The site's own limits, over HTTP (N26).

use entra_sim::Case;
use onboarding::{
    FindBy, InFront, OperatorAction, OperatorScreen, Readiness, TroubleCode, VisitAction,
    VisitScreen,
};
use serde_json::json;
use test_station::{Browser, Tenant, until};

use crate::after_registration::CONSENTED;
use crate::counter::Counter;

const LIMIT: &str = "passes_per_hour = 30";

/// A counter of a site with these lines below `[limits]`.
async fn counter(tenant: Tenant, lines: &str) -> Counter {
    let data = tempfile::tempdir().unwrap();
    let limits = format!("{LIMIT}\n{lines}");
    let config = tenant.config(&[(LIMIT, &limits)]);
    let station = tenant.station(&config, data.path(), Browser::SignsIn(0));
    let counter = Counter {
        tenant,
        station,
        data,
        config,
    };
    counter.act(OperatorAction::SignIn).await.unwrap();
    counter.reach("home").await;
    counter
}

async fn group(tenant: &Tenant, name: &str, members: &[&str]) -> String {
    let new = json!({"display_name": name, "members": members});
    let added = tenant.control("groups", new).await;
    added["id"].as_str().unwrap().to_owned()
}

impl Counter {
    /// The code that keeps somebody of this case out, once found; none where nothing does.
    async fn kept_out(&self, case: Case) -> Option<String> {
        let (upn, _) = self.tenant.person(case);
        let visit = self.visit().await;
        self.find(visit, &upn, FindBy::SignInName).await;
        let told = until(&self.station, "somebody", |view, _| match &view.screen {
            OperatorScreen::Visit(InFront {
                screen: VisitScreen::Found { blocked, .. },
                ..
            }) => Some(blocked.as_ref().map(|it| it.code.clone())),
            _ => None,
        })
        .await;
        self.wants(visit, VisitAction::Cancel).await.unwrap();
        self.reach("home").await;
        told
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn n26_passes_are_for_members_of_the_group_or_the_unit_and_not_for_those_who_are_excepted() {
    let tenant = Tenant::start().await;
    let (plain, _) = tenant.person(Case::Plain);
    let (partner, partner_id) = tenant.person(Case::Partner);
    let served = group(&tenant, "窓口で受け付ける方", &[&plain]).await;
    let unit = json!({"display_name": "放送の部署", "members": [partner]});
    let unit = tenant.control("units", unit).await;
    let unit = unit["id"].as_str().unwrap();
    let lines = format!("people_group = \"{served}\"\npeople_unit = \"{unit}\"");
    let both = counter(tenant, &lines).await;
    assert_eq!(both.kept_out(Case::Plain).await, None);
    assert_eq!(both.kept_out(Case::Partner).await, None);
    assert_eq!(both.kept_out(Case::Synced).await.as_deref(), Some("T422"));
    both.recorded("limit_refused").await;
    let lines = format!("not_for = [\"{served}\", \"{partner_id}\"]");
    let except = counter(both.tenant, &lines).await;
    assert_eq!(except.kept_out(Case::Plain).await.as_deref(), Some("T423"));
    let partner = except.kept_out(Case::Partner).await;
    assert_eq!(partner.as_deref(), Some("T423"));
    assert_eq!(except.kept_out(Case::Synced).await, None);
}

#[tokio::test(flavor = "multi_thread")]
async fn n26_an_operator_is_listed_by_id_or_by_a_group() {
    let tenant = Tenant::start().await;
    let operator = tenant.info().operators[0].upn.clone();
    let others = group(&tenant, "別の担当者", &[]).await;
    let (_, colleague) = tenant.person(Case::Partner);
    let group = group(&tenant, "窓口の担当者", &[&operator]).await;
    let by_group = counter(tenant, &format!("operator_group = \"{group}\"")).await;
    let visit = by_group.board(Case::Plain).await;
    by_group.issue(visit).await;
    let lines = format!("operators = [\"{colleague}\"]\noperator_group = \"{others}\"");
    let unlisted = counter(by_group.tenant, &lines).await;
    assert_eq!(
        unlisted.kept_out(Case::Partner).await.as_deref(),
        Some("T421")
    );
    unlisted.recorded("limit_refused").await;
}

/// Whoever leaves the group between the check and the pass gets none.
#[tokio::test(flavor = "multi_thread")]
async fn n26_what_changed_since_is_seen_before_the_pass() {
    let tenant = Tenant::start().await;
    let (plain, _) = tenant.person(Case::Plain);
    let served = group(&tenant, "窓口で受け付ける方", &[&plain]).await;
    let counter = counter(tenant, &format!("people_group = \"{served}\"")).await;
    let visit = counter.board(Case::Plain).await;
    let reset = json!({"upn": plain});
    counter.tenant.control("users/reset", reset).await;
    let issue = VisitAction::IssuePass { replace: false };
    counter.wants(visit, issue.clone()).await.unwrap();
    counter.trouble("T422").await;
    counter.recorded("limit_refused").await;
    assert!(!counter.record().contains("pass_intent"));
    // What cannot be read is no yes.
    let fault =
        json!({"path": "/users/{id}/transitiveMemberOf", "fault": "status:403", "times": 9});
    counter.tenant.control("faults", fault).await;
    counter.wants(visit, issue).await.unwrap();
    counter.trouble(TroubleCode::ReadNotPermitted.short()).await;
    assert!(!counter.record().contains("pass_intent"));
}

/// What the first screen says of this, once everything was read.
async fn said(counter: &Counter, what: &str) -> Option<Readiness> {
    until(&counter.station, "the lines", |view, _| {
        let OperatorScreen::Home { readiness, .. } = &view.screen else {
            return None;
        };
        let line = readiness.iter().find(|line| line.what.key == what);
        (!readiness.is_empty()).then(|| line.map(|line| line.state))
    })
    .await
}

/// Before anybody comes: with a right to read them what is named is there or not, without one nobody can tell.
#[tokio::test(flavor = "multi_thread")]
async fn n8_n26_what_the_limits_name_is_looked_for_at_the_sign_in() {
    use Readiness::{CannotTell, Missing, There};
    const NOBODY: &str = "3f2504e0-4f89-41d3-9a0c-0305e82c3301";
    const NOWHERE: &str = "3f2504e0-4f89-41d3-9a0c-0305e82c3302";
    let tenant = Tenant::start().await;
    let operator = tenant.info().operators[0].upn.clone();
    let ours = group(&tenant, "発行できる係", &[&operator]).await;
    let others = group(&tenant, "別の係", &[]).await;
    let unit = json!({"display_name": "放送センター"});
    let unit = tenant.control("units", unit).await;
    let unit = unit["id"].as_str().unwrap().to_owned();
    let consented = format!("{CONSENTED} GroupMember.Read.All AdministrativeUnit.Read.All");
    let consented = json!({ "consented_scopes": consented });
    tenant.control("switches", consented).await;
    let wide = "\"User.Read.All\", \"GroupMember.Read.All\", \"AdministrativeUnit.Read.All\"";
    let limits = |operators: &str, group: &str, unit: &str| {
        format!(
            "operator_group = \"{operators}\"\npeople_group = \"{group}\"\npeople_unit = \"{unit}\"\n\
             four_eyes = [\"protected\"]\nconfirmer_group = \"{group}\""
        )
    };
    for (scopes, lines, expected) in [
        (wide, limits(&ours, &others, &unit), [There; 4]),
        (wide, limits(&others, NOBODY, NOWHERE), [Missing; 4]),
        (
            "\"User.Read.All\"",
            limits(&ours, &others, &unit),
            [There, CannotTell, CannotTell, CannotTell],
        ),
    ] {
        let changes = ("\"User.Read.All\"", scopes);
        let counter = counter_asking(&tenant, &lines, changes).await;
        let keys = ["operators", "people-group", "people-unit", "confirmers"];
        for (key, expected) in keys.into_iter().zip(expected) {
            let told = said(&counter, &format!("op-ready-{key}")).await;
            assert_eq!(told, Some(expected), "{key} {scopes}");
        }
    }
}

/// A counter of a site at this tenant, signed in, which asks for these rights.
async fn counter_asking(tenant: &Tenant, lines: &str, scopes: (&str, &str)) -> Counter {
    let tenant = Tenant::elsewhere(tenant.info().clone());
    let data = tempfile::tempdir().unwrap();
    let limits = format!("{LIMIT}\n{lines}");
    let config = tenant.config(&[(LIMIT, &limits), scopes]);
    let station = tenant.station(&config, data.path(), Browser::SignsIn(0));
    let counter = Counter {
        tenant,
        station,
        data,
        config,
    };
    counter.act(OperatorAction::SignIn).await.unwrap();
    counter.reach("home").await;
    counter
}
