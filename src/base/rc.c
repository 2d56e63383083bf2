#include "base/rc.h"

const char *
rc_name(enum rc rc)
{
	switch (rc) {
	case RC_OK:
		return "done";
	case RC_END:
		return "end";
	case RC_MORE:
		return "window too short";
	case RC_NOMEM:
		return "no memory";
	case RC_LIMIT:
		return "ceiling met";
	case RC_FORMAT:
		return "cannot be read on";
	case RC_UNSUPPORTED:
		return "not supported";
	case RC_IO:
		return "system error";
	case RC_DENIED:
		return "permission denied";
	case RC_DIED:
		return "worker stopped";
	case RC_INTERNAL:
		return "internal error";
	}
	return "unknown";
}
