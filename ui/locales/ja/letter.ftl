# Mail to the person. The station writes it, no page does: one line each.

letter-subject = 【{ $organisation }】スマホ登録のご案内
letter-subject-security = 【{ $organisation }】パスが発行されました
letter-hello = { $organisation }から、スマホの登録のご案内です。登録すると、パスワードを使わずにサインインできます。
letter-what = 係の者がご案内しますので、下の手順を見ながら一緒に進めてください。
letter-no-pass = このメールに、パスは書いてありません。必要なときに係の者がお伝えします。
letter-pass = 一時アクセス パス
letter-pass-how = 手順の中でパスの入力を求められたら、このとおりに入力してください。大文字と小文字は区別されます。
letter-pass-valid = このパスを使えるのは、{ $from } から { $minutes } 分間、1 回だけです。
letter-pass-no-name = サインイン名は、このメールには書いてありません。係の者がお伝えします。
letter-pass-keep = このメールは、ほかの人に見せたり、転送したりしないでください。
letter-never = 係の者がパスワードや Authenticator に表示された数字をお尋ねすることは、電話でもメールでもありません。
letter-call = お心当たりのないとき、お困りのときは、{ $help_line } へお電話ください。
letter-security = あなたのためにパスが発行されました。心当たりがなければ { $help_line } へ。
letter-security-manager = { $name } さんのためにパスが発行されました。ご本人に心当たりがなければ { $help_line } へ。
letter-security-when = 発行された時刻: { $from }
letter-security-what = パスは、サインインに使うスマホを登録するためのものです。このメールにパスは書いてありません。
letter-training = これは練習のメールです。本物の登録ではありません。
