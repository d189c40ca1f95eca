import type { KeyboardEvent, RefObject } from "react";
import { m } from "#app/i18n/messages.ts";
import { EARLY_FIELD } from "#app/ui/early-input.ts";
import { Spinner } from "#app/ui/spinner.tsx";

type WaitingFieldProps = {
  field: RefObject<HTMLInputElement | null>;
  isHidden: boolean;
  onQueryChange: (query: string) => void;
  onKeyDown: (event: KeyboardEvent) => void;
};

/** Takes what is typed until the palette's own field has loaded. Before scripts run, the document's early script shows it. */
export function WaitingField({ field, isHidden, onQueryChange, onKeyDown }: WaitingFieldProps) {
  return (
    <div hidden={isHidden} className="waiting-field">
      <Spinner className="shrink-0 text-muted" />
      <input
        ref={field}
        id={EARLY_FIELD}
        aria-label={m.palette_label()}
        placeholder={m.palette_short()}
        autoComplete="off"
        onChange={(event) => onQueryChange(event.currentTarget.value)}
        onKeyDown={onKeyDown}
      />
    </div>
  );
}
