import pluralize from "pluralize";
import type { IconName } from "../../app/ui/icon-names.ts";
import { Mistake } from "../mistake.ts";

type Kind =
  | { name: "line" | "lines"; maximum: number; isUnique?: true }
  | { name: "whole" | "decimal" | "day" | "clock" | "tick" | "person" | "tags" | "image" }
  | { name: "money"; currency: string; digits: number }
  | { name: "choice"; choices: readonly string[] }
  | { name: "row"; to: Target };

/** A generated resource that a field can refer to. `title` is the field that names its rows, `unique` lists the columns of its unique indexes. */
export type Target = {
  many: Names;
  table: string;
  area: string;
  title: string;
  unique: readonly string[];
  icon: string;
};

export type Field = { name: string; column: string; isRequired: boolean; kind: Kind };

/** The spellings of one name: `bug-report`, `bugReport`, `BugReport`, `bug_report`, `Bug report`. */
export type Names = { kebab: string; camel: string; pascal: string; snake: string; words: string };

const accesses = ["own", "any", "admins"] as const;
export type Access = (typeof accesses)[number];

const partsLeftOut = ["api", "events", "notifications"] as const;

export type Resource = {
  many: Names;
  one: Names;
  /** Names of the table and of the domain in code. */
  table: string;
  domain: string;
  /** The area of its messages, in letters only. */
  area: string;
  fields: readonly Field[];
  /** The field that names a row in the list and in the log. */
  title: Field;
  access: Access;
  icon: IconName;
  /** Whether programs and agents can reach it, and whether webhooks receive its events. */
  hasApi: boolean;
  hasEvents: boolean;
  /** Whether members who are named in a field are notified. */
  hasNotifications: boolean;
};

/** In this order, so that resources can be told apart in the sidebar. */
const icons = [
  "table",
  "folder",
  "tag",
  "calendar",
  "box",
  "list-checks",
  "file-text",
  "briefcase",
] as const satisfies IconName[];

type Asked = {
  name: string;
  one?: string | undefined;
  fields: string;
  access?: string | undefined;
  without?: readonly string[] | undefined;
  /** The generated resources of the tree. */
  generated?: readonly Target[];
};

export function resourceOf({
  name,
  one = pluralize.singular(name),
  fields,
  access = "own",
  without = [],
  generated = [],
}: Asked): Resource {
  const [many, single] = [namesOf(name, "List"), namesOf(one, "Item")];
  if (many.kebab === single.kebab) {
    const plural = pluralize.plural(name);
    const isSingular = plural !== name && pluralize.singular(plural) === name;
    throw new Mistake(
      isSingular && one === pluralize.singular(name)
        ? `“${name}” is the name of a single one. Give the plural: resource ${plural}`
        : `“${name}” is both singular and plural. Give the name of a single one: --one ${name}-item`,
    );
  }
  if (!isOneOf(accesses, access)) throw new Mistake(`--access is one of ${accesses.join(", ")}.`);
  const unknown = without.find((part) => !isOneOf(partsLeftOut, part));
  if (unknown !== undefined)
    throw new Mistake(`“${unknown}” cannot be left out. --without is one of ${partsLeftOut.join(", ")}.`);
  const parsed = splitFields(fields).map((each) => fieldOf(each, generated));
  const twice = parsed.find((field, at) => parsed.findIndex((other) => other.name === field.name) !== at);
  if (twice) throw new Mistake(`The field “${twice.name}” appears twice.`);
  const own = parsed.find((field) => [single.camel, `${single.camel}Picture`].includes(field.name));
  if (own) throw new Mistake(`“${own.name}” is the name of the resource in URLs. Give the field another name.`);
  const named = parsed.find(({ name, kind }) => ["person", "row"].includes(kind.name) && has(parsed, `${name}Name`));
  if (named)
    throw new Mistake(
      `“${named.name}Name” is already used for the name of “${named.name}”. Give the field another name.`,
    );
  const keys = parsed.flatMap(keysOf);
  const same = keys.find((key, at) => keys.indexOf(key) !== at);
  if (same) throw new Mistake(`Two fields or choices share the text “${same}”. Give one of them another name.`);
  if (charactersOf(parsed) > CHARACTERS_MAXIMUM) {
    throw new Mistake("All texts of one form together can have up to 21,000 characters. Make some of them shorter.");
  }
  const images = parsed.filter(({ kind }) => kind.name === "image");
  if (images.length > IMAGES_MAXIMUM) throw new Mistake(`A resource can have up to ${IMAGES_MAXIMUM} images.`);
  const unique = parsed.find(({ name, kind }) => kind.name === "line" && kind.isUnique && has(parsed, foldedOf(name)));
  if (unique)
    throw new Mistake(
      `“${foldedOf(unique.name)}” is already used to compare “${unique.name}”. Give the field another name.`,
    );
  const ticked = images.find(({ name }) => has(parsed, removedOf(name)));
  if (ticked)
    throw new Mistake(`“${removedOf(ticked.name)}” is already used for the checkbox that removes “${ticked.name}”.`);
  const title = parsed.find(({ kind, isRequired }) => kind.name === "line" && isRequired);
  if (title === undefined) {
    const isLong = parsed.some(({ kind, isRequired }) => kind.name === "lines" && isRequired);
    const why = ` A text of more than ${LINE_MAXIMUM} characters has several lines, so it is no name.`;
    throw new Mistake(
      `One field must be a required text that names each row, such as "title:text(120)!".${isLong ? why : ""}`,
    );
  }
  return {
    many,
    one: single,
    table: single.camel,
    domain: many.camel,
    area: many.kebab.replaceAll("-", ""),
    fields: parsed,
    title,
    access,
    icon: icons.find((icon) => generated.every((each) => each.icon !== icon)) ?? icons[0],
    hasApi: !without.includes("api"),
    hasEvents: !without.includes("events"),
    hasNotifications: !without.includes("notifications") && parsed.some(({ kind }) => kind.name === "person"),
  };
}

/** The keys that tell the field's messages apart. */
function keysOf({ column, kind }: Field): string[] {
  return [
    column,
    ...(kind.name === "choice" ? kind.choices.map((each) => `${column}_${each.replaceAll("-", "_")}`) : []),
  ];
}

function has(fields: readonly Field[], name: string): boolean {
  return fields.some((field) => field.name === name);
}

/** As many as one form can safely keep in memory. */
const IMAGES_MAXIMUM = 4;

/** A body can contain 64 kB of fields, and a character takes three bytes in most scripts. */
const CHARACTERS_MAXIMUM = 21_000;

/** A form that is not multipart takes up to twelve bytes for a character. */
const PLAIN_MAXIMUM = 5_300;

function charactersOf(fields: readonly Field[]): number {
  return fields.reduce((sum, { kind }) => sum + ("maximum" in kind ? kind.maximum : 0), 0);
}

/** Whether the form has files, or more text than a form that is not multipart can contain in every script. */
export function isMultipart({ fields }: Pick<Resource, "fields">): boolean {
  return fields.some(({ kind }) => kind.name === "image") || charactersOf(fields) > PLAIN_MAXIMUM;
}

/** The column with the value of a unique field in one case. */
export function foldedOf(name: string): string {
  return `${name}Folded`;
}

/** The name of the checkbox that removes a picture. */
export function removedOf(name: string): string {
  return `${name}Removed`;
}

/** `end` is appended to a name that is a reserved word or already taken. */
export function namesOf(given: string, end: "List" | "Item"): Names {
  if (!/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(given)) {
    throw new Mistake(`“${given}” is not a valid name. Use lowercase letters, with hyphens between words.`);
  }
  const camel = camelOf(given);
  return {
    kebab: given,
    camel: TAKEN.has(camel) ? `${camel}${end}` : camel,
    pascal: capitalized(camel),
    snake: given.replaceAll("-", "_"),
    words: capitalized(given.replaceAll("-", " ")),
  };
}

function camelOf(kebab: string): string {
  return kebab.replace(/[-_](\w)/g, (_, letter: string) => letter.toUpperCase());
}

export function capitalized(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** Splits at commas that are not inside parentheses. */
function splitFields(fields: string): string[] {
  return fields
    .split(/,(?![^(]*\))/)
    .map((each) => each.trim())
    .filter(Boolean);
}

function fieldOf(given: string, generated: readonly Target[]): Field {
  const found = /^([a-z][A-Za-z0-9-]*):(.+?)(!?)$/.exec(given);
  const [called] = /^[^:]+(?=:.)/.exec(given) ?? [];
  if (found === null && called !== undefined) {
    throw new Mistake(
      `“${called}” is not a valid name. Use the letters a to z and digits, and begin with a lowercase letter, such as dueDate.`,
    );
  }
  if (found === null) throw new Mistake(`“${given}” is not a field. Write name:type, such as title:text(120)!`);
  const [, written = "", type = "", mark] = found;
  const name = camelOf(written);
  if (type === "member" && mark === "!") throw new Mistake(`“${given}”: people leave, so a member cannot be required.`);
  if (["boolean", "tags", "text[]"].includes(type) && mark === "!") {
    throw new Mistake(`“${given}”: a ${type} always has a value, so it cannot be required. Remove the !.`);
  }
  if (FIELDS_TAKEN.has(name)) throw new Mistake(`Every row already has “${name}”. Choose another name.`);
  if (name in {}) throw new Mistake(`Every JavaScript object already has “${name}”. Choose another name.`);
  const column = name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
  return { name, column, isRequired: mark === "!", kind: kindOf(type, given, generated) };
}

const TYPES =
  "text(120), text(5000), unique(20), number, decimal, boolean, date, time, choice(low|high), member, image, tags:text[], money(EUR), reference(customers)";

function kindOf(type: string, given: string, generated: readonly Target[]): Kind {
  const [, name, inside = ""] = /^([a-z]+(?:\[\])?)(?:\((.*)\))?$/.exec(type) ?? [];
  if (name === "text") {
    const maximum = inside === "" ? 200 : Number(inside);
    if (!(Number.isInteger(maximum) && maximum > 0 && maximum <= 20_000)) {
      throw new Mistake(`“${given}”: a text can have up to 20,000 characters.`);
    }
    return { name: maximum > LINE_MAXIMUM ? "lines" : "line", maximum };
  }
  if (name === "unique") {
    const maximum = Number(inside);
    if (!(Number.isInteger(maximum) && maximum >= UNIQUE_MINIMUM && maximum <= LINE_MAXIMUM)) {
      throw new Mistake(`“${given}”: a unique text can have 8 to 255 characters, such as unique(20).`);
    }
    return { name: "line", maximum, isUnique: true };
  }
  if (name === "choice") {
    const choices = inside.split("|").map((each) => each.trim());
    if (choices.length < 2) {
      throw new Mistake(`“${given}”: give two choices or more, separated by |, such as choice(low|high).`);
    }
    if (choices.some((each) => !/^[a-z][a-z0-9-]*$/.test(each))) {
      throw new Mistake(`“${given}”: write the choices in lowercase letters, such as choice(low|high).`);
    }
    const twice = choices.find((each, at) => choices.indexOf(each) !== at);
    if (twice) throw new Mistake(`“${given}”: the choice “${twice}” appears twice.`);
    return { name: "choice", choices };
  }
  if (name === "money") {
    if (inside === "XXX" || !Intl.supportedValuesOf("currency").includes(inside)) {
      throw new Mistake(`“${given}”: give the currency as an ISO 4217 code, such as money(EUR).`);
    }
    const { maximumFractionDigits: digits = 2 } = new Intl.NumberFormat("en", {
      ...{ style: "currency", currency: inside },
    }).resolvedOptions();
    return { name: "money", currency: inside, digits };
  }
  if (name === "reference") {
    const to = generated.find(({ many }) => many.kebab === inside);
    if (to !== undefined) return { name: "row", to };
    const there = generated.map(({ many }) => many.kebab).join(", ");
    throw new Mistake(
      `“${given}”: there is no generated resource “${inside}” to refer to. ${there === "" ? "Generate it first." : `There is: ${there}.`}`,
    );
  }
  const plain = name === undefined ? undefined : PLAIN[name];
  if (plain === undefined || inside !== "")
    throw new Mistake(`“${given}” has an unknown type. The types are ${TYPES}.`);
  return { name: plain };
}

const LINE_MAXIMUM = 255;

/** So that tests can make values that differ. */
const UNIQUE_MINIMUM = 8;

const PLAIN: Record<string, "whole" | "decimal" | "day" | "clock" | "tick" | "person" | "tags" | "image"> = {
  number: "whole",
  decimal: "decimal",
  boolean: "tick",
  date: "day",
  time: "clock",
  member: "person",
  image: "image",
  tags: "tags",
  "text[]": "tags",
};

function isOneOf<const T extends readonly string[]>(list: T, value: string): value is T[number] {
  return list.includes(value);
}

const FIELDS_TAKEN = new Set(
  `id organization organizationId createdBy createdByKey createdAt updatedAt deletedAt authorId authorName viewerRole search once headers page sort
  canChange canRemove stay`.split(/\s+/),
);

/** Reserved words, and names that the generated files import or use. */
const TAKEN = new Set(
  `abstract any arguments as async await boolean break case catch class const continue debugger declare default delete do else
  enum eval export extends false finally for from function get if implements import in infer instanceof interface is keyof let
  namespace never new null number object of package private protected public readonly return satisfies set static string super
  switch symbol this throw true try type typeof undefined unknown var void while with yield
  after apiKey apiRow kept picture pictures asc ask actions account audit belonging cards change changes check checks choices chosen classes count created cursor db delivery desc dashboard eq entries
  entry event events expect fields find form forms found grant href icons id index input integer limit m makes member members named nobody notifications offered order
  orders organization organizations outOfReach owners page paged pages palette params people person plan problem query read reads redirect
  refused role roles route routes row rows scope search session settings slug sort sorts sql table tables test tests text title user
  before column named newlyNamed notification stranger told users value values view views whyNot write writes`
    .split(/\s+/)
    .filter(Boolean),
);
