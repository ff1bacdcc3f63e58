//! The files of one run.

use std::fs;
use std::path::{Path, PathBuf};

use url::Url;
use workplace::{Failure, Outcome, Place};

use crate::control::Control;
use crate::mini_browser::mini_browser;
use crate::plan::{Lang, Plan};
use crate::relay::Relay;
use crate::site::{After, Changes, OTHER_USES, Tenant, configure};

/// The files of one run: configuration, data, and what the tour's browser reads.
pub(crate) struct Desk {
    /// The app's configuration.
    pub(crate) config: PathBuf,
    /// The app's own folder.
    pub(crate) data: PathBuf,
    /// Its existence lets the browser go on; `cancel` in it makes the browser decline.
    pub(crate) release: PathBuf,
    /// What the browser says of the sign-in.
    pub(crate) report: PathBuf,
    /// Where hand-outs are saved.
    pub(crate) hand_outs: PathBuf,
    /// Where the job that changes passwords writes how its last run ended; not there at first.
    pub(crate) last_run: PathBuf,
    /// What the last browser of a sign-in test says of itself.
    pub(crate) visitor: PathBuf,
}

impl Desk {
    /// Lays them out in a folder.
    pub(crate) fn lay(
        place: &Place,
        tenant: &Tenant,
        relay: &Relay,
        graph: &Url,
        plan: &Plan,
        lang: Lang,
        folder: &Path,
    ) -> Outcome<Self> {
        let desk = Self {
            config: folder.join("madoguchi.toml"),
            data: folder.join("data"),
            release: folder.join("release"),
            report: folder.join("sign-in.txt"),
            hand_outs: folder.join("hand-outs"),
            last_run: folder.join("last-run.json"),
            visitor: folder.join("visitor.json"),
        };
        let account = folder.join("operator.json");
        fs::write(&account, serde_json::to_string(tenant.info.operator()?)?)?;
        // A copy, because a build may replace the program that runs right now.
        let browser = folder.join("browser");
        fs::copy("/proc/self/exe", &browser)?;
        let mut relayed = graph.clone();
        relayed
            .set_port(Some(relay.address().port()))
            .map_err(|()| Failure::new("the tenant's address takes no port"))?;
        let word = |path: &Path| path.to_string_lossy().into_owned();
        let after = After {
            group: Control(&tenant.info.control).roll(&tenant.info)?,
            browser: desk.visitors_browser(&browser, &tenant.info.control, plan),
            other_uses: OTHER_USES,
            last_run: Some(desk.last_run.clone()),
        };
        let browser = vec![
            word(&browser),
            "browse".to_owned(),
            format!("--account={}", word(&account)),
            format!("--release={}", word(&desk.release)),
            format!("--report={}", word(&desk.report)),
            "{url}".to_owned(),
        ];
        let changes = Changes {
            graph: relayed.as_str(),
            browser,
            lang: lang.code(),
            beside: !plan.kiosk,
            kiosk: plan.kiosk,
            every_walk: plan.rows,
            // A kiosk without a printing program hands out no paper.
            hand_outs: (!plan.kiosk).then_some(&*desk.hand_outs),
            after: Some(after),
        };
        configure(place, &tenant.info, &changes, &desk.config)?;
        Ok(desk)
    }

    /// With a window where one can be seen: the user's own display is not drawn over.
    fn visitors_browser(&self, program: &Path, control: &str, plan: &Plan) -> Vec<String> {
        let mut command = vec![
            program.to_string_lossy().into_owned(),
            "visitor".to_owned(),
            "--profile={profile}".to_owned(),
            format!("--report={}", self.visitor.to_string_lossy()),
            format!("--control={control}"),
            "--place={width}x{height}+{x}+{y}".to_owned(),
        ];
        if let Some(window) = mini_browser().filter(|_| !plan.own_display) {
            command.push(format!("--window={}", window.to_string_lossy()));
        }
        command.push("{url}".to_owned());
        command
    }

    /// What the app is started with.
    pub(crate) fn arguments(&self) -> Vec<String> {
        [("--config", &self.config), ("--data-dir", &self.data)]
            .into_iter()
            .flat_map(|(name, path)| [name.to_owned(), path.to_string_lossy().into_owned()])
            .collect()
    }
}
