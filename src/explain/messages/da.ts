import { formatIn } from "../format.js";
import { LEGAL_DA } from "./legal-da.js";
import type { Messages, ToldChange } from "./messages.js";

const { number, date, and } = formatIn("da");

const counted = (value: number, one: string, many: string): string =>
  `${number(value)} ${Math.abs(value) === 1 ? one : many}`;
const dwellings = (value: number): string => counted(value, "bolig", "boliger");
const persons = (value: number): string => counted(value, "person", "personer");
const kroner = (value: number): string => `${number(value, 0)} kr.`;

const SERVICES: Readonly<Record<string, string>> = {
  school: "skole",
  "day-care": "dagtilbud",
  health: "læge",
  "language-school": "sprogskole",
  station: "station",
  grocery: "dagligvarebutik",
  library: "bibliotek",
  jobs: "arbejdspladser",
};
const service = (kind: string | number | undefined): string => SERVICES[String(kind)] ?? String(kind);

const LEVELS: Readonly<Record<string, string>> = {
  district: "distriktet",
  oldMunicipality: "den tidligere kommune",
  school: "skoledistriktet",
};
const MEASURES: Readonly<Record<string, string>> = {
  persons: "personer",
  households: "husstande",
  children: "børn",
  schoolChildren: "børn i skolealderen",
};

type Phrase = (amount: number, better: boolean) => string;
const CHANGES: Readonly<Record<string, Phrase>> = {
  placed: (n, better) => `${persons(n)} ${better ? "flere" : "færre"} får en bolig`,
  exceptions: (n, better) =>
    `${counted(n, "husstand", "husstande")} ${better ? "færre" : "mere"} placeres i et område, der kun må bruges, når der ikke er andre muligheder`,
  lateness: (n, better) =>
    `${counted(n, "dag", "dage")} ${better ? "kortere" : "længere"} ventetid efter overgangen til kommunen`,
  travel: (n, better) =>
    `${number(n)} personkilometer ${better ? "kortere" : "længere"} til skole, læge, sprogskole og andre hverdagssteder`,
  fit: (n, better) => `${number(n)} ${better ? "færre" : "flere"} rum ud over behovet`,
  cost: (n, better) => `${kroner(n)} ${better ? "mindre" : "mere"} om måneden i udgift for kommunen`,
  stability: (n, better) =>
    `${counted(n, "husstand", "husstande")} ${better ? "flere" : "færre"} beholder den bolig, de før har fået foreslået`,
  wishes: (n, better) => `${number(n)} ønskepoint ${better ? "mere" : "mindre"}`,
};

const change = ({ tier, title, unit, amount, effect, areas }: ToldChange): string => {
  const better = effect === "better";
  if (effect === "other") return `fordelingen på områderne bliver en anden (${areas.join("; ")})`;
  if (tier.startsWith("evenness"))
    return areas.length === 0
      ? `fordelingen mellem områderne bliver ${better ? "mere" : "mindre"} jævn`
      : `fordelingen mellem områderne bliver ${better ? "mere" : "mindre"} jævn (${areas.join("; ")})`;
  return CHANGES[tier]?.(amount, better) ?? `${title}: ${number(amount)} (${unit}) ${better ? "bedre" : "dårligere"}`;
};

/** With another dwelling ... : what is the first to be worse. */
const SETTLED: Readonly<Record<string, string>> = {
  placed: "ville færre personer få en bolig",
  exceptions: "ville flere blive placeret i et område, der kun må bruges, når der ikke er andre muligheder",
  lateness: "ville nogen komme til at vente længere på en bolig",
  evenness: "ville fordelingen mellem områderne blive mindre jævn",
  travel: "ville vejen til skole, læge og andre hverdagssteder samlet blive længere",
  fit: "ville flere store eller trinfri boliger gå til husstande, der ikke har brug for dem",
  cost: "ville kommunens udgift blive større",
  stability: "ville færre beholde den bolig, de før har fået foreslået",
  wishes: "ville færre ønsker blive opfyldt",
  priority: "ville husstande med høj prioritet få mindre",
};

const OWN: Readonly<Record<string, (value: number) => string>> = {
  placed: (n) => `husstanden tæller ${persons(n)}`,
  exceptions: (n) => (n > 0 ? "boligen ligger i et sådant område" : "boligen ligger ikke i et sådant område"),
  lateness: (n) => (n > 0 ? `boligen er ledig ${counted(n, "dag", "dage")} for sent` : "boligen er ledig i tide"),
  travel: (n) => `for husstanden i alt ${number(n)} personkilometer`,
  fit: (n) =>
    n > 0 ? `boligen har ${number(n)} rum mere end nødvendigt` : "boligen har ikke flere rum end nødvendigt",
  cost: (n) => (n > 0 ? `${kroner(n)} om måneden` : "ingen udgift for kommunen"),
  stability: (n) => (n > 0 ? "husstanden beholder sin bolig" : "husstanden havde ikke denne bolig før"),
  wishes: (n) => (n > 0 ? "boligen ligger i et ønsket distrikt" : "boligen ligger ikke i et ønsket distrikt"),
};

export const da: Messages = {
  heading: (household) => `Forslag til boligplacering: husstand ${household}`,
  placed: ({ dwelling, facts }) => `Det foreslås, at husstanden anvises bolig ${dwelling} (${facts}).`,
  unplaced: "Der kan på nuværende tidspunkt ikke foreslås en bolig til husstanden.",
  noPlan: "Der findes ingen plan, som overholder alle regler, kvoter og beslutninger, og derfor heller intet forslag.",
  pinned: ({ dwelling, by, reason }) =>
    `Husstanden er af ${by} fastholdt i bolig ${dwelling} med denne begrundelse: ”${reason}” Forslaget følger den beslutning.`,
  sections: {
    rules: "Regler",
    considerations: "Hovedhensyn",
    facts: "Faktiske oplysninger, der er lagt vægt på",
    alternatives: "Andre boliger, der er undersøgt",
    contrast: "Hvorfor ikke den anden bolig?",
    clash: "Hvad der står i vejen",
    relaxations: "Hvad der skal til",
    open: "Det, der mangler at blive afgjort",
  },
  dwellingsAtAll: (count) =>
    `Der er ${dwellings(count)} på listen med mindst ét ledigt hjem. Reglerne er brugt i denne rækkefølge:`,
  step: ({ title, basis, ruledOut, left, absolute, example }) => {
    const why = example === null ? "" : ` For eksempel bolig ${example.dwelling}: ${example.sentence}`;
    const law = absolute ? "; kan ikke fraviges uden hjemmel" : "";
    return `${title} (${basis}${law}): udelukker ${dwellings(ruledOut)}; ${number(left)} er tilbage.${why}`;
  },
  silentRules: (titles) => `Disse regler er også prøvet og udelukker ingen af dem: ${titles}.`,
  left: ({ count, placed }) => {
    if (count === 0) return "Ingen bolig er tilbage.";
    if (count === 1 && placed) return "Kun den foreslåede bolig er tilbage, og der var derfor intet at vælge imellem.";
    return placed
      ? `Efter reglerne er der ${dwellings(count)} at vælge imellem, den foreslåede medregnet.`
      : `Efter reglerne kunne ${dwellings(count)} bruges af husstanden, hvis ingen andre havde brug for dem.`;
  },
  aims: ({ others, proven }) =>
    `${others === 1 ? "Valget mellem de to" : `Valget mellem dem`} følger disse hensyn i den rækkefølge, de står, sådan at et senere hensyn aldrig går forud for et tidligere.${
      proven
        ? ` Det er bevist, at ingen plan, hvor husstanden får ${others === 1 ? "den anden bolig" : `en af de ${number(others)} andre boliger`}, er bedre efter disse hensyn.`
        : " Det er ikke bevist, at planen er den bedst mulige."
    }`,
  aim: ({ tier, title, solved, estimated, own, basis }) => {
    const what = SETTLED[tier.split("/")[0] ?? tier] ?? "ville resultatet blive dårligere";
    const shown = solved === "" ? "" : ` Med bolig ${solved} ${what}.`;
    const guessed =
      estimated === 0
        ? ""
        : solved === ""
          ? ` Efter et overslag ${what} med ${number(estimated)} af de andre boliger.`
          : ` Efter et overslag gælder det også ${dwellings(estimated)} til.`;
    const mine = own === null ? "" : ` Den foreslåede bolig: ${own}.`;
    return `${title} (${basis}).${shown}${guessed}${mine}`;
  },
  silentAims: (titles) => `Disse hensyn er også undersøgt, men afgjorde ikke noget her: ${titles}.`,
  asGood: (list) => `En lige så god samlet plan findes med bolig ${list}.`,
  notReached: (count) =>
    `For ${dwellings(count)} blev der ikke fundet en plan ved at flytte nogle få andre; de er ikke undersøgt nærmere.`,
  draw: ({ by, household, equals, order, seed }) => {
    const how = {
      priority: "Den med højest prioritet går forud.",
      waiting: "Den, der har ventet længst, går forud.",
      number: `Rækkefølgen er afgjort ved lodtrækning. Enhver kan gentage den: SHA-256 af frøet ”${seed}”, et linjeskift og husstandens id; det laveste tal går forud.`,
    }[by];
    return `Husstand ${household} står efter alle regler og hensyn lige med ${equals}, men de kan ikke få det samme. ${how} Rækkefølge: ${order}.`;
  },
  about: { household: "Husstanden", dwelling: "Boligen", district: "Området:" },
  fact: {
    persons: (v) => persons(Number(v.persons)),
    "min-rooms": (v) => `har brug for mindst ${number(Number(v.rooms))} rum`,
    "max-rent": (v) => `kan betale højst ${kroner(Number(v.rent))} i husleje pr. måned`,
    "step-free-needed": () => "har brug for trinfri adgang",
    "features-needed": (v) => `har brug for: ${v.features}`,
    "near-needed": (v) => `skal bo højst ${number(Number(v.withinKm))} km fra ${service(v.kind)}`,
    "near-wished": (v) => `bør bo tæt på ${service(v.kind)} (gerne inden for ${number(Number(v.withinKm))} km)`,
    travellers: (v) =>
      `heraf regnes med til steder i hverdagen: ${and(Object.entries(v).map(([kind, members]) => `${number(Number(members))} til ${service(kind)}`))}`,
    handover: (v) => `overgår til kommunen den ${date(String(v.date))}`,
    "regime-ukraine": () => "er omfattet af særloven om fordrevne fra Ukraine",
    "waiting-since": (v) => `har ventet siden den ${date(String(v.date))}`,
    wish: (v) => `ønsker at bo i ${v.district} (styrke ${v.strength} af 5)`,
    "current-home": (v) => `har før fået foreslået bolig ${v.dwelling}`,
    district: (v) => `i ${v.district}`,
    rooms: (v) => `${number(Number(v.rooms))} rum`,
    "room-for": (v) => `plads til ${persons(Number(v.persons))}`,
    area: (v) => `${number(Number(v.area))} m²`,
    rent: (v) => `husleje ${kroner(Number(v.rent))} pr. måned`,
    "rent-unknown": () => "huslejen er ikke oplyst",
    "step-free": () => "trinfri adgang",
    "not-step-free": () => "ikke trinfri adgang",
    features: (v) => `har af det nødvendige: ${v.features}`,
    "available-from": (v) => `ledig fra den ${date(String(v.date))}`,
    "available-to": (v) => `ledig til den ${date(String(v.date))}`,
    distance: (v) => `${number(Number(v.km))} km i luftlinje til ${service(v.kind)}`,
    "municipal-cost": (v) => `koster kommunen ${kroner(Number(v.cost))} om måneden`,
    listed: (v) => `ligger i et område på listen (${v.legalBasis})`,
    "district-load": (v) =>
      `${LEVELS[String(v.level)] ?? v.level} ${v.area}: ${number(Number(v.before))} ${MEASURES[String(v.measure)] ?? v.measure} bosat før, målet for denne plan er ${number(Number(v.target))}, planen placerer ${number(Number(v.placed))}`,
  },
  noOtherFacts: "Andre oplysninger om husstanden er ikke brugt.",
  alternativesIntro: (count) =>
    count === 1
      ? "Planen er regnet om med en anden bolig til husstanden:"
      : `Planen er regnet om med hver af ${number(count)} andre boliger til husstanden:`,
  noAlternatives:
    "Der er ingen anden bolig, som kan gives husstanden, uden at en ufravigelig regel eller en anden beslutning brydes.",
  alternative: ({ dwelling, facts, exact, own, everyone, movers, losers, overrides }) =>
    [
      `Bolig ${dwelling} (${facts}).`,
      overrides.length === 0 ? "" : `Den kræver, at en sagsbehandler ser bort fra dette: ${overrides.join(" ")}`,
      own.length === 0
        ? "For husstanden selv gør den ingen forskel på de hensyn, der er målt."
        : `For husstanden selv: ${own.join("; ")}.`,
      everyone.length === 0
        ? "For alle andre tilsammen er planen lige så god."
        : `For alle andre tilsammen: ${everyone.join("; ")}.`,
      movers === 0
        ? "Ingen andre får en anden bolig."
        : `${counted(movers, "anden husstand", "andre husstande")} får en anden bolig.`,
      losers === 0 ? "" : `${counted(losers, "af dem mister sin bolig", "af dem mister deres bolig")}.`,
      exact ? "" : "Det er ikke bevist, at der ikke findes en billigere plan med denne bolig.",
    ]
      .filter((part) => part !== "")
      .join(" "),
  proposedItself: (dwelling) => `Bolig ${dwelling} er den, der foreslås.`,
  barred: ({ dwelling, sentences, absolute }) =>
    `Bolig ${dwelling} er udelukket: ${sentences.join(" ")}${absolute ? " Loven giver ikke kommunen adgang til at se bort fra det uden særskilt hjemmel." : ""}`,
  impossible: ({ dwelling, members }) =>
    `Ingen plan kan give husstanden bolig ${dwelling}. Det strider mod: ${members}.`,
  clash: ({ kind, members, households, minimal, nearest }) => {
    if (kind === "households")
      return `Der er boliger, som passer, men alle er brugt til andre. Fik husstanden en af dem, ville ${households} være uden bolig, og færre personer i alt ville få et hjem.`;
    if (kind === "rules")
      return `Alene på grund af dette er ingen bolig mulig: ${members}.${nearest === null ? "" : ` Nærmest er bolig ${nearest.dwelling}: ${nearest.sentences.join(" ")}`}`;
    return minimal
      ? `Disse kan ikke alle overholdes på én gang; uden en hvilken som helst af dem kan resten: ${members}.`
      : `Disse kan ikke alle overholdes på én gang: ${members}.`;
  },
  clashMember: ({ rule, title, subject }) => {
    if (rule === "household") return `husstand ${subject} skal have en bolig`;
    if (rule === "pin") return `husstand ${subject} er fastholdt i en bestemt bolig`;
    if (rule === "quota") return `kvote ${subject}`;
    return `”${title}”`;
  },
  relaxationsIntro: (count) =>
    count === 1
      ? "Denne ændring ville give husstanden en bolig. Det er efterprøvet ved at regne planen om:"
      : "Hver af disse ændringer ville alene give husstanden en bolig. Det er efterprøvet ved at regne planen om:",
  noRelaxations: "Ingen enkelt ændring, som er undersøgt, ville give husstanden en bolig.",
  relaxation: {
    override: ({ dwelling, sentences }) =>
      `En sagsbehandler beslutter at anvise bolig ${dwelling}, selv om: ${sentences.join(" ")}`,
    quota: ({ quota, max, min }) =>
      max === null
        ? `Kvote ${quota} ophæves eller sænkes til mindst ${number(min ?? 0)}.`
        : `Kvote ${quota} hæves til højst ${number(max)}.`,
    unpin: (household) => `Husstand ${household} fastholdes ikke længere i sin bolig.`,
    allow: (dwelling) => `Bolig ${dwelling} er ikke længere udelukket for husstanden.`,
    unlink: (households) => `Husstandene ${households} bindes ikke længere til hinanden.`,
    switchOff: (rule) => `Reglen ”${rule}” slås fra for alle.`,
    add: ({ rooms, persons: size, district, rent, stepFree }) =>
      `Kommunen skaffer én bolig mere i ${district}: ${number(rooms)} rum, plads til ${persons(size)}${rent === null ? "" : `, husleje højst ${kroner(rent)} pr. måned`}${stepFree ? ", trinfri adgang" : ""}.`,
  },
  housedIn: ({ dwelling, pays, losers }) =>
    [
      `Husstanden får da bolig ${dwelling}.`,
      losers === "" ? "" : `Husstand ${losers} mister sin bolig.`,
      pays.length === 0 ? "" : `I den samlede plan: ${pays.join("; ")}.`,
    ]
      .filter((part) => part !== "")
      .join(" "),
  change,
  own: ({ tier, value, unit }) => OWN[tier]?.(value) ?? `${number(value)} (${unit})`,
  area: ({ area, before, after, target }) =>
    `${area}: ${number(after)} i stedet for ${number(before)}, målet er ${number(target)}`,
  level: (level) => LEVELS[level] ?? level,
  amount: ({ value, unit }) => `${number(value)} ${unit}`,
  legal: (text) => LEGAL_DA[text] ?? text,
  open: [
    "Er oplysningerne ovenfor rigtige og tilstrækkelige (officialprincippet)?",
    "Er husstanden hørt over det, der taler imod den (forvaltningsloven § 19), og hvad har den svaret?",
    "Er der forhold hos husstanden, som planen ikke kender, og som bør føre til et andet resultat?",
    "Afgørelsen træffes af en medarbejder i kommunen og forsynes med klagevejledning (forvaltningsloven § 25).",
  ],
  proposalOnly: "Dette er et forslag, som er beregnet. Intet er afgjort, før en medarbejder har afgjort det.",
};
