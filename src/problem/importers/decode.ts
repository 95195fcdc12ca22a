/** Text of a file: UTF-8 with or without byte order mark, UTF-16 with one, else Windows-1252, as old Excel writes it. */
export const decodeText = (content: Uint8Array | string): string => {
  if (typeof content === "string") return content.startsWith("\ufeff") ? content.slice(1) : content;
  const [first, second] = content;
  if (first === 0xff && second === 0xfe) return new TextDecoder("utf-16le").decode(content);
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(content);
  } catch {
    // Not UTF-8: every byte is a character in Windows-1252, so nothing is lost.
    return new TextDecoder("windows-1252").decode(content);
  }
};
