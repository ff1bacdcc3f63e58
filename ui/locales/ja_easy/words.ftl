# Words the machine asks for by key, as the person reads them, in easy Japanese. 漢字《かんじ》 carries its reading.
# What only the operator reads is not here. $phone may be empty, so it stands where nothing misses it.

# The live check
live-not-started = パスを 出《だ》すと、登録《とうろく》を 調《しら》べはじめます。
live-install = アプリを 入《い》れたら、先《さき》へ 進《すす》みます。
live-settling = パスを 準備《じゅんび》しています。少《すこ》し 待《ま》ってください。
live-waiting-pass = パスが 入力《にゅうりょく》されるのを 待《ま》っています。
live-pass-entered = パスが 入力《にゅうりょく》されました。スマホで 続《つづ》けてください。
live-added = スマホを 追加《ついか》できました。{ $phone }
live-push-only = スマホを 追加《ついか》できました。パスワードレスの 設定《せってい》は これからです。{ $phone }
live-confirming = 登録《とうろく》が 来《き》ました。もう一度《いちど》 調《しら》べています。
live-not-again = 登録《とうろく》が 一度《いちど》 見《み》えました。でも 今《いま》は 見《み》えません。スマホの 画面《がめん》を もう一度《いちど》 見《み》てください。
live-ready-phone = パスワードレスの 登録《とうろく》が できました。{ $phone }
live-ready-probably = たぶん 登録《とうろく》できました。サインインを 試《ため》して 確《たし》かめてください。{ $phone }
live-not-provable = スマホを 追加《ついか》できました。でも ここでは 確《たし》かめられません。サインインを 試《ため》してください。{ $phone }
live-note-new-pass = 新《あたら》しい パスです。パスの しるしは 最初《さいしょ》からです。
live-note-narrow = 確認《かくにん》に 少《すこ》し 時間《じかん》が かかります。
live-note-old-app = スマホの Authenticator が 古《ふる》いです (バージョン { $version })。アプリを 新《あたら》しくしてください。{ $phone }
live-note-other-passkey = 別《べつ》の パスキーが 登録《とうろく》されました。{ $name }
live-note-codes-only = 番号《ばんごう》だけの アプリが 登録《とうろく》されました。Authenticator が 必要《ひつよう》です。
live-ready-passkey = パスキーの 登録《とうろく》が できました。
live-pass-expired = パスの 時間《じかん》が 終《お》わりました。新《あたら》しい パスで 続《つづ》けます。
live-pass-replaced = 別《べつ》の パスが できました。この パスは もう 使《つか》えません。
live-uncertain = パスが 出《で》たか 調《しら》べています。少《すこ》し 待《ま》ってください。
live-paused = 今《いま》は 調《しら》べられません。あとで また 調《しら》べます。
live-steps = 書《か》いてある とおりに、スマホを 使《つか》ってください。
live-pass-coming = 係《かかり》の人《ひと》が パスを 準備《じゅんび》しています。
live-pass-ready = パスが できました。
live-waiting-registration = 登録《とうろく》が 来《く》るのを 待《ま》っています。
live-checking = 登録《とうろく》を 調《しら》べています。待《ま》ってください。
live-passkey-time = ここから 5 分《ふん》くらいで します。時間《じかん》が すぎても、もう一度《いちど》 できます。
live-passkey-again = 時間《じかん》が すぎました。手順《てじゅん》 { $row } から もう一度《いちど》 します。係《かかり》の人《ひと》が 手伝《てつだ》います。

light-pass-usable = パスが 使《つか》える
light-pass-entered = パスを 入力《にゅうりょく》した
light-authenticator-added = アプリの 登録《とうろく》が ある
light-device-registered = スマホを 登録《とうろく》した
light-phone-sign-in-ready = パスワードなしで サインインできる
light-passkey-ready = パスキーが できた

# Walk-through
condition-several-accounts = アカウントが いくつも ある 人《ひと》だけの 画面《がめん》です。出《で》ないときは、この 手順《てじゅん》を とばします。
condition-notified = 通知《つうち》が 来《き》た 人《ひと》だけです。来《こ》ないときは、この 手順《てじゅん》を とばします。
condition-no-screen-lock = 画面《がめん》ロックが ない 人《ひと》だけです。出《で》ないときは、この 手順《てじゅん》を とばします。
condition-first-start = アプリを はじめて 開《ひら》いた 人《ひと》だけの 画面《がめん》です。出《で》ないときは、この 手順《てじゅん》を とばします。
privacy = 組織《そしき》は あなたの スマホの 情報《じょうほう》を 取《と》りません。スマホを 管理《かんり》したり 動《うご》かしたり しません。

# The drawn phone, for who hears the page
phone-alt = { $os ->
    [ios] iPhone の 画面《がめん》の 絵《え》
   *[android] Android の 画面《がめん》の 絵《え》
  }: { $title }
phone-alt-tap = { $os ->
    [ios] iPhone の 画面《がめん》の 絵《え》
   *[android] Android の 画面《がめん》の 絵《え》
  }: { $title }。タップするのは「{ $label }」です。

# Ends
ended-finished = 設定《せってい》が 終《お》わりました。
ended-left-unfinished = 途中《とちゅう》で 終《お》えました。
ended-cancelled = 受付《うけつけ》を やめました。
ended-phone-too-old = スマホが 古《ふる》くて、今日《きょう》は できませんでした。
ended-no-screen-lock = 画面《がめん》ロックが なくて、今日《きょう》は できませんでした。
ended-no-smartphone = スマホが なくて、今日《きょう》は できませんでした。
ended-password-again = パスワードが また いります。ここでは パスワードを 出《だ》していません。
ended-password-asked = パスワードが また いるか 聞《き》きました。何《なに》も 変《か》えていません。
registered-phone-sign-in = パスワードなしの サインインが できます。
registered-passkey = パスキーが 使《つか》えます。

# The pass, character by character: in kana alone, for there is no room above them
glyph-upper = おおもじ
glyph-lower = こもじ
glyph-digit = すうじ
glyph-symbol-32 = くうはく
glyph-symbol-33 = ビックリマーク
glyph-symbol-34 = ダブルクォート
glyph-symbol-35 = シャープ
glyph-symbol-36 = ドル
glyph-symbol-37 = パーセント
glyph-symbol-38 = アンド
glyph-symbol-39 = アポストロフィ
glyph-symbol-40 = かっこ ひらく
glyph-symbol-41 = かっこ とじる
glyph-symbol-42 = ほしのしるし
glyph-symbol-43 = プラス
glyph-symbol-44 = カンマ
glyph-symbol-45 = ハイフン
glyph-symbol-46 = ピリオド
glyph-symbol-47 = スラッシュ
glyph-symbol-58 = コロン
glyph-symbol-59 = セミ コロン
glyph-symbol-60 = しょうなり
glyph-symbol-61 = イコール
glyph-symbol-62 = だいなり
glyph-symbol-63 = はてなマーク
glyph-symbol-64 = アット
glyph-symbol-91 = かくかっこ ひらく
glyph-symbol-92 = バックスラッシュ
glyph-symbol-93 = かくかっこ とじる
glyph-symbol-94 = キャレット
glyph-symbol-95 = アンダーバー
glyph-symbol-96 = バッククォート
glyph-symbol-123 = なみかっこ ひらく
glyph-symbol-124 = たてぼう
glyph-symbol-125 = なみかっこ とじる
glyph-symbol-126 = チルダ

# How a character is said aloud
spell-32 = くうはく
spell-33 = ビックリマーク
spell-34 = ダブルクォート
spell-35 = シャープ、いげた
spell-36 = ドルきごう
spell-37 = パーセントきごう
spell-38 = アンドきごう
spell-39 = アポストロフィ
spell-40 = まるかっこ、ひらく
spell-41 = まるかっこ、とじる
spell-42 = アスタリスク、ほしのしるし
spell-43 = プラスきごう
spell-44 = カンマ、コンマ
spell-45 = ハイフン、よこぼう
spell-46 = ピリオド、てん
spell-47 = スラッシュ、ななめのせん
spell-48 = すうじのゼロ
spell-49 = すうじのいち
spell-50 = すうじのに
spell-51 = すうじのさん
spell-52 = すうじのよん
spell-53 = すうじのご
spell-54 = すうじのろく
spell-55 = すうじのなな
spell-56 = すうじのはち
spell-57 = すうじのきゅう
spell-58 = コロン
spell-59 = セミコロン
spell-60 = しょうなりきごう
spell-61 = イコールきごう
spell-62 = だいなりきごう
spell-63 = はてなマーク
spell-64 = アットマーク
spell-65 = おおもじのエー
spell-66 = おおもじのビー
spell-67 = おおもじのシー
spell-68 = おおもじのディー
spell-69 = おおもじのイー
spell-70 = おおもじのエフ
spell-71 = おおもじのジー
spell-72 = おおもじのエイチ
spell-73 = おおもじのアイ
spell-74 = おおもじのジェー
spell-75 = おおもじのケー
spell-76 = おおもじのエル
spell-77 = おおもじのエム
spell-78 = おおもじのエヌ
spell-79 = おおもじのオー
spell-80 = おおもじのピー
spell-81 = おおもじのキュー
spell-82 = おおもじのアール
spell-83 = おおもじのエス
spell-84 = おおもじのティー
spell-85 = おおもじのユー
spell-86 = おおもじのブイ
spell-87 = おおもじのダブリュー
spell-88 = おおもじのエックス
spell-89 = おおもじのワイ
spell-90 = おおもじのゼット
spell-91 = かくかっこ、ひらく
spell-92 = バックスラッシュ、または えんきごう
spell-93 = かくかっこ、とじる
spell-94 = キャレット
spell-95 = アンダーバー
spell-96 = バッククォート
spell-97 = こもじのエー
spell-98 = こもじのビー
spell-99 = こもじのシー
spell-100 = こもじのディー
spell-101 = こもじのイー
spell-102 = こもじのエフ
spell-103 = こもじのジー
spell-104 = こもじのエイチ
spell-105 = こもじのアイ
spell-106 = こもじのジェー
spell-107 = こもじのケー
spell-108 = こもじのエル
spell-109 = こもじのエム
spell-110 = こもじのエヌ
spell-111 = こもじのオー
spell-112 = こもじのピー
spell-113 = こもじのキュー
spell-114 = こもじのアール
spell-115 = こもじのエス
spell-116 = こもじのティー
spell-117 = こもじのユー
spell-118 = こもじのブイ
spell-119 = こもじのダブリュー
spell-120 = こもじのエックス
spell-121 = こもじのワイ
spell-122 = こもじのゼット
spell-123 = なみかっこ、ひらく
spell-124 = たてぼう
spell-125 = なみかっこ、とじる
spell-126 = チルダ
