import { type ReactNode, useEffect, useRef, useState } from "react";
import { Field } from "#app/ui/field.tsx";
import type { FormField } from "#app/ui/use-form.ts";
import { refusalOf, refusalOfPixels } from "./before-sending.ts";
import { IMAGE_TYPES } from "./image-type.ts";

type PictureFieldProps = {
  field: FormField;
  label: string;
  isLabelHidden?: boolean;
  hint: ReactNode;
  isRequired: boolean;
  maximum: number;
};

export function PictureField({ field, isRequired, maximum, ...frame }: PictureFieldProps) {
  const input = useRef<HTMLInputElement>(null);
  const [refusal, setRefusal] = useState<string | null>(null);

  useEffect(() => {
    const form = input.current?.form;
    if (refusal === null || !form) return;
    const hold = (event: Event) => {
      event.preventDefault();
      event.stopPropagation();
      input.current?.focus();
    };
    form.addEventListener("submit", hold, { capture: true });
    return () => form.removeEventListener("submit", hold, { capture: true });
  }, [refusal]);

  async function look(chosen: HTMLInputElement) {
    const file = chosen.files?.[0];
    setRefusal(null);
    const found = file && (refusalOf(file, maximum) ?? (await refusalOfPixels(file)));
    if (chosen.files?.[0] === file) setRefusal(found ?? null);
  }

  return (
    <Field
      {...frame}
      {...field.frame}
      ownError={refusal}
      inputProps={{
        ...field.control,
        type: "file",
        ref: input,
        required: isRequired,
        accept: IMAGE_TYPES.join(","),
        onChange: (event) => void look(event.currentTarget),
        className: "py-1 file:me-3 file:rounded-sm file:bg-hover file:px-2.5 file:py-1 file:font-medium file:text-sm",
      }}
    />
  );
}
