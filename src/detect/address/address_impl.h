/* detect/address, inside: the lists of words, for their test. */
#ifndef TOCSIN_DETECT_ADDRESS_IMPL_H
#define TOCSIN_DETECT_ADDRESS_IMPL_H

#include "base/lexicon.h"
#include "detect/address/address.h"

extern const struct lexicon address_short_words;
extern const struct lexicon address_fillers;
extern const struct lexicon address_street_words;

#endif
