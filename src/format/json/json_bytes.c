#include "format/json/json_impl.h"

#include <string.h>

enum { ROOM_LEAST = 16 << 10 };

enum rc
json_bytes_room(struct json_bytes *b, size_t room, size_t most)
{
	if (room <= b->room)
		return RC_OK;
	if (room > most)
		return RC_LIMIT;
	if (room < ROOM_LEAST)
		room = ROOM_LEAST;
	if (room < 2 * b->room)
		room = 2 * b->room < most ? 2 * b->room : most;
	struct arena *a = arena_new(room);
	uint8_t *p = a != NULL ? ARENA_ARRAY(a, room, uint8_t) : NULL;

	if (p == NULL) {
		arena_free(a);
		return RC_NOMEM;
	}
	if (b->n > 0)
		memcpy(p, b->p, b->n);
	arena_free(b->arena);
	*b = (struct json_bytes){.arena = a, .p = p, .n = b->n, .room = room};
	return RC_OK;
}

void
json_bytes_free(struct json_bytes *b)
{
	arena_free(b->arena);
	*b = (struct json_bytes){0};
}
