#!/bin/sh
# Startet ein Programm, das von selbst endet, nach wachsender Zeit wieder: sh wieder.sh NAME BEFEHL …
# Ein Ende vor der ersten Seite meldet es weiter: Dann stimmt etwas am Start nicht.
name=$1 pause=1
shift
trap 'kill -TERM $kind 2>/dev/null; wait $kind; exit 0' TERM INT HUP
while :; do
    beginn=$(date +%s)
    "$@" &
    kind=$!
    wait $kind
    ende=$?
    [ -e .dienste/bereit ] || exit $ende
    [ $(($(date +%s) - beginn)) -lt 60 ] || pause=1
    echo "$name endete ($ende); neuer Start in $pause s." >&2
    sleep $pause &
    kind=$!
    wait $kind
    [ $pause -ge 32 ] || pause=$((pause * 2))
done
