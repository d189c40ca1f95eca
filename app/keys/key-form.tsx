import { m } from "#app/i18n/messages.ts";
import { BoxesField } from "#app/ui/boxes-field.tsx";
import { Field, SelectField } from "#app/ui/field.tsx";
import { Form } from "#app/ui/form.tsx";
import { FormButtons } from "#app/ui/form-buttons.tsx";
import { FormError } from "#app/ui/form-error.tsx";
import { Once } from "#app/ui/once.tsx";
import { SubmitButton } from "#app/ui/submit-button.tsx";
import { type FormAgain, useForm } from "#app/ui/use-form.ts";
import { KEY_DAYS, KEY_NAME_MAXIMUM } from "./limits.ts";
import { permissionGroups } from "./permission-names.ts";

type KeyFormProps = { result: FormAgain | undefined; given: readonly string[]; cancelTo: string };

export function KeyForm({ result, given, cancelTo }: KeyFormProps) {
  const [form, { name, permissions, expires }] = useForm<{ name: string; permissions: string; expires: string }>({
    id: "key",
    lastResult: result ?? null,
    defaultValue: { expires: String(KEY_DAYS[0]) },
  });
  const chosen = permissions.control.defaultValue?.split("\n") ?? [];
  return (
    <Form method="post" {...form.props} className="grid gap-5">
      <FormError confirmAt={result?.confirmAt}>{form.error}</FormError>
      <Once />
      <Field
        {...name.frame}
        label={m.keys_name_label()}
        hint={m.keys_name_hint()}
        inputProps={{
          ...name.control,
          type: "text",
          required: true,
          maxLength: KEY_NAME_MAXIMUM,
          dir: "auto",
          autoComplete: "off",
        }}
      />
      <BoxesField {...permissions.frame} label={m.keys_permissions_label()}>
        {(first) => (
          <div className="divide-y rounded-md border text-sm">
            {permissionGroups(given).map(({ noun, label, permissions: each }, group) => (
              <fieldset key={noun} className="grid items-start gap-x-3 gap-y-1 px-3 py-2 sm:grid-cols-[7rem_1fr]">
                <legend className="sr-only">{label}</legend>
                <span aria-hidden="true" className="flex min-h-6 items-center">
                  {label}
                </span>
                <div className="flex flex-wrap gap-x-4 gap-y-1">
                  {each.map(({ value, label }, index) => (
                    <label key={value} className="flex min-h-6 items-center gap-2">
                      <input
                        {...(group + index === 0 && first)}
                        type="checkbox"
                        name="permissions"
                        value={value}
                        defaultChecked={chosen.includes(value)}
                        className="size-4 accent-accent"
                      />
                      {label}
                    </label>
                  ))}
                </div>
              </fieldset>
            ))}
          </div>
        )}
      </BoxesField>
      <SelectField
        {...expires.frame}
        label={m.keys_expiry_label()}
        options={[
          ...KEY_DAYS.toSorted((one, other) => one - other).map((days) => ({
            value: String(days),
            label: m.keys_expiry_days({ days }),
          })),
          { value: "never", label: m.keys_expiry_never() },
        ]}
        selectProps={expires.control}
      />
      <FormButtons cancelTo={cancelTo}>
        <SubmitButton>{m.keys_create()}</SubmitButton>
      </FormButtons>
    </Form>
  );
}
