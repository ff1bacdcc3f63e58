# Mail to the person. The station writes it, no page does: one line each.

letter-subject = [{ $organisation }] Registering your phone
letter-subject-security = [{ $organisation }] A pass was issued
letter-hello = { $organisation } sends you the steps for registering your phone. Once it is registered, you sign in without a password.
letter-what = Our staff will guide you. Please go through the steps below together with them.
letter-no-pass = The pass is not in this mail. Our staff will tell you when you need it.
letter-pass = Temporary Access Pass
letter-pass-how = When a step asks for the pass, type it exactly like this. Capital and small letters are different.
letter-pass-valid = This pass works once, for { $minutes } minutes from { $from }.
letter-pass-no-name = Your sign-in name is not in this mail. Our staff will tell you.
letter-pass-keep = Please do not show or forward this mail to anyone.
letter-never = Our staff never ask for your password or for a number shown in Authenticator, neither by telephone nor by mail.
letter-call = If you did not expect this mail or need help, please call { $help_line }.
letter-security = A pass was issued for you. If you know nothing about it, call { $help_line }.
letter-security-manager = A pass was issued for { $name }. If they know nothing about it, call { $help_line }.
letter-security-when = Issued at: { $from }
letter-security-what = With a pass, a phone is registered for signing in. The pass is not in this mail.
letter-training = This is a mail for training. Nothing real is registered.
