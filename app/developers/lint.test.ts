import { createConfig, lintFromString } from "@redocly/openapi-core";
import { expect, test } from "vitest";
import { apiRows } from "#app/api.ts";
import { webhookEvents } from "#app/webhooks/events.ts";
import { openApiOf } from "./document.server.ts";
import type { OpenApi } from "./open-api.ts";

const document = openApiOf(apiRows, {
  appUrl: "https://app.test",
  limits: { reads: 600, writes: 120 },
  events: webhookEvents,
});

async function faultsOf(each: OpenApi): Promise<string[]> {
  const config = await createConfig({ extends: ["recommended-strict"] });
  const found = await lintFromString({ source: JSON.stringify(each), absoluteRef: "/openapi.json", config });
  return found.map(({ ruleId, message, location }) => `${ruleId} ${location[0]?.pointer}: ${message}`);
}

test("Redocly's strictest rules find no fault in the document, nor in an example", async () => {
  expect(await faultsOf(document)).toEqual([]);
});

test("the linter reports a missing reference and an example that does not match its schema", async () => {
  const { Created: _gone, ...schemas } = document.components.schemas;
  const unresolved = { ...document, components: { ...document.components, schemas } };
  expect((await faultsOf(unresolved)).join()).toContain("no-unresolved-refs");
  const wrong = structuredClone(document);
  const rename = wrong.paths["/organizations/{organization}"]?.patch?.requestBody?.content["application/json"];
  Object.assign(rename ?? {}, { example: { name: 7 } });
  expect((await faultsOf(wrong)).join()).toContain("no-invalid-media-type-examples");
});
