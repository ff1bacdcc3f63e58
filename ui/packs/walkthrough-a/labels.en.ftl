# What a phone set to English shows in walk-through A alone. What has no public source is listed in pack.toml.

setting-up = Setting up...
account-added = Account added
account-added-more = You can approve sign-in requests on this phone.
