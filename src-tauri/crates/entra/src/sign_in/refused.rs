//! The page for a request that is not the answer a sign-in waits for: what is wrong, and what to do.

use super::redirect::NotTheAnswer;

const PAGE: &str = include_str!("refused.html");

/// Fixed words: nothing of the request is in them.
pub(super) fn page(why: NotTheAnswer) -> String {
    let Words { ja, en } = words(why);
    PAGE.replace("{ja-what}", ja.0)
        .replace("{ja-do}", ja.1)
        .replace("{en-what}", en.0)
        .replace("{en-do}", en.1)
}

/// What is wrong and what to do, in both languages.
struct Words {
    ja: (&'static str, &'static str),
    en: (&'static str, &'static str),
}

fn words(why: NotTheAnswer) -> Words {
    match why {
        NotTheAnswer::Malformed => MALFORMED,
        NotTheAnswer::WrongState => WRONG_STATE,
        NotTheAnswer::WrongHost => WRONG_HOST,
        NotTheAnswer::WrongPath => WRONG_PATH,
        NotTheAnswer::WrongMethod => WRONG_METHOD,
        NotTheAnswer::TooLarge => TOO_LARGE,
    }
}

const MALFORMED: Words = Words {
    ja: (
        "応答の形が正しくありません",
        "窓口の画面で、もう一度サインインを始めてください。続くときは、ブラウザーの拡張機能を止めるか、別のブラウザーを使ってください。",
    ),
    en: (
        "The answer is not in the form it should have",
        "Begin the sign-in again on the counter’s screen. If it stays like this, switch the browser’s extensions off or use another browser.",
    ),
};

const WRONG_STATE: Words = Words {
    ja: (
        "待っているサインインの応答ではありません",
        "古いタブか、別のサインインの応答です。このタブを閉じて、窓口の画面で、もう一度サインインを始めてください。",
    ),
    en: (
        "This is not the answer of the sign-in that is waiting",
        "It is an old tab or another sign-in’s answer. Close this tab and begin the sign-in again on the counter’s screen.",
    ),
};

const WRONG_HOST: Words = Words {
    ja: (
        "この宛先では応答を受け取れません",
        "アドレスを localhost と 127.0.0.1 の間で書き換えずに、窓口の画面で、もう一度サインインを始めてください。続くときは、リダイレクト URI とこの端末の設定 (sign_in.redirect) をシステム管理者に確かめてもらってください。",
    ),
    en: (
        "The answer cannot be taken at this host name",
        "Do not change the address between localhost and 127.0.0.1; begin the sign-in again on the counter’s screen. If it stays like this, have the system administrator compare the redirect URI and this station’s sign_in.redirect.",
    ),
};

const WRONG_PATH: Words = Words {
    ja: (
        "このアドレスには何もありません",
        "このタブを閉じて、窓口の画面に戻ってください。サインインの応答がここに来たときは、リダイレクト URI にパスが付いていないかをシステム管理者に確かめてもらってください。",
    ),
    en: (
        "There is nothing at this address",
        "Close this tab and go back to the counter’s screen. If a sign-in’s answer led here, have the system administrator see that the redirect URI has no path.",
    ),
};

const WRONG_METHOD: Words = Words {
    ja: (
        "この形の要求は受け取れません",
        "このタブを閉じて、窓口の画面で、もう一度サインインを始めてください。",
    ),
    en: (
        "A request of this kind is not taken",
        "Close this tab and begin the sign-in again on the counter’s screen.",
    ),
};

const TOO_LARGE: Words = Words {
    ja: (
        "応答が大きすぎて受け取れません",
        "ブラウザーで localhost の Cookie を消すか、プライベート ウィンドウを使って、窓口の画面で、もう一度サインインを始めてください。",
    ),
    en: (
        "The answer is too large to be taken",
        "Delete the browser’s cookies of localhost or use a private window, and begin the sign-in again on the counter’s screen.",
    ),
};
