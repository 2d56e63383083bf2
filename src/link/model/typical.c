#include "link/model/typical.h"

const struct model_class TYPICAL_SAME = {{
	[LEVELS_NIR] = {.80, .06, .04, .01, .005, .025, .055, .005},
	[LEVELS_DATE] = {.95, .03, .008, .002, .008, .002},
	[LEVELS_GIVEN] = {.86, .03, .01, .05, .015, .005, .02, .01},
	[LEVELS_SEX] = {.99, .01},
	[LEVELS_FAMILY] = {.10, .78, .01, .05, .015, .015, .03},
	[LEVELS_STREET] = {.80, .08, .03, .01, .08},
	[LEVELS_MOVE] = {.40, .10, .50},
	[LEVELS_PLACE] = {.85, .07, .08},
	[LEVELS_PHONE] = {.55, .25, .02, .18},
	[LEVELS_PHONE_MOVED] = {.40, .10, .01, .49},
	[LEVELS_EMAIL] = {.85, .05, .02, .08},
	[LEVELS_OTHER] = {.85, .07, .01, .07},
}};

const struct model_class TYPICAL_HOUSE = {{
	[LEVELS_NIR] = {1e-5, .03, .12, .20, 1e-4, 1e-4, .30, .34979},
	[LEVELS_DATE] = {.02, 1e-3, 6e-3, .02, .95, 3e-3},
	[LEVELS_GIVEN] = {.015, .005, .01, .005, .03, 1e-5, .43499, .5},
	[LEVELS_SEX] = {.45, .55},
	[LEVELS_FAMILY] = {.05, .65, .08, .03, .04, .02, .13},
	[LEVELS_STREET] = {.80, .08, .03, .01, .08},
	[LEVELS_MOVE] = {.40, .10, .50},
	[LEVELS_PLACE] = {.85, .07, .08},
	[LEVELS_PHONE] = {.35, .10, .02, .53},
	[LEVELS_PHONE_MOVED] = {.10, .02, .01, .87},
	[LEVELS_EMAIL] = {.30, .02, .03, .65},
	[LEVELS_OTHER] = {1e-4, 1e-3, 1e-3, .9979},
}};

const struct model_class TYPICAL_CHANCE = {{
	[LEVELS_NIR] = {1e-7, 1e-7, 1e-7, 1e-7, 1e-6, 1e-3, .34899, .65},
	[LEVELS_DATE] = {4e-5, 8e-4, 6e-3, .012, .98, 1e-3},
	[LEVELS_GIVEN] = {.005, .004, .01, .005, .03, 1e-6, .44599, .5},
	[LEVELS_SEX] = {.5, .5},
	[LEVELS_FAMILY] = {1e-6, .001, 1e-4, .001, .002, .01, .9859},
	[LEVELS_STREET] = {1e-6, 1e-5, 1e-3, 1e-4, .9989},
	[LEVELS_MOVE] = {.02, .01, .97},
	[LEVELS_PLACE] = {.02, .01, .97},
	[LEVELS_PHONE] = {1e-6, 1e-8, 1e-4, .9999},
	[LEVELS_PHONE_MOVED] = {1e-6, 1e-8, 1e-4, .9999},
	[LEVELS_EMAIL] = {1e-6, 1e-5, 1e-3, .999},
	[LEVELS_OTHER] = {1e-6, 1e-4, 1e-4, .9998},
}};
