/* format/segment: what the tests of its formats ask of a file that is cut, or
 * of which a bit is flipped. */
#ifndef TOCSIN_FORMAT_SEGMENT_CHECK_DAMAGE_H
#define TOCSIN_FORMAT_SEGMENT_CHECK_DAMAGE_H

#include "base/check.h"
#include "format/segment/check.h"

enum { DAMAGE_MAX = 2048, DAMAGE_HEADER = 8 };

/** check_damage(kind, all): Cut ${all} after each byte, and flip a bit of each:
 * what comes of it is a table. */
static inline void
check_damage(const struct parts_kind *kind, struct span all)
{
	uint8_t bytes[DAMAGE_MAX];

	assert_true(all.n < sizeof(bytes));
	for (size_t n = 0; n <= all.n; n++) {
		struct table t = table_read(kind, (struct span){all.p, n}, 100);

		if (n > DAMAGE_HEADER)
			assert_int_equal(t.rc, RC_OK);
		free(t.p);
		memcpy(bytes, all.p, all.n);
		if (n < all.n)
			bytes[n] = (uint8_t)(bytes[n] ^ (1U << n % 8));
		t = table_read(kind, (struct span){bytes, all.n}, 100);
		assert_true(table_is_sound(&t, NULL));
		free(t.p);
	}
}

#endif
