#include "detect/credential/credential.h"

#include <string.h>

/* clang-format off */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
/* clang-format on */

#define HEX8 "0f1e2d3c"
#define HEX16 HEX8 HEX8
#define HEX32 HEX16 HEX16
#define HEX40 HEX32 HEX8
#define HEX48 HEX32 HEX16
#define HEX64 HEX32 HEX32
#define HEX128 HEX64 HEX64
#define C22 "./abcdefghijklmnopqrst"
#define C31 C22 "123456789"
#define C43 C22 "ABCDEFGHIJKLMNOPQRSTU"
#define C53 C43 "0123456789"
#define C86 C43 C43
#define B64 "c2FsdHNhbHRzYWx0"

/* Published example hashes, and made-up ones of the same shape. */
static const struct {
	const char *text;
	enum kind_verdict want;
	enum hash_type likely;
	enum hash_strength strength;
} hashes[] = {
	{"8743b52063cd84097a65d1633f5c74f5", KIND_WEAK, HASH_MD5, HASH_FAST},
	{"B4B9B02E6F09A9BD760F388B67351E2B", KIND_WEAK, HASH_MD5, HASH_FAST},
	{"31d6cfe0d16ae931b73c59d7e0c089c0", KIND_WEAK, HASH_MD5,
	 HASH_NO_PASSWORD},
	{"AAD3B435B51404EEAAD3B435B51404EE", KIND_WEAK, HASH_MD5,
	 HASH_NO_PASSWORD},
	{"299bd128c1101fd6", KIND_WEAK, HASH_LM, HASH_FAST},
	{"7196759210defdc0", KIND_WEAK, HASH_LM, HASH_FAST},
	{"b89eaac7e61417341b710b727768294d0e6a277b", KIND_WEAK, HASH_SHA1,
	 HASH_FAST},
	{"*B89EAAC7E61417341B710B727768294D0E6A277B", KIND_VALID, HASH_MYSQL41,
	 HASH_FAST},
	{HEX64, KIND_WEAK, HASH_SHA256, HASH_FAST},
	{HEX128, KIND_WEAK, HASH_SHA512, HASH_FAST},
	{HEX128 HEX32, KIND_WEAK, HASH_ORACLE12, HASH_SLOW},
	{"3d83c8e717ff0e7ecfe187f088d69954:343141", KIND_VALID, HASH_MD5_SALTED,
	 HASH_FAST_SALTED},
	{"$1$38652870$DUjsu4TTlTsOe/xxZ05uf/", KIND_VALID, HASH_MD5CRYPT,
	 HASH_CRYPT},
	{"$apr1$salt$" C22, KIND_VALID, HASH_APR1, HASH_CRYPT},
	{"$5$salt$" C43, KIND_VALID, HASH_SHA256CRYPT, HASH_SLOW},
	{"$5$rounds=5000$salt$" C43, KIND_VALID, HASH_SHA256CRYPT, HASH_SLOW},
	{"$6$$" C86, KIND_VALID, HASH_SHA512CRYPT, HASH_SLOW},
	{"24leDr0hHfb3A", KIND_WEAK, HASH_DESCRYPT, HASH_CRYPT},
	{"_GW..8841inaTltazRsQ", KIND_WEAK, HASH_BSDI, HASH_CRYPT},
	{"$2a$05$MBCzKhG1KhezLh.0LRa0Kuw12nLJtpHy6DIaU.JAnqJUDYspHC.Ou",
	 KIND_VALID, HASH_BCRYPT, HASH_SLOW},
	{"$2y$12$" C53, KIND_VALID, HASH_BCRYPT, HASH_SLOW},
	{"$P$946647711V1klyitUYhtB8Yw5DMA/w.", KIND_VALID, HASH_PHPASS,
	 HASH_CRYPT},
	{"$H$" C31, KIND_VALID, HASH_PHPASS, HASH_CRYPT},
	{"$S$" C43 "123456789", KIND_VALID, HASH_DRUPAL7, HASH_CRYPT},
	{"sha1$fe76b$" HEX40, KIND_VALID, HASH_DJANGO_SHA1, HASH_FAST_SALTED},
	{"pbkdf2_sha256$260000$salt$" B64 "=", KIND_VALID, HASH_DJANGO_PBKDF2,
	 HASH_SLOW},
	{"bcrypt_sha256$$2b$12$" C53, KIND_VALID, HASH_DJANGO_BCRYPT,
	 HASH_SLOW},
	{"argon2$argon2id$v=19$m=102400,t=2,p=8$" B64 "$" B64, KIND_VALID,
	 HASH_DJANGO_ARGON2, HASH_SLOW},
	{"$argon2id$v=19$m=65536,t=3,p=1$" B64 "$" B64, KIND_VALID, HASH_ARGON2,
	 HASH_SLOW},
	{"SCRYPT:1024:1:1:" B64 ":" B64, KIND_VALID, HASH_SCRYPT, HASH_SLOW},
	{"scrypt:32768:8:1$salt$" HEX128, KIND_VALID, HASH_SCRYPT, HASH_SLOW},
	{"$7$C6..../....salt$" C43, KIND_VALID, HASH_SCRYPT, HASH_SLOW},
	{"$y$j9T$salt$" C43, KIND_VALID, HASH_YESCRYPT, HASH_SLOW},
	{"sha256:1000:NjI3MDM3:" B64, KIND_VALID, HASH_PBKDF2, HASH_SLOW},
	{"$pbkdf2-sha512$25000$" B64 "$" B64, KIND_VALID, HASH_PBKDF2,
	 HASH_SLOW},
	{"pbkdf2:sha256:50000$salt$" HEX64, KIND_VALID, HASH_PBKDF2, HASH_SLOW},
	{"{SHA}" B64 "abcdefghijk=", KIND_VALID, HASH_LDAP_SHA1, HASH_FAST},
	{"{SSHA}" B64 B64, KIND_VALID, HASH_LDAP_SSHA1, HASH_FAST_SALTED},
	{"{SSHA512}" C86 "abcd==", KIND_VALID, HASH_LDAP_SSHA512,
	 HASH_FAST_SALTED},
	{"0x0100" HEX48, KIND_VALID, HASH_MSSQL2005, HASH_FAST_SALTED},
	{"0x0200" HEX128 HEX8, KIND_VALID, HASH_MSSQL2012, HASH_FAST_SALTED},
	{"S:" HEX40 HEX16 "0f1e", KIND_VALID, HASH_ORACLE11, HASH_FAST_SALTED},
	{"md5" HEX32, KIND_VALID, HASH_POSTGRES_MD5, HASH_FAST_SALTED},
	{"SCRAM-SHA-256$4096:" B64 "$" B64 ":" B64, KIND_VALID,
	 HASH_SCRAM_SHA256, HASH_SLOW},
	{"$DCC2$10240#tom#" HEX32, KIND_VALID, HASH_DCC2, HASH_CRYPT},
	{"tom:500:" HEX32 ":" HEX32 ":::", KIND_VALID, HASH_PWDUMP, HASH_FAST},
	{"tom::CHU:" HEX16 ":" HEX32 ":0101" HEX32, KIND_VALID, HASH_NETNTLM,
	 HASH_FAST},
	{"$krb5tgs$23$*user$realm$spn*$" HEX32 "$" HEX128, KIND_VALID,
	 HASH_KERBEROS, HASH_FAST},
	{"$8$TnGX/fE4KGHOVU$" C43, KIND_VALID, HASH_CISCO8, HASH_SLOW},

	{"$2a$05$MBCzKhG1KhezLh.0LRa0Kuw12nLJtpHy6DIaU.JAnqJUDYspHC.O", KIND_NO,
	 0, 0},
	{"$2a$05$MBCzKhG1KhezLh.0LRa0Kuw12nLJtpHy6DIaU.JAnqJUDYspHC.Oux",
	 KIND_NO, 0, 0},
	{"12345678901234567890123456789012", KIND_NO, 0, 0}, /* digits only */
	{"4111111111111111", KIND_NO, 0, 0},
	{"295109912611193", KIND_NO, 0, 0},
	{"2951099126111", KIND_NO, 0, 0}, /* 13 digits are no crypt */
	{"anticoagulant", KIND_NO, 0, 0}, /* nor are 13 letters */
	{HEX32 "0", KIND_NO, 0, 0},
	{"0f1e2d3c-0f1e-2d3c-0f1e-2d3c0f1e2d3c", KIND_NO, 0, 0}, /* UUID */
	{"{SSHA}short", KIND_NO, 0, 0},
	{"$1$", KIND_NO, 0, 0},
	{"", KIND_NO, 0, 0},
};

static void
each_hash_gets_its_type(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT_OF(hashes); i++) {
		struct hash_guess got;
		const enum kind_verdict v =
			hash_guess(span_str(hashes[i].text), &got);

		if (v != hashes[i].want)
			fail_msg("case %zu: got %d", i, (int)v);
		if (v == KIND_NO)
			continue;
		if (got.likely != hashes[i].likely ||
		    got.strength != hashes[i].strength)
			fail_msg("case %zu: %s, %d", i, hash_name(got.likely),
				 (int)got.strength);
		assert_true(got.types >> (unsigned)got.likely & 1);
	}
}

static void
an_ambiguous_shape_is_a_set(void **state)
{
	(void)state;
	struct hash_guess got;

	assert_int_equal(hash_guess(SPAN_LIT(HEX32), &got), KIND_WEAK);
	assert_true(got.types >> HASH_MD5 & 1);
	assert_true(got.types >> HASH_NTLM & 1);
	assert_true(got.types >> HASH_MD4 & 1);
	assert_false(got.types >> HASH_SHA1 & 1);
	assert_int_equal(
		hash_guess(SPAN_LIT("$2a$05$MBCzKhG1KhezLh.0LRa0Kuw12nLJtpHy6DI"
				    "aU.JAnqJUDYspHC.Ou"),
			   &got),
		KIND_VALID);
	assert_int_equal(got.types, UINT64_C(1) << HASH_BCRYPT);
}

static void
every_type_has_a_name_of_its_own(void **state)
{
	(void)state;
	for (int a = 0; a < HASH_TYPES; a++) {
		assert_non_null(hash_name((enum hash_type)a));
		for (int b = 0; b < a; b++)
			assert_string_not_equal(hash_name((enum hash_type)a),
						hash_name((enum hash_type)b));
	}
	assert_string_equal(hash_name(HASH_TYPES), "unknown");
}

static const struct {
	const char *line;
	enum kind_verdict want;
	const char *login;
	const char *domain;
	const char *secret;
} lines[] = {
	{"tom@labo.example:Soleil2020", KIND_VALID, "tom@labo.example",
	 "labo.example", "Soleil2020"},
	{"tom@labo.example;Soleil2020\r\n", KIND_VALID, "tom@labo.example",
	 "labo.example", "Soleil2020"},
	{"tom@labo.example|Soleil2020", KIND_VALID, "tom@labo.example",
	 "labo.example", "Soleil2020"},
	{"tom@labo.example,Soleil2020", KIND_VALID, "tom@labo.example",
	 "labo.example", "Soleil2020"},
	{"tom@labo.example\tSoleil2020", KIND_VALID, "tom@labo.example",
	 "labo.example", "Soleil2020"},
	{"tom@labo.example:a:b:c", KIND_VALID, "tom@labo.example",
	 "labo.example", "a:b:c"},
	{"tom@labo.example:p@ss", KIND_VALID, "tom@labo.example",
	 "labo.example", "p@ss"},
	{"tom@labo.example:" HEX32, KIND_VALID, "tom@labo.example",
	 "labo.example", HEX32},
	{"https://portail.example:8443/login:tom@labo.example:Soleil2020",
	 KIND_VALID, "tom@labo.example", "labo.example", "Soleil2020"},
	{"https://portail.example/login:tom:Soleil2020", KIND_VALID, "tom",
	 "portail.example", "Soleil2020"},
	{"https://portail.example:8443/login:tom:Soleil:2020", KIND_VALID,
	 "tom", "portail.example", "Soleil:2020"},
	{"android://Zm9vYmFy@org.exemple.app/:tom:Soleil2020", KIND_VALID,
	 "tom", "org.exemple.app", "Soleil2020"},
	{"tom@labo.example Soleil2020", KIND_WEAK, "tom@labo.example",
	 "labo.example", "Soleil2020"},
	{"tom@labo.example;a;b", KIND_WEAK, "tom@labo.example", "labo.example",
	 "a;b"},
	{"Soleil2020:tom@labo.example", KIND_WEAK, "tom@labo.example",
	 "labo.example", "Soleil2020"},

	{"tom@labo.example", KIND_NO, NULL, NULL, NULL},
	{"tom@labo.example:", KIND_NO, NULL, NULL, NULL},
	{"tom@labo.example: merci de rappeler", KIND_NO, NULL, NULL, NULL},
	{"tom@labo.example;lea@labo.example", KIND_NO, NULL, NULL, NULL},
	{"tom@labo.example;DUPONT;Tom;56000", KIND_NO, NULL, NULL, NULL},
	{"Contact tom@labo.example:Soleil2020", KIND_NO, NULL, NULL, NULL},
	{"tom@labo:Soleil2020", KIND_NO, NULL, NULL, NULL},
	{"tom:Soleil2020", KIND_NO, NULL, NULL, NULL},
	{"https://portail.example/login", KIND_NO, NULL, NULL, NULL},
	{"https://portail.example:8443/login:tom", KIND_NO, NULL, NULL, NULL},
	{"http://", KIND_NO, NULL, NULL, NULL},
	{"", KIND_NO, NULL, NULL, NULL},
};

static void
each_line_is_taken_apart(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT_OF(lines); i++) {
		struct credential c;
		const enum kind_verdict v =
			credential_split(span_str(lines[i].line), &c);

		if (v != lines[i].want)
			fail_msg("case %zu: got %d", i, (int)v);
		if (v == KIND_NO)
			continue;
		if (!span_equal(c.login, span_str(lines[i].login)) ||
		    !span_equal(c.domain, span_str(lines[i].domain)) ||
		    !span_equal(c.secret, span_str(lines[i].secret)))
			fail_msg("case %zu: other parts", i);
	}
}

static void
a_hashed_secret_is_told_from_clear_text(void **state)
{
	(void)state;
	struct credential c;

	assert_int_equal(
		credential_split(SPAN_LIT("tom@labo.example:" HEX32), &c),
		KIND_VALID);
	assert_int_equal(c.hash.likely, HASH_MD5);
	assert_true(c.hash.types != 0);
	assert_int_equal(
		credential_split(SPAN_LIT("tom@labo.example:Soleil"), &c),
		KIND_VALID);
	assert_int_equal(c.hash.types, 0);
}

static void
the_values_are_password_and_hash(void **state)
{
	(void)state;
	struct norm norm;

	assert_int_equal(
		kind_password.test(SPAN_LIT("tom@labo.example:Soleil"), &norm),
		KIND_VALID);
	assert_int_equal(norm.n, 6);
	assert_memory_equal(norm.p, "Soleil", 6);
	assert_int_equal(kind_password.test(SPAN_LIT("Soleil"), &norm),
			 KIND_WEAK);
	assert_int_equal(
		kind_password.test(SPAN_LIT("tom@labo.example"), &norm),
		KIND_NO);
	assert_int_equal(kind_password.test(SPAN_LIT("a\x01"
						     "b"),
					    &norm),
			 KIND_NO);
	assert_int_equal(
		kind_password_hash.test(
			SPAN_LIT("B4B9B02E6F09A9BD760F388B67351E2B"), &norm),
		KIND_WEAK);
	assert_memory_equal(norm.p, "b4b9b02e6f09a9bd760f388b67351e2b", 32);
	assert_int_equal(
		kind_password_hash.test(SPAN_LIT("24leDr0hHfb3A"), &norm),
		KIND_WEAK);
	assert_memory_equal(norm.p, "24leDr0hHfb3A", 13);
}

/* Write ${s} without its NUL at ${to}. */
static void
put(uint8_t *to, const char *s)
{
	while (*s != '\0')
		*to++ = (uint8_t)*s++;
}

static void
ceilings_are_kept(void **state)
{
	(void)state;
	uint8_t line[CREDENTIAL_LINE_MAX + 1];
	struct credential c;
	const size_t head = strlen("t@labo.example:");

	memset(line, 'x', sizeof(line));
	put(line, "t@labo.example:");
	assert_int_equal(
		credential_split(
			(struct span){line, head + CREDENTIAL_SECRET_MAX}, &c),
		KIND_VALID);
	assert_int_equal(
		credential_split(
			(struct span){line, head + CREDENTIAL_SECRET_MAX + 1},
			&c),
		KIND_NO);
	assert_int_equal(
		credential_split((struct span){line, sizeof(line)}, &c),
		KIND_NO);
	struct hash_guess guess;

	memset(line, 'a', sizeof(line));
	put(line, "$krb5tgs$23$");
	assert_int_equal(
		hash_guess((struct span){line, CREDENTIAL_HASH_MAX}, &guess),
		KIND_VALID);
	assert_int_equal(
		hash_guess((struct span){line, CREDENTIAL_HASH_MAX + 1},
			   &guess),
		KIND_NO);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_hash_gets_its_type),
		cmocka_unit_test(an_ambiguous_shape_is_a_set),
		cmocka_unit_test(every_type_has_a_name_of_its_own),
		cmocka_unit_test(each_line_is_taken_apart),
		cmocka_unit_test(a_hashed_secret_is_told_from_clear_text),
		cmocka_unit_test(the_values_are_password_and_hash),
		cmocka_unit_test(ceilings_are_kept),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
