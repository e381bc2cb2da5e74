import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import { InputError } from "#src/data/errors.js";
import { Workspace } from "#src/data/workspace.js";
import { Preparation } from "#src/preparation/preparation.js";
import { assignSegments } from "#src/publish/assign-segments.js";
import { canonicalJson } from "#src/publish/canonical-json.js";
import type { Model } from "#src/publish/model.js";
import { modelChecksum, modelFromJson, modelToJson } from "#src/publish/model-file.js";
import { readModel, storeModel } from "#src/publish/model-store.js";
import { temporaryFolder } from "../data/support.js";
import { cloudCustomers, cloudModel, KINDS } from "./support.js";

const text = modelToJson(await cloudModel("features"));

/** The content of a model's file as plain data, to be changed. */
// biome-ignore lint/suspicious/noExplicitAny: a test reaches into it anywhere.
type Content = any;

/** A file whose content was changed by somebody who knows how checksums are made. */
function forged(original: string, change: (content: Content) => void): string {
  const file = JSON.parse(original) as { format: string; content: Content };
  change(file.content);
  const digest = createHash("sha256")
    .update(`${file.format}\n${canonicalJson(file.content, "  ")}`)
    .digest("hex");
  return JSON.stringify({ ...file, checksum: `sha256:${digest}` });
}

function complaint(file: string): string {
  try {
    modelFromJson(file, "model.json");
  } catch (error) {
    assert.ok(error instanceof InputError, String(error));
    assert.ok(!error.message.includes("\n"));
    return error.message;
  }
  return "none";
}

describe("a model's file", () => {
  for (const kind of KINDS)
    it(`gives the same segments and distances to the bit once read again, in the space of ${kind}`, async () => {
      const model = await cloudModel(kind);
      const file = modelToJson(model);
      const back = modelFromJson(file);
      const { table } = cloudCustomers();
      const [one, other] = [model, back].map((each) =>
        assignSegments(each, each.preparation.transform(table).X),
      );
      assert.deepEqual(one, other);
      assert.equal(modelToJson(back), file);
      assert.deepEqual(
        { ...back, preparation: back.preparation.features.length },
        { ...model, preparation: model.preparation.features.length },
      );
    });

  it("keeps every number to the bit, minus zero included", async () => {
    const centers = [
      [-0, 5e-324, Number.MAX_VALUE, 0.1 + 0.2],
      [1e-7, 1e21, -1 / 3, 2 ** 53 + 2],
    ];
    const model = await cloudModel("features", { centers, segments: ["a", "b"] });
    const { clustering } = modelFromJson(modelToJson(model));
    assert.ok(clustering.kind === "kmeans");
    const { data } = clustering.centers;
    assert.ok(centers.flat().every((value, i) => Object.is(value, data[i])));
  });

  it("is the same bytes for the same model, and says first what it is", async () => {
    assert.equal(modelToJson(await cloudModel("features")), text);
    assert.match(text, /^\{\n {2}"format": "insiders-model\/1",\n {2}"checksum": "sha256:[0-9a-f]{64}",\n/);
    assert.ok(text.includes(modelChecksum(modelFromJson(text))));
  });

  it("may be laid out otherwise", () => {
    const { format, checksum, content } = JSON.parse(text) as Record<string, unknown>;
    const reversed = Object.fromEntries(Object.entries(content as object).reverse());
    assert.equal(modelToJson(modelFromJson(JSON.stringify({ content: reversed, checksum, format }))), text);
  });

  it("names no customer", () => {
    assert.ok(!text.includes('"c0"') && !text.includes('"c59"'));
  });

  it("cut off anywhere is never read", () => {
    for (let length = 0; length < text.length - 2; length += 97)
      assert.match(
        complaint(text.slice(0, length)),
        length === 0 ? /is not JSON/ : /^model\.json is cut off \(it ends within its JSON\): copy it again/,
      );
  });

  it("with any number or hash changed by a digit is never read", () => {
    const start = text.indexOf('"content"');
    const plain = JSON.stringify(JSON.parse(text));
    let changed = 0;
    for (let at = start; at < text.length; at += 2) {
      if (!/[1-8]/.test(text[at]!)) continue;
      const other = text.slice(0, at) + (Number(text[at]) + 1) + text.slice(at + 1);
      // The last of 17 digits may make no other number.
      if (JSON.stringify(JSON.parse(other)) === plain) continue;
      assert.match(
        complaint(other),
        /^model\.json was changed after it was written \(its checksum differs\)/,
      );
      changed++;
    }
    assert.ok(changed > 100);
  });

  it("says what it is instead of a model", () => {
    for (const [file, message] of [
      ["", "model.json is not JSON: name a file that holds a model"],
      ["InvoiceNo,StockCode\n", "model.json is not JSON: name a file that holds a model"],
      ['{"a": 1,}', "model.json is not JSON: name a file that holds a model"],
      ["[1]", "model.json is JSON, but no model: name a file whose format is insiders-model/1"],
      ["null", "model.json is JSON, but no model: name a file whose format is insiders-model/1"],
      [
        "{}",
        "model.json is JSON, but no model (it names no format): name a file whose format is insiders-model/1",
      ],
      [
        '{"format": "insiders-preparation/1"}',
        'model.json is JSON, but no model (its format is "insiders-preparation/1"): name a file whose format is insiders-model/1',
      ],
      [
        text.replace("model/1", "model/2"),
        "model.json is of a newer format (insiders-model/2; this program reads version 1): update this program, or fit the model again with it",
      ],
      [
        text.replace("model/1", "model/0"),
        "model.json is of an older format (insiders-model/0; this program reads version 1): fit the model again",
      ],
    ] as const)
      assert.equal(complaint(file), message);
  });

  it("does not take what JSON can write and a number cannot be", () => {
    assert.match(complaint(text.replace(/"value": 0\.3\d+/, '"value": 1e999')), /its checksum differs/);
  });

  for (const [kind, what, change, problem] of [
    [
      "features",
      "a centre too short",
      (c) => c.clustering.centers[1].pop(),
      /clustering\.centers\[1\] has 4 numbers, got 3/,
    ],
    [
      "features",
      "no centres",
      (c) => {
        c.clustering.centers = [];
      },
      /clustering\.centers has at least one, got none/,
    ],
    [
      "features",
      "a name too many",
      (c) => c.clustering.segments.push("x"),
      /has a name a centre, got 4 for 3 centres/,
    ],
    [
      "features",
      "a name twice",
      (c) => {
        c.clustering.segments[2] = "Insiders";
      },
      /names each once, got "Insiders" twice/,
    ],
    [
      "features",
      "another kind of model",
      (c) => {
        c.clustering.kind = "gaussian-mixture";
      },
      /models of kind kmeans or gmm, not "gaussian-mixture"/,
    ],
    [
      "features",
      "another kind of space",
      (c) => {
        c.space.kind = "t-sne";
      },
      /space\.kind is features or pca or umap or forest, got "t-sne"/,
    ],
    [
      "features",
      "a feature less",
      (c) => c.features.pop(),
      /preparation has the steps of recency_days, orders, gross_revenue, in this order/,
    ],
    [
      "features",
      "no definition",
      (c) => {
        c.features[0].definition = "x";
      },
      /features\[0\]\.definition is a SHA-256/,
    ],
    [
      "features",
      "an unknown step",
      (c) => {
        c.preparation.features[0].steps[0].kind = "x";
      },
      /recency_days: a stored transform is one of/,
    ],
    [
      "features",
      "a text for a number",
      (c) => {
        c.metrics[0].value = "1";
      },
      /metrics\[0\]\.value is a finite number, got "1"/,
    ],
    [
      "features",
      "a cleaning without a choice",
      (c) => {
        delete c.schema.cleaning.cancelledSales;
      },
      /cleaning\.cancelledSales is keep or drop, got undefined/,
    ],
    [
      "features",
      "an unknown column",
      (c) => {
        c.schema.columns[0] = "x";
      },
      /schema\.columns\[0\] is invoice_no or /,
    ],
    [
      "features",
      "a day that is none",
      (c) => {
        c.training.referenceDate = "2011-02-30";
      },
      /is a day such as/,
    ],
    [
      "features",
      "no training",
      (c) => {
        delete c.training;
      },
      /training is an object, got undefined/,
    ],
    ["pca", "a mean too short", (c) => c.space.state.mean.pop(), /space\.state\.mean has 4 numbers, got 3/],
    [
      "pca",
      "a direction less",
      (c) => c.space.state.components.pop(),
      /explainedVariance has 1 numbers, got 2/,
    ],
    [
      "umap",
      "a position less",
      (c) => c.space.state.map.positions.pop(),
      /positions has 120 numbers, got 119/,
    ],
    ["umap", "a number less", (c) => c.space.state.data.pop(), /data has rows of 4 numbers, got 239 numbers/],
    [
      "umap",
      "too many neighbours",
      (c) => {
        c.space.state.map.k = 60;
      },
      /k is less than the 60 rows, got 60/,
    ],
    [
      "forest",
      "a walk without end",
      (c) => {
        c.space.state.forest.trees[0].rights[0] = 0;
      },
      /rights\[0\] is a later node of \d+, got 0/,
    ],
    [
      "forest",
      "an unknown column",
      (c) => {
        c.space.state.forest.trees[0].features[0] = 4;
      },
      /features\[0\] is -1 to 3, got 4/,
    ],
    [
      "forest",
      "no trees",
      (c) => {
        c.space.state.forest.trees = [];
      },
      /trees has at least one, got none/,
    ],
  ] as [(typeof KINDS)[number], string, (content: Content) => void, RegExp][])
    it(`with ${what} (${kind}) does not fit together, checksum or not`, async () => {
      const found = complaint(forged(modelToJson(await cloudModel(kind)), change));
      assert.match(found, /^model\.json does not fit together: /);
      assert.match(found, problem);
    });

  it("says null of a forest that does not know how much it explains", async () => {
    const model = await cloudModel("forest");
    assert.ok(model.space.kind === "forest");
    model.space.state.forest.outOfBagR2 = Number.NaN;
    const { space } = modelFromJson(modelToJson(model));
    assert.ok(space.kind === "forest");
    assert.equal(space.state.forest.outOfBagR2, null);
  });
});

describe("createModel", () => {
  it("keeps the steps of the model's features alone, in their order", async () => {
    const { parts } = cloudCustomers();
    const features = [...parts.preparation.features].reverse();
    const model = await cloudModel("features", { preparation: new Preparation(features) });
    assert.deepEqual(
      model.preparation.features.map(({ name }) => name),
      model.features.map(({ name }) => name),
    );
  });

  it("asks for a country where it counts", async () => {
    const needed = ["invoice_no", "stock_code", "quantity", "invoiced_at", "unit_price", "customer_id"];
    const columns = async (droppedCountries: string[]): Promise<Model["schema"]["columns"]> =>
      (await cloudModel("features", { cleaning: { droppedCountries } })).schema.columns;
    assert.deepEqual(await columns([]), needed);
    assert.deepEqual(await columns(["Unspecified"]), [...needed, "country"]);
  });

  it("refuses parts that do not fit together", async () => {
    for (const [parts, message] of [
      [{ segments: ["a"] }, /a name a centre, got 1 for 3 centres/],
      [{ centers: [[1], [2], [3]] }, /centers\[0\] has 4 numbers, got 1/],
      [
        { centers: { rows: 3, columns: 4, data: new Float64Array(11) } },
        /centres of 3 x 4 have 12 numbers, got 11/,
      ],
      [{ preparation: new Preparation([]) }, /the steps of each feature, recency_days has none/],
      [{ referenceDate: "10/12/2011" }, /is a day such as 2011-12-10, got "10\/12\/2011"/],
      [{ seeds: { umap: 0.5 } }, /seeds\.umap is a whole number/],
      [
        { metrics: [{ name: "x", value: Number.NaN, space: "pca" }] },
        /metrics\[0\]\.value is a finite number/,
      ],
      [{ cleaning: { priceFloor: 0.00001 } }, /at most four decimals/],
    ] as const)
      await assert.rejects(cloudModel("features", parts), message);
  });
});

describe("a stored model", () => {
  it("is the artifact of a workspace, and leaves no other file", async () => {
    const folder = temporaryFolder();
    await storeModel(new Workspace(folder), modelFromJson(text));
    assert.deepEqual(readdirSync(folder), ["model.json"]);
    assert.equal(readFileSync(join(folder, "model.json"), "utf8"), text);
    assert.equal(modelToJson(await readModel(join(folder, "model.json"))), text);
  });

  it("that is missing or no file is said in one line", async () => {
    const folder = temporaryFolder();
    mkdirSync(join(folder, "sub"));
    writeFileSync(join(folder, "shop.json"), "{");
    const missing = join(folder, "none.json");
    for (const [path, message] of [
      [missing, `there is no model ${missing}: name the model.json that a run wrote`],
      [join(folder, "sub"), `${join(folder, "sub")} is a folder: name the model.json in it`],
      [
        join(folder, "shop.json"),
        "shop.json is cut off (it ends within its JSON): copy it again, or fit the model again",
      ],
    ] as const)
      await assert.rejects(readModel(path), new InputError(message));
  });
});
