//! Words of the pages around the phone: its list, and the trainer's panel.

use super::Text;
use crate::phone::refusal::PhoneRefusal;

pub(crate) const TRAINING: Text = Text(
    "訓練用の模擬スマートフォンです。実物とは見た目が異なります。",
    "A simulated phone for training. A real one looks different.",
);
pub(crate) const OTHERS: Text = Text("一覧へ", "all phones");
pub(crate) const PHONES: Text = Text("模擬スマートフォン", "Simulated phones");
pub(crate) const NONE_OPEN: Text = Text("まだ 1 台もありません。", "There is none yet.");
pub(crate) const OPENED: Text = Text("開いているスマートフォン", "Phones that are open");
pub(crate) const NEW: Text = Text("スマートフォンを用意する", "Set up a phone");
pub(crate) const OS: Text = Text("スマートフォンの種類", "Kind of phone");
pub(crate) const LANGUAGE: Text = Text("表示言語", "Language");
pub(crate) const NAME: Text = Text(
    "スマートフォンの名前 (省略可)",
    "Name of the phone (optional)",
);
pub(crate) const BEGIN: Text = Text("はじめの状態", "How it begins");
pub(crate) const BEGIN_STORE: Text = Text("アプリがまだ入っていない", "The app is not installed");
pub(crate) const BEGIN_FIRST: Text =
    Text("アプリが入っている (初回起動)", "Installed, not run yet");
pub(crate) const BEGIN_READY: Text = Text("アプリを起動した", "The app is open");
pub(crate) const BEGIN_ACCOUNT: Text = Text(
    "組織アカウントが入っている (通知のみ)",
    "A work account is in it (notifications only)",
);
pub(crate) const BEGIN_UPN: Text = Text("入っているアカウント", "The account in it");
pub(crate) const START: Text = Text("スマートフォンを開く", "Open the phone");
pub(crate) const SHOW: Text = Text("開く", "Open");
pub(crate) const CLOSE: Text = Text("片づける", "Put away");
pub(crate) const UNKNOWN_ACCOUNT: Text = Text(
    "そのアカウントはこのテナントにありません。",
    "This tenant has no such account.",
);

pub(crate) const PANEL: Text = Text("指導役の操作盤", "Trainer’s panel");
pub(crate) const PANEL_TEXT: Text = Text(
    "訓練中に状況を変えます。ここでの操作は、制御インターフェイスのスイッチ、障害、時計と同じものです。",
    "Changes the scenario while somebody practises. What is set here are the switches, faults and clock of the control interface.",
);
pub(crate) const CLOCK: Text = Text("テナントの時計", "The tenant’s clock");
pub(crate) const MINUTES: Text = Text("分進める", "min on");
pub(crate) const NEXT_STOP: Text = Text("次に起きること", "What happens next");
pub(crate) const ONCE: Text = Text("1 回だけ", "once");
pub(crate) const ALWAYS: Text = Text("変えるまでずっと", "until changed");
pub(crate) const SET: Text = Text("決める", "Set");
pub(crate) const NOTICES: Text = Text("通知", "Notifications");
pub(crate) const NOTICES_SHOWN: Text = Text("届く", "Shown");
pub(crate) const NOTICES_MISSED: Text = Text(
    "見逃す (アプリで確認すると出る)",
    "Missed (found in the app)",
);
pub(crate) const NOTICES_LOST: Text = Text("届かない", "Lost");
pub(crate) const SETUP: Text = Text("アプリが設定するもの", "What the app sets up");
pub(crate) const SETUP_PHONE: Text =
    Text("電話によるサインイン (13 段)", "Phone sign-in (13 rows)");
pub(crate) const SETUP_PASSKEY: Text = Text("パスキー", "Passkey");
pub(crate) const SWITCHES: Text = Text("パスと電話のスイッチ", "Switches of pass and phone");
pub(crate) const MORE: Text = Text("そのほかのスイッチ", "All other switches");
pub(crate) const FAULTS: Text = Text("障害", "Faults");
pub(crate) const FAULTS_TEXT: Text = Text("待っている障害", "Faults still to come");
pub(crate) const CLEAR: Text = Text("すべて取り消す", "Clear all");
pub(crate) const SENTINELS: Text = Text("障害を連れて来る人", "People who bring trouble");
pub(crate) const SENTINELS_TEXT: Text = Text(
    "この人についての要求だけに障害が起きます。訓練生はこのアカウントを受け付けます。",
    "Only requests about this person go wrong. The trainee serves this account.",
);
pub(crate) const SENTINEL_REQUESTS: Text = Text("どの要求に", "Which requests");
pub(crate) const SENTINEL_FAULT: Text = Text("何が起きるか", "What goes wrong");
pub(crate) const SENTINEL_TIMES: Text = Text("回数", "How often");
pub(crate) const SENTINEL_ADD: Text = Text("この人を用意する", "Have this person come");
pub(crate) const THREE_TIMES: Text = Text("3 回", "three times");
pub(crate) const FOR_GOOD: Text = Text("ずっと", "for good");
pub(crate) const PERSON: Text = Text("来た人", "The person");
pub(crate) const LOOK_AT: Text = Text("見る", "Look");
pub(crate) const EXPIRE: Text = Text("パスを今すぐ期限切れにする", "Expire the pass now");
pub(crate) const RESET: Text = Text("この人を最初の状態に戻す", "Reset this person");
pub(crate) const TRUTH: Text = Text("ディレクトリにあること", "What the directory holds");
pub(crate) const METHODS: Text = Text("認証方法", "Methods");
pub(crate) const PASSES: Text = Text("一時アクセス パス", "Temporary Access Passes");
pub(crate) const NOTHING: Text = Text("なし", "none");
pub(crate) const PUT: Text = Text("画面を変える", "Change the screen");
pub(crate) const DONE: Text = Text("変更しました。", "Changed.");
pub(crate) const REFUSED: Text = Text("変更できませんでした: ", "Not changed: ");

/// A refusal as the trainer reads it.
pub(crate) fn refusal(refusal: PhoneRefusal) -> Text {
    match refusal {
        PhoneRefusal::None => Text("何も起きない", "Nothing"),
        PhoneRefusal::PhoneTooOld => Text("スマホが古すぎる", "Phone too old"),
        PhoneRefusal::AppTooOld => Text("アプリが古すぎる", "App too old"),
        PhoneRefusal::ModifiedPhone => Text("改造されたスマホ", "Modified phone"),
        PhoneRefusal::WebSetup => Text("ブラウザーでの設定が先", "Set-up in a browser first"),
        PhoneRefusal::ScreenLock => Text("画面ロックがない", "No screen lock"),
        PhoneRefusal::Location => Text("場所の制限", "Location restricted"),
        PhoneRefusal::ApprovedApp => Text("承認されたアプリの制限", "Approved apps only"),
        PhoneRefusal::DeviceLimit => Text("デバイスの上限", "Device limit"),
        PhoneRefusal::AlreadyRegistered => Text("登録済みのデバイス", "Device already registered"),
        PhoneRefusal::AuthenticatorLimit => Text("認証アプリの上限", "Authenticator limit"),
        PhoneRefusal::PhoneSignInOff => Text("通知のみになる", "Push only"),
        PhoneRefusal::PasskeyOff => Text("パスキーが許可されていない", "Passkeys not allowed"),
    }
}
