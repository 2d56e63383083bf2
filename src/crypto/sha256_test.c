#include "crypto/crypto.h"
#include "crypto/sha256.h"

#include <linux/seccomp.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

/* clang-format off */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
/* clang-format on */

/* FIPS 180-2 appendix B, and the empty message. */
static const struct {
	const char *text;
	const char *want;
} cases[] = {
	{"", "e3b0c44298fc1c149afbf4c8996fb924"
	     "27ae41e4649b934ca495991b7852b855"},
	{"abc", "ba7816bf8f01cfea414140de5dae2223"
		"b00361a396177a9cb410ff61f20015ad"},
	{"abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
	 "248d6a61d20638b8e5c026930c3e6039"
	 "a33ce45964ff2167f6ecedd419db06c1"},
};

static const char A_MILLION[] = "cdc76e5c9914fb9281a1c7e284d73e67"
				"f1809a48a497200e046d39ccc7112cd0";

static void
assert_digest(struct sha256 *s, const char *want)
{
	struct sha256_digest digest;
	char hex[SHA256_HEX_SIZE];

	assert_int_equal(sha256_final(s, &digest), RC_OK);
	sha256_hex(&digest, hex);
	assert_string_equal(hex, want);
}

static void
published_messages_have_their_digests(void **unused)
{
	struct sha256 *s = sha256_new();

	(void)unused;
	assert_non_null(s);
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		assert_int_equal(sha256_update(s, span_str(cases[i].text)),
				 RC_OK);
		assert_digest(s, cases[i].want);
	}
	sha256_free(s);
	sha256_free(NULL);
}

static void
the_pieces_do_not_matter(void **unused)
{
	static const size_t sizes[] = {1, 7, 55, 56, 63, 64, 65, 999, 4096};
	struct sha256 *s = sha256_new();
	uint8_t a[4096];

	(void)unused;
	assert_non_null(s);
	memset(a, 'a', sizeof(a));
	for (size_t i = 0; i < COUNT_OF(sizes); i++) {
		for (size_t left = 1000000; left > 0;) {
			const size_t n = left < sizes[i] ? left : sizes[i];
			assert_int_equal(sha256_update(s, (struct span){a, n}),
					 RC_OK);
			left -= n;
		}
		assert_digest(s, A_MILLION);
	}
	sha256_free(s);
}

/* Two digests under the strictest jail there is: of all system calls, only
 * read, write and exit. */
static long
digest_without_system(struct sha256 *s, const uint8_t *bytes, size_t n)
{
	struct sha256_digest digest[2];

	if (prctl(PR_SET_SECCOMP, SECCOMP_MODE_STRICT) != 0)
		return 1;
	for (size_t i = 0; i < 2; i++)
		if (sha256_update(s, (struct span){bytes, n}) != RC_OK ||
		    sha256_final(s, &digest[i]) != RC_OK)
			return 2;
	return memcmp(&digest[0], &digest[1], sizeof(digest[0])) == 0 ? 0 : 3;
}

static void
once_made_a_digest_asks_the_system_for_nothing(void **unused)
{
	const size_t n = 1 << 20;
	struct sha256 *s = sha256_new();
	uint8_t *bytes = calloc(n, 1);
	int status = -1;

	(void)unused;
	assert_non_null(s);
	assert_non_null(bytes);
	const pid_t pid = fork();
	if (pid == 0)
		(void)syscall(SYS_exit, digest_without_system(s, bytes, n));
	assert_true(pid > 0);
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_true(WIFEXITED(status));
	assert_int_equal(WEXITSTATUS(status), 0);
	free(bytes);
	sha256_free(s);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(published_messages_have_their_digests),
		cmocka_unit_test(the_pieces_do_not_matter),
		cmocka_unit_test(
			once_made_a_digest_asks_the_system_for_nothing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
