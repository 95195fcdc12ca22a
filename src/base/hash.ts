import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";
import canonicalize from "canonicalize";
import { InternalError } from "./errors.js";

/** JSON by RFC 8785 (JCS): one text per value, whatever the order of its keys. */
export const canonicalJson = (value: unknown): string => {
  const json = canonicalize(value);
  if (json === undefined) throw new InternalError("json.not-serialisable", "a value has no JSON form");
  return json;
};

/** SHA-256 as 64 hexadecimal digits. */
export const sha256Hex = (content: string): string => bytesToHex(sha256(utf8ToBytes(content)));
