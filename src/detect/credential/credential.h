/* detect/credential: leaked logins: an address and its password on one line,
 * and the shapes of password hashes. */
#ifndef TOCSIN_DETECT_CREDENTIAL_H
#define TOCSIN_DETECT_CREDENTIAL_H

#include "base/kind.h"

enum {
	CREDENTIAL_LINE_MAX = 1024,  /* bytes of a line that is looked at */
	CREDENTIAL_SECRET_MAX = 254, /* bytes of a password */
	CREDENTIAL_HASH_MAX = 512    /* bytes of a hash */
};

/** Types of password hash. Numbers live in memory only; names are for ever. */
enum hash_type {
	HASH_MD5,
	HASH_NTLM,
	HASH_MD4,
	HASH_LM,
	HASH_MYSQL323,
	HASH_SHA1,
	HASH_MYSQL41,
	HASH_SHA256,
	HASH_SHA512,
	HASH_MD5_SALTED,
	HASH_MD5CRYPT,
	HASH_APR1,
	HASH_SHA256CRYPT,
	HASH_SHA512CRYPT,
	HASH_DESCRYPT,
	HASH_BSDI,
	HASH_BCRYPT,
	HASH_PHPASS,
	HASH_DRUPAL7,
	HASH_DJANGO_SHA1,
	HASH_DJANGO_PBKDF2,
	HASH_DJANGO_BCRYPT,
	HASH_DJANGO_ARGON2,
	HASH_ARGON2,
	HASH_SCRYPT,
	HASH_YESCRYPT,
	HASH_PBKDF2,
	HASH_LDAP_SHA1,
	HASH_LDAP_SSHA1,
	HASH_LDAP_SSHA256,
	HASH_LDAP_SSHA512,
	HASH_MSSQL2000,
	HASH_MSSQL2005,
	HASH_MSSQL2012,
	HASH_ORACLE11,
	HASH_ORACLE12,
	HASH_POSTGRES_MD5,
	HASH_SCRAM_SHA256,
	HASH_DCC2,
	HASH_NETNTLM,
	HASH_PWDUMP,
	HASH_KERBEROS,
	HASH_CISCO8,
	HASH_CISCO9,
	HASH_TYPES
};

/** How much work stands between a hash and its password. Ordered. */
enum hash_strength {
	HASH_NO_PASSWORD, /* the hash of the empty password */
	HASH_FAST,        /* unsalted and fast: as good as clear text */
	HASH_FAST_SALTED,
	HASH_CRYPT, /* old crypt(3) */
	HASH_SLOW   /* bcrypt, scrypt, Argon2, yescrypt, PBKDF2, sha-crypt */
};

/** A set of types, bit t for type t: what the shape allows. */
struct hash_guess {
	uint64_t types;
	enum hash_type likely;       /* the first choice of the set */
	enum hash_strength strength; /* the weakest of the set */
};

/**
 * hash_guess(text, ret):
 * Tell which types of password hash the whole of ${text} can be.
 *
 * Returns  KIND_VALID: a prefix or layout that only password hashes have.
 *          KIND_WEAK: bare hexadecimal or a bare crypt string, which other
 *          things look like too. KIND_NO leaves ${ret} untouched.
 * Source   Modular crypt format (crypt(5)), RFC 2307 5.3, RFC 5803, RFC 9106,
 *          and the formats of the products named.
 */
enum kind_verdict hash_guess(struct span text, struct hash_guess *ret);

/**
 * hash_name(type):
 * Name ${type} as JSON does: "bcrypt", "ntlm".
 *
 * Returns  A static string.
 */
const char *hash_name(enum hash_type type);

/** A login line taken apart. All parts lie in the line. */
struct credential {
	struct span login;      /* the address, without anything around it */
	struct span domain;     /* of the address */
	struct span secret;     /* password or hash */
	struct hash_guess hash; /* types == 0: clear text */
};

/**
 * credential_split(line, ret):
 * Take the whole of ${line} apart as "address separator password", or the
 * other way round; separators are : ; | , tab and a single space. What stands
 * before the address, as in "https://site:address:password", is left out.
 *
 * Returns  KIND_VALID: a separator that lists of logins use; KIND_WEAK: a
 *          comma, a space, or the reverse order, which prose and tables use
 *          too; KIND_NO leaves ${ret} untouched.
 * Cost     O(n).
 */
enum kind_verdict credential_split(struct span line, struct credential *ret);

/** The normalised value is the password. A whole login line is valid; any
 * other short text is weak: only a header can tell. */
extern const struct kind kind_password;

/** The normalised value is the hash, hexadecimal in lower case. */
extern const struct kind kind_password_hash;

#endif
