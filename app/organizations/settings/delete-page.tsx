import { href } from "react-router";
import { featureViews } from "#app/features.view.ts";
import { m } from "#app/i18n/messages.ts";
import { nameOf } from "#app/text/names.ts";
import { Field } from "#app/ui/field.tsx";
import { Form } from "#app/ui/form.tsx";
import { FormButtons } from "#app/ui/form-buttons.tsx";
import { FormError } from "#app/ui/form-error.tsx";
import { NarrowPage } from "#app/ui/narrow-page.tsx";
import { SubmitButton } from "#app/ui/submit-button.tsx";
import { type FormAgain, useForm } from "#app/ui/use-form.ts";
import type { OrganizationSettings } from "./settings.server.ts";

const countWords: Record<string, (count: number) => string> = Object.assign(
  {},
  ...featureViews.map(({ counted }) => counted),
);

type DeletePageProps = {
  params: { organization: string };
  loaderData: OrganizationSettings;
  actionData?: FormAgain | undefined;
};

export function DeletePage({ params, loaderData: { name: current, counts }, actionData }: DeletePageProps) {
  const [form, { name }] = useForm<{ name: string }>({ id: "delete", lastResult: actionData ?? null });
  const settings = href("/organizations/:organization/settings", params);
  return (
    <NarrowPage
      back={{ to: settings, label: m.organizations_place_settings() }}
      title={m.settings_delete_title()}
      description={m.settings_delete_question({ organization: current })}
    >
      <Form method="post" {...form.props} className="grid gap-5">
        <FormError confirmAt={actionData?.confirmAt}>{form.error}</FormError>
        <ul className="grid list-inside list-disc gap-1 text-sm">
          {Object.entries(counts).map(([name, count]) => (
            <li key={name}>{countWords[name]?.(count)}</li>
          ))}
          <li>{m.settings_delete_rest()}</li>
        </ul>
        <Field
          {...name.frame}
          isRight={(typed) => nameOf(typed) === current}
          label={m.settings_delete_name_label({ organization: current })}
          inputProps={{ ...name.control, type: "text", required: true, dir: "auto", autoComplete: "off" }}
        />
        <FormButtons cancelTo={settings}>
          <SubmitButton variant="danger">{m.settings_delete_confirm()}</SubmitButton>
        </FormButtons>
      </Form>
    </NarrowPage>
  );
}
