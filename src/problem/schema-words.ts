/** A field's title and description for editors. */
interface FieldWords {
  readonly title: string;
  readonly description: string;
}

const words = (title: string, description: string): FieldWords => ({ title, description });

/** By path, lists read through. Fields whose name and form say it all are left out. */
export const FIELD_WORDS: Readonly<Record<string, FieldWords>> = {
  format: words("Format", "Always evenstead/problem@1."),
  municipality: words("Municipality", "Whose dwellings these are."),
  "municipality.code": words("Code", "National code of the municipality, such as 450 for Nyborg."),
  "municipality.country": words(
    "Country",
    "ISO 3166-1, two capital letters; DK unless said. Locations are checked against it.",
  ),
  asOf: words("As of", "The day the problem describes, YYYY-MM-DD."),
  districts: words("Districts", "Areas that do not overlap and together are the municipality."),
  "districts.population": words(
    "Population",
    "Residents; what is spread in proportion to, unless the policy says otherwise.",
  ),
  "districts.settled": words(
    "Settled before",
    "What the programme has settled there before, per measure: persons, households, children, schoolChildren, ages:6-9, number:<name>.",
  ),
  "districts.location": words("Location", "[longitude, latitude] in degrees (WGS84, GeoJSON order)."),
  "districts.geometry": words("Geometry", "GeoJSON Polygon or MultiPolygon, for maps."),
  "districts.weights": words("Weights", "Further sizes to spread in proportion to, such as dwellings."),
  "districts.listing": words("Listing", "An authority's dated, published label for the area, with its paragraph."),
  zones: words("Zones", "Named sets of districts, such as school districts; the zones of one level do not overlap."),
  "zones.level": words("Level", "Name of the partition into zones, such as school."),
  services: words("Services", "Places that households travel to."),
  "services.kind": words("Kind", "Such as school, day-care, health, station."),
  dwellings: words("Dwellings", "Homes that one household each can live in."),
  "dwellings.district": words("District", "Id of the district it lies in."),
  "dwellings.rooms": words("Rooms", "Habitable rooms; kitchen, bath and hall do not count (BBR, enh031)."),
  "dwellings.areaM2": words("Area", "Square metres."),
  "dwellings.maxPersons": words("Most persons", "Persons it may take."),
  "dwellings.rent": words("Rent", "Per month, in the municipality's currency; null where it is not known."),
  "dwellings.municipalCost": words("Municipal cost", "Per month, beyond what the household pays."),
  "dwellings.stepFree": words("Step-free", "Reached and used without steps."),
  "dwellings.availableFrom": words("Available from", "First day, YYYY-MM-DD; null: already."),
  "dwellings.availableTo": words("Available to", "Last day, YYYY-MM-DD; null: for good."),
  "dwellings.count": words("Count", "So many identical homes are given as one entry."),
  "dwellings.provider": words("Provider", "Housing association or owner, by an id."),
  "dwellings.features": words("Features", "What it offers beyond the other fields, such as lift or adapted-bath."),
  "dwellings.listing": words("Listing", "Where the dwelling itself, not its whole district, lies in a listed area."),
  households: words(
    "Households",
    "Persons who must be housed together. Ids are pseudonyms; no names, no nationality, no diagnoses.",
  ),
  "households.members.age": words("Age", "Whole years; an age band may be given by its middle."),
  "households.handover": words(
    "Hand-over",
    "The day the municipality takes over, YYYY-MM-DD; a home must be ready by then.",
  ),
  "households.waitingSince": words("Waiting since", "YYYY-MM-DD; earlier goes first where all else is equal."),
  "households.regime": words("Regime", "ordinary (integration act) or ukraine."),
  "households.needs": words("Needs", "Requirements on the home, never their medical reason."),
  "households.needs.maxRent": words("Highest rent", "Per month."),
  "households.needs.features": words("Features", "What the dwelling must have."),
  "households.needs.near": words("Near", "A kind of service within a distance; required or wished."),
  "households.wishes.strength": words("Strength", "1 (mild) to 5 (strong)."),
  "households.priority": words("Priority", "1 is usual; higher goes first where not all can be housed."),
  "households.current": words("Current dwelling", "Id of the dwelling already proposed or decided."),
  "households.supportCodes": words("Support codes", "Opaque codes, such as a language circle; never a nationality."),
  "households.numbers": words("Numbers", "Numbers of one's own to spread or limit by, under a name."),
  links: words("Links", "Households to live together or apart in areas of a level."),
  "links.within.level": words("Level", "district, or a level of the zones."),
  quotas: words("Quotas", "Hard minima and maxima set by policy or law."),
  "quotas.scope": words("Scope", "A district, a zone, or {municipality: true}."),
  "quotas.counting": words("Counting", "arrivals counts this plan; cumulative adds what was settled before."),
  decisions: words("Decisions", "What a person has decided: a household in a dwelling (pin), or never there (forbid)."),
  "decisions.overrides": words(
    "Overrides",
    "Rules that this pin may break; what the law makes absolute needs legalBasis.",
  ),
  policy: words(
    "Policy",
    "Which rules hold, and in which order the aims come. What is not named is taken from the preset.",
  ),
  "policy.preset": words("Preset", "What fills in whatever is not named."),
  "policy.evenness": words("Evenness", "What is counted, in proportion to what, over which areas, by which method."),
  "policy.evenness.weight": words("Weight", "population, or a key of every district's weights."),
  "policy.evenness.key": words(
    "Key",
    "Shares by a key instead of weight: a preset's name, or a mix of population, settled and keys of every district's weights.",
  ),
  "policy.evenness.counting": words(
    "Counting",
    "cumulative counts what was settled before; batch looks at this plan alone.",
  ),
  "policy.evenness.method": words("Method", "The apportionment method or criterion that says what even means."),
  "policy.evenness.levels": words("Levels", "district or levels of the zones, coarsest first."),
  "policy.tiers": words("Tiers", "Aims in order: a later one never costs an earlier one more than its tolerance."),
  "policy.rules": words("Rules", "By id or short name: false (off), true (defaults) or parameters."),
  "policy.objectives": words("Objectives", "By id or tier name: true (defaults) or parameters."),
  "policy.draw": words("Draw", "How ties are broken; the seed is published."),
};
