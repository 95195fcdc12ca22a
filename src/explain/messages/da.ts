import { formatIn, quoted } from "../format.js";
import { BETWEEN, change, LEVELS, OWN, SETTLED } from "./aims-da.js";
import { LEGAL_DA } from "./legal-da.js";
import type { Messages } from "./messages.js";
import { nounsIn } from "./nouns.js";

const { number, date, and } = formatIn("da");

const { counted, persons, money, measured, service } = nounsIn("da");
const dwellings = (value: number): string => counted(value, "bolig", "boliger");

export const da: Messages = {
  heading: (household) => `Forslag til boligplacering: husstand ${household}`,
  placed: ({ dwelling, facts }) => `Det foreslås, at husstanden anvises bolig ${dwelling} (${facts}).`,
  unplaced: "Der kan på nuværende tidspunkt ikke foreslås en bolig til husstanden.",
  noPlan: "Der findes ingen plan, som overholder alle regler, kvoter og beslutninger, og derfor heller intet forslag.",
  pinned: ({ dwelling, by, reason }) =>
    `Husstanden er af ${by} fastholdt i bolig ${dwelling} med denne begrundelse: ”${quoted(reason)}”. Forslaget følger den beslutning.`,
  setAside: ({ sentences, legalBasis }) =>
    `Den beslutning ser bort fra dette: ${sentences.join(" ")}${legalBasis === null ? "" : ` Hjemmel: ${quoted(legalBasis)}.`} Uden beslutningen var boligen udelukket.`,
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
  dwellingsAtAll: ({ dwellings: count, homes }) => {
    const alike = homes === count ? "" : ` (${number(homes)}, når ens boliger med samme nummer tælles hver for sig)`;
    return `Der er ${counted(count, "ledig bolig", "ledige boliger")} på listen${alike}. Reglerne er brugt i denne rækkefølge:`;
  },
  step: ({ title, basis, ruledOut, left, absolute, example }) => {
    const why = example === null ? "" : ` For eksempel bolig ${example.dwelling}: ${example.sentence}`;
    const law = absolute ? "; kan ikke fraviges uden hjemmel" : "";
    return `${title} (${basis}${law}): udelukker ${dwellings(ruledOut)}; ${left === 0 ? "ingen" : number(left)} er tilbage.${why}`;
  },
  silentRules: (titles) => `Disse regler er også prøvet og udelukker ingen af dem: ${titles}.`,
  left: ({ count, placed }) => {
    if (count === 0) return "Ingen bolig er tilbage.";
    if (count === 1 && placed) return "Kun den foreslåede bolig er tilbage, og der var derfor intet at vælge imellem.";
    return placed
      ? `Efter reglerne er der ${dwellings(count)} at vælge imellem, den foreslåede medregnet.`
      : `Efter reglerne kunne ${dwellings(count)} bruges af husstanden, hvis ingen andre havde brug for ${count === 1 ? "den" : "dem"}.`;
  },
  aims: ({ others, placed, proven }) => {
    const among = placed
      ? others === 1
        ? "Valget mellem de to følger"
        : "Valget mellem dem følger"
      : "Boligerne er fordelt mellem husstandene efter";
    const theirs = placed
      ? others === 1
        ? "den anden bolig"
        : `en af de ${number(others)} andre boliger`
      : others === 1
        ? "den bolig"
        : `en af de ${number(others)} boliger`;
    return `${among} disse hensyn i den rækkefølge, de står, sådan at et senere hensyn aldrig går forud for et tidligere.${
      proven
        ? ` Det er bevist, at ingen plan, hvor husstanden får ${theirs}, er bedre efter disse hensyn.`
        : " Det er ikke bevist, at planen er den bedst mulige."
    }`;
  },
  aim: ({ tier, title, solved, estimated, others, own, basis }) => {
    const what = SETTLED[tier.split("/")[0] ?? tier] ?? "ville resultatet blive dårligere";
    const shown = solved === "" ? "" : ` Fik husstanden bolig ${solved}, ${what}.`;
    const which = estimated === "" ? `en af ${number(others)} andre boliger` : `bolig ${estimated}`;
    const guessed =
      others === 0
        ? ""
        : solved === ""
          ? ` Fik husstanden ${which}, ${what} (efter et overslag).`
          : ` Efter et overslag gælder det også ${which}.`;
    const mine = own === null ? "" : ` Den foreslåede bolig ${own}.`;
    return `${title} (${basis}).${shown}${guessed}${mine}`;
  },
  silentAims: (titles) => `Disse hensyn er også undersøgt, men afgjorde ikke noget her: ${titles}.`,
  asGood: (list) =>
    `En lige så god samlet plan findes med bolig ${list}. Intet hensyn skiller dem ad: beregningen vælger det samme hver gang, og en sagsbehandler kan vælge en anden af dem, uden at planen bliver ringere.`,
  betterFound: (list) =>
    `Med bolig ${list} er der fundet en bedre plan. Planen er altså ikke den bedste, og den bør regnes om med længere tid.`,
  notReached: (count) =>
    `For ${dwellings(count)} blev der ikke fundet en plan ved at flytte nogle få andre; ${count === 1 ? "den er" : "de er"} ikke undersøgt nærmere.`,
  draw: ({ by, household, equals, order, seed }) => {
    const how = {
      priority: "Den med højest prioritet går forud.",
      waiting: "Den, der har ventet længst, går forud.",
      number: `Rækkefølgen er afgjort ved lodtrækning. Enhver kan gentage den: SHA-256 af frøet ”${seed}”, et linjeskift og husstandens id; det laveste tal går forud.`,
    }[by];
    return `Husstand ${household} står efter alle regler og hensyn lige med ${equals}, men de kan ikke alle få det samme. ${how} I den rækkefølge får ${order}.`;
  },
  drawn: ({ household, dwelling, number: drawn }) =>
    `${household}${drawn === null ? "" : ` (tal ${drawn})`} ${dwelling === null ? "ingen bolig" : `bolig ${dwelling}`}`,
  about: { household: "Husstanden", dwelling: "Boligen", district: "Området" },
  fact: {
    persons: (v) => persons(Number(v.persons)),
    "min-rooms": (v) => `har brug for mindst ${number(Number(v.rooms))} rum`,
    "max-rent": (v) => `kan betale højst ${money(Number(v.rent))} i husleje pr. måned`,
    "step-free-needed": () => "har brug for trinfri adgang",
    "features-needed": (v) => `har brug for: ${v.features}`,
    "near-needed": (v) => `skal bo højst ${number(Number(v.withinKm))} km fra ${service(v.kind)}`,
    "near-wished": (v) => `bør bo tæt på ${service(v.kind)} (gerne inden for ${number(Number(v.withinKm))} km)`,
    travellers: (v) =>
      `det antages, at ${and(Object.entries(v).map(([kind, members], i) => `${number(Number(members))} ${i === 0 ? "skal " : ""}til ${service(kind)}`))}`,
    handover: (v) => `overgår til kommunen den ${date(String(v.date))}`,
    "regime-ukraine": () => "er omfattet af særloven om fordrevne fra Ukraine",
    "waiting-since": (v) => `har ventet siden den ${date(String(v.date))}`,
    wish: (v) => `ønsker at bo i ${v.district} (styrke ${v.strength} af 5)`,
    "current-home": (v) => `har før fået foreslået bolig ${v.dwelling}`,
    district: (v) => `i ${v.district}`,
    alike: (v) => `en af ${number(Number(v.count))} ens boliger med dette nummer`,
    rooms: (v) => `${number(Number(v.rooms))} rum`,
    "room-for": (v) => `plads til ${persons(Number(v.persons))}`,
    area: (v) => `${number(Number(v.area))} m²`,
    rent: (v) => `husleje ${money(Number(v.rent))} pr. måned`,
    "rent-unknown": () => "huslejen er ikke oplyst",
    "step-free": () => "trinfri adgang",
    "not-step-free": () => "ikke trinfri adgang",
    features: (v) => `har af det nødvendige: ${v.features}`,
    "available-from": (v) => `ledig fra den ${date(String(v.date))}`,
    "available-to": (v) => `ledig til den ${date(String(v.date))}`,
    distance: (v) => `${number(Number(v.km))} km i luftlinje til ${service(v.kind)}`,
    "municipal-cost": (v) => `koster kommunen ${money(Number(v.cost))} om måneden`,
    listed: (v) => `ligger i et udpeget område (${v.legalBasis})`,
    "district-load": (v) =>
      `${LEVELS[String(v.level)] ?? v.level} ${v.area}: ${measured(Number(v.before), v.measure)} var bosat før; ved en jævn fordeling skal der nu ${number(Number(v.target))} til, og planen placerer ${number(Number(v.placed))}`,
  },
  noOtherFacts: "Andre oplysninger om husstanden er ikke brugt.",
  alternativesIntro: (count) =>
    count === 1
      ? "Planen er regnet om med en anden bolig til husstanden:"
      : `Planen er regnet om med hver af ${number(count)} andre boliger til husstanden:`,
  noAlternatives: ({ placed }) =>
    `Der er ingen ${placed ? "anden " : ""}bolig, som kan gives husstanden, uden at en ufravigelig regel, en kvote eller en anden beslutning brydes.`,
  alternative: ({ dwelling, facts, exact, housed, own, everyone, movers, losers, overrides, verdict }) =>
    [
      `Bolig ${dwelling} (${facts}).`,
      overrides.length === 0 ? "" : `Den kræver, at en sagsbehandler ser bort fra dette: ${overrides.join(" ")}`,
      housed
        ? "Husstanden ville få et hjem."
        : own.length === 0
          ? "For husstanden selv gør den ingen forskel på de hensyn, der er målt."
          : `For husstanden selv: ${own.join("; ")}.`,
      everyone.length === 0
        ? "For alle andre tilsammen er planen lige så god."
        : `For alle andre tilsammen: ${everyone.join("; ")}.`,
      movers === 0
        ? losers === 0
          ? "Ingen andre får en anden bolig."
          : ""
        : `${counted(movers, "anden husstand", "andre husstande")} får en anden bolig.`,
      losers === 0
        ? ""
        : `${counted(losers, "anden husstand mister sin bolig", "andre husstande mister deres bolig")}.`,
      verdict.effect === "same"
        ? "Samlet er planen med den lige så god."
        : `${overrides.length === 0 ? "Samlet" : "Med fravigelsen"} ville planen med den være ${verdict.effect === "better" ? "bedre" : "ringere"}: det første hensyn, der gør forskel, er ”${verdict.title}”.`,
      exact ? "" : "Det er ikke bevist, at der ikke findes en bedre plan med denne bolig.",
    ]
      .filter((part) => part !== "")
      .join(" "),
  proposedItself: (dwelling) => `Bolig ${dwelling} er den, der foreslås.`,
  barred: ({ dwelling, sentences, absolute }) =>
    `Bolig ${dwelling} er udelukket: ${sentences.join(" ")}${absolute ? " Loven giver ikke kommunen adgang til at se bort fra det uden særskilt hjemmel." : ""}`,
  impossible: ({ dwelling, members }) =>
    `Ingen plan kan give husstanden bolig ${dwelling}. Det strider mod: ${members}.`,
  clash: ({ kind, members, count, households, personsLost, minimal, nearest }) => {
    if (kind === "households")
      return `Der er boliger, som passer, men alle er brugt til andre. Fik husstanden en af dem, ville ${households === "" ? "ingen anden miste sin bolig" : `${households} være uden bolig`}, og i alt ville ${personsLost > 0 ? `${persons(personsLost)} færre` : "lige så mange personer"} få et hjem.`;
    if (kind === "rules")
      return `${count === 1 ? "Denne regel udelukker alene alle boliger" : "Disse regler udelukker tilsammen alle boliger"}: ${members}.${nearest === null ? "" : ` Tættest på er bolig ${nearest.dwelling}: ${nearest.sentences.join(" ")}`}`;
    if (count === 1) return `Dette kan ikke overholdes: ${members}.${minimal ? " Uden det kan resten." : ""}`;
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
      `En sagsbehandler ser bort fra dette og anviser bolig ${dwelling}: ${sentences.join(" ")}`,
    quota: ({ quota, max, min }) =>
      max === null
        ? `Kvote ${quota} ophæves, eller dens minimum sænkes til ${number(min ?? 0)}.`
        : `Kvote ${quota} hæves til højst ${number(max)}.`,
    unpin: (household) => `Husstand ${household} fastholdes ikke længere i sin bolig.`,
    allow: (dwelling) => `Bolig ${dwelling} er ikke længere udelukket for husstanden.`,
    unlink: (households) => `Husstandene ${households} bindes ikke længere til hinanden.`,
    switchOff: (rule) => `Reglen ”${rule}” slås fra for alle.`,
    add: ({ rooms, persons: size, district, rent, stepFree }) =>
      `Kommunen skaffer én bolig mere i ${district}: ${number(rooms)} rum, plads til ${persons(size)}${rent === null ? "" : `, husleje højst ${money(rent)} pr. måned`}${stepFree ? ", trinfri adgang" : ""}.`,
  },
  housedIn: ({ dwelling, pays, losers }) =>
    [
      dwelling === null ? "" : `Husstanden får da bolig ${dwelling}.`,
      losers === "" ? "" : `Uden bolig bliver i stedet: ${losers}.`,
      pays.length === 0 ? "" : `I den samlede plan: ${pays.join("; ")}.`,
    ]
      .filter((part) => part !== "")
      .join(" "),
  change,
  own: ({ tier, value }) => OWN[tier]?.(value) ?? null,
  area: ({ area, before, after, target, measure }) =>
    `${area}: ${number(after)} i stedet for ${measured(before, measure)}, målet er ${number(target)}`,
  titleBetween: ({ title, level }) => `${title} ${BETWEEN[level] ?? `(${level})`}`,
  legal: (text) => LEGAL_DA[text] ?? text,
  open: [
    "Er oplysningerne ovenfor rigtige og tilstrækkelige (officialprincippet)?",
    "Er husstanden hørt over det, der taler imod den (forvaltningsloven § 19), og hvad har den svaret?",
    "Er der forhold hos husstanden, som planen ikke kender, og som bør føre til et andet resultat?",
    "Afgørelsen træffes af en medarbejder i kommunen og forsynes med klagevejledning (forvaltningsloven § 25).",
  ],
  proposalOnly: "Dette er et forslag, som er beregnet. Intet er afgjort, før en medarbejder har afgjort det.",
};
