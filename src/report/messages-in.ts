import type { Locale } from "../base/words.js";
import type { Messages } from "./messages.js";
import { da } from "./messages-da.js";
import { en } from "./messages-en.js";

const TABLES: Readonly<Record<Locale, Messages>> = { da, en };

/** The texts of a language. */
export const messagesIn = (locale: Locale): Messages => TABLES[locale];
