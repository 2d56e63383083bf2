/* Names that columns have. */
#include "format/csv/csv_sniff_impl.h"

#include <string.h>

enum { LABEL_MAX = 64, PART_MAX = 24 };

/* Lower case; accented letters are left out as well as written plain, since
 * their charset is not known here. A space ends each. */
static const char WORDS[] =
	" id identifiant identifier key cle uid uuid guid ref rfrence "
	"reference "
	"num numero numro number nb no nr code cod name nom noms prenom prnom "
	"prenoms prnoms first last surname firstname lastname fullname middle "
	"family given birth naissance naiss date dat dates ddn dob age sex "
	"sexe "
	"gender genre civilite civilit title titre address adresse adr adress "
	"street rue road city ville town commune localite localit cp zip "
	"postal "
	"postcode postalcode zipcode region rgion state country pays county "
	"province departement dpartement department dept tel telephone tlphone "
	"phone mobile portable fixe fax mail email courriel mel nir nss secu "
	"scu "
	"securite scurit social sociale ssn insee patient patients medecin "
	"mdecin docteur doctor labo laboratoire laboratory lab finess rpps "
	"adeli "
	"siret siren iban bic rib blood sang sanguin groupe group mutuelle "
	"caisse "
	"assurance assure assur insurance insured type types category "
	"categorie "
	"catgorie class classe status statut state etat tat description desc "
	"comment comments commentaire commentaires comm note notes remarque "
	"remarques observation observations libelle libell label value values "
	"val valeur amount montant total price prix cost cout cot quantity qte "
	"qty unit unite unit user username utilisateur login password passwd "
	"pwd "
	"pass motdepasse mdp hash salt ip url link lien website site web year "
	"annee anne month mois day jour time heure hour minute start debut "
	"dbut "
	"end fin created updated modified creation modification lat latitude "
	"lon lng long longitude language langue lang nationality nationalite "
	"nationalit company societe socit organisation organization organism "
	"organisme entreprise employer employeur job metier mtier profession "
	"position poste service role resultat rsultat result results analyse "
	"analyses exam examen examens test dossier record rang rank order "
	"ordre "
	"count nombre size taille weight poids height hauteur length file "
	"fichier path source version active actif enabled flag species author "
	"auteur message subject objet text texte color couleur model modele "
	"modle brand marque product produit item article customer client "
	"account "
	"compte card carte bank banque currency devise balance "
	"solde nombre apellido apellidos fecha nacimiento direccion direccin "
	"ciudad "
	"telefono telfono correo vorname nachname geburtsdatum strasse ort plz "
	"datum cognome nome data indirizzo citta cap comune morada ";

/* Is the ${n} bytes at ${p} one of WORDS? */
static bool
is_word(const uint8_t *p, size_t n)
{
	uint8_t part[PART_MAX + 2];

	if (n < 2 || n > PART_MAX)
		return false;
	part[0] = ' ';
	memcpy(part + 1, p, n);
	part[n + 1] = ' ';
	return memmem(WORDS, sizeof(WORDS) - 1, part, n + 2) != NULL;
}

bool
csv_label_is_known(struct span text)
{
	uint8_t part[PART_MAX + 1];
	size_t n = 0;
	bool was_lower = false;

	if (text.n > LABEL_MAX)
		return false;
	for (size_t i = 0; i <= text.n; i++) {
		const uint8_t b = i < text.n ? text.p[i] : ' ';

		if (b >= 0x80) /* an accent, or a part of one */
			continue;
		if ((!is_alpha(b) || (was_lower && is_upper(b))) && n > 0) {
			if (n <= PART_MAX && is_word(part, n))
				return true;
			n = 0;
		}
		was_lower = is_alpha(b) && !is_upper(b);
		if (is_alpha(b) && n <= PART_MAX)
			part[n++] = b | 0x20;
	}
	return false;
}

bool
csv_label_is_name(struct span text)
{
	const struct span s = span_trim(text);
	size_t n = s.n;

	while (n > 0 && s.n - n < 3 && is_digit(s.p[n - 1]))
		n--;
	if (n == 0 || s.n > LABEL_MAX ||
	    !(is_alpha(s.p[0]) || s.p[0] >= 0x80 || byte_in(s.p[0], "_#@")))
		return false;
	for (size_t i = 1; i < n; i++)
		if (!is_alnum(s.p[i]) && s.p[i] < 0x80 &&
		    !byte_in(s.p[i], "_-.:/+"))
			return false;
	return true;
}
