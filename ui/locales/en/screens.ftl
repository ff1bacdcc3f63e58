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
health-config-exposed = Others can change this station’s settings file, or a file or program it names. Tell the administrator.
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
