/* detect/name: words that are not simply part of a name, and those of
 * organisations. Folded; sorted by bytes, which name_dictionary_test.c holds
 * them to. */
#ifndef TOCSIN_DETECT_NAME_SPECIAL_TABLE_H
#define TOCSIN_DETECT_NAME_SPECIAL_TABLE_H

#include "detect/name/name_impl.h"

enum { SPECIAL_MAX = 12 }; /* letters */

static const struct {
	char word[SPECIAL_MAX + 1];
	uint8_t class; /* enum name_word */
} specials[] = {
	{"AIT", WORD_PARTICLE},       {"AL", WORD_PARTICLE},
	{"BEN", WORD_PARTICLE},       {"BORN", WORD_BORN},
	{"D", WORD_PARTICLE},         {"DA", WORD_PARTICLE},
	{"DE", WORD_PARTICLE},        {"DEL", WORD_PARTICLE},
	{"DELLA", WORD_PARTICLE},     {"DEN", WORD_PARTICLE},
	{"DER", WORD_PARTICLE},       {"DES", WORD_PARTICLE},
	{"DI", WORD_PARTICLE},        {"DIV", WORD_WIFE},
	{"DIVORCEE", WORD_WIFE},      {"DOCTEUR", WORD_DOCTOR},
	{"DOCTOR", WORD_DOCTOR},      {"DOS", WORD_PARTICLE},
	{"DR", WORD_DOCTOR},          {"DU", WORD_PARTICLE},
	{"EL", WORD_PARTICLE},        {"EP", WORD_WIFE},
	{"EPOUSE", WORD_WIFE},        {"EPSE", WORD_WIFE},
	{"EPX", WORD_WIFE},           {"FEU", WORD_DROP},
	{"FRAU", WORD_TITLE},         {"HERR", WORD_TITLE},
	{"L", WORD_PARTICLE},         {"LA", WORD_PARTICLE},
	{"LE", WORD_PARTICLE},        {"MADAME", WORD_TITLE},
	{"MADEMOISELLE", WORD_TITLE}, {"MC", WORD_PARTICLE},
	{"MELLE", WORD_TITLE},        {"MISS", WORD_TITLE},
	{"MISTER", WORD_TITLE},       {"MLLE", WORD_TITLE},
	{"MM", WORD_TITLE},           {"MME", WORD_TITLE},
	{"MMES", WORD_TITLE},         {"MONSIEUR", WORD_TITLE},
	{"MR", WORD_TITLE},           {"MRS", WORD_TITLE},
	{"MS", WORD_TITLE},           {"NE", WORD_BORN},
	{"NEE", WORD_BORN},           {"OULD", WORD_PARTICLE},
	{"PR", WORD_DOCTOR},          {"PROF", WORD_DOCTOR},
	{"PROFESSEUR", WORD_DOCTOR},  {"SAINT", WORD_PARTICLE},
	{"SAINTE", WORD_PARTICLE},    {"ST", WORD_PARTICLE},
	{"STE", WORD_PARTICLE},       {"TER", WORD_PARTICLE},
	{"VAN", WORD_PARTICLE},       {"VEUVE", WORD_WIFE},
	{"VON", WORD_PARTICLE},       {"VVE", WORD_WIFE},
	{"ZU", WORD_PARTICLE},
};

/* Words that only names of organisations hold. */
static const char organisations[][NAME_LETTERS_MAX + 1] = {
	"AG2R",         "ALLIANZ",       "ANALYSES",
	"APICIL",       "ASSOCIATION",   "ASSURANCE",
	"ASSURANCES",   "AXA",           "BANK",
	"BANQUE",       "BIO",           "BIOLOGIE",
	"CABINET",      "CAISSE",        "CAMIEG",
	"CARPIMKO",     "CENTER",        "CENTRE",
	"CH",           "CHG",           "CHR",
	"CHRU",         "CHS",           "CHU",
	"CLINIC",       "CLINIQUE",      "CNMSS",
	"COLLEGE",      "COMPANY",       "CORP",
	"CPAM",         "ECOLE",         "EHPAD",
	"ENTREPRISE",   "ETABLISSEMENT", "ETS",
	"EURL",         "FONDATION",     "GENERALI",
	"GIE",          "GMBH",          "GROUPAMA",
	"GROUPE",       "GROUPEMENT",    "HARMONIE",
	"HEALTH",       "HOPITAL",       "HOPITAUX",
	"HOSPITAL",     "HOSPITALIER",   "INC",
	"INSTITUT",     "INSURANCE",     "LABM",
	"LABO",         "LABORATOIRE",   "LABORATOIRES",
	"LABORATORIES", "LABORATORY",    "LBM",
	"LLC",          "LTD",           "LYCEE",
	"MAIRIE",       "MAISON",        "MALAKOFF",
	"MGEN",         "MGP",           "MINISTERE",
	"MSA",          "MUTUALITE",     "MUTUELLE",
	"MUTUELLES",    "PHARMACIE",     "PHARMACY",
	"POLYCLINIQUE", "PREVOYANCE",    "RATP",
	"REGIME",       "RSI",           "SA",
	"SANTE",        "SARL",          "SAS",
	"SCI",          "SCM",           "SCP",
	"SELARL",       "SELAS",         "SERVICE",
	"SERVICES",     "SNCF",          "SOCIETE",
	"STE",          "TRUST",         "UNIVERSITE",
};

#endif
