# Walk-through C, as it is read. $label is the control to tap, as the phone names it.

install-title = Install the app
install-say = Install “Microsoft Authenticator” on your phone.
install-more = It needs iOS 17 or Android 14, or newer.

c1-title = Add an account
c1-say = Open Microsoft Authenticator and tap “{ $label }” on your phone.
c1-more = It is at the top right of the screen.

c2-title = Kind of account
c2-say = Tap “{ $label }” on your phone.

c3-title = Choose to sign in
c3-say = Tap “{ $label }” on your phone.
c3-more = The QR code choice is not used here.

c4-title = Enter the sign-in name
c4-say = Type the sign-in name shown here, then tap “{ $label }” on your phone.
c4-more = It looks like a mail address, but it is not the address you use for mail. Type the part after “@” exactly as shown, too.

c5-title = Enter the pass
c5-say = Type the Temporary Access Pass, then tap “{ $label }” on your phone.
c5-more = It is issued at this counter for the set-up only and valid for a short time (normally 30 minutes). It is not your own password.

c6-title = Set a screen lock
c6-say = Tap “{ $label }” on your phone and set a screen lock.
c6-more = Choose the number yourself and do not show it to anyone. Then come back to the app.

c7-title = Open Settings
c7-say = Tap “{ $label }” on your phone.
c7-more = The phone’s Settings open.

c8-title = The AutoFill setting
c8-say = { $os ->
    [ios] On your phone, switch “{ $label }” on.
   *[android] Tap “{ $label }” on your phone.
  }
c8-more = { $os ->
    [ios] It is under Settings, General, AutoFill & Passwords.
   *[android] Words and places differ a little by the phone’s maker. You can search Settings for “passkey”.
  }

c9-title = Switch Authenticator on
c9-say = { $os ->
    [ios] Tap “{ $label }” on your phone so that it is ticked.
   *[android] On your phone, switch “{ $label }” on.
  }
c9-more = Then come back to Microsoft Authenticator.

c10-title = Wait for the passkey
c10-say = Please wait until the phone’s screen changes.
c10-more = It usually takes less than a minute. You may be asked for your face, finger or screen lock.

c11-title = Finish the set-up
c11-say = Tap “{ $label }” on your phone.

c12-title = The account’s screen
c12-say = When you see “Passkey” there, there is nothing more to tap.
c12-more = We also check here that the registration has arrived, and tell you.
