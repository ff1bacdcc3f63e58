//! Visits of people who had a phone before: one lost it, one has a new one (S46, N7, N29). They follow the call, in the
//! same app.

use serde_json::Value;
use workplace::{Failure, Outcome};

use crate::after::{EVERY, LONG};
use crate::control::Control;
use crate::phone;
use crate::route::Route;
use crate::window::SOON;

/// What the app asks for where it takes phones out of use.
pub(crate) const SCOPES: [&str; 3] = [
    "UserAuthMethod-MicrosoftAuthApp.ReadWrite.All",
    "UserAuthMethod-Passkey.ReadWrite.All",
    "User.RevokeSessions.All",
];

impl Route<'_> {
    /// Goes the whole way; what fails is kept with a picture, and ends it.
    pub(crate) async fn earlier_phones(&mut self) {
        let way = async {
            self.leave().await?;
            self.lost().await?;
            self.replaced().await?;
            self.took("earlier phones")
        };
        if let Err(failure) = way.await {
            self.gave_up("failure-phones", &failure.to_string()).await;
        }
    }

    /// Somebody else may have it: it is taken out of use before there is a pass.
    async fn lost(&mut self) -> Outcome<()> {
        let upn = self.comes_back("has_push").await?;
        self.window.press("earlier:lost").await?;
        self.window.press("earlier:lost_to_others").await?;
        let said = "[data-earlier=\"lost_to_others\"]";
        self.window.sees(said, "what was said of it", SOON).await?;
        self.through_the_check().await?;
        let asked = "[data-lost-phone=\"asked\"]";
        self.window.sees(asked, "the lost phone", LONG).await?;
        self.picture("lost-phone").await?;
        self.window.press("lost_phone").await?;
        self.window.press("lost_phone_yes").await?;
        self.is_left_with(&upn, 0).await?;
        let issue = "[data-act=\"issue_pass\"]:not([aria-disabled=\"true\"])";
        self.window
            .sees(issue, "that a pass may follow", LONG)
            .await?;
        self.leave().await
    }

    /// The old one goes once the new one passed the test, entry by entry.
    async fn replaced(&mut self) -> Outcome<()> {
        let upn = self.comes_back("old_entries").await?;
        self.window.press("earlier:replaced").await?;
        let said = "[data-earlier=\"replaced\"]";
        self.window.sees(said, "what was said of it", SOON).await?;
        let before = self.phones_of(&upn)?;
        self.through_the_check().await?;
        self.window.press("issue_pass").await?;
        let pass = self.issued(&upn).await?;
        self.hands_over_the_pass().await?;
        phone::register(&self.tenant.info.control, &upn, pass).await??;
        self.window.press("look_now").await?;
        self.window.press("try-sign-in:phone").await?;
        self.window.press("report-app-instead").await?;
        let asked = format!("[data-old-phones=\"{before}\"]");
        self.window
            .sees(&asked, "the phones before it", LONG)
            .await?;
        self.picture("old-phones").await?;
        self.window.press("old_retire").await?;
        self.window.press("old_retire_yes").await?;
        // The new one came, and one of the old ones went.
        self.is_left_with(&upn, before).await?;
        let asked = format!("[data-old-phones=\"{}\"]", before - 1);
        let rest = "the rest of them";
        self.window.sees(&asked, rest, LONG).await.map(drop)
    }

    /// From home to what was found; gives whose.
    async fn comes_back(&mut self, case: &str) -> Outcome<String> {
        let tenant = self.tenant;
        let person = tenant.info.person(case, 0)?;
        self.window.press("start_visit").await?;
        self.operator("find", SOON).await?;
        self.search(person.everyday_name()).await?;
        self.operator("found", SOON).await?;
        Ok(person.upn.clone())
    }

    /// Waits until the directory lists so many phones of the person.
    async fn is_left_with(&self, upn: &str, phones: usize) -> Outcome<()> {
        let begun = std::time::Instant::now();
        loop {
            let left = self.phones_of(upn)?;
            if left == phones {
                return Ok(());
            }
            if begun.elapsed() > LONG {
                let words = format!("{left} phones are left, not {phones}");
                return Err(Failure::new(words));
            }
            tokio::time::sleep(EVERY).await;
        }
    }

    /// Entries of Authenticator and passkeys.
    fn phones_of(&self, upn: &str) -> Outcome<usize> {
        let person = Control(&self.tenant.info.control).person(upn)?;
        let methods = person["methods"].as_array().into_iter().flatten();
        let phone = |method: &&Value| {
            let kind = method["type"].as_str();
            matches!(kind, Some("authenticator" | "fido2"))
        };
        Ok(methods.filter(phone).count())
    }
}
