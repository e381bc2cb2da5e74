import { join } from "node:path";
import { withDatabase } from "#src/data/database.js";
import { loadTable } from "#src/data/load-table.js";
import { resolveSource } from "#src/data/source.js";
import { root } from "../../tests/structure/support.js";
import type { Case } from "../case.js";

const source = resolveSource("", { root });
/** How pandas must be told to read it, as its user would find out. */
let reading = { encoding: "", date: "" };

const profile: Case = {
  name: "profile",
  title: `The profile of ${source.name} as one HTML page, each side as it is out of the box`,
  figure: "process",
  unit: "s",
  tools: "profile",
  ours: {
    name: "insiders profile",
    runs: "node",
    commands: ({ folder }) => [
      {
        argv: [
          process.execPath,
          join(root, "dist/cli/main.js"),
          "profile",
          source.path,
          join(folder, "ours.html"),
        ],
      },
    ],
  },
  rivals: [
    {
      name: "ydata-profiling",
      runs: "python",
      commands: ({ folder, python }) => [
        {
          argv: [
            ...[python, "-W", "ignore", join(root, "bench/sides/ydata_profile.py"), source.path],
            ...[reading.encoding, reading.date, join(folder, "theirs.html")],
          ],
        },
      ],
      target: 0.1,
    },
  ],
  rounds: 3,
  warmUps: 1,
  async prepare() {
    reading = await withDatabase(async (db) => {
      const { encoding, columns } = await loadTable(db, source.path, "source");
      const date = columns.find(({ type }) => type === "TIMESTAMP" || type === "DATE")?.name;
      return { encoding: encoding ?? "UTF-8", date: date ?? "" };
    });
  },
};
export default profile;
