# Drawn by the app itself where a page is lost. One line each, without arguments.
op-display-lost-title = The screen has stopped
op-display-lost-do = The visit goes on, and any pass is hidden. The screen comes back by itself in a moment. Please wait.
op-display-given-up-title = This screen cannot be shown
op-display-given-up-do = Close this window and start the app again. If that does not help, restart this computer and tell whoever looks after it.
