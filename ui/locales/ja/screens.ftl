# What stands on the screens by itself. `op-` is the operator's side, `pe-` the person's.

# Both sides
app-name = 窓口
training = 訓練用 – Microsoft ではありません
help-line = お困りのときは { $number }
trouble-code = 番号
language = 表示の言語
language-ja = 日本語
language-ja_easy = やさしいにほんご
language-en = English
language-pseudo = 疑似言語
lock = 画面をロックする
go-back = 戻る
pass = 一時アクセス パス
row-prepare = 準備
row-of = 手順 { $number } / { $of }
rail = 手順の進み具合
rail-done = 手順 { $number } は済みました
rail-prepare = 準備
os-ios = iPhone
os-android = Android
app-to-install = Microsoft Authenticator
lights = 登録の確認
light-state-off = まだ
light-state-waiting = 待っています
light-state-lit = 確認済み
light-state-lost = 今は使えません
live-looking = 確認中…
live-next-look = 次の確認まで { $seconds } 秒
live-paused-since = { $time } から確認できていません

# Health of the station
health-host = { $host } (版 { $version })
health-disk = 空き容量 { $amount } GB
health-disk-low = 空き容量が少なくなっています: { $amount } GB
health-memory = 空きメモリ { $amount } GB
health-memory-low = 空きメモリが少なくなっています: { $amount } GB
health-clock = 時計の差 { $seconds } 秒
health-clock-off = 時計が { $seconds } 秒ずれています。端末の日時を直してください。
health-clock-unknown = 時計の差はサインイン後に分かります
health-unconfined = 画面の保護 (サンドボックス) なしで動いています。管理者に伝えてください。
health-config-exposed = この端末の設定ファイル、または設定で指定されたファイルやプログラムを、ほかの人が書き換えられます。管理者に伝えてください。
health-packs = サイトの手順: { $packs }
health-packs-bad = 使えないサイトの手順:

# The configuration cannot be used
op-not-configured-title = 設定を直すと使えるようになります
op-not-configured-do = 次の設定ファイルの項目を直してから、このアプリを起動し直してください。
pe-out-of-service-title = ただいま準備中です
pe-out-of-service-lead = 恐れ入りますが、担当者にお声がけください。

# Operator: welcome and sign-in
op-welcome-title = 受付の担当者がサインインしてください
op-welcome-lead = サインインすると、来られた方の本人確認から、スマホの登録が終わるまでを、この画面で進められます。
op-sign-in = Microsoft でサインイン
op-welcome-next = サインインの流れ
op-welcome-step-1 = ブラウザーが開きます。
op-welcome-step-2 = ご自分の組織アカウントでサインインします。
op-welcome-step-3 = 終わると、この画面が自動で切り替わります。
op-welcome-rule = パスを発行できるロール (認証管理者など) のあるアカウントをお使いください。この画面でパスワードを尋ねることはありません。
op-sign-out = サインアウト
op-close-app = アプリを終了

op-signing-in-title = ブラウザーでサインインしてください
op-signing-in-lead = 開いたブラウザーの画面で、ご自分の組織アカウントを使ってサインインします。終わると、この画面に戻ります。
op-signing-in-resumes = 受付は途中のまま残っています。同じ担当者がサインインすると、続きから再開します。
op-signing-in-left = 待ち時間の残り
op-signing-in-lost = ブラウザーが見えないときは、ほかのウィンドウの後ろを確かめてください。
op-signing-in-cancel = サインインをやめる

op-confirm-operator-title = これは、ご自分のアカウントですか
op-confirm-operator-lead = いつものアカウントとは別のアカウントで、サインインが終わりました。
op-confirm-operator-expected = いつものアカウント:
op-confirm-operator-yes = はい、私のアカウントです
op-confirm-operator-no = いいえ、違います
op-confirm-operator-note = 答えるまで、このアカウントでは何も行いません。「いいえ」を選ぶと、サインインを取り消します。

op-locked-title = この端末はロックされています
op-locked-asked = 担当者がロックしました。
op-locked-idle = 担当者の側の操作がしばらくなかったため、自動でロックしました。
op-locked-token-ended = サインインの有効時間が過ぎたため、ロックしました。
op-locked-sign-in = { $name } さんとしてサインイン
op-locked-other = 別の担当者に替わる (サインアウト)
op-locked-note = 担当者を替えるか、ロックのまま15分たつと、途中の受付は「途中で終了」になります。まだ使えるパスは、次にサインインしたときに削除します。有効時間が過ぎれば、そのまま使えなくなります。

# Operator: home
op-home-title = { $name } さん、受付を始められます
op-home-title-plain = 受付を始められます
op-home-start = 受付を始める
op-home-state = 発行の準備
op-home-no-do = 認証管理者などのロールを有効にしてから、サインインし直してください。
op-home-cannot-tell-do = ロールをまだ有効にしていない方は、有効にしてからサインインし直してください。独自のロールの方は、このまま進められます。
op-home-scopes = 次のアクセス許可がまだありません。管理者に同意を依頼してください。
op-home-pass-once = パスの有効時間は { $minutes } 分、使えるのは 1 回です。
op-home-pass-many = パスの有効時間は { $minutes } 分、その間は何回でも使えます。
op-home-policy-read = 組織の設定を確認済みです。
op-told-title = 前の受付のお知らせ
op-told-stopped = { $time } の記録を最後に、受付の途中でこの端末が止まりました。
op-told-stopped-named = { $time } の記録を最後に、{ $name } さんの受付の途中でこの端末が止まりました。
op-told-later = 終わった受付のパスについて:
op-told-later-named = { $name } さんの、終わった受付のパスについて:
op-told-pass-none = パスは発行されていませんでした。
op-told-pass-left = まだ使えるパスを、本人に残しました。
op-told-pass-used = パスは、本人が使い終えていました。
op-told-pass-expired = パスは有効時間が過ぎ、使えなくなりました。
op-told-pass-removed = パスは、この端末が削除しました。
op-told-pass-pending = パスはまだ削除できていません。サインインすると、この端末が自動で削除します。
op-told-pass-uncertain = パスが発行されたかどうか、まだ分かりません。サインインすると、この端末が自動で確かめます。
op-told-dismiss = 確認しました
op-told-sign-in = サインインすると、お名前が表示されます。
op-home-pending = 行方を確かめているパス
op-home-pending-what = 発行できたかどうか分からないパスです。自動で確かめ、残っていれば削除します。
op-home-pending-until = 遅くとも { $time } に使えなくなります
op-pass-question = この端末のものとは限らないパスが見つかりました。
op-pass-question-when = { $made } に作られたパスです。この端末が発行を求めたのは { $asked } です。ほかの窓口で発行されたものかもしれません。
op-pass-question-do = ほかの窓口に確かめてください。この方に対応している窓口がなければ削除し、あれば残してください。何もしなくても、{ $time } に使えなくなります。
op-pass-question-remove = 削除する
op-pass-question-leave = 残す

# Operator: finding the person
op-find-title = どなたの受付ですか
op-find-by = 探し方
op-find-organisation = 組織ユーザー
op-find-partner = 取引先ユーザー
op-find-sign-in-name = サインイン名
op-find-sign-in-name-what = ドメインまで入力
op-find-name = 氏名
op-find-name-what = 氏名の一部でも可
op-find-label-organisation = 普段使っているアカウント名
op-find-label-partner = 普段使っているアカウント名
op-find-label-sign-in-name = サインイン名
op-find-label-name = 氏名
op-find-example-organisation = 例: fctv-user
op-find-example-partner = 例: fctv-user
op-find-example-sign-in-name = 例: fctv-user@example.jp
op-find-example-name = 例: 姓だけでも探せます
op-find-go = 探す
op-find-busy = 探しています
op-find-preview = この方のサインイン名
op-find-hint = アカウント名を入力すると、ここにサインイン名が出ます。
op-find-hint-name = 同じ氏名の方がいるときは、一覧から選びます。
op-find-several = { $count } 名見つかりました。お一人を選んでください。

# Keys on the glass
op-keypad = アカウント名のキー
op-key-delete = 1 文字消す
op-key-done = 閉じる
op-key-dot = ドット
op-key-hyphen = ハイフン
op-key-underscore = アンダーバー
op-key-at = アットマーク
op-visit-cancel = 受付を取りやめる

# Operator: the person found
op-found-title = この方で間違いありませんか
state-enabled = 有効なアカウント
state-disabled = 無効なアカウント
kind-member = メンバー
kind-internal-guest = ゲスト (この組織でサインイン)
kind-external-guest = 外部のゲスト
department = 部署
employee-id = 社員番号
mail = メール
methods = 登録済みの方法
op-found-live-pass = { $minutes } 分前に発行されたパスが { $time } まで有効です。新しく発行すると、前のパスは使えなくなります。
op-found-yes = この方です。本人確認へ進む
op-found-again = 探し直す

# Operator: identity check
op-check-title = { $name } さんの本人確認
op-check-how = 確かめた方法にチェックを付けてください ({ $count } つ以上)
op-check-voucher = 保証した方の氏名
op-check-keep = 書類の番号や写しは残しません。
op-check-phone-never = 操作は本人が行います。担当者はスマホを預かりません。
op-check-go = 確認を終えて、案内を始める
op-check-lacks = 本人確認とスマホの確認がそろうと進めます。
op-check-ready = 確認した人、方法、時刻を記録します。

# Operator: the board
op-board-check = 本人確認は残り { $minutes } 分、再発行は残り { $renewals } 回
op-board-look = 今すぐ確認
op-board-sign-in-again = サインインの有効時間が過ぎました。同じ担当者がサインインすると続けられます。
op-board-sign-in = サインイン
op-board-other-screen = 「画面が違う」と知らせがありました。スマホの画面を一緒に確かめてください。
op-board-other-screen-is = 「画面が違う」と知らせがありました: { $title }
op-board-other-screen-seen = 確かめた
op-board-offer-add_account = パスで追加する
op-board-offer-enable_phone_sign_in = アプリの中で設定する
op-board-offer-create_passkey = パスキーを作る
op-board-notice = { $number } / { $of } 件
op-board-next-notice = { $number } / { $of } 件、次のお知らせを見る
op-board-notices = お知らせが { $of } 件あります
op-row-back = 戻る
op-row-next = 次へ
op-rows-title = どの手順へ移りますか
op-paper = 紙
op-paper-title = 持ち帰り用の紙
op-paper-what = 手順、アプリの QR コード、問い合わせ先を { $language } で紙にします。パスや氏名は載りません。
op-paper-making = 作っています。少しお待ちください。
op-paper-a4 = A4 の用紙 (手順を文で)
op-paper-a5 = A5 の用紙 (手順の要点)
op-phone-title = スマホ、進め方、言語
op-phone-done = 閉じる
op-phone-app_installed = Microsoft Authenticator は、もう入っていますか
op-phone-account_in_app = 職場のアカウントは、もうアプリに入っていますか
op-phone-yes = はい
op-phone-no = いいえ
op-route = 進め方
op-route-suggested = 登録状況と答えからは「{ $route }」と考えられます。
op-route-other = 進め方を確認
op-route-add_account = アプリに職場のアカウントがまだない
op-route-enable_phone_sign_in = アカウントはアプリにあり、スマホでのサインインがまだ
op-route-create_passkey = アカウントはアプリにあり、パスキーを作る
op-phone-os = スマホの種類
op-phone-lang = スマホの言語
op-person-lang = 案内の言語

op-pass-early = サインイン名を入力する手順で発行します。それより早いと、有効時間が減ります。
op-pass-due = 今、発行してください。パスがないうちは、スマホがパスワードを尋ねます。
op-pass-replaces = { $minutes } 分前のパスが { $time } まで有効です。発行すると、そのパスは使えなくなります。
op-pass-issue = パスを発行する
op-pass-issuing = 記録してから発行しています。少しお待ちください。
op-pass-settling = あと { $seconds } 秒ほどで使えるようになります。
op-pass-settling-plain = もうすぐ使えるようになります。
op-pass-until = { $time } まで有効
op-pass-once = 使えるのは 1 回
op-pass-finish = このあいだに、スマホの操作を終えてもらってください。
op-pass-entered = スマホで入力されました。続きの操作を見守ってください。
op-pass-expired = 有効時間が過ぎました。手順はそのままで、再発行できます。
op-pass-replaced = この方に別のパスが発行されたため、このパスは使えません。手順はそのままで、再発行できます。
op-pass-uncertain = { $time } まで、パスが存在するかもしれません。確かめるまで、この方に新しいパスは発行しません。
op-pass-look = 今すぐ確かめる
op-pass-reveal = 本人の画面に表示
op-pass-hide = 隠す
op-pass-longer = 延長 (残り { $seconds } 秒)
op-pass-renew = 再発行する

op-replace-title = 前のパスを終わらせて、新しく発行しますか
op-replace-what = { $minutes } 分前に発行されたパスが { $time } まで有効です。新しく発行すると、前のパスは使えなくなります。
op-replace-yes = 前のパスを終わらせて発行する

op-renew-title = パスを再発行しますか
op-renew-left = 再発行は残り { $renewals } 回、本人確認は残り { $minutes } 分です。理由は記録されます。
op-renew-reason = 理由
op-renew-expired = 有効時間が過ぎた
op-renew-mistyped = 入力を間違えて使えなくなった
op-renew-used-up = 入力したが、登録が終わらなかった
op-renew-lost = 分からなくなった、ほかの人に見られた
op-renew-same = 目の前にいるのは、本人確認をした { $name } さんです
op-renew-yes = 再発行する
op-renew-needs = 同じ方であることを確かめると、再発行できます。

op-end-cancel = 取りやめ
op-end-leave-unfinished = 途中で終了
op-end-finish = 完了
op-end-finish-title = 使っていないパスが残っています
op-end-leave-unfinished-title = 途中で終えますか
op-end-cancel-title = この受付を取りやめますか
op-end-unused = 発行したパスは、まだ使われていません。どうしますか。
op-end-leave-unfinished-what = 途中で終えたことを記録し、画面から消します。
op-end-cancel-what = ここまでの内容を画面から消し、取りやめたことを記録します。
op-end-cancel-what-pass = 発行したパスを削除し、取りやめたことを記録します。
op-end-remove = 今すぐ削除して終える
op-end-leave = { $time } まで残して終える
op-end-leave-plain = パスを残して終える
op-end-cancel-yes = 取りやめる
op-end-leave-unfinished-yes = 途中で終える

op-not-today = 今日はできない
op-not-today-title = 今日は設定できない方ですか
op-not-today-why = 理由
op-not-today-phone_too_old = スマホが古く、アプリが使えない
op-not-today-no_screen_lock = スマホに画面ロックがない
op-not-today-no_smartphone = スマホを持っていない
op-not-today-what = 利用者の画面に、この次にできることを出します。理由は記録されます。
op-not-today-lock = 今ここで画面ロックを設定できる方は、戻って続けられます。あとで設定する方には、その方法を利用者の画面に出します。理由は記録されます。
op-not-today-yes = 今日は終える

op-ending-title = 片付けています
op-ending-lead = 使っていないパスを削除し、記録しています。少しお待ちください。
op-receipt-title = { $name } さんの受付が終わりました
op-receipt-until = 遅くとも { $time } に使えなくなります。
op-receipt-unrecorded = 終了を記録できませんでした。システム管理者に知らせてください。
op-receipt-clean = この方の情報は、この端末の画面に残りません。
op-receipt-next = 次の方へ

# Person: how to read
text-size = 文字の大きさ
text-size-sample = あ
text-size-normal = 標準の文字
text-size-large = 大きい文字
text-size-largest = 最も大きい文字
high-contrast = 見やすい配色
read-aloud = 読み上げる
read-aloud-none = この端末は、この言語を読み上げられません。

# Person: welcome
pe-welcome-title = スマホで、パスワードなしのサインイン
pe-welcome-lead = Microsoft 365 と、連携するアプリで使えます。パスワードを入力する機会が減るため、漏えいの心配も減ります。
pe-welcome-install = お待ちの間に、アプリをインストールできます
pe-store-ios = iPhone (App Store)
pe-store-android = Android (Google Play)
pe-code-ios = App Store を開く QR コード
pe-code-android = Google Play を開く QR コード
pe-wifi = 来客用 Wi-Fi
pe-code-wifi = 来客用 Wi-Fi につながる QR コード
pe-wifi-password = パスワード:
pe-search = または、ストアで次の名前を検索:
pe-helps = 役に立つ場面
pe-not-used = 使わない場面

# Person: identity check
pe-checking-title = { $name } さん、本人確認をしています
pe-checking-lead = 担当者の案内をお待ちください。
pe-checking-phone = スマホは、ご自分で持って操作してください。担当者がお預かりすることはありません。
pe-checking-password = ここでパスワードをお尋ねすることはありません。

# Person: the walk
pe-walk-name = { $name } さん
pe-names-blanked = 担当者が戻るまで、お名前は表示しません
pe-tap = タップする場所
pe-name-what = スマホに入力するサインイン名
pe-name-not = ← このメール アドレスではありません
pe-other-screen = 画面が違う
pe-other-screen-told = 担当者に知らせました。スマホの画面を担当者に見せてください。
pe-other-screen-which = スマホの画面は、どれに似ていますか
pe-other-screen-none = どれも違う
pe-other-screen-back = 元の手順に戻る
pe-other-screen-done = できました。手順 { $number } に戻る
pe-other-screen-done-prepare = できました。準備に戻る
pe-back = 前へ
pe-next = 次へ
pe-next-install = インストールできました
pe-next-wait = 画面が変わりました
pe-done = できました
pe-done-said = 担当者に知らせました

pe-pass-left = 有効時間
pe-pass-not-yet = 担当者がパスを発行します。少しお待ちください。
pe-pass-coming = パスを発行しています。少しお待ちください。
pe-pass-settling = あと { $seconds } 秒ほどで使えるようになります。
pe-pass-hidden = パスの準備ができました。担当者がここに表示します。
pe-pass-hidden-reveal = パスの準備ができました。まわりから見えないことを確かめて、表示してください。
pe-pass-reveal = パスを表示する
pe-pass-spell = 読み方を見る
pe-pass-spell-off = 読み方を閉じる
pe-pass-hides = あと { $seconds } 秒で隠れます。
pe-pass-entered = パスの入力を確認しました。
pe-pass-finish = 残りの操作を終えるまで
pe-pass-expired = パスの有効時間が過ぎました。手順はこのままで、担当者が新しいパスを発行します。
pe-pass-replaced = このパスは使えなくなりました。手順はこのままで、担当者がご案内します。
pe-pass-uncertain = パスを確かめています。担当者の案内をお待ちください。

# Person: the end
pe-registered-title = 登録できました
pe-registered-phone = 登録したスマホ: { $phone }
pe-registered-rest = スマホに残っている操作
pe-registered-all = スマホの操作は、すべて終わりました。
pe-goodbye-finished = お疲れさまでした
pe-goodbye-finished-more = これからは、スマホの Microsoft Authenticator でサインインできます。
pe-goodbye-left-unfinished = 続きは、またの機会にどうぞ
pe-goodbye-left-unfinished-more = 設定はまだ終わっていません。ご都合のよいときに、もう一度お越しください。
pe-goodbye-cancelled = 受付を取りやめました
pe-goodbye-cancelled-more = スマホの設定は終わっていません。ご用の際は、もう一度お声がけください。
pe-goodbye-phone-too-old = 今日は、このスマホでは設定できません
pe-goodbye-phone-too-old-more = お使いのスマホでは、アプリが動きません。操作に間違いはありませんでした。
pe-goodbye-phone-too-old-next = 新しいスマホにしたときに、もう一度お越しください。お急ぎのときは、組織の決まりに沿って、セキュリティ キーなどほかの方法を担当者がご案内します。
pe-goodbye-no-screen-lock = 画面ロックを設定してから、またお越しください
pe-goodbye-no-screen-lock-more = スマホを守るために、画面ロックが必要です。iPhone は「設定」の「Face ID とパスコード」または「Touch ID とパスコード」で、Android は「設定」で「画面ロック」を検索して設定できます。
pe-goodbye-no-screen-lock-next = 番号はご自分で決めて、ほかの方に見せないでください。設定できたら、今日でも別の日でも、続きができます。
pe-goodbye-no-smartphone = 今日は、ここまでです
pe-goodbye-no-smartphone-more = この設定には、スマホが必要です。
pe-goodbye-no-smartphone-next = スマホをお持ちの日に、もう一度お越しください。スマホをお使いでない方には、組織の決まりに沿って、セキュリティ キーなどほかの方法を担当者がご案内します。
pe-goodbye-ask = 分からないことは { $number } へお電話ください。
pe-goodbye-lost = スマホをなくしたとき、機種を変えるときは { $number } へお電話ください。

# Operator: visits side by side, and numbers for a turn
op-list = 受付の一覧
op-list-fold = 一覧をたたむ
op-list-unfold = 一覧を広げる
op-list-new = 新しい受付を始める
op-list-aside = この受付をいったん置く
op-list-number = 番号 { $number }
op-list-lit = 確認済み { $number } 件
op-list-news = 置いたあとに変化がありました
op-list-told = 番号 { $number } の方の登録が確認できました
op-visit-state-finding = 検索
op-visit-state-checking = 本人確認
op-visit-state-guiding = 案内中
op-visit-state-pass-coming = 発行中
op-visit-state-pass-ready = 入力待ち
op-visit-state-pass-entered = 登録待ち
op-visit-state-pass-expired = 期限切れ
op-visit-state-pass-replaced = 置き換え
op-visit-state-pass-uncertain = 確認が必要
op-visit-state-registered = 登録済み
op-visit-state-ending = 片付け中
op-visit-state-ended = 終了
op-queue-title = 番号札
op-queue-take = 番号 { $number } を渡す
op-queue-call = 番号 { $number } を呼ぶ
op-queue-call-again = もう一度呼ぶ
op-queue-no-show = 来られなかった
op-queue-drop = 一覧から消す
op-queue-none = 番号を持ってお待ちの方はいません。
op-ticket-waiting = お待ち
op-ticket-called = 呼び出し中
op-ticket-missed = 来られなかった
op-home-start-number = 番号 { $number } の受付を始める

# Person: the number of a turn
pe-ticket = 番号 { $number }
pe-ticket-called = 番号 { $number } の方、どうぞ
