import { InvalidArgumentError } from "commander";

/** Stands between name and value; no argument of a process can hold it. */
const SEPARATOR = "\0";

/** Which options take what from the arguments behind them. */
export interface OptionKinds {
  /** Options that take a name and a value: their long flag by each of their flags. */
  pairs: Readonly<Record<string, string>>;
  /** Flags that take one value, which may look like an option. */
  single: readonly string[];
}

/**
 * Arguments in which each option with a name and a value has become one argument, as commander wants it:
 * `-p limit -5` becomes `--parameters=limit\0-5`. Values may begin with a dash. An option that misses something is
 * left for commander to complain about.
 */
export function joinPairs(args: readonly string[], { pairs, single }: OptionKinds): string[] {
  const joined: string[] = [];
  const rest = [...args];
  while (rest.length > 0) {
    const arg = rest.shift()!;
    if (arg === "--") return [...joined, arg, ...rest];
    const { flag, attached } = splitFlag(arg);
    const long = Object.hasOwn(pairs, flag) ? pairs[flag] : undefined;
    if (long !== undefined) {
      const name = attached ?? rest.shift();
      const value = rest.shift();
      joined.push([name === undefined ? long : `${long}=${name}`, value].filter(isGiven).join(SEPARATOR));
    } else {
      joined.push(arg);
      if (attached === undefined && single.includes(flag)) joined.push(...rest.splice(0, 1));
    }
  }
  return joined;
}

/** Adds a pair to those before it. @throws InvalidArgumentError when the value is missing. */
export function collectPair(pair: string, earlier: [string, string][] = []): [string, string][] {
  const at = pair.indexOf(SEPARATOR);
  if (at < 0) throw new InvalidArgumentError("It takes a name and a value.");
  return [...earlier, [pair.slice(0, at), pair.slice(at + 1)]];
}

/** `--flag=attached`, `-fattached` */
function splitFlag(arg: string): { flag: string; attached?: string } {
  const [, flag, attached] = /^(--[^=]+|-[^-=])(?:=?(.+))?$/s.exec(arg) ?? [];
  if (flag === undefined) return { flag: arg };
  return attached === undefined ? { flag } : { flag, attached };
}

function isGiven(text: string | undefined): text is string {
  return text !== undefined;
}
