# A row for each Patient and the values of its Observations, as far as
# leakgen_test.sh names them. The input is one array (jq --slurp).
def plain: . // "" | split("\n") | join(" ");
def day: if . then split("-") | reverse | join("/") else "" end;
def value($code): map(select(.code.text == $code).valueString)[0] | plain;

reduce .[] as $r ([];
	if $r.resourceType == "Patient" then . + [[$r]]
	elif $r.subject.reference == "Patient/" + .[-1][0].id then .[-1] += [$r]
	else error("an Observation of somebody else") end)
| .[]
| .[0] as $p | .[1:] as $o
| ([$p.name[]? | select(.use == "usual")][0]) as $usual
| ([$p.name[]? | select(.use == "official")][0]) as $official
| [
	$p.managingOrganization.identifier.value,
	$usual.family // "",
	$official.family // "",
	($usual // $official).given[0] // "",
	($p.birthDate | day),
	({male: "M", female: "F"}[$p.gender // "none"] // ""),
	$p.identifier[0].value // "",
	($p.address[0].line // [] | join(" ")),
	($p.address[0].city // ""),
	([$p.telecom[]? | select(.system == "phone") | " " + .value] | join("")),
	([$p.telecom[]? | select(.system == "email") | .value][0] // ""),
	($p.generalPractitioner[0].identifier.value // ""),
	($o | value("Analyses demandees")),
	($o | value("Commentaire patient")),
	($o | value("Renseignements cliniques")),
	($o | value("Commentaire dossier"))
]
| join("\t")
