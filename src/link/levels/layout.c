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
lay_text(const struct values *v, uint32_t id, struct levels_text *out)
{
	const struct span text = values_text(v, id);

	out->p = text.p;
	out->n = (uint32_t)text.n;
	out->letters = letters_of(text);
}

static void
lay_part(void *arg, unsigned part, unsigned parts)
{
	struct levels *l = arg;
	const struct units *u = l->units;

	for (uint32_t i = part; i < l->end[UNITS_NAMES]; i += parts)
		lay_name(u->sets[UNITS_NAMES], i, &l->names[i]);
	for (uint32_t i = part; i < l->end[UNITS_CITIES]; i += parts)
		lay_name(u->sets[UNITS_CITIES], i, &l->cities[i]);
	for (uint32_t i = part; i < l->end[UNITS_STREETS]; i += parts)
		lay_text(u->sets[UNITS_STREETS], i, &l->streets[i]);
	for (uint32_t i = part; i < l->end[UNITS_EMAILS]; i += parts)
		lay_text(u->sets[UNITS_EMAILS], i, &l->emails[i]);
	for (uint32_t i = part; i < l->end[UNITS_NIRS]; i += parts)
		l->nirs[i] = units_number(u, UNITS_NIRS, i);
	for (uint32_t i = part; i < l->end[UNITS_PHONES_SET]; i += parts)
		l->phones[i] = units_number(u, UNITS_PHONES_SET, i);
}

enum rc
levels_init(struct levels *l, const struct units *u, struct team *team)
{
	struct room *room = u->room;

	memset(l, 0, sizeof(*l));
	l->units = u;
	for (size_t s = 0; s < UNITS_SETS; s++)
		l->end[s] = values_end(u->sets[s]);
	l->names = ROOM_ARRAY(room, l->end[UNITS_NAMES], struct levels_name);
	l->cities = ROOM_ARRAY(room, l->end[UNITS_CITIES], struct levels_name);
	l->streets =
		ROOM_ARRAY(room, l->end[UNITS_STREETS], struct levels_text);
	l->emails = ROOM_ARRAY(room, l->end[UNITS_EMAILS], struct levels_text);
	l->nirs = ROOM_ARRAY(room, l->end[UNITS_NIRS], uint64_t);
	l->phones = ROOM_ARRAY(room, l->end[UNITS_PHONES_SET], uint64_t);
	if (l->names == NULL || l->cities == NULL || l->streets == NULL ||
	    l->emails == NULL || l->nirs == NULL || l->phones == NULL)
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

	room_give(room, l->names, l->end[UNITS_NAMES], sizeof(*l->names));
	room_give(room, l->cities, l->end[UNITS_CITIES], sizeof(*l->cities));
	room_give(room, l->streets, l->end[UNITS_STREETS], sizeof(*l->streets));
	room_give(room, l->emails, l->end[UNITS_EMAILS], sizeof(*l->emails));
	room_give(room, l->nirs, l->end[UNITS_NIRS], sizeof(*l->nirs));
	room_give(room, l->phones, l->end[UNITS_PHONES_SET],
		  sizeof(*l->phones));
	memset(l, 0, sizeof(*l));
}
