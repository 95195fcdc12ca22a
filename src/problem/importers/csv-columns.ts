import type { PartList } from "./importer.js";

/** How a cell is written. Lists are separated by `;`, `|` or `,`; near is kind:km[:required], wishes are district:strength. */
export type CellForm =
  | "text"
  | "number"
  | "coordinate"
  | "yesNo"
  | "date"
  | "list"
  | "ages"
  | "near"
  | "wishes"
  | "measure"
  | "municipality";

export interface Column {
  /** Documented header. */
  readonly header: string;
  /** Where the value goes in the entry. */
  readonly field: readonly (string | number)[];
  readonly form: CellForm;
  readonly required: boolean;
  /** Other headers, in Danish mostly; case, blanks and signs do not matter. */
  readonly aliases: readonly string[];
}

const column = (
  header: string,
  form: CellForm,
  aliases: readonly string[] = [],
  field: readonly (string | number)[] = [header],
): Column => ({
  header,
  field,
  form,
  aliases,
  required: false,
});

const required = (one: Column): Column => ({ ...one, required: true });

const ID = required(column("id", "text", ["nr", "nummer", "løbenummer"]));
const NAME = column("name", "text", ["navn"]);
const LON = column("lon", "coordinate", ["longitude", "længdegrad", "x"], ["location", 0]);
const LAT = column("lat", "coordinate", ["latitude", "breddegrad", "y"], ["location", 1]);
const DISTRICT = column("district", "text", ["distrikt", "område", "sogn", "bydel"]);
const LEGAL_BASIS = column("legalBasis", "text", ["hjemmel", "lovgrundlag"]);
const LISTING: readonly Column[] = [
  column("listingCategory", "text", ["listekategori"], ["listing", "category"]),
  column("listingLegalBasis", "text", ["listehjemmel"], ["listing", "legalBasis"]),
  column("listingValidFrom", "date", ["listegyldigfra"], ["listing", "validFrom"]),
  column("listingValidTo", "date", ["listegyldigtil"], ["listing", "validTo"]),
];

/** Every table and its columns: the headers that planners may write. Columns whose header begins with # are notes and not read. */
export const TABLES: Readonly<Record<PartList, readonly Column[]>> = {
  districts: [
    ID,
    NAME,
    required(column("population", "number", ["indbyggere", "befolkning", "folketal"])),
    LON,
    LAT,
    ...LISTING,
  ],
  zones: [
    ID,
    NAME,
    required(column("level", "text", ["niveau"])),
    required(column("districts", "list", ["distrikter", "områder", "sogne"])),
  ],
  services: [ID, required(column("kind", "text", ["type", "art"])), NAME, required(LON), required(LAT)],
  dwellings: [
    ID,
    required(DISTRICT),
    LON,
    LAT,
    required(column("rooms", "number", ["rum", "værelser", "antal værelser", "antal rum"])),
    column("areaM2", "number", ["areal", "areal m2", "boligareal", "m2", "kvm"]),
    required(column("maxPersons", "number", ["max personer", "maks personer", "højst personer", "personer"])),
    column("rent", "number", ["husleje", "leje", "månedlig leje"]),
    column("municipalCost", "number", ["kommunal udgift", "udgift"]),
    column("stepFree", "yesNo", ["trinfri", "niveaufri", "handicapvenlig"]),
    column("availableFrom", "date", ["ledig fra", "ledig"]),
    column("availableTo", "date", ["ledig til"]),
    column("tenure", "text", ["boligtype", "varighed"]),
    column("count", "number", ["antal", "antal boliger"]),
    column("provider", "text", ["boligforening", "boligorganisation", "udlejer", "ejer"]),
    column("estate", "text", ["afdeling", "bebyggelse"]),
    column("building", "text", ["bygning"]),
    column("stairwell", "text", ["opgang"]),
    column("street", "text", ["vej", "gade"]),
    column("features", "list", ["egenskaber", "faciliteter"]),
    ...LISTING,
  ],
  households: [
    ID,
    required(column("ages", "ages", ["aldre", "alder"], ["members"])),
    column("handover", "date", ["overtagelse", "overgivelse", "overdragelse"]),
    column("waitingSince", "date", ["venter siden", "ventet siden"]),
    column("regime", "text", ["ordning", "lov"]),
    column("minRooms", "number", ["min rum", "mindst rum", "mindst værelser"], ["needs", "minRooms"]),
    column("maxRent", "number", ["max husleje", "maks husleje", "højst husleje"], ["needs", "maxRent"]),
    column("stepFree", "yesNo", ["trinfri", "niveaufri"], ["needs", "stepFree"]),
    column("features", "list", ["egenskaber", "behov"], ["needs", "features"]),
    column("near", "near", ["nær", "tæt på"], ["needs", "near"]),
    column("wishes", "wishes", ["ønsker"]),
    column("priority", "number", ["prioritet"]),
    column("current", "text", ["nuværende", "nuværende bolig"]),
    column("supportCodes", "list", ["støttekoder"]),
  ],
  links: [
    required(column("kind", "text", ["type", "art"])),
    required(column("households", "list", ["husstande"])),
    column("level", "text", ["niveau"], ["within", "level"]),
  ],
  quotas: [
    ID,
    column("district", "text", ["distrikt", "område", "sogn"], ["scope", "district"]),
    column("zone", "text", [], ["scope", "zone"]),
    column("municipality", "municipality", ["kommune", "hele kommunen"], ["scope", "municipality"]),
    column("measure", "measure", ["mål", "tæller"]),
    column("counting", "text", ["tælling"]),
    column("min", "number", ["mindst"]),
    column("max", "number", ["højst", "maks"]),
    required(LEGAL_BASIS),
  ],
  decisions: [
    required(column("kind", "text", ["type", "art"])),
    required(column("household", "text", ["husstand"])),
    required(column("dwelling", "text", ["bolig"])),
    required(column("by", "text", ["af", "sagsbehandler"])),
    required(column("reason", "text", ["begrundelse", "årsag"])),
    column("overrides", "list", ["tilsidesætter"]),
    LEGAL_BASIS,
  ],
};

/** Columns such as `settled:persons` and `weight:dwellings`: a number under a name of one's own. */
export const NAMED_COLUMNS: readonly {
  readonly table: PartList;
  readonly prefixes: readonly string[];
  readonly field: string;
}[] = [
  { table: "districts", prefixes: ["settled", "bosat"], field: "settled" },
  { table: "districts", prefixes: ["weight", "vægt"], field: "weights" },
  { table: "households", prefixes: ["number", "tal"], field: "numbers" },
];
