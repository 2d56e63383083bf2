/* What a thief of a folder can tell: takes every value of a leak, in every form
 * that needs no key, and looks for it in all files of the folder. usage:
 *
 *   stolen LEAK FOLDER      prints "FORMS forms, HITS hits"; exit 0 if none
 *
 * Values are what stands between delimiters, quotes and ends of lines. Forms:
 * as it is, in UTF-8, in capitals without accents, its digits, its digits as a
 * number; and of each of the texts SHA-256, SHA-1, MD5 and SipHash-2-4 under a
 * key of zeros, of which the first eight bytes are looked for as they are, in
 * hexadecimal and in base64. A form shorter than eight bytes would be met by
 * chance, and is not looked for as it is. */
#include "base/fold.h"
#include "base/span.h"

#include <sodium.h>

#include <fcntl.h>
#include <ftw.h>
#include <openssl/evp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { WINDOW = 8, VALUE_MAX = 2048 };

/** All windows of eight bytes of the folder. */
struct windows {
	uint8_t *bytes;
	size_t n;
	uint32_t *slots; /* a place + 1; 0: free */
	size_t mask;
};

/** What was looked for. */
struct search {
	const struct windows *w;
	uint64_t forms, hits;
};

/* nftw() has no argument of its own. */
static struct windows *reading;

static void
die(const char *what)
{
	fprintf(stderr, "stolen: %s\n", what);
	exit(2);
}

/* A file in memory that the caller frees. */
static uint8_t *
read_file(const char *path, size_t *ret_n)
{
	struct stat st;
	const int fd = open(path, O_RDONLY | O_CLOEXEC);

	if (fd < 0 || fstat(fd, &st) != 0)
		die("cannot open a file");
	uint8_t *p = malloc((size_t)st.st_size + 1);
	if (p == NULL || read(fd, p, (size_t)st.st_size) != st.st_size)
		die("cannot read a file");
	(void)close(fd);
	*ret_n = (size_t)st.st_size;
	return p;
}

static int
add_file(const char *path, const struct stat *st, int type, struct FTW *ftw)
{
	(void)st;
	(void)ftw;
	if (type != FTW_F)
		return 0;
	size_t n;
	uint8_t *file = read_file(path, &n);
	uint8_t *p = realloc(reading->bytes, reading->n + n + 1);
	if (p == NULL)
		die("no memory");
	memcpy(p + reading->n, file, n);
	reading->bytes = p;
	reading->n += n;
	free(file);
	return 0;
}

static uint64_t
window_at(const uint8_t *p)
{
	uint64_t v;

	memcpy(&v, p, sizeof(v));
	return v;
}

/* The slot of the window ${v}, or the free one where it belongs. */
static size_t
slot_of(const struct windows *w, uint64_t v)
{
	size_t i = (v * UINT64_C(0x9e3779b97f4a7c15) >> 20) & w->mask;

	while (w->slots[i] != 0 && window_at(w->bytes + w->slots[i] - 1) != v)
		i = (i + 1) & w->mask;
	return i;
}

static void
index_windows(struct windows *w)
{
	size_t slots = 1024;

	if (w->n >= UINT32_MAX / 2)
		die("the folder is too large");
	while (slots < 2 * w->n)
		slots *= 2;
	w->mask = slots - 1;
	w->slots = calloc(slots, sizeof(*w->slots));
	if (w->slots == NULL)
		die("no memory");
	for (size_t i = 0; i + WINDOW <= w->n; i++) {
		const size_t slot = slot_of(w, window_at(w->bytes + i));

		if (w->slots[slot] == 0)
			w->slots[slot] = (uint32_t)i + 1;
	}
}

/* Is ${form} there? Its first eight bytes are in the table if it is. */
static void
look_for(struct search *s, struct span form)
{
	if (form.n < WINDOW)
		return;
	s->forms++;
	if (s->w->slots[slot_of(s->w, window_at(form.p))] == 0)
		return;
	if (memmem(s->w->bytes, s->w->n, form.p, form.n) != NULL)
		s->hits++;
}

static void
look_for_digest(struct search *s, const uint8_t *digest)
{
	char text[32];

	look_for(s, (struct span){digest, 8});
	(void)sodium_bin2hex(text, sizeof(text), digest, 8);
	look_for(s, span_str(text));
	/* Nine bytes are twelve letters: the last two may differ, by what
	 * follows. */
	(void)sodium_bin2base64(text, sizeof(text), digest, 8,
				sodium_base64_VARIANT_ORIGINAL_NO_PADDING);
	look_for(s, (struct span){(const uint8_t *)text, 10});
}

static void
look_for_digests(struct search *s, struct span text)
{
	const EVP_MD *const kinds[] = {EVP_sha256(), EVP_sha1(), EVP_md5()};
	static const uint8_t zero[crypto_shorthash_KEYBYTES];
	uint8_t digest[EVP_MAX_MD_SIZE];

	for (size_t i = 0; i < COUNT_OF(kinds); i++)
		if (EVP_Digest(text.p, text.n, digest, NULL, kinds[i], NULL) ==
		    1)
			look_for_digest(s, digest);
	(void)crypto_shorthash(digest, text.p, text.n, zero);
	look_for_digest(s, digest);
}

static void
look_for_text(struct search *s, struct span text)
{
	if (text.n == 0)
		return;
	look_for(s, text);
	look_for_digests(s, text);
}

static void
look_for_value(struct search *s, struct span value)
{
	uint8_t utf8[2 * VALUE_MAX];
	uint8_t out[2 * VALUE_MAX];
	size_t n = 0;
	size_t digits = 0;

	/* The leak is in Latin-1, or in UTF-8, which this doubles: then the
	 * value as it is is the one that counts. */
	for (size_t i = 0; i < value.n; i++) {
		if (value.p[i] < 0x80) {
			utf8[n++] = value.p[i];
			continue;
		}
		utf8[n++] = (uint8_t)(0xC0 | value.p[i] >> 6);
		utf8[n++] = (uint8_t)(0x80 | (value.p[i] & 0x3F));
	}
	look_for_text(s, value);
	if (!span_is_ascii(value))
		look_for_text(s, (struct span){utf8, n});
	const size_t folded =
		fold_letters((struct span){utf8, n}, out, sizeof(out));
	if (!span_equal((struct span){out, folded}, value))
		look_for_text(s, (struct span){out, folded});
	for (size_t i = 0; i < value.n; i++)
		if (is_digit(value.p[i]))
			out[digits++] = value.p[i];
	if (digits < 8 || digits > 19)
		return;
	if (digits < value.n)
		look_for_text(s, (struct span){out, digits});
	const uint64_t v = number(out, digits);
	/* Seven zeros in a row are in any file, too. */
	if (v >= 1000000)
		look_for(s, (struct span){(const uint8_t *)&v, sizeof(v)});
}

static void
look_for_leak(struct search *s, struct span leak)
{
	size_t from = 0;

	for (size_t i = 0; i <= leak.n; i++) {
		if (i < leak.n && !byte_in(leak.p[i], ";,\"\t\r\n"))
			continue;
		const size_t n = i - from;
		/* Blanks alone are in any file. */
		look_for_value(s, span_trim((struct span){
					  leak.p + from,
					  n < VALUE_MAX ? n : VALUE_MAX}));
		from = i + 1;
	}
}

int
main(int argc, char **argv)
{
	struct windows w = {.bytes = NULL};
	struct search s = {.w = &w};

	if (argc != 3 || sodium_init() < 0)
		die("usage: stolen LEAK FOLDER");
	reading = &w;
	if (nftw(argv[2], add_file, 16, FTW_PHYS) != 0)
		die("cannot read the folder");
	index_windows(&w);
	size_t n;
	uint8_t *leak = read_file(argv[1], &n);
	look_for_leak(&s, (struct span){leak, n});
	printf("%llu forms, %llu hits\n", (unsigned long long)s.forms,
	       (unsigned long long)s.hits);
	free(leak);
	free(w.bytes);
	free(w.slots);
	return s.hits == 0 ? 0 : 1;
}
