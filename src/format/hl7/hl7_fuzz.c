/* Whatever the bytes: see format/segment/check_fuzz.h. */
#include "format/hl7/hl7.h"
#include "format/segment/check_fuzz.h"

/* NOLINTNEXTLINE(readability-identifier-naming): the name libFuzzer calls. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* NOLINTNEXTLINE(readability-identifier-naming): the name libFuzzer calls. */
int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	check_any(&hl7_parts, (struct span){data, size});
	return 0;
}
