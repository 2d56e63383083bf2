#include "base/span.h"
#include "source/walk/walk.h"

#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

/* clang-format off */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
/* clang-format on */
#include <cmocka.h>

enum { LOG_MAX = 1 << 20, NOBODY = 65534, SKIPPED = 77 };

/* Each test starts in an empty folder of its own. */
struct place {
	char dir[64];
	int back;
};

static int
enter_place(void **state)
{
	struct place *p = calloc(1, sizeof(*p));

	if (p == NULL)
		return -1;
	(void)snprintf(p->dir, sizeof(p->dir), "/tmp/walk_test.XXXXXX");
	p->back = open(".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	*state = p;
	return mkdtemp(p->dir) == NULL || chdir(p->dir) != 0 ? -1 : 0;
}

static int
remove_one(const char *path, const struct stat *st, int flag, struct FTW *ftw)
{
	(void)st;
	(void)flag;
	(void)ftw;
	return remove(path);
}

static int
leave_place(void **state)
{
	struct place *p = *state;
	int rc = fchdir(p->back);

	(void)close(p->back);
	/* NOLINTNEXTLINE(concurrency-mt-unsafe): there is one thread. */
	if (nftw(p->dir, remove_one, 16, FTW_DEPTH | FTW_PHYS) != 0)
		rc = -1;
	free(p);
	return rc;
}

static void
put_file(const char *path, const char *text)
{
	const int fd =
		open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
	const ssize_t n = (ssize_t)strlen(text);

	assert_true(fd >= 0);
	assert_int_equal(write(fd, text, (size_t)n), n);
	assert_int_equal(close(fd), 0);
}

static void
put_folder(const char *path)
{
	assert_int_equal(mkdir(path, 0755), 0);
}

/* What a walk meets, a line each: "path reason size\n". */
static char *
walk_log(const char *const *paths, size_t n, const struct walk_options *opts)
{
	struct walk *w = walk_open(paths, n, opts);
	char *log = malloc(LOG_MAX);
	struct walk_entry e;
	size_t at = 0;
	enum rc rc;

	assert_non_null(w);
	assert_non_null(log);
	log[0] = '\0';
	while ((rc = walk_next(w, &e)) == RC_OK) {
		assert_int_equal(e.fd >= 0, e.reason == WALK_READ);
		if (e.fd >= 0) {
			assert_true((fcntl(e.fd, F_GETFD) & FD_CLOEXEC) != 0);
			assert_int_equal(close(e.fd), 0);
		}
		at += (size_t)snprintf(log + at, LOG_MAX - at, "%s %s", e.path,
				       walk_reason_name(e.reason));
		if (e.stream)
			at += (size_t)snprintf(log + at, LOG_MAX - at,
					       " stream");
		else if (e.reason == WALK_READ)
			at += (size_t)snprintf(log + at, LOG_MAX - at, " %llu",
					       (unsigned long long)e.size);
		log[at++] = '\n';
		log[at] = '\0';
	}
	assert_int_equal(rc, RC_END);
	walk_close(w);
	return log;
}

static void
assert_walk(const char *const *paths, size_t n, const char *want)
{
	char *log = walk_log(paths, n, NULL);

	assert_string_equal(log, want);
	free(log);
}

#define ASSERT_WALK(want, ...)                               \
	do {                                                 \
		const char *const paths[] = {__VA_ARGS__};   \
		assert_walk(paths, COUNT_OF(paths), (want)); \
	} while (0)

static void
a_tree_is_walked_in_the_order_of_its_bytes(void **state)
{
	(void)state;
	put_folder("t");
	put_folder("t/b");
	put_folder("t/empty");
	put_file("t/b/2", "22");
	put_file("t/b/10", "x");
	put_file("t/a", "abc");
	put_file("t/b.txt", "");
	put_file("t/\xC3\xA9", "z");
	put_file("t/Z", "zz");
	ASSERT_WALK("t/Z read 2\nt/a read 3\nt/b/10 read 1\nt/b/2 read 2\n"
		    "t/b.txt read 0\nt/\xC3\xA9 read 1\n",
		    "t");
	ASSERT_WALK("t/b/10 read 1\nt/b/2 read 2\n", "t/b/");
	ASSERT_WALK("t/a read 3\nnone gone\nt/Z read 2\n", "t/a", "none",
		    "t/Z");
	ASSERT_WALK(" gone\n", "");
	ASSERT_WALK("t/a/x gone\n", "t/a/x");
}

static void
what_cannot_be_read_is_told_with_its_reason(void **state)
{
	const struct sockaddr_un name = {.sun_family = AF_UNIX,
					 .sun_path = "t/socket"};
	const int s = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);

	(void)state;
	put_folder("t");
	assert_true(s >= 0);
	assert_int_equal(bind(s, (const struct sockaddr *)&name, sizeof(name)),
			 0);
	assert_int_equal(close(s), 0);
	put_file("t/file", "x");
	assert_int_equal(mkfifo("t/fifo", 0644), 0);
	assert_int_equal(symlink("file", "t/link"), 0);
	assert_int_equal(symlink("nowhere", "t/dangling"), 0);
	assert_int_equal(symlink("round", "t/round"), 0);
	assert_int_equal(symlink("..", "t/up"), 0);
	ASSERT_WALK("t/dangling dangling-link\nt/fifo named-pipe\n"
		    "t/file read 1\nt/link symlink\nt/round loop\n"
		    "t/socket socket\nt/up symlink\n",
		    "t");
	ASSERT_WALK("/dev/null device\n", "/dev/null");
	ASSERT_WALK("t/dangling dangling-link\nt/round loop\n", "t/dangling",
		    "t/round");
}

static void
a_link_that_the_user_names_is_followed(void **state)
{
	(void)state;
	put_folder("t");
	put_file("t/file", "x");
	assert_int_equal(symlink("t", "tree"), 0);
	assert_int_equal(symlink("t/file", "one"), 0);
	ASSERT_WALK("tree/file read 1\n", "tree");
	ASSERT_WALK("one read 1\n", "one");
}

static void
the_same_file_is_read_once(void **state)
{
	(void)state;
	put_folder("t");
	put_file("t/a", "abc");
	put_file("t/c", "c");
	assert_int_equal(link("t/a", "t/b"), 0);
	ASSERT_WALK("t/a read 3\nt/b duplicate\nt/c read 1\n", "t");
	ASSERT_WALK("t/c read 1\nt/a read 3\nt/b duplicate\nt/c duplicate\n",
		    "t/c", "t");
}

static void
a_folder_too_deep_is_told(void **state)
{
	const struct walk_options opts = {.depth_max = 2};
	const char *const paths[] = {"t"};

	(void)state;
	put_folder("t");
	put_folder("t/u");
	put_folder("t/u/v");
	put_file("t/u/v/x", "x");
	put_file("t/u/w", "w");
	char *log = walk_log(paths, 1, &opts);
	assert_string_equal(log, "t/u/v too-deep\nt/u/w read 1\n");
	free(log);
}

static void
the_deepest_tree_allowed_is_walked(void **state)
{
	char path[4 * WALK_DEPTH_MAX] = "t";
	size_t n = 1;

	(void)state;
	for (int i = 0; i < WALK_DEPTH_MAX; i++) {
		put_folder(path);
		n += (size_t)snprintf(path + n, sizeof(path) - n, "/d");
	}
	put_folder(path);
	char *log = walk_log((const char *const[]){"t"}, 1, NULL);
	(void)snprintf(path + n, sizeof(path) - n, " too-deep\n");
	assert_string_equal(log, path);
	free(log);
}

/* Runs ${part} in a child as ${uid}; the child's exit status. */
static int
in_child(void (*part)(void), unsigned uid)
{
	const pid_t pid = fork();

	assert_true(pid >= 0);
	if (pid == 0) {
		if (uid != 0 && setuid(uid) != 0)
			_exit(SKIPPED);
		part();
		_exit(0);
	}
	int status = 0;
	assert_int_equal(waitpid(pid, &status, 0), pid);
	return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

static void
walk_denied_tree(void)
{
	char *log = walk_log((const char *const[]){"t"}, 1, NULL);

	if (strcmp(log, "t/file denied\nt/folder denied\nt/open read 1\n") != 0)
		_exit(1);
	free(log);
}

static void
what_is_not_permitted_is_told(void **state)
{
	(void)state;
	put_folder("t");
	put_file("t/file", "x");
	put_file("t/open", "x");
	put_folder("t/folder");
	assert_int_equal(chmod("t/file", 0), 0);
	assert_int_equal(chmod("t/folder", 0), 0);
	assert_int_equal(chmod(".", 0755), 0);
	/* Permissions do not hold root. */
	const int status =
		in_child(walk_denied_tree, getuid() == 0 ? NOBODY : 0);
	assert_int_equal(chmod("t/folder", 0755), 0);
	if (status == SKIPPED)
		skip();
	assert_int_equal(status, 0);
}

static void
walk_bound_tree(void)
{
	if (unshare(CLONE_NEWNS) != 0 ||
	    mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL) != 0 ||
	    mount("t", "t/again", NULL, MS_BIND, NULL) != 0)
		_exit(SKIPPED);
	char *log = walk_log((const char *const[]){"t"}, 1, NULL);
	if (strcmp(log, "t/again loop\nt/file read 1\n") != 0)
		_exit(1);
	free(log);
}

static void
a_folder_within_itself_is_a_loop(void **state)
{
	(void)state;
	put_folder("t");
	put_folder("t/again");
	put_file("t/file", "x");
	const int status = in_child(walk_bound_tree, 0);
	if (status == SKIPPED)
		skip();
	assert_int_equal(status, 0);
}

static void
folders_of_the_kernel_are_not_walked(void **state)
{
	(void)state;
	if (access("/proc/self/status", R_OK) != 0)
		skip();
	ASSERT_WALK("/proc kernel-folder\n", "/proc");
	/* Its files say that they are empty, and are not. */
	ASSERT_WALK("/proc/self/status read stream\n", "/proc/self/status");
}

static void
a_fifo_without_a_writer_is_waited_for_and_told(void **state)
{
	const struct walk_options opts = {.fifo_wait_ms = 20};

	(void)state;
	assert_int_equal(mkfifo("fifo", 0644), 0);
	char *log = walk_log((const char *const[]){"fifo"}, 1, &opts);
	assert_string_equal(log, "fifo named-pipe\n");
	free(log);
}

static void
a_fifo_that_somebody_writes_is_a_stream(void **state)
{
	struct walk_entry e;
	char buf[16] = "";

	(void)state;
	assert_int_equal(mkfifo("fifo", 0644), 0);
	const pid_t pid = fork();
	assert_true(pid >= 0);
	if (pid == 0) {
		const int fd = open("fifo", O_WRONLY | O_CLOEXEC);

		_exit(fd >= 0 && write(fd, "hello", 5) == 5 ? 0 : 1);
	}
	struct walk *w = walk_open((const char *const[]){"fifo"}, 1, NULL);
	assert_non_null(w);
	assert_int_equal(walk_next(w, &e), RC_OK);
	assert_int_equal(e.reason, WALK_READ);
	assert_true(e.stream);
	assert_int_equal(e.size, WALK_SIZE_UNKNOWN);
	assert_int_equal(fcntl(e.fd, F_GETFL) & O_NONBLOCK, 0);
	assert_int_equal(read(e.fd, buf, sizeof(buf)), 5);
	assert_string_equal(buf, "hello");
	assert_int_equal(close(e.fd), 0);
	assert_int_equal(walk_next(w, &e), RC_END);
	walk_close(w);
	int status;
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_int_equal(status, 0);
}

static void
a_nameless_pipe_is_a_stream_even_if_empty(void **state)
{
	int ends[2];
	char path[32];
	char want[64];

	(void)state;
	assert_int_equal(pipe2(ends, O_CLOEXEC), 0);
	assert_int_equal(close(ends[1]), 0);
	(void)snprintf(path, sizeof(path), "/proc/self/fd/%d", ends[0]);
	(void)snprintf(want, sizeof(want), "%s read stream\n", path);
	ASSERT_WALK(want, path);
	assert_int_equal(close(ends[0]), 0);
}

/* Walks "-" twice with ${fd} as standard input. */
static char *
walk_stdin(int fd)
{
	const int saved = fcntl(STDIN_FILENO, F_DUPFD_CLOEXEC, 10);
	char *log;

	assert_true(dup2(fd, STDIN_FILENO) == STDIN_FILENO);
	log = walk_log((const char *const[]){"-", "-"}, 2, NULL);
	assert_true(dup2(saved, STDIN_FILENO) == STDIN_FILENO);
	assert_int_equal(close(saved), 0);
	return log;
}

static void
a_dash_is_standard_input_once(void **state)
{
	int ends[2];

	(void)state;
	assert_int_equal(pipe2(ends, O_CLOEXEC), 0);
	char *log = walk_stdin(ends[0]);
	assert_string_equal(log, "- read stream\n- duplicate\n");
	free(log);
	assert_int_equal(close(ends[0]), 0);
	assert_int_equal(close(ends[1]), 0);

	put_file("file", "abc");
	const int fd = open("file", O_RDONLY | O_CLOEXEC);
	log = walk_stdin(fd);
	assert_string_equal(log, "- read 3\n- duplicate\n");
	free(log);
	/* Whoever has read some of it wants the rest only. */
	assert_int_equal(lseek(fd, 1, SEEK_SET), 1);
	log = walk_stdin(fd);
	assert_string_equal(log, "- read stream\n- duplicate\n");
	free(log);
	assert_int_equal(close(fd), 0);

	const int dir = open(".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	log = walk_stdin(dir);
	assert_string_equal(log, "- io-error\n- duplicate\n");
	free(log);
	assert_int_equal(close(dir), 0);
}

static void
ten_thousand_files_come_sorted_and_no_descriptor_stays(void **state)
{
	enum { FILES = 10000 };
	char path[32];
	char before[32] = "";
	struct walk_entry e;
	size_t n = 0;

	(void)state;
	put_folder("t");
	for (int i = 0; i < FILES; i++) {
		(void)snprintf(path, sizeof(path), "t/%d", i * 7919 % FILES);
		put_file(path, "");
	}
	const int first_free = dup(STDERR_FILENO);
	assert_int_equal(close(first_free), 0);
	struct walk *w = walk_open((const char *const[]){"t"}, 1, NULL);
	assert_non_null(w);
	while (walk_next(w, &e) == RC_OK) {
		assert_int_equal(e.reason, WALK_READ);
		assert_true(strcmp(before, e.path) < 0);
		(void)snprintf(before, sizeof(before), "%s", e.path);
		assert_int_equal(close(e.fd), 0);
		n++;
	}
	assert_int_equal(n, FILES);
	assert_int_equal(walk_forgot(w), 0);
	walk_close(w);
	const int still_free = dup(STDERR_FILENO);
	assert_int_equal(still_free, first_free);
	assert_int_equal(close(still_free), 0);
}

static void
a_walk_may_be_left_in_the_middle(void **state)
{
	struct walk_entry e;

	(void)state;
	put_folder("t");
	put_folder("t/u");
	put_file("t/u/a", "x");
	put_file("t/u/b", "x");
	struct walk *w = walk_open((const char *const[]){"t"}, 1, NULL);
	assert_non_null(w);
	assert_int_equal(walk_next(w, &e), RC_OK);
	assert_int_equal(close(e.fd), 0);
	walk_close(w);
	walk_close(NULL);
}

static void
what_vanishes_after_it_was_listed_is_told(void **state)
{
	struct walk_entry e;

	(void)state;
	put_folder("t");
	put_file("t/a", "x");
	put_file("t/b", "x");
	put_file("t/c", "x");
	struct walk *w = walk_open((const char *const[]){"t"}, 1, NULL);
	assert_non_null(w);
	assert_int_equal(walk_next(w, &e), RC_OK);
	assert_int_equal(close(e.fd), 0);
	assert_int_equal(remove("t/b"), 0);
	assert_int_equal(walk_next(w, &e), RC_OK);
	assert_int_equal(e.reason, WALK_GONE);
	assert_int_equal(e.error, ENOENT);
	assert_string_equal(e.path, "t/b");
	assert_int_equal(walk_next(w, &e), RC_OK);
	assert_int_equal(close(e.fd), 0);
	assert_int_equal(walk_next(w, &e), RC_END);
	walk_close(w);
}

static void
a_path_too_long_is_told(void **state)
{
	char *path = malloc(WALK_ROOT_MAX + 10);
	struct walk_entry e;

	(void)state;
	assert_non_null(path);
	memset(path, 'x', WALK_ROOT_MAX);
	path[WALK_ROOT_MAX] = '\0';
	const char *const paths[] = {path};
	struct walk *w = walk_open(paths, 1, NULL);
	assert_non_null(w);
	assert_int_equal(walk_next(w, &e), RC_OK);
	assert_int_equal(e.reason, WALK_IO);
	assert_int_equal(e.error, ENAMETOOLONG);
	assert_int_equal(walk_next(w, &e), RC_END);
	walk_close(w);
	free(path);
}

static void
every_reason_has_a_name_and_a_text(void **state)
{
	(void)state;
	for (int r = 0; r < WALK_REASONS; r++) {
		assert_non_null(walk_reason_name((enum walk_reason)r));
		assert_non_null(walk_reason_text((enum walk_reason)r));
	}
}

#define PLACED(test) \
	cmocka_unit_test_setup_teardown(test, enter_place, leave_place)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		PLACED(a_tree_is_walked_in_the_order_of_its_bytes),
		PLACED(what_cannot_be_read_is_told_with_its_reason),
		PLACED(a_link_that_the_user_names_is_followed),
		PLACED(the_same_file_is_read_once),
		PLACED(a_folder_too_deep_is_told),
		PLACED(the_deepest_tree_allowed_is_walked),
		PLACED(what_is_not_permitted_is_told),
		PLACED(a_folder_within_itself_is_a_loop),
		PLACED(folders_of_the_kernel_are_not_walked),
		PLACED(a_fifo_without_a_writer_is_waited_for_and_told),
		PLACED(a_fifo_that_somebody_writes_is_a_stream),
		PLACED(a_nameless_pipe_is_a_stream_even_if_empty),
		PLACED(a_dash_is_standard_input_once),
		PLACED(ten_thousand_files_come_sorted_and_no_descriptor_stays),
		PLACED(a_walk_may_be_left_in_the_middle),
		PLACED(what_vanishes_after_it_was_listed_is_told),
		PLACED(a_path_too_long_is_told),
		cmocka_unit_test(every_reason_has_a_name_and_a_text),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
