import { startTransition, use, useEffect, useRef, useState } from "react";
import { useFetchers, useNavigation } from "react-router";
import { Toaster as Sonner, toast } from "sonner";
import { directionOf } from "#app/i18n/locale.ts";
import { m } from "#app/i18n/messages.ts";
import { AppearanceContext } from "./appearance.ts";
import { subscribe, type Toast, takeToasts, waitingToasts } from "./toasts.ts";
import { wasShown } from "./use-form.ts";

const ACTION_MS = 10_000;
/** How long a sentence is read. */
const READ_MS = 2_500;

export default function ToasterView() {
  const { locale } = use(AppearanceContext);
  // In a transition, as the router's own changes, the first ones too: no message is rendered before the navigation it came with.
  const [waiting, setWaiting] = useState<readonly Toast[]>([]);
  useEffect(() => {
    const hear = () => startTransition(() => setWaiting(waitingToasts()));
    hear();
    return subscribe(hear);
  }, []);

  const isSending = useFetchers().length > 0;
  const isBusy = useNavigation().state !== "idle" || isSending;

  // Screen readers announce a message only if its live region was drawn before it.
  const [isDrawn, setIsDrawn] = useState(false);
  useEffect(() => {
    let frame = requestAnimationFrame(() => {
      frame = requestAnimationFrame(() => setIsDrawn(true));
    });
    return () => cancelAnimationFrame(frame);
  }, []);

  useEffect(() => {
    if (waiting.length === 0 || !isDrawn) return;
    // A form shows its own errors once nothing is pending, so wait until then.
    if (isBusy && waiting.some(({ tone }) => tone === "error")) return;
    for (const each of takeToasts()) {
      if (wasAtField(each)) continue;
      if (each.tone === "error" && isSaid(each.message)) showIfGone(each);
      else show(each);
    }
  }, [waiting, isBusy, isDrawn]);

  return (
    <Sonner
      containerAriaLabel={m.common_messages()}
      dir={directionOf(locale)}
      position={directionOf(locale) === "rtl" ? "bottom-left" : "bottom-right"}
      toastOptions={{ className: "toast" }}
    />
  );
}

function show({ tone, message, action }: Toast) {
  const id = crypto.randomUUID();
  const more = action && { duration: ACTION_MS, action: <Action {...action} toastId={id} /> };
  toast[tone](message, { id, dismissible: false, ...more });
}

/** Whether a form has shown it at a field, which takes it away as soon as the value is right. */
function wasAtField({ answer }: Toast): boolean {
  return answer !== undefined && answer.error?.[""] === undefined && wasShown(answer);
}

/** Shows it if what says it leaves the page too soon to be read, such as an invitation that ended with its buttons. */
function showIfGone(refusal: Toast) {
  const observer = new MutationObserver(() => {
    if (isSaid(refusal.message)) return;
    observer.disconnect();
    show(refusal);
  });
  observer.observe(document.body, { childList: true, subtree: true });
  setTimeout(() => observer.disconnect(), READ_MS);
}

/** Whether a form, a dialog or a notice already shows the message in the visible part of the page. */
function isSaid(message: string): boolean {
  return [...document.querySelectorAll("[role^=alert],[role=status],form [aria-live]")].some((alert) => {
    const { top, bottom } = alert.getBoundingClientRect();
    return bottom > 0 && top < innerHeight && alert.textContent.includes(message);
  });
}

type ActionProps = NonNullable<Toast["action"]> & { toastId: string };

/** Not dismissible: a dismissible toast returns the focus to where it came from, so the Tab key could not get past it. */
function Action({ label, run, toastId }: ActionProps) {
  const isPressed = useRef(false);
  const press = () => {
    // The button stays until the message has slid out, so it can be pressed a second time.
    if (isPressed.current) return;
    isPressed.current = true;
    run();
    toast.dismiss(toastId);
  };
  return (
    <button type="button" data-button data-action data-dismissible={false} onClick={press}>
      {label}
    </button>
  );
}
