import type { Locale } from "../../src/base/words.js";

/** What the script itself says; the reports have their own texts. */
export interface ScriptWords {
  readonly help: string;
  readonly written: string;
  readonly notWritten: (folder: string) => string;
  readonly checked: (facts: { households: number; dwellings: number; districts: number; folder: string }) => string;
  readonly faults: (count: number) => string;
  readonly working: (facts: { tier: string; value: string; bound: string; seconds: string }) => string;
}

const en: ScriptWords = {
  help: `Examples
  npm run example                                     the fictional Nyborg data, into output/nyborg
  npm run example -- --lang da                        the same in Danish
  npm run example -- --in my-town --out output/mine   your own folder of tables
  npm run example -- --in my-town --dry-run           only look for faults in the tables
  npm run example -- --json > plan.json               the plan as one JSON document

What it does
  Reads a folder of CSV, JSON and GeoJSON tables, proposes a home for every household, evenly over the
  districts, checks the proposal independently, prints it, and writes plan.json, districts.csv,
  placements.csv, plan.geojson and report.html. Everything stays on this computer.

Options
  --in FOLDER           tables to read (default: examples/nyborg/data)
  --out FOLDER          where to write (default: output/nyborg); a folder that is not empty and was not
                        written by this script is left alone
  --force               write there all the same; other files in it are kept
  --lang da|en          language of what is printed and written (default: en)
  --json                print the plan as JSON instead of text
  --quiet               print the headline alone
  --progress            tell on stderr how far it is, also where stderr is not a terminal
  --dry-run             read and check the tables, then stop
  --accept-unplaced     end with 0 also where some households have no home, as long as the plan keeps every
                        rule; "npm run example" is given this
  --time-limit SECONDS  stop then, with the best plan so far and how far from best it can be (default: 8)
  --seed TEXT           seed of the draw among equally good plans (default: the policy's)
  -h, --help            this text

Exit codes
  0 every household has a home    1 unexpected fault           2 wrong use
  3 faults in the tables          4 no plan keeps all rules    5 some households have no home
  6 no plan within the time       130 interrupted`,
  written: "Written:",
  notWritten: (folder) =>
    `${folder} is not empty and was not written by this script: nothing was written. Use --force, or --out with another folder.`,
  checked: ({ households, dwellings, districts, folder }) =>
    `${folder} has no faults: ${households} households, ${dwellings} dwellings (by their count), ${districts} districts. Nothing was written.`,
  faults: (count) => (count === 1 ? "The tables have 1 fault:" : `The tables have ${count} faults:`),
  working: ({ tier, value, bound, seconds }) => `${seconds} s  ${tier}: ${value} (bound ${bound})`,
};

const da: ScriptWords = {
  help: `Eksempler
  npm run example -- --lang da                        de opdigtede data for Nyborg, til output/nyborg
  npm run example -- --lang da --in min-by --out output/min    jeres egen mappe med tabeller
  npm run example -- --lang da --in min-by --dry-run  led kun efter fejl i tabellerne
  npm run example -- --json > plan.json               planen som ét JSON-dokument

Hvad det gør
  Læser en mappe med CSV-, JSON- og GeoJSON-tabeller, foreslår en bolig til hver husstand, jævnt fordelt på
  distrikterne, kontrollerer forslaget uafhængigt, skriver det ud og gemmer plan.json, districts.csv,
  placements.csv, plan.geojson og report.html. Alt bliver på denne computer.

Valg
  --in MAPPE            tabeller, der læses (ellers: examples/nyborg/data)
  --out MAPPE           hvor der skrives (ellers: output/nyborg); en mappe, der ikke er tom og ikke er skrevet af
                        dette program, røres ikke
  --force               skriv der alligevel; andre filer i mappen bevares
  --lang da|en          sprog (ellers: en)
  --json                udskriv planen som JSON i stedet for tekst
  --quiet               udskriv kun overskriften
  --progress            fortæl undervejs på stderr, også hvor stderr ikke er en terminal
  --dry-run             læs og kontrollér tabellerne, og stop så
  --accept-unplaced     slut med 0, også hvor nogle husstande ingen bolig har, når blot planen overholder alle
                        regler; "npm run example" får dette med
  --time-limit SEKUNDER stop da med den bedste plan indtil nu, og hvor langt den højst er fra den bedste (ellers: 8)
  --seed TEKST          frø til lodtrækningen mellem lige gode planer (ellers: politikkens)
  -h, --help            denne tekst

Afslutningskoder
  0 alle husstande har en bolig   1 uventet fejl               2 forkert brug
  3 fejl i tabellerne             4 ingen plan kan overholde alle regler
  5 nogle husstande har ingen bolig   6 ingen plan inden for tiden   130 afbrudt`,
  written: "Skrevet:",
  notWritten: (folder) =>
    `${folder} er ikke tom og er ikke skrevet af dette program: intet blev skrevet. Brug --force, eller --out med en anden mappe.`,
  checked: ({ households, dwellings, districts, folder }) =>
    `${folder} har ingen fejl: ${households} husstande, ${dwellings} boliger (efter antal), ${districts} distrikter. Intet blev skrevet.`,
  faults: (count) => (count === 1 ? "Tabellerne har 1 fejl:" : `Tabellerne har ${count} fejl:`),
  working: ({ tier, value, bound, seconds }) => `${seconds} s  ${tier}: ${value} (grænse ${bound})`,
};

export const WORDS: Readonly<Record<Locale, ScriptWords>> = { da, en };
