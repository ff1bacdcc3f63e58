# What a phone set to English shows. "unverified": no public source was found; compare with a real phone.

store-name = { $os ->
    [ios] App Store
   *[android] Google Play
  }
store-search = Microsoft Authenticator
store-app = Microsoft Authenticator
store-maker = Microsoft Corporation
store-install = { $os ->
    [ios] Get
   *[android] Install
  }

app-name = Authenticator
plus = +
add-account = Add account
work-account = Work or school account
add-work-account = Add work or school account
sign-in = Sign in
scan-code = Scan a QR code

pick-account = Pick an account
use-another = Use another account
no-access = Can’t access your account?
next = Next

continue = Continue
keep-secure = Help us keep your device secure
register = Register
done = Done

# unverified
cancel = Cancel
home-empty = Add your first account
home-empty-more = Accounts you add will appear here.
which-kind = What kind of account are you adding?
personal-account = Personal account
other-account = Other (Google, Facebook, etc.)
known-account = Account already here
enter-pass = Enter Temporary Access Pass
show-pass = Show Temporary Access Pass
set-up-requests = Set up passwordless sign-in requests
set-up-requests-more = Sign in from this phone without a password.
keep-secure-more = Register this device to continue.
registering = Registering...
register-device = Register your device
register-device-more = Your device must be registered to receive sign-in requests.
setting-up = Setting up...
account-added = Account added
account-added-more = You can approve sign-in requests on this phone.
organisation-account = Organisation account
requests-on = Passwordless sign-in requests
requests-on-more = On
one-time-code = One-time password code
