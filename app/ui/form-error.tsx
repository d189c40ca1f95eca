import type { ReactNode } from "react";
import { m } from "#app/i18n/messages.ts";
import { Icon } from "./icon.tsx";
import { Link } from "./link.tsx";

type FormErrorProps = {
  id?: string;
  confirmAt?: string | undefined;
  children: ReactNode;
};

export function FormError({ id, confirmAt, children }: FormErrorProps) {
  if (children === null || children === undefined || children === "") return null;
  return (
    <div id={id} role="alert" className="flex gap-2.5 rounded-md bg-danger-soft px-3 py-2.5 text-danger text-sm">
      <Icon name="circle-alert" className="mt-0.5" />
      <div className="min-w-0 flex-1">
        {children}
        {confirmAt !== undefined && (
          <>
            {" "}
            <Link to={confirmAt} className="font-medium underline">
              {m.errors_confirm_action()}
            </Link>
          </>
        )}
      </div>
    </div>
  );
}
