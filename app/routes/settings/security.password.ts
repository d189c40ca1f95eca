import { href } from "react-router";
import { askForPassword, choosePassword } from "#app/auth/passwords/operations.server.ts";
import { PasswordPage } from "#app/auth/passwords/password-page.tsx";
import { announce } from "#app/frame/announce.ts";
import { m } from "#app/i18n/messages.ts";
import { form, page } from "#app/request/doors.server.ts";
import { title } from "#app/ui/title.ts";

export const meta = () => [{ title: title(m.security_password_title()) }];

export const loader = page(askForPassword);

export const action = form(choosePassword, {
  leads: () => href("/settings/security"),
  says: "security_password_changed",
});

export const clientAction = announce(() => m.security_password_changed());

export default PasswordPage;
