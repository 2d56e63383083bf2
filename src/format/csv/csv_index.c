/* The structural index: two bits a byte, 64 bytes a block. */
#include "format/csv/csv_impl.h"

#include <string.h>

enum { BLOCK = 64 };

/* Bit i: byte i of ${v} is ${b}. Exact for every byte value. */
static inline uint64_t
equal8(uint64_t v, uint8_t b)
{
	return word_gather(word_between(v ^ word_each(b), 0, 0));
}

void
csv_index_portable(const struct csv_bytes *k, const uint8_t *p, size_t n,
		   struct csv_block *out)
{
	for (size_t b = 0; b < n; b++, p += BLOCK) {
		struct csv_block m = {0};

		for (unsigned i = 0; i < BLOCK; i += 8) {
			const uint64_t v = word_load8(p + i);

			m.sep |= (equal8(v, k->delimiter) | equal8(v, k->lf) |
				  equal8(v, k->cr))
				 << i;
			m.quote |= ((equal8(v, k->quote) & k->quote_on) |
				    (equal8(v, k->escape) & k->escape_on))
				   << i;
		}
		out[b] = m;
	}
}

uint32_t
csv_list_portable(const struct csv_block *blocks, size_t n, uint16_t *out)
{
	uint32_t k = 0;

	for (size_t b = 0; b < n; b++)
		for (uint64_t m = blocks[b].sep | blocks[b].quote; m != 0;
		     m &= m - 1)
			out[k++] = (uint16_t)(b * BLOCK +
					      (unsigned)__builtin_ctzll(m));
	return k;
}

static void
index_blocks(enum cpu_simd isa, const struct csv_bytes *k, const uint8_t *p,
	     size_t n, struct csv_block *out)
{
	switch (isa) {
#if defined(__x86_64__)
	case CPU_AVX512:
		csv_index_avx512(k, p, n, out);
		return;
	case CPU_AVX2:
		csv_index_avx2(k, p, n, out);
		return;
#elif defined(__aarch64__)
	case CPU_AVX512:
	case CPU_NEON:
		csv_index_neon(k, p, n, out);
		return;
#else
	case CPU_AVX512:
	case CPU_AVX2:
#endif
	case CPU_PORTABLE:
	default:
		csv_index_portable(k, p, n, out);
	}
}

uint32_t
csv_list(enum cpu_simd isa, const struct csv_block *blocks, size_t n,
	 uint16_t *out)
{
	switch (isa) {
#if defined(__x86_64__)
	case CPU_AVX512:
		return csv_list_avx512(blocks, n, out);
	case CPU_AVX2:
		return csv_list_avx2(blocks, n, out);
#else
	case CPU_AVX512:
	case CPU_AVX2:
#endif
	case CPU_PORTABLE:
	default:
		return csv_list_portable(blocks, n, out);
	}
}

void
csv_index(enum cpu_simd isa, const struct csv_dialect *d, struct span bytes,
	  struct csv_block *out)
{
	const struct csv_bytes k = {
		.delimiter = d->delimiter != 0 ? d->delimiter : '\n',
		.lf = '\n',
		.cr = d->newline == CSV_CR ? '\r' : '\n',
		.quote = d->quote,
		.escape = d->escape,
		.quote_on = d->quote != 0 ? UINT64_MAX : 0,
		.escape_on = d->escape != 0 ? UINT64_MAX : 0,
	};
	const size_t whole = bytes.n / BLOCK;
	const size_t rest = bytes.n % BLOCK;

	index_blocks(isa, &k, bytes.p, whole, out);
	if (rest == 0)
		return;

	uint8_t tail[BLOCK] = {0};
	memcpy(tail, bytes.p + whole * BLOCK, rest);
	index_blocks(isa, &k, tail, 1, out + whole);
	const uint64_t inside = (UINT64_C(1) << rest) - 1;
	out[whole].sep &= inside;
	out[whole].quote &= inside;
}

/* Index as much as there is room for, from ${at} on. */
static void
index_from(struct csv *c, size_t at)
{
	const size_t left = c->window.n - at;
	const size_t room = (size_t)CSV_BLOCKS * BLOCK;
	const size_t n = left < room ? left : room;

	csv_index(c->isa, &c->dialect, (struct span){c->window.p + at, n},
		  c->blocks);
	c->index_at = at;
	c->index_n = n;
	c->marks_n =
		csv_list(c->isa, c->blocks, (n + BLOCK - 1) / BLOCK, c->marks);
	c->marks_i = 0;
}

void
csv_index_cover(struct csv *c, size_t at)
{
	if (at - c->index_at >= c->index_n)
		index_from(c, at);
}

/* The masks differ only in which of the two words of a block is taken. */
static inline size_t
find(struct csv *c, size_t from, size_t end, bool is_quote)
{
	while (from < end) {
		csv_index_cover(c, from);
		const size_t in = from - c->index_at;
		const struct csv_block *b = &c->blocks[in / BLOCK];
		const uint64_t bits = (is_quote ? b->quote : b->sep) &
				      (UINT64_MAX << (in % BLOCK));

		if (bits != 0) {
			const size_t at = from - in % BLOCK +
					  (size_t)__builtin_ctzll(bits);

			return at < end ? at : end;
		}
		from += BLOCK - in % BLOCK;
	}
	return end;
}

size_t
csv_find_sep(struct csv *c, size_t from, size_t end)
{
	return find(c, from, end, false);
}

size_t
csv_find_quote(struct csv *c, size_t from, size_t end)
{
	return find(c, from, end, true);
}
