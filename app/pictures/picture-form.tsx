import type { ReactNode } from "react";
import { useNavigation } from "react-router";
import { Button } from "#app/ui/button.tsx";
import { Form } from "#app/ui/form.tsx";
import { FormError } from "#app/ui/form-error.tsx";
import { inlineForm, SaveButton } from "#app/ui/inline-form.tsx";
import { type FormAnswer, useForm } from "#app/ui/use-form.ts";
import { PictureField } from "./picture-field.tsx";

type PictureFormProps = {
  picture: ReactNode;
  name: string;
  label: string;
  hint: string;
  maximum: number;
  changing: { action: string; label: string };
  removing: { action: string; label: string } | null;
  result: FormAnswer | undefined;
};

export function PictureForm({ picture, name, label, hint, maximum, changing, removing, result }: PictureFormProps) {
  const [form, fields] = useForm<Record<string, File>>({ id: `picture-${name}`, lastResult: result ?? null });
  const field = fields[name];
  const pending = useNavigation().formAction;
  if (field === undefined) return null;
  return (
    <div className="flex flex-wrap items-start gap-5 max-sm:flex-col">
      {picture}
      <div className="grid min-w-0 flex-1 gap-4 max-sm:w-full">
        <Form
          method="post"
          action={changing.action}
          encType="multipart/form-data"
          {...form.props}
          className={inlineForm}
        >
          <FormError>{form.error}</FormError>
          <PictureField field={field} label={label} isLabelHidden hint={hint} isRequired maximum={maximum} />
          <SaveButton {...changing} variant="secondary" />
        </Form>
        {removing !== null && (
          <Form method="post" action={removing.action}>
            <Button variant="ghost" size="small" className="-ms-3" isPending={pending === removing.action}>
              {removing.label}
            </Button>
          </Form>
        )}
      </div>
    </div>
  );
}
