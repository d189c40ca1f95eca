import { AlertDialog as BaseAlertDialog } from "@base-ui/react/alert-dialog";
import { Dialog as BaseDialog } from "@base-ui/react/dialog";
import { type ReactNode, useRef } from "react";
import { m } from "#app/i18n/messages.ts";
import { buttonClasses } from "./button.tsx";
import { classes } from "./classes.ts";
import { Icon } from "./icon.tsx";
import { tabToTrouble } from "./line/tab-to-trouble.ts";
import { returnFocus } from "./return-focus.ts";
import { useBack } from "./use-back.ts";

type DialogProps = {
  isOpen: boolean;
  onOpenChange: (isOpen: boolean) => void;
  title: string;
  children: ReactNode;
};

const backdrop =
  "fixed inset-0 z-20 bg-backdrop transition-opacity duration-150 data-ending-style:opacity-0 data-starting-style:opacity-0";

const popup =
  "fixed inset-x-4 top-1/2 z-20 mx-auto flex max-h-[calc(100dvh-2rem)] max-w-md -translate-y-1/2 flex-col overflow-y-auto rounded-xl border bg-raised p-5 text-text shadow-pop transition-[scale,opacity] duration-150 sm:p-6 data-ending-style:scale-98 data-starting-style:scale-98 data-ending-style:opacity-0 data-starting-style:opacity-0";

/** Needs scripts, so whatever it offers must have a page of its own too. Load it with `late`. */
export function Dialog({ isOpen, onOpenChange, title, children }: DialogProps) {
  const body = useRef<HTMLDivElement>(null);
  const returnTo = useRef<Element>(null);
  useBack(isOpen, () => onOpenChange(false));
  // An input with autofocus would take the focus before the dialog has noted where to return it to.
  const firstInput = () => {
    returnTo.current = document.activeElement;
    return body.current?.querySelector<HTMLElement>("input:not([type=hidden])") ?? true;
  };
  return (
    <BaseDialog.Root open={isOpen} onOpenChange={(next) => onOpenChange(next)}>
      <BaseDialog.Portal>
        <BaseDialog.Backdrop className={backdrop} />
        <BaseDialog.Popup
          ref={body}
          initialFocus={firstInput}
          finalFocus={() => returnFocus(returnTo.current, body.current)}
          onKeyDown={tabToTrouble}
          className={popup}
        >
          <div className="mb-4 flex items-start justify-between gap-4">
            <BaseDialog.Title className="min-w-0 font-semibold text-lg">{title}</BaseDialog.Title>
            <BaseDialog.Close
              aria-label={m.common_close()}
              className={classes(buttonClasses({ variant: "ghost", size: "small", isSquare: true }), "-me-1.5 -mt-1")}
            >
              <Icon name="x" />
            </BaseDialog.Close>
          </div>
          {children}
        </BaseDialog.Popup>
      </BaseDialog.Portal>
    </BaseDialog.Root>
  );
}

type AlertDialogProps = {
  isOpen: boolean;
  onOpenChange: (isOpen: boolean) => void;
  title: string;
  description: string;
  confirm: ReactNode;
  /** True once the action is done. The element that opened the dialog is gone then, so the focus moves to the page's content. */
  isDone: boolean;
};

export function AlertDialog({ isOpen, onOpenChange, title, description, confirm, isDone }: AlertDialogProps) {
  useBack(isOpen, () => onOpenChange(false));
  const finalFocus = () => (isDone ? document.getElementById("content") : true);
  return (
    <BaseAlertDialog.Root open={isOpen} onOpenChange={(next) => onOpenChange(next)}>
      <BaseAlertDialog.Portal>
        <BaseAlertDialog.Backdrop className={backdrop} />
        <BaseAlertDialog.Popup finalFocus={finalFocus} onKeyDown={tabToTrouble} className={popup}>
          <BaseAlertDialog.Title className="font-semibold text-lg">{title}</BaseAlertDialog.Title>
          <BaseAlertDialog.Description className="mt-1 text-muted text-sm">{description}</BaseAlertDialog.Description>
          <div className="mt-6 flex flex-wrap justify-end gap-2">
            <BaseAlertDialog.Close className={buttonClasses({ variant: "secondary" })}>
              {m.common_cancel()}
            </BaseAlertDialog.Close>
            {confirm}
          </div>
        </BaseAlertDialog.Popup>
      </BaseAlertDialog.Portal>
    </BaseAlertDialog.Root>
  );
}
