//! A tenant made ready to be measured: an operator signed in, a person with a list worth reading, every
//! limit counted and none of them in the way, replicas that lag.

use entra_sim::{Case, Info};
use serde_json::{Value, json};

use crate::tenant::wire::{Answer, Connection};

/// The request that is measured and the only answer that counts.
pub(crate) struct Subject {
    pub(crate) authority: String,
    pub(crate) path: String,
    pub(crate) request: Vec<u8>,
    pub(crate) answer: Answer,
}

/// What did not work while the tenant was made ready.
pub(crate) type Trouble = Box<dyn std::error::Error + Send + Sync>;

const REDIRECT: &str = "http://localhost:51234/";
/// The sample pair of RFC 7636, appendix B.
const VERIFIER: &str = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
const CHALLENGE: &str = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

/// Makes the tenant ready and reads the person's methods once.
pub(crate) async fn prepare(info: &Info) -> Result<Subject, Trouble> {
    let authority = authority(&info.graph_http)?;
    let mut desk = Desk {
        connection: Connection::open(&authority).await?,
        authority: authority.clone(),
    };
    let long = json!({"issue_token_life_s": 86_400});
    desk.control(info, "switches", &long).await?;
    let token = desk.sign_in(info).await?;
    let mut plain = info.users.iter().filter(|user| user.case == Case::Plain);
    let (Some(person), Some(other)) = (plain.next(), plain.next()) else {
        return Err("the tenant has too few people".into());
    };
    let pass = desk.pass(&token, &person.id).await?;
    let register = json!({"upn": person.upn, "pass": pass, "route": "passkey", "os": "ios"});
    desk.control(info, "phone/register", &register).await?;
    // What was changed so far reaches every replica.
    desk.control(info, "clock", &json!({"advance_s": 3_600}))
        .await?;
    // Counted to the last request, refused never; a change that replicas differ in for the whole run.
    let limits = json!({
        "quota_enforced": true, "quota_methods": u32::MAX, "quota_methods_app": u32::MAX,
        "quota_requests_app": u32::MAX, "replica_lag_ms": 3_600_000,
    });
    desk.control(info, "switches", &limits).await?;
    desk.pass(&token, &other.id).await?;
    let path = format!("/v1.0/users/{}/authentication/methods", person.id);
    let request = format!(
        "GET {path} HTTP/1.1\r\nhost: {authority}\r\nauthorization: Bearer {token}\r\naccept: application/json\r\n\r\n"
    );
    let answer = desk.connection.exchange(request.as_bytes()).await?;
    let list: Value = serde_json::from_slice(&answer.body)?;
    let entries = list["value"].as_array().map_or(0, Vec::len);
    if answer.status != 200 || entries != 4 {
        return Err(format!("{} with {entries} methods instead of 4", answer.status).into());
    }
    Ok(Subject {
        authority,
        path,
        request: request.into_bytes(),
        answer,
    })
}

/// Whether every request of the run was counted: the tenant's own figure.
pub(crate) async fn counted(info: &Info) -> Result<u64, Trouble> {
    let authority = authority(&info.control)?;
    let mut desk = Desk {
        connection: Connection::open(&authority).await?,
        authority,
    };
    let path = format!("{}/state", path_of(&info.control));
    let state: Value = serde_json::from_slice(&desk.send("GET", &path, "", "").await?.body)?;
    let rows = state["quota"].as_array().into_iter().flatten();
    let row = rows
        .into_iter()
        .find(|row| row["limit"] == "methods")
        .ok_or("the tenant counted nothing")?;
    if row["refused"] != 0 {
        return Err("a request was refused by the quota".into());
    }
    Ok(row["admitted"].as_u64().unwrap_or_default())
}

struct Desk {
    connection: Connection,
    authority: String,
}

impl Desk {
    async fn sign_in(&mut self, info: &Info) -> Result<String, Trouble> {
        let operator = info.operators.first().ok_or("no operator")?;
        let base = path_of(&info.authority_http);
        let query = form(&[
            ("client_id", &info.client_id),
            ("redirect_uri", REDIRECT),
            ("response_type", "code"),
            (
                "scope",
                "openid UserAuthMethod-TAP.ReadWrite.All UserAuthenticationMethod.Read.All User.Read",
            ),
            ("state", "state-1"),
            ("nonce", "nonce-1"),
            ("code_challenge", CHALLENGE),
            ("code_challenge_method", "S256"),
            ("prompt", "login"),
        ]);
        let page = self
            .send(
                "GET",
                &format!("{base}/oauth2/v2.0/authorize?{query}"),
                "",
                "",
            )
            .await?;
        let page = self
            .fill(&page, &[("loginfmt", &operator.upn), ("action", "next")])
            .await?;
        let landed = self
            .fill(
                &page,
                &[("passwd", &operator.password), ("action", "signin")],
            )
            .await?;
        let code =
            between(landed.header("location"), "code=", "&").ok_or("the sign-in gave no code")?;
        let code: String = url::form_urlencoded::parse(format!("c={code}").as_bytes())
            .map(|(_, value)| value.into_owned())
            .collect();
        let fields = form(&[
            ("grant_type", "authorization_code"),
            ("client_id", &info.client_id),
            ("redirect_uri", REDIRECT),
            ("code", &code),
            ("code_verifier", VERIFIER),
        ]);
        let answer = self
            .post_form(&format!("{base}/oauth2/v2.0/token"), &fields)
            .await?;
        let tokens: Value = serde_json::from_slice(&answer.body)?;
        let token = tokens["access_token"].as_str().ok_or("no access token")?;
        Ok(token.to_owned())
    }

    async fn fill(&mut self, page: &Answer, fields: &[(&str, &str)]) -> Result<Answer, Trouble> {
        let html = String::from_utf8_lossy(&page.body).into_owned();
        let action = between(&html, "action=\"", "\"").ok_or("a page without a form")?;
        let flow = between(&html, "name=\"flowToken\" value=\"", "\"")
            .ok_or("a form without its token")?;
        let fields: Vec<(&str, &str)> = [("flowToken", flow)]
            .into_iter()
            .chain(fields.iter().copied())
            .collect();
        self.post_form(&path_of(action), &form(&fields)).await
    }

    async fn pass(&mut self, token: &str, id: &str) -> Result<String, Trouble> {
        let path = format!("/v1.0/users/{id}/authentication/temporaryAccessPassMethods");
        let headers =
            format!("authorization: Bearer {token}\r\ncontent-type: application/json\r\n");
        let answer = self
            .send("POST", &path, &headers, "{\"lifetimeInMinutes\":480}")
            .await?;
        let made: Value = serde_json::from_slice(&answer.body)?;
        let value = made["temporaryAccessPass"]
            .as_str()
            .ok_or("no pass was made")?;
        Ok(value.to_owned())
    }

    async fn control(&mut self, info: &Info, call: &str, body: &Value) -> Result<(), Trouble> {
        let path = format!("{}/{call}", path_of(&info.control));
        let answer = self.send("POST", &path, "", &body.to_string()).await?;
        if answer.status == 200 {
            Ok(())
        } else {
            Err(format!("{call}: {}", String::from_utf8_lossy(&answer.body)).into())
        }
    }

    async fn post_form(&mut self, path: &str, fields: &str) -> Result<Answer, Trouble> {
        self.send(
            "POST",
            path,
            "content-type: application/x-www-form-urlencoded\r\n",
            fields,
        )
        .await
    }

    async fn send(
        &mut self,
        method: &str,
        path: &str,
        headers: &str,
        body: &str,
    ) -> Result<Answer, Trouble> {
        let length = body.len();
        let request = format!(
            "{method} {path} HTTP/1.1\r\nhost: {}\r\n{headers}content-length: {length}\r\n\r\n{body}",
            self.authority
        );
        Ok(self.connection.exchange(request.as_bytes()).await?)
    }
}

fn authority(address: &str) -> Result<String, Trouble> {
    let address = url::Url::parse(address)?;
    match (address.host_str(), address.port()) {
        (Some(host), Some(port)) => Ok(format!("{host}:{port}")),
        (_, _) => Err("an address without a port".into()),
    }
}

/// The path and query of an address, or of what is a path already.
fn path_of(address: &str) -> String {
    match address.split_once("://") {
        Some((_, rest)) => rest
            .split_once('/')
            .map_or("/".to_owned(), |(_, path)| format!("/{path}")),
        None => address.to_owned(),
    }
}

fn form(fields: &[(&str, &str)]) -> String {
    url::form_urlencoded::Serializer::new(String::new())
        .extend_pairs(fields)
        .finish()
}

fn between<'a>(text: &'a str, start: &str, end: &str) -> Option<&'a str> {
    let (_, rest) = text.split_once(start)?;
    Some(rest.split_once(end).map_or(rest, |(found, _)| found))
}
