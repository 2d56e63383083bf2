/* base/clock: how long things take. */
#ifndef TOCSIN_BASE_CLOCK_H
#define TOCSIN_BASE_CLOCK_H

/**
 * clock_seconds():
 * Seconds since some moment, never going back; for differences only.
 */
double clock_seconds(void);

#endif
