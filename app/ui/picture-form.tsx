import { getFormProps, getInputProps, type SubmissionResult, useForm } from "@conform-to/react";
import type { ReactNode } from "react";
import { Form, useNavigation } from "react-router";
import { Button } from "./button.tsx";
import { Field } from "./field.tsx";
import { FormError } from "./form-error.tsx";
import { inlineForm, SaveButton } from "./inline-form.tsx";

type PictureFormProps = {
  /** What is shown now. */
  picture: ReactNode;
  /** The field's name. */
  name: string;
  label: string;
  hint: string;
  /** Content types. */
  accept: readonly string[];
  changing: { action: string; label: string };
  /** Null: there is none to remove. */
  removing: { action: string; label: string } | null;
  result: SubmissionResult | undefined;
};

/** One picture, such as a logo: shown, replaced and removed. */
export function PictureForm({ picture, name, label, hint, accept, changing, removing, result }: PictureFormProps) {
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
          {...getFormProps(form)}
          className={inlineForm}
        >
          <FormError>{form.errors?.[0]}</FormError>
          <Field
            id={field.id}
            errorId={field.errorId}
            errors={field.errors}
            label={label}
            isLabelHidden
            hint={hint}
            inputProps={{
              ...getInputProps(field, { type: "file" }),
              required: true,
              accept: accept.join(","),
              className:
                "py-1 file:me-3 file:rounded-sm file:bg-hover file:px-2.5 file:py-1 file:font-medium file:text-sm",
            }}
          />
          <SaveButton {...changing} />
        </Form>
        {removing !== null && (
          <Form method="post" action={removing.action}>
            <Button variant="ghost" size="small" isPending={pending === removing.action}>
              {removing.label}
            </Button>
          </Form>
        )}
      </div>
    </div>
  );
}
