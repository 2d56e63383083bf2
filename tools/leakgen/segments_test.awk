# Takes messages of HL7 (-v format=hl7) or HPRIM (-v format=hprim), a segment a
# line, apart: a row each of the columns that leakgen_test.sh names.
BEGIN {
	FS = "|"
	component = format == "hl7" ? "^" : "~"
	repetition = format == "hl7" ? "~" : "^"
}

# Part ${i} of ${s}, which marks ${mark} divide.
function part(s, i, mark,    parts) {
	split(s, parts, mark == "^" ? "\\^" : mark)
	return parts[i]
}

function plain(s) {
	gsub(/\\\.br\\/, " ", s)
	gsub(/\\F\\/, "|", s)
	gsub(/\\T\\/, "\\&", s)
	gsub(/\\S\\/, component, s)
	gsub(/\\R\\/, repetition, s)
	gsub(/\\E\\/, "\\", s)
	return s
}

# What is not empty of both, with a blank between.
function both(a, b) {
	return a != "" && b != "" ? a " " b : a b
}

function day(s) {
	return s == "" ? "" : substr(s, 7, 2) "/" substr(s, 5, 2) "/" substr(s, 1, 4)
}

function put(    i, line) {
	for (i = 1; i <= 16; i++) {
		line = line (i > 1 ? "\t" : "") plain(cell[i])
		if (i > 1)
			cell[i] = ""
	}
	if (any)
		print line
	any = 1
	note = 14
}

function hl7_patient(    i, n, parts) {
	cell[7] = part($4, 1, "^")
	n = split($6, parts, "~")
	for (i = 1; i <= n; i++) {
		cell[part(parts[i], 7, "^") == "L" ? 3 : 2] = part(parts[i], 1, "^")
		cell[4] = part(parts[i], 2, "^")
	}
	cell[5] = day($8)
	cell[6] = $9
	cell[8] = both(part($12, 1, "^"), part($12, 2, "^"))
	cell[9] = part($12, 3, "^")
	n = split($14, parts, "~")
	for (i = 1; i <= n; i++)
		if (part(parts[i], 2, "^") == "NET")
			cell[11] = part(parts[i], 4, "^")
		else
			cell[10] = cell[10] " " part(parts[i], 1, "^")
}

function hprim_patient(    i, n, parts) {
	cell[7] = $5
	cell[2] = part($6, 1, "~")
	cell[4] = part($6, 2, "~")
	cell[3] = $7
	cell[5] = day($8)
	cell[6] = $9
	cell[8] = both(part($11, 1, "~"), part($11, 2, "~"))
	cell[9] = part($11, 3, "~")
	n = split($13, parts, "\\^")
	for (i = 1; i <= n; i++)
		if (parts[i] ~ /@/)
			cell[11] = parts[i]
		else
			cell[10] = cell[10] " " parts[i]
	cell[12] = part($14, 1, "~")
}

$1 == "MSH" { put(); cell[1] = part($4, 2, "^") }
$1 == "H" { lab = part($5, 1, "~") }
$1 == "P" { put(); cell[1] = lab; hprim_patient() }
$1 == "PID" { hl7_patient() }
$1 == "PV1" { cell[12] = part($8, 1, "^") }
$1 == "OBR" { cell[15] = $14; note = 16 }
$1 == "NTE" || $1 == "C" { cell[note] = $4 }
$1 == "OBX" && $4 ~ /^ANA/ { cell[13] = $6 }
END { put() }
