# Walk-through B, as it is read. $label is the control to tap, as the phone names it.

install-title = アプリの確認
install-say = スマホの「Microsoft Authenticator」が新しい版かどうかを、ストアで確かめます。
install-more = 「アップデート」や「更新」が出ていなければ、「確かめました」を押してください。
install-next = 確かめました

b1-title = 登録済みのアカウント
b1-say = Microsoft Authenticator を起動して、スマホの、ご自分のアカウント「{ $label }」をタップします。
b1-more = 「{ $label }」のところには実際の名前が、その下にはご自分のサインイン名が出ています。

b2-title = パスワードレスの設定
b2-say = スマホの「{ $label }」をタップします。

b3-title = 一時アクセス パスの入力
b3-say = 一時アクセス パスを入力して、スマホの「{ $label }」をタップします。
b3-more = 窓口が発行する、短い時間 (標準は 30 分間) だけ使える合言葉です。ご自分のパスワードを聞かれたときは、「画面が違う」を押してください。窓口がパスワードをお渡しすることはありません。

b4-title = 通知
b4-say = スマホに届いた通知「{ $label }」をタップします。

b5-title = 番号の入力
b5-say = 前の画面に出た 2 桁の番号を入力して、スマホの「{ $label }」をタップします。
b5-more = ひとつ前の画面と同じ番号を入れることで、サインインしているのがご本人だと確かめます。ほかの方から聞いた番号は入力しないでください。

b6-title = 設定の続行
b6-say = スマホの「{ $label }」をタップします。

b7-title = デバイスの登録
b7-say = スマホの「{ $label }」をタップします。

b8-title = もう一度登録
b8-say = もう一度、スマホの「{ $label }」をタップします。
b8-more = 画面が変わるまで、たいてい 1 分以内です。

b9-title = 設定の完了
b9-say = スマホの「{ $label }」をタップします。

b10-title = アカウントの画面
b10-say = スマホがこの画面になれば、操作は終わりです。
b10-paper = スマホにアカウントの画面が出れば、操作は終わりです。
b10-more = 登録できたことは、こちらでも確かめてお知らせします。
