/* leakgen: numbers with a check digit, and numbers given out only once. */
#include "ids.h"

#include <stdlib.h>

enum { SEXES = 2, YEARS = 100, MONTHS = 12 };

static void
digits(uint8_t *p, uint64_t v, size_t width)
{
	for (size_t i = width; i-- > 0; v /= 10)
		p[i] = (uint8_t)('0' + v % 10);
}

static uint64_t
value(const uint8_t *p, size_t n)
{
	uint64_t v = 0;

	for (size_t i = 0; i < n; i++)
		v = v * 10 + (uint64_t)(p[i] - '0');
	return v;
}

bool
ids_init(struct ids *ids)
{
	*ids = (struct ids){0};
	ids->born = calloc((size_t)IDS_PLACES * SEXES * YEARS * MONTHS,
			   sizeof(*ids->born));
	return ids->born != NULL;
}

void
ids_done(struct ids *ids)
{
	free(ids->born);
	ids->born = NULL;
}

/* Department, or what stands in its place, and commune: five characters.
 * Returns the five as the key counts them. */
static uint64_t
birthplace(uint32_t place, uint32_t town, uint8_t *p)
{
	switch (place) {
	case IDS_2A:
	case IDS_2B:
		p[0] = '2';
		p[1] = place == IDS_2A ? 'A' : 'B';
		digits(p + 2, town + 1, 3);
		return (place == IDS_2A ? 19000U : 18000U) + town + 1;
	case IDS_ABROAD:
		digits(p, 99100 + town, 5);
		break;
	case IDS_OVERSEAS:
		digits(p, 97100 + 100 * (town / 99) + town % 99 + 1, 5);
		break;
	default:
		digits(p, (uint64_t)place * 1000 + town + 1, 5);
		break;
	}
	return value(p, 5);
}

void
ids_nir(struct ids *ids, uint32_t sex, uint32_t yy, uint32_t month,
	uint32_t place, uint8_t ret_nir[static IDS_NIR])
{
	enum { TOWNS = 396, ORDERS = 998 };
	const size_t stratum =
		((place * (size_t)SEXES + (sex - 1) % SEXES) * YEARS + yy) *
			MONTHS +
		(month - 1) % MONTHS;
	const uint32_t serial = ids->born[stratum]++;
	/* Two in a row share town and differ by one in the order; a town is
	 * used again, with later orders, once all have had their turn. */
	const uint32_t pair = serial / 2;
	const uint32_t town = (pair * 137 + place * 41 + yy * 7) % TOWNS;
	const uint32_t start = (uint32_t)(rng_mix(stratum) % (ORDERS / 2)) * 2;
	const uint32_t order =
		(start + pair / TOWNS * 2 + serial % 2) % ORDERS + 1;

	ret_nir[0] = (uint8_t)('0' + sex);
	digits(ret_nir + 1, yy, 2);
	digits(ret_nir + 3, month, 2);
	const uint64_t where = birthplace(place, town, ret_nir + 5);
	digits(ret_nir + 10, order, 3);
	const uint64_t body =
		(value(ret_nir, 5) * 100000 + where) * 1000 + order;
	digits(ret_nir + 13, 97 - body % 97, 2);
}

/* Scatters 0..n-1; ${step} shares no factor with ${n}. */
static uint32_t
scatter(uint32_t i, uint32_t step, uint32_t n)
{
	return (uint32_t)(((uint64_t)i * step + 123457) % n);
}

uint32_t
ids_home_phone(struct ids *ids, uint32_t dept)
{
	/* The first four digits, without the 0, of each department. */
	static const uint16_t areas[IDS_DEPARTMENTS][4] = {
		{296, 296, 256, 257}, {232, 232, 276, 277},
		{299, 223, 299, 230}, {254, 254, 236, 247},
		{238, 238, 218, 238}, {297, 297, 222, 256},
	};
	const uint32_t serial = ids->homes[dept]++;
	const uint32_t per_area = 1000000;
	/* Four turns of a quarter of each area, so that the two lines of a
	 * department that name one area never meet. */
	const uint32_t turn = serial % 4;
	const uint32_t line = scatter(serial / 4, 39119, per_area / 4);

	return areas[dept][turn] * per_area + turn * (per_area / 4) + line;
}

uint32_t
ids_mobile(struct ids *ids)
{
	/* 06 10 to 06 89 and 07 50 to 07 89. */
	const uint32_t blocks = 120;
	const uint32_t serial = ids->mobiles++;
	const uint32_t at = scatter(serial, 48271003, blocks * 1000000);
	const uint32_t block = at / 1000000;
	const uint32_t first = block < 80 ? 610 + block : 750 + (block - 80);

	return first * 1000000 + at % 1000000;
}

uint8_t
ids_luhn(const uint8_t *number, size_t n)
{
	unsigned sum = 0;

	for (size_t i = 0; i < n; i++) {
		const unsigned d = number[n - 1 - i] - '0';
		const unsigned twice = d * 2 > 9 ? d * 2 - 9 : d * 2;
		sum += i % 2 == 0 ? twice : d;
	}
	return (uint8_t)('0' + (10 - sum % 10) % 10);
}

void
ids_finess(uint32_t dept, uint32_t serial, uint8_t ret[static IDS_FINESS])
{
	digits(ret, dept, 2);
	digits(ret + 2, serial, 6);
	ret[8] = ids_luhn(ret, 8);
}

void
ids_siret(uint32_t company, uint32_t office, uint8_t ret[static IDS_SIRET])
{
	digits(ret, company, 8);
	ret[8] = ids_luhn(ret, 8);
	digits(ret + 9, office, 4);
	ret[13] = ids_luhn(ret, 13);
}

void
ids_rpps(uint32_t serial, uint8_t ret[static IDS_RPPS])
{
	digits(ret, 10, 2);
	digits(ret + 2, scatter(serial, 7654321, 100000000), 8);
	ret[10] = ids_luhn(ret, 10);
}

void
ids_iban(struct rng *r, uint8_t ret[static IDS_IBAN])
{
	/* Bank codes that no bank has. */
	static const uint32_t banks[] = {99010, 99027, 99041, 99063, 99088};
	const uint64_t bank = banks[rng_below(r, 5)];
	const uint64_t branch = rng_between(r, 1, 4999);
	const uint64_t account = (rng_next(r) >> 24) % 100000000000ULL;
	const uint64_t key = 97 - (89 * bank + 15 * branch + 3 * account) % 97;

	ret[0] = 'F';
	ret[1] = 'R';
	digits(ret + 4, bank, 5);
	digits(ret + 9, branch, 5);
	digits(ret + 14, account, 11);
	digits(ret + 25, key, 2);
	/* ISO 13616: the rest, then FR as 1527 and 00, is 1 modulo 97. */
	uint64_t rest = 0;
	for (size_t i = 4; i < IDS_IBAN; i++)
		rest = (rest * 10 + (uint64_t)(ret[i] - '0')) % 97;
	rest = (rest * 1000000 + 152700) % 97;
	digits(ret + 2, 98 - rest, 2);
}
