# What stands on the person's screen by itself, in easy Japanese: short sentences, a blank between phrases, and
# 漢字《かんじ》 with its reading. What only the operator reads is not here.

# Both sides
app-name = 窓口《まどぐち》
training = 練習《れんしゅう》です – Microsoft では ありません
help-line = 困《こま》ったときは { $number }
trouble-code = エラー番号《ばんごう》
language = 言葉《ことば》
language-ja = 日本語《にほんご》
language-ja_easy = やさしい にほんご
language-en = English
language-pseudo = 疑似《ぎじ》言語《げんご》
go-back = もどる
pass = 一時《いちじ》アクセス パス
row-prepare = 準備《じゅんび》
row-of = { $number } / { $of }
row-first-start = はじめて 開《ひら》いた 画面《がめん》 { $number } / { $of }
pe-side = あなたの 画面《がめん》
rail = どこまで 進《すす》んだか
rail-done = { $number } は 通《とお》りました
rail-proven = { $number } は 確《たし》かめました
rail-prepare = 準備《じゅんび》
rail-prepare-passed = 準備《じゅんび》は 通《とお》りました
rail-first-start = はじめて 開《ひら》いた 画面《がめん》
rail-not-needed = { $number } は いりません
rail-first-start-not-needed = はじめて 開《ひら》いた 画面《がめん》は いりません
os-ios = iPhone
os-android = Android
app-to-install = Microsoft Authenticator
lights = 登録《とうろく》の 確認《かくにん》
lights-count = 確認《かくにん》 { $lit } / { $of }
light-state-off = まだ
light-state-waiting = 待《ま》っています
light-state-lit = できました
light-state-lost = 今《いま》は 使《つか》えません
live-looking = 調《しら》べています…
live-next-look = { $seconds } 秒《びょう》あとに また 調《しら》べます
live-paused-since = { $time } から 調《しら》べられません

pe-out-of-service-title = 今《いま》は 使《つか》えません
pe-out-of-service-lead = 係《かかり》の人《ひと》に 言《い》ってください。
pe-handed-over-title = 受付《うけつけ》を 一度《いちど》 終《お》えました
pe-handed-over-lead = 係《かかり》の人《ひと》が かわります。スマホは そのまま 持《も》っていてください。
pe-handed-over-next = 続《つづ》きは、次《つぎ》の 係《かかり》の人《ひと》が 案内《あんない》します。少《すこ》し 待《ま》ってください。

# Person: how to read
text-size = 文字《もじ》の 大《おお》きさ
text-size-sample = あ
text-size-normal = ふつうの 文字《もじ》
text-size-large = おおきい 文字《もじ》
text-size-largest = いちばん 大《おお》きい 文字《もじ》
text-size-normal-short = ふつう
text-size-large-short = おおきい
text-size-largest-short = いちばん
high-contrast = はっきりした 色《いろ》
high-contrast-short = はっきり
read-aloud-short = こえ
read-aloud = こえ で 読《よ》む
read-aloud-none = こえ: この 機械《きかい》は 読《よ》めません。

# Person: welcome
pe-welcome-title = スマホで サインイン。パスワードは いりません
pe-welcome-lead = Microsoft 365 などで 使《つか》えます。パスワードを 入力《にゅうりょく》する ことが へります。ほかの 人《ひと》に 知《し》られにくく なります。
pe-welcome-install = 待《ま》つ 間《あいだ》に、アプリを 入《い》れられます
pe-store-ios = iPhone (App Store)
pe-store-android = Android (Google Play)
pe-code-ios = App Store の QR コード
pe-code-android = Google Play の QR コード
pe-wifi = お客《きゃく》さまの Wi-Fi
pe-code-wifi = Wi-Fi に つながる QR コード
pe-wifi-password = パスワード:
pe-search = または、ストアで さがします:
pe-helps = 使《つか》うところ
pe-not-used = 使《つか》わないところ

# Person: identity check
pe-checking-title = { $name } さん、本人《ほんにん》か 確《たし》かめています
pe-checking-lead = 係《かかり》の人《ひと》を 待《ま》ってください。
pe-checking-phone = スマホは 自分《じぶん》で 持《も》ってください。係《かかり》の人《ひと》に わたさないで ください。
pe-checking-password = ここで パスワードは 聞《き》きません。

# Person: the walk
pe-walk-name = { $name } さん
pe-names-blanked = 係《かかり》の人《ひと》が もどるまで、名前《なまえ》は 出《だ》しません
pe-phone-which = あなたの スマホは どちらですか
pe-phone-is-ios = iPhone です
pe-phone-is-android = Android です
pe-app-there = もう あります
pe-app-maker = Microsoft Corporation の アプリです。お金《かね》は いりません。
pe-app-code = アプリの コード
pe-app-code-close = 閉《と》じる
pe-tap = スマホで タップするところ
pe-name-what = スマホに 入力《にゅうりょく》する サインイン名《めい》
pe-name-not = × メールの アドレス (入力《にゅうりょく》しません):
pe-keys-letters = アルファベット
pe-keys-capitals = 大《おお》きい 字《じ》
pe-keys-symbols = 記号《きごう》
pe-keys-shift = 上《うえ》の 矢印《やじるし》の キー
pe-other-screen = 画面《がめん》が 違《ちが》う
pe-other-screen-told = 係《かかり》の人《ひと》に 知《し》らせました。スマホの 画面《がめん》を 見《み》せてください。
pe-other-screen-which = スマホの 画面《がめん》は どれですか
pe-other-screen-none = どれも 違《ちが》う
pe-other-screen-back = もとの 画面《がめん》に もどる
pe-other-screen-return = { $number } へ もどる
pe-other-screen-return-prepare = 準備《じゅんび》へ もどる
pe-other-screen-forward = { $number } へ 進《すす》む
pe-other-screen-forward-prepare = 準備《じゅんび》の 続《つづ》きへ 進《すす》む
pe-back = 前《まえ》に もどる
pe-next = スマホで できました
pe-next-install = アプリを 入《い》れました
pe-next-wait = 画面《がめん》が 変《か》わりました
pe-hold-name = ここに ある サインイン名《めい》を 入力《にゅうりょく》します。スマホの「{ $label }」は まだ タップしません。待《ま》ってください。
pe-hold = スマホの「{ $label }」は まだ タップしません。待《ま》ってください。
pe-hold-pass = パスが できるまで 待《ま》ってください。
pe-hold-why = 係《かかり》の人《ひと》が パスを 準備《じゅんび》しています。できたら、ここに ボタンが 出《で》ます。
pe-next-not-shown = この 画面《がめん》は 出《で》ません
pe-seen = この 画面《がめん》に なりました
pe-told = 係《かかり》の人《ひと》に 知《し》らせました

pe-pass-left = 使《つか》える 時間《じかん》
pe-pass-not-yet = 係《かかり》の人《ひと》が パスを 出《だ》します。少《すこ》し 待《ま》ってください。
pe-pass-coming = パスを 出《だ》しています。少《すこ》し 待《ま》ってください。
pe-pass-settling = あと { $seconds } 秒《びょう》くらいで 使《つか》えます。
pe-pass-hidden = パスが できました。係《かかり》の人《ひと》が ここに 出《だ》します。
pe-pass-hidden-reveal = パスが できました。ほかの 人《ひと》が 見《み》ていないか 確《たし》かめます。それから パスを 見《み》ます。
pe-pass-hidden-locked = パスが できました。係《かかり》の人《ひと》が もどるまで、待《ま》ってください。それから 見《み》られます。
pe-pass-reveal = パスを 見《み》る
pe-pass-spell = 読《よ》み方《かた》を 見《み》る
pe-pass-spell-off = 読《よ》み方《かた》を 閉《と》じる
pe-pass-parts = パスを 8 文字《もじ》ずつ 見《み》る
pe-pass-part = { $of } つの うちの { $part } つ目《め》
pe-pass-part-back = 前《まえ》の 8 文字《もじ》
pe-pass-part-next = 次《つぎ》の 8 文字《もじ》
pe-pass-hides = あと { $seconds } 秒《びょう》で 消《き》えます。
pe-pass-longer = もっと 見《み》る (あと { $seconds } 秒《びょう》)
pe-pass-soon = パスが もうすぐ 消《き》えます。「もっと 見《み》る」を 押《お》してください。
pe-pass-entered = パスが 入力《にゅうりょく》されました。
pe-pass-finish = 終《お》わるまでの 時間《じかん》
pe-pass-expired = パスの 時間《じかん》が 終《お》わりました。係《かかり》の人《ひと》が 新《あたら》しい パスを 出《だ》します。
pe-pass-replaced = この パスは もう 使《つか》えません。係《かかり》の人《ひと》が 手伝《てつだ》います。
pe-pass-uncertain = パスを 調《しら》べています。少《すこ》し 待《ま》ってください。

# Person: the end
pe-registered-title = 登録《とうろく》できました
pe-registered-phone = 登録《とうろく》した スマホ: { $phone }
pe-registered-rest = スマホで まだ すること
pe-registered-all = スマホですることは、ぜんぶ 終《お》わりました。
pe-goodbye-finished = お疲《つか》れさまでした
pe-goodbye-finished-more = これからは Microsoft Authenticator で サインインできます。
pe-goodbye-left-unfinished = 続《つづ》きは また 今度《こんど》
pe-goodbye-left-unfinished-more = 設定《せってい》は まだ 終《お》わっていません。また 来《き》てください。
pe-goodbye-cancelled = 受付《うけつけ》を やめました
pe-goodbye-cancelled-more = 設定《せってい》は 終《お》わっていません。また 声《こえ》を かけてください。
pe-goodbye-phone-too-old = 今日《きょう》は、この スマホでは できません
pe-goodbye-phone-too-old-more = この スマホでは アプリが 動《うご》きません。操作《そうさ》の まちがいでは ありません。
pe-goodbye-phone-too-old-next = 新《あたら》しい スマホに したら、また 来《き》てください。急《いそ》ぐときは、セキュリティ キーなど ほかの 方法《ほうほう》を 係《かかり》の人《ひと》が 教《おし》えます。
pe-goodbye-no-screen-lock = 画面《がめん》ロックを 作《つく》って、また 来《き》てください
pe-goodbye-no-screen-lock-more = スマホを 守《まも》るために、画面《がめん》ロックが いります。iPhone は「設定《せってい》」の「Face ID とパスコード」か「Touch ID とパスコード」です。Android は「設定《せってい》」で「画面《がめん》ロック」を さがします。
pe-goodbye-no-screen-lock-next = 番号《ばんごう》は 自分《じぶん》で 決《き》めます。ほかの 人《ひと》に 見《み》せません。できたら、今日《きょう》でも ほかの 日《ひ》でも 続《つづ》けられます。
pe-goodbye-no-smartphone = 今日《きょう》は ここまでです
pe-goodbye-no-smartphone-more = これには スマホが いります。
pe-goodbye-no-smartphone-next = スマホを 持《も》って、また 来《き》てください。スマホを 使《つか》わない 人《ひと》には、セキュリティ キーなど ほかの 方法《ほうほう》を 係《かかり》の人《ひと》が 教《おし》えます。
pe-goodbye-ask = わからないことは { $number } へ 電話《でんわ》してください。
pe-goodbye-lost = スマホを なくしたとき、新《あたら》しい スマホに するときは { $number } へ 電話《でんわ》してください。

# Person: the number of a turn
pe-ticket = 番号《ばんごう》 { $number }
pe-ticket-called = 番号《ばんごう》 { $number } の方《かた》、どうぞ

# Person: trying the sign-in
pe-test-title = 一度《いちど》 やってみましょう
pe-test-step-1 = この 画面《がめん》に 2 けたの 番号《ばんごう》が 出《で》ます
pe-test-step-2 = スマホの 通知《つうち》を 開《ひら》きます
pe-test-step-3 = 同《おな》じ 番号《ばんごう》を 入力《にゅうりょく》します
pe-test-no-password = パスワードは 入力《にゅうりょく》しません
pe-test-site = スマホで QR コードを 読《よ》みます。開《ひら》いた ページで サインインします
pe-test-code = 試《ため》す ページの QR コード
pe-test-link = または、この アドレスを 開《ひら》きます:
pe-test-before = 設定《せってい》の 前《まえ》: パスワードを 聞《き》かれる 画面《がめん》
pe-test-after = 設定《せってい》の 後《あと》: パスワードなしで サインインできた 画面《がめん》
pe-test-sights = 困《こま》ったときは、押《お》してください
pe-test-sight-password-asked = パスワードを 聞《き》かれた
pe-test-sight-no-notification = 通知《つうち》が 来《こ》ない
pe-test-sight-other-screen = 違《ちが》う 画面《がめん》が 出《で》た
pe-test-sight-clear = 前《まえ》の 案内《あんない》に もどる
pe-test-password-asked-title = パスワードは 入力《にゅうりょく》しません
pe-test-password-asked-do = 「代《か》わりに アプリを 使用《しよう》する」を 選《えら》びます。パスワードなしの サインインが 始《はじ》まります。
pe-test-password-asked-more = 前《まえ》に パスワードで サインインした 人《ひと》は、また 聞《き》かれることが あります。ここでは だれも パスワードを 入力《にゅうりょく》しません。
pe-test-no-notification-title = アプリで 通知《つうち》を 見《み》ます
pe-test-no-notification-do = スマホの Authenticator を 開《ひら》きます。「通知《つうち》の 確認《かくにん》」を タップします。
pe-test-no-notification-more = スマホが インターネットに つながっているかも 見《み》てください。
pe-test-other-screen-title = 「今《いま》は スキップ」を 選《えら》びます
pe-test-other-screen-do = サインインの あとに、パスキーを 作《つく》る 画面《がめん》が 出《で》ることが あります。今《いま》は 作《つく》らなくて いいです。
pe-test-other-screen-more = ほかの 画面《がめん》のときは、係《かかり》の人《ひと》に 見《み》せてください。
pe-test-making-way-title = 準備《じゅんび》を しています
pe-test-making-way-lead = 少《すこ》し 待《ま》ってください。
pe-test-signed-in-title = サインインできました
pe-test-signed-in-lead = 係《かかり》の人《ひと》が 確《たし》かめています。少《すこ》し 待《ま》ってください。

# Person: where the password is still used
pe-use-windows = 一《ひと》つ 教《おし》えてください
pe-use-others = もう一《ひと》つ 教《おし》えてください
pe-use-others-ask = 次《つぎ》の どれかで、パスワードを 使《つか》いますか。
pe-use-yes = あります
pe-use-no = ありません
pe-use-dont-know = わかりません
pe-use-calm = どの 答《こた》えでも、今日《きょう》の 設定《せってい》は 使《つか》えます。
pe-use-said = ありがとうございます。係《かかり》の人《ひと》も 同《おな》じ 答《こた》えを 確《たし》かめます。答《こた》えは 変《か》えられます。

# Person: the password
pe-password-reading-title = パスワードの ことを 調《しら》べています
pe-password-reading-lead = 少《すこ》し 待《ま》ってください。
pe-password-retire-title = パスワードは、もう 覚《おぼ》えなくて 大丈夫《だいじょうぶ》です
pe-password-retire = よければ「わかりました」を 押《お》してください。パスワードが 自動《じどう》で 変《か》わるように、係《かかり》の人《ひと》が します。
pe-password-retire-here = よければ「わかりました」を 押《お》してください。係《かかり》の人《ひと》が、パスワードを だれも 知《し》らないものに 変《か》えます。
pe-password-again = さっきは できませんでした。よければ「わかりました」を 押《お》してください。もう一度《いちど》 やります。
pe-password-memo = パスワードを 書《か》かないでください。メモが あったら、捨《す》ててください。
pe-password-nobody = 新《あたら》しい パスワードは、だれも わかりません。管理者《かんりしゃ》も わかりません。
pe-password-understood = わかりました
pe-password-said = ありがとうございます。係《かかり》の人《ひと》が 始《はじ》めます。
pe-password-said-here = ありがとうございます。係《かかり》の人《ひと》が パスワードを 変《か》えます。
pe-password-joining = 始《はじ》めています。少《すこ》し 待《ま》ってください。
pe-password-changing = パスワードを 変《か》えています。少《すこ》し 待《ま》ってください。
pe-password-test-title = もう一度《いちど》、サインインを 試《ため》します
pe-password-test-again = パスワードを、だれも 知《し》らないものに 変《か》える 手続《てつづ》きを しました。スマホの サインインで パスワードを 聞《き》かれないか 見《み》ます。
pe-password-changed = パスワードは、だれも 知《し》らないものに 変《か》わりました。
pe-password-notice = パスワードの お知《し》らせが 来《き》ても、自分《じぶん》で 変《か》えないでください。窓口《まどぐち》に 言《い》ってください。
pe-password-unclear-title = パスワードが 変《か》わったか、まだ わかりません
pe-password-unclear = 返事《へんじ》が 来《き》ませんでした。今《いま》の パスワードは 使《つか》えないかもしれません。
pe-password-changes = この あと 自動《じどう》で 変《か》わります。それからも、ときどき 自動《じどう》で 変《か》わります。
pe-password-no-three-months = 3 か月《げつ》ごとに 変《か》えなくて いいです。
pe-password-unseen-title = パスワードが 自動《じどう》で 変《か》わるように たのみました
pe-password-unseen = 始《はじ》まったか、まだ わかりません。わかるまで、パスワードは 今《いま》の ままです。
pe-password-joined = たのみました。変《か》わるまで、パスワードは 今《いま》の ままです。
pe-password-apps = Outlook や Teams で もう一度《いちど》 サインインが いることが あります。パスワードを 聞《き》かれたら「代《か》わりに アプリを 使用《しよう》する」を 選《えら》びます。
pe-password-devices = 古《ふる》い パスワードを 覚《おぼ》えている 機械《きかい》 (メール、Wi-Fi、プリンターなど) では、その パスワードを 消《け》してください。
pe-password-no-need = スマホで サインインできる 間《あいだ》は、パスワードを 知《し》らなくても 困《こま》りません。
pe-password-lost-phone = スマホを なくしたときは { $number } へ 電話《でんわ》してください。
pe-password-stays-title = パスワードは、今《いま》の ままです
pe-password-used-title = 今《いま》の パスワードを、これからも 使《つか》います
pe-password-must-change-title = パスワードを もう一度《いちど》 決《き》めます
pe-password-stays-still-used = パスワードを 使《つか》うところが あります。覚《おぼ》えていてください。
pe-password-stays-not-proven = 今日《きょう》の 登録《とうろく》は 終《お》わりました。今度《こんど》 来《き》たとき、もう一度《いちど》 サインインを 試《ため》します。
pe-password-stays-off = パスワードを 使《つか》うところが なければ、覚《おぼ》えなくて いいです。
pe-password-stays-never = この アカウントの パスワードは、ここでは 変《か》えません。
pe-password-stays-not-today = 今日《きょう》の 登録《とうろく》は 終《お》わりました。パスワードの ことは、今度《こんど》 来《き》たとき できます。
pe-password-stays-failed = 今日《きょう》は できませんでした。今度《こんど》 来《き》たとき、もう一度《いちど》 やります。
pe-password-stays-must-change = 前《まえ》の パスワードは もう 使《つか》えません。係《かかり》の人《ひと》が 管理者《かんりしゃ》に 連絡《れんらく》します。このあとの ことは、管理者《かんりしゃ》が 説明《せつめい》します。
pe-password-three-months = 今《いま》までと 同《おな》じで、3 か月《げつ》ごとに 変《か》えます。メールが 来《き》たら、その とおりに してください。
pe-password-forgotten = 忘《わす》れたときは、「パスワード リセット」を してください。
pe-password-reset = 新《あたら》しい パスワードは、組織《そしき》の 手続《てつづ》きで 決《き》めます。どこで するか、係《かかり》の人《ひと》が 教《おし》えます。

# Person: a password is needed again
pe-again-calm = どの 答《こた》えでも、スマホの サインインは 使《つか》えます。
pe-again-calm-later = どの 答《こた》えでも、スマホは このあと 設定《せってい》できます。
pe-again-title = パスワードが また いります
pe-again-none-here = ここでも、電話《でんわ》でも、メールでも、パスワードは 教《おし》えません。
pe-again-if-known = 今《いま》の パスワードが 使《つか》えたら、そのまま 使《つか》ってください。使《つか》えないとき、わからないときだけ、もう一度《いちど》 決《き》めます。
pe-again-phone = スマホの サインインは、今《いま》までと 同《おな》じです。
pe-again-phone-later = スマホは、このあと 設定《せってい》できます。
pe-again-leaving = パスワードが 自動《じどう》で 変《か》わらないように しています。少《すこ》し 待《ま》ってください。
pe-again-left = パスワードは もう 自動《じどう》で 変《か》わりません。これから 決《き》める パスワードが 使《つか》えます。
pe-again-not-left = パスワードが まだ 自動《じどう》で 変《か》わります。係《かかり》の人《ひと》が 言《い》うまで、パスワードを 決《き》めないでください。
pe-again-not-needed-title = パスワードは いりません
pe-again-not-known-title = パスワードが いるか、まだ わかりません
pe-again-not-known = 係《かかり》の人《ひと》と いっしょに 調《しら》べます。わかったら、また 来《き》てください。
pe-again-unchanged = 何《なに》も 変《か》えていません。
pe-again-owed = でも、前《まえ》に 来《き》たときの 答《こた》えで、パスワードが 自動《じどう》で 変《か》わるのを 止《と》めています。

# Person: the card to know tomorrow by
pe-card-title = これからの サインイン
pe-card-how = サインインの しかた
pe-card-number-1 = サインイン名《めい》を 入力《にゅうりょく》します
pe-card-number-2 = 画面《がめん》に 番号《ばんごう》が 出《で》ます
pe-card-number-3 = スマホに 同《おな》じ 番号《ばんごう》を 入力《にゅうりょく》します
pe-card-passkey-1 = 「顔《かお》、指紋《しもん》、PIN、または セキュリティ キー」を 選《えら》びます
pe-card-passkey-2 = 画面《がめん》の QR コードを スマホで 読《よ》みます
pe-card-passkey-3 = スマホで 顔《かお》、指紋《しもん》、画面《がめん》ロックを 使《つか》います
pe-card-asked = パスワードを 聞《き》かれたら「代《か》わりに アプリを 使用《しよう》する」を 選《えら》びます。
pe-card-there = 使《つか》わない ところでは、今《いま》の パスワードを 使《つか》います。
pe-card-phone = スマホの こと
pe-card-lost = なくしたら: { $number }
pe-card-lost-hours = なくしたら: { $number } ({ $hours })
pe-card-after-hours = ほかの 時間《じかん》は { $after }
pe-card-new-phone = スマホを 変《か》えるとき: 新《あたら》しい スマホで サインインできるまで、古《ふる》い スマホも 持《も》っていてください。
pe-card-nobody-asks = 電話《でんわ》や メールで 番号《ばんごう》を 聞《き》くことは ありません。
pe-card-password = パスワード
