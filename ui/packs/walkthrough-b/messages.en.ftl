# Walk-through B, as it is read. $label is the control to tap, as the phone names it.

install-title = Check the app
install-say = In the store, see whether your “Microsoft Authenticator” is up to date.
install-more = If it does not say “Update”, press “I have checked”.
install-next = I have checked

b1-title = Your account in the app
b1-say = Open Microsoft Authenticator and tap your own account, “{ $label }”, on your phone.
b1-more = Where it says “{ $label }” here, your phone has the real one, with your own sign-in name below it.

b2-title = Set up passwordless sign-in
b2-say = Tap “{ $label }” on your phone.

b3-title = Enter the pass
b3-say = Type the Temporary Access Pass, then tap “{ $label }” on your phone.
b3-more = It is issued at this counter and valid for a short time (normally 30 minutes). If it asks for your own password, press “My screen is different”. This counter never hands out passwords.

b4-title = Notification
b4-say = Tap the notification “{ $label }” that arrived on your phone.

b5-title = Enter the number
b5-say = Type the two-digit number you saw on the screen before, then tap “{ $label }” on your phone.
b5-more = The number proves that it is you who is signing in. Never type a number that somebody else tells you.

b6-title = Continue
b6-say = Tap “{ $label }” on your phone.

b7-title = Register the phone
b7-say = Tap “{ $label }” on your phone.

b8-title = Register once more
b8-say = Tap “{ $label }” on your phone once more.
b8-more = It usually takes less than a minute until the screen changes.

b9-title = Finish the set-up
b9-say = Tap “{ $label }” on your phone.

b10-title = The account’s screen
b10-say = When the phone shows this screen, there is nothing more to tap.
b10-paper = When the phone shows the account’s own screen, there is nothing more to tap.
b10-more = We also check here that the registration has arrived, and tell you.
