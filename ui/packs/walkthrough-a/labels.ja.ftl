# What a phone set to Japanese shows in walk-through A alone. What has no public source is listed in pack.toml.

setting-up = 設定しています...
account-added = アカウントが追加されました
account-added-more = このスマホでサインインの要求を承認できます。
