/* base/io: whole reads and writes at a place of a descriptor, however many
 * system calls they take. */
#ifndef TOCSIN_BASE_IO_H
#define TOCSIN_BASE_IO_H

#include "base/rc.h"

#include <stddef.h>
#include <stdint.h>

/**
 * io_read_at(fd, p, n, at, ret_n):
 * Read ${n} bytes from byte ${at} of ${fd} to ${p}; ${ret_n} is less only if
 * the file ends before.
 *
 * Errors   RC_IO.
 */
enum rc io_read_at(int fd, void *p, size_t n, uint64_t at, size_t *ret_n);

/**
 * io_write_at(fd, p, n, at):
 * Write the ${n} bytes ${p} from byte ${at} of ${fd} on.
 *
 * Errors   RC_IO; some of it may then be written.
 */
enum rc io_write_at(int fd, const void *p, size_t n, uint64_t at);

/**
 * io_settle(fd, dir, aside, name):
 * Give the file ${aside} of the folder ${dir}, which was written through
 * ${fd}, the name ${name}, so that after a loss of power either it is there
 * whole or what had the name before.
 *
 * Errors   RC_IO, errno says why; ${aside} may still be there.
 * Owns     Closes ${fd}, also after an error.
 * Cost     Waits for the medium twice.
 */
enum rc io_settle(int fd, int dir, const char *aside, const char *name);

#endif
