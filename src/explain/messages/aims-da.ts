import { formatIn } from "../format.js";
import type { ToldChange } from "./messages.js";
import { nounsIn } from "./nouns.js";

const { number } = formatIn("da");
const { counted, persons, money } = nounsIn("da");

export const LEVELS: Readonly<Record<string, string>> = {
  district: "distriktet",
  oldMunicipality: "den tidligere kommune",
  school: "skoledistriktet",
};
/** After "Jævn fordeling". */
export const BETWEEN: Readonly<Record<string, string>> = {
  district: "mellem distrikterne",
  oldMunicipality: "mellem de tidligere kommuner",
  school: "mellem skoledistrikterne",
};
type Phrase = (amount: number, better: boolean) => string;
/** By how much an aim is better or worse, in words. */
export const CHANGES: Readonly<Record<string, Phrase>> = {
  placed: (n, better) => `${persons(n)} ${better ? (n === 1 ? "mere" : "flere") : "færre"} får en bolig`,
  exceptions: (n, better) =>
    `${counted(n, "husstand", "husstande")} ${better ? (n === 1 ? "mindre" : "færre") : n === 1 ? "mere" : "flere"} placeres i et område, der kun må bruges, når der ikke er andre muligheder`,
  lateness: (n, better) =>
    `${counted(n, "dag", "dage")} ${better ? "kortere" : "længere"} ventetid efter overgangen til kommunen`,
  travel: (n, better) =>
    `${number(n)} km ${better ? "kortere" : "længere"} til skole, læge, sprogskole og andre hverdagssteder (lagt sammen for alle, der skal dertil)`,
  fit: (n, better) =>
    `${number(n)} overskydende rum ${better ? (n === 1 ? "mindre" : "færre") : n === 1 ? "mere" : "flere"} (trinfri adgang, der ikke er brug for, regnes med)`,
  cost: (n, better) => `${money(n)} ${better ? "mindre" : "mere"} om måneden i udgift for kommunen`,
  stability: (n, better) =>
    `${counted(n, "husstand", "husstande")} ${better ? (n === 1 ? "mere" : "flere") : n === 1 ? "mindre" : "færre"} beholder den bolig, de før har fået foreslået`,
  priority: (n, better) =>
    `${counted(n, "person", "personer")} ${better ? (n === 1 ? "mere" : "flere") : "færre"} med bolig, når hver tælles efter husstandens prioritet`,
  local: (n, better) =>
    `${counted(n, "husstand", "husstande")} ${better ? (n === 1 ? "mindre" : "færre") : n === 1 ? "mere" : "flere"} over grænsen for, hvor mange der bør bo samme sted`,
  notAlone: (n, better) =>
    `${counted(n, "husstand", "husstande")} ${better ? (n === 1 ? "mindre" : "færre") : n === 1 ? "mere" : "flere"} savnes som selskab i nærheden`,
  wishes: (n, better) => `${number(n)} ønskepoint ${better ? "mere" : "mindre"}`,
};

/** What an aim gains or pays, as a part of a list. */
export const change = ({ tier, title, unit, amount, effect, areas }: ToldChange): string => {
  const better = effect === "better";
  if (effect === "other") return `fordelingen på områderne ændres (${areas.join("; ")})`;
  if (tier.startsWith("evenness"))
    return areas.length === 0
      ? `fordelingen mellem områderne bliver ${better ? "mere" : "mindre"} jævn`
      : `fordelingen mellem områderne bliver ${better ? "mere" : "mindre"} jævn (${areas.join("; ")})`;
  return CHANGES[tier]?.(amount, better) ?? `${title}: ${number(amount)} (${unit}) ${better ? "bedre" : "dårligere"}`;
};

/** With another dwelling ... : what is the first to be worse. */
export const SETTLED: Readonly<Record<string, string>> = {
  placed: "ville færre personer få en bolig",
  exceptions: "ville flere blive placeret i et område, der kun må bruges, når der ikke er andre muligheder",
  lateness: "ville nogen komme til at vente længere på en bolig",
  evenness: "ville fordelingen mellem områderne blive mindre jævn",
  travel: "ville vejen til skole, læge og andre hverdagssteder samlet blive længere",
  fit: "ville flere store eller trinfri boliger gå til husstande, der ikke har brug for dem",
  cost: "ville kommunens udgift blive større",
  stability: "ville færre beholde den bolig, de før har fået foreslået",
  wishes: "ville færre ønsker blive opfyldt",
  local: "ville flere bo samme sted, end grænsen siger",
  notAlone: "ville nogen mangle andre husstande i nærheden",
  priority: "ville husstande med høj prioritet få mindre",
};

/** The proposed dwelling ... */
export const OWN: Readonly<Record<string, (value: number) => string>> = {
  exceptions: (n) => (n > 0 ? "ligger i et sådant område" : "ligger ikke i et sådant område"),
  lateness: (n) => (n > 0 ? `er ledig ${counted(n, "dag", "dage")} for sent` : "er ledig i tide"),
  travel: (n) => `giver i alt ${number(n)} km, lagt sammen for dem i husstanden, der skal til disse steder`,
  fit: (n) => (n > 0 ? "er noget større eller mere tilgængelig end nødvendigt" : "er ikke større end nødvendigt"),
  cost: (n) => (n > 0 ? `koster kommunen ${money(n)} om måneden` : "koster ikke kommunen noget"),
  stability: (n) => (n > 0 ? "er den samme som før" : "er en anden end før"),
  wishes: (n) => (n > 0 ? "ligger i et distrikt, husstanden ønsker" : "ligger ikke i et distrikt, husstanden ønsker"),
};
