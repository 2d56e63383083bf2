/* leakgen: lists of names, most frequent first. Included by names.c alone. */
#ifndef LEAKGEN_NAMES_LIST_H
#define LEAKGEN_NAMES_LIST_H

static const char *const common_names[] = {
	"Martin,Bernard,Thomas,Petit,Robert,Richard,Durand,Dubois,Moreau,"
	"Laurent,Simon,Michel,Lefebvre,Leroy,Roux,David,Bertrand,Morel,"
	"Fournier,Girard,Bonnet,Dupont,Lambert,Fontaine,Rousseau,Vincent,"
	"Muller,Lefèvre,Faure,André,Mercier,Blanc,Guérin,Boyer,Garnier,"
	"Chevalier,François,Legrand,Gauthier,Perrin,Robin,Clément,Morin,"
	"Nicolas,Henry,Roussel,Mathieu,Gautier,Masson,Marchand,Duval,Denis,"
	"Dumont,Marie,Lemaire,Noël,Meyer,Dufour,Meunier,Brun,Blanchard,"
	"Giraud,Joly,Rivière,Lucas,Brunet,Gaillard,Barbier,Arnaud,Gérard,"
	"Roche,Renard,Schmitt,Roy,Leroux,Colin,Vidal,Caron,Picard,Roger,"
	"Fabre,Aubert,Lemoine,Renaud,Dumas,Lacroix,Olivier,Philippe,"
	"Bourgeois,Pierre,Benoît,Rey,Leclerc,Payet,Rolland,Leclercq,"
	"Guillaume,Lecomte,Lopez,Jean,Dupuy,Guillot,Hubert,Berger,Carpentier,"
	"Sanchez,Dupuis,Moulin,Louis,Deschamps,Huet,Vasseur,Perez,Boucher,"
	"Fleury,Royer,Klein,Jacquet,Adam,Paris,Poirier,Marty,Aubry,Guyot,"
	"Carré,Charles,Renault,Charpentier,Ménard,Maillard,Baron,Bertin,"
	"Bailly,Hervé,Schneider,Fernandez,Collet,Léger,Bouvier,Julien,"
	"Prévost,Millet,Perrot,Daniel,Cousin,Germain,Breton,Besson,Langlois,"
	"Rémy,Pelletier,Lévêque,Perrier,Leblanc,Barré,Lebrun,Marchal,Weber,"
	"Mallet,Hamon,Boulanger,Jacob,Monnier,Michaud,Rodriguez,Guichard,"
	"Gillet,Étienne,Grondin,Poulain,Tessier,Chevallier,Collin,Chauvin,"
	"Bouchet,Gay,Lemaître,Bénard,Maréchal,Humbert,Reynaud,Antoine,Hoarau,"
	"Perret,Barthélemy,Cordier,Pichon,Lejeune,Gilbert,Lamy,Delaunay,"
	"Pasquier,Carlier,Laporte,Guillet,Mahé,Allard,Bouvet,Bigot,Launay,"
	"Chartier,Tanguy,Georges,Leduc,Renou,Besnard,Blondel,Rossi,Delmas,"
	"Vallée,Gros,Legros,Rousset,Devaux,Texier,Prigent,Gaudin,Coste,"
	"Camus,Jourdan,Guillon,Marechal,Millot,Pascal,Neveu,Imbert,Lacombe,"
	"Regnier,Blin,Bodin,Verdier,Albert,Chauvet,Voisin,Toussaint,Pons,"
	"Buisson,Ferrand,Bazin,Godard,Mary,Peltier,Delattre,Alexandre,"
	"Ferreira,Drouet,Duhamel,Parent,Techer,Bruneau,Gicquel,Maury,Pineau,"
	"Laroche,Tournier,Courtois,Gallet,Martel,Lefort,Favre,Auger,Cohen,"
	"Cartier,Couturier,Bertaux,Allain,Mace,Brossard,Jacques,Delage,"
	"Boulay,Fouquet,Hardy,Gomez,Pottier,Ollivier,Vaillant,Bourdon,"
	"Ricard,Thibault,Riou,Guilbert,Chapuis,Grenier,Merle,Rault,Thierry,"
	"Cochet,Bousquet,Clerc,Benard,Gras,Lelièvre,Levy,Paul,Charrier,Maire,"
	"Favier,Hebert,Lesage,Godin,Jolivet,Foucher,Blot,Lecocq,Renaudin,"
	"Rigaud,Potier,Chauveau,Bonneau,Duclos,Leveque,Lebon,Mangin,Cornu,"
	"Ledoux,Vigneron,Laine,Maurice,Turpin,Lombard,Gervais,Hamel,Roland,"
	"Ruiz,Hernandez,Boutin,Diaz,Bonnin,Raymond,Guyon,Didier,Tixier,Salaun,"
	"Bourdin,Seguin,Maillet,Cadet,Boissel,Brault,Grandjean,Cros,Descamps,"
	"Bocquet,Poisson,Marion,Barbe,Lefranc,Sauvage,Lacoste,Prat,Rey,"
	"Gomes,Traore,Valentin,Parmentier,Fischer,Jamet,Bonhomme,Vial,"
	"Lebreton,Doucet,Rose,Violet,Chéron,Dujardin,Pottier,Pruvost,Mouton",
	"Vivier,Delorme,Hamelin,Lafon,Guibert,Bellanger,Guy,Dubreuil,Guillemin,"
	"Forestier,Granger,Husson,Ferry,Wagner,Delahaye,Evrard,Comte,Bataille,"
	"Maurin,Charbonnier,Lavigne,Teixeira,Castel,Delannoy,Coulon,Vacher,"
	"Duchemin,Sabatier,Tissot,Moreno,Brunel,Drouin,Mas,Roques,Mounier,"
	"Berthelot,Arnould,Caron,Barreau,Barbe,Combes,Doré,Lecoq,Jung,"
	"Bertrand,Lepage,Gosselin,Rocher,Blondeau,Guillou,Maurel,Thiébaut,"
	"Aubin,Navarro,Bouchard,Petitjean,Magnier,Nguyen,Vallet,Pujol,"
	"Gonçalves,Hoareau,Monier,Levasseur,Martins,Jacquot,Boulet,Pollet,"
	"Roussel,Granier,Ramos,Lopes,Merlin,Gonzalez,Torres,Da Costa,Andrieu,"
	"Chatelain,Lebeau,Charlot,Clavel,Faivre,Derrien,Sellier,Samson,"
	"Poncet,Dufresne,Simonet,Geoffroy,Marquet,Rousselle,Thévenot,Merlet,"
	"Ferré,Bayle,Mignot,Lenoir,Schwartz,Bernier,Basset,Bonnard,Lagarde,"
	"Chambon,Fayolle,Morvan,Baudry,Gautron,Cottin,Boivin,Bardet,Salmon,"
	"Besse,Astier,Dupré,Pierron,Payen,Kieffer,Jourdain,Lasserre,Hue,"
	"Guignard,Aubertin,Levallois,Monnet,Savary,Lacour,Cordonnier,"
	"Delaporte,Fortin,Bossard,Cuvelier,Lallemand,Tellier,Gibert,Thuillier,"
	"Marin,Wolff,Baudouin,Chopin,Ragot,Pavard,Bontemps,Lemonnier,"
	"Chollet,Delarue,Bureau,Féron,Bideau,Marais,Gallois,Josse,Lebas,"
	"Moine,Rivet,Trouvé,Villain,Vigier,Tardif,Soulier,Sabourin,Rouault,"
	"Quentin,Poulet,Plessis,Peyre,Paillard,Ouvrard,Nicolle,Mouchel,"
	"Montagne,Mille,Menant,Maugé,Marot,Loiseau,Lignier,Lhermitte,Lessard,"
	"Leroi,Lenormand,Lemercier,Legendre,Leblond,Lavergne,Lardeux,Langevin,"
	"Lallier,Laforge,Labbé,Jouan,Jardin,Huguet,Houdin,Heurtin,Hallier,"
	"Guérineau,Gruau,Grimaud,Goujon,Gobert,Girardin,Gilles,Genty,Gendron,"
	"Garreau,Gandon,Froment,Frémont,Foulon,Flament,Ferrier,Faucher,"
	"Esnault,Dutertre,Dutheil,Dury,Duret,Duprat,Dulac,Dubost,Drevet,"
	"Desbois,Derouet,Delcroix,Delacour,Dauphin,Daumas,Dallet,Cusset,"
	"Crépin,Coutant,Courtin,Corbin,Coquelin,Colas,Chrétien,Chesneau,"
	"Chenu,Charron,Chapelle,Champion,Cellier,Cazenave,Carette,Cadiou,"
	"Busson,Brière,Bresson,Bréard,Bouteiller,Boutet,Bourdais,Bouillon,"
	"Bordier,Bonnefoy,Boisson,Blaise,Billard,Bessière,Berthier,Bellot,"
	"Béguin,Bédard,Baudin,Bastien,Barrier,Barillet,Ballet,Babin,Avril,"
	"Aumont,Aubry,Arnoux,Ancel,Alix,Alary,Abadie,Thiery,Tavernier,Suard,"
	"Sorel,Sicard,Serre,Senechal,Saunier,Saulnier,Rouvière,Roualt,"
	"Rossignol,"
	"Rondeau,Rollin,Robillard,Riche,Revel,Raynal,Rambaud,Ravel,Provost,"
	"Prudhomme,Pouliquen,Portier,Porcher,Poitevin,Plantier,Pinault,Piette,"
	"Philippot,Peyrot,Petiot,Perrault,Pernot,Pellerin,Pasquet,Papin,Pajot,"
	"Page,Nivet,Nourry,Naudin,Munier,Moyon,Motte,Morlet,Morice,Monfort,"
	"Moisan,Mille,Mesnard,Mériaux,Méric,Massé,Marsan,Marly,Manceau,Malet,"
	"Magne,Lorin,Loison,Leconte,Lefeuvre,Lavaud,Laurin,Larue,Lapeyre,"
	"Lange,Laloux,Lacaze,Jobert,Jeannot,Jarry,Jacquemin,Issartel,Huard",
};

static const char breton_names[] =
	"Le Gall,Le Goff,Le Roux,Le Bihan,Le Corre,Le Guen,Tanguy,Guillou,"
	"Le Berre,Morvan,Riou,Cadiou,Le Floch,Prigent,Quéré,Le Bris,Salaün,"
	"Le Gac,Kerdoncuff,Kervella,Le Meur,Le Dantec,Le Calvez,Le Borgne,"
	"Le Moal,Jégou,Le Pape,Le Breton,Le Cam,Le Saux,Le Bars,Le Bail,"
	"Le Baron,Le Coz,Le Guellec,Le Moigne,Le Hir,Le Mao,Le Gouill,"
	"Le Lay,Le Nédic,Le Métayer,Le Pennec,Le Dû,Le Cléach,Le Guillou,"
	"Le Gallic,Le Tallec,Le Bihannic,Le Mouel,Le Sommer,Le Bouedec,"
	"Le Strat,Le Boulch,Le Quellec,Le Frapper,Le Bot,Le Gloanec,Le "
	"Trionnaire,"
	"Le Peutrec,Le Garrec,Le Fur,Le Jeune,Le Meut,Le Scouarnec,Le Normand,"
	"Jaffré,Kermorvan,Kerbrat,Kerhoas,Kerleau,Kermarrec,Kergoat,Kersuzan,"
	"Guéguen,Guennec,Guével,Gourvennec,Gloaguen,Floch,Fily,Evenou,Even,"
	"Droual,Derrien,Corre,Conan,Coatanéa,Cloarec,Cariou,Caradec,Bozec,"
	"Briand,Bothorel,Bellec,Autret,Abgrall,Quintin,Quémener,Postic,"
	"Philipot,Péron,Pennec,Nédélec,Moullec,Moal,Mével,Madec,Lozach,"
	"L'Hostis,Lostanlen,Jaouen,Hénaff,Hascoët,Rivoal,Rioual,Rolland,"
	"Ropars,Robic,Rault,Ollivier,Olivo,Nicol,Morin,Marzin,Loric,Allano,"
	"Allioux,Audic,Audo,Bellégo,Bouric,Burban,Cadic,Cadoret,Carric,"
	"Danic,Dréan,Evanno,Ezanno,Gahinet,Guéhenneuc,Guillemot,Hémon,Hervio,"
	"Jan,Jéhanno,Jouannic,Lamour,Lorho,Lucas,Mahéo,Morio,Nio,Pédron,"
	"Pérès,Perrotin,Pichavant,Rio,Robo,Ruellan,Ryo,Séveno,Tréhin,Thomazic";

static const char foreign_names[] =
	"Da Silva,Garcia,Martinez,Dos Santos,Pereira,Fernandes,Rodrigues,"
	"Benali,Benahmed,Diallo,Traoré,Nguyen,Tran,Yilmaz,Kaya,Demir,Haddad,"
	"Mansouri,Ben Salah,Ben Youssef,El Amrani,El Idrissi,Ait Ahmed,"
	"Ait Ouali,Bouzid,Cherif,Hamdi,Belkacem,Saïdi,Slimani,Khelifi,"
	"Boumediene,Keita,Coulibaly,Camara,Diop,Ndiaye,Sow,Bâ,Konaté,Touré,"
	"Popescu,Ionescu,Kowalski,Nowak,Ivanov,Petrov,Rossi,Ferrari,Bianchi,"
	"De Oliveira,De Sousa,Alves,Carvalho,Gomes,Lopes,Marques,Mendes,"
	"Moreira,Nunes,Pinto,Ribeiro,Soares,Vieira,Smith,Jones,Taylor,Brown,"
	"Wilson,O'Connor,Müller,Schmidt,Fischer,Hoffmann,Chen,Wang,Li,Zhang,"
	"Pham,Le Van,Hoang,Singh,Kumar,Rahmani,Hosseini,Hakimi,Abdou,Madi,"
	"Mohamed Ali,Saïd Ahmed,Hassani,Bacar,Mbaye,Sylla,Fofana,Sissoko,"
	"Özdemir,Çelik,Arslan,Dogan,Petrosyan,Sargsyan,Gashi,Krasniqi,Hoxha";

static const char *const given_men[] = {
	/* before 1930 */
	"Jean,André,Marcel,Pierre,René,Louis,Henri,Roger,Georges,Robert,"
	"Maurice,Albert,Lucien,Joseph,Raymond,Émile,Charles,Eugène,Paul,"
	"François,Fernand,Léon,Gaston,Jules,Auguste,Alphonse,Victor,Ernest,"
	"Édouard,Gabriel,Armand,Camille,Edmond,Alfred,Antoine,Julien,Marius,"
	"Félix,Yves,Corentin,Mathurin,Alexis,Théophile,Germain,Désiré",
	/* 1930-1945 */
	"Jean,Michel,André,Pierre,Claude,Jacques,René,Roger,Robert,Bernard,"
	"Marcel,Louis,Guy,Georges,Raymond,Henri,Maurice,Gérard,Daniel,Paul,"
	"Joseph,Serge,Yves,Albert,Lucien,Roland,Christian,Charles,Francis,"
	"François,Jean-Claude,Jean-Pierre,Gilbert,Gilles,Rémy,Fernand,Hubert,"
	"Edmond,Gaston,Armand,Félix,Noël,Émile,Lionel,Guénolé",
	/* 1946-1960 */
	"Michel,Jean,Alain,Philippe,Gérard,Daniel,Bernard,Christian,Patrick,"
	"Jacques,Jean-Pierre,Jean-Claude,Claude,André,Pierre,Dominique,Serge,"
	"Gilles,Yves,Didier,Jean-Luc,Jean-Paul,François,Bruno,Denis,Francis,"
	"Marc,Guy,Jean-Marc,Joël,Jean-Louis,Robert,Pascal,Roger,Éric,Paul,"
	"Jean-Michel,Jean-Jacques,Jean-François,Jean-Yves,Jean-Marie,Hervé,"
	"Loïc,Maurice,René,Thierry,Louis,Georges,Hubert,Raymond,Yvon,Xavier",
	/* 1961-1975 */
	"Philippe,Thierry,Christophe,Laurent,Pascal,Éric,Stéphane,Frédéric,"
	"Patrick,Bruno,Olivier,Didier,David,Nicolas,Franck,Jérôme,Vincent,"
	"Sébastien,Fabrice,Hervé,Dominique,Gilles,Marc,Christian,Xavier,"
	"Emmanuel,François,Denis,Arnaud,Jean-François,Jean-Marc,Yannick,"
	"Ludovic,Cédric,Alain,Michel,Bertrand,Gaël,Benoît,Loïc,Yann,Erwan,"
	"Ronan,Régis,Fabien,Lionel,Stéphan,Jean-Philippe,Serge,Rodolphe",
	/* 1976-1990 */
	"Nicolas,Julien,Sébastien,Guillaume,David,Thomas,Jérémy,Alexandre,"
	"Mickaël,Romain,Maxime,Anthony,Kevin,Benjamin,Vincent,Cédric,Mathieu,"
	"Damien,Ludovic,Jonathan,Arnaud,Pierre,Florian,Fabien,Yoann,Adrien,"
	"Aurélien,Antoine,Sylvain,Simon,Erwan,Gwenaël,Yann,Clément,Quentin,"
	"Samuel,Grégory,Frédéric,Christophe,Olivier,Laurent,Benoît,Rémi,"
	"Jean-Baptiste,Alexis,Ronan,Tanguy,Johann,Steven,Jean-Charles,Fabrice",
	/* 1991-2005 */
	"Thomas,Alexandre,Maxime,Quentin,Lucas,Nicolas,Théo,Antoine,Hugo,"
	"Valentin,Clément,Julien,Romain,Alexis,Florian,Benjamin,Dylan,Kevin,"
	"Pierre,Paul,Arthur,Corentin,Baptiste,Matthieu,Mathis,Enzo,Louis,"
	"Tom,Adrien,Jordan,Bastien,Guillaume,Victor,Loïc,Killian,Axel,Simon,"
	"Erwan,Malo,Titouan,Léo,Nathan,Tristan,Evan,Maël,Gurvan,Jérémy,Rémi,"
	"Samuel,Pierre-Louis,Gaëtan,Yohan,Brieuc,Mathéo",
	/* from 2006 */
	"Gabriel,Louis,Raphaël,Jules,Adam,Lucas,Léo,Hugo,Arthur,Nathan,Liam,"
	"Ethan,Paul,Tom,Sacha,Noah,Gabin,Nolan,Enzo,Maël,Mathis,Timéo,Aaron,"
	"Théo,Mohamed,Axel,Victor,Martin,Malo,Eden,Marius,Robin,Antoine,"
	"Baptiste,Noé,Rayan,Clément,Samuel,Maxime,Valentin,Evan,Yanis,Lenny,"
	"Augustin,Milo,Côme,Naël,Ewen,Elouan,Titouan,Marceau,Isaac,Ilan,"
	"Jean-Gabriel,Owen,Lubin,Loup,Soan",
};

static const char *const given_women[] = {
	/* before 1930 */
	"Marie,Jeanne,Marguerite,Madeleine,Germaine,Yvonne,Suzanne,Louise,"
	"Marcelle,Simone,Denise,Paulette,Lucienne,Andrée,Renée,Anne,Georgette,"
	"Raymonde,Odette,Alice,Henriette,Juliette,Thérèse,Berthe,Augustine,"
	"Lucie,Joséphine,Fernande,Angèle,Émilienne,Anna,Hélène,Yvette,"
	"Françoise,Blanche,Eugénie,Léontine,Gabrielle,Marie-Louise,Solange,"
	"Perrine,Mathurine,Julienne,Adèle,Rosalie,Ernestine,Clémence",
	/* 1930-1945 */
	"Marie,Jacqueline,Monique,Jeannine,Yvette,Denise,Paulette,Simone,"
	"Ginette,Odette,Colette,Huguette,Françoise,Nicole,Thérèse,Madeleine,"
	"Jeanne,Yvonne,Christiane,Josette,Renée,Pierrette,Claudine,Lucienne,"
	"Andrée,Gisèle,Suzanne,Annick,Raymonde,Marcelle,Marie-Thérèse,"
	"Michelle,Solange,Micheline,Georgette,Bernadette,Eliane,Arlette,"
	"Germaine,Geneviève,Anne-Marie,Marguerite,Anne,Juliette,Rolande,"
	"Marie-Claire,Hélène,Henriette,Lucette,Gilberte",
	/* 1946-1960 */
	"Marie,Françoise,Monique,Christine,Nicole,Catherine,Sylvie,Martine,"
	"Chantal,Jacqueline,Annie,Brigitte,Michèle,Danielle,Christiane,"
	"Dominique,Patricia,Josiane,Évelyne,Véronique,Marie-Claude,Anne,"
	"Bernadette,Béatrice,Élisabeth,Nadine,Geneviève,Colette,Annick,"
	"Marie-Christine,Jeannine,Claudine,Ghislaine,Jocelyne,Marie-Hélène,"
	"Liliane,Joëlle,Odile,Corinne,Pascale,Marie-France,Anne-Marie,"
	"Claude,Maryse,Maryvonne,Nelly,Marie-Pierre,Armelle,Yvette,Denise,"
	"Viviane,Agnès,Régine,Marie-Thérèse,Soizic",
	/* 1961-1975 */
	"Sylvie,Nathalie,Isabelle,Valérie,Christine,Véronique,Sandrine,"
	"Catherine,Corinne,Stéphanie,Laurence,Patricia,Karine,Céline,Florence,"
	"Virginie,Sophie,Anne,Pascale,Christelle,Béatrice,Delphine,Sandra,"
	"Carole,Cécile,Agnès,Brigitte,Claire,Fabienne,Marie,Muriel,Katia,"
	"Séverine,Magali,Caroline,Myriam,Estelle,Gaëlle,Nadège,Anne-Sophie,"
	"Marie-Laure,Gwenaëlle,Nolwenn,Élisabeth,Hélène,Sabrina,Frédérique,"
	"Rozenn,Solenn,Emmanuelle,Marie-Noëlle,Chrystelle,Barbara",
	/* 1976-1990 */
	"Aurélie,Émilie,Céline,Élodie,Julie,Stéphanie,Virginie,Laetitia,"
	"Marie,Audrey,Laura,Amandine,Mélanie,Caroline,Pauline,Sabrina,Sophie,"
	"Delphine,Marion,Jennifer,Emilie,Sarah,Jessica,Hélène,Anne-Laure,"
	"Charlotte,Mathilde,Vanessa,Claire,Camille,Gaëlle,Cécile,Angélique,"
	"Élise,Adeline,Morgane,Fanny,Marine,Alexandra,Elodie,Aline,Lucie,"
	"Perrine,Cindy,Alice,Nolwenn,Gwendoline,Bérengère,Magalie,Maëlle,"
	"Solène,Ludivine,Anne-Charlotte,Noémie,Maud",
	/* 1991-2005 */
	"Marie,Laura,Léa,Manon,Camille,Chloé,Pauline,Marine,Marion,Mathilde,"
	"Justine,Morgane,Océane,Lucie,Julie,Anaïs,Emma,Clara,Sarah,Margaux,"
	"Mélanie,Charlotte,Alice,Juliette,Clémence,Élise,Noémie,Amélie,"
	"Solène,Lisa,Ophélie,Laurine,Maëva,Eva,Inès,Jade,Louise,Coralie,"
	"Alexia,Audrey,Enora,Maëlle,Gwenn,Romane,Ambre,Lola,Mélissa,Anne-Lise,"
	"Agathe,Elsa,Zoé,Célia,Aurore,Cassandra,Estelle",
	/* from 2006 */
	"Emma,Louise,Jade,Alice,Chloé,Lina,Léa,Mila,Manon,Rose,Anna,Inès,"
	"Camille,Lola,Ambre,Léna,Zoé,Juliette,Julia,Lou,Sarah,Lucie,Mia,"
	"Jeanne,Romane,Agathe,Éva,Nina,Charlotte,Inaya,Léonie,Sofia,Margaux,"
	"Louna,Clara,Luna,Olivia,Victoire,Maëlys,Adèle,Capucine,Lise,Elena,"
	"Lilou,Anaïs,Margot,Alix,Clémence,Apolline,Héloïse,Maëlle,Maya,"
	"Lilwenn,Nolwenn,Yuna,Rozenn,Marie-Lou,Constance,Faustine",
};

static const char foreign_men[] =
	"Mohamed,Ahmed,Ali,Mustapha,Karim,Rachid,Youssef,Omar,Hassan,Ibrahim,"
	"Mamadou,Moussa,Abdoulaye,Samba,José,Manuel,António,Carlos,João,Luis,"
	"Mehmet,Mustafa,Emre,Murat,Andrei,Ion,Piotr,Marek,Giovanni,Marco,"
	"John,William,James,Wei,Minh,Van,Singh,Bilal,Yassine,Ayoub,Ismaël,"
	"El Hadj,Abdel Kader,Jean-Bosco,Nuno,Rui";

static const char foreign_women[] =
	"Fatima,Khadija,Aïcha,Zohra,Malika,Nadia,Samira,Yasmina,Leïla,Amina,"
	"Mariam,Aminata,Fatoumata,Awa,Maria,Ana,Rosa,Isabel,Lurdes,Conceição,"
	"Ayse,Fatma,Elif,Zeynep,Elena,Ioana,Anna,Agnieszka,Giulia,Francesca,"
	"Mary,Linda,Susan,Mei,Thi Lan,Linh,Priya,Sana,Salma,Imane,Hajar,"
	"Maria Fernanda,Fatima Zahra,Lalla,Nour,Inaya";

#endif
