import { expect, test } from "vitest";
import { z } from "zod";
import * as values from "./values.ts";

const required = { isRequired: true } as const;
const optional = {};

function reading(schema: z.ZodType) {
  return (given: unknown) => {
    const found = schema.safeParse(given);
    return found.success ? found.data : "refused";
  };
}

test("an empty value is null, or refused where it is required", () => {
  for (const given of ["", "   ", null, undefined]) {
    expect(reading(values.line({ maximum: 10, ...optional }))(given)).toBeNull();
    expect(reading(values.line({ maximum: 10, ...required }))(given)).toBe("refused");
    expect(reading(values.wholeNumber(optional))(given)).toBeNull();
    expect(reading(values.day(required))(given)).toBe("refused");
    for (const schema of [values.line({ maximum: 10, ...required }), values.wholeNumber(required)])
      expect(schema.safeParse(given).error?.issues[0]?.message).toBe("Fill this in.");
  }
});

test("a text of invisible characters only is empty, not too long", () => {
  for (const kind of [values.line, values.lines]) {
    expect(reading(kind({ maximum: 10, ...optional }))("\u200b \u2060")).toBeNull();
    const refused = kind({ maximum: 10, ...required }).safeParse("\u200b \u2060");
    expect(refused.error?.issues[0]?.message).toBe("Fill this in.");
  }
});

test("the API document says which fields are required, and is no stricter than the validation", () => {
  const { line, day, choice, money, tick, tags } = values;
  const fields = {
    ...{ title: line({ maximum: 9, isRequired: true }), note: line({ maximum: 9 }) },
    ...{ from: day(required), to: day(optional), state: choice(["low", "high"], required) },
    ...{ price: money(optional), done: tick, tags },
  };
  const { required: needed, properties } = z.toJSONSchema(z.object(fields), { io: "input" });
  expect(needed).toEqual(["title", "from", "state"]);
  expect(properties).toMatchObject({
    title: { type: "string", minLength: 1 },
    note: { type: ["string", "null"] },
    from: { type: "string", format: "date" },
    state: { enum: ["low", "high"] },
  });
  expect(properties?.to).not.toHaveProperty("format");
  for (const [name, empty] of [
    ["note", ""],
    ["to", " "],
    ["price", null],
  ] as const) {
    expect(reading(fields[name])(empty), name).toBeNull();
  }
});

test("a line is held to the rules for names, and lines keep their breaks and indents", () => {
  const line = reading(values.line({ maximum: 5, ...required }));
  expect(line(" a\u202e\nb ")).toBe("a b");
  expect([line("\u200b"), line("123456"), line("12345")]).toEqual(["refused", "refused", "12345"]);
  const lines = reading(values.lines({ maximum: 30, ...required }));
  expect(lines("one\r\n  two\u202e\n\n\n\nthree  ")).toBe("one\n  two\n\nthree");
  expect([lines("\u200b"), lines("a".repeat(31)), lines("a".repeat(30))]).toEqual([
    ...["refused", "refused", "a".repeat(30)],
  ]);
});

test("numbers are read as people write them, in the digits of any keyboard, and as JSON has them", () => {
  const whole = reading(values.wholeNumber(required));
  expect([whole("42"), whole("-7"), whole("٤٢"), whole(42), whole(0)]).toEqual([42, -7, 42, 42, 0]);
  expect([whole("4.2"), whole(4.2), whole("1e3"), whole("x"), whole("9".repeat(14))]).toEqual(Array(5).fill("refused"));
  expect([whole("\u22127"), whole("1000000000000"), whole("1000000000001")]).toEqual([-7, 1e12, "refused"]);
  const decimal = reading(values.decimalNumber(required));
  expect([decimal("4,25"), decimal("4.25"), decimal("٤٫٢٥"), decimal("４．２５"), decimal(4.25)]).toEqual(
    Array(5).fill(4.25),
  );
  const money = reading(values.money(required));
  expect([money("12.50"), money("12,5"), money(12.5), money("0.07"), money("19.99")]).toEqual([
    1250, 1250, 1250, 7, 1999,
  ]);
  expect([money("12.505"), money("a")]).toEqual(["refused", "refused"]);
});

test("an amount has as many decimals as its currency, and so has the example in the error message", () => {
  const yen = values.money({ digits: 0, isRequired: true });
  const dinars = reading(values.money({ digits: 3, isRequired: true }));
  expect([reading(yen)("1250"), reading(yen)("99.99"), reading(yen)(99.5)]).toEqual([1250, "refused", "refused"]);
  expect([dinars("1.234"), dinars("1.5"), dinars("1.2345")]).toEqual([1234, 1500, "refused"]);
  expect(yen.safeParse("99.99").error?.issues[0]?.message).toBe("Enter an amount, such as 12.");
  expect(values.money({}).safeParse("a").error?.issues[0]?.message).toBe("Enter an amount, such as 12.50.");
});

test("only real days and times are accepted", () => {
  const day = reading(values.day(optional));
  expect([day("2026-11-26"), day("2026-02-30"), day("26.11.2026")]).toEqual(["2026-11-26", "refused", "refused"]);
  const clock = reading(values.clock(optional));
  expect([clock("09:30"), clock("24:00"), clock("9:30")]).toEqual(["09:30", "refused", "refused"]);
});

test("a choice is in its list, a person or a row is an id, and a checkbox is true or false", () => {
  const choice = reading(values.choice(["low", "high"], required));
  expect([choice("low"), choice("medium"), choice("toString")]).toEqual(["low", "refused", "refused"]);
  const person = reading(values.personId(optional));
  expect([person("8d4ae2a1-7ad8-4d5c-9c14-5d6d60a1c1b2"), person("me")]).toEqual([
    "8d4ae2a1-7ad8-4d5c-9c14-5d6d60a1c1b2",
    "refused",
  ]);
  const row = reading(values.rowId({ of: "customers", isRequired: true }));
  expect([row("8d4ae2a1-7ad8-4d5c-9c14-5d6d60a1c1b2"), row("acme"), row("")]).toEqual([
    ...["8d4ae2a1-7ad8-4d5c-9c14-5d6d60a1c1b2", "refused", "refused"],
  ]);
  expect(["yes", true, undefined, "no", false].map(reading(values.tick))).toEqual([true, true, false, false, false]);
});

test("tags are a list or text with commas of any script, without duplicates and up to a limit", () => {
  const tags = reading(values.tags);
  expect(tags("red, blue،red,,")).toEqual(["red", "blue"]);
  expect(tags(["red", "red "])).toEqual(["red"]);
  expect(tags(undefined)).toEqual([]);
  expect([["red, blue"], ["a،b"]].map(tags), "a form would split them").toEqual(["refused", "refused"]);
  const several = Array.from({ length: 21 }, (_, at) => `t${at}`);
  expect([tags("a".repeat(41)), tags(several)]).toEqual(["refused", "refused"]);
  expect([tags("a".repeat(40)), tags(several.slice(1))]).toEqual([["a".repeat(40)], several.slice(1)]);
});
