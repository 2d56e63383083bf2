/* leakgen: lists of places, the larger towns first. places.c alone. */
#ifndef LEAKGEN_PLACES_LIST_H
#define LEAKGEN_PLACES_LIST_H

/* By department: 22, 27, 35, 41, 45, 56, then where else doctors practise. */
static const char *const town_lists[] = {
	"22000 Saint-Brieuc,22300 Lannion,22400 Lamballe,22100 Dinan,"
	"22600 Loudéac,22200 Guingamp,22190 Plérin,22440 Ploufragan,"
	"22700 Perros-Guirec,22500 Paimpol,22950 Trégueux,22360 Langueux,"
	"22960 Plédran,22590 Pordic,22970 Ploumagoar,22140 Bégard,"
	"22130 Plancoët,22800 Quintin,22310 Plestin-les-Grèves,"
	"22110 Rostrenen,22220 Tréguier,22370 Pléneuf-Val-André,22430 Erquy,"
	"22520 Binic,22120 Yffiniac,22230 Merdrignac,22250 Broons,"
	"22160 Callac,22150 Plœuc-sur-Lié,22120 Hillion,22210 Plémet,"
	"22610 Pleubian,22700 Louannec,22730 Trégastel,22680 Étables-sur-Mer",
	"27000 Évreux,27200 Vernon,27400 Louviers,27100 Val-de-Reuil,"
	"27140 Gisors,27300 Bernay,27500 Pont-Audemer,27600 Gaillon,"
	"27700 Les Andelys,27130 Verneuil-sur-Avre,27190 Conches-en-Ouche,"
	"27950 Saint-Marcel,27800 Brionne,27110 Le Neubourg,"
	"27120 Pacy-sur-Eure,27930 Gravigny,27170 Beaumont-le-Roger,"
	"27160 Breteuil,27530 Ézy-sur-Eure,27340 Pont-de-l'Arche,"
	"27150 Étrépagny,27610 Romilly-sur-Andelle,27380 Charleval,"
	"27310 Bourg-Achard,27220 Saint-André-de-l'Eure,"
	"27540 Ivry-la-Bataille,27940 Aubevoye,27380 Fleury-sur-Andelle,"
	"27250 Rugles,27210 Beuzeville,27320 Nonancourt,27930 Guichainville,"
	"27180 Saint-Sébastien-de-Morsent,27260 Cormeilles,"
	"27480 Lyons-la-Forêt",
	"35000 Rennes,35200 Rennes,35700 Rennes,35400 Saint-Malo,"
	"35300 Fougères,35500 Vitré,35170 Bruz,35510 Cesson-Sévigné,"
	"35830 Betton,35800 Dinard,35136 Saint-Jacques-de-la-Lande,"
	"35600 Redon,35740 Pacé,35135 Chantepie,35150 Janzé,35580 Guichen,"
	"35470 Bain-de-Bretagne,35310 Mordelles,35270 Combourg,"
	"35160 Montfort-sur-Meu,35410 Châteaugiron,35770 Vern-sur-Seiche,"
	"35650 Le Rheu,35131 Chartres-de-Bretagne,35530 Noyal-sur-Vilaine,"
	"35340 Liffré,35120 Dol-de-Bretagne,35260 Cancale,"
	"35130 La Guerche-de-Bretagne,35760 Saint-Grégoire,"
	"35235 Thorigné-Fouillard,35380 Plélan-le-Grand,35520 Melesse,"
	"35190 Tinténiac,35240 Retiers,35730 Pleurtuit",
	"41000 Blois,41100 Vendôme,41200 Romorantin-Lanthenay,41350 Vineuil,"
	"41500 Mer,41300 Salbris,41600 Lamotte-Beuvron,41400 Montrichard,"
	"41220 Saint-Laurent-Nouan,41130 Selles-sur-Cher,41110 Saint-Aignan,"
	"41700 Contres,41260 La Chaussée-Saint-Victor,"
	"41350 Saint-Gervais-la-Forêt,41800 Montoire-sur-le-Loir,"
	"41170 Mondoubleau,41150 Onzain,41250 Bracieux,41700 Cour-Cheverny,"
	"41140 Noyers-sur-Cher,41600 Nouan-le-Fuzelier,"
	"41360 Savigny-sur-Braye,41290 Oucques,41370 Marchenoir,41160 Morée,"
	"41190 Herbault,41270 Droué,41200 Villefranche-sur-Cher,"
	"41120 Chailles,41120 Les Montils,41210 Neung-sur-Beuvron",
	"45000 Orléans,45100 Orléans,45400 Fleury-les-Aubrais,45160 Olivet,"
	"45800 Saint-Jean-de-Braye,45140 Saint-Jean-de-la-Ruelle,"
	"45200 Montargis,45500 Gien,45770 Saran,45120 Châlette-sur-Loing,"
	"45300 Pithiviers,45380 La Chapelle-Saint-Mesmin,45140 Ingré,"
	"45200 Amilly,45190 Beaugency,45430 Chécy,45250 Briare,"
	"45130 Meung-sur-Loire,45150 Jargeau,45110 Châteauneuf-sur-Loire,"
	"45330 Malesherbes,45560 Saint-Denis-en-Val,45600 Sully-sur-Loire,"
	"45240 La Ferté-Saint-Aubin,45410 Artenay,45170 Neuville-aux-Bois,"
	"45320 Courtenay,45260 Lorris,45270 Bellegarde,"
	"45750 Saint-Pryvé-Saint-Mesmin,45400 Semoy,45340 Beaune-la-Rolande,"
	"45210 Ferrières-en-Gâtinais,45310 Patay,45370 Cléry-Saint-André",
	"56100 Lorient,56000 Vannes,56600 Lanester,56270 Ploemeur,"
	"56700 Hennebont,56300 Pontivy,56400 Auray,56520 Guidel,"
	"56890 Saint-Avé,56860 Séné,56800 Ploërmel,56260 Larmor-Plage,"
	"56530 Quéven,56450 Theix,56230 Questembert,56370 Sarzeau,"
	"56500 Locminé,56330 Pluvigner,56190 Muzillac,56670 Riantec,"
	"56440 Languidic,56850 Caudan,56250 Elven,56340 Carnac,"
	"56170 Quiberon,56150 Baud,56610 Arradon,56890 Plescop,56380 Guer,"
	"56130 La Roche-Bernard,56290 Port-Louis,56110 Gourin,"
	"56320 Le Faouët,56120 Josselin,56140 Malestroit,56240 Plouay,"
	"56160 Guémené-sur-Scorff,56450 Surzur,56390 Grand-Champ,56410 Étel",
	"44000 Nantes,75013 Paris,29000 Quimper,29200 Brest,76000 Rouen,"
	"28000 Chartres,37000 Tours,53000 Laval,50300 Avranches,78000 "
	"Versailles,72000 Le Mans,18000 Bourges,75015 Paris,92110 Clichy,"
	"95300 Pontoise,44600 Saint-Nazaire,14000 Caen,29300 Quimperlé",
};

static const char street_list[] =
	"de la République,de la Gare,du Général Leclerc,Victor Hugo,"
	"Jean Jaurès,de l'Église,des Écoles,du Moulin,Pasteur,de la Paix,"
	"du Stade,de Verdun,du 8 Mai 1945,du 11 Novembre,Gambetta,"
	"de la Fontaine,du Château,des Lilas,des Tilleuls,des Acacias,"
	"Jules Ferry,Émile Zola,Anatole France,du Maréchal Foch,de Bretagne,"
	"du Bourg,des Vignes,de la Mairie,des Jardins,de la Liberté,du Pont,"
	"de la Forêt,Louis Pasteur,Jean Moulin,Saint-Michel,Saint-Pierre,"
	"Saint-Jean,Notre-Dame,de la Croix,du Calvaire,des Fleurs,des Roses,"
	"des Peupliers,des Chênes,des Châtaigniers,des Bruyères,des Genêts,"
	"des Ajoncs,des Mimosas,des Camélias,des Hortensias,du Verger,"
	"des Prés,de la Prairie,du Bois,de la Vallée,des Champs,de la Plaine,"
	"du Lavoir,du Four,du Presbytère,de la Poste,du Marché,du Port,"
	"de la Plage,de la Mer,des Dunes,des Mouettes,des Goélands,"
	"du Phare,de l'Océan,des Îles,du Large,de la Côte,de la Pointe,"
	"des Hirondelles,des Mésanges,des Rossignols,des Alouettes,"
	"de Normandie,d'Anjou,de Touraine,du Maine,de Beauce,de Sologne,"
	"du Val de Loire,de l'Avenir,du Progrès,de l'Industrie,du Commerce,"
	"des Artisans,des Tanneurs,des Carmes,des Cordeliers,des Capucins,"
	"de l'Hôpital,du Docteur Roux,Claude Bernard,Ambroise Paré,Pierre "
	"Curie,Marie Curie,Georges Clemenceau,Aristide Briand,Jean Mermoz,"
	"Saint-Exupéry,Guynemer,Surcouf,Duguay-Trouin,Jacques Cartier,"
	"Du Guesclin,Anne de Bretagne,de la Duchesse Anne,Jeanne d'Arc,"
	"Molière,Racine,La Fontaine,Voltaire,Rousseau,Lamartine,Chateaubriand,"
	"Alfred de Musset,Paul Verlaine,Arthur Rimbaud,Jacques Prévert,"
	"Georges Brassens,Jacques Brel,Édith Piaf,Claude Monet,Paul Cézanne,"
	"Auguste Renoir,Vincent Van Gogh,Pablo Picasso,Henri Matisse,"
	"Hector Berlioz,Maurice Ravel,Claude Debussy,Nelson Mandela,"
	"Simone Veil,Salvador Allende,des Frères Lumière,des Droits de "
	"l'Homme,des Anciens Combattants,des Déportés,de la Résistance,"
	"du Maquis,des Cinq Chemins,de la Madeleine,Sainte-Anne,Saint-Yves";

static const char hamlet_list[] =
	"Kervihan,Kergoat,Kerlann,Kerfloc'h,Kermaria,Kerguen,Kerbihan,Kerroc'h,"
	"Penhoët,Pen ar Menez,Lann Vraz,Coët Bihan,Coat Forn,Le Roscoat,"
	"La Ville Neuve,La Ville au Coq,La Touche,La Métairie,Le Clos Neuf,"
	"Le Grand Pré,Les Landes,Le Haut Bois,Le Bas Bourg,La Croix Blanche,"
	"Le Moulin Neuf,La Gaudinais,La Bretonnière,La Haie,Les Quatre Vents,"
	"Le Petit Bois,La Fosse Rouge,Le Mesnil,La Mare aux Clercs,"
	"Les Bruyères,Le Hameau du Lac,La Ferme du Buisson,La Tuilerie,"
	"Le Plessis,La Borde,Les Bordes,Le Gué Blandin,La Grange,"
	"Les Marnières,Le Chêne Vert,L'Orme Creux,La Pommeraie,Bel Air,"
	"Beau Soleil,Mon Repos,Le Rocher,La Noé,Trévelo,Trégouët,Lesneven";

/* Department (index), weight, town (index in its list), name. All made up. */
static const struct {
	uint8_t dept, weight, town;
	const char *name;
} lab_list[] = {
	{0, 40, 0, "Laboratoire du Menhir Bleu"},
	{0, 25, 3, "Biotréskell Analyses"},
	{1, 60, 0, "Laboratoire Valmerelle"},
	{1, 45, 1, "BioSeinoise Exemple"},
	{1, 35, 2, "Laboratoire des Trois Clochettes"},
	{1, 30, 5, "SELARL Analyses de la Risloire"},
	{1, 25, 8, "Laboratoire Aubépine & Ormeau"},
	{1, 18, 12, "BioBocage Exemple"},
	{2, 35, 3, "Laboratoire Corsairelle"},
	{2, 28, 11, "Labo Vilanelle"},
	{3, 22, 0, "Laboratoire Solognette"},
	{3, 15, 1, "BioLoirelle Exemple"},
	{4, 60, 0, "Laboratoire Orléanelle"},
	{4, 45, 6, "Laboratoire du Puits Doré"},
	{4, 35, 10, "BioBeauceronne Exemple"},
	{4, 30, 7, "SELAS Gâtinelle Biologie"},
	{4, 28, 14, "Laboratoire des Deux Levées"},
	{4, 24, 22, "Labo de la Tour Penchée"},
	{5, 70, 0, "Laboratoire Rade & Remparts"},
	{5, 60, 1, "BioVénètelle"},
	{5, 50, 5, "Laboratoire du Blavet Clair"},
	{5, 40, 6, "Laboratoire Alréenne d'Exemple"},
	{5, 35, 10, "SELARL Brocéliandelle"},
	{5, 30, 3, "Laboratoire Kerbioline"},
	{5, 26, 4, "Labo des Sept Îlots"},
	{5, 22, 15, "BioRhuysel Exemple"},
	{5, 16, 33, "Laboratoire de l'Oust Doré"},
	{5, 12, 24, "Laboratoire Presqu'Îlienne"},
};

#endif
