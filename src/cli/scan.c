/* tocsin scan, and tocsin people, which asks for less. */
#include "base/cpu.h"
#include "cli/case_scan.h"
#include "cli/progress.h"
#include "cli/show.h"
#include "detect/registry/registry.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct settings {
	struct cli_common common;
	bool json;
	bool no_people;
	bool no_sandbox;
	uint64_t jobs;
	uint64_t memory;
	uint64_t threshold;
	const char *findings;
	const char *clusters;
	const char *fail_on;
	const char *case_path;
	const char *passphrase_file;
	const char *simd;
};

#define OPTION(name, letter, type, arg, field, en, fr)                     \
	{                                                                  \
		name, letter, type, arg, offsetof(struct settings, field), \
		{                                                          \
			en, fr                                             \
		}                                                          \
	}

/* What both commands have, each a row of both tables. */
#define JSON                                       \
	OPTION("json", 0, CLI_FLAG, NULL, json,    \
	       "print JSON, schema tocsin.scan/1", \
	       "affiche du JSON, schéma tocsin.scan/1")
#define CLUSTERS                                                               \
	OPTION("clusters", 0, CLI_TEXT, "FILE", clusters,                      \
	       "write document, record and person of each record, as numbers", \
	       "écrit document, enregistrement et personne, en nombres")
#define JOBS                                        \
	OPTION("jobs", 'j', CLI_NUMBER, "N", jobs,  \
	       "workers; default: one a processor", \
	       "processus ; par défaut : un par processeur")
#define MEMORY                                                           \
	OPTION("memory", 0, CLI_SIZE, "SIZE", memory,                    \
	       "memory to use at most, such as 4G; default: half of it", \
	       "mémoire au plus, comme 4G ; par défaut : la moitié")
#define CASE                                                                     \
	OPTION("case", 0, CLI_TEXT, "DIR", case_path,                            \
	       "keep it in the case DIR, made if absent, and go on if it was "   \
	       "interrupted",                                                    \
	       "garde tout dans le dossier DIR, créé s'il manque, et reprend " \
	       "après une interruption")
#define PASSPHRASE                                                      \
	OPTION("passphrase-file", 0, CLI_TEXT, "FILE", passphrase_file, \
	       "the passphrase of its key is the first line of FILE",   \
	       "la phrase secrète de sa clé est la première ligne de FILE")
#define NO_SANDBOX                                                    \
	OPTION("no-sandbox", 0, CLI_FLAG, NULL, no_sandbox,           \
	       "read hostile files without a jail; only for testing", \
	       "lit sans prison ; pour des essais seulement")
#define SIMD                                                                    \
	OPTION("simd", 0, CLI_CHOICE, "none|avx2|avx512", simd,                 \
	       "use no wider vector instructions; same result, less speed",     \
	       "sans instructions vectorielles plus larges ; même résultat, " \
	       "moins vite")
#define LAST                 \
	{                    \
		.name = NULL \
	}

static const struct cli_option scan_options[] = {
	JSON,
	CASE,
	PASSPHRASE,
	OPTION("findings", 0, CLI_TEXT, "FILE", findings,
	       "list every finding: path, offset, length, kind, score; no "
	       "value",
	       "liste tout ce qui est trouvé : chemin, position, longueur, "
	       "genre, note ; aucune valeur"),
	OPTION("no-people", 0, CLI_FLAG, NULL, no_people, "do not count people",
	       "ne compte pas les personnes"),
	CLUSTERS,
	JOBS,
	MEMORY,
	OPTION("threshold", 0, CLI_NUMBER, "N", threshold,
	       "least score of a finding in running text, 1 to 100; default 50",
	       "note minimale dans un texte, de 1 à 100 ; par défaut 50"),
	OPTION("fail-on", 0, CLI_CHOICE, "people|special", fail_on,
	       "exit with 1 if people, or health data, were found",
	       "rend 1 si des personnes, ou leur santé, sont trouvées"),
	SIMD,
	NO_SANDBOX,
	LAST,
};

static const struct cli_option people_options[] = {
	JSON, CASE, PASSPHRASE, CLUSTERS, JOBS, MEMORY, SIMD, NO_SANDBOX, LAST,
};

static FILE *
open_output(const struct cli *c, const char *path)
{
	FILE *f = strcmp(path, "-") == 0 ? stdout : fopen(path, "we");

	if (f == NULL)
		cli_error(c,
			  (struct phrase){"an output file cannot be written",
					  "un fichier de sortie ne peut être "
					  "écrit"},
			  (struct phrase){strerror(errno), strerror(errno)});
	return f;
}

static int
close_output(const struct cli *c, FILE *f, int status)
{
	if (f == NULL || f == stdout)
		return status;
	/* A write that failed long ago, too. */
	const bool lost = ferror(f) != 0;
	if (fclose(f) == 0 && !lost)
		return status;
	cli_error(c,
		  (struct phrase){"an output file is not complete",
				  "un fichier de sortie est incomplet"},
		  (struct phrase){strerror(errno), strerror(errno)});
	return CLI_INTERNAL;
}

static int
cannot_scan(const struct cli *c, enum rc rc)
{
	if (rc == RC_DENIED) {
		cli_error(c,
			  (struct phrase){
				  "this system cannot jail the workers that "
				  "read the file",
				  "ce système ne peut enfermer les processus "
				  "qui lisent le fichier"},
			  (struct phrase){"tocsin doctor says what is missing; "
					  "--no-sandbox reads all the same",
					  "tocsin doctor dit ce qui manque ; "
					  "--no-sandbox lit quand même"});
		return CLI_INTERNAL;
	}
	cli_error(c, (struct phrase){rc_name(rc), rc_name(rc)},
		  (struct phrase){"the scan could not be started or finished",
				  "l'analyse n'a pu commencer ou finir"});
	return CLI_INTERNAL;
}

static int
exit_status(const struct settings *set, const struct outcome *o)
{
	const struct people_result *p = o->people;
	uint64_t special = 0;
	uint64_t found = 0;

	if (o->scan->interrupted)
		return CLI_INTERRUPTED;
	for (unsigned t = 0; t < TOPIC_COUNT; t++)
		special += o->scan->topics[t].said;
	for (unsigned k = 1; k < KIND_COUNT; k++)
		found += o->scan->kinds[k].findings;
	if (set->fail_on != NULL) {
		const bool met =
			strcmp(set->fail_on, "people") == 0
				? (p->known ? p->people > 0 : found > 0)
				: special > 0;
		if (met)
			return CLI_FOUND;
	}
	bool missing = !p->known && p->reason != WIRE_WHY_NONE;
	for (size_t i = 0; i < o->scan->n_documents; i++)
		missing |= show_lacks_digest(&o->scan->documents[i]);
	return o->scan->unread + o->scan->partly > 0 || missing ? CLI_INCOMPLETE
								: CLI_DONE;
}

static unsigned
workers_of(const struct settings *set)
{
	const long n = set->jobs != 0 ? (long)set->jobs
				      : sysconf(_SC_NPROCESSORS_ONLN);

	return n < 1 ? 1 : (unsigned)n;
}

/* Hold this process, and the workers that it starts, to what --simd says. */
static void
limit_simd(const char *simd)
{
	if (simd == NULL)
		return;
	if (strcmp(simd, "none") == 0)
		cpu_limit(CPU_PORTABLE);
	else if (strcmp(simd, "avx2") == 0)
		cpu_limit(CPU_AVX2);
}

static const char *
name_of_kind(unsigned kind)
{
	const struct kind *k = kind_by_id((enum kind_id)kind);

	return k == NULL ? "none" : k->name;
}

/** Files of a run, besides standard output. */
struct outputs {
	FILE *findings;
	FILE *clusters;
};

static struct people_options
how_to_count(struct cli *c, const struct settings *set,
	     const struct outputs *out, struct progress *progress)
{
	return (struct people_options){
		.threads = workers_of(set),
		.memory_bytes = set->memory,
		.no_sandbox = set->no_sandbox,
		.clusters = out->clusters,
		.progress = progress_linking,
		.progress_arg = progress,
		.stop = c->stop,
	};
}

static int
show(struct cli *c, const struct settings *set, const struct outcome *o,
     bool why)
{
	if (set->json)
		return show_json(c, o);
	if (why) {
		char n[48];
		char low[48];
		char high[48];

		if (o->people->known)
			fprintf(c->out,
				c->french ? "%s personnes (95 %% : de %s à "
					    "%s)\n"
					  : "%s people (95 %%: %s to %s)\n",
				cli_number(c, o->people->people, n),
				cli_number(c, o->people->low, low),
				cli_number(c, o->people->high, high));
		show_people(c, o->people);
		show_coverage(c, o->scan);
	} else {
		show_summary(c, o);
	}
	return CLI_DONE;
}

/* Keep the outcome if there is a case, and tell it. Only then is it forgotten
 * how it came about. */
static int
keep_and_show(struct cli *c, const struct settings *set,
	      struct case_scan_call *k, struct scan_result *result,
	      struct outcome *o, const struct people_options *how, bool why)
{
	enum rc rc = case_scan_keep(k, result, o, set->no_people ? NULL : how);

	if (rc != RC_OK)
		return case_scan_failed(k) ? CLI_KEY : CLI_CASE;
	const int status = show(c, set, o, why);
	if (status != CLI_DONE || fflush(c->out) != 0)
		return status;
	rc = case_scan_settle(k, o);
	if (rc != RC_OK)
		return case_scan_failed(k) ? CLI_KEY : CLI_CASE;
	return exit_status(set, o);
}

static int
scan(struct cli *c, const struct settings *set, char **operands, size_t n,
     const struct outputs *out, struct case_scan_call *k, bool why)
{
	struct progress progress;
	struct people_result people = {0};
	struct scan_result *result = NULL;
	char rules[RULES_HEX];
	const struct people_options how = how_to_count(c, set, out, &progress);
	const struct scan_options o = {
		.jobs = workers_of(set),
		.memory_bytes = set->memory,
		.people = !set->no_people,
		.no_sandbox = set->no_sandbox,
		.findings = out->findings,
		.kind_name = name_of_kind,
		.threshold = (uint32_t)set->threshold,
		.folder = k->folder,
		.rules = rules,
		.tmp = getenv("TMPDIR"),
		.note = cli_case_note,
		.note_arg = c,
		.progress = progress_scan,
		.progress_arg = &progress,
		.stop = c->stop,
	};

	limit_simd(set->simd);
	show_rules(rules);
	progress_start(&progress, c);
	enum rc rc = scan_run((const char *const *)operands, n, &o, &result);
	if (rc == RC_OK && !set->no_people && !result->interrupted)
		rc = people_count(result, &how, &people);
	progress_end(&progress);
	if (rc == RC_OK && c->stop != NULL && *c->stop != 0)
		result->interrupted = true;
	int status;
	if (rc == RC_OK) {
		struct outcome outcome = {
			.scan = result,
			.people = &people,
			.elapsed_s = progress_elapsed(&progress),
			.peak_bytes = result->peak_bytes > people.peak_bytes
					      ? result->peak_bytes
					      : people.peak_bytes,
		};
		show_judge(&outcome);
		status = keep_and_show(c, set, k, result, &outcome, &how, why);
	} else if (case_scan_is_broken(k)) {
		status = case_scan_failed(k) ? CLI_KEY : CLI_CASE;
	} else {
		status = cannot_scan(c, rc);
	}
	people_done(&people);
	scan_result_free(result);
	return status;
}

static int
refuse(const struct cli *c, bool why, struct phrase what)
{
	static const struct phrase scan_hint = {"tocsin help scan",
						"tocsin help scan"};
	static const struct phrase people_hint = {"tocsin help people",
						  "tocsin help people"};

	cli_error(c, what, why ? people_hint : scan_hint);
	return CLI_USAGE;
}

static int
run(struct cli *c, const struct settings *set, char **operands, size_t n,
    bool why)
{
	struct outputs out = {NULL, NULL};
	struct case_scan_call k = {.folder = NULL};
	int status = CLI_INTERNAL;

	if (n == 0)
		return refuse(c, why,
			      (struct phrase){"which file? - is standard "
					      "input",
					      "quel fichier ? - est "
					      "l'entrée standard"});
	if (set->threshold > 100 || set->jobs > 256)
		return refuse(c, why,
			      (struct phrase){"a number is too large",
					      "un nombre est trop grand"});
	if (set->no_people && set->clusters != NULL)
		return refuse(
			c, why,
			(struct phrase){"--clusters needs people counted",
					"--clusters demande de compter les "
					"personnes"});
	if (case_scan_open(&k, c, set->case_path, set->passphrase_file) !=
	    RC_OK)
		return case_scan_failed(&k) ? CLI_KEY : CLI_CASE;
	if (set->findings != NULL)
		out.findings = open_output(c, set->findings);
	if (set->clusters != NULL)
		out.clusters = open_output(c, set->clusters);
	if ((set->findings == NULL) == (out.findings == NULL) &&
	    (set->clusters == NULL) == (out.clusters == NULL))
		status = scan(c, set, operands, n, &out, &k, why);
	case_scan_close(&k);
	status = close_output(c, out.findings, status);
	return close_output(c, out.clusters, status);
}

static int
run_scan(struct cli *c, const void *settings, char **operands, size_t n)
{
	return run(c, settings, operands, n, false);
}

static int
run_people(struct cli *c, const void *settings, char **operands, size_t n)
{
	return run(c, settings, operands, n, true);
}

static const struct phrase scan_examples[] = {
	{"tocsin scan leak.csv", NULL},
	{"what is in it, how many people, how grave",
	 "ce qu'il contient, combien de personnes, quelle gravité"},
	{"tocsin scan --json --findings found.ndjson trove/", NULL},
	{"a whole folder, for other programs",
	 "un dossier entier, pour d'autres programmes"},
	{"zcat leak.csv.gz | tocsin scan --fail-on special -", NULL},
	{"standard input; exit 1 if it tells of health",
	 "l'entrée standard ; rend 1 si elle parle de santé"},
	{NULL, NULL},
};

const struct cli_command cmd_scan = {
	.name = "scan",
	.operands = "PATH...",
	.summary = {"what is in a leak, how many people, how grave",
		    "ce que contient une fuite, combien de personnes, quelle "
		    "gravité"},
	.options = scan_options,
	.examples = scan_examples,
	.settings_bytes = sizeof(struct settings),
	.run = run_scan,
};

static const struct phrase people_examples[] = {
	{"tocsin people leak.csv", NULL},
	{"how many people, and why records are held to be one",
	 "combien de personnes, et pourquoi des enregistrements sont réunis"},
	{"tocsin people --clusters clusters.tsv leak.csv", NULL},
	{"which records are one person, as numbers",
	 "quels enregistrements sont une personne, en nombres"},
	{"tocsin people --json part1.csv part2.csv", NULL},
	{"people over several files", "les personnes de plusieurs fichiers"},
	{NULL, NULL},
};

const struct cli_command cmd_people = {
	.name = "people",
	.operands = "PATH...",
	.summary = {"count people and say why",
		    "compte les personnes et dit pourquoi"},
	.options = people_options,
	.examples = people_examples,
	.settings_bytes = sizeof(struct settings),
	.run = run_people,
};
