/** The sign that stands most often in the first line, outside quotation marks: semicolon, tab or comma. */
export const delimiterOf = (text: string): string => {
  const end = text.search(/[\r\n]/);
  const first = (end === -1 ? text : text.slice(0, end)).slice(0, 10_000).replace(/"[^"]*"/g, "");
  const counts = [";", "\t", ","].map((sign) => ({ sign, count: first.split(sign).length - 1 }));
  return counts.reduce((best, one) => (one.count > best.count ? one : best)).sign;
};
