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

#endif
