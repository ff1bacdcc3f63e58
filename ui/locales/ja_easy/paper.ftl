# The hand-out on paper in easy Japanese. 漢字《かんじ》 carries its reading.

paper-title = パスワードを 使《つか》わない サインイン
paper-steps = スマホの 設定《せってい》
paper-tap = 「{ $label }」
paper-sign-in-name = サインイン名《めい》を 入力《にゅうりょく》します。スマホの「{ $label }」を タップします。
paper-at-the-counter = サインイン名《めい》と パスは 窓口《まどぐち》の 画面《がめん》で 見《み》せます。この 紙《かみ》には ありません。
paper-app = アプリの 入《い》れかた
paper-lost = スマホを なくしたとき・かえるとき
paper-lost-do = なくしたら、すぐに 下《した》の 番号《ばんごう》に 電話《でんわ》してください。スマホの 登録《とうろく》を 消《け》します。
paper-new-phone = 新《あたら》しい スマホは、もう一度《いちど》 設定《せってい》します。窓口《まどぐち》に 来《き》てください。前《まえ》の スマホは それまで 持《も》っていてください。
