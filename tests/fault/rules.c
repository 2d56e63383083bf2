#include "rules.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

enum {
	RULES_MAX = 16,
	STATUS_BAD_RULE = 99,
};

enum process { PARENT, READ, DIGEST, PEOPLE, ANY };

static const char *const process_names[] = {"parent", "read", "digest",
					    "people"};

static const struct {
	const char *name;
	int code;
	bool cut; /* it is about a number of bytes */
} calls[] = {
#define X(name, code, cut) {#name, code, cut},
	FAULT_CALLS(X)
#undef X
};

enum action { FAIL, SHORT, END, DIE };

struct rule {
	uint64_t from; /* call or byte */
	enum process process;
	enum fault_call call;
	enum action action;
	bool by_offset, lasting;
};

/* What all processes of a run see: workers are forked from the parent, and in
 * their jail can open nothing. */
struct shared {
	atomic_ulong most[ANY][FAULT_CALL_COUNT];
	atomic_ulong fired[RULES_MAX];
};

/* A library that is preloaded has nowhere else to keep its state. */
static struct rule rules[RULES_MAX];
static size_t n_rules;
static struct shared *shared;
static enum process self = PARENT;
static bool paused;
static atomic_ulong counts[FAULT_CALL_COUNT];

_Noreturn static void
refuse(const char *rule)
{
	fprintf(stderr, "fault: cannot read the rule %s\n", rule);
	_exit(STATUS_BAD_RULE);
}

/* Step past ${word} if it is what ${s} begins with. */
static bool
skip(const char **s, const char *word)
{
	const size_t n = strlen(word);

	if (strncmp(*s, word, n) != 0)
		return false;
	*s += n;
	return true;
}

static bool
read_call(const char **s, enum fault_call *ret)
{
	const size_t n = strcspn(*s, "#@");

	for (unsigned c = 0; c < FAULT_CALL_COUNT; c++) {
		if (strlen(calls[c].name) != n || !skip(s, calls[c].name))
			continue;
		*ret = (enum fault_call)c;
		return true;
	}
	return false;
}

static bool
read_when(const char **s, struct rule *r)
{
	char *end;

	r->by_offset = **s == '@';
	if (!r->by_offset && **s != '#')
		return false;
	(*s)++;
	r->from = strtoull(*s, &end, 10);
	const bool digits = end != *s;
	*s = end;
	r->lasting = skip(s, "+");
	return digits && skip(s, ":");
}

static bool
read_action(const char **s, struct rule *r)
{
	static const char *const names[] = {"fail", "short", "end", "die"};

	for (unsigned a = FAIL; a <= DIE; a++) {
		if (!skip(s, names[a]))
			continue;
		r->action = (enum action)a;
		if ((a == SHORT || a == END) && !calls[r->call].cut)
			return false;
		return **s == '\0' || **s == ',';
	}
	return false;
}

static bool
read_rule(const char **s, struct rule *r)
{
	r->process = ANY;
	for (unsigned p = 0; p < ANY; p++) {
		const char *at = *s;

		if (!skip(&at, process_names[p]) || !skip(&at, "."))
			continue;
		r->process = (enum process)p;
		*s = at;
		break;
	}
	return read_call(s, &r->call) && read_when(s, r) && read_action(s, r);
}

__attribute__((constructor)) static void
begin(void)
{
	const char *s = getenv("TOCSIN_FAULT");
	void *p = mmap(NULL, sizeof(*shared), PROT_READ | PROT_WRITE,
		       MAP_SHARED | MAP_ANONYMOUS, -1, 0);

	if (p == MAP_FAILED)
		refuse("(no memory)");
	while (s != NULL && *s != '\0') {
		const char *rule = s;

		if (n_rules == RULES_MAX || !read_rule(&s, &rules[n_rules]))
			refuse(rule);
		n_rules++;
		(void)skip(&s, ",");
	}
	shared = p;
}

/* Workers leave by _exit(), so only the parent comes here. */
__attribute__((destructor)) static void
end(void)
{
	const char *path = getenv("TOCSIN_FAULT_LOG");
	FILE *f = path == NULL || shared == NULL ? NULL : fopen(path, "we");

	if (f == NULL)
		return;
	for (unsigned p = 0; p < ANY; p++)
		for (unsigned c = 0; c < FAULT_CALL_COUNT; c++)
			if (shared->most[p][c] > 0)
				fprintf(f, "call %s %s %lu\n", process_names[p],
					calls[c].name, shared->most[p][c]);
	for (size_t i = 0; i < n_rules; i++)
		if (shared->fired[i] > 0)
			fprintf(f, "fired %zu %lu\n", i, shared->fired[i]);
	(void)fclose(f);
}

void
fault_named(const char *name)
{
	const bool ours = skip(&name, "tocsin-");

	for (unsigned p = READ; ours && p < ANY; p++)
		if (strcmp(name, process_names[p]) == 0)
			self = (enum process)p;
	for (unsigned c = 0; c < FAULT_CALL_COUNT; c++)
		counts[c] = 0;
}

void
fault_pause(bool pause)
{
	paused = pause;
}

static unsigned long
count_call(enum fault_call call)
{
	const unsigned long count = atomic_fetch_add(&counts[call], 1) + 1;
	atomic_ulong *most = &shared->most[self][call];
	unsigned long seen = *most;

	while (seen < count &&
	       !atomic_compare_exchange_weak(most, &seen, count))
		;
	return count;
}

static bool
covers(const struct rule *r, uint64_t at, size_t n)
{
	return at + n > r->from && (at <= r->from || r->lasting);
}

/* Is this the call that rule ${i} waits for? Whoever sees it first has it. */
static bool
is_met(size_t i, enum fault_call call, unsigned long count, uint64_t at,
       size_t n)
{
	const struct rule *r = &rules[i];

	if (r->call != call || (r->process != ANY && r->process != self))
		return false;
	if (r->by_offset ? !covers(r, at, n) : count < r->from)
		return false;
	if (!r->lasting && shared->fired[i] > 0)
		return false;
	return atomic_fetch_add(&shared->fired[i], 1) == 0 || r->lasting;
}

/* What is left of ${n} bytes at ${at}. */
static size_t
cut(const struct rule *r, uint64_t at, size_t n)
{
	if (r->action == SHORT)
		return n > 1 ? n / 2 : n;
	return r->by_offset && r->from > at ? (size_t)(r->from - at) : 0;
}

bool
fault_met(enum fault_call call, uint64_t at, size_t *n)
{
	if (shared == NULL || paused)
		return false;
	const unsigned long count = count_call(call);
	for (size_t i = 0; i < n_rules; i++) {
		if (!is_met(i, call, count, at, *n))
			continue;
		/* The jail lets a process signal itself, and nobody else. */
		if (rules[i].action == DIE)
			(void)syscall(SYS_tgkill, getpid(), gettid(), SIGKILL);
		errno = calls[call].code;
		if (rules[i].action == FAIL)
			return true;
		*n = cut(&rules[i], at, *n);
	}
	return false;
}
