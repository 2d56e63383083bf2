/* leakgen: what JSON and FHIR share. */
#ifndef LEAKGEN_JSON_H
#define LEAKGEN_JSON_H

#include "writer.h"

/** The charsets of JSON: the Unicode ones. */
extern const char *const json_charsets[][2];

/** json_string(t, cell): Append ${cell} as a string. */
void json_string(struct text *t, struct cell cell);

#endif
