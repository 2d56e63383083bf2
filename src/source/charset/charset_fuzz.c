/* Whatever the bytes and the charset: the text is UTF-8, a split changes
 * nothing, and offsets lead there and back. */
#include "base/fold.h"
#include "source/charset/charset.h"

#include <stdlib.h>
#include <string.h>

/* NOLINTNEXTLINE(readability-identifier-naming): the name libFuzzer calls. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { INPUT_MAX = 1 << 14 };

static void
must(bool holds)
{
	if (!holds)
		abort();
}

static void
check_utf8(struct span s)
{
	for (size_t i = 0; i < s.n;) {
		uint32_t code;
		const size_t used = utf8_next(s, i, &code);

		must(code != 0xFFFD || used == 3);
		i += used;
	}
}

/* The same bytes in two pieces. */
static void
check_split(enum charset cs, struct span in, size_t cut, struct span text,
	    uint8_t *out)
{
	const size_t cap = in.n * CHARSET_GROWTH;
	struct charset_done a;
	struct charset_done b;

	const enum rc rc = charset_decode(cs, (struct span){in.p, cut}, false,
					  out, cap, &a);
	must(rc == RC_OK || (rc == RC_MORE && cut - a.used < 4));
	must(charset_decode(cs, (struct span){in.p + a.used, in.n - a.used},
			    true, out + a.written, cap - a.written,
			    &b) == RC_OK);
	must(a.written + b.written == text.n);
	must(text.n == 0 || memcmp(out, text.p, text.n) == 0);
}

static void
check_offsets(const struct charset_window *w, size_t step)
{
	size_t before = 0;

	for (size_t at = 0; at <= w->text.n; at += step) {
		const size_t src = charset_window_source(w, at);

		must(src >= before && src <= w->source.n);
		const size_t back = charset_window_text(w, src);
		must(back <= at && at - back < 4);
		before = src;
	}
}

/* NOLINTNEXTLINE(readability-identifier-naming): the name libFuzzer calls. */
int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	if (size < 3 || size > INPUT_MAX)
		return 0;
	const struct span in = {data + 2, size - 2};
	const size_t cut = data[1] * in.n / 256;
	struct charset_guess g;
	struct charset_window w;
	struct charset_done done;

	charset_detect(in, data[1] % 2 == 0, &g);
	must(g.bom_bytes <= in.n && g.confidence <= 100);
	must(g.charset < CHARSET_COUNT && g.runner_up < CHARSET_COUNT);

	const enum charset cs =
		(enum charset)(CHARSET_ASCII + data[0] % (CHARSET_COUNT - 1));
	struct arena *a = arena_new(INPUT_MAX * sizeof(uint64_t));
	uint8_t *out = malloc(in.n * CHARSET_GROWTH);
	must(a != NULL && out != NULL);
	must(charset_window(cs, in, true, a, &w) == RC_OK);
	must(w.source.n == in.n && w.text.n <= in.n * CHARSET_GROWTH);
	check_utf8(w.text);
	check_split(cs, in, cut, w.text, out);
	check_offsets(&w, 1 + in.n / 64);
	check_utf8(charset_cell(cs, in, out, in.n * CHARSET_GROWTH));
	must(charset_decode(cs, in, true, out, cut, &done) == RC_OK ||
	     cut - done.written < 4);
	arena_free(a);
	free(out);
	return 0;
}
