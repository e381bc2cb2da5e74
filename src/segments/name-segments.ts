import { featureDictionary } from "../features/dictionary.js";
import { formatNumber, formatPercent } from "../format.js";
import { DRIVER_WORDS } from "./driver-words.js";
import type { FeatureProfile, SegmentProfile } from "./profile-segments.js";

/** A segment with its name, what makes it, and what follows. */
export interface DescribedSegment {
  profile: SegmentProfile;
  name: string;
  /** The features in which it differs most from the rest, strongest first. */
  drivers: FeatureProfile[];
  /** Plain sentences from its numbers. */
  paragraph: string;
  /** One for each driver for which there is one. */
  actions: string[];
}

export interface NamingOptions {
  /** Name of the segment with the highest mean value. */
  programme: string;
  /** How amounts are written. */
  money: (value: number) => string;
  /** Most drivers of a segment; 3 when left out. */
  most?: number;
  /** Least absolute Cliff's delta of a driver; 0.33, a medium effect, when left out. */
  leastDelta?: number;
}

/**
 * Names segments by their place and by what drives them, never by a model's numbers: the first has the programme's name,
 * others that of their two strongest drivers ("Long silent, rare"), or "Segment 3" where nothing stands out or an
 * earlier segment has the name.
 * @param profiles - in order of value.
 * @see Romano et al. 2006 for what size of Cliff's delta is medium.
 */
export function describeSegments(
  profiles: readonly SegmentProfile[],
  { programme, money, most = 3, leastDelta = 0.33 }: NamingOptions,
): DescribedSegment[] {
  const taken = new Set<string>();
  return profiles.map((profile) => {
    const drivers = findDrivers(profile, { most, leastDelta });
    const driven = capitalised(drivers.slice(0, 2).map(wordsOf).join(", "));
    const wanted = profile.place === 1 ? programme : driven;
    const name = wanted === "" || taken.has(wanted) ? `Segment ${profile.place}` : wanted;
    taken.add(name);
    const actions = [...new Set(drivers.flatMap((driver) => actionOf(driver) ?? []))].map(capitalised);
    return { profile, name, drivers, paragraph: describe(profile, name, drivers, money), actions };
  });
}

/** The features in which a segment differs most from the rest, strongest first; of equals the one named earlier. */
export function findDrivers(
  { features }: SegmentProfile,
  { most = 3, leastDelta = 0.33 }: { most?: number; leastDelta?: number } = {},
): FeatureProfile[] {
  return features
    .filter(({ delta }) => Math.abs(delta.value) >= leastDelta)
    .sort((a, b) => Math.abs(b.delta.value) - Math.abs(a.delta.value))
    .slice(0, most);
}

function describe(
  { customers, share, gross, net, sortShare }: SegmentProfile,
  name: string,
  drivers: readonly FeatureProfile[],
  money: (value: number) => string,
): string {
  const size = `${name}: ${formatNumber(customers, 0)} customers, ${formatPercent(share)} of all.`;
  const interval =
    gross.interval === null
      ? ""
      : ` (${formatPercent(gross.interval.low)} to ${formatPercent(gross.interval.high)})`;
  const brings = `They bring ${money(gross.revenue)}, ${formatPercent(gross.share)}${interval} of gross revenue and ${formatPercent(net.share)} of what is left after returns; as many customers who stand first by revenue hold ${formatPercent(sortShare)}.`;
  const differ = drivers.map((driver) => {
    const { own, rest } = driver.median;
    return `${labelOf(driver.feature).toLowerCase()} ${withUnit(driver.feature, own, money)} in the median against ${withUnit(driver.feature, rest, money)}`;
  });
  const differs =
    differ.length === 0
      ? "In no feature do they stand out from the rest."
      : `They differ most from the rest by ${listed(differ)}.`;
  return `${size} ${brings} ${differs}`;
}

function wordsOf({ feature, delta }: FeatureProfile): string {
  const words = DRIVER_WORDS[feature];
  const isMore = delta.value > 0;
  if (words !== undefined) return isMore ? words.more : words.less;
  return `${isMore ? "more" : "less"} ${labelOf(feature).toLowerCase()}`;
}

function actionOf({ feature, delta }: FeatureProfile): string | null {
  const words = DRIVER_WORDS[feature];
  if (words === undefined) return null;
  return delta.value > 0 ? words.ifMore : words.ifLess;
}

/** How a reader calls a feature. */
export function labelOf(feature: string): string {
  return featureDictionary.find(({ name }) => name === feature)?.label ?? feature.replaceAll("_", " ");
}

/** A value of a feature with its unit, unless the feature's label says it: "orders 7". */
export function withUnit(feature: string, value: number, money: (value: number) => string): string {
  const unit = featureDictionary.find(({ name }) => name === feature)?.unit ?? "";
  if (unit === "currency") return money(value);
  if (unit === "share") return formatPercent(value);
  const isSaid = labelOf(feature).toLowerCase().includes(unit.toLowerCase());
  return isSaid ? formatNumber(value) : `${formatNumber(value)} ${unit}`;
}

function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function listed(parts: readonly string[]): string {
  return parts.length < 2 ? parts.join("") : `${parts.slice(0, -1).join(", ")} and ${parts.at(-1)}`;
}
