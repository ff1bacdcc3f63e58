# Walk-through A, as it is read. $label is the control to tap, as the phone names it.

install-title = アプリのインストール
install-say = スマホに「Microsoft Authenticator」をインストールします。
install-more = iPhone は App Store、Android は Google Play で「Microsoft Authenticator」を検索するか、QR コードを読み取ってください。

first-privacy-title = プライバシーの説明
first-privacy-say = Microsoft Authenticator を開き、説明を読んで、スマホの「{ $label }」をタップします。
first-privacy-more = はじめて開いたときだけ、3 つの画面が出ます。

first-usage-title = アプリの改善への協力
first-usage-say = スマホの「{ $label }」をタップします。
first-usage-more = データを送るかどうかは、どちらでもかまいません。

first-account-title = 最初のアカウント
first-account-say = スマホの「{ $label }」をタップします。
first-account-more = QR コードのほうは、ここでは使いません。

a1-title = アカウントの追加
a1-say = Microsoft Authenticator を起動して、スマホの「{ $label }」をタップします。
a1-more = 画面の右上にあります。

a2-title = アカウントの種類
a2-say = スマホの「{ $label }」をタップします。

a3-title = サインインの選択
a3-say = スマホの「{ $label }」をタップします。
a3-more = QR コードのほうは、ここでは使いません。

a4-title = 別のアカウント
a4-say = スマホの「{ $label }」をタップします。

a5-title = サインイン名の入力
a5-say = 表示のサインイン名を入力して、スマホの「{ $label }」をタップします。
a5-more = メール アドレスの形をしていますが、メールの送受信に使うアドレスではありません。「@」の後ろも、表示のとおりに入力します。

a6-title = 一時アクセス パスの入力
a6-say = 一時アクセス パスを入力して、スマホの「{ $label }」をタップします。
a6-more = この設定のために窓口が発行する、短い時間 (標準は 30 分間) だけ使える合言葉です。ご自分のパスワードではありません。

a7-title = 設定の続行
a7-say = スマホの「{ $label }」をタップします。

a8-title = スマホの登録
a8-say = スマホの「{ $label }」をタップします。

a9-title = 登録の完了待ち
a9-say = スマホの画面が変わるまで、そのままお待ちください。
a9-more = たいてい 1 分以内です。長くかかるときは、「画面が違う」を押してください。

a10-title = もう一度登録
a10-say = もう一度、スマホの「{ $label }」をタップします。

a11-title = 設定の完了待ち
a11-say = スマホの画面が変わるまで、もう少しお待ちください。
a11-more = たいてい 1 分以内です。長くかかるときは、「画面が違う」を押してください。

a12-title = 設定の完了
a12-say = スマホの「{ $label }」をタップします。

a13-title = アカウントの画面
a13-say = スマホがこの画面になれば、操作は終わりです。
a13-paper = スマホにアカウントの画面が出れば、操作は終わりです。
a13-more = 登録できたことは、こちらでも確かめてお知らせします。
