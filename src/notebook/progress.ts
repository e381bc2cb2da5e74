import { randomUUID } from "node:crypto";
import { escapeHtml, formatDuration, formatNumber, formatPercent } from "../format.js";
import { type Bundle, display } from "./display.js";
import { styled } from "./output-style.js";

/** Updates come at most so often: more would only keep the reader's browser busy. */
const INTERVAL_MS = 250;
/** Before so much of the work is done a guess of the time left is worth nothing. */
const FIRST_GUESS = 0.02;

/**
 * Shows how far long work in a cell has come, in one line that changes in place: a bar, and about how long it will take.
 * @param label - what is being done: "t-SNE".
 * @returns the callback that such work takes as `onProgress`; the line says "done" once all is.
 */
export function showProgress(label: string): (done: number, total: number) => void {
  const id = randomUUID();
  const started = performance.now();
  let shownAt = Number.NEGATIVE_INFINITY;
  let isDone = false;
  display(progressBundle(id, label, 0, null));
  return (done, total) => {
    const now = performance.now();
    const share = total > 0 ? Math.min(1, done / total) : 1;
    if (isDone || (share < 1 && now - shownAt < INTERVAL_MS)) return;
    shownAt = now;
    isDone = share === 1;
    const left = share < FIRST_GUESS ? null : ((now - started) / 1000) * (1 / share - 1);
    display(progressBundle(id, label, share, isDone ? `done, ${formatNumber(total)} steps` : left), true);
  };
}

/** @param state - seconds that are left, null when nobody can tell, or a word for the end. */
function progressBundle(id: string, label: string, share: number, state: number | string | null): Bundle {
  const words =
    typeof state === "string"
      ? state
      : `${formatPercent(share, 0)}${state === null ? "" : `, about ${formatDuration(state)} left`}`;
  const bar = typeof state === "string" ? "" : `<progress max="1" value="${share.toFixed(3)}"></progress> `;
  return {
    data: {
      "text/html": styled(`<p class="insiders-note">${escapeHtml(label)}: ${bar}${words}</p>`),
      "text/plain": `${label}: ${words}`,
    },
    transient: { display_id: id },
  };
}
