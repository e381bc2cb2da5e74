import { registerFormatters } from "./notebook/formatters.js";

export { type SuccessCriterion, successCriteria } from "./business/criteria.js";
export {
  type AnalysisOptions,
  analyseExperiment,
  type ExperimentAnalysis,
} from "./business/experiment-analysis.js";
export {
  type Arm,
  type ArmOptions,
  assignArms,
  type Participant,
  revenueBands,
} from "./business/experiment-arms.js";
export { type BalanceRow, balanceTable, valuesOf } from "./business/experiment-balance.js";
export {
  type AnalysisPlan,
  type ExperimentPlan,
  type ExperimentPlanOptions,
  planExperiment,
} from "./business/experiment-plan.js";
export {
  type Analysis,
  customersForRaise,
  detectableRaise,
  type ExperimentPowerOptions,
  experimentPower,
  type RevenueEffect,
  raiseBy,
} from "./business/experiment-power.js";
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
export { type TsneJsOptions, tsneByTsneJs } from "./embedding/cross-check/tsne-js.js";
export { type UmapJsOptions, umapByUmapJs } from "./embedding/cross-check/umap-js.js";
export { Forest, type ForestOptions, type ForestState, fitForest } from "./embedding/forest.js";
export { ForestSpace, type ForestSpaceState, fitForestSpace } from "./embedding/forest-space.js";
export { fitPca, Pca, type PcaState } from "./embedding/pca.js";
export { type DistancePairCorrelation, distancePairCorrelation } from "./embedding/quality/distances.js";
export { neighbourDisagreement } from "./embedding/quality/features.js";
export { type Islands, islands } from "./embedding/quality/islands.js";
export { continuity, neighbourhoodHit, trustworthiness } from "./embedding/quality/neighbourhoods.js";
export type { DistanceSpace, Space } from "./embedding/quality/space.js";
export { type Stability, stability, takeRows } from "./embedding/quality/stability.js";
export { type TsneOptions, type TsneResult, tsne } from "./embedding/tsne.js";
export { fitUmap, Umap, type UmapOptions, type UmapState } from "./embedding/umap.js";
export { assertCustomers } from "./features/assert-customers.js";
export { type CohortRetention, cohortRetention, retentionAfter } from "./features/cohorts.js";
export { buildCustomers, type CustomersSummary } from "./features/customers.js";
export { daysBefore } from "./features/days.js";
export type { Feature } from "./features/dictionary/feature.js";
export { featureDictionary } from "./features/dictionary.js";
export { FEATURE_TABLES as featureTables, type FeatureTable } from "./features/feature-tables.js";
export { revenueBetween } from "./features/later-revenue.js";
export type { ReferenceOptions } from "./features/lines-at.js";
export { type RfmCustomer, type RfmScore, rfmScores, scoreRfm } from "./features/rfm.js";
export { type RfmSegment, rfmSegmentOf, rfmSegments } from "./features/rfm-segments.js";
export {
  formatDate,
  formatMoney,
  formatNumber,
  formatPercent,
  formatQuantity,
  nameToWords,
} from "./format.js";
export { column, type Matrix, matrixOf, matrixOfColumns } from "./math/matrix.js";
export { type Random, seededRandom } from "./math/random.js";
export { showFigure } from "./notebook/figure.js";
export { escapeMarkdown, showMarkdown } from "./notebook/markdown.js";
export { showComparison, showProfile } from "./notebook/profile.js";
export { showProgress } from "./notebook/progress.js";
export { record } from "./notebook/record.js";
export { recordGroups } from "./notebook/record-groups.js";
export { showTable } from "./notebook/table.js";
export { showVersions } from "./notebook/versions.js";
export { barChart } from "./plots/bars.js";
export { type BeforeAfter, beforeAfterChart } from "./plots/before-after.js";
export { heatmapChart } from "./plots/heatmap.js";
export { histogramChart } from "./plots/histogram.js";
export { type MapOptions, mapChart } from "./plots/map.js";
export { missingChart } from "./plots/missing.js";
export { type PairColumn, pairPlot } from "./plots/pair-plot.js";
export { timeSeriesChart } from "./plots/time-series.js";
export { type ChosenPlan, choosePlan, type PlanOptions } from "./preparation/choose-plan.js";
export { type CustomerColumns, measureNames, readCustomerColumns } from "./preparation/customer-columns.js";
export { fitImputer, type ImputedColumn, type ImputerState, impute } from "./preparation/impute.js";
export type { FeaturePlan, Scale, Shape } from "./preparation/plan.js";
export { type FittedFeature, fitPreparation, Preparation, type Prepared } from "./preparation/preparation.js";
export {
  type PreparationJson,
  preparationFromJson,
  preparationToJson,
} from "./preparation/preparation-json.js";
export { type Points, readPoints, storePoints } from "./preparation/prepared-table.js";
export { type Hopkins, hopkins, shuffleColumns } from "./preparation/selection/hopkins.js";
export { laplacianScores, leaveOneOutLaplacianScores } from "./preparation/selection/laplacian-score.js";
export { type LeftOutFeature, leaveOneFeatureOut } from "./preparation/selection/leave-one-out.js";
export {
  absoluteSpearman,
  type RedundancyGroup,
  redundancyGroups,
} from "./preparation/selection/redundancy.js";
export { scaledVariance } from "./preparation/selection/scaled-variance.js";
export {
  defaultSelectionThresholds,
  type SelectedFeature,
  type SelectionThresholds,
  type SelectionVerdict,
  selectFeatures,
} from "./preparation/selection/select-features.js";
export { type Suggestion, shapeRules, suggestTransform } from "./preparation/suggest-transform.js";
export { fitBoxCox } from "./preparation/transforms/box-cox.js";
export type { FittedTransform, TransformState } from "./preparation/transforms/fitted-transform.js";
export { transformFromJson, transformToJson } from "./preparation/transforms/from-json.js";
export { fitLog1p } from "./preparation/transforms/log1p.js";
export { fitMinMax } from "./preparation/transforms/min-max.js";
export { fitQuantile } from "./preparation/transforms/quantile.js";
export { fitRobust } from "./preparation/transforms/robust.js";
export { fitStandard } from "./preparation/transforms/standard.js";
export { fitYeoJohnson } from "./preparation/transforms/yeo-johnson.js";
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
export {
  countExtremes,
  type ExtremeCustomer,
  type ExtremeKind,
  type ExtremeOptions,
  extremeCustomers,
  extremeKinds,
} from "./profiling/extreme-customers.js";
export {
  defaultFeatureThresholds,
  type FeatureThresholds,
  type FeatureVerdict,
  type JudgedFeature,
  judgeFeatures,
  type RankPair,
  strongestPairs,
} from "./profiling/judge-features.js";
export { countOddLines, type OddKind, type OddLines } from "./profiling/odd-lines.js";
export {
  defaultLimits as profileLimits,
  type ProfileLimits,
  type TableProfile,
} from "./profiling/profile.js";
export { type ProfileOptions, profileTable } from "./profiling/profile-table.js";
export { renderComparisonFragment, renderComparisonPage } from "./profiling/render-comparison.js";
export { renderProfileFragment, renderProfilePage } from "./profiling/render-profile.js";
export { type Adjustment, adjustPValues } from "./statistics/adjust-p-values.js";
export { adjustedRandIndex } from "./statistics/adjusted-rand.js";
export { cramersV, phiK } from "./statistics/association.js";
export { type Bin, logBins } from "./statistics/bins.js";
export {
  type BootstrapOptions,
  type BootstrapResult,
  bootstrap,
  type Statistic,
} from "./statistics/bootstrap.js";
export {
  type ComparisonOptions,
  differenceByBootstrap,
  ratioByBootstrap,
  shareOfTotal,
} from "./statistics/bootstrap-comparisons.js";
export {
  type ChiSquareResult,
  chiSquareTest,
  type MedianTestResult,
  medianTest,
} from "./statistics/chi-square-test.js";
export {
  type ContingencyTable,
  crossTabulate,
  encodeCategories,
  tableOfCounts,
} from "./statistics/contingency.js";
export { pearson, spearman } from "./statistics/correlation.js";
export { pearsonTest, spearmanTest } from "./statistics/correlation-test.js";
export { type ArmValues, type CupedResult, cupedTest } from "./statistics/cuped.js";
export {
  describeNumbers,
  describeTexts,
  type NumberDescription,
  type TextDescription,
} from "./statistics/descriptive.js";
export { type Fences, logTukeyFences, tukeyFences } from "./statistics/fences.js";
export { type FisherResult, type FourfoldTable, fisherExactTest } from "./statistics/fisher-exact.js";
export { kendall } from "./statistics/kendall.js";
export {
  type KruskalWallisOptions,
  type KruskalWallisResult,
  kruskalWallisTest,
} from "./statistics/kruskal-wallis.js";
export { type MannWhitneyResult, mannWhitneyTest } from "./statistics/mann-whitney.js";
export type { MeanSummary } from "./statistics/mean-summary.js";
export { type NonInferiorityOptions, nonInferiorityTest } from "./statistics/non-inferiority.js";
export { type PermutationOptions, permutationTest } from "./statistics/permutation.js";
export {
  type PowerOptions,
  proportionsDetectableShare,
  proportionsPower,
  proportionsSampleSize,
  type SampleSize,
  type Sizes,
  welchDetectableDifference,
  welchPower,
  welchSampleSize,
} from "./statistics/power.js";
export { type ProportionOptions, proportionTest, wilsonInterval } from "./statistics/proportion.js";
export { type SimulationOptions, simulatePower } from "./statistics/simulate-power.js";
export type { Alternative, Estimate, Interval, TestOptions, TestResult } from "./statistics/test-result.js";
export { lift, type ProportionsResult, proportionsTest, type Share } from "./statistics/two-proportions.js";
export { type WelchResult, welchTest, welchTestOf } from "./statistics/welch.js";
export { type WilcoxonResult, wilcoxonTest } from "./statistics/wilcoxon.js";
export type { Cell, InvoiceLine, Row } from "./types.js";

// In a kernel, data frames and figures as the last expression of a cell show as tables and figures.
registerFormatters();
