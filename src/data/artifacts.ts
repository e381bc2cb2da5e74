/** The notebook that writes each artifact of a workspace, by its number. */
const WRITTEN_BY: Record<string, string> = {
  invoice_lines: "01",
  rejected_rows: "01",
  purchases: "02",
  returns: "02",
  excluded_rows: "02",
  customers: "03",
  prepared: "05",
  preparation: "05",
  selection: "06",
  spaces: "07",
  sweep: "08",
  model: "09",
  assignments: "09",
  segments: "10",
  value_scores: "10",
  forecast: "10",
  hypotheses: "11",
  answers: "11",
};

/** What to do to get an artifact. */
export function howToGet(artifact: string): string {
  const notebook = WRITTEN_BY[artifact];
  return notebook === undefined ? "no notebook is known to write it" : `run notebook ${notebook} first`;
}
