import assert from "node:assert/strict";
import { describe, it } from "node:test";
import vm from "node:vm";
import { seededRandom } from "#src/math/random.js";
import type { ParameterValue } from "#src/runner/parameters.js";
import { translateParameters } from "#src/runner/translate.js";
import { kernelTypeScript as ts } from "../structure/declarations.js";

/** What the declaration means after the kernel's compiler; a syntax error would change or throw it. */
function evaluate(value: ParameterValue): unknown {
  const source = translateParameters({ value });
  const { outputText, diagnostics } = ts.transpileModule(source, {
    compilerOptions: { target: ts.ScriptTarget.ES2022 },
    reportDiagnostics: true,
  });
  assert.deepEqual(diagnostics, [], source);
  return vm.runInThisContext(`(() => { ${outputText}\nreturn value; })()`);
}

const TEXTS = [
  "",
  "plain",
  "\"'`${x}`\\",
  "\\u0041",
  "\n\r\t\0\b\v\f",
  "\u2028\u2029\u0085\u00a0\ufeff",
].concat([
  "😀👩‍👩‍👧",
  "\ud83d",
  "\ude00\ud83d",
  "\u202eabc\u2066",
  "</script><!--",
  "*/ //",
  "é\u0301",
  "\u200b\u{e0041}",
]);
const KEYS = ["a key", "__proto__", "constructor", "toString", "1", "-0", "", "a-b", "\u2028", "\ud800", "é"];
const NUMBERS = [0, -0, 1, -1, 0.1, -12.5, 1.5e-300, 5e-324, 1e300, 1e21, 2 ** 53 - 1, 1 - 2 ** 53].concat([
  ...[1e20, 2 ** 53, -(2 ** 60), 123456789012345680000],
  Number.NaN,
  Number.POSITIVE_INFINITY,
  Number.NEGATIVE_INFINITY,
]);

/** A nested value; texts are joined from pieces in which every kind of character stands beside every other. */
function invent(random: () => number, depth: number): ParameterValue {
  const pick = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)]!;
  const some = <T>(make: () => T): T[] => Array.from({ length: Math.floor(random() * 4) }, make);
  const kind = Math.floor(random() * (depth > 0 ? 6 : 4));
  if (kind === 0) return some(() => pick(TEXTS)).join("");
  if (kind === 1) return String.fromCharCode(...some(() => Math.floor(random() * 0x10000)));
  if (kind === 2) return random() < 0.5 ? pick(NUMBERS) : (random() - 0.5) * 10 ** (random() * 30 - 15);
  if (kind === 3) return pick([true, false, null]);
  if (kind === 4) return some(() => invent(random, depth - 1));
  return Object.fromEntries(some(() => [pick(KEYS) + pick(["", ...TEXTS]), invent(random, depth - 1)]));
}

describe("a translated parameter", () => {
  it("means exactly the value", () => {
    for (const value of [...TEXTS, ...NUMBERS, true, false, null, [], {}, [[]], { a: {} }])
      assert.deepStrictEqual(evaluate(value), value);
    const keyed = Object.fromEntries(KEYS.map((key, at) => [key, at]));
    assert.deepStrictEqual(Object.entries(evaluate(keyed) as object), Object.entries(keyed));
  });

  it("means exactly the value, for two thousand invented ones", () => {
    const random = seededRandom(7);
    for (let i = 0; i < 2000; i++) {
      const value = invent(random, 3);
      assert.deepStrictEqual(evaluate(value), value);
    }
  });

  it("is written with the escapes a reader sees", () => {
    assert.equal(
      translateParameters({ a: "x\u2028\u202e", b: { __proto__x: 1, ["__proto__"]: [-0, Number.NaN] } }),
      '// Parameters\nlet a = "x\\u2028\\u202e";\nlet b = { "__proto__x": 1, ["__proto__"]: [-0, NaN] };',
    );
  });

  it("is written with an exponent where it is beyond what counts exactly", () => {
    assert.equal(
      translateParameters({ a: 1e20, b: -(2 ** 53) }),
      "// Parameters\nlet a = 1e+20;\nlet b = -9.007199254740992e+15;",
    );
  });

  it("carries the declared type in TypeScript, and none in JavaScript", () => {
    const types = new Map([["limit", "number | null"]]);
    const declare = (language: "typescript" | "javascript"): string =>
      translateParameters({ limit: 5, other: "x" }, language, types);
    assert.equal(declare("typescript"), '// Parameters\nlet limit: number | null = 5;\nlet other = "x";');
    assert.equal(declare("javascript"), '// Parameters\nlet limit = 5;\nlet other = "x";');
  });
});

describe("a parameter that cannot be written", () => {
  it("has a name that cannot be declared", () => {
    for (const name of ["a-b", "x; process.exit()", "", "1a", "a b"])
      assert.throws(() => translateParameters({ [name]: 1 }), {
        message: `a parameter's name is an identifier, got "${name}"`,
      });
    const reserved = ["class", "let", "await", "null", "undefined", "static", "default"];
    const kernels = ["exports", "require", "module", "Object", "__proto__", "__tslab__", "__x"];
    for (const name of [...reserved, ...kernels])
      assert.throws(() => translateParameters({ [name]: 1 }), {
        message: `a parameter cannot be called "${name}": the language or its kernel uses that name`,
      });
    for (const name of [
      "a",
      "$",
      "_x1",
      "größe",
      "type",
      "of",
      "async",
      "名",
      "letter",
      "_",
      "_x_",
      "modules",
    ])
      assert.equal(translateParameters({ [name]: 1 }), `// Parameters\nlet ${name} = 1;`);
  });

  it("holds what no notebook file can", () => {
    for (const value of [undefined, 5n, Symbol("x"), () => 1])
      assert.throws(
        () => translateParameters({ a: [value as unknown as ParameterValue] }),
        /parameter a\[0\] is a (undefined|bigint|symbol|function), which no notebook can be given/,
      );
  });
});
