//! The site's own limits, over HTTP (N26).

use entra_sim::Case;
use onboarding::{
    FindBy, InFront, OperatorAction, OperatorScreen, TroubleCode, VisitAction, VisitScreen,
};
use serde_json::json;
use test_station::{Browser, Tenant, until};

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
