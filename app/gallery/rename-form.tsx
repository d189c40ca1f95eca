import type { ComponentType, ReactNode } from "react";
import { type FormProps, href } from "react-router";
import { m } from "#app/i18n/messages.ts";
import { AsShown } from "#app/ui/as-shown.tsx";
import { Field } from "#app/ui/field.tsx";
import { FormError } from "#app/ui/form-error.tsx";
import { usePlaceIn } from "#app/ui/list-place.ts";
import { type FormAnswer, useForm } from "#app/ui/use-form.ts";
import { galleryPlace } from "./gallery-place.ts";
import { IMAGE_NAME_MAXIMUM } from "./limits.ts";

type RenameFormProps = {
  organization: string;
  image: { id: string; name: string };
  lastResult: FormAnswer | null;
  as: ComponentType<FormProps>;
  children: ReactNode;
};

export function RenameForm({ organization, image, lastResult, as: Form, children }: RenameFormProps) {
  const inList = usePlaceIn(galleryPlace);
  const filled = { name: image.name };
  const [form, { name }] = useForm<{ name: string }>({
    id: `rename-${image.id}`,
    lastResult,
    defaultValue: filled,
  });
  return (
    <Form
      method="post"
      action={href("/organizations/:organization/gallery/:image/rename", { organization, image: image.id }) + inList}
      {...form.props}
      className="grid gap-4"
    >
      <FormError>{form.error}</FormError>
      <AsShown fields={filled} lastResult={lastResult} />
      <Field
        {...name.frame}
        label={m.gallery_name_label()}
        inputProps={{
          ...name.control,
          type: "text",
          required: true,
          maxLength: IMAGE_NAME_MAXIMUM,
          dir: "auto",
          autoComplete: "off",
        }}
      />
      {children}
    </Form>
  );
}
