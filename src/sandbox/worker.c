#include "sandbox/worker.h"

#include "sandbox/worker_impl.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdalign.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

struct worker {
	pid_t pid; /* -1: it has ended */
	int fd;    /* -1: it has ended */
	uint32_t seq;
	uint32_t cpu_seconds;
	rlim_t cpu_hard;
	bool ready;
	bool busy;
	struct worker_end end;
};

bool
frame_is_answer(const struct frame *f, size_t got, uint32_t seq)
{
	return got >= sizeof(f->head) && f->head.n <= WORKER_BODY_MAX &&
	       got == sizeof(f->head) + f->head.n && f->head.seq == seq &&
	       f->head.rc <= RC_INTERNAL && f->head.rc != RC_DIED;
}

static enum rc
rc_of_errno(int code)
{
	return code == ENOMEM || code == ENOBUFS ? RC_NOMEM : RC_IO;
}

/* Forks with all signals blocked, so that no handler of the parent runs in
 * the child before it has reset them. */
static pid_t
fork_quietly(const struct worker_spec *spec, const int pair[2])
{
	const pid_t self = getpid();
	sigset_t all;
	sigset_t old;

	if (sigfillset(&all) != 0 ||
	    pthread_sigmask(SIG_SETMASK, &all, &old) != 0)
		return -1;
	const pid_t pid = fork();
	if (pid == 0)
		worker_child(spec, pair[1], self);
	const int code = errno;
	(void)pthread_sigmask(SIG_SETMASK, &old, NULL);
	errno = code;
	return pid;
}

enum rc
worker_start(const struct worker_spec *spec, struct worker **ret_w)
{
	int pair[2] = {-1, -1};
	enum rc rc = RC_NOMEM;
	struct worker *w = calloc(1, sizeof(*w));

	if (w == NULL)
		goto out;
	if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, pair) != 0) {
		rc = rc_of_errno(errno);
		goto out;
	}
	const pid_t pid = fork_quietly(spec, pair);
	if (pid < 0) {
		rc = rc_of_errno(errno);
		goto out;
	}

	w->pid = pid;
	w->fd = pair[0];
	w->cpu_seconds = spec->limits.cpu_seconds;
	pair[0] = -1;
	*ret_w = w;
	w = NULL;
	rc = RC_OK;
out:
	if (pair[0] >= 0)
		(void)close(pair[0]);
	if (pair[1] >= 0)
		(void)close(pair[1]);
	free(w);
	return rc;
}

/* Ends and reaps the process. One that is already on its way out keeps the
 * status that it left with. */
static void
reap(struct worker *w, bool killed)
{
	int status = 0;
	pid_t got;

	if (w->pid < 0)
		return;
	(void)kill(w->pid, SIGKILL);
	do {
		got = waitpid(w->pid, &status, 0);
	} while (got < 0 && errno == EINTR);
	if (got == w->pid) {
		w->end.signal = WIFSIGNALED(status) ? WTERMSIG(status) : 0;
		w->end.status = WIFEXITED(status) ? WEXITSTATUS(status) : 0;
	}
	w->end.killed = killed;
	(void)close(w->fd);
	w->fd = -1;
	w->pid = -1;
	w->busy = false;
	w->ready = false;
}

/* Takes one frame if there is one. Descriptors that come with it are dropped
 * by the kernel, since we have no room for them, and it is not a frame. */
static enum rc
take_frame(int fd, uint32_t seq, struct frame *ret_f)
{
	struct iovec iov = {ret_f, sizeof(*ret_f)};
	struct msghdr packet = {.msg_iov = &iov, .msg_iovlen = 1};
	ssize_t got;

	do {
		got = recvmsg(fd, &packet, MSG_DONTWAIT);
	} while (got < 0 && errno == EINTR);
	if (got < 0 && errno == EAGAIN)
		return RC_MORE;
	if (got <= 0)
		return RC_DIED;
	if ((packet.msg_flags & (MSG_TRUNC | MSG_CTRUNC)) != 0 ||
	    !frame_is_answer(ret_f, (size_t)got, seq))
		return RC_FORMAT;
	return RC_OK;
}

/* As take_frame(), and reaps a worker that died or broke the protocol. */
static enum rc
receive_frame(struct worker *w, uint32_t seq, struct frame *ret_f)
{
	const enum rc rc = take_frame(w->fd, seq, ret_f);

	if (rc == RC_OK || rc == RC_MORE)
		return rc;
	reap(w, rc == RC_FORMAT);
	return RC_DIED;
}

static void
read_hard_limit(struct worker *w)
{
	struct rlimit cpu;

	w->cpu_hard = RLIM_INFINITY;
	if (prlimit(w->pid, RLIMIT_CPU, NULL, &cpu) == 0)
		w->cpu_hard = cpu.rlim_max;
}

enum rc
worker_ready(struct worker *w, int timeout_ms, uint32_t *reterr_missing)
{
	struct pollfd wait = {.fd = w->fd, .events = POLLIN};
	struct frame f;

	if (w->ready)
		return RC_OK;
	*reterr_missing = 0;
	if (w->fd < 0)
		return RC_DIED;
	if (poll(&wait, 1, timeout_ms) <= 0)
		return RC_MORE;
	const enum rc rc = receive_frame(w, WORKER_READY_SEQ, &f);
	if (rc != RC_OK)
		return rc;
	if (f.head.rc != RC_OK) {
		*reterr_missing = f.head.type;
		reap(w, false);
		return (enum rc)f.head.rc;
	}
	read_hard_limit(w);
	w->ready = true;
	return RC_OK;
}

/* The processor time of a job is counted from where the last one left it. If
 * that cannot be had, the ceiling of all jobs so far stands. */
static void
renew_cpu(const struct worker *w)
{
	clockid_t clock;
	struct timespec used;

	if (clock_getcpuclockid(w->pid, &clock) != 0 ||
	    clock_gettime(clock, &used) != 0)
		return;
	const rlim_t soft = (rlim_t)used.tv_sec + 1 + w->cpu_seconds;
	const struct rlimit cpu = {soft < w->cpu_hard ? soft : w->cpu_hard,
				   w->cpu_hard};
	(void)prlimit(w->pid, RLIMIT_CPU, &cpu, NULL);
}

/* A worker without a job has nothing to say: if it does, or if it hung up, it
 * gets no job. */
static bool
end_unless_quiet(struct worker *w)
{
	uint8_t byte;
	ssize_t got;

	do {
		got = recv(w->fd, &byte, sizeof(byte), MSG_PEEK | MSG_DONTWAIT);
	} while (got < 0 && errno == EINTR);
	if (got < 0 && errno == EAGAIN)
		return true;
	reap(w, got > 0);
	return false;
}

static ssize_t
send_frame(const struct worker *w, const struct worker_msg *msg, const int *fds,
	   size_t nfds)
{
	struct frame f = {
		.head = {.seq = w->seq, .type = msg->type, .n = msg->n}};
	alignas(struct cmsghdr)
		uint8_t control[CMSG_SPACE(WORKER_FDS_MAX * sizeof(int))] = {0};
	struct iovec iov = {&f, sizeof(f.head) + msg->n};
	struct msghdr packet = {.msg_iov = &iov, .msg_iovlen = 1};
	ssize_t sent;

	memcpy(f.body, msg->body, msg->n);
	if (nfds > 0) {
		packet.msg_control = control;
		packet.msg_controllen = CMSG_SPACE(nfds * sizeof(int));
		struct cmsghdr *c = CMSG_FIRSTHDR(&packet);
		c->cmsg_level = SOL_SOCKET;
		c->cmsg_type = SCM_RIGHTS;
		c->cmsg_len = CMSG_LEN(nfds * sizeof(int));
		memcpy(CMSG_DATA(c), fds, nfds * sizeof(int));
	}
	do {
		sent = sendmsg(w->fd, &packet, MSG_NOSIGNAL | MSG_DONTWAIT);
	} while (sent < 0 && errno == EINTR);
	return sent;
}

enum rc
worker_send(struct worker *w, const struct worker_msg *msg, const int *fds,
	    size_t nfds)
{
	if (msg->n > WORKER_BODY_MAX || nfds > WORKER_FDS_MAX)
		return RC_LIMIT;
	if (w->busy)
		return RC_MORE;
	if (!w->ready)
		return RC_DIED;
	if (!end_unless_quiet(w))
		return RC_DIED;

	w->seq = w->seq == UINT32_MAX ? 1 : w->seq + 1;
	renew_cpu(w);
	if (send_frame(w, msg, fds, nfds) >= 0) {
		w->busy = true;
		return RC_OK;
	}
	/* EAGAIN: it has no job and yet does not read. */
	if (errno == EPIPE || errno == ECONNRESET || errno == EAGAIN) {
		reap(w, errno == EAGAIN);
		return RC_DIED;
	}
	return rc_of_errno(errno);
}

enum rc
worker_receive(struct worker *w, struct worker_msg *ret_reply,
	       enum rc *ret_job_rc)
{
	struct frame f;

	if (w->fd < 0)
		return RC_DIED;
	if (!w->busy)
		return RC_END;
	const enum rc rc = receive_frame(w, w->seq, &f);
	if (rc != RC_OK)
		return rc;

	w->busy = false;
	ret_reply->type = f.head.type;
	ret_reply->n = f.head.n;
	memcpy(ret_reply->body, f.body, f.head.n);
	*ret_job_rc = (enum rc)f.head.rc;
	return RC_OK;
}

int
worker_fd(const struct worker *w)
{
	return w->fd;
}

pid_t
worker_pid(const struct worker *w)
{
	return w->pid;
}

void
worker_kill(struct worker *w)
{
	reap(w, true);
}

struct worker_end
worker_end(const struct worker *w)
{
	return w->end;
}

void
worker_free(struct worker *w)
{
	if (w == NULL)
		return;
	reap(w, true);
	free(w);
}
