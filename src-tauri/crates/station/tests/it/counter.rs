//! One counter: a tenant, a station, and short words for what an operator does there.

use audit::Seq;
use entra_sim::Case;
use onboarding::{
    FindBy, InFront, Light, LightState, LiveView, OperatorAction, OperatorScreen, PassStage,
    PassView, PersonPass, PersonScreen, TroubleCode, VisitAction, VisitId, VisitScreen,
};
use station::Station;
use station::record::RecordLog;
use test_station::{Browser, Tenant, screen_name, until};

pub(crate) struct Counter {
    pub(crate) tenant: Tenant,
    pub(crate) station: Station,
    pub(crate) data: tempfile::TempDir,
    pub(crate) config: String,
}

impl Counter {
    pub(crate) async fn open(browser: Browser, changes: &[(&str, &str)]) -> Self {
        let tenant = Tenant::start().await;
        let data = tempfile::tempdir().unwrap();
        let config = tenant.config(changes);
        let station = tenant.station(&config, data.path(), browser);
        Self {
            tenant,
            station,
            data,
            config,
        }
    }

    pub(crate) async fn signed_in(operator: usize, changes: &[(&str, &str)]) -> Self {
        let counter = Self::open(Browser::SignsIn(operator), changes).await;
        counter.act(OperatorAction::SignIn).await.unwrap();
        counter.reach("home").await;
        counter
    }

    /// The station stops, something happens to its data, and it starts again with another browser.
    pub(crate) fn started_anew_after(self, meanwhile: impl FnOnce()) -> Self {
        let Self {
            tenant,
            station,
            data,
            config,
        } = self;
        drop(station);
        meanwhile();
        let station = tenant.station(&config, data.path(), Browser::SignsIn(0));
        Self {
            tenant,
            station,
            data,
            config,
        }
    }

    pub(crate) fn started_anew(self) -> Self {
        self.started_anew_after(|| {})
    }

    /// Waits until this event stands in the record.
    pub(crate) async fn recorded(&self, event: &str) {
        until(&self.station, event, |_, _| {
            self.record().contains(event).then_some(())
        })
        .await;
    }

    /// The record, once this stands in it so many times. It is written beside the work, in order: what was to be recorded
    /// before is there as well.
    pub(crate) async fn record_with(&self, what: &str, times: usize) -> String {
        until(&self.station, what, |_, _| {
            let record = self.record();
            (record.matches(what).count() >= times).then_some(record)
        })
        .await
    }

    pub(crate) async fn act(&self, action: OperatorAction) -> Result<(), TroubleCode> {
        self.station
            .operator_act(action)
            .await
            .map_err(|trouble| trouble.code)
    }

    pub(crate) async fn reach(&self, screen: &str) {
        until(&self.station, screen, |view, _| {
            (screen_name(&view.screen) == screen).then_some(())
        })
        .await;
    }

    /// Waits until the trouble with this short code is on the screen.
    pub(crate) async fn trouble(&self, code: &str) {
        until(&self.station, code, |view, _| {
            view.trouble
                .as_ref()
                .is_some_and(|trouble| trouble.code == code)
                .then_some(())
        })
        .await;
    }

    pub(crate) async fn visit(&self) -> VisitId {
        self.act(OperatorAction::StartVisit).await.unwrap();
        self.current().await
    }

    pub(crate) async fn current(&self) -> VisitId {
        let view = self.station.operator_view().await.unwrap();
        let value = serde_json::to_value(&view.screen).unwrap();
        VisitId(u32::try_from(value["visit"].as_u64().unwrap()).unwrap())
    }

    pub(crate) async fn wants(&self, visit: VisitId, act: VisitAction) -> Result<(), TroubleCode> {
        self.act(OperatorAction::Visit { visit, act }).await
    }

    pub(crate) async fn find(&self, visit: VisitId, text: &str, by: FindBy) {
        self.wants(
            visit,
            VisitAction::Find {
                text: text.to_owned(),
                by,
            },
        )
        .await
        .unwrap();
        until(&self.station, "an answer", |view, _| match &view.screen {
            OperatorScreen::Visit(InFront {
                screen: VisitScreen::Find { busy, .. },
                ..
            }) => (!busy).then_some(()),
            _ => Some(()),
        })
        .await;
    }

    /// Up to the open board for somebody of this case.
    pub(crate) async fn board(&self, case: Case) -> VisitId {
        let (upn, _) = self.tenant.person(case);
        let visit = self.visit().await;
        self.find(visit, &upn, FindBy::SignInName).await;
        self.reach("found").await;
        self.wants(visit, VisitAction::ConfirmPerson).await.unwrap();
        self.check(visit).await;
        visit
    }

    pub(crate) async fn check(&self, visit: VisitId) {
        let tick = VisitAction::Tick {
            check: "staff-card".to_owned(),
            on: true,
        };
        self.wants(visit, tick).await.unwrap();
        self.wants(visit, VisitAction::ConfirmPhone { on: true })
            .await
            .unwrap();
        self.wants(visit, VisitAction::ConfirmCheck).await.unwrap();
        self.reach("board").await;
    }

    pub(crate) async fn issue(&self, visit: VisitId) {
        self.wants(visit, VisitAction::IssuePass { replace: false })
            .await
            .unwrap();
        self.stage(PassStage::Live).await;
    }

    pub(crate) async fn stage(&self, stage: PassStage) {
        until(
            &self.station,
            &format!("{stage:?}"),
            |view, _| match &view.screen {
                OperatorScreen::Visit(InFront {
                    screen: VisitScreen::Board { pass, .. },
                    ..
                }) => (pass.stage == stage).then_some(()),
                _ => None,
            },
        )
        .await;
    }

    /// Reveals the pass and reads it as the person would.
    pub(crate) async fn read_pass(&self, visit: VisitId) -> String {
        self.wants(visit, VisitAction::Reveal).await.unwrap();
        until(
            &self.station,
            "the pass in sight",
            |_, person| match &person.screen {
                PersonScreen::Walk {
                    pass: PersonPass::Shown { glyphs, .. },
                    ..
                } => glyphs
                    .iter()
                    .map(|glyph| char::from_u32(glyph.code))
                    .collect(),
                _ => None,
            },
        )
        .await
    }

    pub(crate) async fn register(&self, case: Case, pass: &str, route: &str) -> serde_json::Value {
        let (upn, _) = self.tenant.person(case);
        let body = serde_json::json!({"upn": upn, "pass": pass, "route": route, "os": "ios", "device_name": "花子の iPhone"});
        self.tenant.control("phone/register", body).await
    }

    pub(crate) async fn pass(&self) -> PassView {
        until(&self.station, "a board", |view, _| match &view.screen {
            OperatorScreen::Visit(InFront {
                screen: VisitScreen::Board { pass, .. },
                ..
            }) => Some(pass.clone()),
            _ => None,
        })
        .await
    }

    /// What is written down, as JSON lines.
    pub(crate) fn record(&self) -> String {
        let log = RecordLog::open(&self.data.path().join("record.sqlite3")).unwrap();
        let (mut lines, all) = (Vec::new(), Seq(1)..=Seq(u64::MAX));
        log.read().export_json_lines(all, &mut lines).unwrap();
        log.read().verify(None).unwrap();
        String::from_utf8(lines).unwrap()
    }
}

pub(crate) fn lit(live: &LiveView, light: Light) -> bool {
    live.lights
        .iter()
        .any(|view| view.light == light && view.state == LightState::Lit)
}
