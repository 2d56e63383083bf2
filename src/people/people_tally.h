/* people, inside: what each person has. All threads read the blocks of the
 * vault once more between them, and add up; the sums do not depend on who read
 * what. */
#ifndef TOCSIN_PEOPLE_PEOPLE_TALLY_H
#define TOCSIN_PEOPLE_PEOPLE_TALLY_H

#include "base/team.h"
#include "people/people_holders.h"
#include "people/people_impl.h"
#include "people/vault.h"

/** What is added up. */
struct people_tally_input {
	const struct link_result *link;
	const struct vault_files *files;
	const struct seal_key *key;
	const size_t *starts; /* [blocks + 1] first mention of each block */
	struct people_holders *holders; /* that were met; gets their people */
	int clusters; /* where the answer goes, if the person of every
			 mention is wanted; -1: it is not */
};

/**
 * people_tally(in, team, a):
 * Count in ${a} what the people of ${in} have, and how many each holder had.
 *
 * Errors   RC_FORMAT: a block is not what it was; RC_IO; RC_NOMEM.
 * Cost     One more reading of the vault; 16 bytes a person, and 16 for each
 *          person and holder.
 */
enum rc people_tally(const struct people_tally_input *in, struct team *team,
		     struct people_answer *a);

#endif
