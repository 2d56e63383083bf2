/* format/hprim: messages of HPRIM Santé, versions 1.x and 2.x, the French
 * exchange between laboratories, hospitals and practices that comes of ASTM
 * E1238: segments H, P, OBR, OBX, C, A (which goes on the one before), AP, AC,
 * L and others, with the signs that H names. They become one table,
 * "patients", as those of HL7 do: a row for each OBR of a patient, with all
 * its results, or one for the patient alone.
 *
 *  - A NIR is found by its value in P.3 to P.5, P.12, AP and AC, since every
 *    laboratory puts it elsewhere; whatever else AP, AC and segments unknown
 *    hold stands in the last column, "other", as "AP-3=value".
 *  - Bytes are windows-1252 where they cannot be UTF-8; ceilings: see
 *    format/segment. */
#ifndef TOCSIN_FORMAT_HPRIM_HPRIM_H
#define TOCSIN_FORMAT_HPRIM_HPRIM_H

#include "base/parts.h"

/** How a file of messages is taken apart. RC_FORMAT: none starts in its first
 * SEGMENT_HEAD_MAX bytes. */
extern const struct parts_kind hprim_parts;

#endif
