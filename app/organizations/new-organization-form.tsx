import { type FieldMetadata, getFormProps, getInputProps, type SubmissionResult, useForm } from "@conform-to/react";
import { Form } from "react-router";
import { formatBytes } from "#app/i18n/format.ts";
import { m } from "#app/i18n/messages.ts";
import { IMAGE_TYPES } from "#app/storage/image-type.ts";
import { Field } from "#app/ui/field.tsx";
import { FormError } from "#app/ui/form-error.tsx";
import { SubmitButton } from "#app/ui/submit-button.tsx";
import { LOGO_MAXIMUM, ORGANIZATION_NAME_MAXIMUM, ORGANIZATION_NAME_MINIMUM } from "./limits.ts";

/** Posts to the page it stands on. */
export function NewOrganizationForm({ lastResult }: { lastResult: SubmissionResult | null }) {
  const [form, fields] = useForm<{ name: string; logo: File }>({ id: "new-organization", lastResult });
  return (
    <Form method="post" encType="multipart/form-data" {...getFormProps(form)} className="grid gap-5">
      <FormError>{form.errors?.[0]}</FormError>
      <Field
        {...partsOf(fields.name)}
        label={m.organizations_name_label()}
        hint={m.organizations_name_hint()}
        inputProps={{
          ...getInputProps(fields.name, { type: "text" }),
          required: true,
          minLength: ORGANIZATION_NAME_MINIMUM,
          maxLength: ORGANIZATION_NAME_MAXIMUM,
          autoComplete: "organization",
        }}
      />
      {/* Last: the server takes a file only when nothing follows it. */}
      <Field
        {...partsOf(fields.logo)}
        label={m.organizations_logo_label()}
        hint={m.organizations_logo_hint({ maximum: formatBytes(LOGO_MAXIMUM) })}
        inputProps={{
          ...getInputProps(fields.logo, { type: "file" }),
          accept: IMAGE_TYPES.join(","),
          className: "py-1 file:me-3 file:rounded-sm file:bg-hover file:px-2.5 file:py-1 file:font-medium file:text-sm",
        }}
      />
      <SubmitButton size="large">{m.organizations_create()}</SubmitButton>
    </Form>
  );
}

function partsOf({ id, errorId, errors }: Pick<FieldMetadata, "id" | "errorId" | "errors">) {
  return { id, errorId, errors };
}
