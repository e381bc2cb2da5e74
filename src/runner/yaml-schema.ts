import type { ScalarTag } from "yaml";

/**
 * Scalars as PyYAML's SafeLoader reads them, less its dates: `yes` and `off` are booleans but `y` is text, `010` is 8
 * but `08` and `0o7` are text, `1:30` is 90, `1e3` and `1.5e3` are text while `1.5e+3` is a number. The `yaml` package
 * follows the types of yaml.org in these places, which PyYAML does not.
 */
export const PYYAML_SCALARS: ScalarTag[] = [
  ...scalar("null", /^(?:~|null|Null|NULL|)$/, () => null),
  ...scalar(
    "bool",
    /^(?:yes|Yes|YES|no|No|NO|true|True|TRUE|false|False|FALSE|on|On|ON|off|Off|OFF)$/,
    readBoolean,
  ),
  ...scalar(
    "int",
    /^(?:[-+]?0b[0-1_]+|[-+]?0[0-7_]+|[-+]?(?:0|[1-9][0-9_]*)|[-+]?0x[0-9a-fA-F_]+|[-+]?[1-9][0-9_]*(?::[0-5]?[0-9])+)$/,
    readInteger,
  ),
  ...scalar(
    "float",
    /^(?:[-+]?(?:[0-9][0-9_]*)\.[0-9_]*(?:[eE][-+][0-9]+)?|\.[0-9][0-9_]*(?:[eE][-+][0-9]+)?|[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+\.[0-9_]*|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))$/,
    readFloat,
  ),
  { tag: "tag:yaml.org,2002:timestamp", resolve: (text) => text },
];

/** Plain scalars are tested by `form`; one with the tag written before it is read whatever its form. */
function scalar(name: string, form: RegExp, read: (text: string) => unknown): ScalarTag[] {
  const tag = `tag:yaml.org,2002:${name}`;
  const resolve: ScalarTag["resolve"] = (text, onError) => {
    const value = read(text);
    if (value === undefined) onError(`${JSON.stringify(text)} is no ${name}`);
    return value;
  };
  return [
    { tag, default: true, test: form, resolve },
    { tag, resolve },
  ];
}

function readBoolean(text: string): boolean | undefined {
  if (/^(?:yes|true|on)$/i.test(text)) return true;
  return /^(?:no|false|off)$/i.test(text) ? false : undefined;
}

function readInteger(text: string): bigint | undefined {
  const [, sign, digits] = /^([-+]?)(.*)$/s.exec(text.replaceAll("_", ""))!;
  let size: bigint | undefined;
  if (/^0[bx][0-9a-f]+$/i.test(digits!)) size = bigint(digits!);
  else if (/^0o?\d+$/i.test(digits!)) size = bigint(`0o${digits!.replace(/^0o?/i, "")}`);
  else if (/^\d+(?::\d+)*$/.test(digits!))
    size = digits!.split(":").reduce((sum, part) => sum * 60n + BigInt(part), 0n);
  return size === undefined || sign !== "-" ? size : -size;
}

/** A digit its base does not have gives none. */
function bigint(text: string): bigint | undefined {
  try {
    return BigInt(text);
  } catch {
    return undefined;
  }
}

function readFloat(text: string): number | undefined {
  const [, sign, digits] = /^([-+]?)(.*)$/s.exec(text.replaceAll("_", "").toLowerCase())!;
  let size: number | undefined;
  if (digits === ".inf" || digits === "inf") size = Number.POSITIVE_INFINITY;
  else if (digits === ".nan" || digits === "nan") size = Number.NaN;
  else if (/^(?:\d+:)*(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?$/.test(digits!))
    size = sexagesimal(digits!.split(":").map(Number));
  return size === undefined || sign !== "-" ? size : -size;
}

/** Summed from the last digit up, as PyYAML does, so that the last bits agree. */
function sexagesimal(digits: readonly number[]): number {
  return digits.reduceRight(({ sum, base }, digit) => ({ sum: sum + digit * base, base: base * 60 }), {
    sum: 0,
    base: 1,
  }).sum;
}
