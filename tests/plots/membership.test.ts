import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { membershipChart } from "#src/plots/membership.js";

const text = { title: "A finding", subtitle: "What, n = 2", caption: "How to read it." };

describe("membershipChart", () => {
  it("stacks who stayed and who entered to the members, and draws who left below the line", () => {
    const days = [
      { day: "2011-03-01", members: 5, entered: 5, left: 0 },
      { day: "2011-04-01", members: 6, entered: 3, left: 2 },
    ];
    const { data, layout, alt } = membershipChart(days, text);
    assert.deepEqual(
      data.map(({ name, y }) => [name, y]),
      [
        ["stayed", [0, 3]],
        ["entered", [5, 3]],
        ["left", [-0, -2]],
      ],
    );
    assert.equal(layout["barmode"], "relative");
    assert.equal(
      alt,
      "Stacked bars of members by day. 5 on 1 Mar 2011, 6 on 1 Apr 2011; 8 entered and 2 left.",
    );
  });

  it("is empty without days", () => {
    assert.equal(membershipChart([], text).alt, "Stacked bars of members by day. No days.");
  });
});
