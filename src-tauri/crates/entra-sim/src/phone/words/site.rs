//! Words of the sign-in test site.

use super::Text;

pub(crate) const START: Text = Text(
    "パスワードレス サインインの試験",
    "Passwordless sign-in test",
);
pub(crate) const START_TEXT: Text = Text(
    "スマートフォンでサインインできるかを確かめます。",
    "Find out whether you can sign in with your phone.",
);
pub(crate) const ONCE_MORE: Text = Text("もう一度サインインしてください", "Sign in again");
pub(crate) const DECLINED: Text = Text("サインインを取りやめました", "Sign-in was cancelled");
pub(crate) const DECLINED_TEXT: Text = Text(
    "もう一度試すときは、下のボタンを押してください。",
    "To try again, press the button below.",
);
pub(crate) const BEFORE: Text = Text("パスワードレスではありません", "That was not passwordless");
pub(crate) const BEFORE_PASSWORD: Text = Text(
    "{name} さんは、パスワードでサインインしました。もう一度サインインし、パスワードを求められたら「代わりにアプリを使用する」を選んでください。選べないときは、まだ設定されていません。",
    "{name} signed in with a password. Sign in again and, when asked for the password, choose “Use an app instead”. If that is not offered, it is not set up yet.",
);
pub(crate) const BEFORE_PASS: Text = Text(
    "{name} さんは、一時アクセス パスでサインインしました。パスが終わってから、もう一度お試しください。",
    "{name} signed in with a Temporary Access Pass. Try again when the pass is over.",
);
pub(crate) const AFTER: Text = Text(
    "パスワードレスでサインインしました",
    "You signed in without a password",
);
pub(crate) const AFTER_TEXT: Text =
    Text("{name} さん、設定は成功です。", "{name}, your setup works.");
pub(crate) const LOOKS_BEFORE: Text = Text(
    "設定前: パスワードを求められます",
    "Before: you are asked for a password",
);
pub(crate) const LOOKS_AFTER: Text = Text(
    "設定後: 番号をスマホに入力します",
    "After: you type a number on the phone",
);
pub(crate) const SIGN_IN: Text = Text("サインインする", "Sign in");
pub(crate) const SIGN_IN_AGAIN: Text = Text("もう一度サインインする", "Sign in again");
pub(crate) const NOTE: Text = Text("ご注意", "Note");
pub(crate) const NOTE_TEXT: Text = Text(
    "前回のサインインがパスワード入力だった場合は、パスワードの入力を求められることがあります。「代わりにアプリを使用する」を選んでください。",
    "If your last sign-in used a password you may be asked for it again. Choose “Use an app instead”.",
);
