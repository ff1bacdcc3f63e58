# What went wrong, in one sentence, and under `-do` what to do next. Menu and role names are those of the Entra admin centre.

# Network and service
trouble-no-network = Microsoft’s service cannot be reached.
trouble-no-network-do = Check the network connection and try again. If it stays like this, call whoever looks after the network.
trouble-network-wants-sign-in = This network asks for a sign-in before it can be used.
trouble-network-wants-sign-in-do = Sign in to the network in a browser, then try again.
trouble-untrusted = The other side could not prove who it is, so the connection was stopped.
trouble-untrusted-do = Do not go on. Ask the system administrator to check this machine’s date and time, the certificate (ca_file) and the proxy.
trouble-service-down = Microsoft’s service is not answering at the moment.
trouble-service-down-do = Wait a few minutes and try again. If it stays like this, look at “Service health” in the Microsoft 365 admin centre.
trouble-throttled = The service is busy.
trouble-throttled-do = { $seconds ->
    [one] Wait about { $seconds } second and try again.
   *[other] Wait about { $seconds } seconds and try again.
  }
trouble-unexpected = The service gave an answer we did not expect.
trouble-unexpected-do = Try again. If it stays like this, give the error code below to the system administrator.
trouble-network-refused = Something on the network, such as a filter or a proxy, answered in place of Microsoft’s service.
trouble-network-refused-do = Ask whoever runs this network to let this machine through to Microsoft’s sign-in and Graph addresses, or use another network. If it worked until a moment ago, the line behind the proxy may be down: wait a little and try again. Signing in again does not help.
trouble-proxy-wants-sign-in = The network’s proxy wants to know who is asking and lets nothing through.
trouble-proxy-wants-sign-in-do = Ask whoever runs the proxy to let this machine through to Microsoft’s addresses without a sign-in. Otherwise have your system administrator name another proxy (network.proxy), or set network.proxy_credentials to “store” and save a name and a password with “madoguchictl proxy store”; then start this app again.
trouble-proxy-rejects = The network’s proxy does not accept the name and password this counter tells it.
trouble-proxy-rejects-do = Have your system administrator save them again with “madoguchictl proxy store”, then start this app again.
trouble-nothing-lists = This person’s registrations cannot be listed in any way.
trouble-nothing-lists-do = The check goes on by itself. If you cannot wait, have the person test the sign-in with the phone. If it stays like this, give the error code below to the system administrator.

# Sign-in of the operator
trouble-sign-in-declined = The sign-in was cancelled.
trouble-sign-in-declined-do = Sign in again to go on.
trouble-sign-in-timed-out = The sign-in was not finished in time.
trouble-sign-in-timed-out-do = Sign in again. The earlier browser window can be closed.
trouble-tenant-not-found = The configured organisation (tenant) was not found.
trouble-tenant-not-found-do = Ask the system administrator to check the tenant ID and the cloud in the configuration file.
trouble-wrong-tenant = The account used belongs to another organisation.
trouble-wrong-tenant-do = Sign in again with an account of this counter’s organisation.
trouble-app-misconfigured = The app’s registration in Entra does not match this station’s configuration.
trouble-app-misconfigured-do = In the Entra admin centre: App registrations → Authentication → check the platform “Mobile and desktop applications” and the redirect URI “http://localhost”. Role: Application Administrator.
trouble-consent-needed = The organisation has not yet consented to the permissions this app uses.
trouble-consent-needed-do = In the Entra admin centre: Enterprise applications → Permissions → grant admin consent. Role: Cloud Application Administrator.
trouble-sign-in-blocked = The organisation’s Conditional Access stopped the sign-in.
trouble-sign-in-blocked-do = The reason is in the Entra admin centre: Monitoring & health → Sign-in logs. Call the Conditional Access Administrator.
trouble-sign-in-invalid = The result of the sign-in could not be verified and was thrown away.
trouble-sign-in-invalid-do = Sign in again. If it stays like this, ask the system administrator to check this machine’s date and time and the addresses in the configuration file.
trouble-port-unavailable = The station could not get ready to receive the sign-in’s result.
trouble-port-unavailable-do = Try again. If it stays like this, ask the system administrator whether security software blocks connections to localhost.
trouble-browser-failed = The browser for the sign-in could not be opened.
trouble-browser-failed-do = Ask the system administrator to check the browser command in the configuration file.
trouble-sign-in-refused = The sign-in was not accepted.
trouble-sign-in-refused-do = Sign in again. If it stays like this, look for the reason in the sign-in logs of the Entra admin centre.
trouble-other-operator = Someone else signed in than the one who is at work here.
trouble-other-operator-do = Sign in again with the account of whoever is at work here. Any open visit is still there.
trouble-sign-in-again = The sign-in has expired.
trouble-sign-in-again-do = Sign in again with the same account. The visit and the pass are still there.
trouble-token-too-short = The sign-in would expire during a visit.
trouble-token-too-short-do = Sign in again, then start the visit.
trouble-operator-guest = A guest account cannot issue passes.
trouble-operator-guest-do = Sign in again with a member account of this organisation.
trouble-scope-missing = The app lacks a permission it needs: { $scopes }
trouble-scope-missing-do = In the Entra admin centre: App registrations → API permissions → add the delegated permissions named in the README and grant admin consent. Role: Cloud Application Administrator.
trouble-may-not-issue = Issuing a pass was not permitted. This account has no role that is known to allow it.
trouble-may-not-issue-do = Ask for the role Authentication Administrator, or activate it in Privileged Identity Management, then press the button below. If your role is limited to an administrative unit, have it checked whether this person is in that unit.
trouble-not-assigned = This account is not assigned to this app.
trouble-not-assigned-do = Have it added in the Entra admin centre → Enterprise applications → this app → Users and groups. Role: Cloud Application Administrator.
trouble-role-not-seen = No new role is seen on this account.
trouble-role-not-seen-do = An activation can take a minute: wait a little and press again. A custom role, or one limited to an administrative unit, is never seen here: then just go on.
trouble-operator-not-confirmed = The sign-in was cancelled, because the account is not yours.
trouble-operator-not-confirmed-do = Sign in again with your own account. If you do not know the account that appeared, tell your administrator.

# Finding the person
trouble-nothing-typed = Nothing has been typed yet.
trouble-nothing-typed-do = Type the everyday account name, the sign-in name or the person’s name.
trouble-not-an-account = The account name contains a character that account names do not have.
trouble-not-an-account-do = Type the account name in letters and digits, or search by the person’s name.
trouble-unknown-domain = “{ $domain }” is not a domain of this organisation.
trouble-unknown-domain-do = Use the sign-in name, not the mail address. It usually ends with “{ $organisation }” for staff and “{ $partner }” for partners.
trouble-not-found = No account with this name was found.
trouble-not-found-do = Check the spelling, whether the person is staff or partner, and that it is the sign-in name, not the mail address. You can also search by the person’s name.
trouble-not-everywhere-yet = The account was found a moment ago, but not every part of the service knows it yet.
trouble-not-everywhere-yet-do = This is usual for an account that was just created. Wait a minute and try again. If it stays like this, have the system administrator see whether the account was deleted.
trouble-person-disabled = Sign-in is switched off for this account.
trouble-person-disabled-do = Check with HR or the system administrator whether it may be used, and have a User Administrator enable it.
trouble-person-external-guest = No pass can be issued for a guest who uses another organisation’s account.
trouble-person-external-guest-do = Ask the person to have it set up by their own organisation.
trouble-person-is-operator = You cannot issue a pass for yourself.
trouble-person-is-operator-do = Ask a colleague to sign in and serve you.
trouble-person-protected = This person holds the role “{ $role }”, so this sign-in cannot issue a pass for them.
trouble-person-protected-do = Ask someone with the role Privileged Authentication Administrator to issue it.
trouble-read-not-permitted = This person’s details may not be read with this sign-in.
trouble-read-not-permitted-do = Ask the system administrator to check the consent to User.Read.All and UserAuthenticationMethod.Read.All, and that the role Authentication Administrator is active in Privileged Identity Management. If the role is limited to an administrative unit, this person must be in it.
trouble-person-served = This person is already being served as number { $number }.
trouble-person-served-do = Bring number { $number } to the front in the list and go on there, or end that visit first.
trouble-warning-not-heeded = Something has to be seen to first.
trouble-warning-not-heeded-do = Read the red warning and tick it.
trouble-admin-by-telephone = This person holds an administrator role and is not served by telephone.
trouble-admin-by-telephone-do = Ask the person to come to the counter. If that is not possible, ask your system administrator.
trouble-roles-unknown-by-telephone = Whether this person is an administrator could not be read, so they are not served by telephone.
trouble-roles-unknown-by-telephone-do = Look for the person again. If it stays like this, ask them to come to the counter.
trouble-too-many = Too many people match.
trouble-too-many-do = Type more of the person’s name, or search by account name.

# Identity check
trouble-check-missing = The identity check is not complete yet.
trouble-check-missing-do = { $required ->
    [one] Tick at least { $required } way in which you checked.
   *[other] Tick at least { $required } ways in which you checked.
  }
trouble-phone-not-confirmed = It is not yet confirmed that the phone is the person’s own.
trouble-phone-not-confirmed-do = Make sure that the phone is the person’s own and in their hand, then tick it.
trouble-voucher-missing = The name of the person who vouches is still missing.
trouble-voucher-missing-do = Type the name of the person who vouches.
trouble-check-expired = The identity check has expired.
trouble-check-expired-do = End this visit and check the person’s identity again in a new one.
trouble-same-person-not-confirmed = It is not yet confirmed that the same person is still here.
trouble-same-person-not-confirmed-do = Make sure that the same person is here, then tick it.
trouble-renewals-used-up = { $max ->
    [one] One identity check allows { $max } renewal only.
   *[other] One identity check allows { $max } renewals only.
  }
trouble-renewals-used-up-do = End this visit and check the person’s identity again in a new one.
trouble-caller-not-proofed = The caller has not been checked well enough yet.
trouble-caller-not-proofed-do = Call numbers that are on file until all that is needed has been done.
trouble-numbers-changed = The telephone numbers on file, or the supervisor, are not what they were at the first call.
trouble-numbers-changed-do = Call only a number that was there before. Ask your system administrator who changed the directory, and why. If the change is right, cancel this visit and start a new one.
trouble-same-telephone = The person’s number and the supervisor’s are those of one telephone.
trouble-same-telephone-do = Choose another number for one of them, or use another way.

# The pass
trouble-pass-lifetime =
    { $max ->
        [0] This organisation does not allow a pass of this length, and did not say which lengths it allows.
       *[other] In this organisation a pass may be valid for { $min } to { $max } minutes.
    }
trouble-pass-lifetime-do = In the Entra admin centre: Protection → Authentication methods → Temporary Access Pass → Configure → change the lifetime, or change this station’s configuration. Role: Authentication Policy Administrator.
trouble-pass-out-of-scope = This person is not in scope for Temporary Access Pass.
trouble-pass-out-of-scope-do = In the Entra admin centre: Protection → Authentication methods → Temporary Access Pass → Enable and target → include the person. It takes some minutes to take effect. Role: Authentication Policy Administrator.
trouble-pass-not-permitted = Issuing a pass for this person was not permitted.
trouble-pass-not-permitted-do = Check that your role Authentication Administrator is active in Privileged Identity Management and, if it is limited to an administrative unit, that this person is in it. If the person is an administrator, ask someone with the role Privileged Authentication Administrator.
trouble-pass-once-forced = This organisation only allows passes that can be used once.
trouble-pass-once-forced-do = Set this station to one-time passes, or in the Entra admin centre: Protection → Authentication methods → Temporary Access Pass → Configure → change “One-time”. Role: Authentication Policy Administrator.
trouble-pass-exists = A pass issued earlier is still valid.
trouble-pass-exists-do = Make sure with the person that the earlier pass may end, then issue one in its place.
trouble-pass-uncertain = It is not known yet whether the pass was issued.
trouble-pass-uncertain-do = We are finding out. Until then no other pass can be issued for this person.
trouble-pass-not-recorded = The record cannot be written, so no pass can be issued.
trouble-pass-not-recorded-do = Ask the system administrator to check this machine’s free space and whether its data folder can be written to.
trouble-pass-refused = The service did not accept the request for a pass.
trouble-pass-refused-do = Wait a moment and try again. If it stays like this, give the error code below to the system administrator.
trouble-pass-blocked = A pass that may have been issued earlier is still open for this person.
trouble-pass-blocked-do = Wait until the check is finished, or until that pass has expired.
trouble-pass-policy-disabled = Temporary Access Pass is disabled in this organisation.
trouble-pass-policy-disabled-do = In the Entra admin centre: Protection → Authentication methods → Temporary Access Pass → Enable. Role: Authentication Policy Administrator.
trouble-pass-not-removed = The earlier pass could not be removed.
trouble-pass-not-removed-do = Wait a moment and try again. It can also be removed in the Entra admin centre: Users → Authentication methods. Role: Authentication Administrator.
trouble-pass-replaced = Another pass was issued for this person, so the one from this station no longer works.
trouble-pass-replaced-do = Ask whether the person is being helped elsewhere, then renew the pass here if it is needed.

trouble-lost-phone-first = The lost phone may still work. The pass comes after that.
trouble-lost-phone-first-do = Remove what was registered before, or have someone see to it and press “Go on as it is”.

trouble-phone-since = A phone was registered since this visit began. That is decided first.
trouble-phone-since-do = Ask the visitor about it above: remove it, or say that it is theirs.

trouble-passes-per-hour = This station issues at most { $passes } passes an hour, and they have been issued.
trouble-passes-per-hour-do = The next pass can be issued from { $next_unix_ms }. If it cannot wait, use the station of another counter.

# The site's own limits
trouble-operator-not-listed = At this counter only certain operators may issue passes, and you are not one of them.
trouble-operator-not-listed-do = Have a colleague who is listed serve this person, or ask your system administrator to list you.
trouble-person-not-listed = This counter issues passes only for certain people, and this person is not one of them.
trouble-person-not-listed-do = Send the person to the counter that is responsible. If that is this one, ask your system administrator.
trouble-person-excepted = No pass is issued for this person at this counter.
trouble-person-excepted-do = Ask your system administrator who serves this person.
trouble-limits-unread = Whether you may issue a pass for this person here could not be read, so none was issued.
trouble-limits-unread-do = Try again. If it stays like this, ask your system administrator to check the consent to User.Read.All.

# A colleague confirms
trouble-colleague-needed = A colleague has to confirm this pass before it can be issued.
trouble-colleague-needed-do = Press “Ask a colleague to confirm”, and have a colleague who may confirm sign in.
trouble-colleague-is-operator = You signed in yourself, so nothing was confirmed.
trouble-colleague-is-operator-do = Ask again, and have another operator sign in with their own account.
trouble-colleague-is-person = The person who is to get the pass signed in, so nothing was confirmed.
trouble-colleague-is-person-do = Ask again, and have a colleague who may confirm sign in.
trouble-colleague-elsewhere = An account of another organisation signed in, so nothing was confirmed.
trouble-colleague-elsewhere-do = Ask again, and have the colleague choose their account in this organisation.
trouble-colleague-guest = A guest of this organisation signed in, so nothing was confirmed.
trouble-colleague-guest-do = Ask again, and have a colleague who is a member of this organisation sign in.
trouble-colleague-not-listed = Whoever signed in is not one of those who may confirm at this counter.
trouble-colleague-not-listed-do = Ask again with a colleague who may confirm. If this colleague should be one of them, ask your system administrator.
trouble-colleague-declined = The colleague did not sign in, so nothing was confirmed.
trouble-colleague-declined-do = Ask again when a colleague is ready. If no one can confirm, leave this visit unfinished.
trouble-colleague-timed-out = No one signed in in time, so nothing was confirmed.
trouble-colleague-timed-out-do = Close the sign-in page in the browser, and ask again when a colleague is ready.
trouble-colleague-unread = Whether the colleague may confirm could not be read, so nothing was confirmed.
trouble-colleague-unread-do = Ask again. If it stays like this, ask your system administrator to check the consent to User.Read.All.
trouble-colleague-not-fresh = That the colleague signed in just now could not be seen, so nothing was confirmed.
trouble-colleague-not-fresh-do = Ask again, and have the colleague sign in again. If it stays like this, ask your system administrator to add the optional claim auth_time to the app registration.

# The hand-out
trouble-hand-out-not-made = The hand-out could not be made.
trouble-hand-out-not-made-do = Try again. If it stays like this, have the system administrator look at this station’s log.
trouble-hand-out-not-printed = The hand-out could not be printed ({ $program }).
trouble-hand-out-not-printed-do = Check that the printer is on and has paper, then try again.
trouble-hand-out-not-saved = The PDF could not be saved ({ $folder }).
trouble-hand-out-not-saved-do = Have the system administrator check whether that folder can be written to.
trouble-hand-out-not-here = Hand-outs cannot be made on this computer’s system.
trouble-hand-out-not-here-do = Point to the codes and the help line on the screen.

# The station
trouble-not-now = This cannot be done on the current screen.
trouble-not-now-do = Look at the screen and try again.
trouble-visits-full = No more visits can be open at the same time.
trouble-visits-full-do = End the open visit, then start a new one.
trouble-visit-gone = This visit has already ended.
trouble-visit-gone-do = Start a new visit from the first screen.
trouble-record-failed = The record could not be written.
trouble-record-failed-do = Ask the system administrator to check this machine’s free space and whether its data folder can be written to.
trouble-record-displaced = The files of the record are gone or were replaced. No new pass can be issued.
trouble-record-displaced-do = Finish the visit you are in, close the app and call the system administrator, who puts the files back or accepts things as they are.
trouble-record-broken = A part of the record is not as it was written. No new pass can be issued.
trouble-record-broken-do = Finish the visit you are in, close the app and call the system administrator, who can see which part it is.
trouble-not-allowed-here = This cannot be done from this screen.
trouble-not-allowed-here-do = Please ask our staff.

trouble-visit-open = A visit is still open.
trouble-visit-open-do = Complete, end unfinished or cancel every open visit first, those put aside too.
trouble-visit-not-kept = A visit by telephone that was put aside is lost if the app is closed, because this computer’s credential store cannot be used.
trouble-visit-not-kept-do = Finish that visit before you close the app. Ask your system administrator to look at the credential store (Secret Service).
trouble-visit-not-written = A visit by telephone that was put aside is lost if the app is closed, because it could not be saved on this computer.
trouble-visit-not-written-do = Finish that visit before you close the app. The app keeps trying. Ask your system administrator to check the free space and whether the data folder can be written to.
trouble-kept-still-there = What was saved for a call back could not be deleted from this computer.
trouble-kept-still-there-do = You can go on; the app keeps trying. If this stays, ask your system administrator to delete the file “waiting.sealed” in the data folder while the app is closed.
trouble-kept-lost = A visit that waited for a call back is lost. What was saved could not be read, or this computer’s clock was wrong, and it has been deleted.
trouble-kept-lost-do = If the person calls again, or you know whom to call back, start a new visit by telephone.
trouble-kept-locked = Visits that wait for a call back cannot be read yet: the credential store is locked or does not answer.
trouble-kept-locked-do = Unlock the credential store (Secret Service). The station tries again every minute for 10 minutes, and whenever somebody signs in. Until then another visit by telephone that you put aside is lost if the app is closed.
trouble-kiosk-stays = The app on this machine does not close by its window.
trouble-kiosk-stays-do = Sign in and press “Close the app” on the start screen. If a visit is open, end it first.

# What follows the registration
trouble-answers-differ = The answer on the person’s screen and the one chosen here are not the same.
trouble-answers-differ-do = Ask the person once more, and choose the same answer.
trouble-roll-not-recorded = The record cannot be written, so the automatic change of the password was not started.
trouble-roll-not-recorded-do = Try again. If it stays like this, you may end the visit as it is. Have your system administrator check this machine’s free space and whether its data folder can be written to.
trouble-roll-not-permitted = There is no permission to add this person to the automatic change.
trouble-roll-not-permitted-do = The password stays as it is, and the visit can be ended. Have your system administrator check the consent to change the members of the group for the automatic change, and whether you own that group.
trouble-patch-not-permitted = There is no permission to change this password.
trouble-patch-not-permitted-do = The visit can be ended. This method needs the role User Administrator or Privileged Authentication Administrator, and consent to User-PasswordProfile.ReadWrite.All. Have your system administrator check both.
trouble-reset-not-permitted = There is no permission to reset this password.
trouble-reset-not-permitted-do = The visit can be ended. This method needs the role Authentication Administrator, and consent to UserAuthMethod-Password.ReadWrite.All. Have your system administrator check both.
trouble-password-on-premises = The password is kept on premises and cannot be changed in this way.
trouble-password-on-premises-do = It stays as it is, and the visit can be ended. Ask an Active Directory administrator to change it.
trouble-write-back-failed = The directory on premises did not accept the new password.
trouble-write-back-failed-do = It stays as it is, and the visit can be ended. Have an Active Directory administrator check password writeback and whether its account may change this person’s password.
trouble-reset-failed = The password could not be reset.
trouble-reset-failed-do = The password stays as it is. Try again. If it stays like this, tell your system administrator.
trouble-password-not-accepted = The directory did not accept any of several new passwords.
trouble-password-not-accepted-do = The visit can be ended. Have your system administrator check the organisation’s rules on passwords and the setting passwords.length.
trouble-password-unclear = Several requests to change the password got no answer.
trouble-password-unclear-do = It is not known whether it was changed. The sign-in by phone goes on working. Wait a little and try again. If it stays like this, tell your system administrator.
trouble-password-not-recorded = The record cannot be written, so the password was not changed.
trouble-password-not-recorded-do = Try again. If it stays like this, you may end the visit as it is. Have your system administrator check this machine’s free space and whether its data folder can be written to.
trouble-method-not-there = This method is not found yet. Right after its registration that takes a moment.
trouble-method-not-there-do = Wait a moment and try again.
trouble-method-still-there = It was said to be removed, and is still listed.
trouble-method-still-there-do = Remove it again. If it stays, look at the person’s methods in the Entra admin centre.
trouble-phone-not-recorded = The record could not be written, so nothing was done about the earlier phone.
trouble-phone-not-recorded-do = Try again. If it goes on, tell your system administrator.
trouble-roll-not-left = The person could not be taken out of the automatic change.
trouble-roll-not-left-do = The visit can be ended. The station tries again by itself while an operator is signed in, and shows it on the first screen until it is done.
trouble-again-without-colleague = What was checked of this caller is enough only with a colleague’s confirmation, and a colleague confirms passes alone.
trouble-again-without-colleague-do = Begin the visit anew and check the caller by calls alone, to their own number or their supervisor, or ask the person to come to the counter.
trouble-again-lost-phone = Somebody else may have the lost phone, or one that was registered since. The password comes after that.
trouble-again-lost-phone-do = Remove what was registered before, end the sign-ins, and answer for what was registered since. If that cannot be done here, end this visit and ask your system administrator.
trouble-need-not-recorded = That a password is needed again could not be recorded yet.
trouble-need-not-recorded-do = The visit can be ended. The station writes it as soon as it can. Before you close the app, have your system administrator check this machine’s free space and whether its data folder can be written to.
trouble-roll-never = This person’s account has changed, and its password can no longer be changed here.
trouble-roll-never-do = Nothing was changed, and the visit can be ended. Ask your system administrator what changed in the account.
trouble-sessions-not-ended = The password was changed, but the sign-ins on other devices could not be ended.
trouble-sessions-not-ended-do = The visit goes on. Have your system administrator check the consent to User.RevokeSessions.All.

trouble-mail-no-mailbox = There is no mailbox to send mail from.
trouble-mail-no-mailbox-do = Ask the administrator to use a shared mailbox or the site’s mail server ([notice] way). This time, read the pass out.
trouble-mail-not-permitted = You have no right to send mail.
trouble-mail-not-permitted-do = Ask the administrator to check the consent to Mail.Send (for a shared mailbox, Mail.Send.Shared). This time, read the pass out.
trouble-mail-not-as-sender = You are not allowed to send as the shared mailbox.
trouble-mail-not-as-sender-do = Ask the administrator to check “Send as” and full access in Exchange. A change can take up to two hours.
trouble-mail-address-refused = The address was not accepted by what sends the mail.
trouble-mail-address-refused-do = Read the address back once more, character by character, and correct it if it is wrong.
trouble-mail-too-many = The mailbox has sent as much mail as it may, or is full.
trouble-mail-too-many-do = Read the pass out this time. Ask the administrator for another mailbox, or wait.
trouble-mail-too-large = The mail was too large to be accepted.
trouble-mail-too-large-do = Go on without mail this time, and tell the administrator.
trouble-mail-later = What sends the mail does not take any just now.
trouble-mail-later-do = Wait about a minute and send it again. If it is urgent, read the pass out.
trouble-mail-refused = The mail was not accepted.
trouble-mail-refused-do = If sending it again does not help, read the pass out and give the administrator the error code.
trouble-mail-unclear = It is not known whether the mail was handed over.
trouble-mail-unclear-do = Ask the person whether it arrived before you send it again.
trouble-relay-away = The mail server cannot be reached.
trouble-relay-away-do = Ask the administrator to check host and port in [notice.relay], and the network. This time, read the pass out.
trouble-relay-silent = The mail server does not answer.
trouble-relay-silent-do = Ask the administrator to check that port and encryption fit (587 with starttls, 465 with tls).
trouble-relay-untrusted = The mail server’s certificate is not trusted. Nothing was sent.
trouble-relay-untrusted-do = Ask the administrator whether host in [notice.relay] is the name in the certificate, and whether cloud.ca_file is needed.
trouble-relay-plain = The mail server offers no encryption. Nothing was sent.
trouble-relay-plain-do = Ask the administrator for a mail server with STARTTLS or TLS.
trouble-relay-no-sign-in = The mail server offers no way to sign in that is known here.
trouble-relay-no-sign-in-do = Ask the administrator whether notice.relay.credentials can be "none".
trouble-relay-sign-in = The mail server does not accept the name and password.
trouble-relay-sign-in-do = Ask the administrator to store the name and password again.
trouble-relay-no-password = The name and password for the mail server are not in the credential store.
trouble-relay-no-password-do = Ask the administrator to store them, then start the app again.
trouble-relay-sender = The mail server does not take mail from this sender.
trouble-relay-sender-do = Ask the administrator to check the address in notice.relay.from.
trouble-mail-no-address = The directory has no mail address for this person, so the notice that a pass was issued cannot be sent.
trouble-mail-no-address-do = Go on. Tell the person in another way that a pass was issued.
trouble-mail-no-manager = The directory has no mail address of a manager, so the notice that a pass was issued cannot be sent there.
trouble-mail-no-manager-do = Go on. Ask the administrator whether the manager has to be told in another way.
trouble-mail-name-in-letter = The mail was not sent, because the sign-in name would stand in it beside the pass.
trouble-mail-name-in-letter-do = Read the pass out. Ask the administrator whether a configured text or address holds the sign-in name.
trouble-address-invalid = This is not a mail address.
trouble-address-invalid-do = Check it character by character: it looks like name@example.com.
trouble-address-not-read-back = The mail address has not been read back.
trouble-address-not-read-back-do = Read it out character by character, and tick the box once the person says yes.
trouble-pass-not-by-mail = This pass cannot go to this address by mail.
trouble-pass-not-by-mail-do = The mail panel says why. Send the mail without the pass, or read the pass out.
