import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import {
  type AnswerSources,
  answerNumber,
  answerQuestions,
  type ForecastSummary,
  type ListSummary,
} from "#src/business/answers.js";
import type { TestedHypothesis } from "#src/business/hypothesis.js";
import { marketingQuestions } from "#src/business/questions.js";
import { root } from "../structure/support.js";

const segments: ListSummary = {
  programme: "Insiders",
  entryText: "Orders at least 7",
  exitText: "Orders at least 5",
  fidelity: { precision: 0.75, recall: 0.8 },
  list: {
    customers: 629,
    share: 0.145,
    revenueShare: 0.615,
    revenueShareInterval: { low: 0.573, high: 0.656 },
    revenueShareOfAll: 0.521,
    sortShare: 0.672,
    medianRevenue: 3810,
    restMedianRevenue: 528,
    medianRatio: { value: 7.21, low: 6.74, high: 7.79 },
  },
};
const forecast: ForecastSummary = {
  days: 90,
  level: 0.9,
  expected: 1_172_183,
  low: 422_841,
  high: 3_412_908,
  proRata: 1_239_349,
  sameDaysLastYear: 825_470,
  growth: { newcomers: 63, incremental: { value: 20_000, low: 10_000, high: 30_000 } },
  economics: { breakEvenUplift: 0.124 },
  experiment: {
    metric: "revenue of 90 days",
    perArm: 315,
    perArmForWanted: 810,
    minimalEffect: 0.36,
    wantedRaise: 0.2,
    power: 0.8,
  },
};
const row = (id: string, changed: Partial<TestedHypothesis>): TestedHypothesis => ({
  id,
  area: "product",
  published: null,
  claim: `Members do ${id}.`,
  test: "",
  groups: ["members", "others"],
  n: [10, 20],
  values: [1, 2],
  statistic: 1,
  effect: { name: "ratio of means", value: 2, low: 1, high: 3 },
  bound: 1,
  side: "above",
  pValue: 0,
  pHolm: 0,
  verdict: "holds",
  strength: 0.5,
  effort: 1,
  priority: 1,
  action: `Use ${id}; slowly.`,
  isBuiltIn: false,
  ...changed,
});
const sources: AnswerSources = { segments, forecast, hypotheses: [], stayOnly: 40, currency: "GBP" };
const sentence = (number: number, changed: Partial<AnswerSources> = {}): string =>
  answerQuestions({ ...sources, ...changed })[number - 1]!.answer;

describe("the nine answers", () => {
  it("are one to each question, a sentence with a number, and say where the number comes from", () => {
    const answers = answerQuestions(sources);
    assert.deepEqual(
      answers.map(({ number, question }) => [number, question]),
      marketingQuestions.map(({ number, question }) => [number, question]),
    );
    for (const { number, answer, value, basis } of answers) {
      assert.match(answer, /^\S.*[^.]\.$/, `${number}: ${answer}`);
      assert.doesNotMatch(answer, /undefined|null|NaN|\.\./);
      assert.ok(value !== null && basis !== "");
    }
  });

  it("have intervals where something is estimated", () => {
    const intervals = answerQuestions(sources).map(({ interval }) => interval);
    assert.deepEqual(
      intervals.map((interval) => interval !== null),
      [false, false, true, true, true, false, false, false, true],
    );
    assert.deepEqual(intervals[4], { low: 422_841, high: 3_412_908 });
  });

  it("write amounts, shares and counts as a reader expects them", () => {
    assert.match(sentence(4), /^Members bring 61\.5% .* 52\.1% of all sales; .* by revenue bring 67\.2%\.$/);
    assert.match(
      sentence(5),
      /expected to bring £1,172,183, between £422,841 and £3,412,908; .* £825,470\.$/,
    );
    const numbers = answerQuestions(sources).map(answerNumber);
    assert.equal(numbers[1], "629 customers (a count, no estimate)");
    assert.match(numbers[3]!, /^61\.5% \(57\.3% to 65\.6%; resampled/);
    assert.match(numbers[2]!, /^7\.21 times the others' median revenue \(6\.74 to 7\.79; /);
  });

  it("say of whom a share is: of members, some of whom stay without meeting what it takes to enter", () => {
    assert.match(sentence(6), /^A customer enters with orders at least 7; of the members on the list, 75% /);
    assert.match(sentence(7), /and 40 of 629 members stay today who would not enter\.$/);
  });

  it("characterise by the strongest hypotheses that hold, each of another area, beside revenue", () => {
    const hypotheses = [
      row("weak", { strength: 0.1, area: "time" }),
      row("strong", { strength: 0.9 }),
      row("same-area", { strength: 0.8 }),
      row("revenue", { strength: 1, area: "purchase" }),
      row("undecided", { strength: 1, area: "country", verdict: "undecided" }),
      row("abroad", { strength: 1, area: "country", groups: ["members abroad", "members at home"] }),
    ];
    assert.match(sentence(3, { hypotheses }), /as much; besides, members do strong and members do weak\.$/);
    assert.match(sentence(3), /7\.2 times as much\.$/);
  });

  it("begin with the actions that are most worthwhile", () => {
    const hypotheses = [
      row("second", { priority: 2 }),
      row("first", { priority: 3, verdict: "the opposite holds" }),
      row("open", { priority: 9, verdict: "undecided" }),
    ];
    assert.match(
      sentence(9, { hypotheses }),
      /^Begin with this: use first, then use second\. Raising the next 63/,
    );
  });

  it("promise nothing from growth that cannot be told from none", () => {
    const incremental = { value: 5, low: -9, high: 20 };
    const [last] = answerQuestions({
      ...sources,
      forecast: { ...forecast, growth: { newcomers: 3, incremental } },
    }).slice(-1);
    assert.equal(
      last!.answer,
      "Raising the next 3 customers to the level of a member brings no new revenue that can be told from none; the programme pays for itself once members spend 12.4% more.",
    );
    assert.deepEqual([last!.value, last!.unit, last!.interval], [5, "GBP", { low: -9, high: 20 }]);
    assert.match(sentence(9), /^Raising the next 63 customers .* is worth £20,000 in 90 days; the programme/);
  });

  it("are sentences too where the data give less", () => {
    const little: AnswerSources = {
      ...sources,
      segments: {
        ...segments,
        list: {
          ...segments.list,
          revenueShareInterval: null,
          medianRatio: { value: null, low: null, high: null },
        },
      },
      forecast: {
        ...forecast,
        sameDaysLastYear: null,
        economics: { breakEvenUplift: null },
        experiment: { ...forecast.experiment, minimalEffect: null, perArmForWanted: null },
      },
    };
    for (const { answer } of answerQuestions(little)) {
      assert.match(answer, /^\S.*[^.]\.$/);
      assert.doesNotMatch(answer, /undefined|null|NaN|–/);
    }
    assert.match(
      answerQuestions(little)[7]!.answer,
      /no raise can be proven with 315 members in each half\.$/,
    );
  });

  it("lead to cells that are there", () => {
    for (const { evidence } of answerQuestions(sources)) {
      const [, notebook, cell] = /^([a-z0-9-]+)\.html#cell-([a-z0-9-]+)$/.exec(evidence)!;
      const path = join(root, "notebooks", `${notebook}.ipynb`);
      assert.ok(existsSync(path), evidence);
      const { cells } = JSON.parse(readFileSync(path, "utf8")) as { cells: { id: string }[] };
      assert.ok(
        cells.some(({ id }) => id === cell),
        evidence,
      );
    }
  });
});
