import type { ApiRow } from "./api-row.server.ts";
import { answerSchemaOf, inputSchemaOf, type JsonSchema } from "./json-schema.server.ts";

/** The argument of a write by which a repeated call is recognized. */
export const CALL_NAME = "idempotencyKey";

export type Tool = {
  name: string;
  description: string;
  inputSchema: { type: "object"; properties: Record<string, object>; required: string[]; additionalProperties: false };
  outputSchema?: { type: "object" } & JsonSchema;
  annotations: { readOnlyHint: boolean; destructiveHint?: boolean; idempotentHint?: boolean };
};

/** `images_list` for `images.list`: some clients accept no dot in a name. */
export function toolNameOf({ id }: Pick<ApiRow, "id">): string {
  return id.replace(/[.-]/g, "_");
}

const made = new WeakMap<ApiRow, Tool>();

/** Makes the tool of a row, once per row. The organization is the key's own, so it is not an argument. */
export function toolOf(row: ApiRow): Tool {
  const tool = made.get(row) ?? makeTool(row);
  made.set(row, tool);
  return tool;
}

function makeTool(row: ApiRow): Tool {
  const input = inputSchemaOf(row);
  const { organization: _own, ...properties } = input.properties;
  const isRead = row.operation.kind === "read";
  const answers = answerSchemaOf(row);
  return {
    name: toolNameOf(row),
    description: row.tool ?? row.says,
    inputSchema: {
      type: "object",
      properties: { ...properties, ...(!isRead && { [CALL_NAME]: callName }) },
      required: input.required.filter((name) => name !== "organization"),
      additionalProperties: false,
    },
    ...(answers !== null && { outputSchema: { ...answers, type: "object" } }),
    annotations: isRead ? { readOnlyHint: true } : hintsOf(row),
  };
}

const callName = {
  type: "string",
  pattern: "^[!-~]{1,255}$",
  description:
    "A name for this call, such as a UUID. A call that is sent again with it gets the first answer, and nothing happens twice.",
};

/** Follows the methods (RFC 9110, section 9.2.2): POST adds, PATCH here sets the fields it names, others replace or remove. */
function hintsOf({ method }: ApiRow): Tool["annotations"] {
  const isAdding = method === "POST";
  return { readOnlyHint: false, destructiveHint: !isAdding, idempotentHint: !isAdding };
}
