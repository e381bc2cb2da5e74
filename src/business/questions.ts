/** A question of the marketing team and the cycle whose report answers it. */
export interface MarketingQuestion {
  number: number;
  question: string;
  /** What the answer will be: a list, a number, a rule. */
  answer: string;
  /** Name of the notebook that gives the evidence. */
  notebook: string;
}

/** The nine questions that the marketing team asked; the deliverable answers each in a sentence. */
export const marketingQuestions: readonly MarketingQuestion[] = [
  {
    number: 1,
    question: "Who is eligible for the programme?",
    answer: "a list of customers, each with the reason",
    notebook: "11-eda-3-hypotheses",
  },
  {
    number: 2,
    question: "How many customers are in it?",
    answer: "a count and a share of the identified base",
    notebook: "10-business-values",
  },
  {
    number: 3,
    question: "What are their main characteristics?",
    answer: "a profile against the rest of the base, with intervals",
    notebook: "10-business-values",
  },
  {
    number: 4,
    question: "What share of revenue do they bring?",
    answer: "a share, beside the same number of top spenders",
    notebook: "10-business-values",
  },
  {
    number: 5,
    question: "What revenue is expected from them in the coming months?",
    answer: "a forecast with an interval, tested on the past",
    notebook: "10-business-values",
  },
  {
    number: 6,
    question: "What makes a customer eligible?",
    answer: "a readable rule of at most three conditions",
    notebook: "10-business-values",
  },
  {
    number: 7,
    question: "What makes a customer leave?",
    answer: "an exit rule with thresholds of its own",
    notebook: "10-business-values",
  },
  {
    number: 8,
    question: "What guarantees that the programme is better than the rest of the base?",
    answer: "an experiment plan with sample size and power",
    notebook: "11-eda-3-hypotheses",
  },
  {
    number: 9,
    question: "What can marketing do to raise revenue?",
    answer: "actions that follow from tested hypotheses",
    notebook: "11-eda-3-hypotheses",
  },
];
