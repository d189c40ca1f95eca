import { m } from "#app/i18n/messages.ts";
import type { FormAgain } from "#app/ui/use-form.ts";
import { selectingHref } from "./member-sorts.ts";
import { OutcomePage } from "./outcome-page.tsx";

type RolesPageProps = { params: { organization: string }; actionData?: FormAgain | undefined };

export function RolesPage({ params: { organization }, actionData }: RolesPageProps) {
  const back = selectingHref(organization, actionData?.initialValue);
  return <OutcomePage title={m.members_roles_title()} back={back} result={actionData} />;
}
