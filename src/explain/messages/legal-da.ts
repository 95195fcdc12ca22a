/** Legal bases that are written in English, in Danish; a text that is not here is Danish already, or the policy's own words. */
export const LEGAL_DA: Readonly<Record<string, string>> = {
  "Integrationsloven § 12; housing benefit: lov om individuel boligstøtte":
    "integrationsloven § 12; lov om individuel boligstøtte",
  "The household's own maximum is the municipality's calculation; no general ratio is applied":
    "husstandens højeste husleje er kommunens egen beregning",
  "Særloven § 30a (in force 28 April 2022) for the Ukraine regime": "særloven § 30a (fordrevne fra Ukraine)",
  "Almenboligloven § 59(7) and (9); særloven § 30a": "almenboligloven § 59, stk. 7 og 9; særloven § 30 a",
  "Integrationsloven § 12(2); almenboligloven § 61a(1)":
    "integrationsloven § 12, stk. 2; almenboligloven § 61 a, stk. 1",
  "The municipality decides; the plan is a proposal (integrationsloven § 12)": "integrationsloven § 12: kommunen afgør",
  "Respect for family life: ECHR art. 8": "Den Europæiske Menneskerettighedskonvention, artikel 8 (familieliv)",
  "UN Convention on the Rights of Persons with Disabilities art. 9 and 28": "FN's handicapkonvention, artikel 9 og 28",
  "Individual assessment of needs (forvaltningsloven § 24)": "konkret vurdering af behov (forvaltningsloven § 24)",
  "Individual assessment: relatives who support each other": "konkret vurdering: pårørende, der støtter hinanden",
  "Protection orders; individual assessment": "tilhold og konkret vurdering",
  "Each quota names its own": "kvotens eget grundlag",
  "The policy's own limit; almenboligloven § 59(1) sets one for assignments": "kommunens egen grænse",
  "The owner's stated maximum of persons; boligreguleringsloven § 52a where adopted":
    "ejerens oplyste højeste antal personer; boligreguleringsloven § 52 a, hvor den er tiltrådt",
  "Boligreguleringsloven § 52a: two persons per habitable room, where the council has adopted it":
    "boligreguleringsloven § 52 a (højst to personer pr. beboelsesrum, hvor kommunen har tiltrådt det)",
  "Integrationsloven §§ 5 and 12: hand-over to the municipality and the offer of housing":
    "integrationsloven §§ 5 og 12",
  "Integrationsloven §§ 5 and 12: the day of hand-over":
    "integrationsloven §§ 5 og 12 (dagen for overgangen til kommunen)",
  "Integrationsloven § 12: the municipality houses those who are assigned to it":
    "integrationsloven § 12: kommunen boligplacerer dem, der er visiteret til den",
  "Almenboligloven § 59(9); særloven § 30a": "almenboligloven § 59, stk. 9; særloven § 30 a",
  "Nyborg Kommune's integration strategy: homes offered evenly spread over the municipality":
    "Nyborg Kommunes integrationsstrategi: boliger jævnt fordelt i kommunen",
  "Nyborg Kommune's integration strategy: local community and volunteers close by":
    "Nyborg Kommunes integrationsstrategi: lokalsamfund og frivillige tæt på",
  "Families with children first in line for three rooms and more: BEK 1360/2018 § 4 (by agreement)":
    "BEK 1360/2018 § 4 (efter aftale)",
  "Who travels where is a choice; school: folkeskoleloven § 34": "kommunens valg; for skole folkeskoleloven § 34",
  "Integrationsloven § 45: the municipality bears what the household does not pay": "integrationsloven § 45",
  "Legitimate expectations (administrative law)": "berettigede forventninger",
  "Priorities are the municipality's own": "kommunens egen prioritering",
  "Wishes are heard (forvaltningsloven § 19), never a claim":
    "ønsker høres (forvaltningsloven § 19), men er ikke et krav",
};
