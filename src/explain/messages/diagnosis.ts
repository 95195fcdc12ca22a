import type { Locale } from "../../base/words.js";
import { formatIn } from "../format.js";
import { nounsIn } from "./nouns.js";

interface Kind {
  readonly rooms: number;
  readonly persons: number;
  readonly district: string;
  readonly rent: number | null;
  readonly stepFree: boolean;
}

/** Sentences of a diagnosis, in one language. */
export interface DiagnosisMessages {
  readonly heading: (municipality: string) => string;
  readonly allPlaced: string;
  readonly unplaced: (household: string) => string;
  readonly infeasible: string;
  readonly feasibleIf: string;
  readonly bottlenecks: string;
  readonly noBottlenecks: string;
  readonly kind: (kind: Kind) => string;
  readonly gain: (given: { persons: number; evenness: "better" | "worse" | "same" | null }) => string;
  readonly quotas: string;
  readonly quota: (given: { quota: string; legalBasis: string; gain: string }) => string;
}

const daNumber = formatIn("da").number;
const enNumber = formatIn("en").number;
const [da1, en1] = [nounsIn("da"), nounsIn("en")];

const da: DiagnosisMessages = {
  heading: (municipality) => `Hvad der begrænser planen: ${municipality}`,
  allPlaced: "Alle husstande har fået foreslået en bolig.",
  unplaced: (household) => `Husstand ${household} har ingen bolig`,
  infeasible: "Ingen plan kan overholde det hele",
  feasibleIf: "Der findes en plan, hvis blot én af disse ændringer gennemføres. Det er efterprøvet ved at regne om:",
  bottlenecks: "Boliger, der ville gøre en forskel (hver er efterprøvet ved at regne planen om med én bolig mere)",
  noBottlenecks:
    "Ingen enkelt bolig mere af de slags, der er prøvet, ville give flere et hjem eller en mere jævn fordeling.",
  kind: ({ rooms, persons, district, rent, stepFree }) =>
    `Én bolig mere i ${district} med ${daNumber(rooms)} rum og plads til ${da1.persons(persons)}${rent === null ? "" : `, husleje højst ${da1.money(rent)} pr. måned`}${stepFree ? ", med trinfri adgang" : ""}`,
  gain: ({ persons, evenness }) => {
    if (persons > 0) return `${da1.persons(persons)} ${persons === 1 ? "mere" : "flere"} ville få et hjem.`;
    if (evenness === "better") return "lige så mange ville få et hjem, og fordelingen ville blive mere jævn.";
    return "det ville hverken give flere et hjem eller en mere jævn fordeling.";
  },
  quotas: "Hvad kvoterne koster (hver er ophævet for sig, og planen er regnet om)",
  quota: ({ quota, legalBasis, gain }) => `Uden kvote ${quota} (${legalBasis}): ${gain}`,
};

const en: DiagnosisMessages = {
  heading: (municipality) => `What limits the plan: ${municipality}`,
  allPlaced: "Every household has been proposed a home.",
  unplaced: (household) => `Household ${household} has no home`,
  infeasible: "No plan can keep everything",
  feasibleIf: "There is a plan if just one of these changes is made, as solving again has shown:",
  bottlenecks: "Dwellings that would make a difference (each shown by solving the plan again with one dwelling more)",
  noBottlenecks: "No single dwelling more of the kinds tried would house more or make the spread more even.",
  kind: ({ rooms, persons, district, rent, stepFree }) =>
    `One more dwelling in ${district} with ${enNumber(rooms)} ${rooms === 1 ? "room" : "rooms"}, for ${en1.persons(persons)}${rent === null ? "" : `, at a rent of at most ${en1.money(rent)} a month`}${stepFree ? ", step-free" : ""}`,
  gain: ({ persons, evenness }) => {
    if (persons > 0) return `${en1.counted(persons, "more person", "more persons")} would have a home.`;
    if (evenness === "better") return "as many would have a home, and the spread would be more even.";
    return "it would neither house more nor make the spread more even.";
  },
  quotas: "What the quotas cost (each lifted by itself, and the plan solved again)",
  quota: ({ quota, legalBasis, gain }) => `Without quota ${quota} (${legalBasis}): ${gain}`,
};

export const DIAGNOSIS_MESSAGES: Readonly<Record<Locale, DiagnosisMessages>> = { da, en };
