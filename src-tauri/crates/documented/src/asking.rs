//! Documented requests, sent to the simulated tenant.

use contract::{Requests, Watched, start};
use entra_sim::{Info, TenantOptions};
use serde_json::{Map, Value, json};
use tokio::task::block_in_place;
use ureq::Agent;
use ureq::http::Request as HttpRequest;
use url::Url;

use crate::compare::differences;
use crate::example::{CannotTry, Example, Request};

/// Who sits at the counter; nothing is out of reach, so that every answer can be had.
const OPERATOR: &str = "documented@cablechan.biz";
const OPERATOR_PASSWORD: &str = "Sim-documented-2026";
const SCOPES: &str = "openid profile offline_access User.Read User.ReadWrite.All Directory.Read.All \
    Group.ReadWrite.All UserAuthenticationMethod.ReadWrite.All Policy.Read.All Policy.Read.AuthenticationMethod \
    User-PasswordProfile.ReadWrite.All User.RevokeSessions.All Mail.Send Mail.Send.Shared AuditLog.Read.All \
    Organization.Read.All Domain.Read.All RoleManagement.Read.Directory \
    RoleEligibilitySchedule.Read.Directory Policy.Read.ConditionalAccess";
/// The id every password method has.
const PASSWORD: &str = "28c10230-6103-485e-b985-444c60001490";
const DAYS: i64 = 3;

/// A placeholder that is looked up: its name, where, and what of the answer it stands for.
const LOOKED_UP: [(&str, &str, &str); 12] = [
    (
        "authenticator",
        "/users/{person}/authentication/microsoftAuthenticatorMethods",
        "/value/0/id",
    ),
    (
        "passkey",
        "/users/{person}/authentication/fido2Methods",
        "/value/0/id",
    ),
    (
        "phone",
        "/users/{person}/authentication/phoneMethods",
        "/value/0/id",
    ),
    (
        "email",
        "/users/{person}/authentication/emailMethods",
        "/value/0/id",
    ),
    (
        "oath",
        "/users/{person}/authentication/softwareOathMethods",
        "/value/0/id",
    ),
    (
        "hello",
        "/users/{person}/authentication/windowsHelloForBusinessMethods",
        "/value/0/id",
    ),
    (
        "platform",
        "/users/{person}/authentication/platformCredentialMethods",
        "/value/0/id",
    ),
    (
        "pass",
        "/users/{person}/authentication/temporaryAccessPassMethods",
        "/value/0/id",
    ),
    (
        "group",
        "/groups?$filter=displayName eq '放送センター'",
        "/value/0/id",
    ),
    (
        "role",
        "/directoryRoles?$filter=displayName eq 'Reports Reader'",
        "/value/0/id",
    ),
    ("sign_in", "/auditLogs/signIns", "/value/0/id"),
    ("audit", "/auditLogs/directoryAudits", "/value/0/id"),
];

/// The simulated tenant with somebody who may everything.
pub(crate) struct Directory {
    running: Watched,
    agent: Agent,
    token: String,
}

/// An answer as it came.
struct Came {
    status: u16,
    headers: ureq::http::HeaderMap,
    /// Null where there is no body; text that is a number as one.
    body: Value,
}

impl Directory {
    pub(crate) async fn open() -> Result<Self, CannotTry> {
        let running = start(TenantOptions::default(), Requests::Any).await?;
        let agent = Agent::config_builder()
            .http_status_as_error(false)
            .max_redirects(0)
            .build()
            .into();
        let mut directory = Self {
            running,
            agent,
            token: String::new(),
        };
        directory.sign_in()?;
        Ok(directory)
    }

    pub(crate) fn info(&self) -> &Info {
        &self.running.info
    }

    /// What is not as documented.
    pub(crate) fn try_request(
        &mut self,
        example: &Example,
        request: &Request,
    ) -> Result<Vec<String>, CannotTry> {
        let before = self.switches(&example.switches.clone().into_iter().collect())?;
        let person = self.person(example)?;
        for call in &example.before {
            let body = call.body.clone().unwrap_or(json!({}));
            self.control(
                &call.method,
                &call.path,
                &self.filled_value(&body, &person)?,
            )?;
        }
        let came = self.send(request, &person)?;
        let mut wrong = differences(&example.answer, &came.body);
        let documented = &example.answer;
        if came.status != documented.status {
            wrong = vec![format!(
                "answered {} {}, not {}",
                came.status, came.body, documented.status
            )];
        }
        let missing = documented
            .headers
            .keys()
            .filter(|name| !came.headers.contains_key(*name));
        wrong.extend(missing.map(|name| format!("lacks the header {name}")));
        wrong.extend(self.running.take_breaches());
        let upn = json!({"upn": person.1});
        self.control("POST", "users/reset", &upn)?;
        self.switches(&before)?;
        Ok(wrong)
    }

    fn sign_in(&mut self) -> Result<(), CannotTry> {
        let new = json!({
            "upn": OPERATOR, "password": OPERATOR_PASSWORD, "display_name": "見本 文書",
            "mail": "documented@mail.example", "roles": ["Global Administrator"], "groups": ["放送センター"],
        });
        self.control("POST", "users", &new)?;
        let switches = json!({"consented_scopes": SCOPES, "log_lag_s": 0, "report_lag_s": 0});
        self.control("POST", "switches", &switches)?;
        let info = &self.running.info;
        let form = [
            ("grant_type", "password"),
            ("client_id", &info.client_id),
            ("username", OPERATOR),
            ("password", OPERATOR_PASSWORD),
            ("scope", "https://graph.microsoft.com/.default openid"),
        ];
        let url = format!("{}/oauth2/v2.0/token", info.authority_http);
        let mut answer = block_in_place(|| self.agent.post(&url).send_form(form))?;
        let tokens: Value = answer.body_mut().read_json()?;
        let token = tokens["access_token"].as_str();
        self.token = token
            .ok_or_else(|| format!("no token: {tokens}"))?
            .to_owned();
        Ok(())
    }

    /// Sets switches and gives what those were before.
    fn switches(&self, changes: &Map<String, Value>) -> Result<Map<String, Value>, CannotTry> {
        if changes.is_empty() {
            return Ok(Map::new());
        }
        let listed = self.control("GET", "switches", &Value::Null)?;
        let listed = listed.as_array().cloned().unwrap_or_default();
        let name = |one: &Value| one["name"].as_str().unwrap_or_default().to_owned();
        let before = listed
            .iter()
            .filter(|one| changes.contains_key(&name(one)))
            .map(|one| (name(one), one["value"].clone()))
            .collect();
        self.control("POST", "switches", &json!(changes))?;
        Ok(before)
    }

    /// Id and sign-in name of the person an example is about.
    fn person(&self, example: &Example) -> Result<(String, String), CannotTry> {
        let case = json!(example.person.as_deref().unwrap_or("plain"));
        let mut users = self.running.info.users.iter();
        let found = users.find(|user| serde_json::to_value(user.case).is_ok_and(|one| one == case));
        let found = found.ok_or_else(|| format!("there is no person of the case {case}"))?;
        Ok((found.id.clone(), found.upn.clone()))
    }

    fn control(&self, method: &str, path: &str, body: &Value) -> Result<Value, CannotTry> {
        let url = format!("{}/{path}", self.running.info.control);
        let came = self.http(
            method,
            &url,
            &[],
            Some(body.to_string()).filter(|_| !body.is_null()),
        )?;
        if came.status == 200 {
            Ok(came.body)
        } else {
            Err(format!("{method} {path}: {} {}", came.status, came.body).into())
        }
    }

    fn send(&self, request: &Request, person: &(String, String)) -> Result<Came, CannotTry> {
        let path = self.filled(&request.path, person)?;
        let (path, query) = path.split_once('?').unwrap_or((&path, ""));
        let mut url = Url::parse(&self.running.info.graph_http)?;
        url.set_path(path);
        url.set_query(Some(query).filter(|query| !query.is_empty()));
        let of_graph = path.starts_with("/v1.0/") || path.starts_with("/beta/");
        let mut headers: Vec<(&str, String)> = Vec::new();
        for (name, value) in &request.headers {
            headers.push((name, self.filled(value, person)?));
        }
        if of_graph && !request.headers.contains_key("authorization") {
            headers.push(("authorization", format!("Bearer {}", self.token)));
        }
        let body = match &request.body {
            None => None,
            Some(body) if of_graph => Some(self.filled_value(body, person)?.to_string()),
            Some(body) => {
                headers.push((
                    "content-type",
                    "application/x-www-form-urlencoded".to_owned(),
                ));
                Some(form(&self.filled_value(body, person)?))
            }
        };
        self.http(&request.method, url.as_str(), &headers, body)
    }

    fn http(
        &self,
        method: &str,
        url: &str,
        headers: &[(&str, String)],
        body: Option<String>,
    ) -> Result<Came, CannotTry> {
        let mut request = HttpRequest::builder().method(method).uri(url);
        if body.is_some() && !headers.iter().any(|(name, _)| *name == "content-type") {
            request = request.header("content-type", "application/json");
        }
        for (name, value) in headers {
            request = request.header(*name, value);
        }
        let mut answer = block_in_place(|| match body {
            Some(body) => self.agent.run(request.body(body)?),
            None => self.agent.run(request.body(())?),
        })?;
        let text = answer.body_mut().read_to_string()?;
        let text = text.trim_start_matches('\u{feff}');
        Ok(Came {
            status: answer.status().as_u16(),
            headers: answer.headers().clone(),
            body: match text {
                "" => Value::Null,
                text => serde_json::from_str(text).unwrap_or_else(|_| json!(text)),
            },
        })
    }

    fn filled_value(&self, value: &Value, person: &(String, String)) -> Result<Value, CannotTry> {
        Ok(match value {
            Value::String(text) => json!(self.filled(text, person)?),
            Value::Array(all) => {
                let all = all.iter().map(|one| self.filled_value(one, person));
                Value::Array(all.collect::<Result<_, _>>()?)
            }
            Value::Object(members) => {
                let filled = |(name, one): (&String, &Value)| {
                    Ok::<_, CannotTry>((name.clone(), self.filled_value(one, person)?))
                };
                Value::Object(members.iter().map(filled).collect::<Result<_, _>>()?)
            }
            Value::Null | Value::Bool(_) | Value::Number(_) => value.clone(),
        })
    }

    /// The text with what its placeholders stand for.
    fn filled(&self, text: &str, person: &(String, String)) -> Result<String, CannotTry> {
        let Some((before, rest)) = text.split_once('{') else {
            return Ok(text.to_owned());
        };
        let Some((name, after)) = rest.split_once('}') else {
            return Err(format!("a placeholder is not closed in {text}").into());
        };
        let meant = self.meant(name, person)?;
        Ok(format!("{before}{meant}{}", self.filled(after, person)?))
    }

    fn meant(&self, name: &str, person: &(String, String)) -> Result<String, CannotTry> {
        let info = &self.running.info;
        let later = jiff::Timestamp::now() + jiff::SignedDuration::from_hours(24 * DAYS);
        Ok(match name {
            "person" => person.0.clone(),
            "upn" => person.1.clone(),
            "tenant" => info.tenant_id.clone(),
            "client" => info.client_id.clone(),
            "authority" => info.authority_http.clone(),
            "graph" => info.graph_http.clone(),
            "operator" => OPERATOR.to_owned(),
            "password" => PASSWORD.to_owned(),
            "later" => later.to_string(),
            "operation" => self.reset(person)?,
            _ => {
                let known = LOOKED_UP.iter().find(|(known, _, _)| *known == name);
                let (_, path, pointer) =
                    known.ok_or_else(|| format!("nothing is called {{{name}}}"))?;
                let came = self.get(path, person)?;
                let found = came.body.pointer(pointer).and_then(Value::as_str);
                found
                    .ok_or_else(|| format!("no {name}: {}", came.body))?
                    .to_owned()
            }
        })
    }

    fn get(&self, path: &str, person: &(String, String)) -> Result<Came, CannotTry> {
        let request = Request {
            method: "GET".to_owned(),
            path: format!("/v1.0{path}"),
            headers: [("ConsistencyLevel".to_owned(), "eventual".to_owned())].into(),
            body: None,
        };
        self.send(&request, person)
    }

    /// Begins a reset and gives the path of its operation.
    fn reset(&self, person: &(String, String)) -> Result<String, CannotTry> {
        let request = Request {
            method: "POST".to_owned(),
            path: "/v1.0/users/{person}/authentication/methods/{password}/resetPassword".to_owned(),
            headers: [].into(),
            body: Some(json!({})),
        };
        let came = self.send(&request, person)?;
        let location = came.headers.get("location").and_then(|at| at.to_str().ok());
        let location = Url::parse(location.ok_or("the reset has no Location")?)?;
        Ok(location[url::Position::BeforePath..].to_owned())
    }
}

fn form(body: &Value) -> String {
    let fields = body.as_object().into_iter().flatten();
    let fields = fields.filter_map(|(name, value)| Some((name, value.as_str()?)));
    url::form_urlencoded::Serializer::new(String::new())
        .extend_pairs(fields)
        .finish()
}
