/* format/hl7: messages of HL7 version 2 in ER7, the form with separators: one
 * message or many, with or without the envelopes of a batch (FHS, BHS, BTS,
 * FTS) and the framing of MLLP, whatever ends the segments and whatever signs
 * MSH-1 and MSH-2 name. They become one table, "patients": a row for each OBR
 * (or ORC) of a patient, with all its results, or one for the patient alone.
 *
 *  - Values of MSH, PID, NK1, IN1, GT1, PV1, ORC and OBR have columns of their
 *    own; OBX, NTE, DG1, AL1 and what was given as treatment are gathered in
 *    lists. Everything else of a person stands in the last column, "other", as
 *    "PID-22=value"; codes of administration are left out.
 *  - Escapes, charsets (MSH-18) and ceilings: format/segment. */
#ifndef TOCSIN_FORMAT_HL7_HL7_H
#define TOCSIN_FORMAT_HL7_HL7_H

#include "base/parts.h"

/** How a file of messages is taken apart. RC_FORMAT: none starts in its first
 * SEGMENT_HEAD_MAX bytes. */
extern const struct parts_kind hl7_parts;

#endif
