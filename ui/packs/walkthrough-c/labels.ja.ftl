# What a phone set to Japanese shows in walk-through C alone. What has no public source is listed in pack.toml.

set-lock = 画面ロックを設定してください
set-lock-more = パスキーを使うには、画面ロックが必要です。
open-settings = パスキーを使えるようにする
open-settings-more = 設定を開いて、Authenticator をオンにしてください。
autofill-title = { $os ->
    [ios] 自動入力とパスワード
   *[android] パスワードとアカウント
  }
autofill-passwords = パスワードとパスキーを自動入力
autofill-from = 自動入力に使用:
passwords-accounts = パスワードとアカウント
additional-providers = 追加のプロバイダー
other-provider = Google パスワード マネージャー
creating-passkey = パスキーを作成しています...
passkey-added = パスキーが作成されました
passkey-added-more = これからは、パスキーでサインインできます。
passkey = パスキー
passkey-on = このスマホに保存済み
