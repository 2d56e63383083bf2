#include "link/levels/levels.h"

#include <string.h>

/* Which bytes are in ${text}, by their low five bits. */
static uint32_t
letters_of(struct span text)
{
	uint32_t letters = 0;

	for (size_t i = 0; i < text.n; i++)
		letters |= UINT32_C(1) << (text.p[i] & 31U);
	return letters;
}

/* Is one of the parts of a name of ${n} bytes a single letter? */
static bool
has_initial(uint64_t cuts, size_t n)
{
	const uint64_t ends = n < 64 ? cuts | UINT64_C(1) << n : cuts;

	return ((cuts | 1) & ends >> 1) != 0;
}

static void
lay_name(const struct values *v, uint32_t id, struct levels_name *out)
{
	const struct span text = values_text(v, id);

	out->p = text.p;
	out->n = (uint32_t)text.n;
	out->cuts = values_note(v, id);
	out->letters = letters_of(text);
	out->initial = text.n > 0 && has_initial(out->cuts, text.n);
	if (text.n > 0)
		memcpy(&out->start, text.p, text.n < 4 ? text.n : 4);
}

static void
lay_part(void *arg, unsigned part, unsigned parts)
{
	struct levels *l = arg;
	const struct units *u = l->units;

	for (uint32_t i = part; i < l->names_end; i += parts)
		lay_name(u->sets[UNITS_NAMES], i, &l->names[i]);
	for (uint32_t i = part; i < l->cities_end; i += parts)
		lay_name(u->sets[UNITS_CITIES], i, &l->cities[i]);
}

enum rc
levels_init(struct levels *l, const struct units *u, struct team *team)
{
	struct room *room = u->room;

	memset(l, 0, sizeof(*l));
	l->units = u;
	l->names_end = values_end(u->sets[UNITS_NAMES]);
	l->cities_end = values_end(u->sets[UNITS_CITIES]);
	l->names = ROOM_ARRAY(room, l->names_end, struct levels_name);
	l->cities = ROOM_ARRAY(room, l->cities_end, struct levels_name);
	if (l->names == NULL || l->cities == NULL)
		return RC_LIMIT;
	team_run(team, lay_part, l);
	return RC_OK;
}

void
levels_done(struct levels *l)
{
	if (l->units == NULL)
		return;
	struct room *room = l->units->room;

	room_give(room, l->names, l->names_end, sizeof(*l->names));
	room_give(room, l->cities, l->cities_end, sizeof(*l->cities));
	memset(l, 0, sizeof(*l));
}

void
levels_expect(const struct levels *l, const struct unit *u)
{
	struct values *const *sets = l->units->sets;

	__builtin_prefetch(&l->names[u->given]);
	__builtin_prefetch(&l->names[u->family]);
	values_expect(sets[UNITS_STREETS], u->street);
	values_expect(sets[UNITS_EMAILS], u->email);
	values_expect(sets[UNITS_NIRS], u->nir);
	values_expect(sets[UNITS_PHONES_SET], u->phone[0]);
}
