import "#app/i18n/messages-of/landing.ts";
import { apiRows } from "#app/api.ts";
import { referenceRead } from "#app/developers/operations.server.ts";
import { ReferencePage } from "#app/developers/reference-page.tsx";
import type { SpeaksOf } from "#app/i18n/catalog-parts.ts";
import { m } from "#app/i18n/messages.ts";
import { page } from "#app/request/doors.server.ts";
import { title } from "#app/ui/title.ts";
import type { Route } from "./+types/developers";

export const meta = () => [
  { title: title(m.developers_title()) },
  { name: "description", content: m.developers_text() },
];

export const handle: SpeaksOf = ["landing"];

export const loader = page(referenceRead(apiRows));

export default function DevelopersRoute({ loaderData }: Route.ComponentProps) {
  return <ReferencePage {...loaderData} />;
}
