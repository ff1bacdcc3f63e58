# Words the machine asks for by key. Troubles have a file of their own.
# $phone and $name may be empty, so they stand where nothing misses them.

# The live check, one line on both screens
live-not-started = The check starts when the pass is issued.
live-install = Go on when the app is installed.
live-settling = The pass is being prepared. One moment, please.
live-waiting-pass = Waiting for the pass on the phone.
live-pass-entered = The pass was entered. Please continue on the phone.
live-added = The phone was added. { $phone }
live-push-only = The phone was added. Passwordless set-up is still to come. { $phone }
live-confirming = The registration has arrived. Checking once more.
live-not-again = The registration was seen once and not again. Look at the phone once more. The check goes on.
live-ready-phone = Passwordless sign-in is registered. { $phone }
live-ready-probably = Passwordless sign-in is probably registered, but the phone’s entry cannot be seen from here. Check with the sign-in test. { $phone }
live-not-provable = The phone was added, but its entry cannot be seen from here. Check with the sign-in test. { $phone }
live-note-new-pass = A new pass was issued, so the lights of the pass start again.
live-note-narrow = This station may read one kind of sign-in method at a time, so the check takes longer.
live-note-old-app = The Authenticator on the phone needs an update (version { $version }). Update it in the store. { $phone }
live-note-other-passkey = Another passkey was registered, not one in Authenticator. { $name }
live-note-codes-only = An app that only shows codes was registered. Passwordless needs Authenticator.
note-passkey-app = This person may have synced passkeys as well, so Authenticator { $version } or newer is needed. Have an older one updated first.
note-passkey-off = The authentication methods policy keeps passkeys from this person. Take another route, or tell the Authentication Policy Administrator.
note-passkey-guest = Guests cannot register a passkey yet. Take another route.
note-passkey-cannot-tell = The passkey policy cannot be read, so whether this person may register one is not known. You can go on.
note-passkey-over = Five minutes have passed since the sign-in. If the phone has no passkey yet, go back to step { $row } and have the same pass typed again.
note-passkey-over-new-pass = Five minutes have passed since the sign-in. If the phone has no passkey yet, renew the pass and start again from step { $row }.
live-ready-passkey = The passkey is registered.
live-pass-expired = The pass has expired. You can go on with a new one.
live-pass-replaced = Another pass was issued. This one can no longer be used.
live-uncertain = Checking whether the pass was issued. One moment, please.
live-paused = The registration cannot be checked right now. We will try again.
live-steps = Follow the steps on your phone.
live-pass-coming = Our staff are getting your pass ready.
live-pass-ready = Your pass is ready.
live-waiting-registration = Waiting for the registration to arrive.
live-checking = Checking the registration. Please wait.
live-passkey-time = What follows takes about five minutes. There is no hurry: it can be started again.
live-passkey-again = The time has passed, so we start again from step { $row }. Our staff will help you.

light-pass-usable = Pass can be used
light-pass-entered = Pass entered
light-authenticator-added = App entry seen
light-device-registered = Phone registered as a device
light-phone-sign-in-ready = Passwordless sign-in ready
light-passkey-ready = Passkey ready

# What the operator should know before going on
warn-live-pass = A pass issued at { $made_unix_ms } is valid until { $until_unix_ms }. Issuing a new one ends it.
warn-pass-not-yet = A pass that becomes valid later was already issued. Issuing a new one ends it.
warn-old-phone = { $count ->
    [one] A phone that only gets notifications is already registered. It does not count as done.
   *[other] { $count } phones that only get notifications are already registered. They do not count as done.
  } { $phone }
warn-ready-already = { $count ->
    [one] A phone with passwordless sign-in is already registered.
   *[other] { $count } phones with passwordless sign-in are already registered.
  } { $phone }
warn-authenticators-full = Five Authenticator apps (notifications in Outlook count, too) are registered, which is the limit: no phone can be added. Have an Authentication Administrator remove one that is no longer used (Entra admin centre → Users → Authentication methods).
warn-mixed-scripts = The name mixes letters of scripts that are not written together; some may only look alike. Go by the sign-in name.
state-mixed-scripts = Mixed scripts
warn-synced = This account is synchronised from the on-premises Active Directory.
warn-target-unknown = This person’s roles cannot be read. If they are an administrator, the pass may be refused.
warn-enabled-untold = The directory did not say whether this account is enabled. If it is disabled, nobody can sign in with it, whatever is registered. Look it up in the Entra admin centre before the identity check.
warn-kind-untold = The directory did not say whether this person is a member or a guest. A guest of another organisation cannot be given a pass here. Ask whether they are on the staff before the identity check.
warn-untold-elsewhere = This person was invited or signs in at another organisation, and the directory did not say whether they are a member or a guest. A pass of this organisation may be refused, or may not work for what they sign in to. Find out where they sign in before the identity check.
warn-limits-unread = Whether you may issue a pass for this person here cannot be read at the moment. It is read again before the pass is issued, and without it there is none. If it stays like this, ask your system administrator.
warn-guest-internal = This account is of the type “Guest”. It signs in at this organisation, so a pass can be issued.
warn-member-elsewhere = This member was invited or signs in at another organisation. A pass of this organisation may be refused, or may not work for what they sign in to. Find out where they sign in before the identity check.
warn-scope-unknown = Whether this person is in scope for Temporary Access Pass is only known when the pass is issued.
warn-passkey-off = The authentication methods policy keeps passkeys from this person, so that route cannot be chosen. If they need one, ask the Authentication Policy Administrator.
warn-passkey-off-only = The authentication methods policy keeps passkeys in Authenticator from this person: as things are, the registration cannot be completed. Before the identity check, tell the Authentication Policy Administrator (Entra admin centre → Authentication methods → Policies → Passkey).
warn-passkey-guest = Guests cannot register a passkey yet, so that route cannot be chosen.
warn-passkey-guest-only = Guests cannot register a passkey yet: as things are, the registration cannot be completed. Before the identity check, ask the Authentication Policy Administrator.
warn-passkey-cannot-tell = The passkey policy cannot be read, so whether this person may register one is not known. You can go on.
warn-only-telephone = A telephone number (SMS or voice) is this person’s only second step. From 1 February 2027 Microsoft will let them sign in only once they have registered a passkey, unless your organisation has set up a telephone provider of its own. Today’s registration spares them that.

# Whether Conditional Access will let the phone in
warn-access-asking = Asking Conditional Access whether it will let this phone register. Go on; there is no need to wait.
warn-access-works = Conditional Access does not stop this person’s phone from registering.
warn-access-works-here = From the network here, Conditional Access does not stop this person’s phone from registering; elsewhere, on mobile data for example, a policy may stop it. Have the phone join the Wi-Fi here first.
warn-access-only-wifi = The phone can register only on the Wi-Fi here, “{ $ssid }”; on mobile data it is stopped. Have it join the Wi-Fi first: the code is on the person’s screen while the app is being installed.
warn-access-only-here = The phone can register only on the network here; on mobile data it is stopped. Have it join the Wi-Fi first.
warn-access-only-mobile = The phone can register only away from the network here. Have its Wi-Fi turned off and go on with mobile data.
warn-access-stopped = The Conditional Access policy “{ $policy }” will stop the phone from registering. Before you issue a pass, tell whoever manages the policy.
warn-access-no-pass = The authentication strength “{ $strength }” of the Conditional Access policy “{ $policy }” does not accept a Temporary Access Pass. Before you issue one, tell whoever manages the policy.
warn-access-cannot-tell = It could not be found out whether Conditional Access will stop the phone from registering. You can go on.

# Methods already there
method-password = Password
method-authenticator-push = Authenticator or Outlook (notifications only) { $name }
method-authenticator-phone = Microsoft Authenticator (passwordless) { $name }
method-passkey-authenticator = Passkey in Microsoft Authenticator { $name }
method-passkey = Passkey { $name }
method-pass = Temporary Access Pass (until { $until_unix_ms })
method-pass-not-yet = Temporary Access Pass (not valid yet)
method-pass-idle = Temporary Access Pass (not usable now)
method-pass-ended = Temporary Access Pass (ended)
method-phone = Telephone number
method-email = Mail address
method-codes = App that shows codes
method-windows-hello = Windows Hello
method-platform-credential = Platform credential of a Mac
method-other = Another method ({ $kind })
method-cannot-tell = Whether other methods are registered could not be read
method-none = No authentication method is registered

# What was done with the search text
note-nothing-sent = Nothing was sent, so no pass was issued.
note-width-folded = Full-width characters were searched as half-width ones.
note-domain-kept = The part after “@” was used as typed.

# The tenant's rules for passes
policy-unread = The organisation’s pass settings cannot be read, so this station’s own are used.
policy-disabled = Temporary Access Pass is disabled in the organisation. Ask the Authentication Policy Administrator to enable it.
policy-bounded = To fit the organisation’s settings, the pass will be valid for { $minutes ->
    [one] { $minutes } minute.
   *[other] { $minutes } minutes.
  }
policy-passkey-offer = After a sign-in, yours included, a page may offer to set up a passkey. Do not create one on this computer: choose “Skip for now”.
policy-passkey-insists = After a sign-in, yours included, a page may ask for a passkey to be set up. Do not create one on this computer. Without “Skip for now”, have it registered on a device of one’s own first.

# Identity check
check-staff-card = Staff card seen; face and name match
check-photo-id = Photo ID seen; face and name match
check-vouching = A supervisor or colleague who knows the person vouches
check-call-back = Called back on the telephone number on file
check-phone = The phone is the person’s own and in their hand

# Walk-through
condition-several-accounts = Only people with several accounts have this step. If your phone does not show it, skip it.
condition-notified = Only if a notification arrived. If none did, skip this step.
condition-no-screen-lock = Only people without a screen lock have this step. If your phone does not show it, skip it.
condition-first-start = Only people who open the app for the first time have this step. If your phone does not show it, skip it.
privacy = Through this, the organisation neither collects information about the device nor manages or controls it.

# The drawn phone, for who hears the page
phone-alt = { $os ->
    [ios] Picture of an iPhone screen
   *[android] Picture of an Android screen
  }: { $title }
phone-alt-tap = { $os ->
    [ios] Picture of an iPhone screen
   *[android] Picture of an Android screen
  }: { $title }. The control to tap is “{ $label }”.

# Ends
ended-finished = The set-up is complete.
ended-left-unfinished = Ended before completion.
ended-cancelled = The visit was cancelled.
ended-phone-too-old = Not possible today: the phone is too old.
ended-no-screen-lock = Not possible today: no screen lock.
ended-no-smartphone = Not possible today: no smartphone.
ended-password-again = A password is needed again. Neither a pass nor a password was issued.
ended-password-asked = It was asked whether a password is needed again. Nothing has been changed.
pass-end-none = No pass was issued.
pass-end-used = The pass has been used.
pass-end-removed = The pass was removed.
pass-end-left = The unused pass was left in place. It stops working when its time is over.
pass-end-expired = The pass has expired.
pass-end-gone = The pass no longer exists.
pass-end-pending = The pass could not be removed yet. This station removes it as soon as an operator is signed in; otherwise it stops working when its time is over.
pass-end-not-there = The service says that there is no such pass. This station goes on looking until that is certain, and removes it if it shows again.
pass-end-uncertain = It is not certain whether a pass exists. This station goes on looking and removes it; otherwise it stops working when its time is over.
registered-phone-sign-in = Passwordless sign-in can now be used.
registered-passkey = The passkey can now be used.

# Whether the operator may issue
may-issue-yes = Can issue passes
may-issue-yes-for-admins = Can issue passes, for administrators too
may-issue-cannot-tell = Whether you can issue passes shows when you issue one

# Stages of the pass
stage-none = Not issued
stage-issuing = Issuing
stage-settling = Getting ready
stage-live = Valid
stage-entered = Entered
stage-expired = Expired
stage-replaced = Replaced
stage-renewing = Renewing
stage-uncertain = Checking

# The pass, character by character
glyph-upper = Capital
glyph-lower = Small
glyph-digit = Digit
glyph-symbol-32 = Space
glyph-symbol-33 = Excl. mark
glyph-symbol-34 = Double quote
glyph-symbol-35 = Hash
glyph-symbol-36 = Dollar
glyph-symbol-37 = Percent
glyph-symbol-38 = And
glyph-symbol-39 = Single quote
glyph-symbol-40 = Open round
glyph-symbol-41 = Close round
glyph-symbol-42 = Star
glyph-symbol-43 = Plus
glyph-symbol-44 = Comma
glyph-symbol-45 = Hyphen
glyph-symbol-46 = Full stop
glyph-symbol-47 = Slash
glyph-symbol-58 = Colon
glyph-symbol-59 = Semi- colon
glyph-symbol-60 = Less than
glyph-symbol-61 = Equals
glyph-symbol-62 = More than
glyph-symbol-63 = Question mark
glyph-symbol-64 = At sign
glyph-symbol-91 = Open square
glyph-symbol-92 = Back- slash
glyph-symbol-93 = Close square
glyph-symbol-94 = Caret
glyph-symbol-95 = Under- score
glyph-symbol-96 = Back- quote
glyph-symbol-123 = Open curly
glyph-symbol-124 = Upright bar
glyph-symbol-125 = Close curly
glyph-symbol-126 = Tilde

# How a character is said aloud
spell-32 = space
spell-33 = exclamation mark
spell-34 = double quotation mark
spell-35 = hash, number sign
spell-36 = dollar sign
spell-37 = percent sign
spell-38 = ampersand, the and sign
spell-39 = apostrophe, single quotation mark
spell-40 = opening round bracket
spell-41 = closing round bracket
spell-42 = asterisk, star
spell-43 = plus sign
spell-44 = comma
spell-45 = hyphen, minus
spell-46 = full stop, dot
spell-47 = slash
spell-48 = digit zero
spell-49 = digit one
spell-50 = digit two
spell-51 = digit three
spell-52 = digit four
spell-53 = digit five
spell-54 = digit six
spell-55 = digit seven
spell-56 = digit eight
spell-57 = digit nine
spell-58 = colon
spell-59 = semicolon
spell-60 = less-than sign
spell-61 = equals sign
spell-62 = greater-than sign
spell-63 = question mark
spell-64 = at sign
spell-65 = capital A as in Alpha
spell-66 = capital B as in Bravo
spell-67 = capital C as in Charlie
spell-68 = capital D as in Delta
spell-69 = capital E as in Echo
spell-70 = capital F as in Foxtrot
spell-71 = capital G as in Golf
spell-72 = capital H as in Hotel
spell-73 = capital I as in India
spell-74 = capital J as in Juliett
spell-75 = capital K as in Kilo
spell-76 = capital L as in Lima
spell-77 = capital M as in Mike
spell-78 = capital N as in November
spell-79 = capital O as in Oscar
spell-80 = capital P as in Papa
spell-81 = capital Q as in Quebec
spell-82 = capital R as in Romeo
spell-83 = capital S as in Sierra
spell-84 = capital T as in Tango
spell-85 = capital U as in Uniform
spell-86 = capital V as in Victor
spell-87 = capital W as in Whiskey
spell-88 = capital X as in X-ray
spell-89 = capital Y as in Yankee
spell-90 = capital Z as in Zulu
spell-91 = opening square bracket
spell-92 = backslash
spell-93 = closing square bracket
spell-94 = caret
spell-95 = underscore, low line
spell-96 = backquote
spell-97 = small a as in Alpha
spell-98 = small b as in Bravo
spell-99 = small c as in Charlie
spell-100 = small d as in Delta
spell-101 = small e as in Echo
spell-102 = small f as in Foxtrot
spell-103 = small g as in Golf
spell-104 = small h as in Hotel
spell-105 = small i as in India
spell-106 = small j as in Juliett
spell-107 = small k as in Kilo
spell-108 = small l as in Lima
spell-109 = small m as in Mike
spell-110 = small n as in November
spell-111 = small o as in Oscar
spell-112 = small p as in Papa
spell-113 = small q as in Quebec
spell-114 = small r as in Romeo
spell-115 = small s as in Sierra
spell-116 = small t as in Tango
spell-117 = small u as in Uniform
spell-118 = small v as in Victor
spell-119 = small w as in Whiskey
spell-120 = small x as in X-ray
spell-121 = small y as in Yankee
spell-122 = small z as in Zulu
spell-123 = opening curly bracket
spell-124 = upright bar
spell-125 = closing curly bracket
spell-126 = tilde

# The hand-out
op-paper-printed = Sent to the printer.
op-paper-saved = The PDF is saved: { $file }

# Directory roles as Graph names them, in small letters with hyphens; any other is shown as it comes
role-global-administrator = Global Administrator
role-privileged-role-administrator = Privileged Role Administrator
role-privileged-authentication-administrator = Privileged Authentication Administrator
role-authentication-administrator = Authentication Administrator
role-authentication-policy-administrator = Authentication Policy Administrator
role-helpdesk-administrator = Helpdesk Administrator
role-user-administrator = User Administrator
role-groups-administrator = Groups Administrator
role-password-administrator = Password Administrator
role-security-administrator = Security Administrator
role-application-administrator = Application Administrator
role-cloud-application-administrator = Cloud Application Administrator
role-exchange-administrator = Exchange Administrator
role-sharepoint-administrator = SharePoint Administrator
role-teams-administrator = Teams Administrator
role-intune-administrator = Intune Administrator
role-conditional-access-administrator = Conditional Access Administrator
role-billing-administrator = Billing Administrator
role-license-administrator = License Administrator
role-global-reader = Global Reader
role-security-reader = Security Reader
