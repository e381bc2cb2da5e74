import type { Message } from "./messages.js";
import type { Output } from "./nbformat.js";

/** An output that has rich data, which may be updated later. */
type Display = Extract<Output, { data: unknown }>;

/** The outputs of a notebook that carry an id, by which any later cell may update them. */
export type Displays = Map<string, Display[]>;

/** Characters that one cell may put out: what JSON makes of them must still fit into a string. */
const MOST_CHARACTERS = 200_000_000;

/** A cell put out more than a notebook can hold. */
export class OutputLimitError extends Error {
  override name = "OutputLimitError";
}

/** Collects what the kernel publishes for one cell into the outputs that the notebook stores. */
export class OutputCollector {
  readonly outputs: Output[] = [];
  executionCount: number | null = null;
  readonly #displays: Displays;
  #clearBeforeNext = false;
  #characters = 0;

  /** @param displays - shared by the cells of a notebook. */
  constructor(displays: Displays = new Map()) {
    this.#displays = displays;
  }

  /** Takes one message of the iopub channel. @throws OutputLimitError when it would be too much. */
  add(message: Message): void {
    const content = message.content;
    this.#count(content);
    switch (message.header.msg_type) {
      case "execute_input":
        this.executionCount = content["execution_count"] as number;
        break;
      case "stream":
        this.#addStream(content["name"] as "stdout" | "stderr", content["text"] as string);
        break;
      case "display_data":
      case "execute_result":
        this.#addDisplay(message);
        break;
      case "update_display_data":
        this.#updateDisplay(content);
        break;
      case "error":
        this.#push({
          output_type: "error",
          ename: content["ename"] as string,
          evalue: content["evalue"] as string,
          traceback: content["traceback"] as string[],
        });
        break;
      case "clear_output":
        if (content["wait"] === true) this.#clearBeforeNext = true;
        else this.#clear();
        break;
    }
  }

  #count({ text, data }: Record<string, unknown>): void {
    for (const value of [text, ...Object.values((data ?? {}) as Record<string, unknown>)])
      if (typeof value === "string") this.#characters += value.length;
    if (this.#characters > MOST_CHARACTERS)
      throw new OutputLimitError(
        `the cell put out more than ${MOST_CHARACTERS / 1e6} million characters: write them to a file`,
      );
  }

  #addStream(name: "stdout" | "stderr", text: string): void {
    const last = this.outputs.at(-1);
    if (!this.#clearBeforeNext && last?.output_type === "stream" && last.name === name) last.text += text;
    else this.#push({ output_type: "stream", name, text });
  }

  #addDisplay({ header, content }: Message): void {
    const data = content["data"] as Record<string, unknown>;
    const metadata = (content["metadata"] ?? {}) as Record<string, unknown>;
    const output: Display =
      header.msg_type === "execute_result"
        ? {
            output_type: "execute_result",
            execution_count: content["execution_count"] as number,
            data,
            metadata,
          }
        : { output_type: "display_data", data, metadata };
    this.#push(output);
    const id = displayId(content);
    if (id !== undefined) this.#displays.set(id, [...(this.#displays.get(id) ?? []), output]);
  }

  #updateDisplay(content: Record<string, unknown>): void {
    const id = displayId(content);
    const shown = id === undefined ? [] : (this.#displays.get(id) ?? []);
    for (const output of shown) {
      output.data = content["data"] as Record<string, unknown>;
      output.metadata = (content["metadata"] ?? {}) as Record<string, unknown>;
    }
  }

  #push(output: Output): void {
    if (this.#clearBeforeNext) this.#clear();
    this.outputs.push(output);
  }

  #clear(): void {
    this.#clearBeforeNext = false;
    this.outputs.length = 0;
  }
}

function displayId(content: Record<string, unknown>): string | undefined {
  return (content["transient"] as { display_id?: string } | undefined)?.display_id;
}
