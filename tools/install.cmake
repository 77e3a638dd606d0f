# What `cmake --install` puts where: the library with its header, its pkg-config file and its CMake package, the
# command line, its man pages and the shells' completions. Included by the top CMakeLists.txt.
include(CMakePackageConfigHelpers)
set(templates ${CMAKE_CURRENT_LIST_DIR}/install)
set(made ${PROJECT_BINARY_DIR}/install)
set(package_dir ${CMAKE_INSTALL_LIBDIR}/cmake/wuji)

# The installed program finds the library by where both lie to each other, so that a prefix may be moved.
file(RELATIVE_PATH bin_to_lib /p/${CMAKE_INSTALL_BINDIR} /p/${CMAKE_INSTALL_LIBDIR})
set_target_properties(wuji_cli PROPERTIES INSTALL_RPATH "$ORIGIN/${bin_to_lib}")

install(TARGETS wuji EXPORT wuji LIBRARY DESTINATION ${CMAKE_INSTALL_LIBDIR})
install(TARGETS wuji_cli RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})
install(DIRECTORY ${PROJECT_SOURCE_DIR}/include/wuji DESTINATION ${CMAKE_INSTALL_INCLUDEDIR})

install(EXPORT wuji NAMESPACE wuji:: FILE wuji-targets.cmake DESTINATION ${package_dir})
configure_package_config_file(${templates}/wuji-config.cmake.in ${made}/wuji-config.cmake INSTALL_DESTINATION ${package_dir})
write_basic_package_version_file(${made}/wuji-config-version.cmake COMPATIBILITY SameMinorVersion)
install(FILES ${made}/wuji-config.cmake ${made}/wuji-config-version.cmake DESTINATION ${package_dir})

file(RELATIVE_PATH pc_to_prefix /p/${CMAKE_INSTALL_LIBDIR}/pkgconfig /p)
string(REGEX REPLACE "/$" "" pc_to_prefix "${pc_to_prefix}")
configure_file(${templates}/wuji.pc.in ${made}/wuji.pc @ONLY)
install(FILES ${made}/wuji.pc DESTINATION ${CMAKE_INSTALL_LIBDIR}/pkgconfig)

install(FILES ${PROJECT_SOURCE_DIR}/docs/man/wuji.1 DESTINATION ${CMAKE_INSTALL_MANDIR}/man1)
install(FILES ${PROJECT_SOURCE_DIR}/docs/man/wuji-package.5 DESTINATION ${CMAKE_INSTALL_MANDIR}/man5)
set(completion ${PROJECT_SOURCE_DIR}/engine/cli/completion)
install(FILES ${completion}/wuji.bash DESTINATION ${CMAKE_INSTALL_DATADIR}/bash-completion/completions RENAME wuji)
install(FILES ${completion}/_wuji DESTINATION ${CMAKE_INSTALL_DATADIR}/zsh/site-functions)
