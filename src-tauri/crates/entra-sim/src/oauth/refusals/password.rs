//! The page of a new password.

use super::row::{Aadsts, RefusalStage, row};

const GRANT: &str = "invalid_grant";

/// Why a new password is not taken; numbers of `reference-error-codes.md`, sentences ours.
pub(super) const PASSWORD: &[Aadsts] = &[
    row(
        120_000,
        GRANT,
        None,
        RefusalStage::NewPassword,
        "The current password is incorrect. Enter the password you have used until now.",
        "現在のパスワードが正しくありません。これまで使っていたパスワードを入力してください。",
    ),
    row(
        120_002,
        GRANT,
        None,
        RefusalStage::NewPassword,
        "Choose a password that is harder to guess: 8 to 256 characters, with three of lowercase, uppercase, digits and symbols, and not the one you had.",
        "もっと推測されにくいパスワードにしてください。8 ～ 256 文字で、英小文字、英大文字、数字、記号のうち 3 種類以上を使い、今までと違うものにします。",
    ),
    row(
        120_003,
        GRANT,
        None,
        RefusalStage::NewPassword,
        "The new password must not contain your name or your account.",
        "新しいパスワードに氏名やアカウント名を含めることはできません。",
    ),
    row(
        120_012,
        GRANT,
        None,
        RefusalStage::NewPassword,
        "You cannot change your password here. Change it on a computer of your organization or ask your admin.",
        "ここではパスワードを変更できません。社内の端末で変更するか、管理者に依頼してください。",
    ),
    row(
        120_013,
        GRANT,
        None,
        RefusalStage::NewPassword,
        "The password could not be changed because the directory of your organization cannot be reached. Try again later.",
        "組織のディレクトリに接続できないため、パスワードを変更できませんでした。しばらくしてからもう一度お試しください。",
    ),
    row(
        120_015,
        GRANT,
        None,
        RefusalStage::NewPassword,
        "The directory of your organization did not take the new password. Ask your admin.",
        "組織のディレクトリが新しいパスワードを受け付けませんでした。管理者に依頼してください。",
    ),
    row(
        120_020,
        GRANT,
        None,
        RefusalStage::NewPassword,
        "The password could not be changed. Try again.",
        "パスワードを変更できませんでした。もう一度お試しください。",
    ),
];
