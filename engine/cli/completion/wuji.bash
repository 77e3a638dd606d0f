# bash completion of wuji. Commands, options and tables come from the program's own --help, so they are never out of
# date. Codes of exams come from a database that is set (--db, the PG… environment) or from the private cluster where it
# runs: asked by psql with two seconds of patience, because psql changes nothing, and nothing is ever started.

_wuji_help() { LC_ALL=C "$wuji" ${1:+"$1"} --help 2>/dev/null </dev/null; }

_wuji_exams() {
  local uri=$1
  if [ -z "$uri" ] && [ -z "${PGHOST-}${PGSERVICE-}${PGDATABASE-}" ]; then
    case $(LC_ALL=C "$wuji" db status 2>/dev/null </dev/null) in
      running*) uri=$(LC_ALL=C "$wuji" db uri 2>/dev/null </dev/null) ;;
      *) return ;;
    esac
  fi
  [ "$uri" = none ] ||
    PGCONNECT_TIMEOUT=2 timeout 2 psql -X -q -w -A -t -c 'select exam from wuji.exam order by 1' ${uri:+"$uri"} 2>/dev/null </dev/null
}

# The words of a list that begin with the word at hand; blanks in a word are kept.
_wuji_offer() {
  local word
  while IFS= read -r word; do
    [[ -n $word && $word == "$cur"* ]] && COMPREPLY+=("$(printf %q "$word")")
  done
}
_wuji_files() { compopt -o filenames; mapfile -t COMPREPLY < <(compgen "$1" -- "$cur"); }

_wuji() {
  local wuji=$1 cur=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD - 1]} command='' db='' operands=0 i
  local valued=' --db --out --errors --node --paper --format --sf --seed --threads --lang --y --x --group --slope '
  COMPREPLY=()
  for ((i = 1; i < COMP_CWORD; i++)); do
    case ${COMP_WORDS[i]} in
      --db) db=${COMP_WORDS[++i]} ;;
      -*) [[ $valued == *" ${COMP_WORDS[i]} "* ]] && ((i++)) ;;
      *) if [ -z "$command" ]; then command=${COMP_WORDS[i]}; else ((operands++)); fi ;;
    esac
  done

  case $previous in
    --out) [ "$command" = export ] && _wuji_files -f || _wuji_files -d; return ;;
    --errors) _wuji_files -f; return ;;
    --format) _wuji_offer <<<$'csv\njson'; return ;;
    --lang) _wuji_offer <<<$'zh\nen'; return ;;
    --paper) _wuji_offer <<<total; return ;;
    --db) _wuji_offer <<<none; return ;;
    --node | --sf | --seed | --threads | --y | --x | --group | --slope) return ;;
  esac
  if [[ $cur == -* ]]; then
    _wuji_offer < <(_wuji_help "$command" | grep -Eo '^ +--[a-z-]+' | tr -d ' ')
    return
  fi
  case $command:$operands in
    :0) _wuji_offer < <(_wuji_help | sed -n 's/^  \([a-z]\{1,\}\) .*/\1/p') ;;
    check:0 | run:0 | ingest:0 | gen:0) _wuji_files -d ;;
    export:0 | analyze:0 | withdraw:0) _wuji_offer < <(_wuji_exams "$db") ;;
    export:1) _wuji_offer < <(_wuji_help export | sed -n '/^  [a-z_ ]*$/p' | tr -s ' ' '\n') ;;
    fit:0) _wuji_offer <<<hlm ;;
    fit:1) _wuji_files -f ;;
    db:0) _wuji_offer <<<$'start\nstop\nstatus\nuri\nmigrate' ;;
  esac
}
complete -F _wuji wuji
