/* leakgen: French names as they come, many once and a few very often. */
#include "names.h"

#include "names_list.h"

#include <stdlib.h>

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))

/* Cuts ${list} at its commas and adds the names. The one at place i of the
 * pool weighs 1 / (i + flat). */
static bool
pool_add(struct names_pool *pool, const char *list, uint32_t flat)
{
	enum { NAME_BYTES = 64, UNIT = 10000000 };

	if (pool->count == 0) {
		pool->name = calloc(NAMES_POOL_MAX, sizeof(*pool->name));
		pool->upto = calloc(NAMES_POOL_MAX, sizeof(*pool->upto));
	}
	uint32_t sum = pool->count == 0 || pool->upto == NULL
			       ? 0
			       : pool->upto[pool->count - 1];
	if (pool->name == NULL || pool->upto == NULL)
		return false;
	while (*list != '\0' && pool->count < NAMES_POOL_MAX) {
		const size_t n = strcspn(list, ",");
		char one[NAME_BYTES] = {0};
		memcpy(one, list, n < sizeof(one) ? n : sizeof(one) - 1);
		struct label *l = &pool->name[pool->count];
		l->n = (uint8_t)text_from_utf8(l->s, LABEL_MAX, one);
		sum += UNIT / ((uint32_t)pool->count + flat);
		pool->upto[pool->count++] = sum;
		list += n + (list[n] == ',');
	}
	return true;
}

static void
pool_done(struct names_pool *pool)
{
	free(pool->name);
	free(pool->upto);
	*pool = (struct names_pool){0};
}

static const struct label *
pool_pick(const struct names_pool *pool, struct rng *r)
{
	const uint32_t at = rng_below(r, pool->upto[pool->count - 1]);
	size_t low = 0;
	size_t high = pool->count - 1;

	while (low < high) {
		const size_t mid = (low + high) / 2;
		if (pool->upto[mid] > at)
			high = mid;
		else
			low = mid + 1;
	}
	return &pool->name[low];
}

bool
names_init(struct names *names)
{
	_Static_assert(COUNT(given_men) == NAMES_PERIODS, "men");
	_Static_assert(COUNT(given_women) == NAMES_PERIODS, "women");
	bool ok = pool_add(&names->common, common_names[0], 25) &&
		  pool_add(&names->common, common_names[1], 25) &&
		  pool_add(&names->breton, breton_names, 25) &&
		  pool_add(&names->foreign, foreign_names, 20) &&
		  pool_add(&names->foreign_given[0], foreign_men, 4) &&
		  pool_add(&names->foreign_given[1], foreign_women, 4);

	for (size_t i = 0; ok && i < NAMES_PERIODS; i++)
		ok = pool_add(&names->given[0][i], given_men[i], 4) &&
		     pool_add(&names->given[1][i], given_women[i], 4);
	return ok;
}

void
names_done(struct names *names)
{
	pool_done(&names->common);
	pool_done(&names->breton);
	pool_done(&names->foreign);
	for (size_t sex = 0; sex < 2; sex++) {
		pool_done(&names->foreign_given[sex]);
		for (size_t i = 0; i < NAMES_PERIODS; i++)
			pool_done(&names->given[sex][i]);
	}
}

static void
put(struct label *l, const char *ascii)
{
	(void)label_put(l, ascii, strlen(ascii));
}

/* One of some 300,000 names that sound French and that nobody listed. */
static struct label
tail_family(struct rng *r)
{
	static const char *const start[] = {
		"Bar", "Ber", "Bou", "Bri", "Cha", "Cham", "Char", "Che", "Cor",
		"Cou", "Cre", "Dar", "Del", "Dou", "Dra",  "Du",   "Es",  "Fa",
		"Fer", "Fla", "Fon", "Fou", "Fra", "Ga",   "Gar",  "Gra", "Gri",
		"Gui", "Ha",  "Her", "Ho",  "Hu",  "Ja",   "Jo",   "La",  "Lan",
		"Lar", "Lau", "Li",  "Lou", "Ma",  "Mal",  "Mar",  "Mon", "Mou",
		"Na",  "Nor", "Pa",  "Par", "Per", "Pi",   "Plan", "Pou", "Pra",
		"Ra",  "Ri",  "Ron", "Rou", "Sa",  "Sau",  "Ser",  "Ta",  "Tan",
		"Thi", "Tou", "Tra", "Va",  "Ver", "Vi",   "Vau",
	};
	static const char *const middle[] = {
		"ba",  "be",  "bi",  "bou", "ca", "che", "chi", "co",  "cou",
		"da",  "de",  "di",  "do",  "fa", "fi",  "ga",  "go",  "gue",
		"gui", "ja",  "la",  "le",  "li", "lo",  "lou", "ma",  "me",
		"mi",  "mo",  "na",  "ne",  "ni", "no",  "pa",  "pe",  "pi",
		"pou", "que", "qui", "ra",  "re", "ri",  "ro",  "rou", "sa",
		"se",  "si",  "so",  "ta",  "te", "ti",  "tou", "tra", "tre",
		"va",  "ve",  "vi",  "vo",  "",   "",
	};
	static const char *const end[] = {
		"rd",    "rt",    "ult",   "ud",   "ux",    "nd",   "nt",
		"in",    "llet",  "let",   "net",  "ret",   "sset", "tier",
		"nier",  "rier",  "llier", "gnon", "llon",  "sson", "ron",
		"neau",  "reau",  "teau",  "veau", "lle",   "tte",  "sse",
		"ville", "mont",  "court", "bois", "val",   "nel",  "rel",
		"vel",   "gnac",  "llac",  "rac",  "sac",   "guet", "quet",
		"chet",  "chon",  "cher",  "ger",  "gier",  "mard", "llard",
		"ssard", "tard",  "nard",  "vard", "get",   "geot", "not",
		"rot",   "llot",  "ssot",  "tot",  "ffre",  "vre",  "bert",
		"fort",  "champ", "lin",   "rin",  "vin",   "din",  "guin",
		"quin",  "gue",   "rdin",  "ldi",  "nchot",
	};
	const uint32_t total =
		(uint32_t)(COUNT(start) * COUNT(middle) * COUNT(end));
	/* Scattered, so that frequent names do not begin alike. */
	const uint32_t k =
		(uint32_t)(rng_mix(rng_skewed(r, total) + 77) % total);
	struct label l = {0};

	put(&l, start[k % COUNT(start)]);
	put(&l, middle[k / COUNT(start) % COUNT(middle)]);
	put(&l, end[k / COUNT(start) / COUNT(middle)]);
	return l;
}

static struct label
tail_breton(struct rng *r)
{
	static const char *const start[] = {
		"Ker", "Ker", "Coat", "Pen", "Tre", "Lan", "Gou", "Gue", "Bre",
		"Cre", "Mor", "Roz",  "Car", "Dre", "Fla", "Hel", "Jo",  "Lo",
	};
	static const char *const middle[] = {
		"ar", "an", "bi",  "bo",  "da", "do", "ga", "go",  "gue",
		"la", "le", "lo",  "ma",  "mo", "na", "no", "ra",  "ro",
		"sa", "se", "tan", "ver", "vi", "vo", "ze", "gou",
	};
	static const char *const end[] = {
		"llec", "nnec", "ric",  "dic",  "nic",  "vel",   "gat",
		"ouet", "ern",  "ven",  "guen", "lou",  "mel",   "noc",
		"oc",   "nan",  "rech", "zec",  "vran", "doret", "gan",
	};
	struct label l = {0};

	if (rng_chance(r, 3000))
		put(&l, "Le ");
	put(&l, start[rng_below(r, COUNT(start))]);
	put(&l, middle[rng_below(r, COUNT(middle))]);
	put(&l, end[rng_below(r, COUNT(end))]);
	return l;
}

static struct label
with_particle(const struct label *name, struct rng *r)
{
	static const char *const particles[] = {"Le ", "La ",  "De ",    "Du ",
						"Le ", "Des ", "De La ", "D'"};
	static const char vowels[] = "AEIOUH";
	uint32_t i = rng_below(r, COUNT(particles));
	struct label l = {0};

	/* D' goes before a vowel and nowhere else. */
	if (strchr(vowels, name->s[0]) != NULL)
		i = COUNT(particles) - 1;
	else if (i == COUNT(particles) - 1)
		i = 2;
	put(&l, particles[i]);
	return label_put(&l, name->s, name->n) ? l : *name;
}

static struct label
simple_family(const struct names *names, struct rng *r, uint32_t head)
{
	if (rng_chance(r, head))
		return *pool_pick(&names->common, r);
	const struct label name = tail_family(r);
	return rng_chance(r, 600) ? with_particle(&name, r) : name;
}

struct label
names_family(const struct names *names, struct rng *r, enum names_origin origin)
{
	enum { HEAD = 3200 }; /* of 10,000 have one of the listed names */

	if (origin == NAMES_FOREIGN && rng_chance(r, 9000))
		return *pool_pick(&names->foreign, r);
	if (origin == NAMES_BRETON)
		return rng_chance(r, 4500) ? *pool_pick(&names->breton, r)
					   : tail_breton(r);
	const struct label one = simple_family(names, r, HEAD);
	if (!rng_chance(r, 180))
		return one;
	/* Martin-Dubois; one in three without the hyphen. */
	const struct label two = simple_family(names, r, HEAD);
	struct label both = one;
	if (label_put(&both, rng_chance(r, 3300) ? " " : "-", 1) &&
	    label_put(&both, two.s, two.n))
		return both;
	return one;
}

static size_t
period_of(uint32_t year)
{
	static const uint32_t until[NAMES_PERIODS - 1] = {1929, 1945, 1960,
							  1975, 1990, 2005};
	size_t i = 0;

	while (i < COUNT(until) && year > until[i])
		i++;
	return i;
}

struct label
names_given(const struct names *names, struct rng *r, bool woman, uint32_t year,
	    enum names_origin origin)
{
	if (origin == NAMES_FOREIGN && rng_chance(r, 8000))
		return *pool_pick(&names->foreign_given[woman], r);
	size_t period = period_of(year);
	/* Some are called after an aunt or a grandfather. */
	if (period > 0 && rng_chance(r, 1000))
		period--;
	if (period > 1 && rng_chance(r, 300))
		period -= 2;
	struct label l = *pool_pick(&names->given[woman][period], r);
	/* Marie Claude: as many write a blank where others have a hyphen. */
	uint8_t *hyphen = memchr(l.s, '-', l.n);
	if (hyphen != NULL && rng_chance(r, 2500))
		*hyphen = ' ';
	return l;
}
