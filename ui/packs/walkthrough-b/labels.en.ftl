# What a phone set to English shows in walk-through B alone. What has no public source is listed in pack.toml.

sign-in-request = Approve sign-in?
approve-sign-in = Are you trying to sign in?
type-number = Enter the number shown to sign in.
number-blank = Number
yes = Yes
no-not-me = No, it’s not me
phone-sign-in-on = You’re all set
phone-sign-in-on-more = You can sign in without typing a password.
