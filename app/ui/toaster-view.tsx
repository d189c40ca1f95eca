import { use, useEffect, useSyncExternalStore } from "react";
import { Toaster as Sonner, toast } from "sonner";
import { directionOf } from "#app/i18n/locale.ts";
import { m } from "#app/i18n/messages.ts";
import { AppearanceContext } from "./appearance.ts";
import { endsOfSuccess, subscribe, type Toast, takeToasts, waitingToasts } from "./toasts.ts";

const ACTION_MS = 10_000;

const none: readonly Toast[] = [];

/** Messages that may still be on the screen, by their words: the same is not said twice at once. */
const shown = new Map<string, { id: string; tone: Toast["tone"] }>();

export default function ToasterView() {
  const { locale } = use(AppearanceContext);
  const waiting = useSyncExternalStore(subscribe, waitingToasts, () => none);

  const ends = useSyncExternalStore(subscribe, endsOfSuccess, () => 0);

  // Above the next effect: what comes with a refusal is shown after what it ends.
  useEffect(() => {
    if (ends === 0) return;
    for (const [words, { id, tone }] of shown) {
      if (tone !== "success") continue;
      toast.dismiss(id);
      shown.delete(words);
    }
  }, [ends]);

  useEffect(() => {
    if (waiting.length === 0) return;
    for (const { tone, message, action } of takeToasts()) {
      const id = crypto.randomUUID();
      const more = action && { duration: ACTION_MS, action: <Action {...action} toastId={id} /> };
      if (action === undefined) {
        const same = shown.get(message);
        if (same !== undefined) toast.dismiss(same.id);
        shown.set(message, { id, tone });
      }
      toast[tone](message, { id, dismissible: false, ...more });
    }
  }, [waiting]);

  return (
    <Sonner
      containerAriaLabel={m.common_messages()}
      dir={directionOf(locale)}
      position={directionOf(locale) === "rtl" ? "bottom-left" : "bottom-right"}
      toastOptions={{ className: "toast" }}
    />
  );
}

type ActionProps = NonNullable<Toast["action"]> & { toastId: string };

/** What can be dismissed sends the focus back to where it came from, so the Tab key would not get past it. */
function Action({ label, run, toastId }: ActionProps) {
  const press = () => {
    run();
    toast.dismiss(toastId);
  };
  return (
    <button type="button" data-button data-action data-dismissible={false} onClick={press}>
      {label}
    </button>
  );
}
