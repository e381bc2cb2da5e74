import type { Message } from "./messages.js";
import type { Output } from "./nbformat.js";

/** Collects what the kernel publishes for one cell into the outputs that the notebook stores. */
export class OutputCollector {
  readonly outputs: Output[] = [];
  executionCount: number | null = null;
  readonly #displays: Map<string, number> = new Map();
  #clearBeforeNext = false;

  /** Takes one message of the iopub channel. */
  add(message: Message): void {
    const content = message.content;
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

  #addStream(name: "stdout" | "stderr", text: string): void {
    const last = this.outputs.at(-1);
    if (!this.#clearBeforeNext && last?.output_type === "stream" && last.name === name) last.text += text;
    else this.#push({ output_type: "stream", name, text });
  }

  #addDisplay({ header, content }: Message): void {
    const data = content["data"] as Record<string, unknown>;
    const metadata = (content["metadata"] ?? {}) as Record<string, unknown>;
    if (header.msg_type === "execute_result")
      this.#push({
        output_type: "execute_result",
        execution_count: content["execution_count"] as number,
        data,
        metadata,
      });
    else this.#push({ output_type: "display_data", data, metadata });
    const id = (content["transient"] as { display_id?: string } | undefined)?.display_id;
    if (id !== undefined) this.#displays.set(id, this.outputs.length - 1);
  }

  #updateDisplay(content: Record<string, unknown>): void {
    const id = (content["transient"] as { display_id?: string } | undefined)?.display_id;
    const at = id === undefined ? undefined : this.#displays.get(id);
    const output = at === undefined ? undefined : this.outputs[at];
    if (output && "data" in output) output.data = content["data"] as Record<string, unknown>;
  }

  #push(output: Output): void {
    if (this.#clearBeforeNext) this.#clear();
    this.outputs.push(output);
  }

  #clear(): void {
    this.#clearBeforeNext = false;
    this.outputs.length = 0;
    this.#displays.clear();
  }
}
