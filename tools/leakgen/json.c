/* leakgen: what JSON and FHIR share. */
#include "json.h"

const char *const json_charsets[][2] = {
	{"utf8", ""},    {"utf8-bom", ""}, {"utf16le", ""}, {"utf16le-bom", ""},
	{"utf16be", ""}, {"utf32le", ""},  {NULL, NULL},
};

/* No other control characters occur. */
static const char *const escapes[128] = {
	['\b'] = "\\b", ['\t'] = "\\t", ['\n'] = "\\n",  ['\f'] = "\\f",
	['\r'] = "\\r", ['"'] = "\\\"", ['\\'] = "\\\\",
};

void
json_string(struct text *t, struct cell cell)
{
	text_byte(t, '"');
	writer_escaped(t, cell, escapes);
	text_byte(t, '"');
}
