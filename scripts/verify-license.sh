#!/bin/sh
# Verifies licences with the public keys alone, offline, as any instance can: POSIX shell, od, sed and openssl (3.0 or newer).
#
#   sh scripts/verify-license.sh keys.json license.txt            each line of license.txt is one licence
#   sh scripts/verify-license.sh keys.json license.txt 110        says too whether a file fits an instance of 110 users
#
# keys.json is the answer of GET /.well-known/license-keys. For each licence it prints one line, `valid …` with what the
# licence says or `refused …` with the reason, and it ends with 0 only when all of them are valid. The format is described
# byte by byte in docs/license-format.md.
set -u
LC_ALL=C
export LC_ALL

keys_file=${1:?Usage: verify-license.sh keys.json license.txt [users]}
licenses_file=${2:?Usage: verify-license.sh keys.json license.txt [users]}
users=${3:-}
for file in "$keys_file" "$licenses_file"; do
  [ -s "$file" ] || { echo "There is nothing to read in $file." >&2; exit 2; }
done
work=$(mktemp -d) || exit 2
trap 'rm -rf "$work"' EXIT

# base64url without padding, as standard base64 with it
to_base64() {
  standard=$(printf %s "$1" | tr '_-' '/+')
  case $((${#standard} % 4)) in
    2) standard="$standard==" ;;
    3) standard="$standard=" ;;
  esac
  printf %s "$standard"
}

# A key's name is derived from the key, and never believed. SubjectPublicKeyInfo of Ed25519 is a prefix and the 32 bytes.
prepare_keys() {
  tr ',{}' '\n\n\n' <"$keys_file" | sed -n 's/^ *"publicKey" *: *"\([A-Za-z0-9_-]*\)".*/\1/p' | while read -r raw; do
    to_base64 "$raw" | openssl base64 -d -A >"$work/raw" 2>/dev/null || continue
    id=$(openssl dgst -sha256 -r "$work/raw" | cut -c 1-16)
    { printf '\060\052\060\005\006\003\053\145\160\003\041\000'; cat "$work/raw"; } >"$work/$id.der"
    openssl pkey -pubin -inform DER -in "$work/$id.der" -out "$work/$id.pem" 2>/dev/null || rm -f "$work/$id.pem"
  done
}

refuse() {
  echo "refused $1"
  return 1
}

# Spare bits at the end and stray signs are not ours: only the one text that the bytes have is a licence.
is_in_one_form() {
  case $1 in '' | *[!A-Za-z0-9_-]*) return 1 ;; esac
  case $((${#1} % 4)) in
    0) return 0 ;;
    2) case $1 in *[AQgw]) return 0 ;; esac ;;
    3) case $1 in *[AEIMQUYcgkosw048]) return 0 ;; esac ;;
  esac
  return 1
}

verify() {
  is_in_one_form "$1" || { refuse 'It is not base64url in its one form.'; return; }
  to_base64 "$1" | openssl base64 -d -A >"$work/license" 2>/dev/null
  # The bytes become $1, $2 and so on, as pairs of hexadecimal digits.
  # shellcheck disable=SC2046
  set -- $(od -An -v -tx1 "$work/license")
  size=$#
  [ "$size" -ge 116 ] || { refuse 'It is too short.'; return; }
  [ "$1$2$3$4" = 50474c31 ] || { refuse 'It is not of the format PGL1.'; return; }
  shift 4
  key_id=$1$2$3$4$5$6$7$8
  shift 8
  signed=$((14 + 0x$1$2))
  [ "$size" -eq $((signed + 64)) ] || { refuse 'Its length does not add up.'; return; }
  [ -f "$work/$key_id.pem" ] || { refuse "It was signed with the key $key_id, which is not among those given."; return; }
  dd if="$work/license" of="$work/signed" bs="$signed" count=1 2>/dev/null
  tail -c 64 "$work/license" >"$work/signature"
  openssl pkeyutl -verify -pubin -inkey "$work/$key_id.pem" -rawin -in "$work/signed" -sigfile "$work/signature" >/dev/null 2>&1 ||
    { refuse 'The signature does not hold.'; return; }
  shift 2
  tell "$@"
}

# What a licence says, once its signature holds. A day is the number of days since 1970-01-01.
tell() {
  id=
  for _ in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16; do
    id=$id$1
    shift
  done
  kind=$((0x$1)) grace=$((0x$2))
  shift 2
  seats=$((0x$1$2$3$4)) starts=$((0x$5$6$7$8))
  shift 8
  echo "valid lic_$id kind=$kind graceDays=$grace seats=$seats startsOnDay=$starts expiresOnDay=$((0x$1$2$3$4))"
  [ -z "$users" ] && return 0
  # L5: a file tolerates 10 % more users at installation; online licences do not ask.
  if [ "$kind" -eq 1 ] || [ $((users * 10)) -le $((seats * 11)) ]; then
    echo "  fits $users users"
    return 0
  fi
  echo "  does not fit $users users: at most $((seats * 11 / 10)) with $seats seats"
  return 1
}

prepare_keys
failed=0
while IFS= read -r line || [ -n "$line" ]; do
  verify "$line" || failed=1
done <"$licenses_file"
exit $failed
