import { accessRows } from "./files/access.ts";
import { answers, apiRows } from "./files/api.ts";
import { feature, featureNews, featureServer, featureView } from "./files/feature.ts";
import { formFieldsOf, formOf, pages, removalPage } from "./files/form.ts";
import { furnishing, journey, testData } from "./files/journey.ts";
import { operations } from "./files/operations.ts";
import { isImage, isRow, type Written } from "./files/parts.ts";
import { reads } from "./files/reads.ts";
import { editRoute, fileRoute, listRoute, newRoute, removeRoute, restoreRoute } from "./files/routes.ts";
import { schema } from "./files/schema.ts";
import { choiceNames, choices, schemas } from "./files/schemas.ts";
import { testOf } from "./files/unit-test.ts";
import { pictureUrl, view } from "./files/view.ts";
import { writes } from "./files/writes.ts";
import { partsOf } from "./kinds.ts";
import type { Resource } from "./spec.ts";

/** Returns the files of a resource, not formatted yet and without its messages. */
export function filesOf(resource: Resource): Written[] {
  const { many, one } = resource;
  const parts = resource.fields.map((field) => ({ field, parts: partsOf(field, resource) }));
  const app = (file: string) => `app/${many.kebab}/${file}`;
  const route = (file: string) => `app/routes/organizations/${many.kebab}${file}`;
  const pictures = resource.fields.some(isImage)
    ? [
        { path: app("picture-url.ts"), content: pictureUrl(resource) },
        { path: `app/routes/files/${many.kebab}.ts`, content: fileRoute(resource) },
      ]
    : [];
  const api = resource.hasApi
    ? [
        { path: app("answers.ts"), content: answers(resource, parts) },
        { path: app("api-rows.server.ts"), content: apiRows(resource) },
      ]
    : [];
  const limits = resource.fields.some(isRow)
    ? [
        {
          path: app("limits.ts"),
          content: "/** How many rows of another resource a form offers. */\nexport const ROWS_OFFERED = 500;\n",
        },
      ]
    : [];
  const told = resource.hasNotifications ? [{ path: app("feature.news.ts"), content: featureNews(resource) }] : [];
  return [
    { path: `app/db/schema/${many.kebab}.ts`, content: schema(resource, parts) },
    { path: app("feature.ts"), content: feature(resource) },
    { path: app("feature.view.ts"), content: featureView(resource) },
    ...told,
    { path: app("feature.server.ts"), content: featureServer(resource) },
    { path: app("schemas.ts"), content: schemas(resource, parts) },
    { path: app(`${many.kebab}.server.ts`), content: reads(resource, parts) },
    { path: app(`${one.kebab}-writes.server.ts`), content: writes(resource, parts) },
    { path: app("operations.server.ts"), content: operations(resource) },
    ...api,
    { path: app(`${many.kebab}-view.tsx`), content: view(resource, parts) },
    { path: app(`${one.kebab}-fields.ts`), content: formFieldsOf(resource, parts) },
    { path: app(`${one.kebab}-form.tsx`), content: formOf(resource, parts) },
    { path: app(`${one.kebab}-pages.tsx`), content: pages(resource) },
    { path: app(`${one.kebab}-removal-page.tsx`), content: removalPage(resource) },
    ...limits,
    ...choices(resource, app("choices.ts")),
    ...choiceNames(resource, app("choice-names.ts")),
    ...pictures,
    { path: app(`${many.kebab}.test.ts`), content: testOf(resource, parts) },
    { path: app("feature.test-data.ts"), content: testData(resource, parts) },
    { path: `e2e/${many.kebab}/access.ts`, content: accessRows(resource, parts) },
    { path: `e2e/${many.kebab}/furnish.ts`, content: furnishing(resource, parts) },
    { path: `e2e/${many.kebab}/journey.test.ts`, content: journey(resource, parts) },
    { path: route(".tsx"), content: listRoute(resource) },
    { path: route(".new.ts"), content: newRoute(resource) },
    { path: route(".edit.ts"), content: editRoute(resource) },
    { path: route(".remove.ts"), content: removeRoute(resource) },
    { path: route(".restore.ts"), content: restoreRoute(resource) },
  ];
}
