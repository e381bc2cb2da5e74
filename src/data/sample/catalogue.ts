import { randomIndex, randomItem, weightedIndex } from "../../math/distributions.js";
import type { Random } from "../../math/random.js";
import { roundMoney } from "./document.js";

/** Something the invented shop sells. */
export interface Product {
  stockCode: string;
  description: string;
  /** What the shop calls it since `renamedAt`; most products keep their name. */
  laterDescription: string;
  /** Share of the period after which the later name is used. */
  renamedAt: number;
  /** List price of one piece. */
  price: number;
}

/** What the shop sells and how often each product is asked for. */
export interface Catalogue {
  products: readonly Product[];
  /** A product, popular ones more often. */
  draw(random: Random): Product;
}

const FAMILIES = 300;
const FIRST_CODE = 30_011;

const BEINGS = [
  ...["MOONBADGER", "SNORKWEED", "PUDDLEFINCH", "TUMBLEWICK", "GLIMMERMOTH", "FIZZLEBERRY", "WOBBLEOAK"],
  ...["THISTLENEWT", "CLOUDHERON", "BRAMBLEDRAKE", "NIBBLEFERN", "DOODLEPLUM", "HUMBLEQUARTZ", "SPROCKETOWL"],
  ...[
    "MARZIPAN YAK",
    "TEAPOT COMET",
    "VELVET TURNIP",
    "QUILLHOPPER",
    "JELLYSTAR",
    "FROSTPICKLE",
    "HONEYGNOME",
  ],
  ...["WHISKERBEAN", "PEBBLEPHANT", "TANGLEFISH", "MUDDLECROW", "SUGARNETTLE", "DROWSY LEEK", "BISCUIT HARE"],
];

/** Things and their list prices. */
const THINGS: readonly (readonly [string, number])[] = [
  ["MUG", 2.55],
  ["EGG CUP", 1.25],
  ["TEA TOWEL", 2.95],
  ["NAPKINS", 0.85],
  ["LANTERN", 4.95],
  ["WALL CLOCK", 8.5],
  ["DOOR HOOK", 1.65],
  ["LUNCH BAG", 1.65],
  ["SHOPPER", 2.08],
  ["COASTER", 0.65],
  ["CAKE TIN", 4.25],
  ["NOTEBOOK", 1.45],
  ["PENCIL CASE", 2.1],
  ["GIFT WRAP", 0.42],
  ["CARD", 0.39],
  ["PAPER CHAIN", 0.83],
  ["PHOTO FRAME", 3.75],
  ["JEWELLERY BOX", 7.95],
  ["HOT WATER BOTTLE", 4.65],
  ["DOORMAT", 7.08],
  ["APRON", 3.95],
  ["BUNTING", 4.15],
  ["T-LIGHT HOLDER", 1.95],
  ["SOAP DISH", 2.25],
  ["WATERING CAN", 5.95],
  ["CUSHION", 6.35],
  ["RAIN HAT", 0.95],
  ["MAGNET", 0.55],
  ["TOADSTOOL LAMP", 12.75],
  ["CABINET", 14.95],
];

/** Further ways to name a thing and the factor on its price, with their weights. */
const FORMS: readonly { weight: number; factor: number; name(being: string, thing: string): string }[] = [
  { weight: 100, factor: 1, name: (being, thing) => `${being} ${thing}` },
  { weight: 14, factor: 2, name: (being, thing) => `SET OF 6 ${being} ${thing}` },
  { weight: 10, factor: 1.4, name: (being, thing) => `LARGE  ${being} ${thing}` },
  { weight: 2, factor: 1, name: (being, thing) => `${thing}, ${being}` },
  { weight: 1, factor: 1.2, name: (being, thing) => `${thing} "${being} AT TEA"` },
];
/** Steps of the golden section spread the forms evenly over the families, so none is missing. */
const GOLDEN = 0.6180339887498949;
const drawForm = weightedIndex(FORMS.map((form) => form.weight));

/** Letters at the end of a code and the colours they stand for. */
const COLOURS = [
  ["A", "RED"],
  ["B", "TEAL"],
  ["C", "OCHRE"],
  ["D", "PLUM"],
] as const;

/** Invents what the shop sells. */
export function inventCatalogue(random: Random): Catalogue {
  const families = Array.from({ length: FAMILIES }, (_, family) => inventFamily(random, family));
  const products = families.flat();
  const popularity = products.map(() => 1 / (12 + randomIndex(random, products.length)));
  const drawIndex = weightedIndex(popularity);
  return { products, draw: (source) => products[drawIndex(source)]! };
}

/** What the shop called a product when this share of the period had passed. */
export function descriptionAt(product: Product, share: number): string {
  return share < product.renamedAt ? product.description : product.laterDescription;
}

/** One product, or now and then the same one in several colours told apart by a letter. */
function inventFamily(random: Random, family: number): Product[] {
  const code = String(FIRST_CODE + 7 * family + randomIndex(random, 7));
  const being = BEINGS[family % BEINGS.length]!;
  const [thing, thingPrice] = THINGS[(7 * family + Math.floor(family / BEINGS.length)) % THINGS.length]!;
  const form = FORMS[drawForm(() => (family * GOLDEN) % 1)]!;
  const name = form.name(being, thing);
  const price = roundMoney(thingPrice * form.factor);
  if (random() >= 0.025) return [describeProduct(random, code, name, price)];
  return COLOURS.slice(0, 2 + randomIndex(random, 3)).map(([letter, colour]) =>
    describeProduct(random, code + letter, `${colour} ${name}`, price),
  );
}

function describeProduct(random: Random, stockCode: string, name: string, price: number): Product {
  const description = withBlanks(random, name);
  const isRenamed = random() < 0.12;
  return {
    stockCode,
    description,
    laterDescription: isRenamed ? rename(random, name) : description,
    renamedAt: isRenamed ? 0.2 + 0.6 * random() : 1,
    price,
  };
}

function rename(random: Random, name: string): string {
  if (name.includes("SET OF 6")) return name.replace("SET OF 6", "SET/6");
  return `${name} ${randomItem(random, ["DESIGN", "NEW STYLE", "IN BOX"])}`;
}

/** Some names were typed with a blank too many. */
function withBlanks(random: Random, name: string): string {
  const draw = random();
  if (draw < 0.2) return `${name} `;
  return draw < 0.21 ? ` ${name}` : name;
}
