# The hand-out on paper. It never has the pass or the sign-in name on it.

paper-title = パスワードレス サインインの手引き
paper-steps = スマホの設定
paper-tap = 「{ $label }」
paper-sign-in-name = サインイン名を入力して、スマホの「{ $label }」をタップします。
paper-at-the-counter = サインイン名と一時アクセス パスは、窓口の画面でお見せします。この紙には書いてありません。
paper-app = アプリの入手
paper-lost = スマホをなくしたとき、機種変更のとき
paper-lost-do = なくしたときは、すぐに下の番号へお電話ください。スマホの登録を消します。
paper-new-phone = 新しいスマホでは、もう一度この設定が必要です。窓口へお越しください。前のスマホは、それまでお手元に残しておいてください。
