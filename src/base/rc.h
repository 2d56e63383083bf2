/* base/rc: the outcome of every call that can fail. */
#ifndef TOCSIN_BASE_RC_H
#define TOCSIN_BASE_RC_H

/** What a caller can do differently. Dropping one is a compile error. */
enum [[nodiscard]] rc{
	RC_OK = 0,      RC_END, /* nothing more; not a failure */
	RC_MORE,        /* the window ends too early: give a longer one */
	RC_NOMEM,       /* the system has no memory left */
	RC_LIMIT,       /* a ceiling of ours was met */
	RC_FORMAT,      /* the input cannot be read on from here */
	RC_UNSUPPORTED, /* understood, but not something we do */
	RC_IO,          /* the system failed; errno says how */
	RC_DENIED,      /* permission or protection is missing */
	RC_DIED,        /* a worker stopped before it answered */
	RC_INTERNAL,    /* our own mistake */
};

/**
 * rc_name(rc):
 * Name ${rc} for a diagnostic: "no memory", "ceiling met", ...
 *
 * Returns  A static string.
 */
const char *rc_name(enum rc rc);

#endif
