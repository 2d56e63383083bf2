/* link/check: for tests only: mentions written down as rows of texts. */
#ifndef TOCSIN_LINK_CHECK_H
#define TOCSIN_LINK_CHECK_H

#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

/* clang-format off */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
/* clang-format on */

#include "link/units/units.h"

/** One mention; what is left out is missing. */
struct check_row {
	const char *family, *birth, *given;
	uint32_t date;
	uint8_t sex;
	const char *street, *postcode, *city;
	const char *email, *other;
	uint64_t nir;
	uint64_t phone[3];
	enum role role;
	bool wrong_key; /* of the NIR */
};

static inline uint32_t
check_text(struct mention_writer *w, const char *text)
{
	return text == NULL ? 0 : mention_writer_text(w, span_str(text));
}

static inline void
check_write(struct mention_writer *w, const struct check_row *r)
{
	struct mention m;

	memset(&m, 0, sizeof(m));
	m.text[MENTION_FAMILY] = check_text(w, r->family);
	m.text[MENTION_BIRTH] = check_text(w, r->birth);
	m.text[MENTION_GIVEN] = check_text(w, r->given);
	m.text[MENTION_STREET] = check_text(w, r->street);
	m.text[MENTION_POSTCODE] = check_text(w, r->postcode);
	m.text[MENTION_CITY] = check_text(w, r->city);
	m.text[MENTION_EMAIL] = check_text(w, r->email);
	m.text[MENTION_OTHER_ID] = check_text(w, r->other);
	m.birth_date = r->date;
	m.sex = r->sex;
	m.nir = r->nir;
	if (r->nir != 0)
		m.nir_state = r->wrong_key ? NIR_WRONG_KEY : NIR_GOOD;
	memcpy(m.phone, r->phone, sizeof(m.phone));
	m.role = (uint8_t)(r->role == ROLE_NONE ? ROLE_PATIENT : r->role);
	assert_int_equal(mention_writer_add(w, &m), RC_OK);
}

/** check_view(w): The block that ${w} holds; for check_unview(). */
static inline struct mention_block
check_view(struct mention_writer *w)
{
	struct mention_block b;
	const int fd = memfd_create("check", 0);

	assert_true(fd >= 0);
	assert_int_equal(mention_writer_save(w, fd), RC_OK);
	const off_t n = lseek(fd, 0, SEEK_END);
	assert_true(n > 0);
	uint8_t *bytes = malloc((size_t)n);
	assert_non_null(bytes);
	assert_int_equal(pread(fd, bytes, (size_t)n, 0), n);
	(void)close(fd);
	assert_int_equal(
		mention_block_view((struct span){bytes, (size_t)n}, &b), RC_OK);
	return b;
}

/** check_unview(b): Release what check_view() made. The block begins 24 bytes
 * before its mentions. */
static inline void
check_unview(const struct mention_block *b)
{
	const uint8_t *bytes = (const uint8_t *)b->mentions - 24;

	/* NOLINTNEXTLINE(performance-no-int-to-ptr): only drops the const */
	free((void *)(uintptr_t)bytes);
}

/** check_block(rows, n): A block of ${n} ${rows}; for check_unview(). */
static inline struct mention_block
check_block(const struct check_row *rows, size_t n)
{
	struct mention_writer *w = mention_writer_new(1 << 24);

	assert_non_null(w);
	for (size_t i = 0; i < n; i++)
		check_write(w, &rows[i]);
	const struct mention_block b = check_view(w);
	mention_writer_free(w);
	return b;
}

/** check_load(b, team, room, ret_units): units_load() of the block ${b}. */
static inline enum rc
check_load(const struct mention_block *b, struct team *team, struct room *room,
	   struct units *ret_units)
{
	struct link_blocks blocks = {b};
	const struct link_source source = link_source_of(&blocks, 1);

	return units_load(&source, team, room, ret_units);
}

/** CHECK_SOURCE(b, n): ${n} blocks as a source. */
#define CHECK_SOURCE(b, n)                                \
	(&(const struct link_source){(n), link_blocks_at, \
				     &(struct link_blocks){(b)}})

#endif
