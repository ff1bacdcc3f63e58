# What went wrong, in one sentence, and under `-do` what to do next. Menu and role names are those of the Entra admin centre in Japanese.

# Network and service
trouble-no-network = Microsoft のサービスにつながりません。
trouble-no-network-do = ネットワークの接続を確かめて、もう一度お試しください。直らないときは、ネットワークの担当者に連絡してください。
trouble-network-wants-sign-in = このネットワークは、使う前にサインインが必要です。
trouble-network-wants-sign-in-do = ブラウザーでネットワークのサインインを済ませてから、もう一度お試しください。
trouble-untrusted = 接続先が本物かどうかを確かめられないため、通信を止めました。
trouble-untrusted-do = このまま使わずに、この端末の日時、証明書 (ca_file)、プロキシの設定を、システム管理者に確かめてもらってください。
trouble-service-down = Microsoft のサービスが、今は応答していません。
trouble-service-down-do = 数分待って、もう一度お試しください。続くときは、Microsoft 365 管理センターの「サービス正常性」を確かめてください。
trouble-throttled = サービスが混み合っています。
trouble-throttled-do = { $seconds } 秒ほど待って、もう一度お試しください。
trouble-unexpected = サービスから、想定していない答えが返りました。
trouble-unexpected-do = もう一度お試しください。続くときは、下のエラー番号をシステム管理者に伝えてください。
trouble-network-refused = Microsoft のサービスではなく、ネットワークの途中にあるもの (フィルターやプロキシなど) が答えました。
trouble-network-refused-do = この端末から Microsoft のサインインと Graph の宛先へ通信できるように、ネットワークの管理者に頼むか、別のネットワークを使ってください。直前まで使えていたときは、プロキシの先の回線が一時的に切れていることがあります。少し待ってから、もう一度お試しください。サインインをやり直しても直りません。
trouble-proxy-wants-sign-in = ネットワークのプロキシが利用者の確認を求めているため、通信できません。
trouble-proxy-wants-sign-in-do = この端末から Microsoft の宛先へ、プロキシへのサインインなしで通信できるように、プロキシの管理者に頼んでください。別のプロキシを使うときは設定ファイルの network.proxy を、プロキシ用の名前とパスワードを使うときは network.proxy_credentials を「store」に変え、「madoguchictl proxy store」で登録するよう、システム管理者に頼んでください。そのあと、このアプリを起動し直してください。
trouble-proxy-rejects = この端末に登録されているプロキシ用の名前とパスワードを、ネットワークのプロキシが受け付けません。
trouble-proxy-rejects-do = 「madoguchictl proxy store」で登録し直すようシステム管理者に頼み、そのあと、このアプリを起動し直してください。
trouble-nothing-lists = この方の登録の一覧を、どの方法でも読めません。
trouble-nothing-lists-do = 確認は自動で続けています。待てないときは、この方にスマホでサインインを試してもらってください。続くときは、下のエラー番号をシステム管理者に伝えてください。

# Sign-in of the operator
trouble-sign-in-declined = サインインを取り消しました。
trouble-sign-in-declined-do = 続けるときは、もう一度サインインしてください。
trouble-sign-in-timed-out = 時間内にサインインが終わりませんでした。
trouble-sign-in-timed-out-do = もう一度サインインしてください。前のブラウザーの画面は閉じてかまいません。
trouble-tenant-not-found = 設定されている組織 (テナント) が見つかりません。
trouble-tenant-not-found-do = 設定ファイルのテナント ID と接続先のクラウドを、システム管理者に確かめてもらってください。
trouble-wrong-tenant = 別の組織のアカウントでサインインしました。
trouble-wrong-tenant-do = この窓口の組織のアカウントで、もう一度サインインしてください。
trouble-app-misconfigured = Entra に登録されたアプリの設定が、この端末の設定と合っていません。
trouble-app-misconfigured-do = Entra 管理センター → アプリの登録 → 認証 で、プラットフォーム「モバイル アプリケーションとデスクトップ アプリケーション」とリダイレクト URI「http://localhost」を確かめてください。ロール: アプリケーション管理者。
trouble-consent-needed = このアプリが使うアクセス許可に、組織の同意がまだありません。
trouble-consent-needed-do = Entra 管理センター → エンタープライズ アプリケーション → アクセス許可 で、管理者の同意を与えてもらってください。ロール: クラウド アプリケーション管理者。
trouble-sign-in-blocked = 組織の条件付きアクセスにより、サインインが止められました。
trouble-sign-in-blocked-do = Entra 管理センター → 監視と正常性 → サインイン ログ に理由があります。条件付きアクセス管理者に連絡してください。
trouble-sign-in-invalid = サインインの結果を確かめられなかったため、使わずに捨てました。
trouble-sign-in-invalid-do = もう一度サインインしてください。続くときは、この端末の日時と設定ファイルの接続先を、システム管理者に確かめてもらってください。
trouble-port-unavailable = サインインの結果を受け取る準備ができませんでした。
trouble-port-unavailable-do = もう一度お試しください。続くときは、セキュリティ ソフトが localhost での受信を止めていないか、システム管理者に確かめてもらってください。
trouble-browser-failed = サインイン用のブラウザーを開けませんでした。
trouble-browser-failed-do = 設定ファイルのブラウザーのコマンドを、システム管理者に確かめてもらってください。
trouble-sign-in-refused = サインインが受け付けられませんでした。
trouble-sign-in-refused-do = もう一度サインインしてください。続くときは、Entra 管理センターのサインイン ログで理由を確かめてください。
trouble-other-operator = 担当中の方ではない、別の方がサインインしました。
trouble-other-operator-do = 担当中の方のアカウントで、もう一度サインインしてください。途中の受付があれば、そのまま残っています。
trouble-sign-in-again = サインインの有効時間が終わりました。
trouble-sign-in-again-do = 同じアカウントで、もう一度サインインしてください。受付とパスはそのまま残っています。
trouble-token-too-short = サインインの残り時間が、1 回の受付に足りません。
trouble-token-too-short-do = もう一度サインインしてから、受付を始めてください。
trouble-operator-guest = ゲストのアカウントでは、パスを発行できません。
trouble-operator-guest-do = この組織のメンバーのアカウントで、もう一度サインインしてください。
trouble-scope-missing = このアプリに必要なアクセス許可が足りません: { $scopes }
trouble-scope-missing-do = Entra 管理センター → アプリの登録 → API のアクセス許可 で、README にある委任されたアクセス許可を追加し、管理者の同意を与えてもらってください。ロール: クラウド アプリケーション管理者。
trouble-may-not-issue = パスの発行は許可されませんでした。このアカウントには、パスを発行できるロールが見えません。
trouble-may-not-issue-do = 「認証管理者」ロールの割り当てを依頼するか、Privileged Identity Management で有効にしてから、下のボタンを押してください。ロールが管理単位 (Administrative unit) に限られているときは、この方がその管理単位に入っているかどうかも確かめてもらってください。
trouble-not-assigned = このアカウントは、このアプリに割り当てられていません。
trouble-not-assigned-do = Entra 管理センター → エンタープライズ アプリケーション → このアプリ → ユーザーとグループ で、アカウントを追加してもらってください。ロール: クラウド アプリケーション管理者。
trouble-role-not-seen = このアカウントに、新しいロールは見えません。
trouble-role-not-seen-do = 有効になるまで、1 分ほどかかることがあります。少し待ってから、もう一度押してください。独自のロールや、管理単位 (Administrative unit) に限られたロールは、ここでは見えません。その場合は、このまま進めてください。
trouble-operator-not-confirmed = ご自分のアカウントではないとの答えだったため、サインインを取り消しました。
trouble-operator-not-confirmed-do = ご自分のアカウントで、もう一度サインインしてください。心当たりのないアカウントが出たときは、管理者に知らせてください。

# Finding the person
trouble-nothing-typed = まだ何も入力されていません。
trouble-nothing-typed-do = 普段使うアカウント名、サインイン名、または氏名を入力してください。
trouble-not-an-account = アカウント名として使えない文字が入っています。
trouble-not-an-account-do = 英数字のアカウント名を入力するか、「氏名」で探してください。
trouble-unknown-domain = 「{ $domain }」は、この組織のドメインではありません。
trouble-unknown-domain-do = メール アドレスではなく、サインイン名を入力してください。多くは、組織の方は「{ $organisation }」、取引先の方は「{ $partner }」です。
trouble-not-found = この名前のアカウントは見つかりませんでした。
trouble-not-found-do = つづりと、組織・取引先の区別を確かめてください。メール アドレスではなく、サインイン名で探します。氏名でも探せます。
trouble-not-everywhere-yet = アカウントは見つかりましたが、まだサービスのすべてには行き渡っていません。
trouble-not-everywhere-yet-do = 作られたばかりのアカウントではよくあることです。1 分ほど待ってから、もう一度お試しください。続くときは、アカウントが削除されていないかをシステム管理者に確かめてもらってください。
trouble-person-disabled = このアカウントは、サインインが止められています。
trouble-person-disabled-do = 使ってよい方かどうかを人事またはシステム管理者に確かめ、ユーザー管理者に有効にしてもらってください。
trouble-person-external-guest = ほかの組織のアカウントを使うゲストの方には、パスを発行できません。
trouble-person-external-guest-do = その方が所属する組織の窓口で設定してもらってください。
trouble-person-is-operator = 自分自身のパスは発行できません。
trouble-person-is-operator-do = ほかの担当者に、その方のアカウントで受付をしてもらってください。
trouble-person-protected = この方は「{ $role }」ロールをお持ちのため、今のサインインでは発行できません。
trouble-person-protected-do = 「特権認証管理者」ロールを持つ担当者に、発行してもらってください。
trouble-read-not-permitted = この方の情報を読む許可がありません。
trouble-read-not-permitted-do = アクセス許可 User.Read.All と UserAuthenticationMethod.Read.All への同意と、「認証管理者」ロールが Privileged Identity Management で有効かどうか、管理単位 (Administrative unit) に限られたロールのときはこの方がそこに入っているかどうかを、システム管理者に確かめてもらってください。
trouble-person-served = この方の受付は、すでに番号 { $number } で進んでいます。
trouble-person-served-do = 一覧の番号 { $number } を前に出して続けるか、そちらを先に終えてください。
trouble-warning-not-heeded = 先に確かめることがあります。
trouble-warning-not-heeded-do = 赤い注意を読み、チェックを付けてください。
trouble-admin-by-telephone = この方は管理者のロールをお持ちのため、電話では受け付けられません。
trouble-admin-by-telephone-do = 窓口に来てもらってください。来られないときは、システム管理者に相談してください。
trouble-roles-unknown-by-telephone = この方が管理者かどうかを読み取れなかったため、電話では受け付けられません。
trouble-roles-unknown-by-telephone-do = もう一度探してください。続くときは、窓口に来てもらってください。
trouble-too-many = 当てはまる方が多すぎます。
trouble-too-many-do = 氏名をもう少し長く入力するか、アカウント名で探してください。

# Identity check
trouble-check-missing = 本人確認が、まだ足りません。
trouble-check-missing-do = 確かめた方法を { $required } つ以上選び、チェックを付けてください。
trouble-phone-not-confirmed = スマホがご本人のものかどうかの確認が、まだです。
trouble-phone-not-confirmed-do = スマホがご本人のもので、手元にあることを確かめて、チェックを付けてください。
trouble-voucher-missing = 保証した方の氏名が、まだ入力されていません。
trouble-voucher-missing-do = 保証した方の氏名を入力してください。
trouble-check-expired = 本人確認の有効時間が過ぎました。
trouble-check-expired-do = この受付を終え、新しい受付で、もう一度ご本人を確かめてください。
trouble-same-person-not-confirmed = 同じ方が続けているかどうかの確認が、まだです。
trouble-same-person-not-confirmed-do = 同じ方がここにいることを確かめて、チェックを付けてください。
trouble-renewals-used-up = 1 回の本人確認で再発行できるのは { $max } 回までです。
trouble-renewals-used-up-do = この受付を終え、新しい受付で、もう一度ご本人を確かめてください。
trouble-caller-not-proofed = 電話の相手の確認が、まだ足りません。
trouble-caller-not-proofed-do = 「必要なこと」がそろうまで、登録されている番号にかけて確かめてください。
trouble-same-telephone = ご本人の番号と上司の番号が、同じ電話のものです。
trouble-same-telephone-do = どちらかで別の番号を選ぶか、ほかの方法で確かめてください。

# The pass
trouble-pass-lifetime =
    { $max ->
        [0] この組織では、この長さのパスを発行できません。どの長さなら発行できるかは、答えにありませんでした。
       *[other] この組織のパスの有効時間は、{ $min } 分から { $max } 分までです。
    }
trouble-pass-lifetime-do = Entra 管理センター → 保護 → 認証方法 → 一時アクセス パス → 構成 の有効期間か、この端末の設定を変えてもらってください。ロール: 認証ポリシー管理者。
trouble-pass-out-of-scope = この方は、一時アクセス パスの対象に入っていません。
trouble-pass-out-of-scope-do = Entra 管理センター → 保護 → 認証方法 → 一時アクセス パス → 有効化およびターゲット で、対象に加えてもらってください。反映には数分かかります。ロール: 認証ポリシー管理者。
trouble-pass-not-permitted = この方へのパスの発行は、許可されませんでした。
trouble-pass-not-permitted-do = 「認証管理者」ロールが Privileged Identity Management で有効かどうかと、ロールが管理単位 (Administrative unit) に限られているときはこの方がそこに入っているかどうかを確かめてください。この方が管理者のときは、「特権認証管理者」ロールを持つ担当者に依頼してください。
trouble-pass-once-forced = この組織では、1 回だけ使えるパスしか発行できません。
trouble-pass-once-forced-do = この端末の設定を「1 回だけ」に変えるか、Entra 管理センター → 保護 → 認証方法 → 一時アクセス パス → 構成 の「1 回限りの使用」を変えてもらってください。ロール: 認証ポリシー管理者。
trouble-pass-exists = 前に発行されたパスが、まだ有効です。
trouble-pass-exists-do = 前のパスを終わらせてよいことをご本人と確かめてから、置き換えて発行してください。
trouble-pass-uncertain = パスが発行されたかどうか、まだ分かりません。
trouble-pass-uncertain-do = 今、確かめています。結果が出るまで、この方の次のパスは発行できません。
trouble-pass-not-recorded = 記録を書き込めないため、パスを発行できません。
trouble-pass-not-recorded-do = この端末の空き容量と、データ フォルダーに書き込めるかどうかを、システム管理者に確かめてもらってください。
trouble-pass-refused = パスの発行が、サービスに受け付けられませんでした。
trouble-pass-refused-do = 少し待って、もう一度お試しください。続くときは、下のエラー番号をシステム管理者に伝えてください。
trouble-pass-blocked = この方には、前に発行されたかもしれないパスが残っています。
trouble-pass-blocked-do = 確認が終わるか、そのパスの有効時間が過ぎるまで、お待ちください。
trouble-pass-policy-disabled = この組織では、一時アクセス パスが無効になっています。
trouble-pass-policy-disabled-do = Entra 管理センター → 保護 → 認証方法 → 一時アクセス パス で、有効にしてもらってください。ロール: 認証ポリシー管理者。
trouble-pass-not-removed = 前のパスを削除できませんでした。
trouble-pass-not-removed-do = 少し待って、もう一度お試しください。Entra 管理センター → ユーザー → 認証方法 でも削除できます。ロール: 認証管理者。
trouble-pass-replaced = この方に別のパスが発行されたため、この端末のパスは使えなくなりました。
trouble-pass-replaced-do = ほかの窓口で対応中でないかを確かめ、必要なら、ここで再発行してください。

trouble-lost-phone-first = なくしたスマホが、まだ使えるかもしれません。パスはそのあとで発行します。
trouble-lost-phone-first-do = 前の登録を取り除くか、担当者に頼んでから「このまま進む」を押してください。

trouble-phone-since = この受付が始まってから、スマホが登録されました。パスは、その確認のあとで発行します。
trouble-phone-since-do = 上の確認で、取り除くか、ご本人のものかを選んでください。

trouble-passes-per-hour = この端末で 1 時間に発行できるパスは { $passes } 回までです。今は発行できません。
trouble-passes-per-hour-do = 次のパスは { $next_unix_ms } から発行できます。お急ぎのときは、別の窓口の端末をご利用ください。

# The site's own limits
trouble-operator-not-listed = この窓口でパスを発行できる担当者は決まっていて、あなたは入っていません。
trouble-operator-not-listed-do = 発行できる担当者に代わってもらうか、担当者に加えるようシステム管理者に頼んでください。
trouble-person-not-listed = この窓口でパスを発行できる方は決まっていて、この方は入っていません。
trouble-person-not-listed-do = 担当の窓口を案内してください。この窓口が担当のはずのときは、システム管理者に連絡してください。
trouble-person-excepted = この窓口では、この方のパスを発行しません。
trouble-person-excepted-do = だれが受け付けるかを、システム管理者に確かめてください。
trouble-limits-unread = この方のパスを発行してよいかを読み取れなかったため、発行しませんでした。
trouble-limits-unread-do = もう一度お試しください。続くときは、アクセス許可 User.Read.All への同意をシステム管理者に確かめてもらってください。

# A colleague confirms
trouble-colleague-needed = もう一人の担当者の確認が済むまで、このパスは発行できません。
trouble-colleague-needed-do = 「もう一人の担当者に確認を頼む」を押し、確認してよい担当者にサインインしてもらってください。
trouble-colleague-is-operator = サインインしたのがあなた自身だったため、確認されていません。
trouble-colleague-is-operator-do = もう一度頼み、ほかの担当者に、その人のアカウントでサインインしてもらってください。
trouble-colleague-is-person = パスを受け取る方がサインインしたため、確認されていません。
trouble-colleague-is-person-do = もう一度頼み、確認してよい担当者にサインインしてもらってください。
trouble-colleague-elsewhere = ほかの組織のアカウントでサインインしたため、確認されていません。
trouble-colleague-elsewhere-do = もう一度頼み、この組織のアカウントを選んでもらってください。
trouble-colleague-guest = ゲストのアカウントでサインインしたため、確認されていません。
trouble-colleague-guest-do = もう一度頼み、この組織のメンバーである担当者にサインインしてもらってください。
trouble-colleague-not-listed = サインインした方は、この窓口で確認してよい担当者に入っていません。
trouble-colleague-not-listed-do = 確認してよい担当者に、もう一度頼んでください。この方も入っているはずのときは、システム管理者に連絡してください。
trouble-colleague-declined = サインインが取り消されたため、確認されていません。
trouble-colleague-declined-do = 準備ができたら、もう一度頼んでください。確認できる担当者がいないときは、途中で終えて、日を改めてもらってください。
trouble-colleague-timed-out = 時間内にサインインされなかったため、確認されていません。
trouble-colleague-timed-out-do = ブラウザーのサインインの画面を閉じ、担当者が来てから、もう一度頼んでください。
trouble-colleague-unread = 確認してよい担当者かどうかを読み取れなかったため、確認されていません。
trouble-colleague-unread-do = もう一度頼んでください。続くときは、アクセス許可 User.Read.All への同意をシステム管理者に確かめてもらってください。
trouble-colleague-not-fresh = たった今サインインしたことを確かめられなかったため、確認されていません。
trouble-colleague-not-fresh-do = もう一度頼み、サインインし直してもらってください。続くときは、アプリの登録に省略可能な要求 auth_time を加えるよう、システム管理者に頼んでください。

# The hand-out
trouble-hand-out-not-made = 持ち帰り用の紙を作れませんでした。
trouble-hand-out-not-made-do = もう一度お試しください。続くときは、この端末のログをシステム管理者に見てもらってください。
trouble-hand-out-not-printed = 印刷できませんでした ({ $program })。
trouble-hand-out-not-printed-do = プリンターの電源と用紙を確かめて、もう一度お試しください。
trouble-hand-out-not-saved = PDF を保存できませんでした ({ $folder })。
trouble-hand-out-not-saved-do = そのフォルダーに書き込めるかどうかを、システム管理者に確かめてもらってください。
trouble-hand-out-not-here = この端末の OS では、持ち帰り用の紙を作れません。
trouble-hand-out-not-here-do = 画面の QR コードと問い合わせ先をご案内ください。

# The station
trouble-not-now = この操作は、今の画面では使えません。
trouble-not-now-do = 画面の内容を確かめて、もう一度お試しください。
trouble-visits-full = 同時に開ける受付の数を超えています。
trouble-visits-full-do = 開いている受付を終えてから、新しい受付を始めてください。
trouble-visit-gone = この受付は、もう終わっています。
trouble-visit-gone-do = はじめの画面から、新しい受付を始めてください。
trouble-record-failed = 記録を書き込めませんでした。
trouble-record-failed-do = この端末の空き容量と、データ フォルダーに書き込めるかどうかを、システム管理者に確かめてもらってください。
trouble-record-displaced = 記録のファイルがなくなったか、別のものに替わりました。新しいパスは発行できません。
trouble-record-displaced-do = 今の受付を終えたら、アプリを閉じてシステム管理者に連絡してください。元のファイルを戻すか、今の状態を承認すると、また使えます。
trouble-record-broken = 記録の一部が、書き込んだときと違っています。新しいパスは発行できません。
trouble-record-broken-do = 今の受付を終えたら、アプリを閉じてシステム管理者に連絡してください。どこが違うかは、管理者が確かめられます。
trouble-not-allowed-here = この操作は、この画面からは使えません。
trouble-not-allowed-here-do = 担当者に声をかけてください。

trouble-visit-open = 受付の途中です。
trouble-visit-open-do = いったん置いた受付も含めて、「完了して終える」「途中で終える」「受付を取り消す」のいずれかで終えてください。
trouble-kiosk-stays = この端末のアプリは、ウィンドウからは終了できません。
trouble-kiosk-stays-do = サインインして、はじめの画面にある「アプリを終了」を押してください。受付の途中なら、先に受付を終えてください。

# What follows the registration
trouble-answers-differ = ご本人の画面の答えと、ここで選んだ答えが違います。
trouble-answers-differ-do = ご本人にもう一度尋ね、同じ答えを選んでください。
trouble-roll-not-recorded = 記録を書き込めないため、パスワードの自動変更を始めませんでした。
trouble-roll-not-recorded-do = もう一度お試しください。続くときは、そのまま受付を終えてかまいません。この端末の空き容量と、データ フォルダーに書き込めるかどうかを、システム管理者に確かめてもらってください。
trouble-roll-not-permitted = この方を自動変更の対象に加える許可がありません。
trouble-roll-not-permitted-do = パスワードは今のままです。受付はそのまま終えられます。自動変更のグループのメンバーを変えるアクセス許可への同意と、そのグループの所有者かどうかを、システム管理者に確かめてもらってください。
trouble-patch-not-permitted = パスワードを変える許可がありません。
trouble-patch-not-permitted-do = 受付はそのまま終えられます。この方法には、ユーザー管理者か特権認証管理者のロールと、アクセス許可 User-PasswordProfile.ReadWrite.All への同意が要ります。システム管理者に確かめてもらってください。
trouble-reset-not-permitted = パスワードをリセットする許可がありません。
trouble-reset-not-permitted-do = 受付はそのまま終えられます。この方法には、認証管理者のロールと、アクセス許可 UserAuthMethod-Password.ReadWrite.All への同意が要ります。システム管理者に確かめてもらってください。
trouble-password-on-premises = オンプレミスのパスワードなので、この方法では変えられません。
trouble-password-on-premises-do = パスワードは今のままです。受付はそのまま終えられます。変えるときは、Active Directory の管理者に頼んでください。
trouble-write-back-failed = 新しいパスワードを、オンプレミスのディレクトリが受け付けませんでした。
trouble-write-back-failed-do = パスワードは今のままです。受付はそのまま終えられます。パスワード ライトバックの設定と、ライトバック用アカウントにこの方のパスワードを変える権限があるかを、Active Directory の管理者に確かめてもらってください。
trouble-reset-failed = パスワードをリセットできませんでした。
trouble-reset-failed-do = パスワードは今のままです。もう一度お試しください。続くときは、システム管理者に知らせてください。
trouble-password-not-accepted = 新しいパスワードを、ディレクトリが続けて受け付けませんでした。
trouble-password-not-accepted-do = 受付はそのまま終えられます。組織のパスワードの決まりと、設定 passwords.length を、システム管理者に確かめてもらってください。
trouble-password-unclear = パスワードを変える要求に、続けて応答がありませんでした。
trouble-password-unclear-do = 変わったかどうか分かりません。スマホのサインインはそのまま使えます。少し待ってからもう一度お試しください。続くときは、システム管理者に知らせてください。
trouble-password-not-recorded = 記録を書き込めないため、パスワードを変えませんでした。
trouble-password-not-recorded-do = もう一度お試しください。続くときは、そのまま受付を終えてかまいません。この端末の空き容量と、データ フォルダーに書き込めるかどうかを、システム管理者に確かめてもらってください。
trouble-method-not-there = この方法は、まだ見つかりません。登録した直後は、見つかるまで少しかかります。
trouble-method-not-there-do = 少し待って、もう一度お試しください。
trouble-method-still-there = 取り除いたという応答のあとも、まだ登録されています。
trouble-method-still-there-do = もう一度取り除いてください。消えないときは、Entra 管理センターでこの方の認証方法を確かめてください。
trouble-phone-not-recorded = 記録に書けなかったため、前のスマホの登録には何もしていません。
trouble-phone-not-recorded-do = もう一度お試しください。続くときは、システム管理者に知らせてください。
trouble-roll-not-left = この方を、自動変更の対象から外せませんでした。
trouble-roll-not-left-do = 受付はそのまま終えられます。担当者がサインインしているあいだ、この端末が自動でやり直し、外せるまで最初の画面に出します。
trouble-again-without-colleague = この電話の相手の確認は、もう一人の担当者の確認があってはじめて足ります。もう一人の担当者が確認するのは、パスの発行だけです。
trouble-again-without-colleague-do = 受付をやり直し、折り返しの電話や上司への電話だけで足りるように確かめるか、窓口へ来てもらってください。
trouble-again-lost-phone = なくしたスマホか、そのあとに登録されたスマホが、ほかの人の手にあるかもしれません。パスワードのことは、そのあとで扱います。
trouble-again-lost-phone-do = 前のスマホの登録を取り除いてサインインを終わらせ、あとから登録されたスマホの確認に答えてください。ここでできないときは、この受付を終え、システム管理者に頼んでください。
trouble-roll-never = この方のアカウントが変わり、パスワードを変えられなくなりました。
trouble-roll-never-do = 何も変えていません。受付はそのまま終えられます。アカウントの何が変わったか、システム管理者に確かめてもらってください。
trouble-sessions-not-ended = パスワードは変わりましたが、ほかの機器のサインインを終わらせられませんでした。
trouble-sessions-not-ended-do = 受付はそのまま続けられます。アクセス許可 User.RevokeSessions.All への同意を、システム管理者に確かめてもらってください。

trouble-mail-no-mailbox = メールを送れるメールボックスがありません。
trouble-mail-no-mailbox-do = [notice] way で共有メールボックスか組織のメール サーバーを使うよう、管理者に伝えてください。今回はパスを読み上げます。
trouble-mail-not-permitted = メールを送る権限がありません。
trouble-mail-not-permitted-do = 管理者に Mail.Send (共有メールボックスなら Mail.Send.Shared) の同意を確かめてもらってください。今回はパスを読み上げます。
trouble-mail-not-as-sender = 共有メールボックスから送ることが許可されていません。
trouble-mail-not-as-sender-do = 管理者に Exchange の「メールボックス所有者として送信」とフル アクセスを確かめてもらってください。反映まで 2 時間ほどかかることがあります。
trouble-mail-address-refused = このアドレスはメールを送る側で受け付けられませんでした。
trouble-mail-address-refused-do = アドレスをもう一度 1 文字ずつ読み上げて確かめ、違っていれば入れ直してください。
trouble-mail-too-many = メールボックスが送れる数の上限に達したか、いっぱいです。
trouble-mail-too-many-do = 今回はパスを読み上げてください。別のメールボックスを使うか、時間をおくよう、管理者に伝えてください。
trouble-mail-too-large = メールが大きすぎて受け付けられませんでした。
trouble-mail-too-large-do = 今回はメールなしで進め、管理者に知らせてください。
trouble-mail-later = メールを送る側が、今は受け付けていません。
trouble-mail-later-do = 1 分ほどおいて、もう一度送ってください。急ぐときはパスを読み上げます。
trouble-mail-refused = メールは受け付けられませんでした。
trouble-mail-refused-do = もう一度送っても同じなら、パスを読み上げ、エラー番号を管理者に知らせてください。
trouble-mail-unclear = メールを渡せたかどうか分かりません。
trouble-mail-unclear-do = 届いたかどうかをご本人に聞いてから、送り直してください。
trouble-relay-away = メール サーバーにつながりません。
trouble-relay-away-do = [notice.relay] の host と port、ネットワークを管理者に確かめてもらってください。今回はパスを読み上げます。
trouble-relay-silent = メール サーバーが答えません。
trouble-relay-silent-do = port と encryption の組み合わせ (587 と starttls、465 と tls) を管理者に確かめてもらってください。
trouble-relay-untrusted = メール サーバーの証明書を信頼できません。何も送っていません。
trouble-relay-untrusted-do = [notice.relay] の host が証明書の名前と同じか、cloud.ca_file が要るかを管理者に確かめてもらってください。
trouble-relay-plain = メール サーバーが暗号化に対応していません。何も送っていません。
trouble-relay-plain-do = 暗号化 (STARTTLS か TLS) のできるメール サーバーを管理者に用意してもらってください。
trouble-relay-no-sign-in = メール サーバーが、使えるサインインの方法を持っていません。
trouble-relay-no-sign-in-do = notice.relay.credentials を "none" にできるか、管理者に確かめてもらってください。
trouble-relay-sign-in = メール サーバーが名前とパスワードを受け付けません。
trouble-relay-sign-in-do = 資格情報ストアの名前とパスワードを管理者に入れ直してもらってください。
trouble-relay-no-password = メール サーバーに伝える名前とパスワードが、資格情報ストアにありません。
trouble-relay-no-password-do = 管理者に入れてもらい、アプリを起動し直してください。
trouble-relay-sender = メール サーバーが、この差出人からのメールを受け付けません。
trouble-relay-sender-do = notice.relay.from のアドレスを管理者に確かめてもらってください。
trouble-mail-no-address = ディレクトリにこの方のメール アドレスがなく、パス発行のお知らせを送れません。
trouble-mail-no-address-do = 受付は続けられます。パスが発行されたことを、ほかの方法でご本人に伝えてください。
trouble-mail-no-manager = ディレクトリに上司のメール アドレスがなく、パス発行のお知らせを送れません。
trouble-mail-no-manager-do = 受付は続けられます。上司の方への連絡が要るかどうかを、管理者に確かめてください。
trouble-mail-name-in-letter = サインイン名がパスと同じメールに入ってしまうため、送りませんでした。
trouble-mail-name-in-letter-do = パスを読み上げてください。設定の言葉やアドレスにサインイン名が入っていないか、管理者に確かめてもらってください。
trouble-address-invalid = メール アドレスの形ではありません。
trouble-address-invalid-do = name@example.com のような形か、1 文字ずつ確かめてください。
trouble-address-not-read-back = メール アドレスを読み上げて確かめていません。
trouble-address-not-read-back-do = 1 文字ずつ読み上げ、ご本人が「はい」と言ったら印を付けてください。
trouble-pass-not-by-mail = このパスは、このアドレスにはメールで送れません。
trouble-pass-not-by-mail-do = 理由はメールの画面に出ています。パスを入れずに送るか、パスを読み上げてください。
