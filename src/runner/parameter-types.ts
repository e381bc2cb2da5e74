/** A value a notebook may be given. */
export type ParameterValue =
  | string
  | number
  | boolean
  | null
  | ParameterValue[]
  | { [name: string]: ParameterValue };

export type Parameters = Record<string, ParameterValue>;

/** Languages that parameters can be written in. */
export type ParameterLanguage = "typescript" | "javascript";
