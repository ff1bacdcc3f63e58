//! What the demo's terminal says to do, with the buttons called as they are called on the screens.

/// Who and what the recipe names.
pub(crate) struct Named<'a> {
    /// The operator's account and password.
    pub(crate) operator: (&'a str, &'a str),
    /// The person's everyday account name, and the whole sign-in name.
    pub(crate) person: (&'a str, &'a str),
    pub(crate) phone: &'a str,
}

pub(crate) fn japanese(named: &Named<'_>) -> String {
    let (account, password) = named.operator;
    let (name, whole) = named.person;
    let phone = named.phone;
    format!(
        "窓口のアプリが開きました。すべて模擬です。Microsoft には何も送られません。
  1. アプリで「Microsoft でサインイン」を押し、ブラウザーで次のとおり入力します。
       アカウント  {account}
       パスワード  {password}
  2. 「受付を始める」を押し、アカウント名 {name} で探して「この方です。本人確認へ進む」を押します。
  3. 確かめた方法とスマホの確認にチェックを付け、「確認を終えて、案内を始める」を押します。
  4. 模擬のスマホ {phone}
     で、画面に出るとおりに操作し、そのたびに「スマホでできました」を押します。
  5. 手順 5 で「パスを発行する」を押し、使えるようになったら、スマホに {whole} と入力します。
     手順 6 で「ご本人の画面に表示」を押し、出たパスをスマホに入力します。
  6. 「登録できました」と出たら「サインインを試す」を押し、開いたページの番号をスマホに入力して、
     画面の質問に答え、「受付を終える」を押します。
     アプリの窓を閉じると、すべて終わります。"
    )
}

pub(crate) fn english(named: &Named<'_>) -> String {
    let (account, password) = named.operator;
    let (name, whole) = named.person;
    let phone = named.phone;
    format!(
        "The app is open. All of it is simulated; nothing is sent to Microsoft.
  1. Press \"Sign in with Microsoft\" in the app and type in the browser:
       account   {account}
       password  {password}
  2. Press \"Start a visit\", look for the account name {name} and press
     \"This is the person – check identity\".
  3. Tick one way you checked and that the phone is theirs. Press \"Identity checked – start the steps\".
  4. On the simulated phone, {phone},
     do what the screen says, and press \"Done on my phone\" each time.
  5. At step 5 press \"Issue the pass\"; when it can be used, type {whole} on the phone.
     At step 6 press \"Show to person\" and type the pass that appears.
  6. When it says \"Your phone is registered\", press \"Try the sign-in\", type the number of the page that
     opens on the phone, answer the questions and press \"End the visit\".
     Closing the app's window ends everything."
    )
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::{Named, english, japanese};

    const NAMED: Named<'_> = Named {
        operator: ("operator@example.com", "secret"),
        person: ("user", "user@example.com"),
        phone: "http://127.0.0.1:1/phone",
    };

    /// Every name in these quotes is all of a message, letter by letter.
    #[track_caller]
    fn check(recipe: &str, (open, close): (char, char), locale: &str) {
        let messages: BTreeSet<&str> = locale
            .lines()
            .filter_map(|line| line.split_once(" = "))
            .map(|(_, said)| said)
            .collect();
        let names: Vec<&str> = recipe
            .split(open)
            .skip(1)
            .step_by(if open == close { 2 } else { 1 })
            .filter_map(|rest| rest.split(close).next())
            .collect();
        assert_eq!(names.len(), 10, "{names:?}");
        for name in names {
            assert!(messages.contains(name), "no button is called {name}");
        }
    }

    #[test]
    fn the_recipe_calls_the_buttons_as_the_screens_do() {
        let ja = include_str!("../../../../ui/locales/ja/screens.ftl");
        check(&japanese(&NAMED), ('「', '」'), ja);
        let en = include_str!("../../../../ui/locales/en/screens.ftl");
        check(&english(&NAMED), ('"', '"'), en);
    }

    /// The steps at which the pass is issued and shown are those that the walk-through asks for it at.
    #[test]
    fn the_recipe_issues_and_shows_the_pass_at_the_steps_that_need_it() {
        let pack = include_str!("../../../../ui/packs/walkthrough-a/pack.toml");
        let pack: toml::Value = toml::from_str(pack).unwrap();
        let rows = pack["rows"].as_array().unwrap();
        let at = |need: &str| {
            let has = |row: &&toml::Value| {
                let needs = row.get("needs").and_then(toml::Value::as_array);
                needs.is_some_and(|needs| needs.iter().any(|one| one.as_str() == Some(need)))
            };
            rows.iter().find(has).unwrap()["number"]
                .as_integer()
                .unwrap()
        };
        let (issued, shown) = (at("sign_in_name"), at("pass"));
        let japanese = japanese(&NAMED);
        assert!(japanese.contains(&format!("手順 {issued} で「パスを発行する」")));
        assert!(japanese.contains(&format!("手順 {shown} で「ご本人の画面に表示」")));
        let english = english(&NAMED);
        assert!(english.contains(&format!("step {issued} press \"Issue the pass\"")));
        assert!(english.contains(&format!("step {shown} press \"Show to person\"")));
    }
}
