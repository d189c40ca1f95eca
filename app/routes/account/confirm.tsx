import { redirectDocument } from "react-router";
import { ConfirmPage } from "#app/auth/factors/confirm-page.tsx";
import { askForConfirmation, confirmWithPassword } from "#app/auth/factors/operations.server.ts";
import { placeBefore } from "#app/frame/place-before.ts";
import { m } from "#app/i18n/messages.ts";
import { form, page } from "#app/request/doors.server.ts";
import { title } from "#app/ui/title.ts";
import type { Route } from "./+types/confirm";

export const meta = () => [{ title: title(m.security_confirm_title()) }];

export const loader = page(askForConfirmation);

// Load a document, because `redirectTo` can be a file.
export const action = form(confirmWithPassword, {
  leads: (_done, { redirectTo }) => redirectDocument(redirectTo, 303),
});

export default function ConfirmRoute({ loaderData, actionData }: Route.ComponentProps) {
  return <ConfirmPage back={placeBefore(loaderData.redirectTo)} loaderData={loaderData} actionData={actionData} />;
}
