# What a phone set to Japanese shows, wherever several walk-throughs need it. Which of these have no public source is
# listed in other-screens.toml under `unverified`.

# The store
store-name = { $os ->
    [ios] App Store
   *[android] Google Play
  }
store-search = Microsoft Authenticator
store-app = Microsoft Authenticator
store-maker = Microsoft Corporation
store-install = { $os ->
    [ios] 入手
   *[android] インストール
  }
open = 開く
update = { $os ->
    [ios] アップデート
   *[android] 更新
  }
app-updated = 新しい版があります
not-compatible = お使いのスマホは、このアプリに対応していません。

# The app
app-name = Authenticator
plus = +
close = ×
add-account = アカウントの追加
work-account = 職場または学校アカウント
add-work-account = 職場または学校アカウントの追加
sign-in = サインイン
scan-code = QR コードをスキャンします
cancel = キャンセル
continue = 続行
register = 登録
done = 完了
ok = OK
settings = 設定
try-again = やり直す
home-empty = アカウントを追加しましょう
home-empty-more = 追加したアカウントは、ここに表示されます。
which-kind = どの種類のアカウントを追加しますか?
personal-account = 個人のアカウント
other-account = その他 (Google、Facebook など)
known-account = 登録済みのアカウント
organisation-account = (組織の名前)
one-time-code = ワンタイム パスワード コード
set-up-requests = パスワードレス サインインの要求の設定
set-up-requests-more = このスマホでパスワードなしのサインインができるようにします。
enable-phone-sign-in = 電話によるサインインを有効にする
create-passkey = パスキーの作成
requests-on = パスワードレス サインインの要求
requests-on-more = 有効
register-device = デバイスの登録
register-device-more = サインインの要求を受け取るには、デバイスの登録が必要です。
registering = 登録しています...
privacy-notice = プライバシーについて
privacy-notice-more = アプリを使うために必要な情報だけを集めます。
accept = 同意する
first-run = デジタル ライフを安全に
first-run-more = アカウントを追加して始めます。
app-locked = アプリはロックされています
unlock = ロックの解除
camera-hint = QR コードを枠に合わせてください
something-wrong = 問題が発生しました
something-wrong-more = もう一度お試しください。
none-waiting = 届いている要求はありません
check-notifications = 通知の確認
allow-notifications = 通知を許可しますか?
allow = 許可
lock-phone = 画面ロックが必要です
lock-phone-more = スマホに画面ロックを設定してください。
turn-on-provider = パスキーを使えるようにする
turn-on-provider-more = 設定で Authenticator をオンにしてください。
location-restricted = 管理者によって制限された場所からサインインしている可能性があります。
go-to-web = Microsoft Authenticator を設定するには、Web ブラウザーで aka.ms/mfasetup に移動してください。
usage-data = アプリの改善にご協力ください
usage-data-more = 使用状況のデータを送るかどうかは、後から変えられます。
code-field = コード
code-address = URL
code-finish = 完了
phone-modified = このデバイスでは使用できません
phone-modified-more = デバイスが改造されているため、職場または学校アカウントを使用できません。
app-not-approved = このアプリからは登録できません
app-not-approved-more = 組織のルールにより、このアプリは承認されていません。
too-many-devices = 登録できるデバイスの上限です
too-many-apps = 登録できる認証アプリの上限です
too-many-more = 管理者に連絡してください。
push-only = アカウントは通知のみで追加されました
push-only-more = 電話によるサインインは設定されませんでした。
sign-in-denied = サインインは拒否されました
sign-in-denied-more = 番号が違うか、拒否を選びました。
passkey-offer-more = 顔、指紋、画面ロックで安全にサインインできます。
passkey-sheet = パスキーを保存しますか?
make-passkey = { $os ->
    [ios] 続行
   *[android] 作成
  }
passkey-off = パスキーを作成できません
passkey-off-more = 組織でパスキーが許可されていません。

# Sign-in pages
pick-account = アカウントを選択する
use-another = 別のアカウントを使用する
no-access = アカウントにアクセスできない場合
next = 次へ
enter-pass = 一時アクセス パスの入力
show-pass = 一時アクセス パスの表示
pass-wrong = 一時アクセス パスが正しくないか、期限が切れています。
enter-password = パスワードの入力
name-unknown = このユーザー名のアカウントが見つかりませんでした。
use-pass = 代わりに一時アクセス パスを使用する
keep-secure = デバイスの安全を保つためにご協力ください
keep-secure-more = 続けるには、このデバイスを登録してください。
microsoft-account = Microsoft アカウント
microsoft-account-name = 電子メール、電話

# The phone's own settings
search-settings = 設定を検索
settings-general = { $os ->
    [ios] 一般
   *[android] システム
  }
settings-passwords = { $os ->
    [ios] パスワード
   *[android] パスワードとアカウント
  }

# The sign-in test; none has a public source but the first
use-app = 代わりにアプリを使用する
password-here = パスワード
test-passed = パスワードレスでサインインしました
skip-for-now = 今はスキップ

# Keys of the phone's keyboard, by which one comes to letters and symbols; none has a public source
key-letters = { $os ->
    [ios] ABC
   *[android] あa1
  }
key-symbols = { $os ->
    [ios] 123
   *[android] ?123
  }
key-more-symbols = { $os ->
    [ios] #+=
   *[android] =\<
  }
