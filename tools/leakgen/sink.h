/* leakgen: characters on their way into a file, in the charset asked for. */
#ifndef LEAKGEN_SINK_H
#define LEAKGEN_SINK_H

#include "text.h"

#include <stdbool.h>
#include <stdio.h>

enum { SINK_BUFFER = 1 << 20 };

/** How characters are written: one entry of sink_charsets. */
struct charset {
	const char *name;
	uint8_t unit; /* bytes of UTF-16 or UTF-32; 0: one or UTF-8 */
	bool big;     /* the high byte first */
	bool utf8;
	bool bom;
	const uint16_t *high; /* 0x80 to 0xff of a one-byte charset */
};

/** The charsets; the list ends with one without a name. */
extern const struct charset sink_charsets[];

/** A file in the making. */
struct sink {
	FILE *file;
	uint8_t map[256][4]; /* windows-1252 to what is written */
	uint8_t map_n[256];
	bool ascii; /* ASCII is written as it is */
	uint8_t *buffer;
	size_t n;
	uint64_t bytes;
	bool failed;
};

/** sink_init(s, file, charset): Write to ${file}. Returns false: no memory. */
bool sink_init(struct sink *s, FILE *file, const struct charset *charset);

/** sink_bom(s, charset): Begin with a byte order mark, if there is one. */
void sink_bom(struct sink *s, const struct charset *charset);

/** sink_put(s, p, n): Write ${n} characters at ${p}. */
void sink_put(struct sink *s, const uint8_t *p, size_t n);

/** sink_end(s): Write what is left. Returns false if any byte failed. */
bool sink_end(struct sink *s);

/** sink_done(s): Give back what ${s} holds. */
void sink_done(struct sink *s);

#endif
