import type { ReactNode } from "react";
import { classes } from "./classes.ts";
import { Icon } from "./icon.tsx";
import { PreferenceForm, usePendingPreference } from "./preference-form.tsx";

type Choice = { value: string; label: string; lang?: string; picture?: ReactNode };

type ChoiceFormProps = {
  name: string;
  label: string;
  chosen: string;
  choices: readonly Choice[];
};

export function ChoiceForm({ name, label, chosen, choices }: ChoiceFormProps) {
  const current = usePendingPreference(name) ?? chosen;
  return (
    <PreferenceForm>
      <fieldset className="grid grid-cols-[repeat(auto-fill,minmax(7.5rem,1fr))] gap-2">
        <legend className="sr-only">{label}</legend>
        {choices.map(({ value, label, lang, picture }) => (
          <button
            key={value}
            type="submit"
            name={name}
            value={value}
            lang={lang}
            aria-pressed={value === current}
            className={classes(
              "grid grid-cols-[minmax(0,1fr)] content-between gap-2 rounded-md border p-3 text-start text-sm transition-colors hover:bg-hover",
              value === current && "border-accent inset-ring inset-ring-accent",
            )}
          >
            {picture}
            <span className="flex min-h-5 items-center justify-between gap-2">
              <span dir="auto" className="min-w-0 font-medium">
                {label}
              </span>
              {value === current && <Icon name="check" className="text-accent" />}
            </span>
          </button>
        ))}
      </fieldset>
    </PreferenceForm>
  );
}
