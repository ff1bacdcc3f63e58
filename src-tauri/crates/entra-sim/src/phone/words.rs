//! What the simulated Authenticator says, in both languages.

use crate::directory::methods::PhoneSystem;
use crate::oauth::pages::Language;

/// A text in both languages.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Text(pub(crate) &'static str, pub(crate) &'static str);

impl Text {
    /// The text in that language.
    pub(crate) fn of(self, language: Language) -> &'static str {
        language.pick(self.0, self.1)
    }
}

pub(crate) const APP: Text = Text("Authenticator", "Authenticator");
pub(crate) const TRAINING: Text = Text(
    "訓練用の模擬スマートフォンです。実際の Microsoft Authenticator とは見た目が異なります。",
    "A simulated phone for training. The real Microsoft Authenticator looks different.",
);
pub(crate) const CHOOSE: Text = Text("模擬スマートフォンを用意します", "Set up a simulated phone");
pub(crate) const CHOOSE_OS: Text = Text("スマートフォンの種類", "Kind of phone");
pub(crate) const CHOOSE_LANGUAGE: Text = Text("表示言語", "Language");
pub(crate) const CHOOSE_NAME: Text = Text(
    "スマートフォンの名前(省略可)",
    "Name of the phone (optional)",
);
pub(crate) const START: Text = Text("Authenticator を起動する", "Open Authenticator");
pub(crate) const RESET: Text = Text("別のスマートフォンにする", "Use another phone");

pub(crate) const EMPTY: Text = Text(
    "アカウントを追加しましょう",
    "Ready to add your first account?",
);
pub(crate) const EMPTY_TEXT: Text = Text(
    "右上の「+」をタップして、アカウントを追加します。",
    "Tap + at the top right to add an account.",
);
pub(crate) const ADD: Text = Text("アカウントの追加", "Add account");
pub(crate) const KIND: Text = Text(
    "追加するアカウントの種類を選んでください",
    "What kind of account are you adding?",
);
pub(crate) const PERSONAL: Text = Text("個人のアカウント", "Personal account");
pub(crate) const WORK: Text = Text("職場または学校アカウント", "Work or school account");
pub(crate) const OTHER_KIND: Text = Text(
    "その他(Google、Facebook など)",
    "Other (Google, Facebook, etc.)",
);
pub(crate) const HOW: Text = Text(
    "職場または学校アカウントの追加",
    "Add work or school account",
);
pub(crate) const SIGN_IN: Text = Text("サインイン", "Sign in");
pub(crate) const SCAN: Text = Text("QR コードをスキャンします", "Scan a QR code");
pub(crate) const WRONG_TURN: Text = Text(
    "この手順では使いません。案内の画面に合わせて選び直してください。",
    "This is not part of the steps. Choose again as the guide shows.",
);
pub(crate) const PICK: Text = Text("アカウントを選択する", "Pick an account");
pub(crate) const OTHER_ACCOUNT: Text = Text("別のアカウントを使用する", "Use another account");
pub(crate) const ACCOUNT: Text = Text("サインイン", "Sign in");
pub(crate) const ACCOUNT_LABEL: Text = Text(
    "メール アドレス形式のアカウント",
    "Account in the form of a mail address",
);
pub(crate) const NEXT: Text = Text("次へ", "Next");
pub(crate) const PASS: Text = Text("一時アクセス パスの入力", "Enter Temporary Access Pass");
pub(crate) const PASS_LABEL: Text = Text("一時アクセス パス", "Temporary Access Pass");
pub(crate) const SHOW_PASS: Text = Text(
    "入力した文字はそのまま見えます。",
    "What you type stays visible.",
);
pub(crate) const PASSWORD: Text = Text("パスワードの入力", "Enter password");
pub(crate) const PASSWORD_LABEL: Text = Text("パスワード", "Password");
pub(crate) const GO_ON: Text = Text("電話によるサインインの設定", "Set up phone sign-in");
pub(crate) const GO_ON_TEXT: Text = Text(
    "パスワードの代わりに、このスマートフォンでサインインできるようにします。",
    "Sign in with this phone instead of typing a password.",
);
pub(crate) const CONTINUE: Text = Text("続行", "Continue");
pub(crate) const SECURE: Text = Text(
    "デバイスの安全を保つためにご協力ください",
    "Help us keep your device secure",
);
pub(crate) const SECURE_TEXT: Text = Text(
    "このデバイスを組織に登録します。組織がデバイスの情報を取得したり、管理や制御をしたりすることはありません。",
    "Registers this device with your organization. It does not let the organization collect information from it, or manage or control it.",
);
pub(crate) const REGISTER: Text = Text("登録", "Register");
pub(crate) const WAIT: Text = Text("しばらくお待ちください", "Just a moment");
pub(crate) const WAIT_DEVICE: Text = Text("デバイスを登録しています…", "Registering your device…");
pub(crate) const WAIT_ACCOUNT: Text = Text(
    "アカウントをセットアップしています…",
    "Setting up your account…",
);
pub(crate) const ACTIVATE: Text = Text("電話によるサインインの登録", "Register for phone sign-in");
pub(crate) const ACTIVATE_TEXT: Text = Text(
    "このデバイスを、パスワードなしのサインインに使えるようにします。",
    "Makes this device ready for signing in without a password.",
);
pub(crate) const READY: Text = Text("アカウントが追加されました", "Account added");
pub(crate) const READY_TEXT: Text = Text(
    "パスワードなしでサインインできるようになりました。",
    "You can now sign in without a password.",
);
pub(crate) const DONE: Text = Text("完了", "Done");
pub(crate) const ENABLED: Text = Text("電話によるサインインが有効です", "Phone sign-in enabled");
pub(crate) const APPROVE: Text = Text(
    "サインインしようとしていますか?",
    "Are you trying to sign in?",
);
pub(crate) const APPROVE_TEXT: Text = Text(
    "画面に表示されている番号を入力してください。",
    "Enter the number shown to sign in.",
);
pub(crate) const YES: Text = Text("はい", "Yes");
pub(crate) const NO: Text = Text("いいえ、私ではありません", "No, it’s not me");
pub(crate) const FAILED: Text = Text("設定を完了できませんでした", "Setup could not be completed");
pub(crate) const AGAIN: Text = Text("最初からやり直す", "Start again");
pub(crate) const BACK: Text = Text("戻る", "Back");

/// What the app says to a refusal of the sign-in service, with its number.
pub(crate) fn complaint(aadsts: Option<u32>) -> Text {
    match aadsts {
        Some(50034) => Text(
            "このアカウントは見つかりません。普段のメール アドレスではなく、案内の画面のアカウントを入力してください。",
            "This account was not found. Type the account the guide shows, not your usual mail address.",
        ),
        Some(50126) => Text(
            "アカウントまたはパスワードが正しくありません。",
            "Your account or password is incorrect.",
        ),
        Some(50057) => Text(
            "このアカウントは使用できません。管理者に連絡してください。",
            "This account is locked. Contact your admin.",
        ),
        Some(130_501) => Text(
            "ユーザー資格情報ポリシーにより、一時アクセス パスによるサインインがブロックされました。",
            "Temporary Access Pass sign in was blocked due to User Credential Policy.",
        ),
        Some(130_502) => Text(
            "一時アクセス パスの有効期限が切れています。",
            "Your Temporary Access Pass has expired.",
        ),
        Some(130_503) => Text(
            "一時アクセス パスが正しくありません。",
            "Your Temporary Access Pass is incorrect.",
        ),
        Some(130_507) => Text(
            "一時アクセス パスはまだ使用できません。",
            "Your Temporary Access Pass is not yet valid.",
        ),
        Some(50089) => Text(
            "時間切れです。新しい一時アクセス パスでやり直してください。",
            "Time is up. Start again with a new Temporary Access Pass.",
        ),
        Some(_) | None => Text(
            "サインイン サービスに接続できませんでした。",
            "The sign-in service could not be reached.",
        ),
    }
}

/// The system's name.
pub(crate) fn system(system: PhoneSystem) -> &'static str {
    match system {
        PhoneSystem::Ios => "iPhone (iOS)",
        PhoneSystem::Android => "Android",
    }
}
