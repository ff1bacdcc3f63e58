# What a phone set to English shows, wherever several walk-throughs need it. Which of these have no public source is
# listed in other-screens.toml under `unverified`.

# The store
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
open = Open
update = { $os ->
    [ios] Update
   *[android] Update
  }
app-updated = A newer version is available
not-compatible = Your phone isn’t compatible with this app.

# The app
app-name = Authenticator
plus = +
close = ×
add-account = Add account
work-account = Work or school account
add-work-account = Add work or school account
sign-in = Sign in
scan-code = Scan a QR code
cancel = Cancel
continue = Continue
register = Register
done = Done
ok = OK
settings = Settings
try-again = Try again
home-empty = Add your first account
home-empty-more = Accounts you add will appear here.
which-kind = What kind of account are you adding?
personal-account = Personal account
other-account = Other (Google, Facebook, etc.)
known-account = Account already here
organisation-account = (Organisation name)
one-time-code = One-time password code
set-up-requests = Set up passwordless sign-in requests
set-up-requests-more = Sign in from this phone without a password.
enable-phone-sign-in = Enable phone sign-in
create-passkey = Create a passkey
requests-on = Passwordless sign-in requests
requests-on-more = On
register-device = Register your device
register-device-more = Your device must be registered to receive sign-in requests.
registering = Registering...
privacy-notice = Your privacy
privacy-notice-more = The app collects only what it needs to work.
accept = Accept
first-run = Secure Your Digital Life
first-run-more = Add an account to begin.
app-locked = The app is locked
unlock = Unlock
camera-hint = Place the QR code inside the frame
something-wrong = Something went wrong
something-wrong-more = Please try again.
none-waiting = No requests are waiting
check-notifications = Check for notifications
allow-notifications = Allow notifications?
allow = Allow
lock-phone = A screen lock is required
lock-phone-more = Set a screen lock on your phone.
turn-on-provider = Turn on passkeys
turn-on-provider-more = Switch Authenticator on in Settings.
location-restricted = You might be signing in from a location that is restricted by your admin.
go-to-web = To set up Microsoft Authenticator, you’ll need to go to aka.ms/mfasetup on a web browser.
usage-data = Help us improve the app
usage-data-more = Whether usage data is sent can be changed later.
code-field = Code
code-address = URL
code-finish = Finish
phone-modified = This device can’t be used
phone-modified-more = The device is jailbroken or rooted. Work or school accounts cannot be used on it.
app-not-approved = You can’t get there from here
app-not-approved-more = This app is not approved by a rule of your organization.
too-many-devices = Device limit reached
too-many-apps = Authenticator app limit reached
too-many-more = Contact your administrator.
push-only = Account added for notifications only
push-only-more = Phone sign-in was not set up.
sign-in-denied = Sign-in denied
sign-in-denied-more = The number was not right, or you declined.
passkey-offer-more = Sign in safely with your face, fingerprint or screen lock.
passkey-sheet = Save a passkey?
make-passkey = { $os ->
    [ios] Continue
   *[android] Create
  }
passkey-off = A passkey can’t be created
passkey-off-more = Your organization does not allow passkeys.

# Sign-in pages
pick-account = Pick an account
use-another = Use another account
no-access = Can’t access your account?
next = Next
enter-pass = Enter Temporary Access Pass
show-pass = Show Temporary Access Pass
pass-wrong = Your Temporary Access Pass is incorrect or has expired.
enter-password = Enter password
name-unknown = We couldn’t find an account with that username.
use-pass = Use your Temporary Access Pass instead
keep-secure = Help us keep your device secure
keep-secure-more = Register this device to continue.
microsoft-account = Microsoft account
microsoft-account-name = Email or phone

# The phone's own settings
search-settings = Search settings
settings-general = { $os ->
    [ios] General
   *[android] System
  }
settings-passwords = { $os ->
    [ios] Passwords
   *[android] Passwords & accounts
  }

# The sign-in test; none has a public source but the first
use-app = Use an app instead
password-here = Password
test-passed = You signed in without a password
skip-for-now = Skip for now

# Keys of the phone's keyboard, by which one comes to letters and symbols; none has a public source
key-letters = { $os ->
    [ios] ABC
   *[android] ABC
  }
key-symbols = { $os ->
    [ios] 123
   *[android] ?123
  }
key-more-symbols = { $os ->
    [ios] #+=
   *[android] =\<
  }
