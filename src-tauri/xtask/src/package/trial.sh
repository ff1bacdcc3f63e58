#!/bin/sh
# Runs within a clean Debian: installs packages, works with them, updates, removes and purges them. The folders `old`
# and `new` beside this file hold two versions. The last line of each step begins with "ok:" or "failed:".
set -eu
here=$(dirname "$(readlink -f "$0")")
export DEBIAN_FRONTEND=noninteractive LC_ALL=C.UTF-8

ok() { echo "ok: $1"; }
must() {
    words=$1
    shift
    if "$@" >"$here/said" 2>&1; then ok "$words"; else
        echo "failed: $words"
        cat "$here/said"
        exit 1
    fi
}
gone() { [ ! -e "$1" ]; }
mode() { [ "$(stat -c '%a %U:%G' "$1")" = "$2" ]; }
same() { [ "$(cat "$1")" = "$2" ]; }
version() { [ "$(dpkg-query -W -f='${Version}' "$1")" = "$(dpkg-deb -f "$2" Version)" ]; }
get() { apt-get install --yes --no-install-recommends -o Dpkg::Use-Pty=0 "$@"; }

doc=/usr/share/doc/madoguchi
config=/etc/madoguchi/madoguchi.toml
must "the package installs by apt with what it needs" get "$here"/old/madoguchi_*.deb
# Recommended: without the system's certificates nothing can be asked over https, and the check says so.
must "the system's certificates install beside it" get ca-certificates
must "madoguchi --version" madoguchi --version
cat "$here/said"
must "madoguchictl config check on the sample that came along" madoguchictl config check $doc/examples/madoguchi.toml
must "the program file is the administrator's and nobody else's to read" mode /usr/bin/madoguchi "711 root:root"
must "no configuration came along: a tenant is the site's to name" gone $config
if madoguchictl config check >"$here/told" 2>&1; then
    echo "failed: a station without a configuration is told"
    exit 1
fi
must "a station without a configuration is told which file is missing" grep -q $config "$here/told"
must "every file is as it was packed" dpkg --verify madoguchi

cp $doc/examples/madoguchi.toml $config
echo "# the site's own line" >>$config
echo "site" >/etc/madoguchi/root.pem
adduser --system --quiet --home /var/lib/somebody somebody
install -d -o somebody -m 700 /var/lib/somebody/.local/state/madoguchi
echo "record" >/var/lib/somebody/.local/state/madoguchi/record.sqlite3
before=$(cat $config)

must "the kiosk's package installs beside it" get "$here"/old/madoguchi-kiosk_*.deb
must "its account has no shell" grep -q '^madoguchi-kiosk:.*:/var/lib/madoguchi-kiosk:/usr/sbin/nologin$' /etc/passwd
must "its account cannot write its home" mode /var/lib/madoguchi-kiosk "755 root:root"
must "its account alone can enter the record's folder" \
    mode /var/lib/madoguchi-kiosk/.local/state/madoguchi "700 madoguchi-kiosk:madoguchi-kiosk"
must "nothing enabled its session" gone /etc/systemd/system/graphical.target.wants/madoguchi-kiosk.service
must "its account may start the app" setpriv --reuid madoguchi-kiosk --regid madoguchi-kiosk --clear-groups madoguchi --version
must "its account finds nothing wrong with the configuration" \
    setpriv --reuid madoguchi-kiosk --regid madoguchi-kiosk --clear-groups \
    env HOME=/var/lib/madoguchi-kiosk madoguchictl config check
needrestart=/etc/needrestart/conf.d/madoguchi-kiosk.conf
echo "# the site's own line" >>$needrestart
kept=$(cat $needrestart)
echo "record" >/var/lib/madoguchi-kiosk/.local/state/madoguchi/record.sqlite3

# A program that runs from the old file while the package is updated stands for an app in the middle of a visit.
setpriv --reuid madoguchi-kiosk --regid madoguchi-kiosk --clear-groups sleep 600 &
visit=$!
must "both update to the next version" get "$here"/new/*.deb
must "the next version is there" version madoguchi "$here"/new/madoguchi_*.deb
must "what runs under the kiosk's account goes on" kill -0 $visit
kill $visit
must "the site's configuration is as it was" same $config "$before"
must "the site's word to needrestart is as it was" same $needrestart "$kept"
must "madoguchi --version after the update" madoguchi --version

must "both are removed" apt-get remove --yes madoguchi madoguchi-kiosk
must "the program is gone" gone /usr/bin/madoguchi
must "the site's configuration is still there" same $config "$before"
must "the site's word to needrestart is still there" same $needrestart "$kept"
must "both are purged" apt-get purge --yes madoguchi madoguchi-kiosk
must "the configuration is gone" gone $config
must "the kiosk's configuration is gone" gone $needrestart
must "what else a site put there is not" same /etc/madoguchi/root.pem site
must "the record of an account is not" same /var/lib/somebody/.local/state/madoguchi/record.sqlite3 record
must "the record of the kiosk is not" same /var/lib/madoguchi-kiosk/.local/state/madoguchi/record.sqlite3 record
must "no program, guide or manual is left" gone $doc
must "nothing of both is known to dpkg" sh -c "! dpkg-query -W -f='\${Package} \${db:Status-Status}\n' | grep -q '^madoguchi'"
echo "all ok"
