import { capitalized, type Field, type Resource, removedOf } from "./spec.ts";

/** The code of a field in each file: its column, schema, control and cell. */
export type Parts = {
  column: string;
  check?: string;
  schema: string;
  type: string;
  /** The code that turns `value`, which is not null, into the text of its control. */
  written?: string;
  control: string;
  shown: string;
  /** The field's schema in the API, and the code that turns the stored value into the API's where they differ. */
  answer: string;
  answered?: (value: string) => string;
  /** A value for tests: as a form sends it, as the row contains it, and in JSON. */
  example: { sent: string; kept: string; json: string };
};

export function partsOf(field: Field, resource: Resource): Parts {
  const { name, column, isRequired, kind } = field;
  const { area, one } = resource;
  const label = `m.${area}_${keyOf(name)}()`;
  const required = isRequired ? "{ isRequired: true }" : "{}";
  const end = isRequired ? ".notNull()" : "";
  const orNull = isRequired ? "" : " | null";
  const value = `${one.camel}.${name}`;
  const input = (more: string, hint = "") =>
    `<Field {...fields.${name}.frame} label={${label}} ${hint} inputProps={{ ...fields.${name}.control, ${isRequired ? "required: true, " : ""}${more} }} />`;
  const table = `table.${name}`;
  const plain = (shown: string) => (isRequired ? shown : `${value} !== null && ${shown}`);
  const nullable = isRequired ? "" : ".nullable()";
  switch (kind.name) {
    case "line":
    case "lines": {
      const schema = `${kind.name}({ maximum: ${kind.maximum}${isRequired ? ", isRequired: true" : ""} })`;
      const control =
        kind.name === "line"
          ? input(`type: "text", maxLength: ${kind.maximum}, dir: "auto", autoComplete: "off"`)
          : `<TextAreaField {...fields.${name}.frame} label={${label}} areaProps={{ ...fields.${name}.control, ${isRequired ? "required: true, " : ""}maxLength: ${kind.maximum} }} />`;
      return {
        column: `text("${column}")${end}`,
        check: `check("${one.snake}_${column}_length", sql\`length(\${${table}}) between 1 and ${kind.maximum}\`)`,
        schema,
        type: `string${orNull}`,
        control,
        shown: plain(value),
        answer: `z.string()${nullable}`,
        example: same(exampleOf(field)),
      };
    }
    case "whole":
      return {
        column: `integer("${column}")${end}`,
        schema: `wholeNumber(${required})`,
        type: `number${orNull}`,
        written: "String(value)",
        control: input('type: "text", inputMode: "numeric"'),
        shown: plain(`formatNumber(${value})`),
        answer: `z.int()${nullable}`,
        example: { sent: "42", kept: "42", json: "42" },
      };
    case "decimal":
      return {
        column: `real("${column}")${end}`,
        schema: `decimalNumber(${required})`,
        type: `number${orNull}`,
        written: "String(value)",
        control: input('type: "text", inputMode: "decimal"'),
        shown: plain(`formatNumber(${value})`),
        answer: `z.number()${nullable}`,
        example: { sent: "4.25", kept: "4.25", json: "4.25" },
      };
    case "money": {
      const { currency, digits } = kind;
      const unit = 10 ** digits;
      const amount = digits === 0 ? 12 : 12.5;
      const inUnits = (units: string) => (digits === 0 ? units : `${units} / ${unit}`);
      const asked = [...(digits === 2 ? [] : [`digits: ${digits}`]), ...(isRequired ? ["isRequired: true"] : [])];
      return {
        column: `integer("${column}")${end}`,
        schema: `money({ ${asked.join(", ")} })`,
        type: `number${orNull}`,
        written: digits === 0 ? "String(value)" : `(value / ${unit}).toFixed(${digits})`,
        control: input(`type: "text", inputMode: "${digits === 0 ? "numeric" : "decimal"}"`, `hint="${currency}"`),
        shown: plain(`formatMoney(${inUnits(value)}, { currency: "${currency}", digits: ${digits} })`),
        answer: `z.number()${nullable}.describe("${currency}.")`,
        answered: (units) =>
          isRequired || digits === 0 ? inUnits(units) : `${units} === null ? null : ${inUnits(units)}`,
        example: { sent: amount.toFixed(digits), kept: String(amount * unit), json: String(amount) },
      };
    }
    case "day":
      return {
        column: `text("${column}")${end}`,
        schema: `day(${required})`,
        type: `string${orNull}`,
        control: input('type: "date"'),
        shown: plain(`formatDate(new Date(${value}))`),
        answer: `z.iso.date()${nullable}`,
        example: same("2026-11-26"),
      };
    case "clock":
      return {
        column: `text("${column}")${end}`,
        schema: `clock(${required})`,
        type: `string${orNull}`,
        control: input('type: "time"'),
        shown: plain(value),
        answer: `z.string()${nullable}.meta({ examples: ["09:30"] })`,
        example: same("09:30"),
      };
    case "tick":
      return {
        column: `integer("${column}", { mode: "boolean" }).notNull().default(false)`,
        schema: "tick",
        type: "boolean",
        written: 'value ? "yes" : ""',
        control: `<TickField id={fields.${name}.frame.id} label={${label}} inputProps={{ name: fields.${name}.control.name, defaultChecked: fields.${name}.control.defaultValue === "yes" }} />`,
        shown: `${value} ? m.${area}_yes() : m.${area}_no()`,
        answer: "z.boolean()",
        example: { sent: "yes", kept: "true", json: "true" },
      };
    case "choice": {
      const choices = kind.choices.map((each) => `"${each}"`).join(", ");
      const list = choicesOf(field);
      return {
        column: `text("${column}", { enum: [${choices}] })${end}`,
        check: `check("${one.snake}_${column}", isOneOf(${table}))`,
        schema: `choice(${list}, ${required})`,
        type: `(typeof ${list})[number]${orNull}`,
        control: select(
          field,
          resource,
          `${list}.map((each) => ({ value: each, label: ${namesOfChoices(field)}[each]() }))`,
        ),
        shown: plain(`${namesOfChoices(field)}[${value}]()`),
        answer: `z.enum(${list})${nullable}`,
        example: same(kind.choices[0] ?? ""),
      };
    }
    case "person":
      return {
        column: `text("${column}").references(() => user.id, { onDelete: "set null" })`,
        schema: "personId({})",
        type: "string | null",
        control: select(field, resource, offeredAs("people")),
        shown: `${value}Name`,
        answer: 'z.string().nullable().describe("The `userId` of a member.")',
        example: { sent: "", kept: "null", json: "null" },
      };
    case "row": {
      const { many, table: other, area: otherArea } = kind.to;
      const of = many.words.toLowerCase();
      const place = `m.${otherArea}_place()`;
      const link = `<Link to={href("/organizations/:organization/${many.kebab}", { organization })}>{${place}}</Link>`;
      // The link is beside the label, since an error takes the place of a hint.
      const help = `hint={hintOn(choices.${many.camel}, ${place})} aside={choices.${many.camel}.length === 0 && ${link}}`;
      return {
        // A row that is needed is deleted for good only with its organization, in which tables are emptied in any order.
        column: `text("${column}")${end}.references(() => ${other}.id, { onDelete: "${isRequired ? "cascade" : "set null"}" })`,
        schema: `rowId({ of: "${of}"${isRequired ? ", isRequired: true" : ""} })`,
        type: `string${orNull}`,
        control: select(field, resource, offeredAs(many.camel), help),
        shown: `${value}Name`,
        answer: `z.string()${nullable}.describe("The id of one of the ${of}.")`,
        example: isRequired
          ? { sent: `@${neededOf(other)}`, kept: `${other}Id`, json: `"@${neededOf(other)}"` }
          : { sent: "", kept: "null", json: "null" },
      };
    }
    case "image":
      return {
        column: `text("${column}")${end}`,
        schema: isRequired ? "picture" : "optionalPicture",
        type: `string${orNull}`,
        control: `<KeptPictureField field={fields.${name}} ${isRequired ? "isRequired" : `removed={fields.${removedOf(name)}}`} label={${label}} current={${one.camel} ? ${one.camel}PictureUrl(organization, ${one.camel}.id, ${value}) : null} />`,
        shown: `<Thumbnail src={${one.camel}PictureUrl(organization, ${one.camel}.id, ${value})} alt={${label}} />`,
        answer: `z.string()${nullable}.describe("The id of a picture.")`,
        example: { sent: "aPicture()", kept: "expect.any(String)", json: '"@picture"' },
      };
    case "tags":
      return {
        column: `text("${column}", { mode: "json" }).$type<string[]>().notNull().default([])`,
        check: `check("${one.snake}_${column}", sql\`json_valid(\${${table}})\`)`,
        schema: "tags",
        type: "string[]",
        written: 'value.join(", ")',
        control: `<Field {...fields.${name}.frame} label={${label}} hint={m.${area}_tags_hint()} inputProps={{ ...fields.${name}.control, type: "text", dir: "auto", autoComplete: "off" }} />`,
        shown: `${value}.length > 0 && ${value}.join(", ")`,
        answer: "z.array(z.string())",
        example: { sent: "red, blue", kept: '["red","blue"]', json: '["red","blue"]' },
      };
  }
}

function select({ name, isRequired, kind }: Field, { area }: Resource, options: string, help = ""): string {
  const isAsked = isRequired && kind.name === "row";
  const none = isAsked ? "choose" : isRequired ? null : "not_chosen";
  const first = none === null ? "" : `{ value: "", label: m.${area}_${none}() }, `;
  return `<SelectField {...fields.${name}.frame} label={m.${area}_${keyOf(name)}()} ${help} selectProps={{ ...fields.${name}.control${isAsked ? ", required: true" : ""} }} options={[${first}...${options}]} />`;
}

/** The name that tests give to a row that others need. They delete the one that has the name of the resource. */
export function neededOf(table: string): string {
  return `needed${capitalized(table)}`;
}

function offeredAs(list: string): string {
  return `choices.${list}.map(({ id, name }) => ({ value: id, label: name }))`;
}

/** The name of the list that the schema and the form share. */
export function choicesOf({ name }: Field): string {
  return `${name}Choices`;
}

export function namesOfChoices({ name }: Field): string {
  return `${name}Names`;
}

/** The key of the field's label among the messages, such as `field_due_at`. */
export function keyOf(name: string): string {
  return `field_${name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)}`;
}

export function wordsOf(name: string): string {
  return capitalized(name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`).replaceAll("-", " "));
}

/** An example that is the same text in a form, in a row and in JSON. */
function same(text: string): Parts["example"] {
  return { sent: text, kept: text, json: `"${text}"` };
}

/** An example of a text field, which begins with `first`. */
export function exampleOf({ name, kind }: Field, first = "Some"): string {
  const text = `${first} ${wordsOf(name).toLowerCase()}`;
  return "maximum" in kind ? text.slice(0, kind.maximum) : text;
}
