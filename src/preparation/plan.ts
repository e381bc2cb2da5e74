import { fitBoxCox } from "./transforms/box-cox.js";
import type { FittedTransform } from "./transforms/fitted-transform.js";
import { fitLog1p } from "./transforms/log1p.js";
import { fitMinMax } from "./transforms/min-max.js";
import { fitQuantile } from "./transforms/quantile.js";
import { fitRobust } from "./transforms/robust.js";
import { fitStandard } from "./transforms/standard.js";
import { fitYeoJohnson } from "./transforms/yeo-johnson.js";

/** What changes the shape of a column; "none" leaves it. */
export type Shape = "none" | "log1p" | "box-cox" | "yeo-johnson" | "quantile-uniform" | "quantile-normal";

/** What gives columns a common unit; "none" leaves theirs. */
export type Scale = "none" | "standard" | "robust" | "min-max";

/** What becomes of one feature, in this order: gaps filled, shape changed, unit changed. */
export interface FeaturePlan {
  name: string;
  /** "median", or a number in the unit of the feature; null refuses gaps. */
  impute: "median" | number | null;
  transform: Shape;
  scale: Scale;
  /** Why, in a sentence; stored with the preparation. */
  reason?: string;
}

type Fit = (values: Float64Array) => FittedTransform;

/** How each shape is fitted. */
export const SHAPES: Readonly<Record<Shape, Fit | null>> = {
  none: null,
  log1p: fitLog1p,
  "box-cox": (values) => fitBoxCox(values, { standardize: false }),
  "yeo-johnson": (values) => fitYeoJohnson(values, { standardize: false }),
  "quantile-uniform": (values) => fitQuantile(values, { output: "uniform" }),
  "quantile-normal": (values) => fitQuantile(values, { output: "normal" }),
};

/** How each scale is fitted. */
export const SCALES: Readonly<Record<Scale, Fit | null>> = {
  none: null,
  standard: fitStandard,
  robust: fitRobust,
  "min-max": fitMinMax,
};
