#!/bin/sh
# Richtet ein, was ein Ziel braucht: Systempakete und .venv nach den Sperrdateien. Nichts geschieht
# zweimal; ohne Änderung braucht es kein Netz. Aufruf: sh werkzeug/einrichten.sh base|dev
set -u
stufe=$1 PYTHON=${PYTHON:-python3} PATH=$PATH:/usr/sbin:/sbin
log=.dienste/protokolle/einrichten.log

# Sagt in einem Satz, was fehlt und was zu tun ist. Fehlt Platz, liegt es daran.
abbruch() {
    frei=$(df -Pm . | awk 'NR == 2 { print $4 }')
    [ "$frei" -ge "${2:-32}" ] || set -- "Auf dem Datenträger von $PWD sind nur $frei MB frei; \
bitte Platz schaffen (nötig ist rund 1 GB) und den Befehl wiederholen."
    printf '\nFallwerk: %s\n' "$1" >&2
    exit 1
}

fehlt=
braucht() { eval "$2" >/dev/null 2>&1 || fehlt="$fehlt $1"; }
bibliothek() { ldconfig -p | grep -q "$1"; }

# Kein Dienst des Systems startet, kein Bestand des Systems entsteht: Fallwerk bringt die eigenen
# mit. Was dafür verstellt wird, kommt zurück.
systempakete='
set -eu
export DEBIAN_FRONTEND=noninteractive UCF_FORCE_CONFFOLD=1
policy=/usr/sbin/policy-rc.d config=/etc/postgresql-common/createcluster.conf own_policy=nein
[ -e $policy ] || { printf "#!/bin/sh\nexit 101\n" > $policy; chmod 755 $policy; own_policy=ja; }
tidy() {
    [ $own_policy = nein ] || rm -f $policy
    [ ! -e $config.fallwerk ] || mv -f $config.fallwerk $config
}
trap tidy EXIT
apt="apt-get -q -y -o DPkg::Lock::Timeout=300 -o Dpkg::Options::=--force-confold
    --no-install-recommends"
apt-get -q update || true
case " $* " in *" postgresql "*)
    $apt install postgresql-common
    cp -p $config $config.fallwerk
    sed -ri "s/^#?\s*(create_main_cluster)\b.*$/\1 = false/" $config
esac
$apt install "$@"
'

mkdir -p .dienste/protokolle 2>/dev/null && : 2>/dev/null >>"$log" && [ -w . ] || abbruch \
    "$PWD ist für dieses Konto gesperrt; bitte Fallwerk in einen eigenen Ordner holen."
# Als root läuft die Datenbank unter einem anderen Konto, das hindurch darf; innen ist alles zu.
chmod "$([ "$(id -u)" = 0 ] && echo 711 || echo 700)" .dienste
exec 9>.dienste/einrichten.sperre && flock 9

braucht libpango-1.0-0 'bibliothek libpango-1.0.so.0'
braucht libpangoft2-1.0-0 'bibliothek libpangoft2-1.0.so.0'
braucht libharfbuzz-subset0 'bibliothek libharfbuzz-subset.so.0'
braucht libmagic1 'bibliothek libmagic.so.1'
braucht redis-server '[ "${REDIS_URL:-}" ] || command -v redis-server'
braucht postgresql '[ "${DATABASE_URL:-}" ] || command -v initdb || ls /usr/lib/postgresql/*/bin/initdb'
[ -x .venv/bin/python ] || braucht python3-venv '"$PYTHON" -c "import ensurepip"'
if [ "$stufe" = dev ]; then
    braucht chromium 'command -v chromium || command -v chromium-browser'
    braucht poppler-utils 'command -v pdftotext'
fi
if [ "$fehlt" ]; then
    sudo=; [ "$(id -u)" = 0 ] || sudo='sudo -n'
    command -v apt-get >/dev/null || abbruch "Es fehlen$fehlt (so heißen die Pakete unter Debian); \
bitte mit der Paketverwaltung dieses Systems einrichten oder \`docker compose up\` verwenden."
    $sudo true 2>/dev/null ||
        abbruch "Es fehlen Systempakete; bitte als root ausführen: apt-get install$fehlt"
    echo "Systempakete einrichten:$fehlt" >&2
    $sudo sh -c "$systempakete" sh $fehlt >"$log" 2>&1 </dev/null || abbruch "Die Systempakete \
ließen sich nicht einrichten (siehe $log); bitte als root ausführen: apt-get install$fehlt"
fi

stand="$(readlink -f .venv) $("$PYTHON" -V) $(cat requirements/*.txt | sha256sum)"
[ "$(cat ".venv/stand-$stufe" 2>/dev/null)" != "$stand" ] || exit 0
[ -x .venv/bin/python ] || [ "$(df -Pm . | awk 'NR == 2 { print $4 }')" -ge 900 ] || abbruch '' 900
echo "Python-Pakete einrichten: requirements/$stufe.txt" >&2
# Eine Umgebung, die für diesen Ordner und dieses Python gemacht ist, bleibt und wird ergänzt.
if ! grep -qsF " $(readlink -f .venv)" .venv/pyvenv.cfg || ! .venv/bin/python -m pip -V; then
    "$PYTHON" -m venv --clear .venv || abbruch ".venv ließ sich nicht anlegen; siehe $log."
fi >"$log" 2>&1
# Die Sperrdatei ist vollständig, es wird nichts aufgelöst. Übersetzt wird erst beim ersten
# Gebrauch: Das meiste in den Paketen wird nie geladen.
regeln='--require-hashes --no-deps -q -r'
pip=".venv/bin/python -m pip install --no-compile --no-input $regeln"
# uv liest die Einstellungen von pip nicht; wer dort ein Verzeichnis nennt, meint beide.
[ -z "${PIP_INDEX_URL:-}" ] || export UV_DEFAULT_INDEX="${UV_DEFAULT_INDEX:-$PIP_INDEX_URL}"
export UV_SYSTEM_CERTS=1 UV_PYTHON_DOWNLOADS=never
{
    $pip requirements/werkzeug.txt &&
        { .venv/bin/python -m uv pip install --python .venv/bin/python $regeln "requirements/$stufe.txt" ||
            $pip "requirements/$stufe.txt"; }
} >"$log" 2>&1 || abbruch "Die Python-Pakete ließen sich nicht holen (siehe $log); bitte die \
Verbindung zum Paketverzeichnis oder PIP_INDEX_URL prüfen."
# Die Sperrdatei der Entwicklung enthält die des Produkts, Fassung für Fassung.
echo "$stand" | tee .venv/stand-base >".venv/stand-$stufe"
