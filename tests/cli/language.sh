#!/bin/sh
# Messages in Chinese or English, by --lang or by the locale; codes, tables and JSON are the same in both.
. "$(dirname "$0")/harness"
root=$(cd "$(dirname "$0")/../.." && pwd)

is "every message has its Chinese, with the same arguments" "$root/tools/check-messages"

small_package "$T/p"
sed 's/^001,2,4,6/001,2,4,7/; s/^007,2,4,3/007,2,x,3/' "$T/p/papers/数学.scores.csv" >"$T/new.csv" && mv "$T/new.csv" "$T/p/papers/数学.scores.csv"
english="papers/数学.scores.csv:2: 4: mark 7 is above the item's maximum 6"
chinese="papers/数学.scores.csv:2: 4: 得分 7 超过该题满分 6"
wuji 4 check "$T/p"
says err "$english"
wuji 4 check "$T/p" --lang zh --errors "$T/errors.csv"
says err "$chinese"
says err "papers/数学.scores.csv:8: 3: 得分 x 不是数字"
is "--errors is in the language too" grep -qx "papers/数学.scores.csv,2,4,mark-above-maximum,得分 7 超过该题满分 6,7" "$T/errors.csv"
wuji 4 --lang zh check "$T/p"
says err "$chinese"
wuji 4 check "$T/p" --lang zh --json
json '.status == "rejected" and .first[0].code == "mark-above-maximum" and .first[0].message == "得分 7 超过该题满分 6"'

# The locale: the first of three that is not empty.
speaks() { # speaks LANGUAGE ASSIGNMENT…
  language=$1; shift
  env -u LC_ALL -u LC_MESSAGES -u LANG "$@" "$WUJI" check "$T/p" 2>"$T/err"
  if [ "$language" = zh ]; then grep -qF "$chinese" "$T/err"; else grep -qF "$english" "$T/err"; fi
}
is "no locale is English" speaks en NOTHING=
is "LANG is Chinese" speaks zh LANG=zh_CN.UTF-8
is "LC_MESSAGES goes before LANG" speaks en LANG=zh_CN.UTF-8 LC_MESSAGES=en_US.UTF-8
is "LC_ALL goes before both" speaks zh LC_ALL=zh_CN.GB18030 LC_MESSAGES=C LANG=C
is "an empty one is none" speaks zh LC_ALL= LANG=zh
LC_ALL=zh_CN.UTF-8 "$WUJI" check "$T/p" --lang en 2>"$T/err"
says err "$english"
wuji 2 check "$T/p" --lang fr
says err "--lang fr"

# The help of every command: each line about a command or an option has Chinese in it.
wuji 0 --help --lang zh
is_not "a command told in English only" sh -c "sed -n 's/^  //p' '$T/out' | LC_ALL=C grep -vq '[^ -~]'"
for command in $("$WUJI" --help | sed -n 's/^  \([a-z]*\) .*/\1/p'); do
  wuji 0 "$command" --help --lang zh
  is_not "an option of $command told in English only" sh -c "grep '^  --' '$T/out' | grep -v '^  --format' | LC_ALL=C grep -vq '[^ -~]'"
done
wuji 4 check "$T/nothing" --lang zh
says err "没有这个文件或文件夹"
wuji 2 frobnicate --lang zh
LC_ALL=zh_CN.UTF-8 "$WUJI" frobnicate 2>"$T/err"
says err "没有 frobnicate 这个命令"

# Results do not speak: the same files and the same JSON, a summary in Chinese.
small_package "$T/q"
wuji 0 run "$T/q" --db none --out "$T/en" --json
cp "$T/out" "$T/en.json"
wuji 0 run "$T/q" --db none --out "$T/zh" --json --lang zh
is "the same JSON" cmp "$T/en.json" "$T/out"
is "the same tables" diff -r "$T/en" "$T/zh"
wuji 0 run "$T/q" --db none --out "$T/zh" --lang zh
says out "平均分"
says out "CSV 文件在 $T/zh"
finish
