/** Whether a text is a day of the calendar, `YYYY-MM-DD`. */
export function isDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const time = Date.parse(`${text}T00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
}

/** The day so many days before another. @param date - `YYYY-MM-DD`. @throws RangeError when it is none. */
export function daysBefore(date: string, days: number): string {
  if (!isDay(date) || !Number.isInteger(days))
    throw new RangeError(`daysBefore needs a date YYYY-MM-DD and whole days, got "${date}" and ${days}`);
  return new Date(Date.parse(date) - days * 86_400_000).toISOString().slice(0, 10);
}
