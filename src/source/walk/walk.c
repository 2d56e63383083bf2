#include "source/walk/walk_impl.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { FIFO_WAIT_MS = 2000 };

/* A folder that is being read. */
struct level {
	int fd;
	uint64_t device;
	uint64_t inode;
	size_t path_n; /* length of its path */
	struct walk_names names;
	size_t next;
};

struct walk {
	const char *const *paths;
	size_t n_paths;
	size_t next_path;
	uint32_t fifo_wait_ms;
	uint32_t depth_max;
	uint32_t depth;
	bool stdin_done;
	bool no_memory;
	size_t name_bytes; /* of all levels */
	struct walk_seen seen;
	struct level levels[WALK_DEPTH_MAX];
	char path[WALK_PATH_CAP];
};

/* One name in a folder, or a path that the user gave. */
struct target {
	int dir;
	const char *name; /* relative to dir */
	const char *path;
	bool is_root;
};

struct walk *
walk_open(const char *const *paths, size_t n, const struct walk_options *opts)
{
	struct walk *w = calloc(1, sizeof(*w));

	if (w == NULL)
		return NULL;
	w->paths = paths;
	w->n_paths = n;
	w->fifo_wait_ms = opts != NULL && opts->fifo_wait_ms > 0
				  ? opts->fifo_wait_ms
				  : FIFO_WAIT_MS;
	w->depth_max = opts != NULL && opts->depth_max > 0 &&
				       opts->depth_max < WALK_DEPTH_MAX
			       ? opts->depth_max
			       : WALK_DEPTH_MAX;
	return w;
}

static void
leave(struct walk *w)
{
	struct level *l = &w->levels[--w->depth];

	w->name_bytes -= l->names.bytes;
	walk_names_free(&l->names);
	(void)close(l->fd);
}

void
walk_close(struct walk *w)
{
	if (w == NULL)
		return;
	while (w->depth > 0)
		leave(w);
	free(w->seen.slots);
	free(w);
}

uint64_t
walk_forgot(const struct walk *w)
{
	return w->seen.forgot;
}

static enum walk_reason
reason_of(int error, bool is_root)
{
	switch (error) {
	case EACCES:
	case EPERM:
		return WALK_DENIED;
	case ENOENT:
	case ESTALE:
		return WALK_GONE;
	case ENOTDIR:
		return is_root ? WALK_GONE : WALK_CHANGED;
	case ELOOP: /* in a tree: it has become a link */
		return is_root ? WALK_LOOP : WALK_CHANGED;
	case ENXIO:
		return WALK_CHANGED;
	default:
		return WALK_IO;
	}
}

/* Nothing is read: says why. */
static bool
refuse(struct walk_entry *e, enum walk_reason reason, int error)
{
	e->reason = reason;
	e->error = error;
	return true;
}

static bool
fail(struct walk_entry *e, const struct target *t, int error)
{
	return refuse(e, reason_of(error, t->is_root), error);
}

static void
set_identity(struct walk_entry *e, const struct stat *st)
{
	e->device = (uint64_t)st->st_dev;
	e->inode = (uint64_t)st->st_ino;
}

/*
 * Hands out the regular file at ${fd}, which it owns. A file that says it is
 * empty but is not, as the kernel's are, can only be read as a stream.
 */
static bool
give_file(struct walk *w, int fd, const struct stat *st, struct walk_entry *e)
{
	uint8_t byte;

	set_identity(e, st);
	if ((st->st_nlink > 1 || w->n_paths > 1) &&
	    walk_seen_add(&w->seen, e->device, e->inode)) {
		(void)close(fd);
		return refuse(e, WALK_DUPLICATE, 0);
	}
	e->fd = fd;
	e->reason = WALK_READ;
	e->size = (uint64_t)st->st_size;
	if (st->st_size == 0 && pread(fd, &byte, 1, 0) == 1) {
		e->stream = true;
		e->size = WALK_SIZE_UNKNOWN;
	}
	return true;
}

static bool
visit_file(struct walk *w, const struct target *t, struct walk_entry *e)
{
	struct stat st;
	const int fd =
		walk_open_quiet(t->dir, t->name, t->is_root ? 0 : O_NOFOLLOW);

	if (fd < 0)
		return fail(e, t, errno);
	const bool known = fstat(fd, &st) == 0;
	if (known && S_ISREG(st.st_mode))
		return give_file(w, fd, &st, e);
	(void)close(fd);
	return refuse(e, known ? WALK_CHANGED : WALK_IO, 0);
}

static bool
visit_stdin(struct walk *w, struct walk_entry *e)
{
	struct stat st;

	if (w->stdin_done)
		return refuse(e, WALK_DUPLICATE, 0);
	w->stdin_done = true;
	const int fd = fcntl(STDIN_FILENO, F_DUPFD_CLOEXEC, 3);
	if (fd < 0 || fstat(fd, &st) != 0) {
		const int error = errno;

		if (fd >= 0)
			(void)close(fd);
		return refuse(e, WALK_IO, error);
	}
	if (S_ISDIR(st.st_mode)) {
		(void)close(fd);
		return refuse(e, WALK_IO, EISDIR);
	}
	if (S_ISREG(st.st_mode) && lseek(fd, 0, SEEK_CUR) == 0)
		return give_file(w, fd, &st, e);
	set_identity(e, &st);
	e->fd = fd;
	e->reason = WALK_READ;
	e->stream = true;
	return true;
}

static bool
visit_fifo(const struct walk *w, const struct target *t, const struct stat *st,
	   struct walk_entry *e)
{
	set_identity(e, st);
	if (!t->is_root)
		return refuse(e, WALK_FIFO, 0);
	const int fd = walk_open_fifo(t->path, w->fifo_wait_ms);
	if (fd < 0)
		return errno == ENXIO ? refuse(e, WALK_FIFO, 0)
				      : fail(e, t, errno);
	struct stat now;
	if (fstat(fd, &now) != 0 || !S_ISFIFO(now.st_mode)) {
		(void)close(fd);
		return refuse(e, WALK_CHANGED, 0);
	}
	e->fd = fd;
	e->reason = WALK_READ;
	e->stream = true;
	return true;
}

/* A link inside a tree. What it leads to is looked at, not opened. */
static bool
visit_link(const struct target *t, struct walk_entry *e)
{
	struct stat st;

	if (fstatat(t->dir, t->name, &st, AT_NO_AUTOMOUNT) == 0) {
		set_identity(e, &st);
		return refuse(e, WALK_SYMLINK, 0);
	}
	if (errno == ENOENT || errno == ENOTDIR)
		return refuse(e, WALK_DANGLING, errno);
	return refuse(e, errno == ELOOP ? WALK_LOOP : WALK_SYMLINK, errno);
}

static bool
is_within_itself(const struct walk *w, const struct stat *st)
{
	for (uint32_t i = 0; i < w->depth; i++)
		if (w->levels[i].device == (uint64_t)st->st_dev &&
		    w->levels[i].inode == (uint64_t)st->st_ino)
			return true;
	return false;
}

/* The names of the folder at ${fd}, which becomes the level that is read
 * next. False: that is all; true: something is to be told. */
static bool
enter(struct walk *w, int fd, const struct stat *st, struct walk_entry *e)
{
	struct level *l = &w->levels[w->depth];

	const int error =
		walk_names_read(&l->names, fd, WALK_NAMES_MAX - w->name_bytes);
	if (error == ENOMEM || error == E2BIG) {
		(void)close(fd);
		w->no_memory = error == ENOMEM;
		return refuse(e, WALK_TOO_MANY, error);
	}
	const size_t n = strlen(e->path);
	if (e->path != w->path)
		memcpy(w->path, e->path, n + 1);
	l->fd = fd;
	l->device = (uint64_t)st->st_dev;
	l->inode = (uint64_t)st->st_ino;
	l->path_n = n;
	l->next = 0;
	w->name_bytes += l->names.bytes;
	w->depth++;
	return error != 0 && refuse(e, WALK_IO, error);
}

static bool
visit_folder(struct walk *w, const struct target *t, struct walk_entry *e)
{
	struct stat st;

	e->folder = true;
	if (w->depth == w->depth_max)
		return refuse(e, WALK_TOO_DEEP, 0);
	const int fd = walk_open_quiet(
		t->dir, t->name, O_DIRECTORY | (t->is_root ? 0 : O_NOFOLLOW));
	if (fd < 0)
		return fail(e, t, errno);
	if (fstat(fd, &st) != 0) {
		const int error = errno;

		(void)close(fd);
		return refuse(e, WALK_IO, error);
	}
	set_identity(e, &st);
	if (is_within_itself(w, &st) || walk_is_kernel(fd)) {
		const bool is_loop = is_within_itself(w, &st);

		(void)close(fd);
		return refuse(e, is_loop ? WALK_LOOP : WALK_KERNEL, 0);
	}
	return enter(w, fd, &st, e);
}

/* Looks at one target. False: it is a folder that was entered. */
static bool
visit(struct walk *w, const struct target *t, struct walk_entry *e)
{
	struct stat st;
	const int flags =
		AT_NO_AUTOMOUNT | (t->is_root ? 0 : AT_SYMLINK_NOFOLLOW);

	if (fstatat(t->dir, t->name, &st, flags) != 0) {
		const int error = errno;

		if (t->is_root && error == ENOENT &&
		    fstatat(t->dir, t->name, &st, AT_SYMLINK_NOFOLLOW) == 0)
			return refuse(e, WALK_DANGLING, error);
		return fail(e, t, error);
	}
	switch (st.st_mode & S_IFMT) {
	case S_IFREG:
		return visit_file(w, t, e);
	case S_IFDIR:
		return visit_folder(w, t, e);
	case S_IFLNK:
		return visit_link(t, e);
	case S_IFIFO:
		return visit_fifo(w, t, &st, e);
	case S_IFSOCK:
		return refuse(e, WALK_SOCKET, 0);
	default:
		return refuse(e, WALK_DEVICE, 0);
	}
}

static void
entry_init(struct walk_entry *e, const char *path)
{
	*e = (struct walk_entry){
		.path = path, .fd = -1, .size = WALK_SIZE_UNKNOWN};
}

static bool
visit_root(struct walk *w, struct walk_entry *e)
{
	const char *path = w->paths[w->next_path++];

	entry_init(e, path);
	if (strcmp(path, "-") == 0)
		return visit_stdin(w, e);
	if (strlen(path) >= WALK_ROOT_MAX)
		return refuse(e, WALK_IO, ENAMETOOLONG);
	return visit(w,
		     &(struct target){.dir = AT_FDCWD,
				      .name = path,
				      .path = path,
				      .is_root = true},
		     e);
}

static bool
visit_child(struct walk *w, struct walk_entry *e)
{
	struct level *l = &w->levels[w->depth - 1];
	const char *name = l->names.text + l->names.at[l->next++];
	const size_t n = strlen(name);
	size_t at = l->path_n;

	/* The buffer has room for names of 255 bytes at all levels. */
	if (n + 1 >= sizeof(w->path) - at) {
		w->path[at] = '\0';
		entry_init(e, w->path);
		return refuse(e, WALK_IO, ENAMETOOLONG);
	}
	if (w->path[at - 1] != '/')
		w->path[at++] = '/';
	memcpy(w->path + at, name, n + 1);
	entry_init(e, w->path);
	return visit(
		w,
		&(struct target){.dir = l->fd, .name = name, .path = w->path},
		e);
}

enum rc
walk_next(struct walk *w, struct walk_entry *ret_entry)
{
	for (;;) {
		struct walk_entry e;
		bool told;

		if (w->depth == 0) {
			if (w->next_path == w->n_paths)
				return RC_END;
			told = visit_root(w, &e);
		} else if (w->levels[w->depth - 1].next ==
			   w->levels[w->depth - 1].names.n) {
			leave(w);
			continue;
		} else {
			told = visit_child(w, &e);
		}
		if (w->no_memory)
			return RC_NOMEM;
		if (told) {
			*ret_entry = e;
			return RC_OK;
		}
	}
}

static const struct {
	const char *name;
	const char *text;
} reasons[WALK_REASONS] = {
	[WALK_READ] = {"read", "read"},
	[WALK_DUPLICATE] = {"duplicate", "the same file as one before it"},
	[WALK_SYMLINK] = {"symlink", "a link: what it leads to is not read"},
	[WALK_DANGLING] = {"dangling-link", "a link that leads nowhere"},
	[WALK_FIFO] = {"named-pipe", "a named pipe to which nobody writes"},
	[WALK_SOCKET] = {"socket", "a socket"},
	[WALK_DEVICE] = {"device", "a device"},
	[WALK_KERNEL] = {"kernel-folder", "a folder that the kernel makes up"},
	[WALK_DENIED] = {"denied", "no permission to read it"},
	[WALK_GONE] = {"gone", "not there"},
	[WALK_LOOP] = {"loop", "leads back to itself"},
	[WALK_TOO_DEEP] = {"too-deep", "too many folders within folders"},
	[WALK_TOO_MANY] = {"too-many-names", "a folder with too many names"},
	[WALK_CHANGED] = {"changed", "became something else meanwhile"},
	[WALK_IO] = {"io-error", "the system could not read it"},
};

const char *
walk_reason_name(enum walk_reason reason)
{
	return reasons[reason].name;
}

const char *
walk_reason_text(enum walk_reason reason)
{
	return reasons[reason].text;
}
