/**
 * What the user gave cannot be used: a file, a folder, a missing artifact. The message is one line that says
 * what is wrong, where, what was found and what to do next; the technical reason stays in `cause`.
 */
export class InputError extends Error {
  override readonly name: string = "InputError";
}
