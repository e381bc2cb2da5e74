/** Levels of messages, the least important first. */
export const LOG_LEVELS = ["NOTSET", "DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL"] as const;

export type LogLevel = (typeof LOG_LEVELS)[number];

/** Writes a message of a level when that level is wanted. */
export type Logger = (level: Exclude<LogLevel, "NOTSET">, message: string) => void;

/** A logger of messages of `threshold` and above. @param write - is given lines without their end. */
export function createLogger(threshold: LogLevel, write: (line: string) => void): Logger {
  return (level, message) => {
    if (LOG_LEVELS.indexOf(level) >= LOG_LEVELS.indexOf(threshold)) write(message);
  };
}
