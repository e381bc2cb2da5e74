/**
 * Lets a program go on whose reader has left, as `insiders report | head -1` does, or whose terminal was closed. Node
 * would end it with a stack otherwise. Who must know what was written asks at each write.
 */
export function surviveClosedPipes(): void {
  for (const stream of [process.stdout, process.stderr]) stream.on("error", () => {});
}
