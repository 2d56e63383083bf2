/*
 * leakgen: text in the making. One byte is one character: windows-1252, which
 * holds all of French; sink.c turns it into the charset asked for.
 */
#ifndef LEAKGEN_TEXT_H
#define LEAKGEN_TEXT_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

enum { LABEL_MAX = 31, ADDRESS_MAX = 63 };

/** A short name, at most LABEL_MAX characters. */
struct label {
	uint8_t n;
	uint8_t s[LABEL_MAX];
};

/** Text that grows up to ${max} bytes; what does not fit is left out. */
struct text {
	uint8_t *p;
	size_t n;
	size_t max;
};

/** How a name is written. */
enum form {
	FORM_PROPER,       /* Le Goff, Hélène */
	FORM_UPPER,        /* LE GOFF, HELENE */
	FORM_UPPER_ACCENT, /* LE GOFF, HÉLÈNE */
	FORM_PLAIN,        /* Le Goff, Helene */
	FORM_LOWER,        /* le goff, hélène */
	FORM_COUNT
};

/** The tables behind enum form, made once by text_forms_init(). */
struct forms {
	uint8_t map[FORM_COUNT][256];
};

/** text_forms_init(f): Fill ${f}. */
void text_forms_init(struct forms *f);

/**
 * text_from_utf8(dst, max, src):
 * Turn ${src}, UTF-8 of our own tables, into windows-1252 in ${dst}.
 *
 * Returns  The length; what does not fit in ${max} is left out.
 */
size_t text_from_utf8(uint8_t *dst, size_t max, const char *src);

/** text_unicode(c): The code point of the windows-1252 character ${c}. */
uint32_t text_unicode(uint8_t c);

/** text_form(t, f, form, p, n): Append ${n} bytes at ${p} as ${form}. */
void text_form(struct text *t, const struct forms *f, enum form form,
	       const uint8_t *p, size_t n);

static inline void
text_byte(struct text *t, uint8_t c)
{
	if (t->n < t->max)
		t->p[t->n++] = c;
}

static inline void
text_put(struct text *t, const void *p, size_t n)
{
	if (n > t->max - t->n)
		return;
	memcpy(t->p + t->n, p, n);
	t->n += n;
}

/** text_ascii(t, s): Append the ASCII string ${s}. */
static inline void
text_ascii(struct text *t, const char *s)
{
	text_put(t, s, strlen(s));
}

/** text_digits(t, v, width): Append the last ${width} digits of ${v}. */
static inline void
text_digits(struct text *t, uint64_t v, size_t width)
{
	if (width > t->max - t->n)
		return;
	for (size_t i = width; i-- > 0; v /= 10)
		t->p[t->n + i] = (uint8_t)('0' + v % 10);
	t->n += width;
}

/** text_number(t, v): Append ${v} in as many digits as it has. */
static inline void
text_number(struct text *t, uint64_t v)
{
	size_t width = 1;

	for (uint64_t rest = v; rest >= 10; rest /= 10)
		width++;
	text_digits(t, v, width);
}

/** label_put(l, p, n): Append to ${l}; false, and unchanged, if too long. */
static inline int
label_put(struct label *l, const void *p, size_t n)
{
	if (l->n + n > LABEL_MAX)
		return 0;
	memcpy(l->s + l->n, p, n);
	l->n = (uint8_t)(l->n + n);
	return 1;
}

#endif
