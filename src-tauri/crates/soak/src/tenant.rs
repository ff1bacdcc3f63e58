//! The simulated tenant of a trial, and what it knows for certain.

use std::path::Path;

use entra_sim::{Case, Info, Running, TenantOptions};
use serde_json::Value;

use crate::failure::Failure;
use crate::order::{Job, Order};

const SAMPLE: &str = include_str!("../../../../docs/madoguchi.sample.toml");
const NOBODY: &str = "00000000-0000-0000-0000-000000000000";

/// A tenant of a trial's own.
pub(crate) struct Tenant {
    running: Running,
    /// Passes that were there before anybody asked for one.
    earlier: Vec<String>,
}

/// A pass as the tenant knows it.
#[derive(Debug)]
pub(crate) struct TruePass {
    pub(crate) id: String,
    pub(crate) upn: String,
    pub(crate) lives: bool,
}

impl Tenant {
    pub(crate) async fn start() -> Result<Self, Failure> {
        let running = entra_sim::start(TenantOptions::default()).await;
        let running = running.map_err(|error| Failure::new(error.to_string()))?;
        let mut tenant = Self {
            running,
            earlier: Vec::new(),
        };
        let there = tenant.passes().await?;
        tenant.earlier = there.into_iter().map(|pass| pass.id).collect();
        Ok(tenant)
    }

    pub(crate) async fn end(self) {
        self.running.shutdown().await;
    }

    fn info(&self) -> &Info {
        &self.running.info
    }

    /// The sign-in names of those who may have a pass.
    pub(crate) fn people(&self) -> Vec<String> {
        let plain = self
            .info()
            .users
            .iter()
            .filter(|user| user.case == Case::Plain);
        plain.map(|user| user.upn.clone()).collect()
    }

    /// An order for a station of this tenant. `operator` is a place in the tenant's list.
    pub(crate) fn order(&self, data: &Path, operator: usize, job: Job) -> Result<Order, Failure> {
        let info = self.info();
        let cloud = format!(
            "name = \"custom\"\nauthority = \"{}\"\ngraph = \"{}\"",
            info.authority_http, info.graph_http
        );
        let config = SAMPLE
            .replacen("name = \"global\"", &cloud, 1)
            .replacen(NOBODY, &info.tenant_id, 1)
            .replacen(NOBODY, &info.client_id, 1)
            .replacen("settle_s = 10", "settle_s = 0", 1)
            .replacen("passes_per_hour = 30", "passes_per_hour = 10000", 1);
        let who = info.operators.get(operator);
        let who = who.ok_or_else(|| Failure::new("the tenant has no such operator"))?;
        Ok(Order {
            config,
            data: data.to_owned(),
            operator: who.upn.clone(),
            password: who.password.clone(),
            wall_ahead_ms: 0,
            wall_jump_ms: 0,
            job,
        })
    }

    /// Tells the control interface.
    pub(crate) async fn control(&self, path: &str, body: Value) -> Result<(), Failure> {
        let url = format!("{}/{path}", self.info().control);
        blocking(move || ureq::post(&url).send_json(body).map(drop)).await
    }

    /// Every pass that was asked for since the tenant began.
    pub(crate) async fn passes(&self) -> Result<Vec<TruePass>, Failure> {
        let state = self.state().await?;
        let users = state["users"].as_array().cloned().unwrap_or_default();
        let passes = users.iter().flat_map(passes_of);
        Ok(passes
            .filter(|pass| !self.earlier.contains(&pass.id))
            .collect())
    }

    /// The ids of those that live.
    pub(crate) async fn living(&self) -> Result<Vec<String>, Failure> {
        let passes = self.passes().await?;
        let alive = passes.into_iter().filter(|pass| pass.lives);
        Ok(alive.map(|pass| pass.id).collect())
    }

    /// The passes that were there before and still live: nobody of a trial may touch them.
    pub(crate) async fn strangers(&self) -> Result<Vec<String>, Failure> {
        let state = self.state().await?;
        let users = state["users"].as_array().cloned().unwrap_or_default();
        let alive = users.iter().flat_map(passes_of).filter(|pass| pass.lives);
        let earlier = alive.filter(|pass| self.earlier.contains(&pass.id));
        Ok(earlier.map(|pass| pass.id).collect())
    }

    /// How many requests for a pass reached the tenant.
    pub(crate) async fn asked(&self) -> Result<u64, Failure> {
        let state = self.state().await?;
        let rows = state["requests"].as_array().cloned().unwrap_or_default();
        let is_issue = |row: &&Value| {
            row["method"] == "POST"
                && row["path"]
                    .as_str()
                    .is_some_and(|path| path.contains("temporaryAccessPassMethods"))
        };
        let counts = rows
            .iter()
            .filter(is_issue)
            .map(|row| row["count"].as_u64());
        Ok(counts.flatten().sum())
    }

    async fn state(&self) -> Result<Value, Failure> {
        let url = format!("{}/state", self.info().control);
        blocking(move || ureq::get(&url).call()?.body_mut().read_json()).await
    }
}

async fn blocking<T: Send + 'static>(
    call: impl FnOnce() -> Result<T, ureq::Error> + Send + 'static,
) -> Result<T, Failure> {
    let done = tokio::task::spawn_blocking(call).await;
    let done = done.map_err(|_| Failure::new("the call was cut off"))?;
    done.map_err(|error| Failure::new(format!("the tenant's control interface: {error}")))
}

fn passes_of(user: &Value) -> Vec<TruePass> {
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let passes = user["passes"].as_array().cloned().unwrap_or_default();
    let pass = |pass: &Value| TruePass {
        id: text(&pass["id"]),
        upn: text(&user["upn"]),
        lives: pass["ended"].is_null(),
    };
    passes.iter().map(pass).collect()
}
