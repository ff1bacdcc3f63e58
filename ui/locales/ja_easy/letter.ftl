# Mail to the person in easy Japanese. 漢字《かんじ》 carries its reading.

letter-subject = [{ $organisation }] スマホの とうろく
letter-subject-security = [{ $organisation }] パスを だしました
letter-hello = { $organisation }からの お知《し》らせです。スマホを 登録《とうろく》します。登録《とうろく》すると パスワードは いりません。
letter-what = 係《かかり》の 人《ひと》が 教《おし》えます。下《した》の やりかたを 見《み》ながら、いっしょに します。
letter-no-pass = この メールに パスは ありません。係《かかり》の 人《ひと》が 言《い》います。
letter-pass = パス
letter-pass-how = スマホが パスを 聞《き》いたら、この とおりに 入《い》れてください。大文字《おおもじ》と 小文字《こもじ》は ちがいます。
letter-pass-valid = この パスは { $from } から { $minutes } 分《ふん》、1 回《かい》だけ 使《つか》えます。
letter-pass-no-name = サインイン名《めい》は この メールには ありません。係《かかり》の 人《ひと》が 言《い》います。
letter-pass-keep = この メールを ほかの 人《ひと》に 見《み》せないでください。送《おく》らないでください。
letter-never = 係《かかり》の 人《ひと》は パスワードを 聞《き》きません。Authenticator の 数字《すうじ》も 聞《き》きません。
letter-call = この メールを 知《し》らないとき、わからないとき、こまったときは、{ $help_line } に 電話《でんわ》してください。
letter-security = あなたの パスを 出《だ》しました。知《し》らないときは { $help_line } に 電話《でんわ》してください。
letter-security-manager = { $name } さんの パスを 出《だ》しました。本人《ほんにん》が 知《し》らないときは { $help_line } に 電話《でんわ》してください。
letter-security-when = 出《だ》した 時間《じかん》: { $from }
letter-security-what = パスは スマホを 登録《とうろく》するときに 使《つか》います。この メールに パスは ありません。
letter-training = これは 練習《れんしゅう》の メールです。本物《ほんもの》では ありません。
