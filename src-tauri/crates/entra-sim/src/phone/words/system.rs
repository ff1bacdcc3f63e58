//! Words of the phone's system and store, and of the first run. All are unverified.

use super::Text;

pub(crate) const MAKER: Text = Text("Microsoft Corporation", "Microsoft Corporation");
pub(crate) const SEARCH: Text = Text("Microsoft Authenticator", "Microsoft Authenticator");
pub(crate) const GET: Text = Text("入手", "Get");
pub(crate) const INSTALL: Text = Text("インストール", "Install");
pub(crate) const OPEN: Text = Text("開く", "Open");
pub(crate) const INSTALLING: Text = Text("インストール中...", "Installing...");
pub(crate) const STORE_TEXT: Text = Text(
    "仕事や学校、個人のアカウントに安全にサインインします。",
    "Sign in safely to your work, school and personal accounts.",
);
pub(crate) const START_SCREEN: Text = Text("ホーム画面", "Home screen");
pub(crate) const BACK_KEY: Text = Text("戻る", "Back");
pub(crate) const NOW: Text = Text("今", "now");

pub(crate) const PRIVACY: Text = Text("お客様のプライバシーは大切です", "Your privacy matters");
pub(crate) const PRIVACY_TEXT: Text = Text(
    "アプリの動作に必要な診断データが収集されます。続けるには同意してください。",
    "Diagnostic data needed to keep the app working is collected. Accept to continue.",
);
pub(crate) const ACCEPT: Text = Text("同意する", "Accept");
pub(crate) const USAGE: Text = Text("アプリの改善にご協力ください", "Help us improve the app");
pub(crate) const USAGE_TEXT: Text = Text(
    "アプリの使用状況のデータを送るかどうかは、後から設定で変えられます。",
    "Whether usage data is sent can be changed later in the settings.",
);
pub(crate) const SEND_USAGE: Text =
    Text("アプリの使用状況データを共有する", "Share app usage data");
pub(crate) const NOTIFICATIONS: Text = Text(
    "「Authenticator」は通知を送信します。よろしいですか?",
    "“Authenticator” Would Like to Send You Notifications",
);
pub(crate) const NOTIFICATIONS_ANDROID: Text = Text(
    "通知の送信を Authenticator に許可しますか?",
    "Allow Authenticator to send you notifications?",
);
pub(crate) const NOTIFICATIONS_TEXT: Text = Text(
    "通知方法は、「設定」で変更できます。",
    "You can change this in Settings.",
);
pub(crate) const ALLOW: Text = Text("許可", "Allow");
pub(crate) const DONT_ALLOW: Text = Text("許可しない", "Don’t Allow");
pub(crate) const SKIP: Text = Text("スキップ", "Skip");
pub(crate) const SCAN_CODE: Text = Text("QR コードをスキャン", "Scan a QR code");
pub(crate) const ADD_PERSONAL: Text = Text("個人のアカウントの追加", "Add personal account");

pub(crate) const AUTOFILL: Text = Text("自動入力とパスワード", "AutoFill & Passwords");
pub(crate) const AUTOFILL_GENERAL: Text = Text(
    "パスワードとパスキーを自動入力",
    "AutoFill Passwords and Passkeys",
);
pub(crate) const AUTOFILL_FROM: Text = Text("自動入力元:", "AutoFill From:");
pub(crate) const PASSWORDS: Text = Text("パスワードとアカウント", "Passwords & accounts");
pub(crate) const PROVIDERS: Text = Text("その他のプロバイダー", "Additional providers");
pub(crate) const TO_APP: Text = Text("Authenticator に戻る", "Back to Authenticator");
pub(crate) const SAVE_PASSKEY: Text = Text(
    "パスキーを「Authenticator」に保存しますか?",
    "Save a passkey in “Authenticator”?",
);
pub(crate) const SAVE_TEXT: Text = Text(
    "顔認証や指紋、画面ロックで確認します。",
    "You confirm with your face, fingerprint or screen lock.",
);
pub(crate) const LOCK_TITLE: Text = Text("画面ロック", "Screen lock");
pub(crate) const LOCK_IOS: Text = Text("Face ID とパスコード", "Face ID & Passcode");
pub(crate) const LOCK_SET_IOS: Text = Text("パスコードをオンにする", "Turn Passcode On");
pub(crate) const LOCK_SET_ANDROID: Text = Text("PIN を設定する", "Set a PIN");
pub(crate) const LOCK_TEXT: Text = Text(
    "この画面では、押すだけで設定したことになります。",
    "On this simulated phone, one tap sets it.",
);
