/** One notebook of the analysis and what it hands over. */
export interface Cycle {
  /** File name of the notebook without its ending; the number gives the order. */
  name: string;
  /** What it settles. */
  purpose: string;
  /** Artifacts it reads from the workspace. */
  reads: readonly string[];
  /** Artifacts it writes there. */
  writes: readonly string[];
}

/** The cycles of the analysis in their order. A notebook's metadata repeats its reads and writes for the runner. */
export const cycles: readonly Cycle[] = [
  {
    name: "00-solution-planning",
    purpose: "Questions, inputs, outputs and bars",
    reads: [],
    writes: [],
  },
  {
    name: "01-data-description",
    purpose: "What the file holds, and what in it could mislead",
    reads: [],
    writes: ["source", "invoice_lines", "rejected_rows"],
  },
  {
    name: "02-data-filtering",
    purpose: "Which lines are sales, which returns, and which neither",
    reads: ["invoice_lines", "rejected_rows"],
    writes: ["purchases", "returns", "excluded_rows", "cleaning"],
  },
  {
    name: "03-feature-engineering",
    purpose: "What describes a customer at a reference date",
    reads: ["purchases", "returns", "excluded_rows"],
    writes: ["customers"],
  },
  {
    name: "04-eda-1-univariate-bivariate",
    purpose: "How the features are distributed and related",
    reads: ["customers", "purchases", "excluded_rows"],
    writes: ["customers_profile", "exploration"],
  },
  {
    name: "05-data-preparation",
    purpose: "Which transform suits which feature",
    reads: ["customers", "exploration"],
    writes: ["prepared", "preparation"],
  },
  {
    name: "06-feature-selection",
    purpose: "Which features carry information of their own",
    reads: ["prepared"],
    writes: ["selection"],
  },
  {
    name: "07-eda-2-embedding-space",
    purpose: "Which structure survives in which space",
    reads: ["prepared", "selection", "customers", "purchases", "returns", "excluded_rows"],
    writes: ["spaces"],
  },
  {
    name: "08-hyperparameter-tuning",
    purpose: "Which model, space and number of segments",
    reads: ["prepared", "selection", "spaces", "customers", "purchases", "returns", "excluded_rows"],
    writes: ["sweep"],
  },
  {
    name: "09-clustering-model",
    purpose: "The model, and who is in which segment",
    reads: [
      "source",
      "cleaning",
      "prepared",
      "preparation",
      "selection",
      "spaces",
      "sweep",
      "customers",
      "purchases",
      "returns",
      "excluded_rows",
    ],
    writes: ["model", "assignments"],
  },
  {
    name: "10-business-values",
    purpose: "What the segments are worth, and who is eligible",
    reads: ["customers", "purchases", "returns", "excluded_rows", "selection", "model", "assignments"],
    writes: ["segments", "members", "value_scores", "forecast"],
  },
  {
    name: "11-eda-3-hypotheses",
    purpose: "Which hypotheses hold, and the nine answers",
    reads: [
      "customers",
      "purchases",
      "returns",
      "excluded_rows",
      "selection",
      "segments",
      "members",
      "value_scores",
      "forecast",
    ],
    writes: ["hypotheses", "answers", "member_list"],
  },
  {
    name: "12-deploy",
    purpose: "The published tables and the run's manifest",
    reads: ["segments", "value_scores", "forecast", "hypotheses", "answers"],
    writes: [],
  },
];
