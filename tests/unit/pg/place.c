/* Where the private cluster would be; nothing is started or made. */
#include "pg/cluster.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static char *uri_of(const char *home) {
  static char uri[512];
  wuji_error error;
  (void)setenv("WUJI_HOME", home, 1);
  cr_assert_eq(wuji_pg_cluster_uri(uri, sizeof uri, &error), WUJI_OK, "%s", error.message);
  return uri;
}

Test(place, one_home_has_one_uri_however_it_is_written) {
  char first[512];
  char relative[1024];
  (void)snprintf(first, sizeof first, "%s", uri_of("/nowhere/wuji"));
  cr_expect_str_eq(uri_of("/nowhere//wuji/"), first);
  cr_expect_str_eq(uri_of("/nowhere/./wuji/."), first);
  cr_expect_str_neq(uri_of("/nowhere/wuji2"), first);
  cr_assert_eq(chdir("/usr"), 0);
  (void)snprintf(relative, sizeof relative, "%s", uri_of("some/home"));
  cr_expect_str_eq(relative, uri_of("/usr/some/home"));
}

Test(place, the_uri_names_a_socket_that_is_short_enough_and_a_port) {
  char home[600] = "/";
  for (int i = 0; i < 50; i++) (void)strcat(home, "long-name/");
  const char *uri = uri_of(home);
  cr_expect(strncmp(uri, "postgresql://postgres@/wuji?host=%2F", 36) == 0, "%s", uri);
  cr_expect(strstr(uri, "&port=5432") != NULL);
  cr_expect_lt(strlen(uri), 150);
}

Test(place, a_session_folder_is_used_only_where_its_name_is_plain_and_short) {
  if (geteuid() == 0) cr_skip_test("root has /run/wuji");
  (void)setenv("XDG_RUNTIME_DIR", "/tmp/with space", 1);
  cr_expect(strstr(uri_of("/nowhere/wuji"), "host=%2Ftmp%2Fwuji-") != NULL);
  (void)setenv("XDG_RUNTIME_DIR", "/tmp", 1);
  cr_expect(strstr(uri_of("/nowhere/wuji"), "host=%2Ftmp%2Fwuji-") != NULL);
}

Test(place, a_cluster_that_is_not_there_does_not_run) {
  bool running = true;
  char home[512];
  char small[4];
  wuji_error error;
  (void)setenv("WUJI_HOME", "/nowhere/wuji", 1);
  cr_assert_eq(wuji_pg_cluster_status(&running, home, sizeof home, &error), WUJI_OK);
  cr_expect_not(running);
  cr_expect_str_eq(home, "/nowhere/wuji");
  cr_expect_eq(wuji_pg_cluster_status(&running, small, sizeof small, &error), WUJI_IO);
  cr_expect_eq(wuji_pg_cluster_stop(&error), WUJI_OK, "what is not there needs no stopping");
  cr_expect_eq(wuji_pg_cluster_uri(small, sizeof small, &error), WUJI_IO);
}
