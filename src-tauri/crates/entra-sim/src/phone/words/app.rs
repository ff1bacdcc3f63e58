//! The app's own words on the walk-throughs.

use super::Text;

// Published.
pub(crate) const ADD: Text = Text("アカウントの追加", "Add account");
pub(crate) const WORK: Text = Text("職場または学校アカウント", "Work or school account");
pub(crate) const ADD_WORK: Text = Text(
    "職場または学校アカウントの追加",
    "Add work or school account",
);
pub(crate) const SIGN_IN: Text = Text("サインイン", "Sign in");
pub(crate) const SCAN: Text = Text("QR コードをスキャンします", "Scan a QR code");
pub(crate) const PICK: Text = Text("アカウントを選択する", "Pick an account");
pub(crate) const OTHER_ACCOUNT: Text = Text("別のアカウントを使用する", "Use another account");
pub(crate) const NEXT: Text = Text("次へ", "Next");
pub(crate) const CONTINUE: Text = Text("続行", "Continue");
pub(crate) const SECURE: Text = Text(
    "デバイスの安全を保つためにご協力ください",
    "Help us keep your device secure",
);
pub(crate) const REGISTER: Text = Text("登録", "Register");
pub(crate) const DONE: Text = Text("完了", "Done");
pub(crate) const PASS_LABEL: Text = Text("一時アクセス パス", "Temporary Access Pass");
/// The label of the customer's guide; English documents say "Enable phone sign-in" or "Set up phone sign-in".
pub(crate) const SET_UP: Text = Text(
    "パスワードレス サインインの要求の設定",
    "Set up passwordless sign-in requests",
);

// English published, Japanese unverified.
pub(crate) const CREATE_PASSKEY: Text = Text("パスキーの作成", "Create a passkey");
pub(crate) const LIFE: Text = Text(
    "デジタル ライフを安全に保護する",
    "Secure Your Digital Life",
);
pub(crate) const SETTINGS: Text = Text("設定", "Settings");

// Unverified.
pub(crate) const APP: Text = Text("Authenticator", "Authenticator");
pub(crate) const EMPTY: Text = Text(
    "アカウントを追加しましょう",
    "Ready to add your first account?",
);
pub(crate) const EMPTY_TEXT: Text = Text(
    "追加したアカウントは、ここに表示されます。",
    "Accounts you add will appear here.",
);
pub(crate) const KIND: Text = Text(
    "どの種類のアカウントを追加しますか?",
    "What kind of account are you adding?",
);
pub(crate) const PERSONAL: Text = Text("個人のアカウント", "Personal account");
pub(crate) const OTHER_KIND: Text = Text(
    "その他 (Google、Facebook など)",
    "Other (Google, Facebook, etc.)",
);
pub(crate) const CANCEL: Text = Text("キャンセル", "Cancel");
pub(crate) const BACK: Text = Text("戻る", "Back");
pub(crate) const LOOK: Text = Text("要求を確認する", "Check for requests");
pub(crate) const ACCOUNT_LABEL: Text = Text(
    "メール アドレス形式のアカウント",
    "Account in the form of a mail address",
);
pub(crate) const NO_ACCESS: Text = Text(
    "アカウントにアクセスできない場合",
    "Can’t access your account?",
);
pub(crate) const PASS: Text = Text("一時アクセス パスの入力", "Enter Temporary Access Pass");
pub(crate) const SHOW_PASS: Text = Text(
    "入力した文字はそのまま見えます。",
    "What you type stays visible.",
);
pub(crate) const PASSWORD: Text = Text("パスワードの入力", "Enter password");
pub(crate) const PASSWORD_LABEL: Text = Text("パスワード", "Password");
pub(crate) const USE_PASSWORD: Text =
    Text("代わりにパスワードを使用する", "Use your password instead");
pub(crate) const USE_PASS: Text = Text(
    "代わりに一時アクセス パスを使用する",
    "Use your Temporary Access Pass instead",
);
pub(crate) const UPDATE_PASSWORD: Text = Text("パスワードの更新", "Update your password");
pub(crate) const UPDATE_PASSWORD_TEXT: Text = Text(
    "初めてのサインインか、期限切れのため、新しいパスワードが必要です。",
    "This is your first sign-in, or your password has expired.",
);
pub(crate) const CURRENT_PASSWORD: Text = Text("現在のパスワード", "Current password");
pub(crate) const NEW_PASSWORD: Text = Text("新しいパスワード", "New password");
pub(crate) const CONFIRM_PASSWORD: Text = Text("パスワードの確認入力", "Confirm password");
pub(crate) const SET_UP_TEXT: Text = Text(
    "パスワードの代わりに、このスマホでサインインできるようにします。",
    "Sign in with this phone instead of typing a password.",
);
pub(crate) const SECURE_TEXT: Text = Text(
    "続けるには、このデバイスを登録してください。組織がデバイスの情報を取得したり、管理や制御をしたりすることはありません。",
    "Register this device to continue. Your organization does not collect information from it, and does not manage or control it.",
);
pub(crate) const WAIT: Text = Text("しばらくお待ちください", "Just a moment");
pub(crate) const WAIT_DEVICE: Text = Text("登録しています...", "Registering...");
pub(crate) const WAIT_ACCOUNT: Text = Text("設定しています...", "Setting up...");
pub(crate) const ACTIVATE: Text = Text("デバイスの登録", "Register your device");
pub(crate) const ACTIVATE_TEXT: Text = Text(
    "サインインの要求を受け取るには、デバイスの登録が必要です。",
    "Your device must be registered to receive sign-in requests.",
);
pub(crate) const READY: Text = Text("アカウントが追加されました", "Account added");
pub(crate) const READY_TEXT: Text = Text(
    "このスマホでサインインの要求を承認できます。",
    "You can approve sign-in requests on this phone.",
);
pub(crate) const B_READY: Text = Text("設定が完了しました", "You’re all set");
pub(crate) const REQUESTS: Text = Text(
    "パスワードレス サインインの要求",
    "Passwordless sign-in requests",
);
pub(crate) const ON: Text = Text("有効", "On");
pub(crate) const PUSH_ON: Text = Text("通知のみ", "Notifications only");
pub(crate) const PASSKEY: Text = Text("パスキー", "Passkey");
pub(crate) const REMOVED: Text = Text("操作が必要です", "Action required");
pub(crate) const ONE_TIME: Text = Text("ワンタイム パスワード コード", "One-time password code");

// Number matching; unverified.
pub(crate) const APPROVE: Text = Text(
    "サインインしようとしていますか?",
    "Are you trying to sign in?",
);
pub(crate) const APPROVE_TEXT: Text = Text(
    "画面に表示されている番号を入力してください。",
    "Enter the number shown to sign in.",
);
pub(crate) const NUMBER_HERE: Text = Text("ここに番号を入力", "Enter number here");
pub(crate) const YES: Text = Text("はい", "Yes");
pub(crate) const NO: Text = Text("いいえ、私ではありません", "No, it’s not me");
pub(crate) const NOTICE: Text = Text(
    "サインインを承認しますか? タップして番号を入力します。",
    "Approve sign-in? Tap to enter the number.",
);
pub(crate) const MATCH: Text = Text("サインイン要求を承認する", "Approve sign in request");
pub(crate) const MATCH_TEXT: Text = Text(
    "Authenticator アプリの通知を開き、この番号を入力してください。",
    "Open the notification of your Authenticator app and enter this number.",
);
pub(crate) const NO_NOTICE: Text = Text(
    "通知が届きませんか? アプリを開いて確認してください。",
    "No notification? Open the app to check.",
);

// Passkey; unverified.
pub(crate) const C_OFFER_TEXT: Text = Text(
    "パスキーを使うと、顔や指紋、画面ロックで安全にサインインできます。",
    "With a passkey you sign in safely with your face, fingerprint or screen lock.",
);
pub(crate) const C_PROVIDER: Text = Text(
    "Authenticator をパスキー プロバイダーにする",
    "Turn on Authenticator as a passkey provider",
);
pub(crate) const C_PROVIDER_IOS: Text = Text(
    "「設定」→「一般」→「自動入力とパスワード」で Authenticator をオンにします。",
    "In Settings > General > AutoFill & Passwords, turn on Authenticator.",
);
pub(crate) const C_PROVIDER_ANDROID: Text = Text(
    "「パスワードとアカウント」→「その他のプロバイダー」で Authenticator をオンにします。",
    "In Passwords & accounts > Additional providers, turn on Authenticator.",
);
pub(crate) const LATER: Text = Text("後で", "Not now");
pub(crate) const OPEN_SETTINGS: Text = Text("設定を開く", "Open settings");
pub(crate) const C_WAIT: Text = Text("パスキーを作成しています...", "Creating your passkey...");
pub(crate) const C_DONE: Text = Text("パスキーが作成されました", "Passkey created");
pub(crate) const C_DONE_TEXT: Text = Text(
    "次回から、このパスキーでサインインできます。",
    "From now on you can sign in with this passkey.",
);
