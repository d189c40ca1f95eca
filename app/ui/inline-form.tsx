import { useNavigation } from "react-router";
import { m } from "#app/i18n/messages.ts";
import { Button } from "./button.tsx";

export const inlineForm =
  "grid items-start gap-3 @md:grid-cols-[minmax(0,1fr)_auto] [&>.button]:justify-self-start [&>[role=alert]]:col-span-full";

type SaveButtonProps = { action: string; label?: string; variant?: "secondary" };

export function SaveButton({ action, label = m.common_save(), variant }: SaveButtonProps) {
  const isPending = useNavigation().formAction === action;
  return (
    <Button {...(variant && { variant })} isPending={isPending}>
      {label}
    </Button>
  );
}
