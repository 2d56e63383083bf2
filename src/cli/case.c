#include "cli/case.h"

#include "cli/show.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

/* Read up to the end of a line, without it. */
static enum rc
read_line(int fd, uint8_t out[KEYFILE_PASSPHRASE_MAX], size_t *ret_n)
{
	size_t n = 0;

	for (;;) {
		uint8_t b;
		const ssize_t k = read(fd, &b, 1);

		if (k < 0 && errno == EINTR)
			continue;
		if (k < 0)
			return RC_IO;
		if (k == 0 || b == '\n')
			break;
		if (n == KEYFILE_PASSPHRASE_MAX)
			return RC_LIMIT;
		out[n++] = b;
	}
	if (n > 0 && out[n - 1] == '\r')
		n--;
	*ret_n = n;
	return RC_OK;
}

static enum rc
read_file(const char *path, uint8_t out[KEYFILE_PASSPHRASE_MAX], size_t *ret_n)
{
	const int fd = open(path, O_RDONLY | O_CLOEXEC);

	if (fd < 0)
		return RC_END;
	const enum rc rc = read_line(fd, out, ret_n);
	(void)close(fd);
	return rc == RC_OK ? RC_OK : RC_END;
}

/* Ask on the terminal, which does not show what is typed. */
static enum rc
prompt(int tty, const char *text, uint8_t out[KEYFILE_PASSPHRASE_MAX],
       size_t *ret_n)
{
	struct termios before;
	struct termios silent;

	if (tcgetattr(tty, &before) != 0)
		return RC_END;
	silent = before;
	silent.c_lflag &= ~(tcflag_t)ECHO;
	(void)!write(tty, text, strlen(text));
	(void)tcsetattr(tty, TCSAFLUSH, &silent);
	const enum rc rc = read_line(tty, out, ret_n);
	(void)tcsetattr(tty, TCSAFLUSH, &before);
	(void)!write(tty, "\n", 1);
	return rc == RC_OK ? RC_OK : RC_END;
}

static enum rc
ask_terminal(const struct cli_passphrase *p,
	     uint8_t out[KEYFILE_PASSPHRASE_MAX], size_t *ret_n)
{
	const bool french = p->c->french;
	const int tty = open("/dev/tty", O_RDWR | O_NOCTTY | O_CLOEXEC);
	uint8_t again[KEYFILE_PASSPHRASE_MAX];
	size_t n = 0;

	if (tty < 0)
		return RC_END;
	enum rc rc = prompt(
		tty, french ? "Phrase secrète : " : "Passphrase: ", out, ret_n);
	if (rc == RC_OK && p->fresh) {
		rc = prompt(tty, french ? "Encore une fois : " : "Once more: ",
			    again, &n);
		if (rc == RC_OK && (n != *ret_n || !seal_equal(out, again, n)))
			rc = RC_END;
		explicit_bzero(again, sizeof(again));
	}
	(void)close(tty);
	return rc;
}

enum rc
cli_ask(void *arg, uint8_t out[KEYFILE_PASSPHRASE_MAX], size_t *ret_n)
{
	const struct cli_passphrase *p = arg;

	return p->file != NULL ? read_file(p->file, out, ret_n)
			       : ask_terminal(p, out, ret_n);
}

const char *
cli_keys(char out[static CLI_KEYS_MAX])
{
	static const struct {
		const char *variable;
		const char *below;
	} places[] = {
		{"TOCSIN_KEYS", ""},
		{"XDG_DATA_HOME", "/tocsin/keys"},
		{"HOME", "/.local/share/tocsin/keys"},
	};

	out[0] = '\0';
	for (size_t i = 0; i < COUNT_OF(places); i++) {
		const char *v = getenv(places[i].variable);

		if (v == NULL || *v == '\0')
			continue;
		(void)snprintf(out, CLI_KEYS_MAX, "%s%s", v, places[i].below);
		break;
	}
	return out;
}

/** What is said of each fault. */
struct words {
	struct phrase what;
	struct phrase hint;
};

static const struct words WORDS[] = {
	[CASE_ABSENT] = {{"no case there", "pas de dossier d'affaire ici"},
			 {"tocsin key new DIR makes one",
			  "tocsin key new DIR en crée un"}},
	[CASE_FOREIGN] = {{"a folder of something else",
			   "un dossier d'autre chose"},
			  {"name an empty folder, or one that is not there yet",
			   "nommez un dossier vide, ou qui n'existe pas"}},
	[CASE_LOCKED] = {{"locked by process", "verrouillé par le processus"},
			 {"wait until it ends; nothing was changed",
			  "attendez sa fin ; rien n'a été changé"}},
	[CASE_DAMAGED] = {{"damaged: cut, changed or missing",
			   "endommagé : coupé, changé ou absent"},
			  {"nothing was changed; restore this file from a copy",
			   "rien n'a été changé ; restaurez ce fichier d'une "
			   "copie"}},
	[CASE_NEWER] = {{"made by a later version",
			 "fait par une version plus récente"},
			{"use that version", "utilisez cette version"}},
	[CASE_SYSTEM] = {{"", ""},
			 {"what was done is kept; the same command goes on",
			  "ce qui est fait est gardé ; la même commande "
			  "continue"}},
	[CASE_KEY_ABSENT] = {{"no such key file", "pas de fichier de clé"},
			     {"without its key a case cannot be opened; see "
			      "tocsin help key",
			      "sans sa clé un dossier ne s'ouvre pas ; voir "
			      "tocsin help key"}},
	[CASE_KEY_WRONG] = {{"not the key of this case",
			     "pas la clé de ce dossier"},
			    {"was it rotated elsewhere? TOCSIN_KEYS names the "
			     "folder of keys",
			     "changée ailleurs ? TOCSIN_KEYS nomme le dossier "
			     "des clés"}},
	[CASE_KEY_SHARED] = {{"others may read it, or it is not yours",
			      "d'autres peuvent le lire, ou il n'est pas à "
			      "vous"},
			     {"chmod 700 the folder of keys, 600 the key; if "
			      "somebody may have read it: tocsin key rotate",
			      "chmod 700 le dossier des clés, 600 la clé ; si "
			      "quelqu'un a pu la lire : tocsin key rotate"}},
	[CASE_KEY_DAMAGED] = {{"damaged key file", "fichier de clé endommagé"},
			      {"restore it from a copy",
			       "restaurez-le d'une copie"}},
	[CASE_KEY_PASSPHRASE] = {{"wrong or missing passphrase",
				  "phrase secrète fausse ou absente"},
				 {"--passphrase-file FILE, or a terminal to "
				  "ask on",
				  "--passphrase-file FILE, ou un terminal"}},
};

void
cli_case_error(const struct cli *c, const struct case_fault *f,
	       const char *path, const char *keys)
{
	const struct words *w = &WORDS[f->why];
	const bool journal =
		f->why == CASE_DAMAGED && strcmp(f->file, "journal") == 0;
	static const struct phrase afresh = {
		"remove it, and the scan begins afresh; what was finished "
		"before is not in it",
		"supprimez-le, et l'analyse recommence ; ce qui était fini n'y "
		"est pas"};

	fputs(c->french ? "erreur : " : "error: ", c->err);
	show_path(c->err, case_fault_is_key(f->why) ? keys : path);
	if (f->file[0] != '\0') {
		fputc('/', c->err);
		show_path(c->err, f->file);
	}
	if (f->why == CASE_SYSTEM)
		fprintf(c->err, ": %s\n", strerror(f->error));
	else if (f->why == CASE_LOCKED && f->process > 0)
		fprintf(c->err, ": %s %ld\n", cli_say(c, w->what), f->process);
	else
		fprintf(c->err, ": %s\n", cli_say(c, w->what));
	fprintf(c->err, "%s %s\n", c->french ? "conseil :" : "hint:",
		cli_say(c, journal ? afresh : w->hint));
}

void
cli_case_note(void *arg, const struct scan_note *note)
{
	const struct cli *c = arg;
	static const struct phrase texts[] = {
		[SCAN_NOTE_RESUMED] =
			{"going on with a scan that was "
			 "interrupted; parts taken from the case:",
			 "reprise d'une analyse interrompue ; "
			 "parties tirées du dossier :"},
		[SCAN_NOTE_OPTIONS] = {"another scan was interrupted in this "
				       "case: its work is given up",
				       "une autre analyse était interrompue "
				       "dans ce dossier : elle est abandonnée"},
		[SCAN_NOTE_CHANGED] = {"changed since: read afresh",
				       "changé depuis : relu"},
		[SCAN_NOTE_STREAM] = {"can be read only once: if this scan is "
				      "interrupted, it begins afresh",
				      "ne se lit qu'une fois : interrompue, "
				      "l'analyse recommencera"},
		[SCAN_NOTE_KNOWN] = {"known already: it came with scan",
				     "déjà connu, par l'analyse"},
	};

	if (c->quiet)
		return;
	fputs(c->french ? "note : " : "note: ", c->err);
	if (note->path != NULL) {
		show_path(c->err, note->path);
		fputs(": ", c->err);
	}
	fputs(cli_say(c, texts[note->kind]), c->err);
	if (note->kind == SCAN_NOTE_RESUMED || note->kind == SCAN_NOTE_KNOWN)
		fprintf(c->err, " %llu", (unsigned long long)note->n);
	fputc('\n', c->err);
}
