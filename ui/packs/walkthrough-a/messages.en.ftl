# Walk-through A, as it is read. $label is the control to tap, as the phone names it.

install-title = Install the app
install-say = Install “Microsoft Authenticator” on your phone.
install-more = Search for “Microsoft Authenticator” in the App Store (iPhone) or on Google Play (Android), or scan the QR code.

first-privacy-title = A privacy notice
first-privacy-say = Open Microsoft Authenticator, read the notice, then tap “{ $label }” on your phone.
first-privacy-more = These three screens appear only when the app is opened for the first time.

first-usage-title = Helping to improve the app
first-usage-say = Tap “{ $label }” on your phone.
first-usage-more = Whether data is sent is up to you.

first-account-title = The first account
first-account-say = Tap “{ $label }” on your phone.
first-account-more = The QR code choice is not used here.

a1-title = Add an account
a1-say = Open Microsoft Authenticator and tap “{ $label }” on your phone.
a1-more = It is at the top right of the screen.

a2-title = Kind of account
a2-say = Tap “{ $label }” on your phone.

a3-title = Choose to sign in
a3-say = Tap “{ $label }” on your phone.
a3-more = The QR code choice is not used here.

a4-title = Another account
a4-say = Tap “{ $label }” on your phone.

a5-title = Enter the sign-in name
a5-say = Type the sign-in name shown here, then tap “{ $label }” on your phone.
a5-more = It looks like a mail address, but it is not the address you use for mail. Type the part after “@” exactly as shown, too.

a6-title = Enter the pass
a6-say = Type the Temporary Access Pass, then tap “{ $label }” on your phone.
a6-more = It is issued at this counter for the set-up only and valid for a short time (normally 30 minutes). It is not your own password.

a7-title = Continue
a7-say = Tap “{ $label }” on your phone.

a8-title = Register the phone
a8-say = Tap “{ $label }” on your phone.

a9-title = Wait for registration
a9-say = Please wait until the phone’s screen changes.
a9-more = It usually takes less than a minute. If it takes longer, press “My screen is different”.

a10-title = Register once more
a10-say = Tap “{ $label }” on your phone once more.

a11-title = Wait for set-up
a11-say = Please wait a little longer until the phone’s screen changes.
a11-more = It usually takes less than a minute. If it takes longer, press “My screen is different”.

a12-title = Finish the set-up
a12-say = Tap “{ $label }” on your phone.

a13-title = The account’s screen
a13-say = When the phone shows this screen, there is nothing more to tap.
a13-paper = When the phone shows the account’s own screen, there is nothing more to tap.
a13-more = We also check here that the registration has arrived, and tell you.
