#include "unpack/unpack.h"

#include "base/io.h"
#include "format/hl7/hl7.h"
#include "format/hprim/hprim.h"
#include "format/json/json.h"
#include "format/sql/sql.h"
#include "source/archive/archive.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { GIVE_BYTES = 1 << 18 };

/** A worker's state. */
struct unpacker {
	struct unpack_whole whole;
	struct parts_input in;
	int fd;   /* of the job at hand */
	void *it; /* NULL: not begun */
	uint8_t *buffer;
};

const struct parts_kind *
unpack_kind(const struct sniff_kind *kind)
{
	static const struct {
		const char *name; /* of a sniff_kind */
		const struct parts_kind *kind;
	} kinds[] = {
		{"7z", &archive_parts},      {"apk", &archive_parts},
		{"ar", &archive_parts},      {"bzip2", &archive_parts},
		{"cab", &archive_parts},     {"compress", &archive_parts},
		{"cpio", &archive_parts},    {"deb", &archive_parts},
		{"fhir-json", &json_parts},  {"fhir-ndjson", &json_parts},
		{"gzip", &archive_parts},    {"hl7v2", &hl7_parts},
		{"hprim", &hprim_parts},     {"hprim-text", &hprim_parts},
		{"iso9660", &archive_parts}, {"jar", &archive_parts},
		{"json", &json_parts},       {"lha", &archive_parts},
		{"lz4", &archive_parts},     {"lzip", &archive_parts},
		{"lzma", &archive_parts},    {"mysql-dump", &sql_parts},
		{"ndjson", &json_parts},     {"pg-dump", &sql_parts},
		{"rar", &archive_parts},     {"rpm", &archive_parts},
		{"sql", &sql_parts},         {"tar", &archive_parts},
		{"xz", &archive_parts},      {"zip", &archive_parts},
		{"zstd", &archive_parts},
	};

	for (size_t i = 0; i < COUNT_OF(kinds); i++)
		if (strcmp(kinds[i].name, kind->name) == 0)
			return kinds[i].kind;
	return NULL;
}

static enum rc
read_whole(void *arg, uint64_t at, uint8_t *to, size_t n, size_t *ret_n)
{
	const struct unpacker *u = arg;

	return io_read_at(u->fd, to, n, at, ret_n);
}

enum rc
unpack_prepare(const void *arg, void **ret_state)
{
	struct unpacker *u = calloc(1, sizeof(*u));

	if (u == NULL)
		return RC_NOMEM;
	u->buffer = malloc(GIVE_BYTES);
	if (u->buffer == NULL) {
		free(u);
		return RC_NOMEM;
	}
	memcpy(&u->whole, arg, sizeof(u->whole));
	u->in = (struct parts_input){
		.read = read_whole, .arg = u, .size = u->whole.size};
	*ret_state = u;
	return RC_OK;
}

static enum rc
next(struct unpacker *u, struct worker_msg *ret_out)
{
	const struct parts_kind *kind = u->whole.kind;
	struct unpack_part answer = {0};
	struct part part = {0};

	if (u->it == NULL) {
		const enum rc rc = kind->open(&u->in, &u->it);

		if (rc != RC_OK)
			return rc;
	}
	const enum rc rc = kind->next(u->it, &part);
	if (rc != RC_OK)
		return rc;
	answer.bytes = part.bytes;
	answer.is = part.is;
	answer.locked = part.locked;
	answer.skipped = kind->skipped == NULL ? 0 : kind->skipped(u->it);
	/* A file has a name for all to see. That of a table may be a value of
	 * the input (records under somebody's address), and stays here. */
	if (part.is == PART_FILE)
		answer.name_n = (uint32_t)(part.name.n < PARTS_NAME_MAX
						   ? part.name.n
						   : PARTS_NAME_MAX);
	if (answer.name_n > 0)
		memcpy(answer.name, part.name.p, answer.name_n);
	memcpy(ret_out->body, &answer, sizeof(answer));
	ret_out->n = sizeof(answer);
	return RC_OK;
}

/* RC_END: nobody wants more. */
static enum rc
write_all(int fd, const uint8_t *p, size_t n)
{
	while (n > 0) {
		const ssize_t k = write(fd, p, n);

		if (k < 0 && errno == EINTR)
			continue;
		if (k < 0)
			return errno == EPIPE ? RC_END : RC_IO;
		p += k;
		n -= (size_t)k;
	}
	return RC_OK;
}

static enum rc
give(struct unpacker *u, int pipe)
{
	const struct parts_kind *kind = u->whole.kind;

	if (u->it == NULL)
		return RC_FORMAT;
	for (;;) {
		size_t n = 0;
		enum rc rc = kind->read(u->it, u->buffer, GIVE_BYTES, &n);

		if (n > 0) {
			const enum rc wrote = write_all(pipe, u->buffer, n);

			if (wrote != RC_OK)
				return wrote == RC_END ? RC_OK : wrote;
		}
		if (rc != RC_OK || n == 0)
			return rc;
	}
}

enum rc
unpack_handle(void *state, const struct worker_msg *in, const int *fds,
	      size_t nfds, struct worker_msg *ret_out)
{
	struct unpacker *u = state;

	ret_out->type = in->type;
	u->fd = nfds > 0 ? fds[0] : -1;
	if (in->type == UNPACK_NEXT && nfds == 1)
		return next(u, ret_out);
	if (in->type == UNPACK_GIVE && nfds == 2)
		return give(u, fds[1]);
	return RC_FORMAT;
}

/* Drop "." and ".." and doubled slashes; a name is shown, never opened, but it
 * should look like what it is. */
static uint32_t
settle_path(char *name, uint32_t n)
{
	uint32_t out = 0;

	for (uint32_t i = 0; i < n;) {
		uint32_t end = i;

		while (end < n && name[end] != '/')
			end++;
		const uint32_t len = end - i;
		const bool dots =
			(len == 1 && name[i] == '.') ||
			(len == 2 && name[i] == '.' && name[i + 1] == '.');
		if (len > 0 && !dots) {
			if (out > 0)
				name[out++] = '/';
			memmove(name + out, name + i, len);
			out += len;
		}
		i = end + 1;
	}
	return out;
}

enum rc
unpack_part_load(const struct worker_msg *msg, struct unpack_part *ret)
{
	if (msg->n != sizeof(*ret))
		return RC_FORMAT;
	memcpy(ret, msg->body, sizeof(*ret));
	if (ret->name_n > PARTS_NAME_MAX || ret->is > PART_TABLE ||
	    ret->locked > 1 || (ret->is == PART_TABLE && ret->name_n > 0))
		return RC_FORMAT;
	for (uint32_t i = 0; i < ret->name_n; i++) {
		const uint8_t c = (uint8_t)ret->name[i];

		if (c == '\\')
			ret->name[i] = '/';
		else if (c < ' ' || c == 0x7F)
			ret->name[i] = '?';
	}
	ret->name_n = settle_path(ret->name, ret->name_n);
	return RC_OK;
}
