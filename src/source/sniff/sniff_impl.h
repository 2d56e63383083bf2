/* What the files of source/sniff share. */
#ifndef TOCSIN_SOURCE_SNIFF_SNIFF_IMPL_H
#define TOCSIN_SOURCE_SNIFF_SNIFF_IMPL_H

#include "source/sniff/sniff.h"

/** Every kind, in the order of the table in sniff.c. */
enum sniff_id {
	ID_UNDECIDED,
	ID_BINARY,
	ID_EMPTY,
	ID_ZEROS,
	ID_TEXT,
	/* Text with a grammar of its own. */
	ID_HL7V2,
	ID_HPRIM,
	ID_HPRIM_TEXT,
	ID_ASTM,
	ID_EDIFACT,
	ID_JSON,
	ID_NDJSON,
	ID_FHIR_JSON,
	ID_FHIR_NDJSON,
	ID_XML,
	ID_FHIR_XML,
	ID_CDA,
	ID_HPRIM_XML,
	ID_SVG,
	ID_HTML,
	ID_SQL_MYSQL,
	ID_SQL_PG,
	ID_SQL,
	ID_MAIL,
	ID_MBOX,
	ID_VCARD,
	ID_ICAL,
	ID_LDIF,
	ID_YAML,
	ID_RTF,
	ID_POSTSCRIPT,
	ID_PEM,
	/* Files within a file. */
	ID_ZIP,
	ID_JAR,
	ID_APK,
	ID_GZIP,
	ID_BZIP2,
	ID_XZ,
	ID_ZSTD,
	ID_LZ4,
	ID_LZMA,
	ID_LZIP,
	ID_COMPRESS,
	ID_SNAPPY,
	ID_7Z,
	ID_RAR,
	ID_TAR,
	ID_CAB,
	ID_CPIO,
	ID_AR,
	ID_DEB,
	ID_RPM,
	ID_ISO9660,
	ID_ARJ,
	ID_LHA,
	ID_XAR,
	ID_WIM,
	/* Documents and workbooks. */
	ID_XLSX,
	ID_DOCX,
	ID_PPTX,
	ID_OOXML,
	ID_ODT,
	ID_ODS,
	ID_ODP,
	ID_ODF,
	ID_EPUB,
	ID_XLS,
	ID_DOC,
	ID_PPT,
	ID_OLE2,
	ID_PDF,
	ID_ONENOTE,
	/* Tables in a binary form. */
	ID_SQLITE,
	ID_DBF,
	ID_JET,
	ID_ACCDB,
	ID_PARQUET,
	ID_ORC,
	ID_AVRO,
	ID_ARROW,
	ID_PGDMP,
	ID_BSON,
	ID_REDIS,
	ID_FILEMAKER,
	ID_MTF,
	ID_MSSQL_BACKUP,
	ID_ORACLE_DUMP,
	ID_ESE,
	ID_BERKELEY_DB,
	ID_LMDB,
	ID_HDF5,
	ID_MATLAB,
	ID_SPSS,
	ID_SAS,
	ID_STATA,
	ID_RDATA,
	ID_NUMPY,
	ID_PICKLE,
	/* Mail stores. */
	ID_PST,
	ID_MSG,
	ID_DBX,
	ID_TNEF,
	/* Medical. */
	ID_DICOM,
	ID_NIFTI,
	ID_EDF,
	/* Pictures. */
	ID_JPEG,
	ID_PNG,
	ID_GIF,
	ID_WEBP,
	ID_TIFF,
	ID_BMP,
	ID_HEIC,
	ID_AVIF,
	ID_ICO,
	ID_JP2,
	ID_JXL,
	ID_PSD,
	ID_DJVU,
	ID_EMF,
	ID_WMF,
	ID_PNM,
	ID_ICNS,
	/* Sound and film. */
	ID_MP3,
	ID_WAV,
	ID_OGG,
	ID_FLAC,
	ID_MP4,
	ID_MOV,
	ID_AVI,
	ID_MATROSKA,
	ID_ASF,
	ID_AMR,
	ID_MIDI,
	ID_MPEG,
	ID_AIFF,
	ID_AU,
	/* Programs. */
	ID_ELF,
	ID_PE,
	ID_DOS,
	ID_MACHO,
	ID_JAVA_CLASS,
	ID_WASM,
	ID_DEX,
	ID_LLVM,
	/* Fonts. */
	ID_WOFF,
	ID_WOFF2,
	ID_TTF,
	ID_OTF,
	ID_TTC,
	/* Images of disks. */
	ID_QCOW,
	ID_VMDK,
	ID_VHD,
	ID_VHDX,
	ID_VDI,
	ID_EXT,
	ID_NTFS,
	ID_FAT,
	ID_MBR,
	ID_SQUASHFS,
	/* Logs and captures. */
	ID_PCAP,
	ID_PCAPNG,
	ID_EVTX,
	ID_REGISTRY,
	ID_LNK,
	ID_JOURNAL,
	/* Encrypted. */
	ID_PGP,
	ID_AGE,
	ID_OPENSSL,
	ID_LUKS,
	ID_BITLOCKER,
	ID_KEEPASS,
	ID_ANSIBLE_VAULT,
	ID_CMS,
	ID_APICRYPT,
	ID_COUNT
};

/** The constant of ${id}. */
const struct sniff_kind *sniff_kind_of(enum sniff_id id);

/** Does ${s} hold the ${n} bytes ${bytes} at offset ${at}? */
bool sniff_has(struct span s, size_t at, const char *bytes, size_t n);

/** sniff_has() of a string literal. */
#define HAS(s, at, lit) sniff_has((s), (at), (lit), sizeof(lit) - 1)

/** Where ${bytes} first occurs in the first ${within} bytes of ${s}; s.n if
 * nowhere. */
size_t sniff_find(struct span s, size_t within, const char *bytes, size_t n);

#define FIND(s, within, lit) sniff_find((s), (within), (lit), sizeof(lit) - 1)
#define HOLDS(s, within, lit) (FIND(s, within, lit) < (s).n)

/** Numbers in the head; 0 past its end. */
uint32_t sniff_le16(struct span s, size_t at);
uint32_t sniff_le32(struct span s, size_t at);
uint32_t sniff_be16(struct span s, size_t at);
uint32_t sniff_be32(struct span s, size_t at);

/** The kinds that need more than a look at some bytes; ID_UNDECIDED if it is
 * none of them. *ret_locked: encrypted within. */
enum sniff_id sniff_container(struct span head, bool *ret_locked);
enum sniff_id sniff_structure(struct span head, uint64_t size);

/** Does ${text} read as JSON? *ret_many: as more than one value. */
bool sniff_json(struct span text, bool is_whole, bool *ret_many);

#endif
