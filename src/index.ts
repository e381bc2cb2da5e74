import { registerFormatters } from "./notebook/formatters.js";

export { type SuccessCriterion, successCriteria } from "./business/criteria.js";
export { type MarketingQuestion, marketingQuestions } from "./business/questions.js";
export { type AccountRow, accountRows, assertAccounts } from "./cleaning/accounts.js";
export { cleanInvoices } from "./cleaning/clean.js";
export { type CleaningDifference, compareCleanings } from "./cleaning/compare.js";
export { type CleaningOptions, defaultCleaning } from "./cleaning/options.js";
export { priorWorkCleaning } from "./cleaning/prior-work.js";
export { type RepeatEvidence, repeatEvidence } from "./cleaning/repeat-evidence.js";
export { RULES as cleaningRules, type Rule } from "./cleaning/rules.js";
export { type Sensitivity, sensitivity } from "./cleaning/sensitivity.js";
export { type Cycle, cycles } from "./data/cycles.js";
export { Database } from "./data/database.js";
export { type ColumnDefinition, columnDictionary } from "./data/dictionary.js";
export { InputError } from "./data/errors.js";
export { type LoadOptions, type LoadSummary, loadInvoices } from "./data/load.js";
export { loadTable, type TableSummary } from "./data/load-table.js";
export { type InspectedSource, inspectSource, resolveSource, type Source } from "./data/source.js";
export { Workspace } from "./data/workspace.js";
export { assertCustomers } from "./features/assert-customers.js";
export { type CohortRetention, cohortRetention, retentionAfter } from "./features/cohorts.js";
export { buildCustomers, type CustomersSummary } from "./features/customers.js";
export type { Feature } from "./features/dictionary/feature.js";
export { featureDictionary } from "./features/dictionary.js";
export { FEATURE_TABLES as featureTables, type FeatureTable } from "./features/feature-tables.js";
export type { ReferenceOptions } from "./features/lines-at.js";
export { type RfmCustomer, type RfmScore, rfmScores, scoreRfm } from "./features/rfm.js";
export { type RfmSegment, rfmSegmentOf, rfmSegments } from "./features/rfm-segments.js";
export {
  formatDate,
  formatMoney,
  formatNumber,
  formatPercent,
  formatQuantity,
} from "./format.js";
export { type Random, seededRandom } from "./math/random.js";
export { showFigure } from "./notebook/figure.js";
export { escapeMarkdown, showMarkdown } from "./notebook/markdown.js";
export { record } from "./notebook/record.js";
export { recordGroups } from "./notebook/record-groups.js";
export { showTable } from "./notebook/table.js";
export { showVersions } from "./notebook/versions.js";
export { barChart } from "./plots/bars.js";
export { heatmapChart } from "./plots/heatmap.js";
export { histogramChart } from "./plots/histogram.js";
export { missingChart } from "./plots/missing.js";
export { timeSeriesChart } from "./plots/time-series.js";
export { ALERT_RULES as alertRules, type AlertKind, type AlertRule } from "./profiling/alerts.js";
export {
  type ColumnOverview,
  describeNumberColumns,
  describeTextColumns,
  type FrequentValue,
  type NumberColumn,
  overviewColumns,
  type TextColumn,
} from "./profiling/columns.js";
export { compareProfiles, type ProfileComparison } from "./profiling/compare-profiles.js";
export { type CustomerTenth, revenueByTenth } from "./profiling/concentration.js";
export { countOddLines, type OddKind, type OddLines } from "./profiling/odd-lines.js";
export {
  defaultLimits as profileLimits,
  type ProfileLimits,
  type TableProfile,
} from "./profiling/profile.js";
export { type ProfileOptions, profileTable } from "./profiling/profile-table.js";
export { renderComparisonFragment, renderComparisonPage } from "./profiling/render-comparison.js";
export { renderProfileFragment, renderProfilePage } from "./profiling/render-profile.js";
export { cramersV, phiK } from "./statistics/association.js";
export { type Bin, logBins } from "./statistics/bins.js";
export { type ContingencyTable, crossTabulate, encodeCategories } from "./statistics/contingency.js";
export { pearson, spearman } from "./statistics/correlation.js";
export {
  describeNumbers,
  describeTexts,
  type NumberDescription,
  type TextDescription,
} from "./statistics/descriptive.js";
export { kendall } from "./statistics/kendall.js";
export type { Cell, InvoiceLine, Row } from "./types.js";

// In a kernel, data frames and figures as the last expression of a cell show as tables and figures.
registerFormatters();
