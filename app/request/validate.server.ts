import { z } from "zod";
import { OF_FORMS } from "#app/operation/api-row.server.ts";
import type { FormAnswer } from "#app/ui/use-form.ts";

/** The search of a URL as input. A name that is given twice becomes a list. */
export function searchOf(url: URL): Record<string, string | string[]> {
  const names = [...new Set(url.searchParams.keys())].filter((name) => name !== "_routes");
  return Object.fromEntries(
    names.map((name) => {
      const [first = "", ...more] = url.searchParams.getAll(name);
      return [name, more.length === 0 ? first : [first, ...more]];
    }),
  );
}

export type Invalid = {
  /** 404 comes from a path parameter, 413 and 415 from the `params` of a schema's issue. Everything else is 400. */
  status: 400 | 404 | 413 | 415;
  fields: Record<string, string[]>;
  issues: Issue[];
};

/** `code` is stable and never translated. */
export type Issue = { path: PropertyKey[]; code: string; message: string };

/** Runs a schema. An invalid path parameter means 404: no such thing can exist. */
export async function parse<S extends z.ZodType>(
  schema: S,
  input: Record<string, unknown>,
  params: Record<string, unknown>,
): Promise<{ ok: true; value: z.output<S> } | ({ ok: false } & Invalid)> {
  const parsed = await schema.safeParseAsync(input);
  if (parsed.success) return { ok: true, value: parsed.data };
  const fields: Record<string, string[]> = {};
  let status: Invalid["status"] = 400;
  for (const issue of parsed.error.issues) {
    const field = issue.path.join(".");
    fields[field] = [...(fields[field] ?? []), issue.message];
    if (String(issue.path[0]) in params) status = 404;
    else if (issue.code === "custom" && status === 400) status = statusOf(issue.params);
  }
  const issues = parsed.error.issues.map((issue) => {
    return { path: issue.path, code: codeOf(issue.code), message: wordsForPrograms(issue, input) };
  });
  return { ok: false, status, fields, issues };
}

/** People choose from lists and type only text, so a field's own message does not name types, formats and accepted values. */
function wordsForPrograms(issue: z.core.$ZodIssue, input: unknown): string {
  const demand = demandOf(issue);
  if (demand === null) return issue.message;
  const given = issue.path.reduce<unknown>((value, part) => Object(value)[part], input);
  return given === undefined ? "This field is missing" : `This must be ${demand}`;
}

/** More of them are not listed: the API reference does that. */
const LISTED_VALUES = 12;

/** What a value must be, to complete "This must be". Null if only the field itself can say it. */
function demandOf(issue: z.core.$ZodIssue): string | null {
  if (issue.code === "invalid_type") return `of type ${issue.expected === "int" ? "integer" : issue.expected}`;
  if (issue.code === "invalid_format") return issue.format === "regex" ? null : `a ${issue.format}`;
  if (issue.code === "invalid_value") {
    const values = issue.values.map((value) => JSON.stringify(value));
    return values.length > LISTED_VALUES ? "one of the values in the API reference" : values.join(" or ");
  }
  if (issue.code !== "invalid_union") return null;
  const demands = issue.errors.map(([first]) => (first === undefined ? null : demandOf(first)));
  return demands.includes(null) ? null : demands.join(" or ");
}

/**
 * For programs, which would not notice that a field is ignored. A field that is already in the path counts as unknown. Without a
 * schema, every field does.
 */
export function unknownFields(
  schema: z.ZodType | null,
  fields: Record<string, unknown>,
  params: Record<string, unknown>,
): Issue[] {
  const known = Object.keys(schema === null ? {} : fieldsOf(schema)).filter(
    (name) => !(name in params) && !OF_FORMS.includes(name),
  );
  return Object.keys(fields).flatMap((name) =>
    known.includes(name) ? [] : [{ path: [name], code: "unknown-field", message: "No field of this operation" }],
  );
}

/** The fields that a schema accepts, even if it transforms them. */
function fieldsOf(schema: z.ZodType): Record<string, z.ZodType> {
  if (schema instanceof z.ZodObject) return schema.shape;
  return schema instanceof z.ZodPipe ? fieldsOf(schema.in as z.ZodType) : {};
}

/** Maps Zod's codes to our own, so that another version of Zod changes no code. */
function codeOf(code: string): string {
  const codes: Record<string, string> = {
    ...{ invalid_type: "type", too_big: "too-big", too_small: "too-small", invalid_format: "format" },
    ...{ invalid_value: "value", unrecognized_keys: "unknown-field" },
  };
  return codes[code] ?? "invalid";
}

function statusOf(params: Record<string, unknown> | undefined): Invalid["status"] {
  return params?.status === 413 || params?.status === 415 ? params.status : 400;
}

/** The form as it was sent, except passwords, tokens and codes, with the errors of each field. Several values become lines. */
export function formAgain(fields: Record<string, unknown>, error: Record<string, string[]>) {
  const typed = Object.entries(typedOf(fields)).map(([name, value]) => [name, [value].flat().join("\n")]);
  return { status: "error", initialValue: Object.fromEntries(typed), error } satisfies FormAnswer;
}

/** The fields that may be shown or sent again. */
export function typedOf(fields: Record<string, unknown>): Record<string, string | string[]> {
  const isText = (value: unknown) => typeof value === "string";
  return Object.fromEntries(
    Object.entries(fields).filter(
      (entry): entry is [string, string | string[]] =>
        [entry[1]].flat().every(isText) && !/password|token|^code$/i.test(entry[0]),
    ),
  );
}
