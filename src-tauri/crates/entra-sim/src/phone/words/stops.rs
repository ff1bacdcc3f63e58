//! Wrong turns and refusals. The texts marked as published are quoted in support articles in English.

use super::Text;
use crate::oauth::refusals::row::Aadsts;

pub(crate) const SCANNER: Text = Text("QR コードのスキャン", "Scan QR code");
pub(crate) const SCANNER_TEXT: Text = Text(
    "アカウントの提供元に表示された QR コードをスキャンしてください。",
    "Your account provider will display a QR code.",
);
pub(crate) const BY_HAND: Text = Text("またはコードを手動で入力", "Or enter code manually");
pub(crate) const MANUAL: Text = Text("アカウントの追加", "Add account");
pub(crate) const CODE: Text = Text("コード", "Code");
pub(crate) const ADDRESS: Text = Text("URL", "URL");
pub(crate) const FINISH: Text = Text("完了", "Finish");
pub(crate) const CODE_WRONG: Text = Text(
    "コードまたは URL が正しくありません。",
    "The code or URL is not valid.",
);
pub(crate) const PERSONAL_TITLE: Text = Text(
    "個人のアカウントでサインイン",
    "Sign in with a personal account",
);
pub(crate) const PERSONAL_LABEL: Text = Text("メール、電話、または ID", "Email, phone, or ID");
pub(crate) const PERSONAL_WRONG: Text = Text(
    "この名前の個人のアカウントはありません。職場または学校アカウントをお持ちの場合は、戻って選び直してください。",
    "There is no personal account with that name. If you have a work or school account, go back and choose it.",
);
pub(crate) const DENIED: Text = Text("サインインは拒否されました", "Sign-in denied");
pub(crate) const DENIED_TEXT: Text = Text(
    "番号が違うか、拒否を選びました。サインインをもう一度始めてください。",
    "The number was not right, or you declined. Start the sign-in again.",
);
pub(crate) const NO_REQUESTS: Text = Text("保留中の要求はありません", "No pending requests");
pub(crate) const NO_REQUESTS_TEXT: Text = Text(
    "サインインの画面で、要求をもう一度送ってください。",
    "Send the request again from the sign-in page.",
);
pub(crate) const STILL_NONE: Text = Text(
    "まだ要求が届いていません。ネットワークを確かめて、もう一度お試しください。",
    "No request has arrived yet. Check the network and try again.",
);
pub(crate) const DIFFERENT: Text = Text(
    "2 つの新しいパスワードが一致しません。もう一度入力してください。",
    "The new passwords don’t match. Enter them again.",
);
const REFUSED: Text = Text(
    "サインイン サービスに拒否されました。番号を係員に伝えてください。",
    "The sign-in service refused. Tell the staff the number.",
);
pub(crate) const OK: Text = Text("OK", "OK");
pub(crate) const RETRY: Text = Text("もう一度試す", "Try again");
pub(crate) const UPDATE: Text = Text("更新", "Update");
pub(crate) const FAILED: Text = Text("設定を完了できませんでした", "Setup could not be completed");
pub(crate) const AGAIN: Text = Text("最初からやり直す", "Start again");

pub(crate) const PHONE_OLD: Text = Text(
    "このデバイスには対応していません",
    "This app isn’t compatible with your device",
);
pub(crate) const PHONE_OLD_TEXT: Text = Text(
    "このアプリには、新しいバージョンの OS が必要です。",
    "This app needs a newer version of the operating system.",
);
pub(crate) const APP_OLD: Text = Text("アプリを更新してください", "Update required");
pub(crate) const APP_OLD_TEXT: Text = Text(
    "このバージョンの Authenticator は使用できません。ストアで更新してください。",
    "This version of Authenticator can no longer be used. Update it in the store.",
);
pub(crate) const MODIFIED: Text = Text(
    "このデバイスでは使用できません",
    "This device can’t be used",
);
pub(crate) const MODIFIED_TEXT: Text = Text(
    "デバイスが改造されている (ルート化または脱獄) ため、職場または学校アカウントを使用できません。",
    "The device is jailbroken or rooted. Work or school accounts cannot be used on it.",
);
/// English published.
pub(crate) const WEB_SETUP: Text = Text(
    "Microsoft Authenticator を設定するには、Web ブラウザーで aka.ms/mfasetup にアクセスする必要があります。",
    "To set up Microsoft Authenticator, you'll need to go to aka.ms/mfasetup on a web browser.",
);
pub(crate) const LOCK: Text = Text("画面ロックが必要です", "Screen lock required");
pub(crate) const LOCK_TEXT: Text = Text(
    "続けるには、このデバイスに画面ロックを設定してください。",
    "Set a screen lock on this device to continue.",
);
pub(crate) const LOCATION: Text = Text("この場所では登録できません", "Can’t register here");
/// English published.
pub(crate) const LOCATION_TEXT: Text = Text(
    "管理者によって制限されている場所からサインインしている可能性があります。",
    "You might be signing in from a location that is restricted by your admin.",
);
pub(crate) const APPROVED: Text = Text(
    "このアプリからは登録できません",
    "You can’t get there from here",
);
pub(crate) const APPROVED_TEXT: Text = Text(
    "組織のルールにより、このアプリは承認されていません。システム室に連絡してください。",
    "This app is not approved by a rule of your organization. Contact your help desk.",
);
pub(crate) const DEVICES: Text = Text("登録できるデバイスの上限です", "Device limit reached");
pub(crate) const DEVICES_TEXT: Text = Text(
    "登録済みのデバイスが上限に達しています。使っていないデバイスの削除を、システム室に依頼してください。",
    "You have reached the number of devices you may register. Ask your help desk to remove one you no longer use.",
);
pub(crate) const APPS: Text = Text("認証アプリの上限です", "Authenticator limit reached");
pub(crate) const APPS_TEXT: Text = Text(
    "登録済みの認証アプリが上限に達しています。古いスマホの登録の削除を、システム室に依頼してください。",
    "You have reached the number of authenticator apps. Ask your help desk to remove an old phone.",
);
pub(crate) const ALREADY: Text = Text(
    "このデバイスは既に登録されています",
    "This device is already registered",
);
pub(crate) const ALREADY_TEXT: Text = Text(
    "以前の登録が残っています。もう一度試すと、登録をやり直します。",
    "An earlier registration is still there. Try again to register anew.",
);
pub(crate) const PUSH_ONLY: Text = Text(
    "アカウントは通知のみで追加されました",
    "Account added for notifications only",
);
pub(crate) const PUSH_ONLY_TEXT: Text = Text(
    "電話によるサインインは設定されませんでした。組織で許可されていない可能性があります。",
    "Phone sign-in was not set up. Your organization may not allow it.",
);
pub(crate) const PASSKEY_OFF: Text = Text("パスキーを作成できません", "A passkey can’t be created");
pub(crate) const PASSKEY_OFF_TEXT: Text = Text(
    "組織でパスキーが許可されていません。システム室に連絡してください。",
    "Your organization does not allow passkeys. Contact your help desk.",
);
pub(crate) const PROVIDER_OFF: Text = Text(
    "パスキーはまだ作成されていません",
    "No passkey was created yet",
);
pub(crate) const PROVIDER_OFF_TEXT: Text = Text(
    "設定で Authenticator をオンにすると、続けられます。",
    "Turn on Authenticator in the settings to continue.",
);

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
        Some(50053) => Text(
            "間違いが続いたため、アカウントがロックされています。しばらくしてからお試しください。",
            "The account is locked after too many wrong attempts. Try again later.",
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
        Some(number @ 120_000..130_000) => match Aadsts::of(number) {
            Some(entry) => Text(entry.japanese, entry.english),
            None => REFUSED,
        },
        Some(_) => REFUSED,
        None => Text(
            "サインイン サービスに接続できませんでした。",
            "The sign-in service could not be reached.",
        ),
    }
}
