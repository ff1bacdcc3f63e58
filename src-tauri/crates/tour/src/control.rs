//! What an administrator elsewhere, or a person with a phone, does to the simulated tenant while the app runs.

use serde_json::{Value, json};
use ureq::Body;
use ureq::http::Response;
use workplace::{During, Failure, Outcome};

use crate::site::Info;

/// The group of those whose passwords are changed for them.
pub(crate) const ROLL: &str = "Passwords by themselves";

/// What the app asks for where there is a roll, besides what the sample asks for.
const ROLL_SCOPES: &str = "GroupMember.ReadWrite.All Domain.Read.All";

/// The tenant's control interface.
pub(crate) struct Control<'a>(pub(crate) &'a str);

impl Control<'_> {
    /// Makes the roll, which every operator may change, and consents to what the app needs for it. Gives its id.
    pub(crate) fn roll(&self, info: &Info) -> Outcome<String> {
        let owners: Vec<&str> = info.operators.iter().map(|one| one.upn.as_str()).collect();
        let order = json!({ "display_name": ROLL, "owners": owners });
        let made = self.post("groups", &order)?;
        self.consents(ROLL_SCOPES)?;
        let id = made["id"].as_str().map(str::to_owned);
        id.ok_or_else(|| Failure::new("the tenant did not make the group"))
    }

    /// Sets a switch.
    pub(crate) fn switch(&self, name: &str, value: impl Into<Value>) -> Outcome<()> {
        let value = value.into();
        self.post("switches", &json!({ name: value })).map(drop)
    }

    /// Has every sign-in with this registration end with this number, or none any more.
    pub(crate) fn refuse(&self, client: &str, number: &str) -> Outcome<()> {
        let address = format!("{}/clients", self.0);
        let order = json!({ "client_id": client, "refusals": number });
        let answer = ureq::patch(address)
            .content_type("application/json")
            .send(order.to_string());
        read(answer).map(drop)
    }

    /// Whether a page shows this person a number.
    pub(crate) fn waits_for_number(&self, upn: &str) -> Outcome<bool> {
        let waiting = self.read("phone/requests")?;
        let mut waiting = waiting.as_array().into_iter().flatten();
        Ok(waiting.any(|request| request["upn"] == upn))
    }

    /// How many pages show a number.
    pub(crate) fn numbers(&self) -> Outcome<usize> {
        let waiting = self.read("phone/requests")?;
        Ok(waiting.as_array().map_or(0, Vec::len))
    }

    /// Types the number on the person's phone.
    pub(crate) fn approve(&self, upn: &str) -> Outcome<()> {
        self.post("phone/approve", &json!({ "upn": upn })).map(drop)
    }

    /// What time it is there, as it says it.
    pub(crate) fn now(&self) -> Outcome<String> {
        let state = self.read("state")?;
        let now = state["clock"]["now"].as_str().map(str::to_owned);
        now.ok_or_else(|| Failure::new("the tenant does not say what time it is"))
    }

    /// What has arrived at an address.
    pub(crate) fn mailbox(&self, address: &str) -> Outcome<Vec<Value>> {
        let mut mails = self.read(&format!("mailbox/{address}"))?;
        let mails = mails.as_array_mut().map(std::mem::take);
        mails.ok_or_else(|| Failure::new("the tenant does not say what arrived"))
    }

    /// The person as the directory has them.
    pub(crate) fn person(&self, upn: &str) -> Outcome<Value> {
        let mut state = self.read("state")?;
        let people = state["users"].as_array_mut().map(std::mem::take);
        let mut people = people.into_iter().flatten();
        people
            .find(|person| person["upn"] == upn)
            .ok_or_else(|| Failure::new(format!("the tenant does not know {upn}")))
    }

    /// Consents to more.
    pub(crate) fn consents(&self, scopes: &str) -> Outcome<()> {
        let switches = self.read("switches")?;
        let mut switches = switches.as_array().into_iter().flatten();
        let consented = switches
            .find(|switch| switch["name"] == "consented_scopes")
            .and_then(|switch| switch["value"].as_str())
            .ok_or_else(|| Failure::new("the tenant does not say what is consented to"))?;
        self.switch("consented_scopes", format!("{consented} {scopes}"))
    }

    /// Adds something to what it holds.
    pub(crate) fn add(&self, what: &str, order: &Value) -> Outcome<()> {
        self.post(what, order).map(drop)
    }

    fn post(&self, path: &str, order: &Value) -> Outcome<Value> {
        let answer = ureq::post(format!("{}/{path}", self.0))
            .content_type("application/json")
            .send(order.to_string());
        read(answer)
    }

    fn read(&self, path: &str) -> Outcome<Value> {
        read(ureq::get(format!("{}/{path}", self.0)).call())
    }
}

fn read(answer: Result<Response<Body>, ureq::Error>) -> Outcome<Value> {
    let mut answer = answer.during("the simulated tenant")?;
    let text = answer.body_mut().read_to_string()?;
    serde_json::from_str(&text).during("the simulated tenant")
}
