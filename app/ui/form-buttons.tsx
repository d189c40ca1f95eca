import type { ReactNode } from "react";
import { m } from "#app/i18n/messages.ts";
import { LinkButton } from "./button.tsx";

export function FormButtons({ cancelTo, children }: { cancelTo: string; children: ReactNode }) {
  return (
    <div className="flex flex-wrap justify-end gap-2">
      <LinkButton to={cancelTo} variant="secondary">
        {m.common_cancel()}
      </LinkButton>
      {children}
    </div>
  );
}
