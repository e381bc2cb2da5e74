export { Database } from "./data/database.js";
export { type Random, seededRandom } from "./math/random.js";
export type { Cell, InvoiceLine, Row } from "./types.js";
