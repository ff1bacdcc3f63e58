//! A call at a site whose mail carries the pass, in an app that was started anew with its configuration (S21–S23, N20).

use std::collections::BTreeSet;
use std::fs;
use std::time::Duration;

use serde_json::{Value, json};
use workplace::{Failure, Outcome};

use crate::control::Control;
use crate::plan::Plan;
use crate::route::Route;
use crate::window::SOON;

/// What the app asks for where it sends mail.
pub(crate) const SCOPE: &str = "Mail.Send";
/// Where the pass may be sent.
pub(crate) const DOMAIN: &str = "home.example";
/// How long the first screen may take, and a letter with its pictures.
const LONG: Duration = Duration::from_secs(60);
const CALLER: &str = "yuki.tegami";
const HOME: &str = "yuki-tegami@home.example";
/// How a PNG begins in base64.
const PNG: &str = "iVBORw0KGgo";
/// Rows that look different from each other, at the least.
const LOOKS: usize = 8;

impl Route<'_> {
    /// Goes the whole way; what fails is kept with a picture, and ends it.
    pub(crate) async fn mail_to_callers(&mut self, server: &str, plan: &Plan) {
        if let Err(failure) = self.notices(server, plan).await {
            self.gave_up("failure-notices", &failure.to_string()).await;
        }
    }

    async fn notices(&mut self, server: &str, plan: &Plan) -> Outcome<()> {
        let upn = self.somebody_calls()?;
        fs::write(&self.desk.release, "go")?;
        self.begins_the_day().await?;
        self.is_found().await?;
        self.waits_for_the_call(plan.has_a_vault()).await?;
        if plan.has_a_vault() {
            self.goes_on_after_a_restart(server, plan).await?;
        } else {
            self.goes_on().await?;
        }
        self.is_proofed().await?;
        self.window.press("issue_pass").await?;
        let pass = self.issued(&upn).await?;
        self.sends_the_pass().await?;
        self.what_arrived(&upn, &pass)?;
        self.took("a notice")
    }

    /// Adds the caller and whom to ask; gives the sign-in name.
    fn somebody_calls(&self) -> Outcome<String> {
        let control = Control(&self.tenant.info.control);
        let boss = "boss.tegami@cablechan.biz";
        control.add(
            "users",
            &json!({"upn": boss, "display_name": "上田 誠", "business_phone": "0776-20-3663"}),
        )?;
        let upn = format!("{CALLER}@cablechan.biz");
        let caller = json!({
            "upn": upn, "display_name": "手紙 由紀", "manager": boss, "business_phone": "0776-20-3664",
            "mobile_phone": "090-0000-1235", "mail": format!("{CALLER}@mail.example"),
        });
        control.add("users", &caller)?;
        Ok(upn)
    }

    async fn begins_the_day(&mut self) -> Outcome<()> {
        self.operator("welcome", LONG).await?;
        self.window.fit().await?;
        self.window.press("sign_in").await?;
        self.operator("home", LONG).await
    }

    async fn is_found(&mut self) -> Outcome<()> {
        self.window.press("start_telephone_visit").await?;
        self.operator("find", SOON).await?;
        self.search(CALLER).await?;
        self.operator("found", SOON).await?;
        self.window.press("confirm_person").await?;
        self.operator("caller", SOON).await?;
        self.window.press("letter").await?;
        self.window.types("[data-field=\"address\"]", HOME).await?;
        self.picture("notice-address").await?;
        self.window.press("declare_address").await?;
        self.window.press("address_read_back").await?;
        self.window.press("letter_close").await
    }

    async fn is_proofed(&mut self) -> Outcome<()> {
        // In this call it is read back again.
        self.window.press("letter").await?;
        self.window.press("address_read_back").await?;
        self.window.press("letter_close").await?;
        self.window.press("call_back:1").await?;
        self.window.press("supervisor:0").await?;
        self.picture("telephone").await?;
        self.window.press("confirm_phone").await?;
        self.window.press("confirm_check").await?;
        self.operator("board", SOON).await
    }

    /// The person is called back later. Whether that outlives the app depends on the credential store, and the screen says
    /// which; on a busy machine a store may be given up at first.
    async fn waits_for_the_call(&mut self, outlives: bool) -> Outcome<()> {
        self.window.press("put_aside").await?;
        self.operator("home", SOON).await?;
        let (kept, limit) = match outlives {
            true => ("[data-kept] [data-state=\"kept\"]", LONG),
            false => (
                "[data-kept] [data-state]:not([data-state=\"writing\"])",
                SOON,
            ),
        };
        let what = "whether the visit outlives the app (S20)";
        self.window.sees(kept, what, limit).await?;
        self.picture("telephone-aside").await
    }

    async fn goes_on(&mut self) -> Outcome<()> {
        let goes_on = "[data-act^=\"kept_resume:\"]";
        self.window.press_on(goes_on, "the visit put aside").await?;
        self.operator("caller", SOON).await
    }

    /// The person is looked up anew.
    async fn goes_on_after_a_restart(&mut self, server: &str, plan: &Plan) -> Outcome<()> {
        self.window.close().await;
        self.opens_anew(server, plan).await?;
        self.begins_the_day().await?;
        let kept = "[data-kept=\"1\"]";
        let what = "the visit that waited (S20)";
        self.window.sees(kept, what, LONG).await?;
        self.picture("telephone-kept").await?;
        let goes_on = "[data-act^=\"resume_kept:\"]";
        self.window.press_on(goes_on, "the visit kept").await?;
        self.operator("found", LONG).await?;
        self.picture("telephone-taken-up").await?;
        self.window.press("confirm_person").await?;
        self.operator("caller", SOON).await
    }

    async fn sends_the_pass(&mut self) -> Outcome<()> {
        let told = "[data-told=\"security\"][data-handed-over=\"true\"]";
        self.window.press("letter").await?;
        let seen = self.window.sees(told, "the notice of a pass", LONG).await;
        seen.map(drop)?;
        let may = "[data-act=\"send_letter_with_pass\"]:not([aria-disabled=\"true\"])";
        self.window.sees(may, "that it may be sent", SOON).await?;
        self.picture("notice").await?;
        self.window.press("send_letter_with_pass").await?;
        let asked = "[data-letter-asked=\"open\"]";
        self.window.sees(asked, "whether it arrived", LONG).await?;
        self.picture("notice-arrived").await?;
        self.window.press("letter_arrived").await?;
        self.window.press("letter_close").await?;
        let arrived = "[data-letter=\"arrived\"]";
        self.window.sees(arrived, "that it arrived", SOON).await?;
        self.board_picture("board-notice").await
    }

    /// The mails as they lie in the mailboxes, and a page beside the pictures that shows the one with the pass.
    fn what_arrived(&mut self, upn: &str, pass: &str) -> Outcome<()> {
        let control = Control(&self.tenant.info.control);
        let sent = control.mailbox(HOME)?;
        let told = control.mailbox(upn)?;
        let (Some(sent), Some(told)) = (sent.last(), told.last()) else {
            return Err(Failure::new("a mail did not arrive"));
        };
        let shown = pass.replace('&', "&amp;").replace('<', "&lt;");
        let shown = shown.replace('>', "&gt;").replace('"', "&quot;");
        let shown = shown.replace('\'', "&#39;");
        let mut wrong = Vec::new();
        let mut holds = |holds: bool, what: &str| {
            if !holds {
                wrong.push(what.to_owned());
            }
        };
        holds(body(sent).contains(&shown), "the letter lacks the pass");
        holds(!sent.to_string().contains(CALLER), "it names the account");
        holds(!body(told).contains(&shown), "the notice holds the pass");
        holds(told["attachments"] == json!([]), "the notice has pictures");
        let pictures = pictures(sent);
        let count = body(sent).matches("<img ").count();
        holds(count > 0 && pictures.len() == count, "pictures are missing");
        let looks: BTreeSet<&str> = pictures.iter().map(|(_, png)| *png).collect();
        holds(looks.len() >= LOOKS, "the pictures are alike");
        holds(looks.iter().all(|png| png.starts_with(PNG)), "no PNG");
        let name = format!("what a mail holds in {}", self.lang.code());
        self.seen.check(&name, &wrong);
        let mut page = body(sent).to_owned();
        for (cid, png) in &pictures {
            let data = format!("\"data:image/png;base64,{png}\"");
            page = page.replace(&format!("\"cid:{cid}\""), &data);
        }
        let file = format!("notice-{}.html", self.lang.code());
        Ok(fs::write(self.out.join(file), page)?)
    }
}

fn body(mail: &Value) -> &str {
    mail["body"].as_str().unwrap_or_default()
}

/// Ids and contents.
fn pictures(mail: &Value) -> Vec<(&str, &str)> {
    let all = mail["attachments"].as_array().into_iter().flatten();
    all.filter_map(|picture| {
        let id = picture["content_id"].as_str()?;
        Some((id, picture["content"].as_str()?))
    })
    .collect()
}
