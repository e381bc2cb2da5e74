/** Output is sent in pieces of at most this many characters or this age. */
const CHUNK = 16_384;
const AGE_MS = 50;

/** Joins the small pieces that a program prints, so that 20,000 lines are not 20,000 messages. */
export class StreamBatch {
  readonly #send: (name: string, text: string) => void;
  #waiting: { name: string; text: string } | undefined;
  #timer: NodeJS.Timeout | undefined;
  #sentAt = 0;

  /** @param send - takes a piece of the stream `name`. */
  constructor(send: (name: string, text: string) => void) {
    this.#send = send;
  }

  /** Takes text; the first after a pause goes out at once. @param now - milliseconds of a steady clock. */
  add(name: string, text: string, now: number): void {
    if (this.#waiting && this.#waiting.name !== name) this.flush(now);
    this.#waiting = { name, text: (this.#waiting?.text ?? "") + text };
    if (this.#waiting.text.length >= CHUNK || now - this.#sentAt >= AGE_MS) this.flush(now);
    else this.#timer ??= setTimeout(() => this.flush(now + AGE_MS), AGE_MS);
  }

  /** Sends what waits. */
  flush(now: number): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (!this.#waiting) return;
    const { name, text } = this.#waiting;
    this.#waiting = undefined;
    this.#sentAt = now;
    this.#send(name, text);
  }
}
