/*
 * Kinds whose mark is too short, or has none: several fields must agree before
 * they are believed, since a text that is taken for one of them is not read.
 */
#include "source/sniff/sniff_impl.h"

enum { TAR_BLOCK = 512 };

/* An octal number of a tar header; UINT64_MAX if it is none. */
static uint64_t
octal(struct span s, size_t at, size_t n)
{
	uint64_t v = 0;
	size_t i = at;

	while (i < at + n && s.p[i] == ' ')
		i++;
	const size_t first = i;
	for (; i < at + n && s.p[i] >= '0' && s.p[i] <= '7'; i++)
		v = v << 3 | (uint64_t)(s.p[i] - '0');
	if (i == first || (i < at + n && s.p[i] != ' ' && s.p[i] != '\0'))
		return UINT64_MAX;
	return v;
}

/* POSIX.1 pax: the sum of the header, its own field read as blanks. */
static bool
is_tar(struct span head)
{
	uint64_t sum = 0;

	if (head.n < TAR_BLOCK || head.p[0] == 0)
		return false;
	for (size_t i = 0; i < TAR_BLOCK; i++)
		sum += i >= 148 && i < 156 ? ' ' : head.p[i];
	return octal(head, 148, 8) == sum;
}

/*
 * dBASE: version, date, number of records, length of header and record, then
 * the fields of 32 bytes each, and 0x0D.
 */
static bool
is_dbf(struct span head, uint64_t size)
{
	static const uint8_t versions[] = {0x02, 0x03, 0x30, 0x31, 0x32,
					   0x43, 0x63, 0x83, 0x8B, 0x8E,
					   0xCB, 0xF5, 0xFB};
	bool known = false;

	if (head.n < 65)
		return false;
	for (size_t i = 0; i < sizeof(versions); i++)
		known |= head.p[0] == versions[i];
	const uint64_t records = sniff_le32(head, 4);
	const uint32_t header = sniff_le16(head, 8);
	const uint32_t record = sniff_le16(head, 10);
	if (!known || head.p[2] > 12 || head.p[3] > 31 || header < 65 ||
	    record < 2)
		return false;
	if (size != SNIFF_SIZE_UNKNOWN && header > size)
		return false;
	if (size != SNIFF_SIZE_UNKNOWN && records * record > size)
		return false;
	/* The first field: a name that ends in zeros, and a type. */
	return is_alpha(head.p[32]) && head.p[42] == 0 &&
	       byte_in(head.p[43], "BCDFGILMNOPQTVWXY+@0");
}

static bool
is_bmp(struct span head, uint64_t size)
{
	const uint32_t dib = sniff_le32(head, 14);

	return HAS(head, 0, "BM") && sniff_le32(head, 6) == 0 &&
	       (dib == 12 || dib == 40 || dib == 52 || dib == 56 || dib == 64 ||
		dib == 108 || dib == 124) &&
	       (size == SNIFF_SIZE_UNKNOWN || sniff_le32(head, 10) < size);
}

static bool
is_ico(struct span head)
{
	const uint32_t n = sniff_le16(head, 4);

	return (HAS(head, 0, "\0\0\x01\0") || HAS(head, 0, "\0\0\x02\0")) &&
	       n > 0 && n < 64 && head.n > 22 && head.p[9] == 0 &&
	       sniff_le32(head, 18) == 6 + 16 * n;
}

/* Two frames of MPEG audio, the second where the first ends. */
static bool
is_mp3(struct span head)
{
	static const uint16_t kbits[] = {0,   32,  40,  48,  56,  64,  80, 96,
					 112, 128, 160, 192, 224, 256, 320};
	static const uint32_t hertz[] = {44100, 48000, 32000};

	if (head.n < 4 || head.p[0] != 0xFF || (head.p[1] & 0xFE) != 0xFA)
		return false;
	const uint32_t rate = head.p[2] >> 4;
	const uint32_t freq = head.p[2] >> 2 & 3;
	if (rate == 0 || rate == 15 || freq == 3)
		return false;
	const size_t frame =
		144000U * kbits[rate] / hertz[freq] + (head.p[2] >> 1 & 1);
	return frame + 1 < head.n && head.p[frame] == 0xFF &&
	       (head.p[frame + 1] & 0xFE) == 0xFA;
}

static enum sniff_id
sniff_mz(struct span head)
{
	if (!HAS(head, 0, "MZ"))
		return ID_UNDECIDED;
	if (HAS(head, sniff_le32(head, 60), "PE\0\0"))
		return ID_PE;
	/* Bytes of the last page, pages, size of the header. */
	return sniff_le16(head, 2) < 512 && sniff_le16(head, 4) > 0 &&
			       sniff_le16(head, 8) >= 2 &&
			       sniff_le16(head, 8) < 4096 && head.n > 64
		       ? ID_DOS
		       : ID_UNDECIDED;
}

/* CAFEBABE: Java has its version next, a fat binary how many it holds. */
static enum sniff_id
sniff_cafebabe(struct span head)
{
	if (!HAS(head, 0, "\xCA\xFE\xBA\xBE"))
		return ID_UNDECIDED;
	return sniff_be32(head, 4) < 30 ? ID_MACHO : ID_JAVA_CLASS;
}

/* BSON 1.1: the length of the first document, then elements, then a zero. */
static bool
is_bson(struct span head, uint64_t size)
{
	const uint32_t n = sniff_le32(head, 0);

	if (n < 12 || n > 1 << 24 || head.n < 12 ||
	    (size != SNIFF_SIZE_UNKNOWN && n > size))
		return false;
	if (n <= head.n && head.p[n - 1] != 0)
		return false;
	if (head.p[4] == 0 || head.p[4] > 0x13)
		return false;
	size_t i = 5;
	while (i < head.n && i < 128 && head.p[i] >= ' ' && head.p[i] < 0x7F)
		i++;
	return i > 5 && i < head.n && head.p[i] == 0;
}

/* RFC 9580 5.1 and 5.3: a session key for somebody, or for a passphrase. */
static bool
is_pgp(struct span head)
{
	const uint8_t tag = head.n > 4 ? head.p[0] : 0;
	size_t at = 2;

	if (tag == 0x85 || tag == 0x8D)
		at = 3;
	else if (tag != 0x84 && tag != 0x8C && tag != 0xC1 && tag != 0xC3)
		return false;
	if (tag >= 0xC0 && head.p[1] >= 192)
		at = 3;
	if (head.n < at + 11)
		return false;
	const uint8_t version = head.p[at];
	if (tag == 0x84 || tag == 0x85 || tag == 0xC1) /* key algorithm */
		return version == 3 && byte_in(head.p[at + 9], "\1\2\20\22");
	return version >= 4 && version <= 6 && head.p[at + 1] > 0 &&
	       head.p[at + 1] < 14 && head.p[at + 2] < 4;
}

/* The properties, a dictionary of a power of two, and the size or -1. */
static bool
is_lzma(struct span head)
{
	const uint32_t dict = sniff_le32(head, 1);
	const uint32_t high = sniff_le32(head, 9);

	return head.n > 13 && head.p[0] == 0x5D && dict >= 1 << 16 &&
	       (dict & (dict - 1)) == 0 && (high == UINT32_MAX || high < 256) &&
	       head.p[13] == 0;
}

static bool
is_bzip2(struct span head)
{
	return HAS(head, 0, "BZh") && head.n > 9 && head.p[3] >= '1' &&
	       head.p[3] <= '9' &&
	       (HAS(head, 4, "1AY&SY") ||
		HAS(head, 4, "\x17\x72\x45\x38\x50\x90"));
}

/* The older portable form of cpio: 76 octal digits. */
static bool
is_old_cpio(struct span head)
{
	enum { CPIO_HEADER = 76 };

	if (head.n < CPIO_HEADER || !HAS(head, 0, "070707"))
		return false;
	for (size_t i = 6; i < CPIO_HEADER; i++)
		if (head.p[i] < '0' || head.p[i] > '7')
			return false;
	return true;
}

/* The portable forms of cpio: six digits, then numbers in hexadecimal. */
static bool
is_cpio(struct span head)
{
	enum { CPIO_HEADER = 110 };

	if (is_old_cpio(head))
		return true;
	if (head.n < CPIO_HEADER ||
	    (!HAS(head, 0, "070701") && !HAS(head, 0, "070702")))
		return false;
	for (size_t i = 6; i < CPIO_HEADER; i++)
		if (!is_digit(head.p[i]) &&
		    (uint8_t)((head.p[i] | 0x20) - 'a') > 5)
			return false;
	return true;
}

static bool
is_arj(struct span head)
{
	const uint32_t n = sniff_le16(head, 2);

	return HAS(head, 0, "\x60\xEA") && n > 30 && n < 2600 && head.n > 12 &&
	       head.p[4] >= 30 && head.p[4] < n;
}

static bool
is_lha(struct span head)
{
	return head.n > 21 && HAS(head, 2, "-lh") && head.p[6] == '-' &&
	       head.p[20] <= 3 && head.p[0] > 20;
}

/*
 * European Data Format (EEG, sleep): version 0 in eight characters, the
 * patient in 80, the recording in 80, a date and the size of the header.
 */
static bool
is_edf(struct span head)
{
	return HAS(head, 0, "0       ") && head.n > 256 &&
	       all_digits(head.p + 168, 2) && head.p[170] == '.' &&
	       all_digits(head.p + 171, 2) && head.p[173] == '.' &&
	       all_digits(head.p + 184, 3);
}

static bool
is_ext(struct span head)
{
	return HAS(head, 0x438, "\x53\xEF") && sniff_le16(head, 0x43A) < 8 &&
	       sniff_le32(head, 0x418) < 8;
}

/* A partition table: the mark at its end, and entries that are in use or not
 * and nothing else. */
static bool
is_mbr(struct span head)
{
	bool used = false;

	if (!HAS(head, 510, "\x55\xAA"))
		return false;
	for (size_t i = 446; i < 510; i += 16) {
		if ((head.p[i] & 0x7F) != 0)
			return false;
		used |= sniff_le32(head, i + 12) != 0;
	}
	return used;
}

/* TrueType: the version, the number of tables, the first table's name. */
static bool
is_ttf(struct span head)
{
	return HAS(head, 0, "\0\x01\0\0") && head.n > 28 &&
	       sniff_be16(head, 4) > 0 && sniff_be16(head, 4) < 128 &&
	       is_alnum(head.p[13]) && is_alnum(head.p[14]);
}

/* The binary forms of netpbm: a letter and a digit, then width and height in
 * decimal, with comments between them; then what no text has. */
static bool
is_pnm(struct span head)
{
	size_t i = 3;

	if (head.n < 16 || head.p[0] != 'P' || !byte_in(head.p[1], "456") ||
	    head.p[2] != '\n')
		return false;
	while (i < head.n && head.p[i] == '#')
		for (i++; i < head.n && head.p[i - 1] != '\n';)
			i++;
	const size_t first = i;
	while (i < head.n && (is_digit(head.p[i]) || head.p[i] == ' '))
		i++;
	return i > first + 2 && i < head.n && head.p[i] == '\n';
}

enum sniff_id
sniff_structure(struct span head, uint64_t size)
{
	const enum sniff_id program = sniff_mz(head);

	if (program != ID_UNDECIDED)
		return program;
	if (is_bzip2(head))
		return ID_BZIP2;
	if (is_tar(head))
		return ID_TAR;
	if (is_cpio(head))
		return ID_CPIO;
	if (is_dbf(head, size))
		return ID_DBF;
	if (is_bmp(head, size))
		return ID_BMP;
	if (is_pnm(head))
		return ID_PNM;
	if (is_ttf(head))
		return ID_TTF;
	if (is_ico(head))
		return ID_ICO;
	if (is_mp3(head))
		return ID_MP3;
	if (is_bson(head, size))
		return ID_BSON;
	if (is_pgp(head))
		return ID_PGP;
	if (is_lzma(head))
		return ID_LZMA;
	if (is_arj(head))
		return ID_ARJ;
	if (is_lha(head))
		return ID_LHA;
	if (is_edf(head))
		return ID_EDF;
	if (is_ext(head))
		return ID_EXT;
	if (is_mbr(head))
		return ID_MBR;
	return sniff_cafebabe(head);
}
