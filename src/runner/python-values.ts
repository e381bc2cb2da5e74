/** What Python counts as white space around a number; a byte order mark is none. */
const SPACE = String.raw`[\t-\r \x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]*`;
const DIGITS = String.raw`\d+(?:_\d+)*`;
const INTEGER = new RegExp(`^${SPACE}([-+]?)(${DIGITS})${SPACE}$`);
const FLOAT = new RegExp(
  `^${SPACE}([-+]?)(?:((?:${DIGITS}\\.?(?:${DIGITS})?|\\.${DIGITS})(?:e[-+]?${DIGITS})?)|(inf(?:inity)?)|(nan))${SPACE}$`,
  "i",
);

/** An integer that Python's `int(text)` accepts. */
export function pythonInteger(text: string): bigint | undefined {
  const [, sign, digits] = INTEGER.exec(asciiDigits(text)) ?? [];
  if (digits === undefined) return undefined;
  const size = BigInt(digits.replaceAll("_", ""));
  return sign === "-" ? -size : size;
}

/** A number that Python's `float(text)` accepts. */
export function pythonFloat(text: string): number | undefined {
  const [whole, sign, digits, infinity] = FLOAT.exec(asciiDigits(text)) ?? [];
  if (whole === undefined) return undefined;
  const size = digits ? Number(digits.replaceAll("_", "")) : infinity ? Number.POSITIVE_INFINITY : Number.NaN;
  return sign === "-" ? -size : size;
}

/** Python reads the decimal digits of every script. They stand in runs of ten, zero first. */
function asciiDigits(text: string): string {
  return text.replace(/\p{Nd}/gu, (digit) => {
    const code = digit.codePointAt(0)!;
    let start = code;
    while (/\p{Nd}/u.test(String.fromCodePoint(start - 1))) start--;
    return String((code - start) % 10);
  });
}
