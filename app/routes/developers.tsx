import "#app/i18n/messages-of/landing.ts";
import { apiRows } from "#app/api.ts";
import { referenceRead } from "#app/developers/operations.server.ts";
import { ReferencePage } from "#app/developers/reference-page.tsx";
import type { SpeaksOf } from "#app/i18n/catalog-parts.ts";
import { m } from "#app/i18n/messages.ts";
import { page } from "#app/request/doors.server.ts";
import { described } from "#app/ui/described.ts";
import { title } from "#app/ui/title.ts";
import type { Route } from "./+types/developers";

export const meta = ({ loaderData }: Route.MetaArgs) =>
  described({ title: title(m.developers_title()), text: m.developers_text(), appUrl: loaderData?.appUrl });

export const handle: SpeaksOf = ["landing"];

export const loader = page(referenceRead(apiRows));

export default function DevelopersRoute({ loaderData }: Route.ComponentProps) {
  return <ReferencePage {...loaderData} />;
}
