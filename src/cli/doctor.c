/* tocsin doctor: what protects this machine, and what is built in. Most of it
 * is read from /proc and /sys; the sandbox is tried, not read about. */
#include "base/cpu.h"
#include "base/span.h"
#include "cli/show.h"
#include "sandbox/jail.h"

#include <glob.h>
#include <limits.h>
#include <link.h>
#include <sched.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <sys/timex.h>
#include <sys/utsname.h>
#include <time.h>
#include <unistd.h>

enum {
	CHECKS_MAX = 64,
	VALUE_BYTES = 160,
	LINE_BYTES = 512,
	DEVICES_DEEP = 8,  /* devices that stand on one another */
	YEAR_FIRST = 2025, /* no clock that is right shows an earlier one.. */
	LITTLE_BYTES = 1 << 30,
	YEAR_LAST = 2100, /* ..or a later one */
};

struct settings {
	struct cli_common common;
	bool json;
};

static const struct cli_option options[] = {
	{"json",
	 0,
	 CLI_FLAG,
	 NULL,
	 offsetof(struct settings, json),
	 {"print JSON, schema tocsin.doctor/1",
	  "affiche du JSON, schéma tocsin.doctor/1"}},
	{NULL, 0, CLI_FLAG, NULL, 0, {NULL, NULL}},
};

enum state {
	STATE_OK,
	STATE_INFO,    /* nothing to judge */
	STATE_WARNING, /* works, but protects less */
	STATE_UNKNOWN, /* could not be told */
	STATE_ABSENT,  /* can be done without */
	STATE_MISSING, /* scans do not run */
	STATES
};

static const char *const state_ids[STATES] = {
	"ok", "info", "warning", "unknown", "absent", "missing",
};

static const struct phrase state_words[STATES] = {
	{"ok", "ok"},           {"-", "-"},           {"warning", "attention"},
	{"unknown", "inconnu"}, {"absent", "absent"}, {"MISSING", "MANQUE"},
};

/* What follows from a check. */
static const struct phrase swap_is_secret = {
	"encrypted, or memory only", "chiffré, ou en mémoire seulement"};
static const struct phrase swap_is_dubious = {
	"whether it is encrypted cannot be told; swapoff -a is safe",
	"impossible de dire s'il est chiffré ; swapoff -a est sûr"};
static const struct phrase swap_is_open = {
	"looks unencrypted: people's data may reach the disk; encrypt it, or "
	"swapoff -a",
	"semble non chiffré : des données peuvent atteindre le disque ; "
	"chiffrez-le, ou swapoff -a"};
static const struct phrase swaps_unread = {"/proc/swaps cannot be read",
					   "/proc/swaps est illisible"};
static const struct phrase core_is_piped = {
	"a crash would hand its memory, with the key, to that program",
	"un plantage donnerait sa mémoire, et la clé, à ce programme"};
static const struct phrase core_is_written = {
	"a crash would write its memory, with the key, to disk; ulimit -c 0",
	"un plantage écrirait sa mémoire, et la clé, sur disque ; ulimit -c 0"};
static const struct phrase ptrace_is_open = {
	"your programs can read its key; workers are closed all the same",
	"vos programmes peuvent lire sa clé ; les processus restent fermés"};
static const struct phrase code_is_portable = {
	"portable code is used: same results, slower",
	"code portable : mêmes résultats, plus lent"};
static const struct phrase meminfo_unread = {"/proc/meminfo cannot be read",
					     "/proc/meminfo est illisible"};
static const struct phrase memory_is_little = {
	"little: use --jobs 1 and --memory",
	"peu : utilisez --jobs 1 et --memory"};
static const struct phrase clock_is_wrong = {
	"wrong: dates of sightings and the 72 hours depend on it",
	"fausse : les dates et les 72 heures en dépendent"};
static const struct phrase clock_is_dubious = {
	"nothing tells that it is kept right",
	"rien ne dit qu'elle est tenue à l'heure"};
static const struct phrase output_is_open = {
	"others on this machine can read it; chmod 600, or umask 077",
	"d'autres sur cette machine peuvent le lire ; chmod 600, ou umask 077"};
static const struct phrase untried = {
	"no process could be started to try it",
	"aucun processus n'a pu démarrer pour l'essayer"};
static const struct phrase nothing = {NULL, NULL};

/** One thing that was looked at. */
struct check {
	const char *id; /* "sandbox.paths": for JSON, for ever */
	struct phrase title;
	enum state state;
	char value[VALUE_BYTES]; /* "" or what was seen */
	struct phrase follows;   /* NULL: nothing */
};

struct doctor {
	struct cli c; /* of its own: JSON is in English */
	struct check checks[CHECKS_MAX];
	size_t n;
	bool is_protected;
};

/* Add a check whose value is yet to be said. What does not fit is left out,
 * which the ceiling is too high for. */
static struct check *
add(struct doctor *d, const char *id, struct phrase title)
{
	struct check *k = &d->checks[d->n];

	if (d->n + 1 < CHECKS_MAX)
		d->n++;
	*k = (struct check){.id = id, .title = title, .state = STATE_INFO};
	return k;
}

[[gnu::format(printf, 2, 3)]] static void
value(struct check *k, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	(void)vsnprintf(k->value, sizeof(k->value), format, args);
	va_end(args);
	/* Paths of devices and of libraries may hold anything. */
	for (char *p = k->value; *p != '\0'; p++)
		if ((unsigned char)*p < ' ' || *p == 0x7F)
			*p = '?';
}

static void
judge(struct check *k, enum state state, struct phrase follows)
{
	k->state = state;
	k->follows = follows;
}

/* The first line of the file ${path}, without its end. */
static bool
first_line(const char *path, char out[static LINE_BYTES])
{
	FILE *f = fopen(path, "re");

	if (f == NULL)
		return false;
	const bool read = fgets(out, LINE_BYTES, f) != NULL;
	(void)fclose(f);
	if (read)
		out[strcspn(out, "\n")] = '\0';
	return read;
}

/** What is known of a layer of the jail besides whether it holds. */
struct layer {
	enum jail_layer bit;
	const char *id;
	struct phrase title;
	struct phrase follows; /* without it */
};

static const struct layer layers[] = {
	{JAIL_NO_NEW_PRIVS,
	 "sandbox.no-new-privileges",
	 {"no new privileges", "aucun nouveau privilège"},
	 {"a worker could gain rights; scans refuse to run",
	  "un processus pourrait gagner des droits ; aucune analyse"}},
	{JAIL_NO_CORE,
	 "sandbox.no-core-dump",
	 {"no core dump of a worker", "aucune image mémoire d'un processus"},
	 {"people's data could reach the disk; scans refuse to run",
	  "des données pourraient atteindre le disque ; aucune analyse"}},
	{JAIL_LIMITS,
	 "sandbox.limits",
	 {"limits on memory, time and output",
	  "limites de mémoire, de temps et de sortie"},
	 {"a file could exhaust the machine; scans refuse to run",
	  "un fichier pourrait épuiser la machine ; aucune analyse"}},
	{JAIL_PATHS,
	 "sandbox.paths",
	 {"no path can be opened (Landlock)",
	  "aucun chemin ne s'ouvre (Landlock)"},
	 {"needs Linux 5.13 with Landlock; scans refuse to run",
	  "demande Linux 5.13 avec Landlock ; aucune analyse"}},
	{JAIL_CALLS,
	 "sandbox.calls",
	 {"only calls that compute (seccomp)",
	  "seuls les appels de calcul (seccomp)"},
	 {"needs seccomp filters; scans refuse to run",
	  "demande les filtres seccomp ; aucune analyse"}},
	{JAIL_NET,
	 "sandbox.network",
	 {"no network (Landlock)", "aucun réseau (Landlock)"},
	 {"needs Linux 6.7; the filter of calls forbids it as well",
	  "demande Linux 6.7 ; le filtre d'appels l'interdit aussi"}},
	{JAIL_SCOPE,
	 "sandbox.scope",
	 {"no other process (Landlock)", "aucun autre processus (Landlock)"},
	 {"needs Linux 6.12; the filter of calls forbids it as well",
	  "demande Linux 6.12 ; le filtre d'appels l'interdit aussi"}},
};

_Static_assert(COUNT_OF(layers) == JAIL_LAYERS, "a layer is not listed");

static void
check_sandbox(struct doctor *d)
{
	struct jail_report r = {0, 0};
	const bool tried = jail_probe(&r) == RC_OK;

	d->is_protected =
		tried && (r.layers & JAIL_REQUIRED) == (uint32_t)JAIL_REQUIRED;
	for (size_t i = 0; i < COUNT_OF(layers); i++) {
		const struct layer *l = &layers[i];
		struct check *k = add(d, l->id, l->title);

		if (!tried)
			judge(k, STATE_UNKNOWN, untried);
		else if ((r.layers & l->bit) != 0)
			k->state = STATE_OK;
		else
			judge(k,
			      (JAIL_REQUIRED & l->bit) != 0 ? STATE_MISSING
							    : STATE_ABSENT,
			      l->follows);
	}
	struct utsname u;
	struct check *k = add(d, "kernel", (struct phrase){"kernel", "noyau"});
	if (uname(&u) == 0)
		value(k, "%.32s %.64s %.32s, Landlock ABI %d", u.sysname,
		      u.release, u.machine, r.landlock_abi);
}

/** Whether what is written to a device can be read from the disk. */
enum secrecy { SECRET, SECRET_UNKNOWN, SECRET_NOT };

/* The one device that ${name} stands on, in its place. False: none, or
 * several. */
static bool
go_below(char name[static LINE_BYTES])
{
	char pattern[LINE_BYTES + 32];
	glob_t found = {0};

	(void)snprintf(pattern, sizeof(pattern), "/sys/class/block/%s/slaves/*",
		       name);
	/* NOLINTNEXTLINE(concurrency-mt-unsafe): it is for ~ alone */
	const int rc = glob(pattern, 0, NULL, &found);
	const bool one = rc == 0 && found.gl_pathc == 1;
	if (one)
		(void)snprintf(name, LINE_BYTES, "%s",
			       strrchr(found.gl_pathv[0], '/') + 1);
	globfree(&found);
	return one;
}

/* Compressed memory stays memory, unless a disk is behind it. */
static enum secrecy
zram_secrecy(const char *name)
{
	char path[LINE_BYTES + 32];
	char behind[LINE_BYTES];

	(void)snprintf(path, sizeof(path), "/sys/class/block/%s/backing_dev",
		       name);
	return !first_line(path, behind) || strcmp(behind, "none") == 0
		       ? SECRET
		       : SECRET_UNKNOWN;
}

/* Is the block device ${name} ("sda2", "dm-0") encrypted? dm-crypt says so in
 * its identifier; a volume is as secret as the one device it stands on. */
static enum secrecy
device_secrecy(const char *name)
{
	char device[LINE_BYTES];
	char path[LINE_BYTES + 32];
	char uuid[LINE_BYTES];
	bool below = false;

	(void)snprintf(device, sizeof(device), "%s", name);
	for (int deep = 0; deep < DEVICES_DEEP; deep++) {
		if (strncmp(device, "zram", 4) == 0)
			return zram_secrecy(device);
		(void)snprintf(path, sizeof(path),
			       "/sys/class/block/%s/dm/uuid", device);
		const bool is_volume = first_line(path, uuid);
		if (is_volume && strncmp(uuid, "CRYPT-", 6) == 0)
			return SECRET;
		below = go_below(device);
		if (!below)
			/* A volume of several disks, or of none we can see. */
			return is_volume || strncmp(device, "loop", 4) == 0 ||
					       strncmp(device, "md", 2) == 0
				       ? SECRET_UNKNOWN
				       : SECRET_NOT;
	}
	return SECRET_UNKNOWN;
}

/* The same for a file: of the device that it lies on. */
static enum secrecy
file_secrecy(const char *path)
{
	char link[64];
	char target[LINE_BYTES];
	struct stat st;

	if (stat(path, &st) != 0)
		return SECRET_UNKNOWN;
	(void)snprintf(link, sizeof(link), "/sys/dev/block/%u:%u",
		       major(st.st_dev), minor(st.st_dev));
	const ssize_t n = readlink(link, target, sizeof(target) - 1);
	if (n <= 0)
		return SECRET_UNKNOWN;
	target[n] = '\0';
	const char *slash = strrchr(target, '/');
	return device_secrecy(slash == NULL ? target : slash + 1);
}

/* One line of /proc/swaps: "/dev/dm-1 partition 999 0 -2". */
static enum secrecy
swap_secrecy(char *line)
{
	char real[PATH_MAX];
	char *path = line;

	path[strcspn(path, " \t")] = '\0';
	const char *type = path + strlen(path) + 1;
	type += strspn(type, " \t");
	if (strncmp(type, "partition", 9) != 0)
		return file_secrecy(path);
	const char *name = realpath(path, real) != NULL ? real : path;
	const char *slash = strrchr(name, '/');
	return device_secrecy(slash == NULL ? name : slash + 1);
}

static void
judge_swap(const struct cli *c, struct check *k, size_t areas,
	   enum secrecy worst)
{
	if (areas == 0) {
		value(k, "%s", c->french ? "aucun" : "off");
		judge(k, STATE_OK, nothing);
		return;
	}
	value(k, "%s, %zu", c->french ? "actif" : "on", areas);
	if (worst == SECRET)
		judge(k, STATE_OK, swap_is_secret);
	else if (worst == SECRET_UNKNOWN)
		judge(k, STATE_UNKNOWN, swap_is_dubious);
	else
		judge(k, STATE_WARNING, swap_is_open);
}

static void
check_swap(struct doctor *d)
{
	struct check *k =
		add(d, "swap", (struct phrase){"swap", "espace d'échange"});
	FILE *f = fopen("/proc/swaps", "re");
	char line[LINE_BYTES];
	enum secrecy worst = SECRET;
	size_t areas = 0;

	if (f == NULL) {
		judge(k, STATE_UNKNOWN, swaps_unread);
		return;
	}
	for (bool head = true; fgets(line, sizeof(line), f) != NULL;
	     head = false) {
		if (head)
			continue;
		const enum secrecy s = swap_secrecy(line);

		worst = s > worst ? s : worst;
		areas++;
	}
	(void)fclose(f);
	judge_swap(&d->c, k, areas, worst);
}

/* Workers dump nothing; this program holds the key of the tokens. */
static void
check_core(struct doctor *d)
{
	struct check *k = add(d, "core-dumps",
			      (struct phrase){"core dumps of this program",
					      "images mémoire du programme"});
	char pattern[LINE_BYTES];
	struct rlimit limit;

	if (!first_line("/proc/sys/kernel/core_pattern", pattern) ||
	    getrlimit(RLIMIT_CORE, &limit) != 0) {
		judge(k, STATE_UNKNOWN, nothing);
		return;
	}
	/* What is piped to a program ignores the limit. */
	if (pattern[0] == '|') {
		value(k, "%.100s", pattern);
		judge(k, STATE_WARNING, core_is_piped);
	} else if (limit.rlim_cur > 0) {
		value(k, "%.100s", pattern);
		judge(k, STATE_WARNING, core_is_written);
	} else {
		value(k, "ulimit -c 0");
		k->state = STATE_OK;
	}
}

static void
check_ptrace(struct doctor *d)
{
	struct check *k =
		add(d, "ptrace",
		    (struct phrase){"memory closed to your other programs",
				    "mémoire fermée à vos autres programmes"});
	char scope[LINE_BYTES];
	const bool known =
		first_line("/proc/sys/kernel/yama/ptrace_scope", scope);

	value(k, "ptrace_scope %.8s", known ? scope : "-");
	if (known && scope[0] >= '1' && scope[0] <= '3')
		k->state = STATE_OK;
	else
		judge(k, STATE_WARNING, ptrace_is_open);
}

static void
check_output(struct doctor *d)
{
	struct check *k =
		add(d, "output",
		    (struct phrase){"standard output", "sortie standard"});
	const struct cli *c = &d->c;
	const int fd = fileno(c->out);
	struct stat st;

	if (fd < 0 || fstat(fd, &st) != 0)
		return;
	k->state = STATE_OK;
	if (!S_ISREG(st.st_mode)) {
		value(k, "%s",
		      isatty(fd)             ? "terminal"
		      : S_ISFIFO(st.st_mode) ? (c->french ? "tube" : "pipe")
					     : "-");
		return;
	}
	value(k, "%s, mode %03o", c->french ? "fichier" : "file",
	      st.st_mode & 0777U);
	if ((st.st_mode & (S_IRGRP | S_IROTH)) != 0)
		judge(k, STATE_WARNING, output_is_open);
}

static void
check_processors(struct doctor *d)
{
	struct check *k = add(d, "processors",
			      (struct phrase){"processors", "processeurs"});
	cpu_set_t usable;
	const long online = sysconf(_SC_NPROCESSORS_ONLN);

	CPU_ZERO(&usable);
	if (sched_getaffinity(0, sizeof(usable), &usable) == 0)
		value(k, "%d / %ld", CPU_COUNT(&usable), online);
	else
		value(k, "%ld", online);
	k = add(d, "instructions",
		(struct phrase){"instruction sets", "jeux d'instructions"});
	static const char *const names[] = {
		[CPU_PORTABLE] = "",
#if defined(__aarch64__)
		[CPU_NEON] = "NEON",
#else
		[CPU_AVX2] = "AVX2",
#endif
		[CPU_AVX512] = "AVX2 AVX-512",
	};
	const enum cpu_simd has = cpu_has();

	value(k, "%s", names[has]);
	if (has != CPU_PORTABLE) {
		k->state = STATE_OK;
		return;
	}
	judge(k, STATE_ABSENT, code_is_portable);
}

/* The number in the line "${name}: 123 kB" of /proc/meminfo, in bytes. */
static uint64_t
meminfo(const char *name)
{
	FILE *f = fopen("/proc/meminfo", "re");
	const size_t n = strlen(name);
	char line[LINE_BYTES];
	uint64_t kib = 0;

	if (f == NULL)
		return 0;
	while (kib == 0 && fgets(line, sizeof(line), f) != NULL)
		if (strncmp(line, name, n) == 0 && line[n] == ':')
			kib = strtoull(line + n + 1, NULL, 10);
	(void)fclose(f);
	return kib * 1024;
}

static void
check_memory(struct doctor *d)
{
	struct check *k =
		add(d, "memory",
		    (struct phrase){"memory available", "mémoire disponible"});
	uint64_t all = meminfo("MemTotal");
	uint64_t left = meminfo("MemAvailable");
	char group[LINE_BYTES];
	char n[2][48];

	if (all == 0) {
		judge(k, STATE_UNKNOWN, meminfo_unread);
		return;
	}
	/* In a container the ceiling of its group counts. */
	if (first_line("/sys/fs/cgroup/memory.max", group) &&
	    is_digit((uint8_t)group[0])) {
		const uint64_t most = strtoull(group, NULL, 10);

		all = most < all ? most : all;
		left = most < left ? most : left;
	}
	value(k, "%s / %s", show_bytes(&d->c, left, n[0]),
	      show_bytes(&d->c, all, n[1]));
	if (left < LITTLE_BYTES)
		judge(k, STATE_WARNING, memory_is_little);
	else
		k->state = STATE_OK;
}

/* The name of the file that the loaded library ${path} is, if it is one of
 * those we link: it carries the version of its interface. */
static int
check_library(struct dl_phdr_info *info, size_t size, void *arg)
{
	static const struct {
		const char *start, *id;
	} known[] = {
		{"libsodium.", "library.sodium"},
		{"libcrypto.", "library.crypto"},
		{"libseccomp.", "library.seccomp"},
		{"libjansson.", "library.jansson"},
	};
	const char *slash = strrchr(info->dlpi_name, '/');
	char real[PATH_MAX];

	(void)size;
	for (size_t i = 0; slash != NULL && i < COUNT_OF(known); i++) {
		if (strncmp(slash + 1, known[i].start,
			    strlen(known[i].start)) != 0)
			continue;
		struct check *k =
			add(arg, known[i].id,
			    (struct phrase){"library", "bibliothèque"});
		const bool found = realpath(info->dlpi_name, real) != NULL;

		value(k, "%.150s", found ? strrchr(real, '/') + 1 : slash + 1);
		k->state = STATE_OK;
	}
	return 0;
}

static void
check_libraries(struct doctor *d)
{
	const size_t before = d->n;

	(void)dl_iterate_phdr(check_library, d);
	if (d->n == before) {
		struct check *k =
			add(d, "library",
			    (struct phrase){"libraries", "bibliothèques"});

		value(k, "jansson %s", jansson_version_str());
	}
}

static void
check_clock(struct doctor *d)
{
	struct check *k = add(d, "clock", (struct phrase){"clock", "horloge"});
	struct timex kernel = {.modes = 0};
	const time_t t = time(NULL);
	struct tm tm;
	char text[48];

	if (gmtime_r(&t, &tm) == NULL ||
	    strftime(text, sizeof(text), "%Y-%m-%dT%H:%M:%SZ", &tm) == 0) {
		judge(k, STATE_UNKNOWN, nothing);
		return;
	}
	const int year = tm.tm_year + 1900;
	const bool kept = adjtimex(&kernel) != TIME_ERROR &&
			  (kernel.status & STA_UNSYNC) == 0;
	value(k, "%s", text);
	if (year < YEAR_FIRST || year > YEAR_LAST)
		judge(k, STATE_WARNING, clock_is_wrong);
	else if (!kept)
		judge(k, STATE_UNKNOWN, clock_is_dubious);
	else
		k->state = STATE_OK;
}

/* Characters of ${s}, which are its places on a terminal. */
static int
wide(const char *s)
{
	int n = 0;

	for (; *s != '\0'; s++)
		n += ((unsigned char)*s & 0xC0) != 0x80;
	return n;
}

static void
print_check(const struct cli *c, const struct check *k)
{
	const char *state = cli_say(c, state_words[k->state]);
	const char *title = cli_say(c, k->title);

	(void)fprintf(c->out, "%s%*s  %s%s%s", state, 9 - wide(state), "",
		      title,
		      k->value[0] != '\0' ? (c->french ? " : " : ": ") : "",
		      k->value);
	if (k->follows.en != NULL)
		(void)fprintf(c->out, "\n%11s%s", "", cli_say(c, k->follows));
	(void)fputc('\n', c->out);
}

static void
print_text(const struct doctor *d)
{
	const struct cli *c = &d->c;

	for (size_t i = 0; i < d->n; i++)
		print_check(c, &d->checks[i]);
	if (d->is_protected)
		(void)fputs(c->french ? "\nLes analyses sont protégées.\n"
				      : "\nScans are protected.\n",
			    c->out);
	else
		(void)fputs(c->french
				    ? "\nLes analyses NE SONT PAS protégées : "
				      "tocsin scan refuse de lire.\n"
				    : "\nScans are NOT protected: tocsin scan "
				      "refuses "
				      "to read.\n",
			    c->out);
}

static json_t *
check_json(const struct check *k)
{
	return json_pack("{s:s, s:s, s:s, s:s?, s:s?}", "id", k->id, "state",
			 state_ids[k->state], "title", k->title.en, "value",
			 k->value[0] == '\0' ? NULL : k->value, "follows",
			 k->follows.en);
}

static int
print_json(const struct doctor *d)
{
	json_t *list = json_array();
	bool bad = list == NULL;

	for (size_t i = 0; i < d->n && !bad; i++)
		bad = json_array_append_new(list, check_json(&d->checks[i])) !=
		      0;
	json_t *o = json_pack("{s:s, s:{s:s, s:s}, s:b, s:o}", "schema",
			      "tocsin.doctor/1", "tool", "name", "tocsin",
			      "version", TOCSIN_VERSION, "protected",
			      (int)d->is_protected, "checks", list);
	if (bad || o == NULL) {
		json_decref(o);
		return CLI_INTERNAL;
	}
	return show_print(&d->c, o);
}

static int
run_doctor(struct cli *c, const void *settings, char **operands, size_t n)
{
	const struct settings *set = settings;
	struct doctor *d = calloc(1, sizeof(*d));

	(void)operands;
	if (n > 0) {
		cli_error(c,
			  (struct phrase){"doctor takes no argument",
					  "doctor ne prend pas d'argument"},
			  (struct phrase){"tocsin help doctor",
					  "tocsin help doctor"});
		free(d);
		return CLI_USAGE;
	}
	if (d == NULL)
		return cli_no_memory(c);
	d->c = *c;
	d->c.french = c->french && !set->json;
	check_sandbox(d);
	check_swap(d);
	check_core(d);
	check_ptrace(d);
	check_output(d);
	check_processors(d);
	check_memory(d);
	check_libraries(d);
	check_clock(d);
	int status = CLI_DONE;
	if (set->json)
		status = print_json(d);
	else
		print_text(d);
	if (status == CLI_DONE && !d->is_protected)
		status = CLI_INCOMPLETE;
	free(d);
	return status;
}

static const struct phrase examples[] = {
	{"tocsin doctor", NULL},
	{"what protects this machine, and what follows if it does not",
	 "ce qui protège cette machine, et ce qui s'ensuit sinon"},
	{"tocsin doctor >/dev/null && tocsin scan leak.csv", NULL},
	{"scan only where scans are protected",
	 "n'analyse que là où les analyses sont protégées"},
	{"tocsin doctor --json | jq '.checks[] | select(.state != \"ok\")'",
	 NULL},
	{"what is not as it should be", "ce qui n'est pas comme il faut"},
	{NULL, NULL},
};

const struct cli_command cmd_doctor = {
	.name = "doctor",
	.operands = "",
	.summary = {"what protects this machine",
		    "ce qui protège cette machine"},
	.options = options,
	.examples = examples,
	.settings_bytes = sizeof(struct settings),
	.run = run_doctor,
};
