#include "detect/credential/credential.h"

#include <string.h>

enum { LOGIN_MAX = 254 }; /* bytes of an address or a user name */

static bool
is_login_byte(uint8_t b)
{
	return is_alnum(b) || b >= 0x80 || byte_in(b, "._-+%'&~!#$*=?^`{}");
}

static bool
is_domain_byte(uint8_t b)
{
	return is_alnum(b) || b >= 0x80 || b == '-' || b == '.';
}

/* The addresses of logins need less care than detect/email takes: a local part,
 * an @, labels divided by single dots, letters at the end. */
static bool
address_around(struct span line, size_t at, struct span *ret)
{
	size_t start = at;
	size_t end = at + 1;
	size_t dot = 0;

	while (start > 0 && at - start < LOGIN_MAX &&
	       is_login_byte(line.p[start - 1]))
		start--;
	while (end < line.n && end - at < LOGIN_MAX &&
	       is_domain_byte(line.p[end])) {
		if (line.p[end] == '.') {
			if (line.p[end - 1] == '.' || end == at + 1)
				return false;
			dot = end;
		}
		end++;
	}
	if (start == at || dot == 0 || end - dot < 3)
		return false;
	for (size_t i = dot + 1; i < end; i++)
		if (is_digit(line.p[i]))
			return false;
	*ret = (struct span){line.p + start, end - start};
	return true;
}

/* The first address of the line. */
static bool
first_address(struct span line, struct span *ret)
{
	for (size_t i = 0; i < line.n; i++)
		if (line.p[i] == '@' && address_around(line, i, ret))
			return true;
	return false;
}

/* No blanks or control characters, not empty, not long. */
static bool
is_secret(struct span s)
{
	if (s.n == 0 || s.n > CREDENTIAL_HASH_MAX)
		return false;
	for (size_t i = 0; i < s.n; i++)
		if (s.p[i] <= ' ' || s.p[i] == 0x7F)
			return false;
	return true;
}

static size_t
count(struct span s, uint8_t b)
{
	size_t n = 0;

	for (size_t i = 0; i < s.n; i++)
		n += s.p[i] == b;
	return n;
}

/* How far ${secret}, divided from its login by ${sep}, is to be believed. */
static enum kind_verdict
judge(struct span secret, uint8_t sep)
{
	struct span address;
	struct hash_guess hash;

	if (!is_secret(secret))
		return KIND_NO;
	if (hash_guess(secret, &hash) != KIND_NO)
		return sep == ' ' ? KIND_WEAK : KIND_VALID;
	if (secret.n > CREDENTIAL_SECRET_MAX)
		return KIND_NO;
	/* A list of addresses, not a login. */
	if (first_address(secret, &address) && address.n == secret.n)
		return KIND_NO;
	if (sep == ' ')
		return KIND_WEAK;
	/* Passwords hold colons; other separators are a table's. */
	const size_t again = sep == ':' ? 0 : count(secret, sep);

	if (again > 1)
		return KIND_NO;
	return again == 1 ? KIND_WEAK : KIND_VALID;
}

static void
fill(struct credential *ret, struct span login, struct span domain,
     struct span secret)
{
	*ret = (struct credential){
		.login = login, .domain = domain, .secret = secret};
	if (hash_guess(secret, &ret->hash) == KIND_NO)
		ret->hash = (struct hash_guess){0};
}

static struct span
domain_of(struct span address)
{
	size_t i = address.n;

	while (i > 0 && address.p[i - 1] != '@')
		i--;
	return (struct span){address.p + i, address.n - i};
}

/* May ${before}, what stands before an address, be left out? Nothing, or a
 * link and the separator behind it. */
static bool
is_link(struct span before)
{
	size_t i = 0;

	if (before.n == 0)
		return true;
	while (i < before.n && is_alnum(before.p[i]))
		i++;
	return i > 0 && before.n - i > 3 &&
	       memcmp(before.p + i, "://", 3) == 0 &&
	       byte_in(before.p[before.n - 1], ":;|,\t ");
}

/* "address:password" with or without a link in front. */
static enum kind_verdict
split_forward(struct span line, struct span address, struct credential *ret)
{
	const size_t start = (size_t)(address.p - line.p);
	const size_t end = start + address.n;

	if (end == line.n || !byte_in(line.p[end], ":;|,\t ") ||
	    !is_link((struct span){line.p, start}))
		return KIND_NO;
	const struct span secret = {line.p + end + 1, line.n - end - 1};
	const enum kind_verdict v = judge(secret, line.p[end]);

	if (v != KIND_NO)
		fill(ret, address, domain_of(address), secret);
	return v;
}

/* "password:address". */
static enum kind_verdict
split_reverse(struct span line, struct span address, struct credential *ret)
{
	const size_t start = (size_t)(address.p - line.p);

	if (start < 2 || start + address.n != line.n ||
	    !byte_in(line.p[start - 1], ":;|\t"))
		return KIND_NO;
	const struct span secret = {line.p, start - 1};

	if (judge(secret, line.p[start - 1]) == KIND_NO)
		return KIND_NO;
	fill(ret, address, domain_of(address), secret);
	return KIND_WEAK;
}

/* The host of the link "scheme://user@host:port/path". */
static struct span
host_of(struct span line, size_t from)
{
	size_t start = from;
	size_t end;

	for (end = from; end < line.n && !byte_in(line.p[end], ":/ ?#"); end++)
		if (line.p[end] == '@')
			start = end + 1;
	return (struct span){line.p + start, end - start};
}

/* Where the link that starts at byte 0 and whose host ends at ${i} ends: at
 * the colon before the user name. A port may come first. */
static size_t
link_end(struct span line, size_t i)
{
	size_t k = i;

	if (k < line.n && line.p[k] == ':') {
		size_t digits = k + 1;

		while (digits < line.n && is_digit(line.p[digits]))
			digits++;
		const size_t n = digits - k - 1;

		if (n > 0 && n <= 5 && digits < line.n &&
		    byte_in(line.p[digits], ":/"))
			k = digits;
	}
	while (k < line.n && line.p[k] != ':')
		k++;
	return k;
}

/* "https://host:port/path:user:password": the user name is no address. */
static enum kind_verdict
split_link(struct span line, struct credential *ret)
{
	size_t i = 0;

	while (i < line.n && is_alnum(line.p[i]))
		i++;
	if (i == 0 || line.n - i < 4 || memcmp(line.p + i, "://", 3) != 0)
		return KIND_NO;
	const struct span host = host_of(line, i + 3);
	const size_t colon = link_end(line, (size_t)(host.p - line.p) + host.n);
	size_t next = colon + 1;

	while (next < line.n && line.p[next] != ':')
		next++;
	if (colon >= line.n || next >= line.n || host.n == 0)
		return KIND_NO;
	const struct span login = {line.p + colon + 1, next - colon - 1};
	const struct span secret = {line.p + next + 1, line.n - next - 1};

	if (login.n == 0 || login.n > LOGIN_MAX || !is_secret(login) ||
	    judge(secret, ':') == KIND_NO)
		return KIND_NO;
	fill(ret, login, host, secret);
	return KIND_VALID;
}

enum kind_verdict
credential_split(struct span line, struct credential *ret)
{
	const struct span s = span_trim(line);
	struct span address;

	if (s.n < 5 || s.n > CREDENTIAL_LINE_MAX)
		return KIND_NO;
	enum kind_verdict v = KIND_NO;

	if (first_address(s, &address)) {
		v = split_forward(s, address, ret);
		if (v == KIND_NO)
			v = split_reverse(s, address, ret);
	}
	return v != KIND_NO ? v : split_link(s, ret);
}

static enum kind_verdict
test_password(struct span text, struct norm *ret_norm)
{
	struct credential c;
	struct span address;
	const struct span s = span_trim(text);
	const enum kind_verdict v = credential_split(s, &c);

	if (v != KIND_NO) {
		ret_norm->n = c.secret.n < NORM_MAX ? c.secret.n : NORM_MAX;
		memcpy(ret_norm->p, c.secret.p, ret_norm->n);
		return v;
	}
	if (s.n == 0 || s.n > CREDENTIAL_SECRET_MAX ||
	    (first_address(s, &address) && address.n == s.n))
		return KIND_NO;
	for (size_t i = 0; i < s.n; i++)
		if (s.p[i] < ' ' || s.p[i] == 0x7F)
			return KIND_NO;
	memcpy(ret_norm->p, s.p, s.n);
	ret_norm->n = s.n;
	return KIND_WEAK;
}

static enum kind_verdict
test_hash(struct span text, struct norm *ret_norm)
{
	struct hash_guess guess;
	const struct span s = span_trim(text);
	const enum kind_verdict v = hash_guess(s, &guess);

	if (v == KIND_NO)
		return KIND_NO;
	/* The salt comes first and differs, so that a cut value still does. */
	ret_norm->n = s.n < NORM_MAX ? s.n : NORM_MAX;
	memcpy(ret_norm->p, s.p, ret_norm->n);
	if (guess.likely <= HASH_SHA512)
		for (size_t i = 0; i < ret_norm->n; i++)
			if (is_upper(ret_norm->p[i]))
				ret_norm->p[i] |= 0x20;
	return v;
}

static const struct kind_header password_headers[] = {
	{"MOT DE PASSE", 3},
	{"MOTDEPASSE", 3},
	{"MOTPASSE", 3},
	{"MOT PASSE", 3},
	{"MDP", 3},
	{"MDP PATIENT", 3},
	{"MDP CLAIR", 3},
	{"CODE SECRET", 2},
	{"PASSWORD", 3},
	{"PASSWD", 3},
	{"PASSE", 2},
	{"PASS", 3},
	{"PWD", 3},
	{"USER PASSWORD", 3},
	{"USERPASSWORD", 3},
	{"USER PASS", 3},
	{"PLAINTEXT", 2},
	{"PASSPHRASE", 3},
	{"CODE ACCES", 2},
	{"CODE D ACCES", 2},
	{"CODE CONFIDENTIEL", 2},
	{"SECRET", 2},
	{NULL, 0},
};

static const struct kind_header hash_headers[] = {
	{"HASH", 2},
	{"PASSWORD HASH", 3},
	{"PASSWORDHASH", 3},
	{"PASSWORD HASHED", 3},
	{"HASHED PASSWORD", 3},
	{"PWD HASH", 3},
	{"PWDHASH", 3},
	{"PASS HASH", 3},
	{"HASH MDP", 3},
	{"MDP HASH", 3},
	{"USER PASS HASH", 3},
	{"ENCRYPTED PASSWORD", 3},
	{"PASSWORD DIGEST", 3},
	{"MOT DE PASSE CHIFFRE", 3},
	{"PASSWORD", 2},
	{"PASSWD", 2},
	{"MOT DE PASSE", 2},
	{"MDP", 2},
	{"USER PASS", 2},
	{"PASS", 2},
	{"PWD", 2},
	{NULL, 0},
};

static const char *const password_context[] = {
	"MOT DE PASSE", "MDP", "PASSWORD", "PASSE", "PWD", "CODE SECRET", NULL,
};

static const char *const hash_context[] = {
	"HASH", "PASSWORD", "MOT DE PASSE", "MDP", "PWD", NULL,
};

const struct kind kind_password = {
	.id = KIND_PASSWORD,
	.name = "credential.password",
	.country = NULL,
	.title_en = "password",
	.title_fr = "mot de passe",
	.accepts = "a login line (address, separator, password) is valid; any "
		   "short text is weak",
	.check = "layout of the line",
	.source = "lists of logins as they are traded",
	.one_in = 1,
	.shape = SHAPE_WORDS,
	.min = 1,
	.max = CREDENTIAL_SECRET_MAX,
	.identifies = false,
	.headers = password_headers,
	.context = password_context,
	.test = test_password,
};

const struct kind kind_password_hash = {
	.id = KIND_PASSWORD_HASH,
	.name = "credential.hash",
	.country = NULL,
	.title_en = "password hash",
	.title_fr = "empreinte de mot de passe",
	.accepts = "crypt, bcrypt, Argon2 and the formats of databases and "
		   "systems; bare hexadecimal is weak",
	.check = "prefix, alphabet and length of the format",
	.source = "crypt(5), RFC 2307, RFC 5803, RFC 9106",
	.one_in = 1000,
	.shape = SHAPE_WORDS,
	.min = 13,
	.max = 255,
	.identifies = false,
	.headers = hash_headers,
	.context = hash_context,
	.test = test_hash,
};
