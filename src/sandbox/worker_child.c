/*
 * The child's side of a worker: it lets go of everything of its parent,
 * prepares itself, closes the jail, and then answers jobs until the parent
 * hangs up.
 */
#include "base/span.h"
#include "sandbox/worker_impl.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdalign.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <unistd.h>

/* Runs before the exit handlers that the parent had registered, and instead
 * of them: they are about files and children that are not ours. */
static void
leave(int status, void *unused)
{
	(void)unused;
	_exit(status);
}

static void
leave_quickly(void)
{
	_exit(EXIT_FAILURE);
}

/* Leaves only the standard streams, which lead nowhere, and the socket. */
static bool
keep_only_socket(int sock)
{
	const int high = fcntl(sock, F_DUPFD_CLOEXEC, WORKER_SOCKET + 1);
	const int null = open("/dev/null", O_RDWR | O_CLOEXEC);

	if (high < 0 || null < 0)
		return false;
	for (int fd = 0; fd < WORKER_SOCKET; fd++)
		if (dup2(null, fd) < 0)
			return false;
	return dup3(high, WORKER_SOCKET, O_CLOEXEC) >= 0 &&
	       close_range(WORKER_SOCKET + 1, ~0U, 0) == 0;
}

/* What a terminal sends to all its processes is for the parent to answer; a
 * write that fails says so by its result. */
static bool
reset_signals(void)
{
	static const int ignored[] = {SIGINT, SIGQUIT, SIGHUP, SIGPIPE,
				      SIGXFSZ};
	sigset_t none;

	for (int sig = 1; sig < NSIG; sig++)
		(void)signal(sig, SIG_DFL); /* not all of them can be */
	for (size_t i = 0; i < COUNT_OF(ignored); i++)
		if (signal(ignored[i], SIG_IGN) == SIG_ERR)
			return false;
	return sigemptyset(&none) == 0 &&
	       pthread_sigmask(SIG_SETMASK, &none, NULL) == 0;
}

static bool
let_go(const struct worker_spec *spec, int sock, pid_t parent)
{
	/* Threads that prepare() starts inherit the name. */
	if (spec->name != NULL)
		(void)prctl(PR_SET_NAME, spec->name, 0, 0, 0);
	if (on_exit(leave, NULL) != 0 || at_quick_exit(leave_quickly) != 0)
		return false;
	/* The parent may have died before it could be asked for. */
	if (prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0) != 0 ||
	    getppid() != parent)
		return false;
	return keep_only_socket(sock) && reset_signals();
}

static enum rc
prepare(const struct worker_spec *spec, void **ret_state,
	uint32_t *reterr_missing)
{
	enum rc rc = RC_OK;

	*ret_state = NULL;
	if (spec->prepare != NULL)
		rc = spec->prepare(spec->arg, ret_state);
	if (rc != RC_OK)
		return rc == RC_DIED ? RC_INTERNAL : rc;
	if (spec->jailed)
		return jail_enter(&spec->limits, reterr_missing);
	*reterr_missing = JAIL_LIMITS;
	return jail_limit(&spec->limits);
}

static bool
answer(uint32_t seq, enum rc rc, struct worker_msg *out)
{
	struct frame_head head = {seq, (uint32_t)rc, out->type, out->n};
	struct iovec iov[2] = {
		{&head, sizeof(head)},
		{out->body, out->n},
	};
	const struct msghdr packet = {.msg_iov = iov, .msg_iovlen = 2};
	ssize_t sent;

	do {
		sent = sendmsg(WORKER_SOCKET, &packet, MSG_NOSIGNAL);
	} while (sent < 0 && errno == EINTR);
	return sent >= 0;
}

/* A job with its descriptors. */
struct job {
	uint32_t seq;
	size_t nfds;
	int fds[WORKER_FDS_MAX];
	struct worker_msg in;
};

static bool
next_job(struct job *job)
{
	struct frame_head head;
	alignas(struct cmsghdr)
		uint8_t control[CMSG_SPACE(WORKER_FDS_MAX * sizeof(int))];
	struct iovec iov[2] = {
		{&head, sizeof(head)},
		{job->in.body, sizeof(job->in.body)},
	};
	struct msghdr packet = {
		.msg_iov = iov,
		.msg_iovlen = 2,
		.msg_control = control,
		.msg_controllen = sizeof(control),
	};
	ssize_t got;

	do {
		got = recvmsg(WORKER_SOCKET, &packet, MSG_CMSG_CLOEXEC);
	} while (got < 0 && errno == EINTR);
	if (got < (ssize_t)sizeof(head))
		return false;

	job->seq = head.seq;
	job->in.type = head.type;
	job->in.n = head.n;
	job->nfds = 0;
	const struct cmsghdr *c = CMSG_FIRSTHDR(&packet);
	if (c != NULL && c->cmsg_type == SCM_RIGHTS) {
		job->nfds = (c->cmsg_len - CMSG_LEN(0)) / sizeof(int);
		memcpy(job->fds, CMSG_DATA(c), job->nfds * sizeof(int));
	}
	return true;
}

static void
serve(const struct worker_spec *spec, void *state)
{
	struct job job;
	struct worker_msg out = {0};

	while (next_job(&job)) {
		out.type = 0;
		out.n = 0;
		enum rc rc =
			spec->handle(state, &job.in, job.fds, job.nfds, &out);
		if (rc == RC_DIED || out.n > WORKER_BODY_MAX) {
			rc = RC_INTERNAL;
			out.n = 0;
		}
		for (size_t i = 0; i < job.nfds; i++)
			(void)close(job.fds[i]);
		if (!answer(job.seq, rc, &out))
			return;
	}
}

_Noreturn void
worker_child(const struct worker_spec *spec, int sock, pid_t parent)
{
	void *state;
	uint32_t missing = 0;

	if (!let_go(spec, sock, parent))
		_exit(EXIT_FAILURE);
	const enum rc rc = prepare(spec, &state, &missing);
	struct worker_msg ready = {.type = rc == RC_OK ? 0 : missing};
	if (answer(WORKER_READY_SEQ, rc, &ready) && rc == RC_OK)
		serve(spec, state);
	_exit(EXIT_SUCCESS);
}
