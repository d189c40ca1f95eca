import { href, redirect } from "react-router";
import { askForSetup, setUpAuthenticator } from "#app/auth/factors/operations.server.ts";
import { SetupPage } from "#app/auth/factors/setup-page.tsx";
import { m } from "#app/i18n/messages.ts";
import { form, page } from "#app/request/doors.server.ts";
import { title } from "#app/ui/title.ts";

export const meta = () => [{ title: title(m.security_authenticator_title()) }];

export const loader = page(askForSetup, ({ isSetUp, newSetup, setup }, { input }) => {
  if (input.setup !== null) return setup;
  const page = href("/settings/security/authenticator");
  throw redirect(isSetUp ? href("/settings/security") : `${page}?setup=${newSetup}`);
});

export const action = form(setUpAuthenticator, { shows: ({ codes }) => ({ codes }) });

export default SetupPage;
