/* The shapes of password hashes, as patterns: a table for every format whose
 * layout tells, lengths for bare hexadecimal. */
#include "detect/credential/credential.h"

#include <string.h>

/* What a % in a pattern stands for: a run of characters of one class, as long
 * as it goes (at least one but for salts), or exactly as long as the number
 * says, or with + at least as long. Everything else in a pattern is itself. */
static bool
in_class(uint8_t sort, uint8_t b)
{
	switch (sort) {
	case 'x': /* hexadecimal */
		return is_digit(b) || (uint8_t)((b | 0x20) - 'a') < 6;
	case 'c': /* the alphabet of crypt(5) */
		return is_alnum(b) || b == '.' || b == '/';
	case 'd':
		return is_digit(b);
	case 'b': /* base64, adapted ones too */
		return is_alnum(b) || byte_in(b, "+/=.-_");
	case 's': /* a salt between dollars; may be empty */
		return b > ' ' && b != '$' && b != 0x7F;
	case 't': /* anything up to a colon */
		return b >= ' ' && b != ':' && b != 0x7F;
	case 'h': /* anything up to a hash sign */
		return b >= ' ' && b != '#' && b != 0x7F;
	case 'p': /* parameters: "m=65536,t=3,p=1" */
		return is_alnum(b) || byte_in(b, "=,");
	default: /* 'a': anything printable */
		return b > ' ' && b != 0x7F;
	}
}

static const struct {
	const char *pattern;
	enum hash_type type;
} shapes[] = {
	{"$1$%s$%c22", HASH_MD5CRYPT},
	{"$apr1$%s$%c22", HASH_APR1},
	{"$5$rounds=%d$%s$%c43", HASH_SHA256CRYPT},
	{"$5$%s$%c43", HASH_SHA256CRYPT},
	{"$6$rounds=%d$%s$%c86", HASH_SHA512CRYPT},
	{"$6$%s$%c86", HASH_SHA512CRYPT},
	{"$2$%d2$%c53", HASH_BCRYPT},
	{"$2a$%d2$%c53", HASH_BCRYPT},
	{"$2b$%d2$%c53", HASH_BCRYPT},
	{"$2x$%d2$%c53", HASH_BCRYPT},
	{"$2y$%d2$%c53", HASH_BCRYPT},
	{"$P$%c31", HASH_PHPASS},
	{"$H$%c31", HASH_PHPASS},
	{"$S$%c52", HASH_DRUPAL7},
	{"sha1$%s$%x40", HASH_DJANGO_SHA1},
	{"pbkdf2_sha256$%d$%s$%b", HASH_DJANGO_PBKDF2},
	{"pbkdf2_sha1$%d$%s$%b", HASH_DJANGO_PBKDF2},
	{"bcrypt_sha256$$2b$%d2$%c53", HASH_DJANGO_BCRYPT},
	{"bcrypt$$2b$%d2$%c53", HASH_DJANGO_BCRYPT},
	{"argon2$argon2id$v=%d$%p$%b$%b", HASH_DJANGO_ARGON2},
	{"argon2$argon2i$v=%d$%p$%b$%b", HASH_DJANGO_ARGON2},
	{"$argon2id$v=%d$%p$%b$%b", HASH_ARGON2},
	{"$argon2i$v=%d$%p$%b$%b", HASH_ARGON2},
	{"$argon2d$v=%d$%p$%b$%b", HASH_ARGON2},
	{"$argon2i$%p$%b$%b", HASH_ARGON2}, /* before version 1.3 */
	{"$argon2d$%p$%b$%b", HASH_ARGON2},
	{"SCRYPT:%d:%d:%d:%b:%b", HASH_SCRYPT},
	{"scrypt:%d:%d:%d$%s$%x128", HASH_SCRYPT},
	{"$7$%s$%c43", HASH_SCRYPT},
	{"$y$%s$%s$%c43", HASH_YESCRYPT},
	{"$gy$%s$%s$%c43", HASH_YESCRYPT},
	{"md5:%d:%b:%b", HASH_PBKDF2},
	{"sha1:%d:%b:%b", HASH_PBKDF2},
	{"sha256:%d:%b:%b", HASH_PBKDF2},
	{"sha512:%d:%b:%b", HASH_PBKDF2},
	{"pbkdf2:sha1:%d$%s$%x40", HASH_PBKDF2},
	{"pbkdf2:sha256:%d$%s$%x64", HASH_PBKDF2},
	{"pbkdf2:sha512:%d$%s$%x128", HASH_PBKDF2},
	{"$pbkdf2$%d$%b$%b", HASH_PBKDF2},
	{"$pbkdf2-sha1$%d$%b$%b", HASH_PBKDF2},
	{"$pbkdf2-sha256$%d$%b$%b", HASH_PBKDF2},
	{"$pbkdf2-sha512$%d$%b$%b", HASH_PBKDF2},
	{"{SHA}%b28", HASH_LDAP_SHA1},
	{"{SSHA}%b28+", HASH_LDAP_SSHA1},
	{"{SSHA256}%b44+", HASH_LDAP_SSHA256},
	{"{SSHA512}%b88+", HASH_LDAP_SSHA512},
	{"0x0100%x88", HASH_MSSQL2000},
	{"0x0100%x48", HASH_MSSQL2005},
	{"0x0200%x136", HASH_MSSQL2012},
	{"S:%x60", HASH_ORACLE11},
	{"T:%x160", HASH_ORACLE12},
	{"md5%x32", HASH_POSTGRES_MD5},
	{"SCRAM-SHA-256$%d:%b$%b:%b", HASH_SCRAM_SHA256},
	{"$DCC2$%d#%h#%x32", HASH_DCC2},
	{"%t::%t:%x48:%x48:%x16", HASH_NETNTLM},
	{"%t::%t:%x16:%x32:%x", HASH_NETNTLM},
	{"%t:%d:%x32:%x32:::", HASH_PWDUMP},
	{"$krb5tgs$%d$%a", HASH_KERBEROS},
	{"$krb5asrep$%d$%a", HASH_KERBEROS},
	{"$8$%c14$%c43", HASH_CISCO8},
	{"$9$%c14$%c43", HASH_CISCO9},
	{"*%x40", HASH_MYSQL41},
	{"%x32:%a", HASH_MD5_SALTED},
};

_Static_assert(HASH_TYPES <= 64, "a set of types is 64 bits");

static bool
matches(struct span s, const char *pattern)
{
	size_t i = 0;

	for (const char *p = pattern; *p != '\0';) {
		if (*p != '%') {
			if (i == s.n || s.p[i++] != (uint8_t)*p++)
				return false;
			continue;
		}
		const uint8_t sort = (uint8_t)p[1];
		size_t want = 0;
		const size_t start = i;

		for (p += 2; is_digit((uint8_t)*p); p++)
			want = want * 10 + (size_t)(*p - '0');
		const bool open = want == 0 || *p == '+';
		const size_t most = open ? s.n : want;

		p += want != 0 && *p == '+';
		while (i < s.n && i - start < most && in_class(sort, s.p[i]))
			i++;
		const size_t n = i - start;

		if (n < want || (n == 0 && sort != 's'))
			return false;
	}
	return i == s.n;
}

static uint64_t
set_of(enum hash_type type)
{
	return UINT64_C(1) << (unsigned)type;
}

/* Hexadecimal without anything around it; 0: none, or a length of no use. */
static uint64_t
bare_hex(struct span s, enum hash_type *ret_likely)
{
	bool letter = false;

	for (size_t i = 0; i < s.n; i++) {
		if (!in_class('x', s.p[i]))
			return 0;
		letter |= !is_digit(s.p[i]);
	}
	/* Digits alone are a card or another number. */
	if (!letter)
		return 0;
	switch (s.n) {
	case 16:
		*ret_likely = HASH_LM;
		return set_of(HASH_LM) | set_of(HASH_MYSQL323);
	case 32:
		*ret_likely = HASH_MD5;
		return set_of(HASH_MD5) | set_of(HASH_NTLM) | set_of(HASH_MD4) |
		       set_of(HASH_LM);
	case 40:
		*ret_likely = HASH_SHA1;
		return set_of(HASH_SHA1) | set_of(HASH_MYSQL41);
	case 64:
		*ret_likely = HASH_SHA256;
		return set_of(HASH_SHA256);
	case 128:
		*ret_likely = HASH_SHA512;
		return set_of(HASH_SHA512);
	case 160:
		*ret_likely = HASH_ORACLE12;
		return set_of(HASH_ORACLE12);
	default:
		return 0;
	}
}

/* 13 characters of crypt(3), or "_" and 19, and not a word or a number: small
 * letters, capitals and digits are all there. */
static uint64_t
bare_crypt(struct span s, enum hash_type *ret_likely)
{
	bool small = false;
	bool capital = false;
	bool digit = false;
	const bool bsdi = s.n == 20 && s.p[0] == '_';

	if (!bsdi && s.n != 13)
		return 0;
	for (size_t i = bsdi ? 1 : 0; i < s.n; i++) {
		if (!in_class('c', s.p[i]))
			return 0;
		digit |= is_digit(s.p[i]);
		capital |= is_upper(s.p[i]);
		small |= is_alpha(s.p[i]) && !is_upper(s.p[i]);
	}
	if (!small || !capital || !digit)
		return 0;
	*ret_likely = bsdi ? HASH_BSDI : HASH_DESCRYPT;
	return set_of(*ret_likely);
}

static enum hash_strength
strength_of(enum hash_type type)
{
	if (type <= HASH_SHA512)
		return HASH_FAST;
	switch ((int)type) {
	case HASH_LDAP_SHA1:
	case HASH_PWDUMP:
	case HASH_NETNTLM:
	case HASH_KERBEROS:
		return HASH_FAST;
	case HASH_MD5CRYPT:
	case HASH_APR1:
	case HASH_DESCRYPT:
	case HASH_BSDI:
	case HASH_PHPASS:
	case HASH_DRUPAL7:
	case HASH_DCC2:
		return HASH_CRYPT;
	case HASH_SHA256CRYPT:
	case HASH_SHA512CRYPT:
	case HASH_BCRYPT:
	case HASH_DJANGO_PBKDF2:
	case HASH_DJANGO_BCRYPT:
	case HASH_DJANGO_ARGON2:
	case HASH_ARGON2:
	case HASH_SCRYPT:
	case HASH_YESCRYPT:
	case HASH_PBKDF2:
	case HASH_SCRAM_SHA256:
	case HASH_ORACLE12:
	case HASH_CISCO8:
	case HASH_CISCO9:
		return HASH_SLOW;
	default:
		return HASH_FAST_SALTED;
	}
}

/* NT and LM hashes of the empty password, in either case. */
static bool
is_of_empty(struct span s)
{
	static const char *const empty[] = {
		"31d6cfe0d16ae931b73c59d7e0c089c0",
		"aad3b435b51404eeaad3b435b51404ee",
	};

	for (size_t k = 0; k < COUNT_OF(empty) && s.n == 32; k++) {
		size_t i = 0;

		while (i < 32 && (s.p[i] | 0x20) == (uint8_t)empty[k][i])
			i++;
		if (i == 32)
			return true;
	}
	return false;
}

enum kind_verdict
hash_guess(struct span text, struct hash_guess *ret)
{
	const struct span s = span_trim(text);
	enum hash_type likely = HASH_MD5;

	if (s.n < 13 || s.n > CREDENTIAL_HASH_MAX)
		return KIND_NO;
	uint64_t types = bare_hex(s, &likely);

	if (types == 0)
		types = bare_crypt(s, &likely);
	if (types != 0) {
		*ret = (struct hash_guess){types, likely,
					   is_of_empty(s)
						   ? HASH_NO_PASSWORD
						   : strength_of(likely)};
		return KIND_WEAK;
	}
	for (size_t i = 0; i < COUNT_OF(shapes); i++) {
		if (!matches(s, shapes[i].pattern))
			continue;
		likely = shapes[i].type;
		*ret = (struct hash_guess){set_of(likely), likely,
					   strength_of(likely)};
		return KIND_VALID;
	}
	return KIND_NO;
}

const char *
hash_name(enum hash_type type)
{
	static const char *const names[HASH_TYPES] = {
		[HASH_MD5] = "md5",
		[HASH_NTLM] = "ntlm",
		[HASH_MD4] = "md4",
		[HASH_LM] = "lm",
		[HASH_MYSQL323] = "mysql323",
		[HASH_SHA1] = "sha1",
		[HASH_MYSQL41] = "mysql41",
		[HASH_SHA256] = "sha256",
		[HASH_SHA512] = "sha512",
		[HASH_MD5_SALTED] = "md5-salted",
		[HASH_MD5CRYPT] = "md5crypt",
		[HASH_APR1] = "apr1",
		[HASH_SHA256CRYPT] = "sha256crypt",
		[HASH_SHA512CRYPT] = "sha512crypt",
		[HASH_DESCRYPT] = "descrypt",
		[HASH_BSDI] = "bsdicrypt",
		[HASH_BCRYPT] = "bcrypt",
		[HASH_PHPASS] = "phpass",
		[HASH_DRUPAL7] = "drupal7",
		[HASH_DJANGO_SHA1] = "django-sha1",
		[HASH_DJANGO_PBKDF2] = "django-pbkdf2",
		[HASH_DJANGO_BCRYPT] = "django-bcrypt",
		[HASH_DJANGO_ARGON2] = "django-argon2",
		[HASH_ARGON2] = "argon2",
		[HASH_SCRYPT] = "scrypt",
		[HASH_YESCRYPT] = "yescrypt",
		[HASH_PBKDF2] = "pbkdf2",
		[HASH_LDAP_SHA1] = "ldap-sha1",
		[HASH_LDAP_SSHA1] = "ldap-ssha1",
		[HASH_LDAP_SSHA256] = "ldap-ssha256",
		[HASH_LDAP_SSHA512] = "ldap-ssha512",
		[HASH_MSSQL2000] = "mssql2000",
		[HASH_MSSQL2005] = "mssql2005",
		[HASH_MSSQL2012] = "mssql2012",
		[HASH_ORACLE11] = "oracle11",
		[HASH_ORACLE12] = "oracle12",
		[HASH_POSTGRES_MD5] = "postgres-md5",
		[HASH_SCRAM_SHA256] = "scram-sha256",
		[HASH_DCC2] = "dcc2",
		[HASH_NETNTLM] = "netntlm",
		[HASH_PWDUMP] = "pwdump",
		[HASH_KERBEROS] = "kerberos",
		[HASH_CISCO8] = "cisco8",
		[HASH_CISCO9] = "cisco9",
	};

	return type < HASH_TYPES ? names[type] : "unknown";
}
