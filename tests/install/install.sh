#!/bin/sh
# `cmake --install` into a prefix of its own: the command runs there, the header is a good neighbour, the library shows
# nothing but what the header declares, and docs/example builds against it by pkg-config and by CMake and reads an exam
# from a package and from a database.
. "$(dirname "$0")/../cli/harness"
: "${BUILD:?is the build folder}" "${CC:=cc}"
root=$(cd "$(dirname "$0")/../.." && pwd)
I=$T/prefix
is "cmake --install" cmake --install "$BUILD" --prefix "$I"
lib=$(dirname "$(find "$I" -name libwuji.so)")
header=$I/include/wuji/wuji.h

# The tree can be moved: nothing in it knows where it was made.
mv "$I" "$T/moved" && I=$T/moved && lib=$T/moved${lib#"$T/prefix"} header=$I/include/wuji/wuji.h
WUJI=$I/bin/wuji
wuji 0 --version
is "the version is the header's" grep -qxF "wuji $(sed -n 's/.*define WUJI_VERSION "\(.*\)".*/\1/p' "$header")" "$T/out"
for file in share/man/man1/wuji.1 share/man/man5/wuji-package.5 share/bash-completion/completions/wuji share/zsh/site-functions/_wuji; do
  is "$file is there" test -s "$I/$file"
done
is "the library's name has its number" test -e "$lib/libwuji.so.0"
is_not "the program does not know the build folder" sh -c "readelf -d '$WUJI' | grep -q '$BUILD'"

# The header alone, as strict as can be.
echo '#include <wuji/wuji.h>' >"$T/alone.c"
is "C11 -pedantic" "$CC" -std=c11 -pedantic -Wall -Wextra -Werror -fsyntax-only -I "$I/include" "$T/alone.c"
for cxx in g++ clang++; do
  ! command -v $cxx >/dev/null ||
    is "C++17 with $cxx" $cxx -x c++ -std=c++17 -pedantic -Wall -Wextra -Werror -fsyntax-only -I "$I/include" "$T/alone.c"
done
is "every declaration is told about" awk '/^WUJI_API/ && before !~ /\*\/$/ { print; bad = 1 } { before = $0 } END { exit bad }' "$header"

# Exported: exactly what the header declares.
nm -D --defined-only "$lib/libwuji.so" | awk '{ print $3 }' | LC_ALL=C sort >"$T/exported"
grep -v '^#' "$header" | tr '\n' ' ' | grep -o 'WUJI_API [^;]*;' | sed 's/^[^(]*[ *]\(wuji_[a-z_]*\)(.*/\1/' | LC_ALL=C sort >"$T/declared"
is "the library exports what the header declares" diff "$T/declared" "$T/exported"

# The example, built in both ways.
export PKG_CONFIG_PATH="$lib/pkgconfig"
# shellcheck disable=SC2046 # a list of options
is "built by pkg-config" "$CC" -std=c11 -Wall -Wextra -Werror -o "$T/example" "$root/docs/example/example.c" $(pkg-config --cflags --libs wuji)
is "pkg-config tells the version" test "$(pkg-config --modversion wuji)" = "$("$WUJI" --version | cut -d ' ' -f 2)"
is "configured by find_package" cmake -G Ninja -S "$root/docs/example" -B "$T/by-cmake" -DCMAKE_PREFIX_PATH="$I" -DCMAKE_C_COMPILER="$CC"
is "built by find_package" cmake --build "$T/by-cmake"

small_package "$T/p"
LD_LIBRARY_PATH="$lib" "$T/example" "$T/p" >"$T/from-package" 2>"$T/err"
is "the example reads a package" test "$(wc -l <"$T/from-package")" = 6
is "a school's mean" grep -qx "$(printf '数学\t浙江省/温州市/平阳县/第一中学\t5.00')" "$T/from-package"
"$T/by-cmake/example" "$T/p" >"$T/by-cmake.out" 2>"$T/err"
is "built by CMake it gives the same" cmp "$T/from-package" "$T/by-cmake.out"
LD_LIBRARY_PATH="$lib" "$T/example" "$T/nothing" 2>"$T/err"
is "what fails is told with its exit status" test $? = 4

wuji 0 run "$T/p" --quiet
"$T/by-cmake/example" small "$("$WUJI" db uri)" >"$T/from-database" 2>"$T/err"
is "the example reads the database" cmp "$T/from-package" "$T/from-database"
finish
