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
health-config-exposed = この端末の設定ファイルを、ほかの人が書き換えられます。管理者に伝えてください。
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

# Operator: what follows the registration
op-after-try = サインインを試す
op-after-try-again = もう一度試す
op-after-try-station = この窓口の画面で試す
op-after-try-phone = ご本人のスマホで試す
op-after-skip = 試さずに終える
op-after-skip-title = 試さずに終えますか
op-after-skip-what = 登録は済んでいます。パスワードは今のままになり、次に来られたときに試せます。理由は記録されます。
op-after-skip-no-time = 時間がない
op-after-skip-person-declined = ご本人が望まない
op-after-end = 受付を終える

op-test-making-way-title = 試す準備をしています
op-test-making-way-lead = 残っているパスを片付けています。残っていると、スマホより先にパスを聞かれます。
op-test-title = サインインを試しています
op-test-station = ご本人の画面にサインインのページが開きます。番号は、ご本人がスマホに入力します。
op-test-phone = ご本人がスマホで QR コードを読み取り、試験のページでサインインします。
op-test-no-password = ここでは、だれもパスワードを入力しません。
op-test-waits = サインインの結果を待っています。
op-test-sights = ご本人の画面はどうですか
op-test-sight-password-asked = パスワードを聞かれた
op-test-sight-no-notification = 通知が来ない
op-test-sight-other-screen = 違う画面が出た
op-test-sight-clear = 先へ進めた
op-test-do-password-asked = パスワードは入力せず、「代わりにアプリを使用する」を選んでもらってください。
op-test-do-no-notification = スマホの Authenticator を開き、「通知の確認」をタップしてもらってください。
op-test-do-other-screen = パスキーを勧める画面なら、「今はスキップ」を選んでもらってください。ほかの画面なら、一緒に見てください。
op-test-results = 結果
op-test-passed = パスワードなしでサインインできた
op-test-app-instead = アプリに切り替えてできた
op-test-failed = できなかった
op-test-failed-title = 何が起きましたか
op-test-failed-what = 選んだ理由を記録します。登録は済んでいるので、登録のやり直しは要りません。
op-test-failed-phone = うまくいかなかった
op-test-failed-here = ここでは試せない (スマホの問題ではありません)
op-test-signed-in-title = サインインできました
op-test-signed-in-lead = ご本人のサインインであることは、サービスが確かめました。どのようにサインインしたか、見たとおりに選んでください。

op-cause-password-needed = パスワードを入力しないと進めなかった
op-cause-no-notification = スマホに通知が来なかった
op-cause-denied = 番号が違ったか、スマホで拒否された
op-cause-timed-out = 時間内に終わらなかった
op-cause-other-person = 別の方がサインインした
op-cause-consent-missing = 試験用のアプリに、組織の同意がまだない
op-cause-not-assigned = 試験用のアプリが、この方に割り当てられていない
op-cause-station-not-allowed = 条件付きアクセスが、この窓口のブラウザーを止めている
op-cause-no-browser = ブラウザーを開けなかった
op-cause-no-network = ネットワークにつながらなかった
op-cause-unexpected = サービスから、想定していない答えが返った
op-cause-no-time = 時間がなかった
op-cause-person-declined = ご本人が望まなかった
op-cause-unsaid = 理由の記録なし

op-tested-passed = パスワードなしでサインインできました
op-tested-passed-app-instead = 「代わりにアプリを使用する」を選び、パスワードなしでサインインできました
op-tested-not-passed = サインインの試験では、まだできませんでした
op-tested-cannot-be-tried = サインインは、ここでは試せませんでした。スマホの問題ではありません
op-tested-not-tried = サインインは試していません
op-tested-why = 理由: { $why }
op-proof-token = 確かめ方: サービスの署名付きの答え
op-proof-seen = 確かめ方: 担当者が窓口で見た
op-proof-word = 確かめ方: ご本人の言葉

op-use-title = パスワードを使う場面を尋ねる
op-use-ask = 声に出して尋ね、ご本人と同じ答えを選んでください。答えは記録されます。
op-use-others = 次のどれかで、パスワードを使うことがありますか。
op-use-said-none = ご本人の答えを待っています。
op-use-said-yes = ご本人の答え: あります
op-use-said-no = ご本人の答え: ありません
op-use-said-dont-know = ご本人の答え: 分かりません
op-use-yes = あります
op-use-no = ありません
op-use-dont-know = 分かりません
op-use-dont-know-what = 「分かりません」は「あります」として扱います。
op-use-against = ディレクトリには、この方が Windows にサインインしている登録があります。
op-use-despite-title = 「ありません」でよい理由
op-use-despite-what = ディレクトリには、この方が Windows にサインインしている登録があります。理由が分からなければ「あります」として扱います。
op-use-despite-own-computer = ご自分のパソコンの登録
op-use-despite-not-used-any-more = 返却したか、もう使っていないパソコンの登録
op-use-despite-none = 理由は分からない (「あります」として扱う)

op-password-title = パスワードのこと
op-password-reading = 自動変更の対象にできるかどうかを、ディレクトリで確かめています。
op-password-waits = ご本人が「分かりました」を押すと、自動変更を始められます。
op-password-may-join = ご本人は「分かりました」を押しました。
op-password-joining = 自動変更の対象に加えています。少しお待ちください。
op-password-join = 自動変更を始める
op-password-tell = ご本人に伝えること
op-password-on-roll = パスワードの自動変更を始めました。対象に加わったことを読み直して確かめました。
op-password-on-roll-unseen = 自動変更の対象に加えましたが、まだ読み直せていません。確かめられるまで、3 か月ごとの変更は今までどおりです。名簿のグループを、システム管理者があとで確かめます。
op-password-on-roll-not-running = 自動変更の対象に加わったことは、読み直して確かめました。自動変更が動いているかどうかは、この端末では確かめられません。確かめられるまで、3 か月ごとの変更は今までどおりです。システム管理者が、自動変更の実行を確かめます。
op-stays-still-used = 今のパスワードを使い続けます。3 か月ごとの変更も今までどおりです。
op-stays-not-proven = パスワードなしのサインインがまだ十分に確かめられていないため、パスワードは今のままです。次に来られたときに、もう一度試してください。
op-stays-off = この窓口はパスワードの自動変更を扱わないため、パスワードは今のままです。
op-stays-not-today = 今日は自動変更を始めていません。次に来られたときに続けられます。
op-stays-failed = 自動変更を始められなかったため、パスワードは今のままです。続くときは、システム管理者に知らせてください。
op-never-disabled = 無効なアカウントなので、パスワードは今のままです。有効にするかどうかは、ユーザー管理者が決めます。
op-never-guest = ゲストのアカウントなので、パスワードは今のままです。ご所属の組織の窓口が扱います。
op-never-role = ディレクトリのロールをお持ちの方なので、パスワードは今のままです。変えるときは、特権認証管理者が行います。
op-never-restricted = 制限付き管理のアカウントなので、パスワードは今のままです。変えるときは、その管理単位の管理者が行います。
op-never-federated = ほかの認証システムのパスワードなので、今のままです。変えるときは、そのシステムの管理者が行います。
op-never-pass-through = オンプレミスで確かめるパスワードなので、今のままです。変えるときは、Active Directory の管理者が行います。
op-never-domain-unread = だれが管理するパスワードか (ドメインの種類) を読めないため、今のままです。読み取りの許可を、システム管理者に確かめてもらってください。
op-never-listed = 自動変更の対象にしないと決められたアカウントなので、パスワードは今のままです。変えるときは、システム管理者が行います。

# Person: trying the sign-in
pe-test-title = 一度、試してみましょう
pe-test-step-1 = この画面に 2 桁の番号が出ます
pe-test-step-2 = スマホの通知を開きます
pe-test-step-3 = 同じ番号を入力します
pe-test-no-password = パスワードは入力しません
pe-test-site = スマホで QR コードを読み取り、開いたページでサインインします
pe-test-code = 試験のページを開く QR コード
pe-test-link = または、このアドレスを開きます:
pe-test-before = 設定の前: パスワードを聞かれる画面
pe-test-after = 設定の後: パスワードなしでサインインできた画面
pe-test-sights = 困ったときは、押してください
pe-test-sight-password-asked = パスワードを聞かれた
pe-test-sight-no-notification = 通知が来ない
pe-test-sight-other-screen = 違う画面が出た
pe-test-sight-clear = 前の案内に戻る
pe-test-password-asked-title = パスワードは入力しません
pe-test-password-asked-do = 「代わりにアプリを使用する」を選びます。パスワードなしのサインインが始まります。
pe-test-password-asked-more = 前回パスワードでサインインした場合は、もう一度聞かれることがあります。ここでは、だれもパスワードを入力しません。
pe-test-no-notification-title = アプリで、通知を確かめます
pe-test-no-notification-do = スマホの Authenticator を開き、「通知の確認」をタップします。
pe-test-no-notification-more = スマホがインターネットにつながっていることも、確かめてください。
pe-test-other-screen-title = 「今はスキップ」を選びます
pe-test-other-screen-do = サインインのあとに、パスキーの作成を勧める画面が出ることがあります。今は作らなくてかまいません。
pe-test-other-screen-more = ほかの画面のときは、担当者にお見せください。
pe-test-making-way-title = 試す準備をしています
pe-test-making-way-lead = 少しお待ちください。
pe-test-signed-in-title = サインインできました
pe-test-signed-in-lead = 担当者が確かめています。少しお待ちください。

# Person: where the password is still used
pe-use-windows = 一つだけ教えてください
pe-use-others = もう一つだけ教えてください
pe-use-others-ask = 次のどれかで、パスワードを使うことがありますか。
pe-use-yes = あります
pe-use-no = ありません
pe-use-dont-know = 分かりません
pe-use-calm = どの答えでも、今日の設定はそのまま使えます。
pe-use-said = ありがとうございます。担当者も同じ答えを確かめます。答えは変えられます。

# Person: the password
pe-password-reading-title = パスワードのことを確かめています
pe-password-reading-lead = 少しお待ちください。
pe-password-retire-title = パスワードは、もう覚えなくて大丈夫です
pe-password-retire = よろしければ「分かりました」を押してください。担当者が、パスワードの自動変更を始めます。
pe-password-again = さきほどは始められませんでした。よろしければ「分かりました」を押してください。もう一度試します。
pe-password-memo = パスワードは書き残さないでください。メモがあれば、処分してください。
pe-password-nobody = 新しいパスワードは、ご本人にも管理者にも分かりません。
pe-password-understood = 分かりました
pe-password-said = ありがとうございます。担当者が自動変更を始めます。
pe-password-joining = 自動変更を始めています。少しお待ちください。
pe-password-changes = このあと自動で変わり、その後も定期的に自動で変わります。
pe-password-no-three-months = 3 か月ごとの変更は、もう要りません。
pe-password-unseen-title = パスワードの自動変更を申し込みました
pe-password-unseen = 始まったことは、まだ確かめられていません。それまでは、パスワードは今のままです。
pe-password-joined = 申し込みは済みました。実際に変わるまで、パスワードは今のままです。
pe-password-apps = Outlook や Teams がもう一度サインインを求めることがあります。パスワードを聞かれたら「代わりにアプリを使用する」を選びます。
pe-password-devices = 古いパスワードを覚えさせた機器 (メール、Wi-Fi、プリンターなど) では、保存したパスワードを消してください。
pe-password-no-need = スマホでサインインできる間は、パスワードを知らなくても困りません。
pe-password-lost-phone = スマホをなくしたときは { $number } へお電話ください。
pe-password-stays-title = パスワードは、今のままです
pe-password-used-title = 今のパスワードを、これからも使います
pe-password-stays-still-used = パスワードを使う場面があるため、覚えておいてください。
pe-password-stays-not-proven = 今日の登録は済んでいます。次に来られたときに、もう一度サインインを試します。
pe-password-stays-off = パスワードを使う場面がなければ、覚えていなくてもかまいません。
pe-password-stays-never = このアカウントのパスワードは、この窓口では変えません。
pe-password-stays-not-today = 今日の登録は済んでいます。パスワードのことは、次に来られたときに続けられます。
pe-password-stays-failed = 今日は自動変更を始められませんでした。次に来られたときに、もう一度試します。
pe-password-three-months = 3 か月ごとの変更は、今までどおりです。案内のメールが来たら、従ってください。
pe-password-forgotten = 忘れたときは、「パスワード リセット」の手続きをしてください。

# Person: the card to know tomorrow by
pe-card-title = これからのサインイン
pe-card-how = サインインのしかた
pe-card-number-1 = サインイン名を入力します
pe-card-number-2 = 画面に番号が出ます
pe-card-number-3 = スマホに同じ番号を入力します
pe-card-passkey-1 = 「顔、指紋、PIN、またはセキュリティ キー」を選びます
pe-card-passkey-2 = 画面の QR コードをスマホで読み取ります
pe-card-passkey-3 = スマホの顔、指紋、画面ロックで確かめます
pe-card-asked = パスワードを聞かれたら「代わりにアプリを使用する」を選びます。
pe-card-phone = スマホのこと
pe-card-lost = なくしたら: { $number }
pe-card-lost-hours = なくしたら: { $number } ({ $hours })
pe-card-after-hours = 時間外は { $after }
pe-card-new-phone = 機種変更: 新しいスマホの試験が済むまで、古いスマホを初期化しないでください。
pe-card-nobody-asks = 電話やメールで番号を尋ねることはありません。
pe-card-password = パスワード
