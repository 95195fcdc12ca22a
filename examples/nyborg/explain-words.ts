import type { Locale } from "../../src/base/words.js";

/** What `explain.ts` itself says; the explanations have their own texts. */
export interface ExplainWords {
  readonly help: string;
  readonly explanation: (household: string) => string;
  readonly diagnosis: string;
  readonly diagnosisWithout: (dwelling: string) => string;
  readonly badTime: (text: string) => string;
}

const en: ExplainWords = {
  help: `Why the plan is as it is, for a case officer and for the household.

  npx tsx examples/nyborg/explain.ts                        three explanations and two diagnoses
  npx tsx examples/nyborg/explain.ts h19 h42 --lang da      these households, in Danish
  npx tsx examples/nyborg/explain.ts h19 --why-not u05      why not that dwelling
  npx tsx examples/nyborg/explain.ts --diagnose             what limits the plan

  --in FOLDER           tables to read (default: examples/nyborg/data)
  --lang da|en          language (default: en)
  --time-limit SECONDS  for each solve (default: 8)`,
  explanation: (household) => `Why household ${household} is proposed what it is proposed`,
  diagnosis: "What limits the plan",
  diagnosisWithout: (dwelling) => `The same, if dwelling ${dwelling} were lost`,
  badTime: (text) => `--time-limit takes seconds above 0, such as 10 or 2.5; it was given as "${text}".`,
};

const da: ExplainWords = {
  help: `Hvorfor planen er, som den er: til sagsbehandleren og til husstanden.

  npx tsx examples/nyborg/explain.ts --lang da              tre begrundelser og to diagnoser
  npx tsx examples/nyborg/explain.ts h19 h42 --lang da      disse husstande
  npx tsx examples/nyborg/explain.ts h19 --why-not u05 --lang da    hvorfor ikke den bolig
  npx tsx examples/nyborg/explain.ts --diagnose --lang da   hvad der begrænser planen

  --in MAPPE            tabeller, der læses (ellers: examples/nyborg/data)
  --lang da|en          sprog (ellers: en)
  --time-limit SEKUNDER for hver beregning (ellers: 8)`,
  explanation: (household) => `Begrundelse for forslaget til husstand ${household}`,
  diagnosis: "Hvad der begrænser planen",
  diagnosisWithout: (dwelling) => `Det samme, hvis bolig ${dwelling} faldt bort`,
  badTime: (text) => `--time-limit er et antal sekunder over 0, f.eks. 10 eller 2.5; der stod "${text}".`,
};

export const WORDS: Readonly<Record<Locale, ExplainWords>> = { da, en };
