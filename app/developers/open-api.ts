import type { JsonSchema } from "#app/operation/json-schema.server.ts";

/** The parts of OpenAPI 3.1 that the document uses: https://spec.openapis.org/oas/v3.1.1 */
export type OpenApi = {
  openapi: "3.1.1";
  info: Record<string, unknown>;
  servers: { url: string }[];
  security: Record<string, string[]>[];
  tags: Tag[];
  paths: Record<string, Record<string, Operation>>;
  webhooks: Record<string, { post: Omit<Operation, "x-permission"> }>;
  components: {
    securitySchemes: Record<string, unknown>;
    parameters: Record<string, Parameter>;
    headers: Record<string, Header>;
    responses: Record<string, Answer>;
    schemas: Record<string, JsonSchema>;
  };
};

type Tag = { name: string; description: string };

type Reference = { $ref: string };

export type Header = { description: string; schema: JsonSchema };

export type Parameter = {
  name: string;
  in: "path" | "query" | "header";
  required: boolean;
  description?: string;
  schema: JsonSchema;
  example?: unknown;
};

export type Media = { schema: JsonSchema; example?: unknown };

export type Answer = {
  description: string;
  headers?: Record<string, Reference>;
  content?: Record<string, Media>;
};

export type Operation = {
  operationId: string;
  summary: string;
  description: string;
  tags: string[];
  "x-permission": string;
  parameters: (Parameter | Reference)[];
  requestBody?: { required: boolean; content: Record<string, Media> };
  responses: Record<string, Answer | Reference>;
};
