import type { ArtifactHashes } from "./artifacts.js";
import type { ReportHeader, ReportLink, ReportSource, ReportStatus } from "./html.js";
import type { Parameters } from "./parameter-types.js";
import { isRecordedGroups, isRecordedValue, type RecordedGroups, type RecordedValue } from "./records.js";
import { isListOf, isMap, isMapOf, isNullOr, isText, isTime } from "./shapes.js";

// What runs leave behind may be cut off, or changed by hand: who reads it asks here whether it is what it should be.

/** What a run keeps of one notebook. */
export interface CycleRecord {
  name: string;
  title: string;
  status: ReportStatus;
  /** ISO 8601, UTC; of a cached notebook, when it did run. */
  startedAt: string | null;
  durationSeconds: number | null;
  key: string | null;
  records: RecordedValue[];
  groups: RecordedGroups[];
  /** Cell and reason of a failure, or what a pending notebook waits for. */
  error: string | null;
}

/** One run of the notebooks: what it was given, what came out. */
export interface RunRecord {
  id: string;
  /** ISO 8601, UTC. */
  startedAt: string;
  durationSeconds: number;
  status: "completed" | "failed" | "interrupted";
  parameters: Parameters;
  source: ReportSource | null;
  versions: Record<string, string>;
  /** The selected notebooks, in the order they ran. */
  cycles: CycleRecord[];
}

/** What a completed notebook keeps of its run: the metadata `insiders_run` of the executed notebook. */
export interface RunStamp {
  /** All that its outcome follows from, as one text. */
  key: string;
  reads: ArtifactHashes;
  writes: ArtifactHashes;
}

/** Whether a value is all that a run keeps of itself. */
export function isRunRecord(value: unknown): value is RunRecord {
  return (
    isMap(value) &&
    isText(value["id"]) &&
    isTime(value["startedAt"]) &&
    isNumber(value["durationSeconds"]) &&
    ["completed", "failed", "interrupted"].includes(value["status"] as string) &&
    isMap(value["parameters"]) &&
    isNullOr(value["source"], isSource) &&
    isMapOf(value["versions"], isText) &&
    isListOf(value["cycles"], isCycleRecord)
  );
}

/** Whether a value is what a report says about its run. */
export function isReportHeader(value: unknown): value is ReportHeader {
  return (
    isMap(value) &&
    isText(value["title"]) &&
    isNullOr(value["banner"], isText) &&
    isTime(value["startedAt"]) &&
    isNumber(value["durationSeconds"]) &&
    isStatus(value["status"]) &&
    isMap(value["parameters"]) &&
    isNullOr(value["source"], isSource) &&
    isMapOf(value["versions"], isText) &&
    isNullOr(value["previous"], isLink) &&
    isNullOr(value["next"], isLink) &&
    isNullOr(value["index"], isText)
  );
}

/** Whether a value is what a completed notebook keeps of its run. */
export function isRunStamp(value: unknown): value is RunStamp {
  return (
    isMap(value) &&
    isText(value["key"]) &&
    isMapOf(value["reads"], isText) &&
    isMapOf(value["writes"], isText)
  );
}

function isCycleRecord(value: unknown): value is CycleRecord {
  return (
    isMap(value) &&
    isText(value["name"]) &&
    isText(value["title"]) &&
    isStatus(value["status"]) &&
    isNullOr(value["startedAt"], isTime) &&
    isNullOr(value["durationSeconds"], isNumber) &&
    isNullOr(value["key"], isText) &&
    isListOf(value["records"], isRecordedValue) &&
    isListOf(value["groups"], isRecordedGroups) &&
    isNullOr(value["error"], isText)
  );
}

function isSource(value: unknown): value is ReportSource {
  return (
    isMapOf(value, (fact): fact is string | number => isText(fact) || isNumber(fact)) &&
    isText(value["name"]) &&
    isText(value["sha256"])
  );
}

function isLink(value: unknown): value is ReportLink {
  return isMap(value) && isText(value["href"]) && isText(value["title"]);
}

function isStatus(value: unknown): value is ReportStatus {
  return ["completed", "failed", "pending", "cached"].includes(value as string);
}

function isNumber(value: unknown): value is number {
  return typeof value === "number";
}
