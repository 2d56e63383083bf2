#include "crypto/token.h"

#include <sodium.h>

#include <assert.h>

_Static_assert(sizeof(struct token_key) == crypto_kdf_KEYBYTES, "case key");
_Static_assert(sizeof(((struct token_keys *)NULL)->row) ==
		       crypto_shorthash_siphashx24_KEYBYTES,
	       "subkey");
_Static_assert(sizeof(struct token) == crypto_shorthash_siphashx24_BYTES,
	       "token");
_Static_assert(sizeof(uint64_t) == crypto_shorthash_siphash24_BYTES,
	       "row token");

/* The numbers that subkeys are derived by. They are for ever, since tokens are
 * kept; those of enum kind_id are not. A new kind takes the next number. */
enum { NUMBER_ROW = 1000, NUMBER_ROW_CELLS };

static const uint16_t NUMBERS[KIND_COUNT] = {
	[KIND_NAME_FAMILY] = 1,    [KIND_NAME_BIRTH] = 2,
	[KIND_NAME_GIVEN] = 3,     [KIND_NAME_FULL] = 4,
	[KIND_BIRTH_DATE] = 5,     [KIND_SEX] = 6,
	[KIND_ADDRESS_STREET] = 7, [KIND_ADDRESS_POSTCODE] = 8,
	[KIND_ADDRESS_CITY] = 9,   [KIND_PHONE] = 10,
	[KIND_EMAIL] = 11,         [KIND_FR_NIR] = 12,
	[KIND_FR_RPPS] = 13,       [KIND_FR_FINESS] = 14,
	[KIND_FR_SIRET] = 15,      [KIND_FR_SIREN] = 16,
	[KIND_IBAN] = 17,          [KIND_BLOOD_GROUP] = 18,
	[KIND_HEALTH_NOTE] = 19,   [KIND_PASSWORD] = 20,
	[KIND_PASSWORD_HASH] = 21, [KIND_ORGANISATION_NAME] = 22,
};

void
token_key_random(struct token_key *ret_key)
{
	randombytes_buf(ret_key->b, sizeof(ret_key->b));
}

void
token_key_wipe(struct token_key *key)
{
	sodium_memzero(key, sizeof(*key));
}

void
token_keys_wipe(struct token_keys *keys)
{
	sodium_memzero(keys, sizeof(*keys));
}

static void
derive(const struct token_key *key, uint64_t number, uint8_t out[static 16])
{
	/* Fails only for lengths that are wrong. */
	const int rc =
		crypto_kdf_derive_from_key(out, 16, number, "tocsin.1", key->b);
	assert(rc == 0);
}

void
token_keys_derive(const struct token_key *key, struct token_keys *ret_keys)
{
	for (size_t kind = 0; kind < KIND_COUNT; kind++)
		derive(key, NUMBERS[kind], ret_keys->kind[kind]);
	derive(key, NUMBER_ROW, ret_keys->row);
	derive(key, NUMBER_ROW_CELLS, ret_keys->row_cells);
}

struct token
token128(const struct token_keys *keys, enum kind_id kind, struct span value)
{
	struct token token;

	token_batch(keys, kind, &value, 1, &token);
	return token;
}

void
token_batch(const struct token_keys *keys, enum kind_id kind,
	    const struct span *values, size_t n, struct token *out)
{
	assert(kind > KIND_NONE && kind < KIND_COUNT);
	const uint8_t *key = keys->kind[kind];

	for (size_t i = 0; i < n; i++)
		(void)crypto_shorthash_siphashx24(out[i].b, values[i].p,
						  values[i].n, key);
}

uint64_t
token64(const struct token_keys *keys, struct span row)
{
	uint8_t b[crypto_shorthash_siphash24_BYTES];
	uint64_t token = 0;

	(void)crypto_shorthash_siphash24(b, row.p, row.n, keys->row);
	for (size_t i = sizeof(b); i-- > 0;)
		token = token << 8 | b[i];
	return token;
}
