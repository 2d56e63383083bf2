#include "source/sniff/sniff_impl.h"

#include <string.h>

static const struct sniff_kind kinds[ID_COUNT] = {
	[ID_UNDECIDED] = {"undecided", "application/octet-stream",
			  SNIFF_FAMILY_NONE},
	[ID_BINARY] = {"binary", "application/octet-stream", SNIFF_BINARY},
	[ID_EMPTY] = {"empty", "application/x-empty", SNIFF_EMPTY},
	[ID_ZEROS] = {"zeros", "application/octet-stream", SNIFF_EMPTY},
	[ID_TEXT] = {"text", "text/plain", SNIFF_TEXT},
	[ID_HL7V2] = {"hl7v2", "application/x-hl7v2", SNIFF_RECORDS},
	[ID_HPRIM] = {"hprim", "application/x-hprim", SNIFF_RECORDS},
	[ID_HPRIM_TEXT] = {"hprim-text", "text/x-hprim", SNIFF_RECORDS},
	[ID_ASTM] = {"astm", "application/x-astm-e1394", SNIFF_RECORDS},
	[ID_EDIFACT] = {"edifact", "application/EDIFACT", SNIFF_RECORDS},
	[ID_JSON] = {"json", "application/json", SNIFF_RECORDS},
	[ID_NDJSON] = {"ndjson", "application/x-ndjson", SNIFF_RECORDS},
	[ID_FHIR_JSON] = {"fhir-json", "application/fhir+json", SNIFF_RECORDS},
	[ID_FHIR_NDJSON] = {"fhir-ndjson", "application/fhir+ndjson",
			    SNIFF_RECORDS},
	[ID_XML] = {"xml", "application/xml", SNIFF_RECORDS},
	[ID_FHIR_XML] = {"fhir-xml", "application/fhir+xml", SNIFF_RECORDS},
	[ID_CDA] = {"cda", "application/x-cda+xml", SNIFF_RECORDS},
	[ID_HPRIM_XML] = {"hprim-xml", "application/x-hprim+xml",
			  SNIFF_RECORDS},
	[ID_SVG] = {"svg", "image/svg+xml", SNIFF_RECORDS},
	[ID_HTML] = {"html", "text/html", SNIFF_RECORDS},
	[ID_SQL_MYSQL] = {"mysql-dump", "application/sql", SNIFF_RECORDS},
	[ID_SQL_PG] = {"pg-dump", "application/sql", SNIFF_RECORDS},
	[ID_SQL] = {"sql", "application/sql", SNIFF_RECORDS},
	[ID_MAIL] = {"mail", "message/rfc822", SNIFF_RECORDS},
	[ID_MBOX] = {"mbox", "application/mbox", SNIFF_RECORDS},
	[ID_VCARD] = {"vcard", "text/vcard", SNIFF_RECORDS},
	[ID_ICAL] = {"icalendar", "text/calendar", SNIFF_RECORDS},
	[ID_LDIF] = {"ldif", "text/x-ldif", SNIFF_RECORDS},
	[ID_YAML] = {"yaml", "application/yaml", SNIFF_RECORDS},
	[ID_RTF] = {"rtf", "text/rtf", SNIFF_RECORDS},
	[ID_POSTSCRIPT] = {"postscript", "application/postscript",
			   SNIFF_RECORDS},
	[ID_PEM] = {"pem", "application/x-pem-file", SNIFF_RECORDS},
	[ID_ZIP] = {"zip", "application/zip", SNIFF_ARCHIVE},
	[ID_JAR] = {"jar", "application/java-archive", SNIFF_ARCHIVE},
	[ID_APK] = {"apk", "application/vnd.android.package-archive",
		    SNIFF_ARCHIVE},
	[ID_GZIP] = {"gzip", "application/gzip", SNIFF_ARCHIVE},
	[ID_BZIP2] = {"bzip2", "application/x-bzip2", SNIFF_ARCHIVE},
	[ID_XZ] = {"xz", "application/x-xz", SNIFF_ARCHIVE},
	[ID_ZSTD] = {"zstd", "application/zstd", SNIFF_ARCHIVE},
	[ID_LZ4] = {"lz4", "application/x-lz4", SNIFF_ARCHIVE},
	[ID_LZMA] = {"lzma", "application/x-lzma", SNIFF_ARCHIVE},
	[ID_LZIP] = {"lzip", "application/lzip", SNIFF_ARCHIVE},
	[ID_COMPRESS] = {"compress", "application/x-compress", SNIFF_ARCHIVE},
	[ID_SNAPPY] = {"snappy", "application/x-snappy-framed", SNIFF_ARCHIVE},
	[ID_7Z] = {"7z", "application/x-7z-compressed", SNIFF_ARCHIVE},
	[ID_RAR] = {"rar", "application/vnd.rar", SNIFF_ARCHIVE},
	[ID_TAR] = {"tar", "application/x-tar", SNIFF_ARCHIVE},
	[ID_CAB] = {"cab", "application/vnd.ms-cab-compressed", SNIFF_ARCHIVE},
	[ID_CPIO] = {"cpio", "application/x-cpio", SNIFF_ARCHIVE},
	[ID_AR] = {"ar", "application/x-archive", SNIFF_ARCHIVE},
	[ID_DEB] = {"deb", "application/vnd.debian.binary-package",
		    SNIFF_ARCHIVE},
	[ID_RPM] = {"rpm", "application/x-rpm", SNIFF_ARCHIVE},
	[ID_ISO9660] = {"iso9660", "application/x-iso9660-image",
			SNIFF_ARCHIVE},
	[ID_ARJ] = {"arj", "application/x-arj", SNIFF_ARCHIVE},
	[ID_LHA] = {"lha", "application/x-lha", SNIFF_ARCHIVE},
	[ID_XAR] = {"xar", "application/x-xar", SNIFF_ARCHIVE},
	[ID_WIM] = {"wim", "application/x-ms-wim", SNIFF_ARCHIVE},
	[ID_XLSX] = {"xlsx",
		     "application/"
		     "vnd.openxmlformats-officedocument.spreadsheetml.sheet",
		     SNIFF_OFFICE},
	[ID_DOCX] =
		{"docx",
		 "application/"
		 "vnd.openxmlformats-officedocument.wordprocessingml.document",
		 SNIFF_OFFICE},
	[ID_PPTX] = {"pptx",
		     "application/"
		     "vnd.openxmlformats-officedocument.presentationml."
		     "presentation",
		     SNIFF_OFFICE},
	[ID_OOXML] = {"ooxml", "application/x-ooxml", SNIFF_OFFICE},
	[ID_ODT] = {"odt", "application/vnd.oasis.opendocument.text",
		    SNIFF_OFFICE},
	[ID_ODS] = {"ods", "application/vnd.oasis.opendocument.spreadsheet",
		    SNIFF_OFFICE},
	[ID_ODP] = {"odp", "application/vnd.oasis.opendocument.presentation",
		    SNIFF_OFFICE},
	[ID_ODF] = {"odf", "application/x-opendocument", SNIFF_OFFICE},
	[ID_EPUB] = {"epub", "application/epub+zip", SNIFF_OFFICE},
	[ID_XLS] = {"xls", "application/vnd.ms-excel", SNIFF_OFFICE},
	[ID_DOC] = {"doc", "application/msword", SNIFF_OFFICE},
	[ID_PPT] = {"ppt", "application/vnd.ms-powerpoint", SNIFF_OFFICE},
	[ID_OLE2] = {"ole2", "application/x-ole-storage", SNIFF_OFFICE},
	[ID_PDF] = {"pdf", "application/pdf", SNIFF_OFFICE},
	[ID_ONENOTE] = {"onenote", "application/onenote", SNIFF_OFFICE},
	[ID_SQLITE] = {"sqlite", "application/vnd.sqlite3", SNIFF_DATABASE},
	[ID_DBF] = {"dbf", "application/vnd.dbf", SNIFF_DATABASE},
	[ID_JET] = {"mdb", "application/x-msaccess", SNIFF_DATABASE},
	[ID_ACCDB] = {"accdb", "application/x-msaccess", SNIFF_DATABASE},
	[ID_PARQUET] = {"parquet", "application/vnd.apache.parquet",
			SNIFF_DATABASE},
	[ID_ORC] = {"orc", "application/x-orc", SNIFF_DATABASE},
	[ID_AVRO] = {"avro", "application/x-avro", SNIFF_DATABASE},
	[ID_ARROW] = {"arrow", "application/vnd.apache.arrow.file",
		      SNIFF_DATABASE},
	[ID_PGDMP] = {"pg-custom-dump", "application/x-pgdump", SNIFF_DATABASE},
	[ID_BSON] = {"bson", "application/x-bson", SNIFF_DATABASE},
	[ID_REDIS] = {"rdb", "application/x-redis-dump", SNIFF_DATABASE},
	[ID_FILEMAKER] = {"filemaker", "application/x-filemaker",
			  SNIFF_DATABASE},
	[ID_MTF] = {"mtf", "application/x-ms-tape", SNIFF_DATABASE},
	[ID_MSSQL_BACKUP] = {"mssql-backup", "application/x-mssql-backup",
			     SNIFF_DATABASE},
	[ID_ORACLE_DUMP] = {"oracle-dump", "application/x-oracle-dump",
			    SNIFF_DATABASE},
	[ID_ESE] = {"ese", "application/x-ms-ese", SNIFF_DATABASE},
	[ID_BERKELEY_DB] = {"berkeley-db", "application/x-berkeley-db",
			    SNIFF_DATABASE},
	[ID_LMDB] = {"lmdb", "application/x-lmdb", SNIFF_DATABASE},
	[ID_HDF5] = {"hdf5", "application/x-hdf5", SNIFF_DATABASE},
	[ID_MATLAB] = {"matlab", "application/x-matlab-data", SNIFF_DATABASE},
	[ID_SPSS] = {"spss", "application/x-spss-sav", SNIFF_DATABASE},
	[ID_SAS] = {"sas7bdat", "application/x-sas-data", SNIFF_DATABASE},
	[ID_STATA] = {"stata", "application/x-stata-dta", SNIFF_DATABASE},
	[ID_RDATA] = {"rdata", "application/x-r-data", SNIFF_DATABASE},
	[ID_NUMPY] = {"numpy", "application/x-numpy-data", SNIFF_DATABASE},
	[ID_PICKLE] = {"pickle", "application/x-python-pickle", SNIFF_DATABASE},
	[ID_PST] = {"pst", "application/vnd.ms-outlook-pst", SNIFF_MAIL},
	[ID_MSG] = {"msg", "application/vnd.ms-outlook", SNIFF_MAIL},
	[ID_DBX] = {"dbx", "application/x-outlook-express", SNIFF_MAIL},
	[ID_TNEF] = {"tnef", "application/vnd.ms-tnef", SNIFF_MAIL},
	[ID_DICOM] = {"dicom", "application/dicom", SNIFF_MEDICAL},
	[ID_NIFTI] = {"nifti", "application/x-nifti", SNIFF_MEDICAL},
	[ID_EDF] = {"edf", "application/x-edf", SNIFF_MEDICAL},
	[ID_JPEG] = {"jpeg", "image/jpeg", SNIFF_PICTURE},
	[ID_PNG] = {"png", "image/png", SNIFF_PICTURE},
	[ID_GIF] = {"gif", "image/gif", SNIFF_PICTURE},
	[ID_WEBP] = {"webp", "image/webp", SNIFF_PICTURE},
	[ID_TIFF] = {"tiff", "image/tiff", SNIFF_PICTURE},
	[ID_BMP] = {"bmp", "image/bmp", SNIFF_PICTURE},
	[ID_HEIC] = {"heic", "image/heic", SNIFF_PICTURE},
	[ID_AVIF] = {"avif", "image/avif", SNIFF_PICTURE},
	[ID_ICO] = {"ico", "image/vnd.microsoft.icon", SNIFF_PICTURE},
	[ID_JP2] = {"jp2", "image/jp2", SNIFF_PICTURE},
	[ID_JXL] = {"jxl", "image/jxl", SNIFF_PICTURE},
	[ID_PSD] = {"psd", "image/vnd.adobe.photoshop", SNIFF_PICTURE},
	[ID_DJVU] = {"djvu", "image/vnd.djvu", SNIFF_PICTURE},
	[ID_EMF] = {"emf", "image/emf", SNIFF_PICTURE},
	[ID_WMF] = {"wmf", "image/wmf", SNIFF_PICTURE},
	[ID_PNM] = {"pnm", "image/x-portable-anymap", SNIFF_PICTURE},
	[ID_ICNS] = {"icns", "image/x-icns", SNIFF_PICTURE},
	[ID_MP3] = {"mp3", "audio/mpeg", SNIFF_SOUND},
	[ID_WAV] = {"wav", "audio/x-wav", SNIFF_SOUND},
	[ID_OGG] = {"ogg", "application/ogg", SNIFF_SOUND},
	[ID_FLAC] = {"flac", "audio/flac", SNIFF_SOUND},
	[ID_MP4] = {"mp4", "video/mp4", SNIFF_SOUND},
	[ID_MOV] = {"mov", "video/quicktime", SNIFF_SOUND},
	[ID_AVI] = {"avi", "video/x-msvideo", SNIFF_SOUND},
	[ID_MATROSKA] = {"matroska", "video/matroska", SNIFF_SOUND},
	[ID_ASF] = {"asf", "video/x-ms-asf", SNIFF_SOUND},
	[ID_AMR] = {"amr", "audio/AMR", SNIFF_SOUND},
	[ID_MIDI] = {"midi", "audio/midi", SNIFF_SOUND},
	[ID_MPEG] = {"mpeg", "video/mpeg", SNIFF_SOUND},
	[ID_AIFF] = {"aiff", "audio/x-aiff", SNIFF_SOUND},
	[ID_AU] = {"au", "audio/basic", SNIFF_SOUND},
	[ID_ELF] = {"elf", "application/x-elf", SNIFF_PROGRAM},
	[ID_PE] = {"pe", "application/vnd.microsoft.portable-executable",
		   SNIFF_PROGRAM},
	[ID_DOS] = {"dos-program", "application/x-dosexec", SNIFF_PROGRAM},
	[ID_MACHO] = {"mach-o", "application/x-mach-binary", SNIFF_PROGRAM},
	[ID_JAVA_CLASS] = {"java-class", "application/java-vm", SNIFF_PROGRAM},
	[ID_WASM] = {"wasm", "application/wasm", SNIFF_PROGRAM},
	[ID_DEX] = {"dex", "application/x-dex", SNIFF_PROGRAM},
	[ID_LLVM] = {"llvm-bitcode", "application/x-llvm", SNIFF_PROGRAM},
	[ID_WOFF] = {"woff", "font/woff", SNIFF_FONT},
	[ID_WOFF2] = {"woff2", "font/woff2", SNIFF_FONT},
	[ID_TTF] = {"ttf", "font/ttf", SNIFF_FONT},
	[ID_OTF] = {"otf", "font/otf", SNIFF_FONT},
	[ID_TTC] = {"ttc", "font/collection", SNIFF_FONT},
	[ID_QCOW] = {"qcow", "application/x-qemu-disk", SNIFF_DISK},
	[ID_VMDK] = {"vmdk", "application/x-vmdk", SNIFF_DISK},
	[ID_VHD] = {"vhd", "application/x-vhd", SNIFF_DISK},
	[ID_VHDX] = {"vhdx", "application/x-vhdx", SNIFF_DISK},
	[ID_VDI] = {"vdi", "application/x-virtualbox-vdi", SNIFF_DISK},
	[ID_EXT] = {"ext", "application/x-ext-filesystem", SNIFF_DISK},
	[ID_NTFS] = {"ntfs", "application/x-ntfs-filesystem", SNIFF_DISK},
	[ID_FAT] = {"fat", "application/x-fat-filesystem", SNIFF_DISK},
	[ID_MBR] = {"mbr", "application/x-raw-disk-image", SNIFF_DISK},
	[ID_SQUASHFS] = {"squashfs", "application/x-squashfs", SNIFF_DISK},
	[ID_PCAP] = {"pcap", "application/vnd.tcpdump.pcap", SNIFF_LOG},
	[ID_PCAPNG] = {"pcapng", "application/x-pcapng", SNIFF_LOG},
	[ID_EVTX] = {"evtx", "application/x-ms-evtx", SNIFF_LOG},
	[ID_REGISTRY] = {"registry", "application/x-ms-registry", SNIFF_LOG},
	[ID_LNK] = {"lnk", "application/x-ms-shortcut", SNIFF_LOG},
	[ID_JOURNAL] = {"journal", "application/x-systemd-journal", SNIFF_LOG},
	[ID_PGP] = {"pgp", "application/pgp-encrypted", SNIFF_ENCRYPTED},
	[ID_AGE] = {"age", "application/x-age", SNIFF_ENCRYPTED},
	[ID_OPENSSL] = {"openssl", "application/x-openssl-encrypted",
			SNIFF_ENCRYPTED},
	[ID_LUKS] = {"luks", "application/x-luks", SNIFF_ENCRYPTED},
	[ID_BITLOCKER] = {"bitlocker", "application/x-bitlocker",
			  SNIFF_ENCRYPTED},
	[ID_KEEPASS] = {"keepass", "application/x-keepass2", SNIFF_ENCRYPTED},
	[ID_ANSIBLE_VAULT] = {"ansible-vault", "application/x-ansible-vault",
			      SNIFF_ENCRYPTED},
	[ID_CMS] = {"cms", "application/cms", SNIFF_ENCRYPTED},
	[ID_APICRYPT] = {"apicrypt", "application/x-apicrypt", SNIFF_ENCRYPTED},
};

const struct sniff_kind *
sniff_kind_of(enum sniff_id id)
{
	return &kinds[id];
}

const struct sniff_kind *
sniff_kinds(size_t *ret_n)
{
	*ret_n = ID_COUNT;
	return kinds;
}

const struct sniff_kind *
sniff_binary(void)
{
	return &kinds[ID_BINARY];
}

bool
sniff_is_read(const struct sniff_kind *kind)
{
	return kind->family == SNIFF_TEXT || kind->family == SNIFF_RECORDS ||
	       kind->family == SNIFF_EMPTY;
}

const char *
sniff_reason(const struct sniff *s)
{
	if (s->locked)
		return "encrypted";
	switch (s->kind->family) {
	case SNIFF_EMPTY:
	case SNIFF_TEXT:
	case SNIFF_RECORDS:
		return NULL;
	case SNIFF_ARCHIVE:
		return "archive, not opened yet";
	case SNIFF_OFFICE:
		return "office document, not read yet";
	case SNIFF_DATABASE:
		return "database in a binary form, not read yet";
	case SNIFF_MAIL:
		return "mail store, not read yet";
	case SNIFF_MEDICAL:
		return "medical file in a binary form, not read yet";
	case SNIFF_PICTURE:
		return "picture";
	case SNIFF_SOUND:
		return "sound or film";
	case SNIFF_PROGRAM:
		return "program";
	case SNIFF_FONT:
		return "font";
	case SNIFF_DISK:
		return "image of a disk, not opened yet";
	case SNIFF_LOG:
		return "log in a binary form, not read yet";
	case SNIFF_ENCRYPTED:
		return "encrypted";
	case SNIFF_FAMILY_NONE:
	case SNIFF_BINARY:
	case SNIFF_FAMILIES:
		break;
	}
	return "unknown binary";
}

bool
sniff_has(struct span s, size_t at, const char *bytes, size_t n)
{
	return at <= s.n && n <= s.n - at && memcmp(s.p + at, bytes, n) == 0;
}

size_t
sniff_find(struct span s, size_t within, const char *bytes, size_t n)
{
	if (s.n == 0)
		return 0;
	const uint8_t *hit = memmem(s.p, within < s.n ? within : s.n, bytes, n);
	return hit == NULL ? s.n : (size_t)(hit - s.p);
}

uint32_t
sniff_le16(struct span s, size_t at)
{
	if (at > s.n || s.n - at < 2)
		return 0;
	return (uint32_t)(s.p[at] | s.p[at + 1] << 8);
}

uint32_t
sniff_le32(struct span s, size_t at)
{
	return sniff_le16(s, at) | sniff_le16(s, at + 2) << 16;
}

uint32_t
sniff_be16(struct span s, size_t at)
{
	if (at > s.n || s.n - at < 2)
		return 0;
	return (uint32_t)(s.p[at] << 8 | s.p[at + 1]);
}

uint32_t
sniff_be32(struct span s, size_t at)
{
	return sniff_be16(s, at) << 16 | sniff_be16(s, at + 2);
}
