#include "crypto/crypto.h"
#include "crypto/token.h"

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

/* Key 00 01 ... 0f; message i is the bytes 0 to i - 1. Source: the vectors
 * that the authors of SipHash publish with their reference code. */
static const char VECTORS_128[][33] = {
	"a3817f04ba25a8e66df67214c7550293", "da87c1d86b99af44347659119b22fc45",
	"8177228da4a45dc7fca38bdef60affe4", "9c70b60c5267a94e5f33b6b02985ed51",
	"f88164c12d9c8faf7d0f6e7c7bcd5579", "1368875980776f8854527a07690e9627",
	"14eeca338b208613485ea0308fd7a15e", "a1f1ebbed8dbc153c0b84aa61ff08239",
	"3b62a9ba6258f5610f83e264f31497b4", "264499060ad9baabc47f8b02bb6d71ed",
	"00110dc378146956c95447d3f3d0fbba", "0151c568386b6677a2b4dc6f81e5dc18",
	"d626b266905ef35882634df68532c125", "9869e247e9c08b10d029934fc4b952f7",
	"31fcefac66d7de9c7ec7485fe4494902", "5493e99933b0a8117e08ec0f97cfc3d9",
	"6ee2a4ca67b054bbfd3315bf85230577", "473d06e8738db89854c066c47ae47740",
	"a426e5e423bf4885294da481feaef723", "78017731cf65fab074d5208952512eb1",
	"9e25fc833f2290733e9344a5e83839eb", "568e495abe525a218a2214cd3e071d12",
	"4a29b54552d16b9a469c10528eff0aae", "c9d184ddd5a9f5e0cf8ce29a9abf691c",
	"2db479ae78bd50d8882a8a178a6132ad", "8ece5f042d5e447b5051b9eacb8d8f6f",
	"9c0b53b4b3c307e87eaee08678141f66", "abf248af69a6eae4bfd3eb2f129eeb94",
	"0664da1668574b88b935f3027358aef4", "aa4b9dc4bf337de90cd4fd3c467c6ab7",
	"ea5c7f471faf6bde2b1ad7d4686d2287", "2939b0183223fafc1723de4f52c43d35",
	"7c3956ca5eeafc3e363e9d556546eb68", "77c6077146f01c32b6b69d5f4ea9ffcf",
	"37a6986cb8847edf0925f0f1309b54de", "a705f0e69da9a8f907241a2e923c8cc8",
	"3dc47d1f29c448461e9e76ed904f6711", "0d62bf01e6fc0e1a0d3c4751c5d3692b",
	"8c03468bca7c669ee4fd5e084bbee7b5", "528a5bb93baf2c9c4473cce5d0d22bd9",
	"df6a301e95c95dad97ae0cc8c6913bd8", "801189902c857f39e73591285e70b6db",
	"e617346ac9c231bb3650ae34ccca0c5b", "27d93437efb721aa401821dcec5adf89",
	"89237d9ded9c5e78d8b1c9b166cc7342", "4a6d8091bf5e7d651189fa94a250b14c",
	"0e33f96055e7ae893ffc0e3dcf492902", "e61c432b720b19d18ec8d84bdc63151b",
	"f7e5aef549f782cf379055a608269b16", "438d030fd0b7a54fa837f2ad201a6403",
	"a590d3ee4fbf04e3247e0d27f286423f", "5fe2c1a172fe93c4b15cd37caef9f538",
	"2c97325cbd06b36eb2133dd08b3a017c", "92c814227a6bca949ff0659f002ad39e",
	"dce850110bd8328cfbd50841d6911d87", "67f14984c7da791248e32bb5922583da",
	"1938f2cf72d54ee97e94166fa91d2a36", "74481e9646ed49fe0f6224301604698e",
	"57fca5de98a9d6d8006438d0583d8a1d", "9fecde1cefdc1cbed4763674d9575359",
	"e3040c00eb28f15366ca73cbd872e740", "7697009a6a831dfecca91c5993670f7a",
	"5853542321f567a005d547a4f04759bd", "5150d1772f50834a503e069a973fbd7c",
};

static const char VECTORS_64[][17] = {
	"310e0edd47db6f72", "fd67dc93c539f874", "5a4fa9d909806c0d",
	"2d7efbd796666785", "b7877127e09427cf", "8da699cd64557618",
	"cee3fe586e46c9cb", "37d1018bf50002ab", "6224939a79f5f593",
	"b0e4a90bdf82009e", "f3b9dd94c5bb5d7a", "a7ad6b22462fb3f4",
	"fbe50e86bc8f1e75", "903d84c02756ea14", "eef27a8e90ca23f7",
	"e545be4961ca29a1", "db9bc2577fcc2a3f", "9447be2cf5e99a69",
	"9cd38d96f0b3c14b", "bd6179a71dc96dbb", "98eea21af25cd6be",
	"c7673b2eb0cbf2d0", "883ea3e395675393", "c8ce5ccd8c030ca8",
	"94af49f6c650adb8", "eab8858ade92e1bc", "f315bb5bb835d817",
	"adcf6b0763612e2f", "a5c91da7acaa4dde", "716595876650a2a6",
	"28ef495c53a387ad", "42c341d8fa92d832", "ce7cf2722f512771",
	"e37859f94623f3a7", "381205bb1ab0e012", "ae97a10fd434e015",
	"b4a31508beff4d31", "81396229f0907902", "4d0cf49ee5d4dcca",
	"5c73336a76d8bf9a", "d0a704536ba93e0e", "925958fcd6420cad",
	"a915c29bc8067318", "952b79f3bc0aa6d4", "f21df2e41d4535f9",
	"87577519048f53a9", "10a56cf5dfcd9adb", "eb75095ccd986cd0",
	"51a9cb9ecba312e6", "96afadfc2ce666c7", "72fe52975a4364ee",
	"5a1645b276d592a1", "b274cb8ebf87870a", "6f9bb4203de7b381",
	"eaecb2a30b22a87f", "9924a43cc1315724", "bd838d3aafbf8db7",
	"0b1a2a3265d51aea", "135079a3231ce660", "932b2846e4d70666",
	"e1915f5cb1eca46c", "f325965ca16d629f", "575ff28e60381be5",
	"724506eb4c328a95",
};

/* Of the case key 00 01 ... 1f, computed apart from libsodium from the
 * definition in token.h: tokens that are kept must never change. */
static const struct {
	enum kind_id kind;
	const char *value;
	const char *want;
} kept[] = {
	{KIND_FR_NIR, "2690549588157", "17c2a9513d1865523d7e66f251a77dc9"},
	{KIND_EMAIL, "jean@exemple.fr", "2c9d99721da7fa1bb7ac8b68ed96b71a"},
	{KIND_NAME_FAMILY, "LE GALL", "2453ce6dff38364a5508289f5c5ab835"},
	{KIND_ORGANISATION_NAME, "", "5dbeb503bd3e3fb7dc900662b42e0f9d"},
};

static const uint64_t KEPT_ROW = 0xadd037b9593de144; /* of "lilas" */

static void
assert_hex(const uint8_t *bytes, size_t n, const char *want)
{
	static const char digits[] = "0123456789abcdef";
	char hex[33];

	assert_in_range(n, 1, 16);
	for (size_t i = 0; i < n; i++) {
		hex[2 * i] = digits[bytes[i] >> 4];
		hex[2 * i + 1] = digits[bytes[i] & 15];
	}
	hex[2 * n] = '\0';
	assert_string_equal(hex, want);
}

static struct token_keys
keys_of(uint8_t first)
{
	struct token_key key;
	struct token_keys keys;

	for (size_t i = 0; i < sizeof(key.b); i++)
		key.b[i] = (uint8_t)(first + i);
	token_keys_derive(&key, &keys);
	return keys;
}

static void
published_messages_have_their_tokens(void **unused)
{
	struct token_keys keys;
	uint8_t message[64];

	(void)unused;
	for (size_t i = 0; i < sizeof(keys.row); i++) {
		keys.row[i] = (uint8_t)i;
		keys.kind[KIND_EMAIL][i] = (uint8_t)i;
	}
	for (size_t i = 0; i < COUNT_OF(VECTORS_128); i++) {
		message[i] = (uint8_t)i;
		const struct span m = {message, i};
		const struct token t = token128(&keys, KIND_EMAIL, m);
		const uint64_t row = token64(&keys, m);
		uint8_t b[8];
		for (size_t k = 0; k < sizeof(b); k++)
			b[k] = (uint8_t)(row >> 8 * k);
		assert_hex(t.b, sizeof(t.b), VECTORS_128[i]);
		assert_hex(b, sizeof(b), VECTORS_64[i]);
	}
}

static void
tokens_that_were_kept_are_found_again(void **unused)
{
	const struct token_keys keys = keys_of(0);

	(void)unused;
	assert_int_equal(TOKEN_VERSION, 1);
	for (size_t i = 0; i < COUNT_OF(kept); i++) {
		const struct token t =
			token128(&keys, kept[i].kind, span_str(kept[i].value));
		assert_hex(t.b, sizeof(t.b), kept[i].want);
	}
	assert_true(token64(&keys, SPAN_LIT("lilas")) == KEPT_ROW);
}

static void
each_kind_and_each_key_has_its_own_tokens(void **unused)
{
	const struct token_keys here = keys_of(0);
	const struct token_keys there = keys_of(1);
	struct token seen[2 * KIND_COUNT];
	size_t n = 0;

	(void)unused;
	for (int k = KIND_NONE + 1; k < KIND_COUNT; k++) {
		const enum kind_id kind = (enum kind_id)k;
		seen[n++] = token128(&here, kind, SPAN_LIT("LILAS"));
		seen[n++] = token128(&there, kind, SPAN_LIT("LILAS"));
	}
	for (size_t i = 0; i < n; i++)
		for (size_t j = 0; j < i; j++)
			assert_memory_not_equal(&seen[i], &seen[j],
						sizeof(*seen));
	assert_true(token64(&here, SPAN_LIT("LILAS")) !=
		    token64(&there, SPAN_LIT("LILAS")));
	/* No subkey is that of a kind without a number. */
	for (int k = KIND_NONE + 1; k < KIND_COUNT; k++)
		assert_memory_not_equal(here.kind[k], here.kind[KIND_NONE],
					sizeof(here.row));
}

static void
a_batch_is_its_values_one_by_one(void **unused)
{
	enum { N = 100 };
	const struct token_keys keys = keys_of(7);
	static uint8_t bytes[N];
	struct span values[N];
	struct token out[N + 1];

	(void)unused;
	memset(out, 0x5a, sizeof(out));
	const struct token mark = out[N];
	for (size_t i = 0; i < N; i++) {
		bytes[i] = (uint8_t)(i * 37);
		values[i] = (struct span){bytes + i / 2, i - i / 2};
	}
	token_batch(&keys, KIND_PHONE, values, N, out);
	for (size_t i = 0; i < N; i++) {
		const struct token t = token128(&keys, KIND_PHONE, values[i]);
		assert_memory_equal(&t, &out[i], sizeof(t));
	}
	assert_memory_equal(&mark, &out[N], sizeof(mark)); /* and no more */
	token_batch(&keys, KIND_PHONE, values, 0, out + N);
	assert_memory_equal(&mark, &out[N], sizeof(mark));
}

static void
keys_are_drawn_anew_and_wiped(void **unused)
{
	static const struct token_keys no_keys;
	static const struct token_key no_key;
	struct token_key a = {0};
	struct token_key b = {0};
	struct token_keys keys = keys_of(0);

	(void)unused;
	token_key_random(&a);
	token_key_random(&b);
	assert_memory_not_equal(&a, &b, sizeof(a));
	assert_memory_not_equal(&a, &no_key, sizeof(a));
	token_key_wipe(&a);
	assert_memory_equal(&a, &no_key, sizeof(a));
	token_keys_wipe(&keys);
	assert_memory_equal(&keys, &no_keys, sizeof(keys));
}

/* Under the strictest jail there is: of all system calls, only read, write
 * and exit. */
static long
tokens_without_system(void)
{
	if (prctl(PR_SET_SECCOMP, SECCOMP_MODE_STRICT) != 0)
		return 1;
	const struct token_keys keys = keys_of(0);
	struct token out[2];
	const struct span values[2] = {SPAN_LIT("LE GALL"), SPAN_LIT("MOREL")};
	token_batch(&keys, KIND_NAME_FAMILY, values, 2, out);
	return token64(&keys, SPAN_LIT("lilas")) == KEPT_ROW ? 0 : 2;
}

static void
tokens_ask_the_system_for_nothing(void **unused)
{
	int status = -1;
	const pid_t pid = fork();

	(void)unused;
	if (pid == 0)
		(void)syscall(SYS_exit, tokens_without_system());
	assert_true(pid > 0);
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_true(WIFEXITED(status));
	assert_int_equal(WEXITSTATUS(status), 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(published_messages_have_their_tokens),
		cmocka_unit_test(tokens_that_were_kept_are_found_again),
		cmocka_unit_test(each_kind_and_each_key_has_its_own_tokens),
		cmocka_unit_test(a_batch_is_its_values_one_by_one),
		cmocka_unit_test(keys_are_drawn_anew_and_wiped),
		cmocka_unit_test(tokens_ask_the_system_for_nothing),
	};

	for (int i = 0; i < 2; i++) /* again does no harm */
		if (crypto_setup() != RC_OK)
			return EXIT_FAILURE;
	return cmocka_run_group_tests(tests, NULL, NULL);
}
