import { actionNames } from "#app/audit/action-words.ts";
import { m } from "#app/i18n/messages.ts";
import { AsShown } from "#app/ui/as-shown.tsx";
import { BoxesField } from "#app/ui/boxes-field.tsx";
import { Field } from "#app/ui/field.tsx";
import { Form } from "#app/ui/form.tsx";
import { FormButtons } from "#app/ui/form-buttons.tsx";
import { FormError } from "#app/ui/form-error.tsx";
import { Once } from "#app/ui/once.tsx";
import { SubmitButton } from "#app/ui/submit-button.tsx";
import { type FormAgain, useForm } from "#app/ui/use-form.ts";
import { webhookEvents } from "./events.ts";
import { DESCRIPTION_MAXIMUM } from "./limits.ts";
import { type WebhookSettings, webhookFields } from "./webhook-fields.ts";

type Values = Record<"url" | "description" | "events" | "seesAddresses", string>;

type WebhookFormProps = {
  result: FormAgain | undefined;
  /** Null for a new webhook. */
  webhook: WebhookSettings | null;
  save: string;
  cancelTo: string;
};

/** Aligned with the first line of a label that takes two. */
const box = "mt-0.5 size-4 shrink-0 accent-accent";

const names = actionNames.filter(({ value }) => webhookEvents.some((event) => event === value));

export function WebhookForm({ result, webhook, save, cancelTo }: WebhookFormProps) {
  const filled = webhookFields(webhook);
  const [form, { url, description, events, seesAddresses }] = useForm<Values>({
    id: "webhook",
    lastResult: result ?? null,
    defaultValue: { ...filled, events: filled.events.join("\n") },
  });
  const chosen = events.control.defaultValue?.split("\n") ?? [];
  return (
    <Form method="post" {...form.props} className="grid gap-4">
      <FormError confirmAt={result?.confirmAt}>{form.error}</FormError>
      {webhook === null ? <Once /> : <AsShown fields={filled} lastResult={result} />}
      <Field
        {...url.frame}
        label={m.webhooks_url_label()}
        hint={m.webhooks_url_hint()}
        inputProps={{ ...url.control, type: "url", required: true, dir: "ltr", autoComplete: "off", spellCheck: false }}
      />
      <Field
        {...description.frame}
        label={m.webhooks_description_label()}
        hint={m.webhooks_description_hint()}
        inputProps={{
          ...description.control,
          type: "text",
          maxLength: DESCRIPTION_MAXIMUM,
          dir: "auto",
          autoComplete: "off",
        }}
      />
      <BoxesField {...events.frame} label={m.webhooks_events_label()}>
        {(first) => (
          <div className="grid gap-x-4 gap-y-1 text-sm sm:grid-cols-2">
            {names.map(({ value, label }, index) => (
              <label key={value} className="flex items-start gap-2 py-0.5">
                <input
                  {...(index === 0 && first)}
                  type="checkbox"
                  name="events"
                  value={value}
                  defaultChecked={chosen.includes(value)}
                  className={box}
                />
                {label()}
              </label>
            ))}
          </div>
        )}
      </BoxesField>
      <label className="flex items-start gap-2 text-sm">
        <input
          type="checkbox"
          name="seesAddresses"
          value="yes"
          defaultChecked={seesAddresses.control.defaultValue === "yes"}
          className={box}
        />
        {m.webhooks_addresses_label()}
      </label>
      <FormButtons cancelTo={cancelTo}>
        <SubmitButton>{save}</SubmitButton>
      </FormButtons>
    </Form>
  );
}
