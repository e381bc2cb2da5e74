import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { Parameters } from "#src/runner/parameters.js";
import { builtinParameters, fillPathTemplate } from "#src/runner/path-template.js";
import { strftime } from "#src/runner/strftime.js";
import { decode, papermillValues } from "./papermill-values.js";

describe("a date in a path", () => {
  it("is written as Python's strftime writes it", () => {
    const { directives, rows } = papermillValues.dates;
    assert.ok(rows.length > 10);
    for (const [time, text] of rows) {
      const ms = time.replace(/(\.\d{3})\d*$/, "$1");
      assert.equal(strftime(new Date(`${ms}Z`), directives), text, time);
    }
  });

  it("names a directive it does not know", () => {
    assert.throws(() => strftime(new Date(0), "%Y-%Q"), /^Error: %Q is no part of a date; there are %%? /);
    assert.throws(() => strftime(new Date(0), "100%"), /^Error: % is no part of a date/);
  });
});

describe("a path template", () => {
  const { moment, parameters, rows } = papermillValues.paths;
  const time = new Date(`${moment.replace(/(\.\d{3})\d*$/, "$1")}Z`);
  const builtins = {
    pm: { run_uuid: "u-1", current_datetime_local: time, current_datetime_utc: time },
  };

  it("is filled as papermill fills it, and refused in one line where papermill fails", () => {
    assert.ok(rows.length > 70);
    for (const [template, path] of rows) {
      const fill = (): string => fillPathTemplate(template, decode(parameters) as Parameters, builtins);
      if (path[0] === "error") assert.throws(fill, /^Error: in the path [^\n]+$/, template);
      else assert.equal(fill(), decode(path), template);
    }
  });

  it("names the parameter that is missing", () => {
    const fill = (template: string) => () => fillPathTemplate(template, { map: { a: [1] } }, builtins);
    assert.throws(fill("out_{day}.ipynb"), {
      message: "in the path out_{day}.ipynb: Missing parameter 'day'",
    });
    assert.throws(fill("{map[a][1]}"), { message: "in the path {map[a][1]}: Missing parameter 'map[a][1]'" });
    assert.throws(fill("{constructor}"), /Missing parameter 'constructor'/);
    assert.throws(fill("{map}"), { message: "in the path {map}: map is a map: name one of its entries" });
  });

  it("does not fill what a value brings along, and lets a parameter named pm win", () => {
    assert.equal(fillPathTemplate("{a}", { a: "{b}}" }, builtins), "{b}}");
    assert.equal(fillPathTemplate("{pm}", { pm: 5 }, builtins), "5");
  });

  it("knows one moment by the clock of the machine and by UTC", () => {
    const now = new Date(2026, 10, 22, 6, 50, 37, 5);
    const { pm } = builtinParameters(now, "uuid");
    const at = (field: string): string => fillPathTemplate(`{pm[${field}]}`, {}, { pm });
    assert.equal(at("current_datetime_local"), "2026-11-22 06:50:37.005000");
    assert.equal(at("current_datetime_utc"), now.toISOString().replace("T", " ").replace("Z", "000"));
    assert.equal(at("run_uuid"), "uuid");
  });
});
