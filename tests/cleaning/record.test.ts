import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { defaultCleaning } from "#src/cleaning/options.js";
import { recordCleaning } from "#src/cleaning/record.js";

describe("recordCleaning", () => {
  it("states every option, also those left to the defaults, and survives JSON", () => {
    const record = recordCleaning({ priceFloor: 0.5 }, [{ name: "cancelled", rows: 3 }]);
    assert.deepEqual(record, {
      options: { ...defaultCleaning, priceFloor: 0.5 },
      counts: [{ name: "cancelled", rows: 3 }],
    });
    assert.deepEqual(JSON.parse(JSON.stringify(record)), record);
  });

  it("keeps of an account names and rows alone", () => {
    const row = { name: "purchases", rows: 2, money: 0.1 };
    assert.deepEqual(recordCleaning({}, [row]).counts, [{ name: "purchases", rows: 2 }]);
  });

  it("refuses an option without meaning", () => {
    assert.throws(() => recordCleaning({ priceFloor: 0.00001 }, []), /at most four decimals/);
  });
});
