/** How a segment is spoken of that has more, or less, of a feature than the rest, and what the shop can do about it. */
export interface DriverWords {
  /** Part of a name. */
  more: string;
  less: string;
  /** An imperative without a full stop; null where nothing follows. */
  ifMore: string | null;
  ifLess: string | null;
}

/** The rules by which drivers become names and actions. A feature that is not here is spoken of by its label. */
export const DRIVER_WORDS: Readonly<Record<string, DriverWords>> = {
  gross_revenue: {
    more: "big spenders",
    less: "small spenders",
    ifMore: "give them a person to talk to and early access to new products",
    ifLess: "keep contact cheap: newsletters rather than calls",
  },
  net_revenue: {
    more: "profitable after returns",
    less: "little left after returns",
    ifMore: null,
    ifLess: null,
  },
  average_order_value: {
    more: "large orders",
    less: "small orders",
    ifMore: "offer volume prices and free delivery above their usual order",
    ifLess: "set a threshold for free delivery just above their usual order",
  },
  revenue_last_90_days: {
    more: "active this quarter",
    less: "quiet this quarter",
    ifMore: "follow up their last order while they are active",
    ifLess: "ask what keeps them away and offer a reason to return",
  },
  top_product_share: {
    more: "one favourite product",
    less: "many favourites",
    ifMore: "suggest what others buy with their favourite product",
    ifLess: "show them what is new across the range",
  },
  recency_days: {
    more: "long silent",
    less: "recent",
    ifMore: "send a win-back offer that ends on a day",
    ifLess: "thank them for the last order and suggest the next one",
  },
  tenure_days: {
    more: "long known",
    less: "new",
    ifMore: "reward loyalty by time",
    ifLess: "welcome them: a second order within a month is what to work for",
  },
  orders: {
    more: "frequent",
    less: "rare",
    ifMore: "reward every tenth order or so",
    ifLess: "offer something for the next order, not for this one",
  },
  orders_per_active_month: {
    more: "several orders a month",
    less: "one order a month",
    ifMore: "offer to collect orders into one delivery",
    ifLess: null,
  },
  order_lines: {
    more: "long shopping lists",
    less: "short shopping lists",
    ifMore: "make ordering again easy: lists that can be repeated",
    ifLess: "show sets of products that belong together",
  },
  products_per_order: {
    more: "broad baskets",
    less: "narrow baskets",
    ifMore: "show them the full range first",
    ifLess: "show sets of products that belong together",
  },
  returned_value: {
    more: "many returns",
    less: "few returns",
    ifMore: "find out what comes back and why before giving discounts",
    ifLess: null,
  },
};
