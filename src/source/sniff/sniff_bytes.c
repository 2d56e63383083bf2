#include "source/sniff/sniff_impl.h"

enum {
	PDF_WITHIN = 1024, /* where readers look for a PDF's first line */
	WEAK_WITHIN = 64,
};

/*
 * Bytes at a fixed place. A weak mark is made of letters only, as a text could
 * begin: it counts if control characters stand near.
 */
struct magic {
	uint16_t at;
	uint8_t n;
	bool is_weak;
	uint8_t id; /* enum sniff_id */
	const char *bytes;
};

#define MAGIC(at, bytes, id)                                  \
	{                                                     \
		(at), sizeof(bytes) - 1, false, (id), (bytes) \
	}
#define WEAK(at, bytes, id)                                  \
	{                                                    \
		(at), sizeof(bytes) - 1, true, (id), (bytes) \
	}

/* The first that fits decides: longer ones stand first. */
static const struct magic magics[] = {
	/* Encrypted. The text forms too: they are no text to read. */
	MAGIC(0, "-----BEGIN PGP MESSAGE-----", ID_PGP),
	MAGIC(0, "-----BEGIN AGE ENCRYPTED FILE-----", ID_AGE),
	MAGIC(0, "age-encryption.org/v1\n", ID_AGE),
	MAGIC(0, "-----BEGIN PKCS7-----", ID_CMS),
	MAGIC(0, "-----BEGIN CMS-----", ID_CMS),
	MAGIC(0, "$ANSIBLE_VAULT;", ID_ANSIBLE_VAULT),
	MAGIC(0, "$APICRYPT", ID_APICRYPT),
	MAGIC(0, "U2FsdGVkX1", ID_OPENSSL), /* "Salted__" in base64 */
	MAGIC(0, "Salted__", ID_OPENSSL),
	MAGIC(0, "LUKS\xBA\xBE", ID_LUKS),
	MAGIC(0, "\x03\xD9\xA2\x9A\x67\xFB\x4B\xB5", ID_KEEPASS),
	MAGIC(3, "-FVE-FS-", ID_BITLOCKER),
	/* Archives. */
	MAGIC(0, "\x1F\x8B\x08", ID_GZIP),
	MAGIC(0,
	      "\xFD"
	      "7zXZ\0",
	      ID_XZ),
	MAGIC(0, "\x28\xB5\x2F\xFD", ID_ZSTD),
	MAGIC(0, "\x04\x22\x4D\x18", ID_LZ4),
	MAGIC(0, "\x02\x21\x4C\x18", ID_LZ4),
	MAGIC(0, "LZIP\x01", ID_LZIP),
	MAGIC(0, "\x1F\x9D", ID_COMPRESS),
	MAGIC(0, "\xFF\x06\0\0sNaPpY", ID_SNAPPY),
	MAGIC(0, "7z\xBC\xAF\x27\x1C", ID_7Z),
	MAGIC(0, "Rar!\x1A\x07", ID_RAR),
	MAGIC(0, "MSCF\0\0\0\0", ID_CAB),
	MAGIC(0, "!<arch>\ndebian-binary", ID_DEB),
	MAGIC(0, "!<arch>\n", ID_AR),
	MAGIC(0, "\xED\xAB\xEE\xDB", ID_RPM),
	MAGIC(32768, "\x01\x43\x44\x30\x30\x31", ID_ISO9660),
	MAGIC(0, "xar!\0", ID_XAR),
	MAGIC(0, "MSWIM\0\0\0", ID_WIM),
	/* Documents. */
	MAGIC(0, "%PDF-", ID_PDF),
	MAGIC(0, "\xE4\x52\x5C\x7B\x8C\xD8\xA7\x4D", ID_ONENOTE),
	/* Databases. */
	MAGIC(0, "SQLite format 3\0", ID_SQLITE),
	MAGIC(0, "\0\x01\0\0Standard Jet DB\0", ID_JET),
	MAGIC(0, "\0\x01\0\0Standard ACE DB\0", ID_ACCDB),
	WEAK(0, "PAR1", ID_PARQUET),
	WEAK(0, "PARE", ID_PARQUET),
	WEAK(0, "ORC", ID_ORC),
	MAGIC(0, "Obj\x01", ID_AVRO),
	MAGIC(0, "ARROW1\0\0", ID_ARROW),
	MAGIC(0, "PGDMP\x01", ID_PGDMP),
	WEAK(0, "REDIS00", ID_REDIS),
	MAGIC(0, "\0\x01\0\0\0\x02\0\x01\0\x05\0\x02\0\x02\xC0HBAM",
	      ID_FILEMAKER),
	WEAK(0, "TAPE", ID_MTF),
	WEAK(0, "MSSQLBAK", ID_MSSQL_BACKUP),
	WEAK(3, "EXPORT:V", ID_ORACLE_DUMP),
	MAGIC(4, "\xEF\xCD\xAB\x89", ID_ESE),
	MAGIC(12, "\x61\x15\x06\0", ID_BERKELEY_DB),
	MAGIC(12, "\x62\x31\x05\0", ID_BERKELEY_DB),
	MAGIC(16, "\xDE\xC0\xEF\xBE", ID_LMDB),
	MAGIC(0, "\x89HDF\r\n\x1A\n", ID_HDF5),
	MAGIC(0, "MATLAB 5.0 MAT-file", ID_MATLAB),
	MAGIC(0, "$FL2@(#)", ID_SPSS),
	MAGIC(0, "$FL3@(#)", ID_SPSS),
	MAGIC(12, "\xC2\xEA\x81\x60\xB3\x14\x11\xCF\xBD\x92\x08\0", ID_SAS),
	MAGIC(0, "<stata_dta>", ID_STATA),
	MAGIC(0, "RDX2\nX\n", ID_RDATA),
	MAGIC(0, "RDX3\nX\n", ID_RDATA),
	MAGIC(0, "\x93NUMPY", ID_NUMPY),
	MAGIC(0, "\x80\x04\x95", ID_PICKLE),
	MAGIC(0, "\x80\x05\x95", ID_PICKLE),
	/* Mail and medicine. */
	WEAK(0, "!BDN", ID_PST),
	MAGIC(0, "\xCF\xAD\x12\xFE", ID_DBX),
	MAGIC(0, "\x78\x9F\x3E\x22", ID_TNEF),
	MAGIC(128, "DICM\x02\0", ID_DICOM),
	MAGIC(0, "\x02\0\0\0UL\x04\0", ID_DICOM),
	MAGIC(0, "\x08\0\x05\0\x43\x53", ID_DICOM),
	MAGIC(344, "n+1\0", ID_NIFTI),
	/* Pictures. */
	MAGIC(0, "\xFF\xD8\xFF", ID_JPEG),
	MAGIC(0, "\x89PNG\r\n\x1A\n", ID_PNG),
	MAGIC(0, "GIF87a", ID_GIF),
	MAGIC(0, "GIF89a", ID_GIF),
	MAGIC(0, "II*\0", ID_TIFF),
	MAGIC(0, "MM\0*", ID_TIFF),
	MAGIC(0, "II+\0", ID_TIFF),
	MAGIC(0, "\0\0\0\x0CjP  \r\n\x87\n", ID_JP2),
	MAGIC(0, "\0\0\0\x0CJXL \r\n\x87\n", ID_JXL),
	WEAK(0, "\xFF\x0A", ID_JXL),
	MAGIC(0, "8BPS\0\x01", ID_PSD),
	WEAK(0, "AT&TFORM", ID_DJVU),
	MAGIC(40, " EMF\0\0\x01\0", ID_EMF),
	MAGIC(0, "\xD7\xCD\xC6\x9A", ID_WMF),
	/* Sound and film. */
	MAGIC(0, "ID3\x02", ID_MP3),
	MAGIC(0, "ID3\x03", ID_MP3),
	MAGIC(0, "ID3\x04", ID_MP3),
	MAGIC(0, "OggS\0", ID_OGG),
	MAGIC(0, "fLaC\0", ID_FLAC),
	MAGIC(0, "\x1A\x45\xDF\xA3", ID_MATROSKA),
	MAGIC(0, "\x30\x26\xB2\x75\x8E\x66\xCF\x11", ID_ASF),
	MAGIC(0, "#!AMR", ID_AMR),
	MAGIC(0, "MThd\0\0\0\x06", ID_MIDI),
	MAGIC(0, ".snd\0\0", ID_AU),
	MAGIC(0, "icns\0", ID_ICNS),
	MAGIC(0, "\0\0\x01\xBA", ID_MPEG),
	MAGIC(0, "\0\0\x01\xB3", ID_MPEG),
	/* Programs and fonts. */
	MAGIC(0,
	      "\x7F"
	      "ELF",
	      ID_ELF),
	MAGIC(0, "\xFE\xED\xFA\xCE", ID_MACHO),
	MAGIC(0, "\xFE\xED\xFA\xCF", ID_MACHO),
	MAGIC(0, "\xCE\xFA\xED\xFE", ID_MACHO),
	MAGIC(0, "\xCF\xFA\xED\xFE", ID_MACHO),
	MAGIC(0, "\0asm\x01\0\0\0", ID_WASM),
	MAGIC(0, "dex\n03", ID_DEX),
	MAGIC(0, "BC\xC0\xDE", ID_LLVM),
	MAGIC(0, "wOFF\0", ID_WOFF),
	MAGIC(0, "wOF2\0", ID_WOFF2),
	WEAK(0, "wOFFOTTO", ID_WOFF),
	WEAK(0, "wOF2OTTO", ID_WOFF2),
	MAGIC(0, "OTTO\0", ID_OTF),
	MAGIC(0, "ttcf\0", ID_TTC),
	/* Disks and logs. */
	MAGIC(0, "QFI\xFB", ID_QCOW),
	MAGIC(0, "KDMV\x01", ID_VMDK),
	WEAK(0, "conectix", ID_VHD),
	WEAK(0, "vhdxfile", ID_VHDX),
	MAGIC(64, "\x7F\x10\xDA\xBE", ID_VDI),
	WEAK(3, "NTFS    ", ID_NTFS),
	WEAK(54, "FAT1", ID_FAT),
	WEAK(82, "FAT32   ", ID_FAT),
	WEAK(0, "hsqs", ID_SQUASHFS),
	MAGIC(0, "\xD4\xC3\xB2\xA1", ID_PCAP),
	MAGIC(0, "\xA1\xB2\xC3\xD4", ID_PCAP),
	MAGIC(0, "\x4D\x3C\xB2\xA1", ID_PCAP),
	MAGIC(0, "\x0A\x0D\x0D\x0A", ID_PCAPNG),
	MAGIC(0, "ElfFile\0", ID_EVTX),
	WEAK(0, "regf", ID_REGISTRY),
	MAGIC(0, "L\0\0\0\x01\x14\x02\0", ID_LNK),
	WEAK(0, "LPKSHHRH", ID_JOURNAL),
};

static bool
has_controls(struct span head)
{
	const size_t n = head.n < WEAK_WITHIN ? head.n : WEAK_WITHIN;

	for (size_t i = 0; i < n; i++)
		if (head.p[i] < '\b' || (head.p[i] > '\r' && head.p[i] < 0x1A))
			return true;
	return false;
}

static enum sniff_id
by_magic(struct span head)
{
	for (size_t i = 0; i < COUNT_OF(magics); i++) {
		const struct magic *m = &magics[i];

		if (sniff_has(head, m->at, m->bytes, m->n) &&
		    (!m->is_weak || has_controls(head)))
			return (enum sniff_id)m->id;
	}
	return ID_UNDECIDED;
}

/* Some write bytes before the first line of a PDF. */
static bool
is_late_pdf(struct span head)
{
	const size_t at = FIND(head, PDF_WITHIN, "%PDF-1.");

	return at < head.n && at > 0 && HOLDS(head, head.n, " obj") &&
	       (head.p[at - 1] == '\n' || head.p[at - 1] == '\r' ||
		head.p[at - 1] < ' ');
}

static bool
is_zeros(struct span head, uint64_t size)
{
	for (size_t i = 0; i < head.n; i++)
		if (head.p[i] != 0)
			return false;
	return size == head.n;
}

bool
sniff_bytes(struct span head, uint64_t size, struct sniff *ret)
{
	bool locked = false;
	enum sniff_id id = ID_EMPTY;

	if (head.n > 0)
		id = is_zeros(head, size) ? ID_ZEROS : ID_UNDECIDED;
	if (id == ID_UNDECIDED)
		id = sniff_container(head, &locked);
	if (id == ID_UNDECIDED)
		id = by_magic(head);
	if (id == ID_UNDECIDED)
		id = sniff_structure(head, size);
	if (id == ID_UNDECIDED && is_late_pdf(head))
		id = ID_PDF;
	if (id == ID_PDF)
		locked = HOLDS(head, head.n, "/Encrypt");
	*ret = (struct sniff){.kind = sniff_kind_of(id), .locked = locked};
	return id != ID_UNDECIDED;
}
