# What a phone set to English shows in walk-through C alone. What has no public source is listed in pack.toml.

set-lock = Set a screen lock
set-lock-more = Passkeys need a screen lock.
open-settings = Turn on passkeys
open-settings-more = Open Settings and switch Authenticator on.
autofill-title = { $os ->
    [ios] AutoFill & Passwords
   *[android] Passwords & accounts
  }
autofill-passwords = AutoFill Passwords and Passkeys
autofill-from = AutoFill from:
passwords-accounts = Passwords & accounts
additional-providers = Additional providers
other-provider = Google Password Manager
creating-passkey = Creating your passkey...
passkey-added = Passkey created
passkey-added-more = You can now sign in with your passkey.
passkey = Passkey
passkey-on = Saved on this phone
