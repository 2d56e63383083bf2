/* Generated once from the Unicode 15 decompositions: the base letters, upper
 * case, of U+00C0 to U+024F and U+1E00 to U+1EFF. fold_test.c holds it to
 * utf8proc. */
#ifndef TOCSIN_BASE_FOLD_TABLE_H
#define TOCSIN_BASE_FOLD_TABLE_H

/* From U+00C0. Two bytes a letter; "": no base letter, kept as it is. */
static const char FOLD_LATIN[][3] = {
	"A",  "A",  "A",  "A",  "A",  "A",  "AE", "C",  "E",  "E",  "E",  "E",
	"I",  "I",  "I",  "I",  "D",  "N",  "O",  "O",  "O",  "O",  "O",  "",
	"O",  "U",  "U",  "U",  "U",  "Y",  "TH", "SS", "A",  "A",  "A",  "A",
	"A",  "A",  "AE", "C",  "E",  "E",  "E",  "E",  "I",  "I",  "I",  "I",
	"D",  "N",  "O",  "O",  "O",  "O",  "O",  "",   "O",  "U",  "U",  "U",
	"U",  "Y",  "TH", "Y",  "A",  "A",  "A",  "A",  "A",  "A",  "C",  "C",
	"C",  "C",  "C",  "C",  "C",  "C",  "D",  "D",  "D",  "D",  "E",  "E",
	"E",  "E",  "E",  "E",  "E",  "E",  "E",  "E",  "G",  "G",  "G",  "G",
	"G",  "G",  "G",  "G",  "H",  "H",  "H",  "H",  "I",  "I",  "I",  "I",
	"I",  "I",  "I",  "I",  "I",  "I",  "IJ", "IJ", "J",  "J",  "K",  "K",
	"K",  "L",  "L",  "L",  "L",  "L",  "L",  "L",  "L",  "L",  "L",  "N",
	"N",  "N",  "N",  "N",  "N",  "N",  "N",  "N",  "O",  "O",  "O",  "O",
	"O",  "O",  "OE", "OE", "R",  "R",  "R",  "R",  "R",  "R",  "S",  "S",
	"S",  "S",  "S",  "S",  "S",  "S",  "T",  "T",  "T",  "T",  "T",  "T",
	"U",  "U",  "U",  "U",  "U",  "U",  "U",  "U",  "U",  "U",  "U",  "U",
	"W",  "W",  "Y",  "Y",  "Y",  "Z",  "Z",  "Z",  "Z",  "Z",  "Z",  "S",
	"B",  "B",  "",   "",   "",   "",   "",   "C",  "C",  "D",  "D",  "",
	"",   "",   "",   "",   "",   "F",  "F",  "G",  "",   "",   "",   "I",
	"K",  "K",  "L",  "",   "",   "N",  "N",  "",   "O",  "O",  "",   "",
	"",   "",   "",   "",   "",   "",   "",   "T",  "T",  "T",  "T",  "U",
	"U",  "",   "V",  "Y",  "Y",  "Z",  "Z",  "",   "",   "",   "",   "",
	"",   "",   "",   "",   "",   "",   "",   "",   "DZ", "DZ", "DZ", "LJ",
	"LJ", "LJ", "NJ", "NJ", "NJ", "A",  "A",  "I",  "I",  "O",  "O",  "U",
	"U",  "U",  "U",  "U",  "U",  "U",  "U",  "U",  "U",  "",   "A",  "A",
	"A",  "A",  "",   "",   "",   "",   "G",  "G",  "K",  "K",  "O",  "O",
	"O",  "O",  "",   "",   "J",  "DZ", "DZ", "DZ", "G",  "G",  "",   "",
	"N",  "N",  "A",  "A",  "",   "",   "",   "",   "A",  "A",  "A",  "A",
	"E",  "E",  "E",  "E",  "I",  "I",  "I",  "I",  "O",  "O",  "O",  "O",
	"R",  "R",  "R",  "R",  "U",  "U",  "U",  "U",  "S",  "S",  "T",  "T",
	"",   "",   "H",  "H",  "N",  "D",  "",   "",   "Z",  "Z",  "A",  "A",
	"E",  "E",  "O",  "O",  "O",  "O",  "O",  "O",  "O",  "O",  "Y",  "Y",
	"",   "",   "",   "",   "",   "",   "A",  "C",  "C",  "L",  "T",  "",
	"",   "",   "",   "B",  "",   "",   "E",  "E",  "J",  "J",  "",   "",
	"R",  "R",  "Y",  "Y",
};

/* From U+1E00. Two bytes a letter; "": no base letter, kept as it is. */
static const char FOLD_LATIN_MORE[][3] = {
	"A", "A", "B", "B", "B",  "B", "B", "B", "C", "C", "D", "D", "D", "D",
	"D", "D", "D", "D", "D",  "D", "E", "E", "E", "E", "E", "E", "E", "E",
	"E", "E", "F", "F", "G",  "G", "H", "H", "H", "H", "H", "H", "H", "H",
	"H", "H", "I", "I", "I",  "I", "K", "K", "K", "K", "K", "K", "L", "L",
	"L", "L", "L", "L", "L",  "L", "M", "M", "M", "M", "M", "M", "N", "N",
	"N", "N", "N", "N", "N",  "N", "O", "O", "O", "O", "O", "O", "O", "O",
	"P", "P", "P", "P", "R",  "R", "R", "R", "R", "R", "R", "R", "S", "S",
	"S", "S", "S", "S", "S",  "S", "S", "S", "T", "T", "T", "T", "T", "T",
	"T", "T", "U", "U", "U",  "U", "U", "U", "U", "U", "U", "U", "V", "V",
	"V", "V", "W", "W", "W",  "W", "W", "W", "W", "W", "W", "W", "X", "X",
	"X", "X", "Y", "Y", "Z",  "Z", "Z", "Z", "Z", "Z", "H", "T", "W", "Y",
	"",  "S", "",  "",  "SS", "",  "A", "A", "A", "A", "A", "A", "A", "A",
	"A", "A", "A", "A", "A",  "A", "A", "A", "A", "A", "A", "A", "A", "A",
	"A", "A", "E", "E", "E",  "E", "E", "E", "E", "E", "E", "E", "E", "E",
	"E", "E", "E", "E", "I",  "I", "I", "I", "O", "O", "O", "O", "O", "O",
	"O", "O", "O", "O", "O",  "O", "O", "O", "O", "O", "O", "O", "O", "O",
	"O", "O", "O", "O", "U",  "U", "U", "U", "U", "U", "U", "U", "U", "U",
	"U", "U", "U", "U", "Y",  "Y", "Y", "Y", "Y", "Y", "Y", "Y", "",  "",
	"",  "",  "",  "",
};

#endif
