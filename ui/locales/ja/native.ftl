# Drawn by the app itself where a page is lost. One line each, without arguments.
op-display-lost-title = 画面の表示が止まりました
op-display-lost-do = 受付は続いています。パスは隠しました。まもなく自動で元に戻ります。そのままお待ちください。
op-display-given-up-title = この画面を表示できません
op-display-given-up-do = このウィンドウを閉じて、アプリを起動し直してください。直らないときは端末を再起動し、管理者にお知らせください。
