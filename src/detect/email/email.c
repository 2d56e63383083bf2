#include "detect/email/email.h"

#include "base/fold.h"

#include <string.h>

enum {
	MAILBOX_MAX = 2 * EMAIL_MAX, /* bytes of a cell: a name may stand
					before the address */
};

/* atext of RFC 5322 3.2.3, and UTF-8 as RFC 6531 3.3 adds it. */
static bool
is_atext(uint8_t b)
{
	/* Letters, digits and !#$%&'*+-/=?^_`{|}~, a bit each. */
	static const uint64_t ascii[] = {UINT64_C(0xA3FFACFA00000000),
					 UINT64_C(0x7FFFFFFFC7FFFFFE)};

	return b >= 0x80 || (ascii[b / 64] >> b % 64 & 1) != 0;
}

/* Dots divide atoms: none at the ends, no two together. */
static bool
is_dot_atom(struct span s)
{
	bool after_dot = true;

	for (size_t i = 0; i < s.n; i++) {
		if (s.p[i] == '.') {
			if (after_dot)
				return false;
			after_dot = true;
			continue;
		}
		if (!is_atext(s.p[i]))
			return false;
		after_dot = false;
	}
	return s.n > 0 && !after_dot;
}

/* "..." with qtextSMTP and quoted pairs of RFC 5321 4.1.2, not empty. */
static bool
is_quoted_string(struct span s)
{
	if (s.n < 3 || s.p[0] != '"' || s.p[s.n - 1] != '"')
		return false;
	for (size_t i = 1; i < s.n - 1; i++) {
		if (s.p[i] == '"' || (s.p[i] == '\\' && ++i == s.n - 1))
			return false;
		if (s.p[i] < ' ' || s.p[i] == 0x7F)
			return false;
	}
	return true;
}

/* RFC 1035 2.3.1 as RFC 1123 2.1 relaxed it, and U-labels of RFC 5890. */
static bool
is_label(struct span s)
{
	if (s.n == 0 || s.n > EMAIL_LABEL_MAX || s.p[0] == '-' ||
	    s.p[s.n - 1] == '-')
		return false;
	for (size_t i = 0; i < s.n; i++)
		if (!is_alnum(s.p[i]) && s.p[i] != '-' && s.p[i] < 0x80)
			return false;
	return true;
}

/* Letters only, or letters of another script, or their "xn--" form. */
static bool
is_top_label(struct span s)
{
	if (s.n < 2)
		return false;
	if (s.n > 4 && (s.p[0] | 0x20) == 'x' && (s.p[1] | 0x20) == 'n' &&
	    s.p[2] == '-' && s.p[3] == '-')
		return true;
	for (size_t i = 0; i < s.n; i++)
		if (!is_alpha(s.p[i]) && s.p[i] < 0x80)
			return false;
	return true;
}

static bool
same_letters(struct span s, const char *lower)
{
	if (s.n != strlen(lower))
		return false;
	for (size_t i = 0; i < s.n; i++)
		if ((s.p[i] | 0x20) != (uint8_t)lower[i])
			return false;
	return true;
}

static enum kind_verdict
judge_domain(struct span s)
{
	static const char *const reserved[] = {"test", "invalid", "localhost",
					       "local", "localdomain"};
	size_t start = 0;
	size_t labels = 0;

	if (s.n > EMAIL_DOMAIN_MAX)
		return KIND_NO;
	for (size_t i = 0; i <= s.n; i++) {
		if (i < s.n && s.p[i] != '.')
			continue;
		if (!is_label((struct span){s.p + start, i - start}))
			return KIND_NO;
		labels++;
		if (i < s.n)
			start = i + 1;
	}
	const struct span top = {s.p + start, s.n - start};

	if (labels < 2 || !is_top_label(top))
		return KIND_NO;
	for (size_t i = 0; i < COUNT_OF(reserved); i++)
		if (same_letters(top, reserved[i]))
			return KIND_WEAK;
	return KIND_VALID;
}

static bool
starts_mailto(struct span s)
{
	return s.n > 7 && same_letters((struct span){s.p, 6}, "mailto") &&
	       s.p[6] == ':';
}

/* Leave out brackets, a name before them, and the scheme of a link. */
static struct span
bare(struct span s)
{
	s = span_trim(s);
	if (s.n > 0 && s.p[s.n - 1] == '>') {
		size_t open = s.n;

		while (open > 0 && s.p[open - 1] != '<')
			open--;
		if (open == 0)
			return s;
		s = span_trim((struct span){s.p + open, s.n - 1 - open});
	}
	if (!starts_mailto(s))
		return s;
	s = (struct span){s.p + 7, s.n - 7};
	/* RFC 6068: header fields follow a question mark. */
	size_t end = 0;

	while (end < s.n && s.p[end] != '@')
		end++;
	while (end < s.n && s.p[end] != '?')
		end++;
	s.n = end;
	return span_trim(s);
}

enum kind_verdict
email_parse(struct span text, struct email *ret)
{
	if (text.n < 6 || text.n > MAILBOX_MAX)
		return KIND_NO;
	const struct span s = bare(text);
	size_t at = s.n;

	if (s.n > EMAIL_MAX)
		return KIND_NO;
	while (at > 0 && s.p[at - 1] != '@')
		at--;
	if (at < 2)
		return KIND_NO;
	const struct span local = {s.p, at - 1};
	const struct span domain = {s.p + at, s.n - at};

	if (local.n > EMAIL_LOCAL_MAX ||
	    (!is_dot_atom(local) && !is_quoted_string(local)))
		return KIND_NO;
	const enum kind_verdict v = judge_domain(domain);

	if (v != KIND_NO)
		*ret = (struct email){local, domain};
	return v;
}

/* Letters that stand in the addresses of running text past ASCII: Latin ones
 * only, since other scripts are written without blanks around an address. */
static bool
is_latin(uint32_t code)
{
	return (code >= 0xC0 && code <= 0x24F && code != 0xD7 &&
		code != 0xF7) ||
	       (code >= 0x300 && code <= 0x36F) ||
	       (code >= 0x1E00 && code <= 0x1EFF);
}

/* Where the Latin letter that ends before byte ${end} starts; ${end}: there is
 * none. */
static size_t
letter_before(struct span text, size_t end)
{
	for (size_t back = 1; back <= 3 && back <= end; back++) {
		uint32_t code;
		const size_t i = end - back;

		if ((text.p[i] & 0xC0) == 0x80)
			continue;
		if (text.p[i] >= 0xC0 && utf8_next(text, i, &code) == back &&
		    is_latin(code))
			return i;
		break;
	}
	return end;
}

/* In running text the rarer characters of atext are punctuation. */
static bool
is_local_byte(uint8_t b)
{
	return is_alnum(b) || byte_in(b, "._-+%'&~");
}

static size_t
local_start(struct span text, size_t at)
{
	size_t i = at;

	while (i > 0 && at - i <= EMAIL_LOCAL_MAX) {
		size_t to = i;

		if (is_local_byte(text.p[i - 1]))
			to = i - 1;
		else if (text.p[i - 1] >= 0x80)
			to = letter_before(text, i);
		if (to == i)
			break;
		i = to;
	}
	while (i < at && byte_in(text.p[i], ".-+%'&~"))
		i++;
	return i;
}

static size_t
domain_end(struct span text, size_t at)
{
	size_t i = at + 1;

	while (i < text.n && i - at <= EMAIL_DOMAIN_MAX) {
		const uint8_t b = text.p[i];

		if (is_alnum(b) || b == '-' || b == '.') {
			i++;
			continue;
		}
		uint32_t code;

		if (b < 0x80)
			break;
		const size_t used = utf8_next(text, i, &code);

		if (!is_latin(code))
			break;
		i += used;
	}
	while (i > at + 1 && byte_in(text.p[i - 1], ".-"))
		i--;
	return i;
}

/* Is this the user part of a link, "https://user:secret@host"? */
static bool
is_user_of_link(struct span text, size_t start)
{
	size_t i = start;

	while (i > 0 && start - i < EMAIL_LOCAL_MAX && text.p[i - 1] > ' ' &&
	       !byte_in(text.p[i - 1], "/?&=\"'<>,;|"))
		i--;
	return i > 2 && memcmp(text.p + i - 3, "://", 3) == 0;
}

enum kind_verdict
email_around(struct span text, size_t at, struct span *ret)
{
	const size_t start = local_start(text, at);
	size_t end = domain_end(text, at);
	struct email email;

	if (start == at || end == at + 1 || is_user_of_link(text, start))
		return KIND_NO;
	for (;;) {
		const struct span s = {text.p + start, end - start};
		const enum kind_verdict v = email_parse(s, &email);

		if (v != KIND_NO) {
			*ret = s;
			return v;
		}
		/* "a@b.example.2 rue ...": leave the last label out. */
		while (end > at + 1 && text.p[end - 1] != '.')
			end--;
		while (end > at + 1 && byte_in(text.p[end - 1], ".-"))
			end--;
		if (end <= at + 1)
			return KIND_NO;
	}
}

static enum kind_verdict
test(struct span text, struct norm *ret_norm)
{
	struct email email;
	const enum kind_verdict v = email_parse(text, &email);

	if (v == KIND_NO)
		return KIND_NO;
	/* Local part, @ and domain are neighbours. */
	const uint8_t *p = email.local.p;

	ret_norm->n = email.local.n + 1 + email.domain.n;
	size_t i = 0;
	for (; i + 8 <= ret_norm->n; i += 8)
		word_store8(ret_norm->p + i, word_lower(word_load8(p + i)));
	for (; i < ret_norm->n; i++)
		ret_norm->p[i] = is_upper(p[i]) ? p[i] | 0x20 : p[i];
	return v;
}

static const struct kind_header headers[] = {
	{"EMAIL", 3},
	{"E MAIL", 3},
	{"MAIL", 3},
	{"MEL", 3},
	{"COURRIEL", 3},
	{"EMAILS", 3},
	{"EMAIL1", 3},
	{"EMAIL2", 3},
	{"EMAIL 1", 3},
	{"EMAIL 2", 3},
	{"MAIL1", 3},
	{"MAIL2", 3},
	{"ADRESSE EMAIL", 3},
	{"ADRESSE E MAIL", 3},
	{"ADRESSE MAIL", 3},
	{"ADRESSE MEL", 3},
	{"ADRESSE ELECTRONIQUE", 3},
	{"ADRESSE COURRIEL", 3},
	{"ADRESSEMAIL", 3},
	{"ADRESSEEMAIL", 3},
	{"ADR MAIL", 3},
	{"ADR EMAIL", 3},
	{"ADRMAIL", 3},
	{"ADREMAIL", 3},
	{"MAIL PATIENT", 3},
	{"EMAIL PATIENT", 3},
	{"PATIENT EMAIL", 3},
	{"PATIENT MAIL", 3},
	{"EMAIL PERSO", 3},
	{"MAIL PERSO", 3},
	{"EMAIL PRO", 3},
	{"MAIL PRO", 3},
	{"EMAIL CONTACT", 3},
	{"CONTACT EMAIL", 3},
	{"EMAIL MEDECIN", 3},
	{"MAIL MEDECIN", 3},
	{"EMAIL LABO", 3},
	{"MSSANTE", 3},
	{"ADRESSE MSSANTE", 3},
	{"EMAIL ADDRESS", 3},
	{"EMAILADDRESS", 3},
	{"MAIL ADDRESS", 3},
	{"USER EMAIL", 3},
	{"USEREMAIL", 3},
	{"LOGIN", 1},
	{"USERNAME", 1},
	{"IDENTIFIANT", 1},
	{NULL, 0},
};

static const char *const context[] = {
	"EMAIL", "E MAIL", "MAIL", "MEL", "COURRIEL", "CORREO", "ADRESSE", NULL,
};

const struct kind kind_email = {
	.id = KIND_EMAIL,
	.name = "email",
	.country = NULL,
	.title_en = "e-mail address",
	.title_fr = "adresse électronique",
	.accepts = "local part, @ and a domain of two labels or more, alone, "
		   "in angle brackets or after mailto:",
	.check = "syntax of local part and domain, lengths, letters in the "
		 "top-level domain",
	.source = "RFC 5321, RFC 5322, RFC 6531, RFC 1035",
	.one_in = 1000,
	.shape = SHAPE_AT,
	.min = 6,
	.max = EMAIL_MAX,
	.identifies = true,
	.headers = headers,
	.context = context,
	.test = test,
};
