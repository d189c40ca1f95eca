import { useEffect, useState } from "react";
import { formatBytes } from "#app/i18n/format.ts";
import { m } from "#app/i18n/messages.ts";
import { PictureField } from "#app/pictures/picture-field.tsx";
import { SLUG_MAXIMUM } from "#app/tenancy/limits.ts";
import { nameOf } from "#app/text/names.ts";
import { Field } from "#app/ui/field.tsx";
import { Form } from "#app/ui/form.tsx";
import { FormButtons } from "#app/ui/form-buttons.tsx";
import { FormError } from "#app/ui/form-error.tsx";
import { Once } from "#app/ui/once.tsx";
import { SubmitButton } from "#app/ui/submit-button.tsx";
import { type FormAnswer, useForm } from "#app/ui/use-form.ts";
import { LOGO_MAXIMUM, ORGANIZATION_NAME_MAXIMUM, ORGANIZATION_NAME_MINIMUM } from "./limits.ts";
import { slugOf } from "./new-slug.ts";
import { isFreeToChoose, stemOf } from "./slugs.ts";

type NewOrganizationFormProps = { lastResult: FormAnswer | null; cancelTo?: string };

export function NewOrganizationForm({ lastResult, cancelTo }: NewOrganizationFormProps) {
  const [form, fields] = useForm<{ name: string; slug: string; logo: File }>({ id: "new-organization", lastResult });
  const [name, setName] = useState(fields.name.control.defaultValue ?? "");
  const [chosen, setChosen] = useState(fields.slug.control.defaultValue ?? "");
  const slug = useSlugOf(name);
  return (
    <Form method="post" encType="multipart/form-data" {...form.props} className="grid gap-5">
      <Once />
      <FormError>{form.error}</FormError>
      <Field
        {...fields.name.frame}
        label={m.organizations_name_label()}
        hint={m.organizations_name_hint()}
        inputProps={{
          ...fields.name.control,
          type: "text",
          required: true,
          minLength: ORGANIZATION_NAME_MINIMUM,
          maxLength: ORGANIZATION_NAME_MAXIMUM,
          autoComplete: "organization",
          onChange: (event) => setName(event.currentTarget.value),
        }}
      />
      <Field
        {...fields.slug.frame}
        label={m.organizations_slug_label()}
        hint={
          slug === null || chosen !== ""
            ? m.organizations_slug_hint()
            : m.organizations_slug_preview({ address: `${location.host}/organizations/${slug}` })
        }
        inputProps={{
          ...fields.slug.control,
          type: "text",
          placeholder: slug ?? undefined,
          onChange: (event) => setChosen(event.currentTarget.value),
          maxLength: SLUG_MAXIMUM,
          dir: "ltr",
          autoComplete: "off",
          autoCapitalize: "none",
          spellCheck: false,
          className: "font-mono",
        }}
      />
      {/* Must be the last field: the server accepts a file only if nothing follows it. */}
      <PictureField
        field={fields.logo}
        label={m.organizations_logo_optional()}
        hint={m.common_picture_hint({ maximum: formatBytes(LOGO_MAXIMUM) })}
        isRequired={false}
        maximum={LOGO_MAXIMUM}
        shape="square"
      />
      {cancelTo === undefined ? (
        <SubmitButton size="large">{m.organizations_create()}</SubmitButton>
      ) : (
        <FormButtons cancelTo={cancelTo}>
          <SubmitButton>{m.organizations_create()}</SubmitButton>
        </FormButtons>
      )}
    </Form>
  );
}

function useSlugOf(name: string): string | null {
  const [slug, setSlug] = useState<string | null>(null);
  useEffect(() => {
    let isCurrent = true;
    const show = (made: string | null) => isCurrent && setSlug(made);
    if (nameOf(name) === "") show(null);
    else
      slugOf(name).then(
        (made) => show(isFreeToChoose(made) ? made : `${stemOf(made)}-…`),
        () => show(null),
      );
    return () => {
      isCurrent = false;
    };
  }, [name]);
  return slug;
}
