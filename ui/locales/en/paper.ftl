# The hand-out on paper. It never has the pass or the sign-in name on it.

paper-title = Your guide to passwordless sign-in
paper-steps = Setting up your phone
paper-tap = “{ $label }”
paper-sign-in-name = Type your sign-in name, then tap “{ $label }” on your phone.
paper-at-the-counter = Your sign-in name and the Temporary Access Pass are shown on the screen at the counter. They are not on this paper.
paper-app = Getting the app
paper-lost = If you lose or change your phone
paper-lost-do = If you lose it, call the number below at once, so that its registration can be removed.
paper-new-phone = A new phone needs this set-up once more: come to the counter. Keep your old phone until then.
