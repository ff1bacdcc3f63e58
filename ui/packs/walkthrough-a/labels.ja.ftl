# What a phone set to Japanese shows. "unverified": no public source was found; compare with a real phone.

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

app-name = Authenticator
plus = +
add-account = アカウントの追加
work-account = 職場または学校アカウント
add-work-account = 職場または学校アカウントの追加
sign-in = サインイン
scan-code = QR コードをスキャンします
cancel = キャンセル

pick-account = アカウントを選択する
use-another = 別のアカウントを使用する
no-access = アカウントにアクセスできない場合
next = 次へ

continue = 続行
set-up-requests = パスワードレス サインインの要求の設定
keep-secure = デバイスの安全を保つためにご協力ください
register = 登録
done = 完了

# unverified
home-empty = アカウントを追加しましょう
home-empty-more = 追加したアカウントは、ここに表示されます。
which-kind = どの種類のアカウントを追加しますか?
personal-account = 個人のアカウント
other-account = その他 (Google、Facebook など)
known-account = 登録済みのアカウント
enter-pass = 一時アクセス パスの入力
show-pass = 一時アクセス パスの表示
set-up-requests-more = このスマホでパスワードなしのサインインができるようにします。
keep-secure-more = 続けるには、このデバイスを登録してください。
registering = 登録しています...
register-device = デバイスの登録
register-device-more = サインインの要求を受け取るには、デバイスの登録が必要です。
setting-up = 設定しています...
account-added = アカウントが追加されました
account-added-more = このスマホでサインインの要求を承認できます。
organisation-account = 組織のアカウント
requests-on = パスワードレス サインインの要求
requests-on-more = 有効
one-time-code = ワンタイム パスワード コード
