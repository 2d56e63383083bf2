/* What goes over the socket between a worker and its parent, and the child's
 * side of it. One packet is one frame: a head and the used part of a body. */
#ifndef TOCSIN_SANDBOX_WORKER_IMPL_H
#define TOCSIN_SANDBOX_WORKER_IMPL_H

#include "sandbox/worker.h"

#include <sys/types.h>

enum {
	WORKER_SOCKET = 3, /* the child's end */
	/* The first frame of a child: rc of its preparation, in type the
	 * layers of the jail that are missing. */
	WORKER_READY_SEQ = 0,
};

/** Before the body. Whoever reads one believes none of it. */
struct frame_head {
	uint32_t seq; /* of the job; its answer repeats it */
	uint32_t rc;
	uint32_t type;
	uint32_t n;
};

/** A frame as it was received. */
struct frame {
	struct frame_head head;
	uint8_t body[WORKER_BODY_MAX];
};

/**
 * frame_is_answer(f, got, seq):
 * Check the ${got} bytes received into ${f} as the answer to job ${seq}.
 */
bool frame_is_answer(const struct frame *f, size_t got, uint32_t seq);

/**
 * worker_child(spec, sock, parent):
 * Be the worker at ${sock}, child of ${parent}. Never returns.
 */
_Noreturn void worker_child(const struct worker_spec *spec, int sock,
			    pid_t parent);

#endif
