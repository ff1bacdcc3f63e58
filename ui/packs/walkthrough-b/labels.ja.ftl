# What a phone set to Japanese shows in walk-through B alone. What has no public source is listed in pack.toml.

sign-in-request = サインインを承認しますか?
approve-sign-in = サインインしようとしていますか?
type-number = 表示されている番号を入力して、サインインしてください。
number-blank = 番号
yes = はい
no-not-me = いいえ、私ではありません
phone-sign-in-on = 設定が完了しました
phone-sign-in-on-more = パスワードを入力せずにサインインできます。
