import { href } from "react-router";
import { m } from "#app/i18n/messages.ts";
import { Field } from "#app/ui/field.tsx";
import { Form } from "#app/ui/form.tsx";
import { FormButtons } from "#app/ui/form-buttons.tsx";
import { FormError } from "#app/ui/form-error.tsx";
import { Link } from "#app/ui/link.tsx";
import { NarrowPage } from "#app/ui/narrow-page.tsx";
import { SubmitButton } from "#app/ui/submit-button.tsx";
import { type FormAgain, useForm } from "#app/ui/use-form.ts";
import type { LeftBehind } from "./removal.server.ts";

type DeleteAccountPageProps = {
  loaderData: { organizations: LeftBehind[]; email: string };
  actionData?: FormAgain | undefined;
};

export function DeleteAccountPage({
  loaderData: { organizations, email: current },
  actionData,
}: DeleteAccountPageProps) {
  const [form, { email }] = useForm<{ email: string }>({ id: "delete-account", lastResult: actionData ?? null });
  const account = href("/settings/account");
  const back = { to: account, label: m.organizations_own_account() };
  if (organizations.length > 0) {
    return (
      <NarrowPage back={back} title={m.profile_delete_title()} description={m.profile_delete_only_owner()}>
        <ul className="grid grid-cols-1 gap-3">
          {organizations.map(({ name, slug: organization, members }) => (
            <li key={organization} className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2">
              <div className="min-w-0">
                <p dir="auto" className="break-words font-medium">
                  {name}
                </p>
                <p className="text-muted text-sm">{m.organizations_member_count({ count: members })}</p>
              </div>
              <Link
                to={href("/organizations/:organization/settings", { organization })}
                className="font-medium text-accent text-sm hover:underline"
              >
                {m.profile_delete_settle()}
              </Link>
            </li>
          ))}
        </ul>
      </NarrowPage>
    );
  }
  return (
    <NarrowPage back={back} title={m.profile_delete_title()} description={m.profile_delete_question()}>
      <Form method="post" {...form.props} className="grid gap-5">
        <FormError confirmAt={actionData?.confirmAt}>{form.error}</FormError>
        <ul className="grid list-inside list-disc gap-1 text-sm">
          <li>{m.profile_delete_goes()}</li>
          <li>{m.profile_delete_stays()}</li>
          <li>{m.profile_delete_log()}</li>
        </ul>
        <Field
          {...email.frame}
          // An internationalized domain can be typed in its own letters, which only the server can compare.
          isRight={(typed) => current.includes("xn--") || typed.trim().toLowerCase() === current}
          label={m.profile_delete_label({ email: current })}
          inputProps={{ ...email.control, type: "email", required: true, dir: "ltr", autoComplete: "off" }}
        />
        <FormButtons cancelTo={account}>
          <SubmitButton variant="danger">{m.profile_delete_confirm()}</SubmitButton>
        </FormButtons>
      </Form>
    </NarrowPage>
  );
}
