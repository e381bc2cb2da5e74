import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { after, before, describe, it } from "node:test";
import type { Database } from "#src/data/database.js";
import { SPACE_NAMES, type SpaceName, type SpacesAt, spacesAt } from "#src/embedding/spaces-at.js";
import { revenueBetween } from "#src/features/later-revenue.js";
import { CUT, shop } from "./scrambled-shop.js";

const hash = (values: Float64Array): string => createHash("sha256").update(values).digest("hex");

const bytesOf = ({ ids, features, spaces }: SpacesAt): unknown => ({
  ids,
  features,
  spaces: [...spaces].map(([name, X]) => [name, X.columns, hash(X.data)]),
});

const options = { day: CUT, spaces: SPACE_NAMES, daysAhead: 60, nTrees: 20, seed: 42 };

describe("spacesAt", () => {
  let db: Database;
  before(async () => {
    db = await shop(false);
  });
  after(() => db.close());

  it("is the same to the byte whatever happens from that day on", async () => {
    const other = await shop(true);
    const told = await spacesAt(db, options);
    assert.equal(told.spaces.get("forest")!.rows, told.ids.length);
    assert.deepEqual(bytesOf(await spacesAt(other, options)), bytesOf(told));

    const period = { from: CUT, to: "2011-12-01" };
    const [asItWas, asScrambled] = [db, other].map((each) => revenueBetween(each, told.ids, period));
    assert.notEqual(hash((await asItWas)!), hash((await asScrambled)!));
    other.close();
  });

  it("makes what is asked for, in the order it is asked for", async () => {
    const spaces: SpaceName[] = ["pca", "features"];
    const seen: number[] = [];
    const told = await spacesAt(db, { ...options, spaces, onProgress: (done) => seen.push(done) });
    assert.deepEqual([...told.spaces.keys()], spaces);
    assert.deepEqual(seen, [1, 2]);
    assert.equal(told.spaces.get("features")!.columns, told.features.length);
  });

  it("names the day before which nobody was known", async () => {
    const early = { ...options, day: "2010-01-01", spaces: ["forest"] as const };
    await assert.rejects(spacesAt(db, early), RangeError);
  });

  it("ends with the signal's reason", async () => {
    const signal = AbortSignal.abort(new Error("enough"));
    await assert.rejects(spacesAt(db, { ...options, signal }), /enough/);
  });
});
