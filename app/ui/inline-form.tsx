import { useNavigation } from "react-router";
import { m } from "#app/i18n/messages.ts";
import { Button } from "./button.tsx";

export const inlineForm =
  "grid items-start gap-3 @sm:grid-cols-[minmax(0,1fr)_auto] [&>.button]:justify-self-start [&>[role=alert]]:col-span-full";

type SaveButtonProps = {
  action: string;
  label?: string;
  /** The id of what says which thing is saved, on a page with several such buttons. */
  of?: string;
  variant?: "secondary";
};

export function SaveButton({ action, label = m.common_save(), of, variant }: SaveButtonProps) {
  const isPending = useNavigation().formAction === action;
  return (
    <Button {...(variant && { variant })} aria-describedby={of} isPending={isPending}>
      {label}
    </Button>
  );
}
