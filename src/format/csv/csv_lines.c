/* Text that is no table, told by its lines: prose, source code, mark-up, logs.
 */
#include "format/csv/csv_sniff_impl.h"

#include <string.h>

enum { SHORT_LINE = 80, SHORT_WORDS = 4, LONG_WORDS = 7 };

static bool
starts_with_any(struct span s, const char *const *words)
{
	for (; *words != NULL; words++) {
		const size_t n = strlen(*words);

		if (s.n >= n && memcmp(s.p, *words, n) == 0)
			return true;
	}
	return false;
}

static bool
is_code(struct span s)
{
	static const char *const starts[] = {
		"//",           "/*",         "*/",       "* ",
		"#include",     "#define",    "#if",      "#endif",
		"import ",      "from ",      "def ",     "return ",
		"return;",      "if (",       "for (",    "while (",
		"else",         "var ",       "let ",     "const ",
		"function ",    "public ",    "private ", "static ",
		"void ",        "class ",     "struct ",  "INSERT INTO",
		"CREATE TABLE", "DROP TABLE", "SELECT ",  "UPDATE ",
		"LOCK TABLES",  NULL};
	const uint8_t end = s.p[s.n - 1];

	return starts_with_any(s, starts) || byte_in(end, "{}") ||
	       (s.n > 1 && end == ';' && byte_in(s.p[s.n - 2], ")}")) ||
	       (end == ',' && byte_in(s.p[0], "\"'") &&
		memmem(s.p, s.n, "\": ", 3) != NULL);
}

/* 2020-09-10 12:00:01 .., [10/Sep/2020:.., Sep 10 12:00:01 .. */
static bool
is_stamped(struct span s, uint32_t words)
{
	const struct span head = {s.p, s.n < 32 ? s.n : 32};
	uint32_t digits = 0;
	uint32_t colons = 0;

	for (size_t i = 0; i < head.n; i++) {
		digits += is_digit(head.p[i]);
		colons += i > 0 && i + 1 < head.n && head.p[i] == ':' &&
			  is_digit(head.p[i - 1]) && is_digit(head.p[i + 1]);
	}
	return colons >= 2 && digits >= 8 && words >= 4;
}

/* name=value, Name: value */
static bool
is_pair(struct span s)
{
	size_t i = 0;

	while (i < s.n && (is_alnum(s.p[i]) || byte_in(s.p[i], "_-.")))
		i++;
	if (i == 0 || i == s.n)
		return false;
	return s.p[i] == '=' ||
	       (s.p[i] == ':' && (i + 1 == s.n || s.p[i + 1] == ' '));
}

static void
look_at_line(struct csv_lines *l, struct span line)
{
	const struct span s = span_trim(line);
	uint32_t words = 1;

	if (s.n == 0)
		return;
	for (size_t i = 1; i < s.n; i++)
		words += s.p[i] == ' ' && s.p[i - 1] != ' ';
	const uint8_t end = s.p[s.n - 1];

	l->n++;
	l->words += words;
	l->is_short += s.n <= SHORT_LINE && words <= SHORT_WORDS;
	l->is_quoted += s.n >= 2 && s.p[0] == end && byte_in(end, "\"'");
	l->is_sentence +=
		words >= LONG_WORDS && (byte_in(end, ".!?:,") || is_alpha(end));
	l->is_code += is_code(s);
	l->is_pair += is_pair(s);
	l->is_markup += byte_in(s.p[0], "<{[");
	l->is_stamped += is_stamped(s, words);
}

struct csv_lines
csv_lines_look(struct span text)
{
	struct csv_lines l = {0};
	const size_t n = text.n < SNIFF_BYTES ? text.n : SNIFF_BYTES;
	size_t from = 0;

	l.bytes = (uint32_t)n;
	for (size_t i = 0; i < n; i++) {
		const uint8_t b = text.p[i];

		l.nuls += b == 0;
		l.controls += (b > 0 && b < ' ' && (b < '\t' || b > '\r') &&
			       b != 0x1B) ||
			      b == 0x7F;
		if (b != '\n' && b != '\r')
			continue;
		look_at_line(&l, (struct span){text.p + from, i - from});
		from = i + 1;
	}
	look_at_line(&l, (struct span){text.p + from, n - from});
	return l;
}

enum csv_reason
csv_lines_reason(const struct csv_lines *l)
{
	if (l->n == 0)
		return CSV_WHY_EMPTY;
	if (l->controls > l->bytes / 20 || l->nuls > l->bytes / 3)
		return CSV_WHY_BINARY;
	if (l->is_markup * 10 > l->n * 6 || l->is_code * 4 > l->n ||
	    l->is_pair * 10 > l->n * 8)
		return CSV_WHY_CODE;
	return CSV_WHY_NONE;
}
