import { registerFormatters } from "./notebook/formatters.js";

export {
  type Answer,
  type AnswerSources,
  answerNumber,
  answerQuestions,
  type ForecastSummary,
  followedBy,
  type ListSummary,
} from "./business/answers.js";
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
export {
  type ForecastArtifact,
  type ForecastSources,
  forecastArtifact,
} from "./business/forecast-artifact.js";
export { hypotheses, mindMapBranches } from "./business/hypotheses.js";
export type { Hypothesis, HypothesisInputs, TestedHypothesis, Verdict } from "./business/hypothesis.js";
export { readHypothesisInputs } from "./business/hypothesis-inputs.js";
export { effectText, evidenceText, pText } from "./business/hypothesis-text.js";
export { hypothesisMap, type MindMap } from "./business/mind-map.js";
export { type ProgrammeEconomics, type ProgrammeTerms, programmeEconomics } from "./business/programme.js";
export { type MarketingQuestion, marketingQuestions } from "./business/questions.js";
export {
  type PublishedSegment,
  publishedSegments,
  type QuotedFigure,
  quotedFigures,
} from "./business/quoted-figures.js";
export {
  type SegmentSummary,
  type SegmentsArtifact,
  type SegmentsSources,
  segmentsArtifact,
  type Threshold,
} from "./business/segments-artifact.js";
export { type TestingOptions, testHypotheses } from "./business/test-hypotheses.js";
export { type AccountRow, accountRows, assertAccounts } from "./cleaning/accounts.js";
export { cleanInvoices } from "./cleaning/clean.js";
export { type CleaningDifference, compareCleanings } from "./cleaning/compare.js";
export { type CleaningOptions, defaultCleaning } from "./cleaning/options.js";
export { priorWorkCleaning } from "./cleaning/prior-work.js";
export { type CleaningRecord, recordCleaning } from "./cleaning/record.js";
export { type RepeatEvidence, repeatEvidence } from "./cleaning/repeat-evidence.js";
export { RULES as cleaningRules, type Rule } from "./cleaning/rules.js";
export { type Sensitivity, sensitivity } from "./cleaning/sensitivity.js";
export {
  type Choice,
  type ChoiceRule,
  chooseModel,
  defaultChoiceRule,
  type Finalist,
} from "./clustering/choose-model.js";
export { confirmKMeans, type KMeansConfirmation } from "./clustering/confirm-kmeans.js";
export { type DbscanOptions, type DbscanResult, dbscan } from "./clustering/dbscan.js";
export {
  defaultPracticality,
  type Ineligibility,
  type Practicality,
  shortList,
  type ValuedRow,
  whyNotEligible,
} from "./clustering/eligible.js";
export { labelsFingerprint, sweepFingerprint } from "./clustering/fingerprint.js";
export {
  assignToMixture,
  type CovarianceType,
  type GaussianMixtureOptions,
  type GaussianMixtureResult,
  gaussianMixture,
  type MixtureModel,
  mixtureResponsibilities,
} from "./clustering/gaussian-mixture.js";
export { type HdbscanOptions, type HdbscanResult, hdbscan, hdbscanBySize } from "./clustering/hdbscan.js";
export { type KDistances, kDistances } from "./clustering/k-distances.js";
export { assignToCenters, type KMeansOptions, type KMeansResult, kmeans } from "./clustering/kmeans.js";
export { cutLinkage, type Linkage, type LinkageMethod, linkage } from "./clustering/linkage.js";
export { countLabels, type LabelCounts } from "./clustering/measures/clusters.js";
export { calinskiHarabasz, daviesBouldin, inertiaOf } from "./clustering/measures/dispersion.js";
export { type Knee, knee } from "./clustering/measures/knee.js";
export { type ParetoFront, paretoFront } from "./clustering/measures/pareto.js";
export {
  SAMPLED_FROM_ROWS as sampledFromRows,
  type SampledSilhouette,
  type SampleOptions,
  sampledSilhouette,
  sampledSilhouettes,
  sampledSilhouettesInParallel,
} from "./clustering/measures/sampled-silhouettes.js";
export {
  type ClusterSilhouette,
  type RowRange,
  type Silhouette,
  silhouette,
  silhouetteSamples,
  silhouettes,
} from "./clustering/measures/silhouette.js";
export {
  type SilhouettesOptions,
  silhouettesInParallel,
} from "./clustering/measures/silhouettes-in-parallel.js";
export {
  type ShownOptions,
  type ShownSilhouettes,
  silhouettesToShow,
} from "./clustering/measures/silhouettes-to-show.js";
export {
  type ClusteringStability,
  type ClusteringStabilityOptions,
  type ClusterStability,
  clusteringStability,
  compareResamples,
  drawResamples,
  type Resample,
} from "./clustering/measures/stability.js";
export { permuteComponents } from "./clustering/mixture/permute.js";
export {
  type ModelStabilityOptions,
  modelStability,
  type StabilityCandidate,
} from "./clustering/model-stability.js";
export {
  type FittedModel,
  fitModel,
  MODEL_LABELS as modelLabels,
  type ModelName,
  type ModelOptions,
  SETTING_OF as settingOf,
} from "./clustering/models.js";
export { silhouetteNote } from "./clustering/silhouette-note.js";
export {
  type Separation,
  type SweepMemory,
  type SweepOptions,
  type SweepRow,
  type SweepSettings,
  sweep,
} from "./clustering/sweep.js";
export { type Cycle, cycles } from "./data/cycles.js";
export { Database } from "./data/database.js";
export { type ColumnDefinition, columnDictionary } from "./data/dictionary.js";
export { InputError } from "./data/errors.js";
export { type LoadOptions, type LoadSummary, loadInvoices } from "./data/load.js";
export { loadTable } from "./data/load-table.js";
export { type InspectedSource, inspectSource, resolveSource, type Source } from "./data/source.js";
export { type SourceFacts, sourceFacts } from "./data/source-facts.js";
export type { TableSummary } from "./data/table-summary.js";
export { Workspace } from "./data/workspace.js";
export { type TsneJsOptions, tsneByTsneJs } from "./embedding/cross-check/tsne-js.js";
export { type UmapJsOptions, umapByUmapJs } from "./embedding/cross-check/umap-js.js";
export { Forest, type ForestOptions, type ForestState, fitForest } from "./embedding/forest.js";
export { ForestSpace, type ForestSpaceState, fitForestSpace } from "./embedding/forest-space.js";
export {
  type ForestTraining,
  type ForestTrainingOptions,
  forestTraining,
} from "./embedding/forest-training.js";
export { fitPca, Pca, type PcaState } from "./embedding/pca.js";
export { type DistancePairCorrelation, distancePairCorrelation } from "./embedding/quality/distances.js";
export { neighbourDisagreement } from "./embedding/quality/features.js";
export { type Islands, islands } from "./embedding/quality/islands.js";
export { continuity, neighbourhoodHit, trustworthiness } from "./embedding/quality/neighbourhoods.js";
export type { DistanceSpace, Space } from "./embedding/quality/space.js";
export { type Stability, stability } from "./embedding/quality/stability.js";
export {
  SPACE_LABELS as spaceLabels,
  SPACE_NAMES as spaceNames,
  type SpaceName,
  type SpacesAt,
  type SpacesAtOptions,
  spacesAt,
} from "./embedding/spaces-at.js";
export { type TsneOptions, type TsneResult, tsne } from "./embedding/tsne.js";
export { fitUmap, Umap, type UmapOptions, type UmapState } from "./embedding/umap.js";
export { assertCustomers } from "./features/assert-customers.js";
export { type CohortRetention, cohortRetention, retentionAfter } from "./features/cohorts.js";
export { buildCustomers, type CustomersSummary } from "./features/customers.js";
export { daysBefore } from "./features/days.js";
export { definitionHash } from "./features/definition-hash.js";
export type { Feature } from "./features/dictionary/feature.js";
export { featureDictionary } from "./features/dictionary.js";
export { FEATURE_TABLES as featureTables, type FeatureTable } from "./features/feature-tables.js";
export { revenueBetween, salesBefore } from "./features/later-revenue.js";
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
export { column, type Matrix, matrixOf, matrixOfColumns, takeRows } from "./math/matrix.js";
export { type Random, seededRandom } from "./math/random.js";
export { type Download, showDownloads } from "./notebook/downloads.js";
export { showFigure } from "./notebook/figure.js";
export { escapeMarkdown, showMarkdown } from "./notebook/markdown.js";
export { showMindMap } from "./notebook/mind-map.js";
export { showComparison, showProfile } from "./notebook/profile.js";
export { showProgress } from "./notebook/progress.js";
export { record } from "./notebook/record.js";
export { recordGroups } from "./notebook/record-groups.js";
export { showTable } from "./notebook/table.js";
export { showVersions } from "./notebook/versions.js";
export { barChart } from "./plots/bars.js";
export { type BeforeAfter, beforeAfterChart } from "./plots/before-after.js";
export { type DendrogramOptions, type DendrogramSegment, dendrogramChart } from "./plots/dendrogram.js";
export { type GroupMapOptions, groupMapChart, type MapGroup } from "./plots/group-map.js";
export { heatmapChart } from "./plots/heatmap.js";
export { histogramChart } from "./plots/histogram.js";
export { type KDistanceOptions, kDistanceChart } from "./plots/k-distances.js";
export { type KneeChartOptions, type KneeCurve, kneeChart } from "./plots/knee.js";
export { type MapOptions, mapChart } from "./plots/map.js";
export { membershipChart } from "./plots/membership.js";
export { missingChart } from "./plots/missing.js";
export { type PairColumn, pairPlot } from "./plots/pair-plot.js";
export {
  type Candidate as ParetoCandidate,
  type MeasureText,
  type ParetoChartOptions,
  paretoChart,
} from "./plots/pareto.js";
export { type NamedCluster, type SilhouettePlotOptions, silhouettePlot } from "./plots/silhouette.js";
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
export { assignSegments, type SegmentAssignment } from "./publish/assign-segments.js";
export { createModel, type ModelParts } from "./publish/create-model.js";
export { csvLines } from "./publish/csv.js";
export { type Drift, measureDrift } from "./publish/drift.js";
export { fingerprintTraining } from "./publish/fingerprint.js";
export {
  type FittedModelSpace,
  fitModelSpace,
  type ModelSpaceOptions,
} from "./publish/fit-model-space.js";
export {
  type FittedSegments,
  fitSegments,
  type PlacingModel,
  type SegmentsOptions,
} from "./publish/fit-segments.js";
export type {
  KMeansClustering,
  MixtureClustering,
  Model,
  ModelClustering,
  ModelFeature,
  ModelMetric,
  ModelSchema,
  ModelTraining,
} from "./publish/model.js";
export { modelChecksum, modelFromJson, modelToJson } from "./publish/model-file.js";
export { type ModelSpace, placeInSpace } from "./publish/model-space.js";
export { readModel, storeModel } from "./publish/model-store.js";
export { type CustomerScores, type SegmentSize, scoreCustomers } from "./publish/score-customers.js";
export { type InvoiceScores, type ScoreOptions, scoreInvoices } from "./publish/score-invoices.js";
export { segmentsAtDays } from "./publish/segments-at.js";
export { type SheetColumn, xlsxFile } from "./publish/xlsx.js";
export { type Comparison, compareToRest, type ResampleOptions } from "./segments/compare-to-rest.js";
export { DRIVER_WORDS as driverWords, type DriverWords } from "./segments/driver-words.js";
export { chooseRule, type EntryRuleOptions, type FoundRule, findEntryRules } from "./segments/entry-rules.js";
export { compareLists, type Fidelity, type GroupTotal } from "./segments/fidelity.js";
export { type LaterShare, laterShares } from "./segments/later-shares.js";
export { type ListedCustomer, memberListColumns, readMemberList } from "./segments/member-list.js";
export { describeMembers, type Member, type MemberNotes, storeMembers } from "./segments/members.js";
export { type Migration, migrationBetween, type SegmentsAt } from "./segments/migration.js";
export {
  type DescribedSegment,
  describeSegments,
  findDrivers,
  type NamingOptions,
} from "./segments/name-segments.js";
export { type Missing, type NextInLine, nextInLine } from "./segments/next-in-line.js";
export { type OutOfTime, type OutOfTimeOptions, outOfTime } from "./segments/out-of-time.js";
export {
  type FeatureProfile,
  placesOf,
  profileSegments,
  type RevenuePart,
  type SegmentProfile,
} from "./segments/profile-segments.js";
export { lackText, reasonsFor, ruleText } from "./segments/reasons.js";
export {
  type CustomersAt,
  customersAtDays,
  type MembershipAt,
  monthStarts,
  type Replay,
  replayRule,
  type Stay,
  type StayLengths,
  stayLengths,
  withoutBand,
} from "./segments/replay-rules.js";
export {
  type ReturnsValue,
  type ReturnsValueOptions,
  readReturnCounts,
  valueAfterReturns,
} from "./segments/returns-value.js";
export {
  bestByRevenue,
  type RevenueShare,
  revenueShares,
} from "./segments/revenue-shares.js";
export { type Condition, type EntryRule, meetsRule } from "./segments/rules.js";
export {
  offersFor,
  overRepresented,
  type ProductBuyers,
  type ProductLift,
  type ProductOptions,
  readProductBuyers,
} from "./segments/segment-products.js";
export { type RankedCluster, rankClusters } from "./segments/value-order.js";
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
export { quantile } from "./statistics/quantile.js";
export { type SimulationOptions, simulatePower } from "./statistics/simulate-power.js";
export { stabilityIndex } from "./statistics/stability-index.js";
export type { Alternative, Estimate, Interval, TestOptions, TestResult } from "./statistics/test-result.js";
export { lift, type ProportionsResult, proportionsTest, type Share } from "./statistics/two-proportions.js";
export { type WelchResult, welchTest, welchTestOf } from "./statistics/welch.js";
export { type WilcoxonResult, wilcoxonTest } from "./statistics/wilcoxon.js";
export type { Cell, InvoiceLine, Row } from "./types.js";
export {
  type BackTest,
  type BackTestResult,
  backTest,
  backTestValue,
  type Candidate,
  type ValueBackTest,
} from "./value/back-test.js";
export {
  type ChosenPurchases,
  choosePurchases,
  type FittedPurchases,
  fitPurchases,
  purchaseModels,
} from "./value/fit-purchases.js";
export { type FittedSpend, fitSpend } from "./value/fit-spend.js";
export {
  backTestForecast,
  drawGroupTotals,
  type ForecastOptions,
  type ForecastTest,
  forecastGroup,
  forecastRevenue,
  type RevenueForecast,
} from "./value/forecast.js";
export { countOfShare, type GainDifference, gainCurve, gainDifference, rankRows } from "./value/gain.js";
export { drawGroupRevenue, type GroupOptions } from "./value/group-futures.js";
export {
  type Estimate as GrowthEstimate,
  type GrowthOptions,
  type GrowthScenario,
  growthScenario,
} from "./value/growth.js";
export { type Histories, readHistories, spendHistories } from "./value/histories.js";
export { type MaximumLikelihood, NotConverged } from "./value/maximum-likelihood.js";
export { bgNbd, mbgNbd } from "./value/models/bg-nbd.js";
export { gammaGammaLaw, type SpendLaw } from "./value/models/gamma-gamma.js";
export { cnbd, mbgCnbd } from "./value/models/mbg-cnbd.js";
export { mixedNbd } from "./value/models/mixed-nbd.js";
export { nbd } from "./value/models/nbd.js";
export { paretoNbd } from "./value/models/pareto-nbd.js";
export type { PurchaseLaw, PurchaseModel } from "./value/models/purchase-model.js";
export { type ValueScores, valueScores } from "./value/score.js";
export {
  drawFutures,
  drawTotals,
  type Futures,
  type Interval as FutureInterval,
  middlePart,
  rowIntervals,
} from "./value/simulate.js";
export { type ValueColumnsOptions, valueColumns } from "./value/value-columns.js";
export {
  type CustomerValues,
  fitValue,
  predictValue,
  type ValueModel,
  type ValueOptions,
} from "./value/value-model.js";

// In a kernel, data frames and figures as the last expression of a cell show as tables and figures.
registerFormatters();
