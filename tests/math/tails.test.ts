import assert from "node:assert/strict";
import { describe, it } from "node:test";
import {
  betaQuantile,
  betaTails,
  fQuantile,
  fTails,
  studentQuantile,
  studentTails,
} from "#src/math/incomplete-beta.js";
import { chiSquareQuantile, chiSquareTails, gammaTails } from "#src/math/incomplete-gamma.js";
import { logGamma } from "#src/math/log-gamma.js";
import { noncentralChiSquareTails, noncentralStudentTails } from "#src/math/noncentral.js";
import { findRoot, type Tails } from "#src/math/root.js";
import { readText } from "../structure/support.js";

type Numbers = Record<string, number>;
type Case = Numbers & { tails: [number, number] };
interface Fixture {
  gammaln: { x: number; value: number }[];
  chiSquare: Case[];
  beta: Case[];
  student: Case[];
  f: Case[];
  noncentralStudent: Case[];
  noncentralChiSquare: Case[];
  quantiles: Record<"chiSquare" | "student" | "f" | "beta", Numbers[]>;
}
const fixture = JSON.parse(readText("tests/math/fixtures/tails.json")) as Fixture;

function assertNear(found: number, wanted: number, relative: number, absolute: number, what: unknown): void {
  const room = Math.max(relative * Math.abs(wanted), absolute);
  assert.ok(Math.abs(found - wanted) <= room, `${found} is not ${wanted} at ${JSON.stringify(what)}`);
}

function assertTails(cases: Case[], of: (given: Numbers) => Tails, relative: number, absolute: number): void {
  for (const given of cases) {
    const { below, above } = of(given);
    assertNear(below, given.tails[0], relative, absolute, given);
    assertNear(above, given.tails[1], relative, absolute, given);
  }
}

describe("chances", () => {
  it("by logGamma are those in 40 digits", () => {
    for (const { x, value } of fixture.gammaln) assertNear(logGamma(x), value, 1e-14, 1e-14, x);
  });

  it("of chi-square, beta, t and F are those in 40 digits, far out too", () => {
    assertTails(fixture.chiSquare, ({ x, df }) => chiSquareTails(x!, df!), 1e-12, 1e-300);
    assertTails(fixture.beta, ({ x, a, b }) => betaTails(a!, b!, x!), 1e-12, 1e-300);
    assertTails(fixture.student, ({ t, df }) => studentTails(t!, df!), 1e-12, 1e-300);
    assertTails(fixture.f, ({ x, df1, df2 }) => fTails(x!, df1!, df2!), 1e-12, 1e-300);
  });

  it("of noncentral t and chi-square agree with scipy", () => {
    assertTails(
      fixture.noncentralStudent,
      ({ t, df, shift }) => noncentralStudentTails(t!, df!, shift!),
      1e-9,
      1e-12,
    );
    assertTails(
      fixture.noncentralChiSquare,
      ({ x, df, shift }) => noncentralChiSquareTails(x!, df!, shift!),
      1e-10,
      1e-12,
    );
  });

  it("without a shift are the central ones", () => {
    for (const t of [-2, 0, 1.3])
      assertNear(noncentralStudentTails(t, 9, 0).above, studentTails(t, 9).above, 1e-12, 0, t);
    assert.deepEqual(noncentralChiSquareTails(3, 2, 0), chiSquareTails(3, 2));
  });

  it("are 0 and 1 at the ends", () => {
    assert.deepEqual(studentTails(-Infinity, 4), { below: 0, above: 1 });
    assert.deepEqual(chiSquareTails(Infinity, 4), { below: 1, above: 0 });
    assert.deepEqual(chiSquareTails(-1, 4), { below: 0, above: 1 });
    assert.deepEqual(fTails(Infinity, 4, 2), { below: 1, above: 0 });
    assert.deepEqual(betaTails(2, 3, 1), { below: 1, above: 0 });
  });
});

describe("quantiles", () => {
  it("of chi-square, t, F and beta agree with scipy to 1e-10", () => {
    const { chiSquare, student, f, beta } = fixture.quantiles;
    for (const { p, df, x } of chiSquare)
      assertNear(chiSquareQuantile(p!, df!), x!, 1e-10, 1e-290, { p, df });
    for (const { p, df, x } of student) assertNear(studentQuantile(p!, df!), x!, 1e-10, 1e-12, { p, df });
    for (const { p, df1, df2, x } of f) assertNear(fQuantile(p!, df1!, df2!), x!, 1e-10, 0, { p, df1, df2 });
    for (const { p, a, b, x } of beta) assertNear(betaQuantile(p!, a!, b!), x!, 1e-10, 1e-40, { p, a, b });
  });

  it("are the ends at 0 and 1", () => {
    assert.deepEqual(
      [0, 0.5, 1].map((p) => studentQuantile(p, 3)),
      [-Infinity, 0, Infinity],
    );
    assert.deepEqual(
      [0, 1].map((p) => chiSquareQuantile(p, 3)),
      [0, Infinity],
    );
    assert.deepEqual(
      [0, 1].map((p) => fQuantile(p, 3, 4)),
      [0, Infinity],
    );
    assert.deepEqual(
      [0, 1].map((p) => betaQuantile(p, 3, 4)),
      [0, 1],
    );
  });

  it("refuse what is no chance, no degrees of freedom and no shape", () => {
    for (const p of [-0.1, 1.1, Number.NaN])
      for (const of of [studentQuantile, chiSquareQuantile])
        assert.throws(() => of(p, 3), /needs a chance in \[0, 1\], got/);
    for (const df of [0, -1, Number.NaN, Infinity])
      for (const of of [studentTails, chiSquareTails])
        assert.throws(() => of(1, df), /needs positive finite degrees of freedom, got/);
    assert.throws(() => gammaTails(0, 1), /positive finite shape, got 0/);
    assert.throws(() => gammaTails(1, -1), /at least 0, got -1/);
    assert.throws(() => betaTails(1, -2, 0.5), /positive finite shapes, got 1 and -2/);
    assert.throws(() => betaTails(1, 2, 1.5), /in \[0, 1\], got 1.5/);
  });
});

describe("findRoot", () => {
  it("finds where a function crosses zero, to the last digits", () => {
    assertNear(
      findRoot((x) => x * x - 2, 0, 2),
      Math.SQRT2,
      4e-16,
      0,
      "root of 2",
    );
    assertNear(
      findRoot((x) => Math.cos(x), 1, 2),
      Math.PI / 2,
      4e-16,
      0,
      "cosine",
    );
    assertNear(
      findRoot((x) => x ** 9, -1, 3),
      0,
      0,
      1e-30,
      "a flat crossing",
    );
    assertNear(
      findRoot((x) => (x < 0.3 ? -1 : 1), 0, 1),
      0.3,
      2e-15,
      0,
      "a step",
    );
  });

  it("takes an end that is the answer, and refuses ends on one side", () => {
    assert.equal(
      findRoot((x) => x - 1, 1, 5),
      1,
    );
    assert.throws(() => findRoot((x) => x, 1, 2), /different signs, got 1 at 1 and 2 at 2/);
  });
});
