# What stands on the screens by itself. `op-` is the operator's side, `pe-` the person's.

# Both sides
app-name = Madoguchi
training = Training – not Microsoft
help-line = Need help? Call { $number }
trouble-code = Code
language = Language
language-ja = 日本語
language-ja_easy = やさしいにほんご
language-en = English
language-pseudo = Pseudo-language
lock = Lock this station
go-back = Go back
pass = Temporary Access Pass
row-prepare = Prepare
row-of = Step { $number } of { $of }
rail = Progress
rail-done = Step { $number } is done
rail-prepare = Prepare
os-ios = iPhone
os-android = Android
app-to-install = Microsoft Authenticator
lights = Registration check
light-state-off = not yet
light-state-waiting = waiting
light-state-lit = confirmed
light-state-lost = no longer
live-looking = Checking…
live-next-look = Next check in { $seconds } s
live-paused-since = No check since { $time }

# Health of the station
health-host = { $host } (version { $version })
health-disk = { $amount } GB disk free
health-disk-low = Low on disk space: { $amount } GB free
health-memory = { $amount } GB memory free
health-memory-low = Low on memory: { $amount } GB free
health-clock = Clock differs by { $seconds } s
health-clock-off = The clock is off by { $seconds } s. Set this machine’s date and time.
health-clock-unknown = Clock is compared after sign-in
health-unconfined = The screen runs without its sandbox. Tell the administrator.
health-config-exposed = Others can change this station’s settings file. Tell the administrator.
health-packs = Site packs: { $packs }
health-packs-bad = Not used of the site’s packs:

# The configuration cannot be used
op-not-configured-title = The configuration needs mending
op-not-configured-do = Correct the following in the configuration file, then start this app again.
pe-out-of-service-title = Not open just now
pe-out-of-service-lead = Please speak to a member of staff.

# Operator: welcome and sign-in
op-welcome-title = Sign in to open the counter
op-welcome-lead = Once you are signed in, this screen takes you from checking who the visitor is to seeing their phone registered.
op-sign-in = Sign in with Microsoft
op-welcome-next = What happens
op-welcome-step-1 = Your browser opens.
op-welcome-step-2 = You sign in with your own work account.
op-welcome-step-3 = This screen then goes on by itself.
op-welcome-rule = Use an account with a role that may issue passes, such as Authentication Administrator. This screen never asks for a password.
op-sign-out = Sign out
op-close-app = Close the app

op-signing-in-title = Sign in in your browser
op-signing-in-lead = Use your own work account in the browser window that has opened. When you are done, you are brought back here.
op-signing-in-resumes = The visit is kept as it is. It goes on as soon as the same operator signs in.
op-signing-in-left = Time left
op-signing-in-lost = No browser in sight? Look behind the other windows.
op-signing-in-cancel = Stop signing in

op-confirm-operator-title = Is this you?
op-confirm-operator-lead = An account other than the usual one has signed in.
op-confirm-operator-expected = Usual account:
op-confirm-operator-yes = Yes, this is my account
op-confirm-operator-no = No, it is not
op-confirm-operator-note = Nothing is done with this account before you answer. “No” undoes the sign-in.

op-locked-title = This station is locked
op-locked-asked = An operator locked it.
op-locked-idle = It locked itself because nobody touched the operator's side for a while.
op-locked-token-ended = It locked itself because the sign-in ran out.
op-locked-sign-in = Sign in as { $name }
op-locked-other = Change operator (sign out)
op-locked-note = Changing the operator, or 15 minutes locked, ends an open visit as unfinished. A pass that still works is removed at the next sign-in, or stops working when its time is over.

# Operator: home
op-home-title = Ready for visitors, { $name }
op-home-title-plain = Ready for visitors
op-home-start = Start a visit
op-home-state = Ready to issue
op-home-no-do = Activate a role such as Authentication Administrator, then sign in again.
op-home-cannot-tell-do = If your role is not active yet, activate it and sign in again. With a custom role, just go on.
op-home-scopes = These permissions are missing. Ask an administrator to consent to them.
op-home-pass-once = A pass lives { $minutes } minutes and works once.
op-home-pass-many = A pass lives { $minutes } minutes and works as often as needed.
op-home-policy-read = Read from your organisation’s settings.
op-told-title = About earlier visits
op-told-stopped = This station stopped in the middle of a visit; its last entry is of { $time }.
op-told-stopped-named = This station stopped in the visit of { $name }; its last entry is of { $time }.
op-told-later = About the pass of a visit that is over:
op-told-later-named = About the pass of { $name }, whose visit is over:
op-told-pass-none = No pass was issued.
op-told-pass-left = A pass that still works was left to the person.
op-told-pass-used = The person had used the pass.
op-told-pass-expired = The pass ran out and works no longer.
op-told-pass-removed = This station removed the pass.
op-told-pass-pending = The pass is not removed yet. This station removes it as soon as an operator is signed in.
op-told-pass-uncertain = Nobody knows yet whether a pass was issued. This station finds out as soon as an operator is signed in.
op-told-dismiss = I have read it
op-told-sign-in = The names are shown after sign-in.
op-home-pending = Passes still being looked for
op-home-pending-what = Nobody knows yet whether these passes exist. The station keeps looking and removes what it finds.
op-home-pending-until = useless from { $time } at the latest
op-pass-question = A pass was found that may not be from this station.
op-pass-question-when = It was made at { $made }; this station asked for one at { $asked }. Another counter may have made it.
op-pass-question-do = Ask at the other counters. If nobody there is helping this person, remove it; otherwise leave it. It stops working at { $time } by itself.
op-pass-question-remove = Remove it
op-pass-question-leave = Leave it

# Operator: finding the person
op-find-title = Who is visiting?
op-find-by = Look by
op-find-organisation = Organisation user
op-find-partner = Partner user
op-find-sign-in-name = Sign-in name
op-find-sign-in-name-what = with its domain
op-find-name = Name
op-find-name-what = or part of it
op-find-label-organisation = Everyday account name
op-find-label-partner = Everyday account name
op-find-label-sign-in-name = Sign-in name
op-find-label-name = Name
op-find-example-organisation = e.g. fctv-user
op-find-example-partner = e.g. fctv-user
op-find-example-sign-in-name = e.g. fctv-user@example.jp
op-find-example-name = e.g. the family name only
op-find-go = Search
op-find-busy = Searching
op-find-preview = This person’s sign-in name
op-find-hint = Type the account name; the sign-in name appears here.
op-find-hint-name = If several people have this name, you choose from a list.
op-find-several = { $count } people found. Choose one.

# Keys on the glass
op-keypad = Keys for the account name
op-key-delete = Delete one letter
op-key-done = Done
op-key-dot = dot
op-key-hyphen = hyphen
op-key-underscore = underscore
op-key-at = at sign
op-visit-cancel = Cancel this visit

# Operator: the person found
op-found-title = Is this the person?
state-enabled = Account enabled
state-disabled = Account disabled
kind-member = Member
kind-internal-guest = Guest who signs in here
kind-external-guest = External guest
department = Department
employee-id = Employee number
mail = Mail
methods = Already registered
op-found-live-pass = A pass issued { $minutes } minutes ago is valid until { $time }. Issuing a new one ends it.
op-found-yes = This is the person – check identity
op-found-again = Search again

# Operator: identity check
op-check-title = Check the identity of { $name }
op-check-how = Tick what you have checked (at least { $count })
op-check-voucher = Name of the person who vouches
op-check-keep = No document numbers or copies are kept.
op-check-phone-never = The person does everything on the phone. You never take it.
op-check-go = Identity checked – start the steps
op-check-lacks = You can go on when the identity and the phone are both confirmed.
op-check-ready = Who checked, how and when will be recorded.

# Operator: the board
op-board-check = Identity check: { $minutes } min left · renewals left: { $renewals }
op-board-look = Check now
op-board-sign-in-again = Your sign-in has run out. Sign in as the same operator to go on.
op-board-sign-in = Sign in
op-board-other-screen = The person’s phone looks different. Look at it together.
op-board-other-screen-is = “My screen is different”: { $title }
op-board-other-screen-seen = Seen
op-board-offer-add_account = Add it with a pass
op-board-offer-enable_phone_sign_in = Set it up in the app
op-board-offer-create_passkey = Create a passkey
op-board-notice = { $number } of { $of }
op-board-next-notice = { $number } of { $of }, show the next notice
op-board-notices = There are { $of } notices
op-row-back = Back
op-row-next = Next
op-rows-title = Which step do you want?
op-paper = Paper
op-paper-title = Paper to take home
op-paper-what = The steps, the codes for the app and the help line in { $language }. Neither the pass nor a name is on it.
op-paper-making = Being made. One moment.
op-paper-a4 = A4 page (steps in sentences)
op-paper-a5 = A5 slip (steps in short)
op-phone-title = Phone, route and languages
op-phone-done = Done
op-phone-app_installed = Is Microsoft Authenticator installed already?
op-phone-account_in_app = Is the work account in the app already?
op-phone-yes = Yes
op-phone-no = No
op-route = Route
op-route-suggested = The directory and the answers speak for: “{ $route }”.
op-route-other = See the route
op-route-add_account = The account is not in the app yet
op-route-enable_phone_sign_in = The account is in the app, without phone sign-in
op-route-create_passkey = The account is in the app; create a passkey
op-phone-os = Phone
op-phone-lang = Phone’s language
op-person-lang = Guide in

op-pass-early = Issue the pass at the step with the sign-in name. Earlier, it only loses time.
op-pass-due = Please issue the pass now. Without one, the phone asks for a password.
op-pass-replaces = A pass from { $minutes } minutes ago is valid until { $time }. Issuing a new one ends it.
op-pass-issue = Issue the pass
op-pass-issuing = Recording, then issuing. One moment.
op-pass-settling = Usable in about { $seconds } s.
op-pass-settling-plain = Usable in a moment.
op-pass-until = valid until { $time }
op-pass-once = works once
op-pass-finish = left to finish on the phone
op-pass-entered = Entered on the phone. Please see the remaining steps through.
op-pass-expired = The pass has run out. Renew it; the steps stay where they are.
op-pass-replaced = Another pass was made for this person, so this one no longer works. Renew it; the steps stay where they are.
op-pass-uncertain = A pass may exist until { $time }. No other pass is issued for this person until that is clear.
op-pass-look = Look now
op-pass-reveal = Show to person
op-pass-hide = Hide
op-pass-longer = Longer ({ $seconds } s left)
op-pass-renew = Renew

op-replace-title = End the earlier pass and issue a new one?
op-replace-what = A pass issued { $minutes } minutes ago is valid until { $time }. It stops working as soon as a new one is issued.
op-replace-yes = End it and issue a new pass

op-renew-title = Renew the pass?
op-renew-left = Renewals left: { $renewals }. The identity check is good for { $minutes } more minutes. The reason is recorded.
op-renew-reason = Reason
op-renew-expired = It ran out
op-renew-mistyped = It was mistyped and no longer works
op-renew-used-up = It was entered, but registration did not finish
op-renew-lost = It was lost, or someone else saw it
op-renew-same = The person here is still { $name }, whose identity was checked
op-renew-yes = Renew
op-renew-needs = Confirm that it is the same person to renew.

op-end-cancel = Cancel
op-end-leave-unfinished = Leave unfinished
op-end-finish = Finish
op-end-finish-title = There is an unused pass
op-end-leave-unfinished-title = Leave this unfinished?
op-end-cancel-title = Cancel this visit?
op-end-unused = The pass has not been used. What shall become of it?
op-end-leave-unfinished-what = It is recorded as unfinished and cleared from the screens.
op-end-cancel-what = Everything is cleared from the screens, and the visit is recorded as cancelled.
op-end-cancel-what-pass = The pass is removed, and the visit is recorded as cancelled.
op-end-remove = Remove it now and end
op-end-leave = Leave it until { $time } and end
op-end-leave-plain = Leave it and end
op-end-cancel-yes = Cancel the visit
op-end-leave-unfinished-yes = Leave unfinished

op-not-today = Not possible today
op-not-today-title = Is it not possible today?
op-not-today-why = Reason
op-not-today-phone_too_old = The phone is too old for the app
op-not-today-no_screen_lock = The phone has no screen lock
op-not-today-no_smartphone = There is no smartphone
op-not-today-what = The person’s screen says what can be done next. The reason is recorded.
op-not-today-lock = Who can set a screen lock here and now: go back and go on. For later, the person’s screen says how. The reason is recorded.
op-not-today-yes = End for today

op-ending-title = Clearing up
op-ending-lead = Removing an unused pass and writing the record. One moment.
op-receipt-title = The visit of { $name } has ended
op-receipt-until = Useless from { $time } at the latest.
op-receipt-unrecorded = The end could not be recorded. Tell your system administrator.
op-receipt-clean = Nothing about this person stays on this station’s screens.
op-receipt-next = Next visitor

# Person: how to read
text-size = Text size
text-size-sample = A
text-size-normal = Normal text
text-size-large = Large text
text-size-largest = Largest text
high-contrast = High contrast
read-aloud = Read aloud
read-aloud-none = This machine cannot read this language aloud.

# Person: welcome
pe-welcome-title = Sign in with your phone, without a password
pe-welcome-lead = For Microsoft 365 and the apps connected to it. A password you seldom type seldom leaks.
pe-welcome-install = While you wait, you can install the app
pe-store-ios = iPhone (App Store)
pe-store-android = Android (Google Play)
pe-code-ios = QR code that opens the App Store
pe-code-android = QR code that opens Google Play
pe-wifi = Guest Wi-Fi
pe-code-wifi = QR code that joins the guest Wi-Fi
pe-wifi-password = Password:
pe-search = Or search the store for
pe-helps = Where it helps
pe-not-used = Where it is not used

# Person: identity check
pe-checking-title = { $name }, we are checking who you are
pe-checking-lead = The operator will guide you in a moment.
pe-checking-phone = Keep the phone in your own hand. The operator never takes it.
pe-checking-password = Nobody here will ask for your password.

# Person: the walk
pe-walk-name = { $name }
pe-names-blanked = Your name is not shown until the member of staff is back
pe-tap = Tap here
pe-name-what = The sign-in name to type on the phone
pe-name-not = ← not this mail address
pe-other-screen = My screen is different
pe-other-screen-told = The operator has been told. Please show the operator your phone’s screen.
pe-other-screen-which = Which of these does your phone look like?
pe-other-screen-none = None of these
pe-other-screen-back = Back to the step
pe-other-screen-done = Done. Back to step { $number }
pe-other-screen-done-prepare = Done. Back to the preparation
pe-back = Back
pe-next = Next
pe-next-install = It is installed
pe-next-wait = The screen has changed
pe-done = I am done
pe-done-said = The operator has been told

pe-pass-left = Valid for
pe-pass-not-yet = The operator will issue your pass in a moment.
pe-pass-coming = Your pass is being issued. One moment.
pe-pass-settling = It can be used in about { $seconds } s.
pe-pass-hidden = Your pass is ready. The operator will show it here.
pe-pass-hidden-reveal = Your pass is ready. Make sure nobody else can see the screen, then show it.
pe-pass-reveal = Show my pass
pe-pass-spell = How to read it
pe-pass-spell-off = Close the reading
pe-pass-hides = Hides in { $seconds } s.
pe-pass-entered = Your pass has been entered.
pe-pass-finish = Time left to finish
pe-pass-expired = The pass has run out. Stay on this step; the operator will issue a new one.
pe-pass-replaced = This pass no longer works. Stay on this step; the member of staff will help you.
pe-pass-uncertain = Your pass is being looked for. The operator will guide you.

# Person: the end
pe-registered-title = Your phone is registered
pe-registered-phone = Registered phone: { $phone }
pe-registered-rest = What is left to tap on your phone
pe-registered-all = You have nothing left to do on the phone.
pe-goodbye-finished = Thank you
pe-goodbye-finished-more = From now on you sign in with Microsoft Authenticator on your phone.
pe-goodbye-left-unfinished = See you again
pe-goodbye-left-unfinished-more = The set-up is not finished yet. Please come again when it suits you.
pe-goodbye-cancelled = The visit was cancelled
pe-goodbye-cancelled-more = The phone is not set up. Please speak to us whenever you need to.
pe-goodbye-phone-too-old = This phone cannot be set up today
pe-goodbye-phone-too-old-more = The app does not run on this phone. You did nothing wrong.
pe-goodbye-phone-too-old-next = Please come again when you have a newer phone. If it cannot wait, our staff will tell you of other means, such as a security key, by the rules of your organisation.
pe-goodbye-no-screen-lock = Please set a screen lock and come again
pe-goodbye-no-screen-lock-more = Your phone needs a screen lock to be safe. On an iPhone, open Settings, then “Face ID & Passcode” or “Touch ID & Passcode”. On Android, search the Settings for “screen lock”.
pe-goodbye-no-screen-lock-next = Choose the number yourself and show it to nobody. When it is set, we can go on, today or another day.
pe-goodbye-no-smartphone = That is all for today
pe-goodbye-no-smartphone-more = This set-up needs a smartphone.
pe-goodbye-no-smartphone-next = Please come again on a day you have one with you. If you do not use one, our staff will tell you of other means, such as a security key, by the rules of your organisation.
pe-goodbye-ask = For any question, call { $number }.
pe-goodbye-lost = If you lose or change your phone, call { $number }.

# Operator: visits side by side, and numbers for a turn
op-list = Open visits
op-list-fold = Fold the list
op-list-unfold = Unfold the list
op-list-new = Start another visit
op-list-aside = Put this visit aside
op-list-number = Number { $number }
op-list-lit = { $number } confirmed
op-list-news = Changed since it was put aside
op-list-told = Number { $number } is registered
op-visit-state-finding = Finding
op-visit-state-checking = Checking
op-visit-state-guiding = Guiding
op-visit-state-pass-coming = Issuing
op-visit-state-pass-ready = Awaiting entry
op-visit-state-pass-entered = Registering
op-visit-state-pass-expired = Expired
op-visit-state-pass-replaced = Replaced
op-visit-state-pass-uncertain = Uncertain
op-visit-state-registered = Registered
op-visit-state-ending = Ending
op-visit-state-ended = Ended
op-queue-title = Numbers
op-queue-take = Hand out number { $number }
op-queue-call = Call number { $number }
op-queue-call-again = Call again
op-queue-no-show = Nobody came
op-queue-drop = Remove
op-queue-none = Nobody is waiting with a number.
op-ticket-waiting = Waiting
op-ticket-called = Called
op-ticket-missed = Did not come
op-home-start-number = Start the visit of number { $number }

# Person: the number of a turn
pe-ticket = Number { $number }
pe-ticket-called = Number { $number }, please come to the counter

# Operator: what follows the registration
op-after-try = Try the sign-in
op-after-try-again = Try again
op-after-try-station = Try it on this counter’s display
op-after-try-phone = Try it on the person’s phone
op-after-skip = End without trying
op-after-skip-title = End without trying?
op-after-skip-what = The registration is done. The password stays as it is, and the sign-in can be tried at the next visit. The reason is recorded.
op-after-skip-no-time = There is no time
op-after-skip-person-declined = The person does not want to
op-after-end = End the visit

op-test-making-way-title = Getting ready to try
op-test-making-way-lead = The remaining pass is being removed. While it works, it is asked for before the phone.
op-test-title = Trying the sign-in
op-test-station = A sign-in page opens on the person’s display. The person types the number on the phone.
op-test-phone = The person reads the QR code with the phone and signs in on the test page.
op-test-no-password = Nobody types a password here.
op-test-waits = Waiting for the sign-in to end.
op-test-sights = What does the person see?
op-test-sight-password-asked = A password is asked for
op-test-sight-no-notification = No notification
op-test-sight-other-screen = Another screen
op-test-sight-clear = They could go on
op-test-do-password-asked = Let them type no password, but choose “Use an app instead”.
op-test-do-no-notification = Let them open Authenticator on the phone and tap “Check for notifications”.
op-test-do-other-screen = If a passkey is offered, let them choose “Skip for now”. If it is something else, look at it together.
op-test-results = Result
op-test-passed = Signed in without a password
op-test-app-instead = Switched to the app, then signed in
op-test-failed = It did not work
op-test-failed-title = What happened?
op-test-failed-what = The reason is recorded. The registration is done and need not be repeated.
op-test-failed-phone = It did not work
op-test-failed-here = It cannot be tried here (not the phone’s fault)
op-test-signed-in-title = The person signed in
op-test-signed-in-lead = The service confirms that it was this person. How did they sign in? Choose what you saw.

op-cause-password-needed = Only a password was accepted
op-cause-no-notification = No notification came to the phone
op-cause-denied = The number was wrong, or it was declined on the phone
op-cause-timed-out = It did not end in time
op-cause-other-person = Somebody else signed in
op-cause-consent-missing = The organisation has not consented to the test’s app yet
op-cause-not-assigned = The test’s app is not assigned to this person
op-cause-station-not-allowed = Conditional Access keeps this counter’s browser out
op-cause-no-browser = The browser could not be opened
op-cause-no-network = There was no network
op-cause-unexpected = The service gave an unexpected answer
op-cause-no-time = There was no time
op-cause-person-declined = The person did not want to
op-cause-unsaid = No reason was given

op-tested-passed = Signed in without a password
op-tested-passed-app-instead = Chose “Use an app instead”, then signed in without a password
op-tested-not-passed = The sign-in was tried and did not work yet
op-tested-cannot-be-tried = The sign-in cannot be tried here. It is not the phone’s fault
op-tested-not-tried = The sign-in was not tried
op-tested-why = Reason: { $why }
op-proof-token = Shown by: the service’s own signed answer
op-proof-seen = Shown by: what you saw at the counter
op-proof-word = Shown by: the person’s word

op-use-title = Ask where the password is used
op-use-ask = Ask aloud, and choose the same answer as the person. It is recorded.
op-use-others = Do you use a password for any of these?
op-use-said-none = Waiting for the person’s answer.
op-use-said-yes = The person’s answer: Yes
op-use-said-no = The person’s answer: No
op-use-said-dont-know = The person’s answer: I don’t know
op-use-yes = Yes
op-use-no = No
op-use-dont-know = I don’t know
op-use-dont-know-what = “I don’t know” counts as “Yes”.
op-use-against = The directory shows that this person signs in to Windows.
op-use-despite-title = Why does “No” hold?
op-use-despite-what = The directory shows that this person signs in to Windows. Without a reason, the answer counts as “Yes”.
op-use-despite-own-computer = It is the person’s own computer
op-use-despite-not-used-any-more = It was given back or is not used any more
op-use-despite-none = Nobody knows (counts as “Yes”)

op-password-title = The password
op-password-reading = The directory is being asked whether the password can be changed automatically.
op-password-waits = When the person presses “I understand”, you can start the automatic change.
op-password-may-join = The person has pressed “I understand”.
op-password-joining = The person is being added to the automatic change. One moment.
op-password-join = Start the automatic change
op-password-tell = Tell the person
op-password-on-roll = The automatic change has been started, and the directory shows it.
op-password-on-roll-unseen = The person was added to the automatic change, but the directory does not show it yet. Until it does, the three-month change goes on. The system administrator looks at the group later.
op-password-on-roll-not-running = The directory shows the person among those whose passwords change automatically. Nothing shows this station that the automatic change runs. Until it does, the three-month change goes on. The system administrator looks whether it runs.
op-stays-still-used = The present password stays in use, and so does the three-month change.
op-stays-not-proven = The password stays as it is, because the sign-in without one has not been shown well enough. Try it again at the next visit.
op-stays-off = The password stays as it is: this counter does not handle the automatic change.
op-stays-not-today = The automatic change was not started today. It can go on at the next visit.
op-stays-failed = The automatic change could not be started, so the password stays as it is. If this goes on, tell your system administrator.
op-never-disabled = The account is disabled, so its password stays as it is. A User Administrator decides whether to enable it.
op-never-guest = This is a guest account, so its password stays as it is. The person’s own organisation handles it.
op-never-role = The person holds a directory role, so the password stays as it is. A Privileged Authentication Administrator can change it.
op-never-restricted = The account is under restricted management, so its password stays as it is. The administrator of its administrative unit can change it.
op-never-federated = The password belongs to another sign-in system, so it stays as it is. That system’s administrator can change it.
op-never-pass-through = The password is checked on premises, so it stays as it is. An Active Directory administrator can change it.
op-never-domain-unread = It cannot be read whose password this is (the kind of domain), so it stays as it is. Have your system administrator check the permission to read it.
op-never-listed = This account is kept out of the automatic change by the organisation, so its password stays as it is. The system administrator can change it.

# Person: trying the sign-in
pe-test-title = Let’s try it once
pe-test-step-1 = A two-digit number appears on this display
pe-test-step-2 = Open the notification on your phone
pe-test-step-3 = Type the same number
pe-test-no-password = You type no password
pe-test-site = Read the QR code with your phone, and sign in there
pe-test-code = QR code that opens the test page
pe-test-link = Or open this address:
pe-test-before = Before set-up: a password is asked for
pe-test-after = After set-up: signed in without a password
pe-test-sights = If you get stuck, press one of these
pe-test-sight-password-asked = A password is asked for
pe-test-sight-no-notification = No notification came
pe-test-sight-other-screen = I see another screen
pe-test-sight-clear = Back to the steps before
pe-test-password-asked-title = You type no password
pe-test-password-asked-do = Choose “Use an app instead”. The sign-in without a password begins.
pe-test-password-asked-more = If your last sign-in used the password, you may be asked for it again. Nobody types a password here.
pe-test-no-notification-title = Look for it in the app
pe-test-no-notification-do = Open Authenticator on your phone and tap “Check for notifications”.
pe-test-no-notification-more = Make sure that your phone is connected to the internet, too.
pe-test-other-screen-title = Choose “Skip for now”
pe-test-other-screen-do = After a sign-in, a page may offer to create a passkey. You need not create one now.
pe-test-other-screen-more = If you see something else, show it to the staff.
pe-test-making-way-title = Getting ready to try
pe-test-making-way-lead = One moment, please.
pe-test-signed-in-title = You signed in
pe-test-signed-in-lead = The staff are checking. One moment, please.

# Person: where the password is still used
pe-use-windows = Just one question
pe-use-others = Just one more question
pe-use-others-ask = Do you use a password for any of these?
pe-use-yes = Yes
pe-use-no = No
pe-use-dont-know = I don’t know
pe-use-calm = Whatever the answer, today’s set-up keeps working.
pe-use-said = Thank you. The staff confirm the same answer. You can still change it.

# Person: the password
pe-password-reading-title = Checking about your password
pe-password-reading-lead = One moment, please.
pe-password-retire-title = You need not remember your password any more
pe-password-retire = If that is all right, press “I understand”. The staff then start the automatic change of the password.
pe-password-again = It could not be started just now. If that is all right, press “I understand”, and it is tried again.
pe-password-memo = Do not write the password down. If you have a note of it, throw it away.
pe-password-nobody = Nobody knows the new password: neither you nor the administrators.
pe-password-understood = I understand
pe-password-said = Thank you. The staff start the automatic change.
pe-password-joining = The automatic change is being started. One moment, please.
pe-password-changes = It now changes by itself, from time to time.
pe-password-no-three-months = No more changing it every three months.
pe-password-unseen-title = The automatic change has been requested
pe-password-unseen = It is not certain yet that it has begun. Until then, your password stays as it is.
pe-password-joined = The request is made. Until the change happens, your password stays as it is.
pe-password-apps = Outlook or Teams may ask you to sign in again. If a password is asked for, choose “Use an app instead”.
pe-password-devices = On devices that remember the old password (mail, Wi-Fi, printers and so on), delete the stored password.
pe-password-no-need = While you can sign in with your phone, it is no problem not to know the password.
pe-password-lost-phone = If you lose your phone, call { $number }.
pe-password-stays-title = Your password stays as it is
pe-password-used-title = You go on using your present password
pe-password-stays-still-used = There are places where you need it, so please remember it.
pe-password-stays-not-proven = Today’s registration is done. At your next visit, the sign-in is tried again.
pe-password-stays-off = If you use it nowhere, you need not remember it.
pe-password-stays-never = This counter does not change the password of this account.
pe-password-stays-not-today = Today’s registration is done. The password can be seen to at your next visit.
pe-password-stays-failed = The automatic change could not be started today. It is tried again at your next visit.
pe-password-three-months = The change every three months goes on. When the notice comes by mail, follow it.
pe-password-forgotten = If you have forgotten it, use the “password reset” procedure.

# Person: the card to know tomorrow by
pe-card-title = Signing in from now on
pe-card-how = How to sign in
pe-card-number-1 = Type your sign-in name
pe-card-number-2 = A number appears on the screen
pe-card-number-3 = Type the same number on your phone
pe-card-passkey-1 = Choose “Face, fingerprint, PIN or security key”
pe-card-passkey-2 = Read the QR code on the screen with your phone
pe-card-passkey-3 = Confirm with face, fingerprint or screen lock on your phone
pe-card-asked = If a password is asked for, choose “Use an app instead”.
pe-card-phone = Your phone
pe-card-lost = If you lose it: { $number }
pe-card-lost-hours = If you lose it: { $number } ({ $hours })
pe-card-after-hours = At other times: { $after }
pe-card-new-phone = A new phone: do not reset the old one until the new one has been tried.
pe-card-nobody-asks = Nobody asks you for a number by phone or mail.
pe-card-password = Password
