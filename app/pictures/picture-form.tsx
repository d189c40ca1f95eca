import { type ReactNode, useEffect, useRef } from "react";
import { useNavigation } from "react-router";
import { Button } from "#app/ui/button.tsx";
import { Form, useFetcher } from "#app/ui/form.tsx";
import { FormError } from "#app/ui/form-error.tsx";
import { inlineForm } from "#app/ui/inline-form.tsx";
import { type FormAnswer, useForm } from "#app/ui/use-form.ts";
import type { Shape } from "./cut-picture.ts";
import { PictureField } from "./picture-field.tsx";

type PictureFormProps = {
  picture: ReactNode;
  /** The id of the current picture. It changes when a new picture is saved. */
  current: string | null;
  shape: Shape;
  name: string;
  label: string;
  hint: string;
  maximum: number;
  changing: { action: string; label: string };
  removing: { action: string; label: string } | null;
  result: FormAnswer | undefined;
};

export function PictureForm(props: PictureFormProps) {
  const { picture, current, shape, name, label, hint, maximum, changing, removing, result } = props;
  // A fetcher, because the address of the form shows a page of its own, without the picture that was chosen and cropped.
  const fetcher = useFetcher<FormAnswer>();
  const lastResult = fetcher.data ?? result ?? null;
  const [form, fields] = useForm<Record<string, File>>({ id: `picture-${name}`, lastResult });
  const field = fields[name];
  const pending = useNavigation().formAction;
  useFreshForm(form.props.id, current, fetcher.reset);
  if (field === undefined) return null;
  return (
    <div className="flex flex-wrap items-start gap-5 @max-sm:flex-col">
      {picture}
      <div className="@container grid min-w-0 flex-1 gap-4 @max-sm:w-full">
        <fetcher.Form
          method="post"
          action={changing.action}
          encType="multipart/form-data"
          {...form.props}
          className={inlineForm}
        >
          <FormError>{form.error}</FormError>
          <PictureField
            field={field}
            label={label}
            isLabelHidden
            hint={hint}
            isRequired
            maximum={maximum}
            shape={shape}
          />
          <Button variant="secondary" isPending={fetcher.state !== "idle"}>
            {changing.label}
          </Button>
        </fetcher.Form>
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

/** Resets the form once a new picture is saved, unless another file was chosen in the meantime. A refusal is no longer shown. */
function useFreshForm(id: string, current: string | null, forgetRefusal: () => void) {
  const known = useRef(current);
  const sent = useRef<File | undefined>(undefined);
  useEffect(() => {
    const form = formOf(id);
    const noteFile = () => {
      sent.current = fileOf(form);
    };
    form?.addEventListener("submit", noteFile);
    return () => form?.removeEventListener("submit", noteFile);
  }, [id]);
  useEffect(() => {
    if (known.current === current) return;
    known.current = current;
    forgetRefusal();
    const form = formOf(id);
    if (fileOf(form) === sent.current) form?.reset();
  }, [id, current, forgetRefusal]);
}

function formOf(id: string): HTMLFormElement | null {
  return document.querySelector<HTMLFormElement>(`form#${CSS.escape(id)}`);
}

function fileOf(form: HTMLFormElement | null): File | undefined {
  return form?.querySelector<HTMLInputElement>("input[type=file]")?.files?.[0];
}
