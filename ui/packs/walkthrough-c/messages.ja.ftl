# Walk-through C, as it is read. $label is the control to tap, as the phone names it.

install-title = アプリのインストール
install-say = スマホに「Microsoft Authenticator」をインストールします。
install-more = iPhone は iOS 17 から、Android は 14 から使えます。

c1-title = アカウントの追加
c1-say = Microsoft Authenticator を起動して、スマホの「{ $label }」をタップします。
c1-more = 画面の右上にあります。

c2-title = アカウントの種類
c2-say = スマホの「{ $label }」をタップします。

c3-title = サインインの選択
c3-say = スマホの「{ $label }」をタップします。
c3-more = QR コードのほうは、ここでは使いません。

c4-title = サインイン名の入力
c4-say = 表示のサインイン名を入力して、スマホの「{ $label }」をタップします。
c4-more = メール アドレスの形をしていますが、メールの送受信に使うアドレスではありません。「@」の後ろも、表示のとおりに入力します。

c5-title = 一時アクセス パスの入力
c5-say = 一時アクセス パスを入力して、スマホの「{ $label }」をタップします。
c5-more = この設定のために窓口が発行する、短い時間 (標準は 30 分間) だけ使える合言葉です。ご自分のパスワードではありません。

c6-title = 画面ロックの設定
c6-say = スマホの「{ $label }」をタップして、画面ロックを設定します。
c6-more = 番号はご自分で決めて、ほかの方に見せないでください。終わったら、アプリに戻ります。

c7-title = 設定を開く
c7-say = スマホの「{ $label }」をタップします。
c7-more = スマホの設定の画面に移ります。

c8-title = 自動入力の設定
c8-say = { $os ->
    [ios] スマホの「{ $label }」をオンにします。
   *[android] スマホの「{ $label }」をタップします。
  }
c8-more = { $os ->
    [ios] 「設定」の「一般」にある「自動入力とパスワード」です。
   *[android] 言葉や場所は、スマホのメーカーによって少し違います。設定を「パスキー」で検索できます。
  }

c9-title = Authenticator をオンにする
c9-say = { $os ->
    [ios] スマホの「{ $label }」をタップして、印を付けます。
   *[android] スマホの「{ $label }」をオンにします。
  }
c9-more = 終わったら、Microsoft Authenticator に戻ります。

c10-title = パスキーの作成待ち
c10-say = スマホの画面が変わるまで、そのままお待ちください。
c10-more = たいてい 1 分以内です。顔、指紋、または画面ロックの番号を求められることがあります。

c11-title = 設定の完了
c11-say = スマホの「{ $label }」をタップします。

c12-title = アカウントの画面
c12-say = 「パスキー」が出ていれば、操作は終わりです。
c12-more = 登録できたことは、こちらでも確かめてお知らせします。
