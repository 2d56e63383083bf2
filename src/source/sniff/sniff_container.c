/*
 * Containers whose members say what they are: zip (OOXML, OpenDocument, jar),
 * OLE2 (the older Office), RIFF, ISO media. Only the head is at hand, and only
 * names are looked at.
 */
#include "source/sniff/sniff_impl.h"

#include <string.h>

enum {
	ZIP_MEMBERS_MAX = 64, /* local headers looked at */
	ZIP_HEADER = 30,      /* bytes before the name; PKWARE APPNOTE 4.3.7 */
};

/* One local header of a zip. */
struct member {
	struct span name;
	struct span rest; /* what follows the name and the extra field */
	bool is_locked;
};

static bool
member_at(struct span head, size_t at, struct member *ret)
{
	const size_t name_n = sniff_le16(head, at + 26);
	const size_t extra_n = sniff_le16(head, at + 28);

	if (at + ZIP_HEADER > head.n || name_n > head.n - at - ZIP_HEADER)
		return false;
	const size_t after = at + ZIP_HEADER + name_n + extra_n;
	ret->name = (struct span){head.p + at + ZIP_HEADER, name_n};
	ret->rest = (struct span){head.p + (after < head.n ? after : head.n),
				  after < head.n ? head.n - after : 0};
	/* General purpose flag 0: encrypted. A folder has nothing to hide. */
	ret->is_locked = (sniff_le16(head, at + 6) & 1) != 0;
	return true;
}

/* OpenDocument and EPUB store their media type first, as it is. */
static enum sniff_id
by_mimetype(struct span rest)
{
	if (HAS(rest, 0, "application/epub+zip"))
		return ID_EPUB;
	if (!HAS(rest, 0, "application/vnd.oasis.opendocument."))
		return ID_UNDECIDED;
	if (HAS(rest, 35, "text"))
		return ID_ODT;
	if (HAS(rest, 35, "spreadsheet"))
		return ID_ODS;
	return HAS(rest, 35, "presentation") ? ID_ODP : ID_ODF;
}

static enum sniff_id
by_member(struct span name)
{
	static const struct {
		const char *begins;
		enum sniff_id id;
	} known[] = {
		{"xl/", ID_XLSX},
		{"word/", ID_DOCX},
		{"ppt/", ID_PPTX},
		{"[Content_Types].xml", ID_OOXML},
		{"AndroidManifest.xml", ID_APK},
		{"META-INF/MANIFEST.MF", ID_JAR},
	};

	for (size_t i = 0; i < COUNT_OF(known); i++)
		if (sniff_has(name, 0, known[i].begins,
			      strlen(known[i].begins)))
			return known[i].id;
	return ID_ZIP;
}

/* What one member says is kept unless another says more. */
static bool
says_more(enum sniff_id id, enum sniff_id than)
{
	if (id == ID_ZIP)
		return false;
	return than == ID_ZIP || than == ID_OOXML || id == ID_APK;
}

static enum sniff_id
sniff_zip(struct span head, bool *ret_locked)
{
	enum sniff_id id = ID_ZIP;
	size_t at = 0;

	for (size_t k = 0; k < ZIP_MEMBERS_MAX && at < head.n; k++) {
		struct member m;

		if (!member_at(head, at, &m))
			break;
		*ret_locked |= m.is_locked;
		enum sniff_id said = by_member(m.name);
		if (k == 0 && span_equal(m.name, SPAN_LIT("mimetype")))
			said = by_mimetype(m.rest);
		if (said != ID_UNDECIDED && says_more(said, id))
			id = said;
		/* Sizes may stand behind the data: look for the next mark. */
		const struct span rest = {head.p + at + 4, head.n - at - 4};
		at += 4 + FIND(rest, rest.n, "PK\x03\x04");
	}
	return id;
}

/* Is ${name}, ASCII, in ${head} as the UTF-16LE name of a stream? */
static bool
has_stream(struct span head, const char *name)
{
	uint8_t wide[64];
	size_t n = 0;

	for (; *name != '\0' && n < sizeof(wide); name++) {
		wide[n++] = (uint8_t)*name;
		wide[n++] = 0;
	}
	return sniff_find(head, head.n, (const char *)wide, n) < head.n;
}

/* [MS-CFB]: the streams of the root tell the program. */
static enum sniff_id
sniff_ole2(struct span head, bool *ret_locked)
{
	static const struct {
		const char *stream;
		enum sniff_id id;
	} known[] = {
		{"EncryptedPackage", ID_OOXML}, {"__nameid_version", ID_MSG},
		{"__properties_ver", ID_MSG},   {"WordDocument", ID_DOC},
		{"PowerPoint Docum", ID_PPT},   {"Workbook", ID_XLS},
	};

	for (size_t i = 0; i < COUNT_OF(known); i++) {
		if (!has_stream(head, known[i].stream))
			continue;
		*ret_locked = known[i].id == ID_OOXML;
		return known[i].id;
	}
	return ID_OLE2;
}

static enum sniff_id
sniff_riff(struct span head)
{
	if (HAS(head, 8, "WAVE"))
		return ID_WAV;
	if (HAS(head, 8, "WEBP"))
		return ID_WEBP;
	return HAS(head, 8, "AVI ") ? ID_AVI : ID_UNDECIDED;
}

/* ISO/IEC 14496-12 4.3: the brand of the first box. */
static enum sniff_id
sniff_ftyp(struct span head)
{
	if (HAS(head, 8, "avi"))
		return ID_AVIF;
	if (HAS(head, 8, "hei") || HAS(head, 8, "hev") || HAS(head, 8, "mif1"))
		return ID_HEIC;
	return HAS(head, 8, "qt  ") ? ID_MOV : ID_MP4;
}

enum sniff_id
sniff_container(struct span head, bool *ret_locked)
{
	if (HAS(head, 0, "PK\x03\x04"))
		return sniff_zip(head, ret_locked);
	/* An empty one, or the first of several volumes. */
	if (HAS(head, 0, "PK\x05\x06") || HAS(head, 0, "PK\x07\x08"))
		return ID_ZIP;
	if (HAS(head, 0, "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"))
		return sniff_ole2(head, ret_locked);
	if (HAS(head, 0, "FORM") &&
	    (HAS(head, 8, "AIFF") || HAS(head, 8, "AIFC")))
		return ID_AIFF;
	if (HAS(head, 0, "RIFF"))
		return sniff_riff(head);
	if (HAS(head, 4, "ftyp") && sniff_be32(head, 0) >= 8 &&
	    sniff_be32(head, 0) < 4096)
		return sniff_ftyp(head);
	return ID_UNDECIDED;
}
