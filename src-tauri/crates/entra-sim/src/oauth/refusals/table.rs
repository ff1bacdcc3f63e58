//! The AADSTS numbers a sign-in can end with, each with its OAuth word, its place and its sentences.

/// Where a refusal meets the person or the client.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Stage {
    /// Before anything else, on a page, and at the token endpoint: client, tenant or redirect address are wrong.
    Client,
    /// On the account page.
    Account,
    /// On the page of the password or pass, after the right one.
    Secret,
    /// After the proof: policy, second factor, assignment, consent. Also for silent requests and refresh tokens.
    Policy,
    /// At the token endpoint only.
    Token,
    /// The service has trouble of its own: anywhere, and it passes.
    Passing,
}

/// One number.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Aadsts {
    pub(crate) number: u32,
    /// OAuth's `error`.
    pub(crate) error: &'static str,
    pub(crate) suberror: Option<&'static str>,
    pub(crate) stage: Stage,
    pub(crate) english: &'static str,
    pub(crate) japanese: &'static str,
}

impl Aadsts {
    /// The number's entry, if this tenant can refuse with it.
    pub(crate) fn of(number: u32) -> Option<&'static Self> {
        [ACCOUNT, POLICY, TOKEN]
            .into_iter()
            .flatten()
            .find(|entry| entry.number == number)
    }
}

const fn row(
    number: u32,
    error: &'static str,
    suberror: Option<&'static str>,
    stage: Stage,
    english: &'static str,
    japanese: &'static str,
) -> Aadsts {
    Aadsts {
        number,
        error,
        suberror,
        stage,
        english,
        japanese,
    }
}

const GRANT: &str = "invalid_grant";
const INTERACT: &str = "interaction_required";
const CONSENT: &str = "consent_required";
const REQUEST: &str = "invalid_request";
const UNAUTHORIZED: &str = "unauthorized_client";
const BASIC: Option<&str> = Some("basic_action");
const MORE: Option<&str> = Some("additional_action");
const MESSAGE: Option<&str> = Some("message_only");
const BAD_TOKEN: Option<&str> = Some("bad_token");

/// Who one is, and the secret.
const ACCOUNT: &[Aadsts] = &[
    row(
        50020,
        INTERACT,
        None,
        Stage::Account,
        "The account does not exist in this tenant and cannot access the application. It must be added as an external user first.",
        "このアカウントは別の組織のものです。この組織のアカウントでサインインしてください。",
    ),
    row(
        50034,
        GRANT,
        None,
        Stage::Account,
        "This username may be incorrect. Make sure you typed it correctly. Otherwise, contact your admin.",
        "このユーザー名は組織のディレクトリに見つかりません。メール アドレス形式のアカウントを確かめてください。",
    ),
    row(
        90072,
        INTERACT,
        None,
        Stage::Account,
        "The external account that you sign in with does not exist in this tenant and must be added as an external user first.",
        "この外部アカウントは組織に登録されていません。別のアカウントでサインインしてください。",
    ),
    row(
        50053,
        GRANT,
        None,
        Stage::Secret,
        "Your account is temporarily locked to prevent unauthorized use. Try again later, and if you still have trouble, contact your admin.",
        "不正な使用を防ぐため、アカウントは一時的にロックされています。しばらくしてからもう一度お試しください。",
    ),
    row(
        50055,
        GRANT,
        Some("user_password_expired"),
        Stage::Secret,
        "Your password has expired. Reset it or ask your admin to reset it.",
        "パスワードの有効期限が切れています。再設定するか、管理者に依頼してください。",
    ),
    row(
        50056,
        GRANT,
        None,
        Stage::Secret,
        "There is no password for this account in the directory.",
        "このアカウントにはパスワードが登録されていません。",
    ),
    row(
        50057,
        GRANT,
        None,
        Stage::Secret,
        "Your account has been locked. Contact your support person to unlock it, then try again.",
        "アカウントはロックされています。管理者に連絡してください。",
    ),
    row(
        50126,
        GRANT,
        None,
        Stage::Secret,
        "Your account or password is incorrect.",
        "アカウントまたはパスワードが正しくありません。",
    ),
    row(
        50144,
        GRANT,
        Some("user_password_expired"),
        Stage::Secret,
        "Your on-premises password has expired. Change it on a computer of your organization or ask your admin.",
        "社内のパスワードの有効期限が切れています。社内の端末で変更するか、管理者に依頼してください。",
    ),
    row(
        130_004,
        GRANT,
        None,
        Stage::Secret,
        "The key of this sign-in method is not known for your account.",
        "このサインイン方法の鍵がアカウントに登録されていません。",
    ),
    row(
        130_005,
        GRANT,
        None,
        Stage::Secret,
        "The signature of this sign-in method could not be verified.",
        "このサインイン方法の署名を確認できませんでした。",
    ),
    row(
        130_006,
        GRANT,
        None,
        Stage::Secret,
        "The transport key of this sign-in method is not set up on the device.",
        "端末にこのサインイン方法の鍵が設定されていません。",
    ),
    row(
        130_007,
        GRANT,
        None,
        Stage::Secret,
        "The device of this sign-in method is disabled.",
        "このサインイン方法の端末は無効になっています。",
    ),
    row(
        130_008,
        GRANT,
        None,
        Stage::Secret,
        "The device of this sign-in method was not found.",
        "このサインイン方法の端末が見つかりません。",
    ),
    row(
        130_501,
        GRANT,
        None,
        Stage::Secret,
        "Temporary Access Pass sign in was blocked due to User Credential Policy.",
        "ユーザー資格情報ポリシーにより、一時アクセス パスによるサインインがブロックされました。",
    ),
    row(
        130_502,
        GRANT,
        None,
        Stage::Secret,
        "Your Temporary Access Pass has expired. Contact your admin for a new one.",
        "一時アクセス パスの有効期限が切れています。新しいパスの発行を管理者に依頼してください。",
    ),
    row(
        130_503,
        GRANT,
        None,
        Stage::Secret,
        "Your Temporary Access Pass is incorrect. If you don't know your pass, contact your administrator.",
        "一時アクセス パスが正しくありません。パスが分からない場合は、管理者に連絡してください。",
    ),
    row(
        130_507,
        GRANT,
        None,
        Stage::Secret,
        "Your Temporary Access Pass is not yet valid. Try again after its start time.",
        "一時アクセス パスはまだ使用できません。開始時刻を過ぎてからもう一度お試しください。",
    ),
];

/// What may stand in the way of somebody who has proven who they are.
const POLICY: &[Aadsts] = &[
    row(
        50058,
        "login_required",
        None,
        Stage::Policy,
        "A silent sign-in request was sent but no user is signed in.",
        "サインインしているユーザーがいません。",
    ),
    row(
        16000,
        INTERACT,
        None,
        Stage::Policy,
        "Several accounts are signed in and one has to be selected.",
        "アカウントを選択してください。",
    ),
    row(
        50072,
        INTERACT,
        BASIC,
        Stage::Policy,
        "You must enroll in multi-factor authentication to access the application.",
        "多要素認証の登録が必要です。",
    ),
    row(
        50074,
        INTERACT,
        BASIC,
        Stage::Policy,
        "Strong authentication is required and the challenge was not passed.",
        "追加の本人確認が必要です。",
    ),
    row(
        50076,
        INTERACT,
        BASIC,
        Stage::Policy,
        "Due to a configuration change made by your administrator, or because you moved to a new location, you must use multi-factor authentication to access the application.",
        "管理者の設定により、多要素認証が必要です。",
    ),
    row(
        50078,
        INTERACT,
        BASIC,
        Stage::Policy,
        "Presented multi-factor authentication has expired due to policies configured by your administrator; you must refresh it.",
        "多要素認証の有効期限が切れました。もう一度確認してください。",
    ),
    row(
        50079,
        INTERACT,
        BASIC,
        Stage::Policy,
        "Due to a configuration change made by your administrator, or because you moved to a new location, you must enroll in multi-factor authentication.",
        "管理者の設定により、多要素認証の登録が必要です。",
    ),
    row(
        500_121,
        INTERACT,
        BASIC,
        Stage::Policy,
        "Authentication failed during strong authentication request.",
        "サインインの承認が完了しませんでした。",
    ),
    row(
        50097,
        INTERACT,
        MORE,
        Stage::Policy,
        "Device authentication is required.",
        "登録された端末が必要です。",
    ),
    row(
        50105,
        INTERACT,
        MESSAGE,
        Stage::Policy,
        "Your administrator has configured the application to block users unless they are specifically granted access to it.",
        "このアプリケーションの利用が割り当てられていません。管理者に連絡してください。",
    ),
    row(
        50125,
        INTERACT,
        BASIC,
        Stage::Policy,
        "Sign-in was interrupted due to a password reset or password registration entry.",
        "パスワードの再設定または登録が必要なため、サインインを中断しました。",
    ),
    row(
        50129,
        INTERACT,
        MORE,
        Stage::Policy,
        "The device is not workplace joined. Workplace join is required to register the device.",
        "端末の登録が必要です。",
    ),
    row(
        50131,
        INTERACT,
        MESSAGE,
        Stage::Policy,
        "Access was refused by Conditional Access: the device, the place or the activity is not trusted.",
        "条件付きアクセスにより、サインインが許可されませんでした。",
    ),
    row(
        50135,
        INTERACT,
        BASIC,
        Stage::Policy,
        "Password change is required due to account risk.",
        "アカウントの危険性のため、パスワードの変更が必要です。",
    ),
    row(
        50142,
        INTERACT,
        BASIC,
        Stage::Policy,
        "Password change is required due to a conditional access policy.",
        "条件付きアクセスにより、パスワードの変更が必要です。",
    ),
    row(
        50158,
        INTERACT,
        BASIC,
        Stage::Policy,
        "External security challenge not satisfied.",
        "外部の確認が完了していません。",
    ),
    row(
        53000,
        INTERACT,
        MESSAGE,
        Stage::Policy,
        "Device is not in required device state: compliant. Conditional Access policy requires a compliant device.",
        "準拠している端末が必要です。",
    ),
    row(
        53001,
        INTERACT,
        MESSAGE,
        Stage::Policy,
        "Device is not in required device state: domain joined. Conditional Access policy requires a domain joined device.",
        "ドメインに参加している端末が必要です。",
    ),
    row(
        53002,
        INTERACT,
        MESSAGE,
        Stage::Policy,
        "The app used is not an approved app for Conditional Access.",
        "承認されたアプリの使用が必要です。",
    ),
    row(
        53003,
        INTERACT,
        MESSAGE,
        Stage::Policy,
        "Access has been blocked by Conditional Access policies. The access policy does not allow token issuance.",
        "条件付きアクセス ポリシーによってブロックされました。この場所や端末からはサインインできません。",
    ),
    row(
        53004,
        INTERACT,
        BASIC,
        Stage::Policy,
        "Registering multi-factor authentication is blocked because suspicious activity was noticed.",
        "不審な動作が見つかったため、セキュリティ情報の登録が止められています。",
    ),
    row(
        53010,
        INTERACT,
        BASIC,
        Stage::Policy,
        "Cannot configure multi-factor authentication methods because the organization requires this information to be set from specific locations or devices.",
        "セキュリティ情報は、組織が決めた場所または端末からだけ登録できます。",
    ),
    row(
        530_032,
        INTERACT,
        MESSAGE,
        Stage::Policy,
        "Blocked by a security policy of the tenant.",
        "組織のセキュリティ ポリシーによってブロックされました。",
    ),
    row(
        530_033,
        INTERACT,
        MESSAGE,
        Stage::Policy,
        "Remote device flow blocked due to device-based conditional access.",
        "端末の条件があるため、別の端末での認証は使用できません。",
    ),
    row(
        530_034,
        INTERACT,
        MESSAGE,
        Stage::Policy,
        "A delegated administrator was blocked from accessing the tenant due to account risk in their home tenant.",
        "代理の管理者のアカウントに危険性があるため、ブロックされました。",
    ),
    row(
        530_035,
        INTERACT,
        MESSAGE,
        Stage::Policy,
        "Access has been blocked by security defaults.",
        "セキュリティの既定値によってブロックされました。",
    ),
    row(
        65001,
        CONSENT,
        Some("consent_required"),
        Stage::Policy,
        "The user or administrator has not consented to use the application. Send an interactive authorization request for this user and resource.",
        "アプリケーションへの同意がありません。",
    ),
    row(
        90094,
        CONSENT,
        Some("consent_required"),
        Stage::Policy,
        "An administrator must grant the permissions this application asks for.",
        "管理者の承認が必要です。",
    ),
    row(
        90095,
        CONSENT,
        Some("consent_required"),
        Stage::Policy,
        "Approval is required: ask your administrator to grant the permissions this application asks for.",
        "承認が必要です。管理者に承認を依頼してください。",
    ),
    row(
        90099,
        CONSENT,
        None,
        Stage::Policy,
        "The application has not been authorized in the tenant.",
        "アプリケーションは組織で承認されていません。",
    ),
    row(
        650_051,
        CONSENT,
        None,
        Stage::Policy,
        "The application could not be set up in the tenant.",
        "アプリケーションを組織に設定できませんでした。",
    ),
    row(
        650_056,
        CONSENT,
        None,
        Stage::Policy,
        "Misconfigured application: no permissions are listed, or the admin has not consented in the tenant.",
        "アプリケーションの設定に誤りがあります。管理者に連絡してください。",
    ),
    row(
        650_057,
        "invalid_resource",
        None,
        Stage::Policy,
        "Invalid resource. The client has requested access to a resource which is not listed in its registration.",
        "アプリケーションの登録にないリソースが要求されました。",
    ),
];

/// Client, tenant, grants, and the service's own trouble.
const TOKEN: &[Aadsts] = &[
    row(
        50011,
        REQUEST,
        None,
        Stage::Client,
        "The redirect URI specified in the request does not match the redirect URIs configured for the application.",
        "アプリケーションの応答先アドレスが登録と一致しません。",
    ),
    row(
        500_113,
        REQUEST,
        None,
        Stage::Client,
        "No reply address is registered for the application.",
        "アプリケーションの応答先アドレスが登録されていません。",
    ),
    row(
        900_971,
        REQUEST,
        None,
        Stage::Client,
        "No reply address provided.",
        "応答先アドレスが指定されていません。",
    ),
    row(
        50194,
        REQUEST,
        None,
        Stage::Client,
        "The application is not configured as a multi-tenant application. Usage of the /common endpoint is not supported for such applications.",
        "このアプリケーションは、組織を指定した入口からだけ使用できます。",
    ),
    row(
        90002,
        REQUEST,
        None,
        Stage::Client,
        "The tenant was not found.",
        "組織が見つかりません。",
    ),
    row(
        650_059,
        UNAUTHORIZED,
        None,
        Stage::Client,
        "The application is not configured for use in this tenant.",
        "このアプリケーションはこの組織で使用できません。",
    ),
    row(
        700_016,
        UNAUTHORIZED,
        None,
        Stage::Client,
        "The application was not found in the directory.",
        "アプリケーションが組織に見つかりません。",
    ),
    row(
        7_000_112,
        UNAUTHORIZED,
        None,
        Stage::Client,
        "The application is disabled.",
        "アプリケーションは無効になっています。",
    ),
    row(
        7_000_218,
        "invalid_client",
        None,
        Stage::Token,
        "The request body must contain the following parameter: 'client_assertion' or 'client_secret'.",
        "",
    ),
    row(
        700_025,
        "invalid_client",
        None,
        Stage::Token,
        "Client is public so neither 'client_assertion' nor 'client_secret' should be presented.",
        "",
    ),
    row(
        50089,
        GRANT,
        BAD_TOKEN,
        Stage::Token,
        "Authentication failed due to flow token expired.",
        "",
    ),
    row(
        50132,
        GRANT,
        BAD_TOKEN,
        Stage::Token,
        "The session is not valid due to password expiration or recent password change.",
        "",
    ),
    row(
        50133,
        GRANT,
        BAD_TOKEN,
        Stage::Token,
        "Session is invalid due to expiration or recent password change.",
        "",
    ),
    row(
        50173,
        GRANT,
        BAD_TOKEN,
        Stage::Token,
        "The provided grant has expired due to it being revoked, a fresh auth token is needed.",
        "",
    ),
    row(
        50196,
        GRANT,
        None,
        Stage::Token,
        "The server terminated an operation because it encountered a client request loop.",
        "",
    ),
    row(
        70000,
        GRANT,
        None,
        Stage::Token,
        "The provided grant is invalid or malformed.",
        "",
    ),
    row(
        70008,
        GRANT,
        None,
        Stage::Token,
        "The provided authorization code or refresh token has expired due to inactivity.",
        "",
    ),
    row(
        70043,
        GRANT,
        BAD_TOKEN,
        Stage::Token,
        "The refresh token has expired or is invalid due to sign-in frequency checks by conditional access.",
        "",
    ),
    row(
        700_082,
        GRANT,
        None,
        Stage::Token,
        "The refresh token has expired due to inactivity.",
        "",
    ),
    row(
        90006,
        "temporarily_unavailable",
        None,
        Stage::Passing,
        "The service is temporarily unavailable.",
        "サービスは一時的に使用できません。",
    ),
    row(
        90024,
        "temporarily_unavailable",
        None,
        Stage::Passing,
        "A transient error has occurred. Try again.",
        "一時的なエラーが発生しました。もう一度お試しください。",
    ),
    row(
        90033,
        "temporarily_unavailable",
        None,
        Stage::Passing,
        "A transient error has occurred. The directory service is not available. Try again.",
        "ディレクトリを一時的に使用できません。もう一度お試しください。",
    ),
    row(
        90055,
        "temporarily_unavailable",
        None,
        Stage::Passing,
        "The tenant is throttled: there are too many incoming requests.",
        "要求が多すぎます。しばらくしてからもう一度お試しください。",
    ),
];

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn every_number_stands_once_with_its_sentences() {
        let mut seen = HashSet::new();
        for entry in [ACCOUNT, POLICY, TOKEN].into_iter().flatten() {
            assert!(seen.insert(entry.number), "{} twice", entry.number);
            let on_pages = entry.stage != Stage::Token;
            assert!(!on_pages || !entry.japanese.is_empty(), "{}", entry.number);
            assert!(entry.english.ends_with('.'), "{}", entry.number);
        }
    }
}
