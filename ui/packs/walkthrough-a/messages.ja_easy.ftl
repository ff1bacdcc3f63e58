# Walk-through A in easy Japanese: short sentences. 漢字《かんじ》 carries its reading. $label is the control to tap.

install-title = アプリを 入《い》れる
install-say = スマホに「Microsoft Authenticator」を 入《い》れます。
install-more = QR コードを 読《よ》みます。または、ストアで「Microsoft Authenticator」を さがします。

first-privacy-title = プライバシーの 説明《せつめい》
first-privacy-say = Microsoft Authenticator を 開《ひら》きます。説明《せつめい》を 読《よ》みます。スマホの「{ $label }」を タップします。
first-privacy-more = はじめて 開《ひら》いたときだけ、3 つの 画面《がめん》が 出《で》ます。

first-usage-title = アプリを よくする お願《ねが》い
first-usage-say = スマホの「{ $label }」を タップします。
first-usage-more = データは 送《おく》っても、送《おく》らなくても だいじょうぶです。

first-account-title = はじめての アカウント
first-account-say = スマホの「{ $label }」を タップします。
first-account-more = QR コードは 使《つか》いません。

a1-title = アカウントを ふやす
a1-say = Microsoft Authenticator を 開《ひら》きます。スマホの「{ $label }」を タップします。
a1-more = 画面《がめん》の 右上《みぎうえ》に あります。

a2-title = アカウントの 種類《しゅるい》
a2-say = スマホの「{ $label }」を タップします。

a3-title = サインインを 選《えら》ぶ
a3-say = スマホの「{ $label }」を タップします。
a3-more = QR コードは 使《つか》いません。

a4-title = ほかの アカウント
a4-say = スマホの「{ $label }」を タップします。

a5-title = サインイン名《めい》を 入力《にゅうりょく》
a5-say = ここに ある サインイン名《めい》を 入力《にゅうりょく》します。スマホの「{ $label }」を タップします。
a5-more = メール アドレスに にていますが、違《ちが》います。「@」の 後《うし》ろも 同《おな》じに 入力《にゅうりょく》します。

a6-title = パスを 入力《にゅうりょく》
a6-say = 一時《いちじ》アクセス パスを 入力《にゅうりょく》します。スマホの「{ $label }」を タップします。
a6-more = 今日《きょう》だけの 合言葉《あいことば》です。自分《じぶん》の パスワードでは ありません。使《つか》える 時間《じかん》は 短《みじか》いです (いつもは 30 分《ぷん》)。

a7-title = 続《つづ》ける
a7-say = スマホの「{ $label }」を タップします。

a8-title = スマホの 登録《とうろく》
a8-say = スマホの「{ $label }」を タップします。

a9-title = 待《ま》つ
a9-say = スマホの 画面《がめん》が 変《か》わるまで 待《ま》ちます。
a9-more = たいてい 1 分《ぷん》くらいです。長《なが》いときは「画面《がめん》が 違《ちが》う」を 押《お》してください。

a10-title = もう一度《いちど》 登録《とうろく》
a10-say = もう一度《いちど》スマホの「{ $label }」を タップします。

a11-title = もう少《すこ》し 待《ま》つ
a11-say = スマホの 画面《がめん》が 変《か》わるまで 待《ま》ちます。
a11-more = たいてい 1 分《ぷん》くらいです。長《なが》いときは「画面《がめん》が 違《ちが》う」を 押《お》してください。

a12-title = 終《お》わる
a12-say = スマホの「{ $label }」を タップします。

a13-title = アカウントの 画面《がめん》
a13-say = この 画面《がめん》に なったら、終《お》わりです。
a13-paper = アカウントの 画面《がめん》に なったら、終《お》わりです。
a13-more = 登録《とうろく》できたか、ここでも 調《しら》べて 知《し》らせます。
