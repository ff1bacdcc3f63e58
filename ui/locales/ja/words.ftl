# Words the machine asks for by key. Troubles have a file of their own.
# $phone and $name may be empty, so they stand where nothing misses them.

# The live check, one line on both screens
live-not-started = パスを発行すると、登録の確認が始まります。
live-install = アプリの準備ができたら、先へ進みます。
live-settling = パスを準備しています。少しお待ちください。
live-waiting-pass = スマホでパスが入力されるのを待っています。
live-pass-entered = パスの入力を確認しました。スマホの操作を続けてください。
live-added = スマホの追加を確認しました。{ $phone }
live-push-only = スマホの追加を確認しました。パスワードレスの設定はこれからです。{ $phone }
live-confirming = 登録が届きました。もう一度確かめています。
live-not-again = 登録が一度見えましたが、その後は見えません。もう一度、スマホの画面を確かめてください。確認は続けています。
live-ready-phone = パスワードレス サインインの登録が完了しました。{ $phone }
live-ready-probably = パスワードレス サインインは、おそらく登録できています。ここからはスマホの登録が見えません。サインインを試して確かめてください。{ $phone }
live-not-provable = スマホは追加されました。ここからはスマホの登録が見えません。サインインを試して確かめてください。{ $phone }
live-note-new-pass = 新しいパスを発行したので、パスの確認は最初からになります。
live-note-narrow = この窓口は登録情報を 1 種類ずつしか読めないため、登録の確認に時間がかかります。
live-note-old-app = スマホの Authenticator は、更新が必要です (バージョン { $version })。ストアで更新してください。{ $phone }
live-note-other-passkey = Authenticator ではない別のパスキーが登録されました。{ $name }
live-note-codes-only = コードを表示するだけのアプリが登録されました。パスワードレスには Authenticator が必要です。
note-passkey-app = 同期されるパスキーも許可されている方なので、Authenticator { $version } 以降が必要です。古ければ、先に更新してもらってください。
note-passkey-off = 認証方法ポリシーが、この方のパスキーを止めています。進め方を替えるか、認証ポリシー管理者に連絡してください。
note-passkey-guest = ゲストの方は、まだパスキーを登録できません。進め方を替えてください。
note-passkey-cannot-tell = パスキーのポリシーを読めないため、この方が登録できるかどうかは分かりません。このまま進められます。
note-passkey-over = サインインから 5 分が過ぎました。スマホにパスキーがまだできていなければ、手順 { $row } に戻り、同じパスをもう一度入力してもらってください。
note-passkey-over-new-pass = サインインから 5 分が過ぎました。スマホにパスキーがまだできていなければ、パスを再発行して、手順 { $row } からやり直してもらってください。
live-ready-passkey = パスキーの登録が完了しました。
live-pass-expired = パスの有効時間が過ぎました。新しいパスで続けられます。
live-pass-replaced = 別のパスが発行されました。このパスはもう使えません。
live-uncertain = パスが発行されたかどうかを確かめています。少しお待ちください。
live-paused = 今は登録を確かめられません。自動でやり直します。
live-steps = 手順のとおりに、スマホを操作してください。
live-pass-coming = 担当者がパスを準備しています。
live-pass-ready = パスの準備ができました。
live-waiting-registration = 登録が届くのを待っています。
live-checking = 登録を確かめています。そのままお待ちください。
live-passkey-time = ここからは 5 分ほどで済ませます。過ぎてもやり直せますので、あわてずにどうぞ。
live-passkey-again = 時間が過ぎました。手順 { $row } からもう一度行います。担当者がご案内します。

light-pass-usable = パスが使える
light-pass-entered = パスを入力した
light-authenticator-added = 認証アプリの登録がある
light-device-registered = スマホのデバイス登録
light-phone-sign-in-ready = パスワードレス サインインができる
light-passkey-ready = パスキーができた

# What the operator should know before going on
warn-live-pass = { $made_unix_ms } に発行されたパスが、{ $until_unix_ms } まで有効です。新しく発行すると、前のパスは使えなくなります。
warn-pass-not-yet = あとで有効になるパスが、すでに発行されています。新しく発行すると、そのパスは使えなくなります。
warn-old-phone = 通知だけを受け取るスマホが { $count } 台、前から登録されています。完了の判定には数えません。{ $phone }
warn-ready-already = パスワードレス サインインができるスマホが { $count } 台、すでに登録されています。{ $phone }
warn-authenticators-full = Authenticator (Outlook の通知を含む) が上限の 5 台まで登録されていて、このままではスマホを追加できません。使わないスマホの登録の削除を、認証管理者に頼んでください (Entra 管理センター → ユーザー → 認証方法)。
warn-mixed-scripts = 氏名に、ふつうは一緒に使わない種類の文字が混ざっています。形の似た別の文字かもしれません。サインイン名で確かめてください。
state-mixed-scripts = 文字の種類が混在
warn-synced = オンプレミスの Active Directory から同期されているアカウントです。
warn-target-unknown = この方のロールを読めません。管理者であれば、発行が断られることがあります。
warn-enabled-untold = このアカウントが有効かどうかを、ディレクトリが答えませんでした。無効なアカウントには、何を登録してもサインインできません。本人確認の前に、Entra 管理センターで確かめてください。
warn-kind-untold = この方がメンバーかゲストかを、ディレクトリが答えませんでした。ほかの組織のゲストには、ここではパスを発行できません。本人確認の前に、この組織の方かどうかを確かめてください。
warn-untold-elsewhere = 招待されたか、ほかの組織でサインインする方です。メンバーかゲストかは、ディレクトリが答えませんでした。この組織のパスの発行が断られたり、パスを使えなかったりすることがあります。本人確認の前に、どこでサインインする方かを確かめてください。
warn-limits-unread = この窓口でこの方のパスを発行してよいかを、今は読み取れません。発行の前にもう一度読み取り、読み取れなければ発行しません。続くときは、システム管理者に連絡してください。
warn-guest-internal = 種類が「ゲスト」のアカウントです。この組織でサインインする方なので、パスを発行できます。
warn-member-elsewhere = 招待されたか、ほかの組織でサインインするメンバーです。この組織のパスの発行が断られたり、パスを使えなかったりすることがあります。本人確認の前に、どこでサインインする方かを確かめてください。
warn-scope-unknown = この方が一時アクセス パスの対象に入っているかどうかは、発行するまで分かりません。
warn-passkey-off = 認証方法ポリシーが、この方のパスキーを止めています。パスキーの進め方は選べません。必要な方なら、認証ポリシー管理者に相談してください。
warn-passkey-off-only = 認証方法ポリシーが、この方の Authenticator のパスキーを止めているため、このままでは登録を終えられません。本人確認の前に、認証ポリシー管理者に連絡してください (Entra 管理センター → 認証方法 → ポリシー → パスキー)。
warn-passkey-guest = ゲストの方は、まだパスキーを登録できません。パスキーの進め方は選べません。
warn-passkey-guest-only = ゲストの方は、まだパスキーを登録できないため、このままでは登録を終えられません。本人確認の前に、認証ポリシー管理者に相談してください。
warn-passkey-cannot-tell = パスキーのポリシーを読めないため、この方が登録できるかどうかは分かりません。このまま進められます。
warn-only-telephone = 認証方法が電話番号 (SMS、音声) だけの方です。2027 年 2 月 1 日からは、パスキーを登録するまでサインインできなくなります (組織が別の通信事業者を設定した場合を除く)。今日の登録が済めば、その心配はありません。

# Whether Conditional Access will let the phone in
warn-access-asking = このスマホを登録できるか、条件付きアクセスに問い合わせています。待たずに進めます。
warn-access-works = 条件付きアクセスは、この方のスマホの登録を止めません。
warn-access-works-here = この場所のネットワークからなら、条件付きアクセスはこの方のスマホの登録を止めません。ほかの場所 (モバイル データ通信など) からは、ポリシーに止められることがあります。先にスマホをここの Wi-Fi につないでもらってください。
warn-access-only-wifi = 登録できるのは、ここの Wi-Fi「{ $ssid }」からだけです。モバイル データ通信では止められます。先にスマホを Wi-Fi につないでもらってください。コードは、アプリを入れる手順のご本人の画面にあります。
warn-access-only-here = 登録できるのは、この場所のネットワークからだけです。モバイル データ通信では止められます。先にスマホを Wi-Fi につないでもらってください。
warn-access-only-mobile = 登録できるのは、この場所のネットワークの外からだけです。スマホの Wi-Fi を切り、モバイル データ通信で進めてもらってください。
warn-access-stopped = 条件付きアクセス ポリシー「{ $policy }」が、スマホの登録を止めます。パスを発行する前に、ポリシーの管理者に連絡してください。
warn-access-no-pass = 条件付きアクセス ポリシー「{ $policy }」の認証強度「{ $strength }」は、一時アクセス パスを受け付けません。パスを発行する前に、ポリシーの管理者に連絡してください。
warn-access-cannot-tell = 条件付きアクセスがスマホの登録を止めるかどうかは、分かりませんでした。このまま進めます。

# Methods already there
method-password = パスワード
method-authenticator-push = Authenticator か Outlook (通知のみ) { $name }
method-authenticator-phone = Microsoft Authenticator (パスワードレス) { $name }
method-passkey-authenticator = Microsoft Authenticator のパスキー { $name }
method-passkey = パスキー { $name }
method-pass = 一時アクセス パス ({ $until_unix_ms } まで)
method-pass-not-yet = 一時アクセス パス (まだ有効になっていません)
method-pass-idle = 一時アクセス パス (今は使えません)
method-pass-ended = 一時アクセス パス (終了)
method-phone = 電話番号
method-email = メール アドレス
method-codes = コードを表示するアプリ
method-windows-hello = Windows Hello
method-platform-credential = Mac のサインイン情報
method-other = そのほかの方法 ({ $kind })
method-cannot-tell = ほかの認証方法が登録されているかどうかは、読み取れませんでした
method-none = 登録されている認証方法はありません

# What was done with the search text
note-nothing-sent = 何も送っていないので、パスは発行されていません。
note-width-folded = 全角の文字を半角にして探しました。
note-domain-kept = 入力された「@」の後ろを、そのまま使いました。

# The tenant's rules for passes
policy-unread = 組織のパスの設定を読めないため、この端末の設定で発行します。
policy-disabled = 組織で一時アクセス パスが無効になっています。認証ポリシー管理者に、有効にするよう依頼してください。
policy-bounded = 組織の設定に合わせて、パスの有効時間は { $minutes } 分になります。
policy-passkey-offer = サインインのあとに、パスキーの設定を勧める画面が出ることがあります (担当者のサインインも同じです)。この端末には作らず、「今はスキップ」を選んでください。
policy-passkey-insists = サインインのあとに、パスキーの設定を求める画面が出ることがあります (担当者のサインインも同じです)。この端末には作らないでください。「今はスキップ」がなければ、ご自分の端末で先に登録してもらってください。

# Identity check
check-staff-card = 社員証を見て、顔と名前を確かめた
check-photo-id = 写真付きの身分証を見て、顔と名前を確かめた
check-vouching = 上司など、この方を知る人が保証した
check-call-back = 登録されている電話番号に折り返し、ご本人を確かめた
check-phone = スマホはご本人のもので、ご本人が手に持っている

# Walk-through
condition-several-accounts = アカウントを複数お持ちの方だけに出る画面です。出ないときは、この手順をとばします。
condition-notified = 通知が届いた方だけの手順です。届かないときは、この手順をとばします。
condition-no-screen-lock = 画面ロックがまだない方だけに出る画面です。出ないときは、この手順をとばします。
condition-first-start = アプリをはじめて開いた方だけに出る画面です。出ないときは、この手順をとばします。
privacy = この操作により、組織がデバイスの情報を取得したり、管理や制御をしたりすることはありません。

# The drawn phone, for who hears the page
phone-alt = { $os ->
    [ios] iPhone の画面の絵
   *[android] Android の画面の絵
  }: { $title }
phone-alt-tap = { $os ->
    [ios] iPhone の画面の絵
   *[android] Android の画面の絵
  }: { $title }。タップするのは「{ $label }」です。

# Ends
ended-finished = 設定が完了しました。
ended-left-unfinished = 途中で終えました。
ended-cancelled = 受付を取り消しました。
ended-phone-too-old = スマホが古く、今日は設定できませんでした。
ended-no-screen-lock = 画面ロックがなく、今日は設定できませんでした。
ended-no-smartphone = スマホがなく、今日は設定できませんでした。
ended-password-again = パスワードがまた必要な方でした。パスも、パスワードも、発行していません。
ended-password-asked = パスワードがまた必要かどうかを確かめました。何も変えていません。
pass-end-none = パスは発行していません。
pass-end-used = パスは使用済みです。
pass-end-removed = パスは削除しました。
pass-end-left = 使っていないパスを残しました。有効時間が過ぎると使えなくなります。
pass-end-expired = パスの有効時間は過ぎています。
pass-end-gone = パスはもうありません。
pass-end-pending = パスはまだ削除できていません。担当者がサインインすると、この端末が自動で削除します。削除できなくても、有効時間が過ぎると使えなくなります。
pass-end-not-there = パスは見つからないという応答でした。確実になるまでこの端末が確認を続け、また現れたら削除します。
pass-end-uncertain = パスが残っているかどうか、まだ確かめられていません。この端末が確認を続け、残っていれば削除します。削除できなくても、有効時間が過ぎると使えなくなります。
registered-phone-sign-in = パスワードレス サインインが使えるようになりました。
registered-passkey = パスキーが使えるようになりました。

# Whether the operator may issue
may-issue-yes = パスを発行できます
may-issue-yes-for-admins = 管理者の方にもパスを発行できます
may-issue-cannot-tell = パスを発行できるかどうかは、発行するときに分かります

# Stages of the pass
stage-none = 未発行
stage-issuing = 発行しています
stage-settling = 準備しています
stage-live = 有効
stage-entered = 入力済み
stage-expired = 期限切れ
stage-replaced = 置き換えられました
stage-renewing = 再発行しています
stage-uncertain = 確認しています

# The pass, character by character
glyph-upper = 大文字
glyph-lower = 小文字
glyph-digit = 数字
glyph-symbol-32 = 空白
glyph-symbol-33 = ビックリ
glyph-symbol-34 = ダブルクォート
glyph-symbol-35 = シャープ
glyph-symbol-36 = ドル
glyph-symbol-37 = パーセント
glyph-symbol-38 = アンド
glyph-symbol-39 = アポストロフィ
glyph-symbol-40 = かっこ 開く
glyph-symbol-41 = かっこ 閉じる
glyph-symbol-42 = 星印
glyph-symbol-43 = プラス
glyph-symbol-44 = カンマ
glyph-symbol-45 = ハイフン
glyph-symbol-46 = ピリオド
glyph-symbol-47 = スラッシュ
glyph-symbol-58 = コロン
glyph-symbol-59 = セミ コロン
glyph-symbol-60 = 小なり
glyph-symbol-61 = イコール
glyph-symbol-62 = 大なり
glyph-symbol-63 = はてな
glyph-symbol-64 = アット
glyph-symbol-91 = 角かっこ 開く
glyph-symbol-92 = 逆斜線
glyph-symbol-93 = 角かっこ 閉じる
glyph-symbol-94 = 山形
glyph-symbol-95 = アンダーバー
glyph-symbol-96 = 逆引用符
glyph-symbol-123 = 波かっこ 開く
glyph-symbol-124 = 縦線
glyph-symbol-125 = 波かっこ 閉じる
glyph-symbol-126 = チルダ

# How a character is said aloud
spell-32 = 空白
spell-33 = 感嘆符、ビックリマーク
spell-34 = 二重引用符、ダブルクォート
spell-35 = シャープ、井げた
spell-36 = ドル記号
spell-37 = パーセント記号
spell-38 = アンド記号
spell-39 = アポストロフィ、一重引用符
spell-40 = 丸かっこ、開く
spell-41 = 丸かっこ、閉じる
spell-42 = アスタリスク、星印
spell-43 = プラス記号
spell-44 = カンマ、コンマ
spell-45 = ハイフン、横棒
spell-46 = ピリオド、点
spell-47 = スラッシュ、斜線
spell-48 = 数字のゼロ
spell-49 = 数字のいち
spell-50 = 数字のに
spell-51 = 数字のさん
spell-52 = 数字のよん
spell-53 = 数字のご
spell-54 = 数字のろく
spell-55 = 数字のなな
spell-56 = 数字のはち
spell-57 = 数字のきゅう
spell-58 = コロン
spell-59 = セミコロン
spell-60 = 小なり記号
spell-61 = イコール記号
spell-62 = 大なり記号
spell-63 = 疑問符、はてなマーク
spell-64 = アットマーク
spell-65 = 大文字のエー
spell-66 = 大文字のビー
spell-67 = 大文字のシー
spell-68 = 大文字のディー
spell-69 = 大文字のイー
spell-70 = 大文字のエフ
spell-71 = 大文字のジー
spell-72 = 大文字のエイチ
spell-73 = 大文字のアイ
spell-74 = 大文字のジェー
spell-75 = 大文字のケー
spell-76 = 大文字のエル
spell-77 = 大文字のエム
spell-78 = 大文字のエヌ
spell-79 = 大文字のオー
spell-80 = 大文字のピー
spell-81 = 大文字のキュー
spell-82 = 大文字のアール
spell-83 = 大文字のエス
spell-84 = 大文字のティー
spell-85 = 大文字のユー
spell-86 = 大文字のブイ
spell-87 = 大文字のダブリュー
spell-88 = 大文字のエックス
spell-89 = 大文字のワイ
spell-90 = 大文字のゼット
spell-91 = 角かっこ、開く
spell-92 = バックスラッシュ、または円記号
spell-93 = 角かっこ、閉じる
spell-94 = 山形記号、キャレット
spell-95 = 下線、アンダーバー
spell-96 = 逆向きの引用符、バッククォート
spell-97 = 小文字のエー
spell-98 = 小文字のビー
spell-99 = 小文字のシー
spell-100 = 小文字のディー
spell-101 = 小文字のイー
spell-102 = 小文字のエフ
spell-103 = 小文字のジー
spell-104 = 小文字のエイチ
spell-105 = 小文字のアイ
spell-106 = 小文字のジェー
spell-107 = 小文字のケー
spell-108 = 小文字のエル
spell-109 = 小文字のエム
spell-110 = 小文字のエヌ
spell-111 = 小文字のオー
spell-112 = 小文字のピー
spell-113 = 小文字のキュー
spell-114 = 小文字のアール
spell-115 = 小文字のエス
spell-116 = 小文字のティー
spell-117 = 小文字のユー
spell-118 = 小文字のブイ
spell-119 = 小文字のダブリュー
spell-120 = 小文字のエックス
spell-121 = 小文字のワイ
spell-122 = 小文字のゼット
spell-123 = 波かっこ、開く
spell-124 = 縦線、縦棒
spell-125 = 波かっこ、閉じる
spell-126 = 波線、チルダ

# The hand-out
op-paper-printed = 印刷に送りました。
op-paper-saved = PDF を保存しました: { $file }

# Directory roles as Graph names them, in small letters with hyphens; any other is shown as it comes
role-global-administrator = グローバル管理者
role-privileged-role-administrator = 特権ロール管理者
role-privileged-authentication-administrator = 特権認証管理者
role-authentication-administrator = 認証管理者
role-authentication-policy-administrator = 認証ポリシー管理者
role-helpdesk-administrator = ヘルプデスク管理者
role-user-administrator = ユーザー管理者
role-groups-administrator = グループ管理者
role-password-administrator = パスワード管理者
role-security-administrator = セキュリティ管理者
role-application-administrator = アプリケーション管理者
role-cloud-application-administrator = クラウド アプリケーション管理者
role-exchange-administrator = Exchange 管理者
role-sharepoint-administrator = SharePoint 管理者
role-teams-administrator = Teams 管理者
role-intune-administrator = Intune 管理者
role-conditional-access-administrator = 条件付きアクセス管理者
role-billing-administrator = 課金管理者
role-license-administrator = ライセンス管理者
role-global-reader = グローバル閲覧者
role-security-reader = セキュリティ閲覧者
