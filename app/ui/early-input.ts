export const EARLY_FIELD = "early-palette";

/** How long a form that the browser itself submitted waits for the new document before it can be submitted again. */
const ANSWER_LIMIT_MS = 15_000;

type EarlyInput = {
  /**
   * Call it once the listeners of the page are there: they hear the keys that were pressed before them, too. Returns what was typed
   * into the palette, and null if it is not open.
   */
  end: () => { typed: string; isEntered: boolean; returnTo: Element | null } | null;
};

declare global {
  interface Window {
    earlyInput?: EarlyInput;
  }
}

export function isPaletteKey(event: KeyboardEvent): boolean {
  return event.key.toLowerCase() === "k" && (event.metaKey || event.ctrlKey) && !event.altKey && !event.shiftKey;
}

/** Written inline into the document, so that it runs before every other script. A function: a constant would stay in those, too. */
export function earlyInputScript(): string {
  return `(${hearEarlyInput})(${JSON.stringify(EARLY_FIELD)}, ${isPaletteKey}, ${ANSWER_LIMIT_MS})`;
}

/** Written into the document as text, so it can use nothing but its arguments. */
function hearEarlyInput(fieldId: string, asksForPalette: typeof isPaletteKey, answerLimit: number) {
  const keys: KeyboardEvent[] = [];
  let isEntered = false;
  let returnTo: Element | null = null;
  const fieldAndPanel = () => {
    const field = document.getElementById(fieldId) as HTMLInputElement | null;
    return [field, field?.parentElement] as const;
  };
  window.earlyInput = {
    end() {
      document.removeEventListener("keydown", onKey, true);
      // After every effect of the page, and before the next key.
      queueMicrotask(() => keys.splice(0).forEach(pressAgain));
      const [field, panel] = fieldAndPanel();
      return field && panel?.hidden === false ? { typed: field.value, isEntered, returnTo } : null;
    },
  };
  document.addEventListener("keydown", onKey, true);

  function onKey(event: KeyboardEvent) {
    const [field, panel] = fieldAndPanel();
    if (!field || !panel) return;
    if (asksForPalette(event)) {
      event.preventDefault();
      if (panel.hidden) returnTo = document.activeElement;
      panel.hidden = false;
      field.focus();
    } else if (event.target === field && event.key === "Escape") {
      panel.hidden = true;
      field.value = "";
      if (returnTo instanceof HTMLElement) returnTo.focus();
    } else if (event.target === field && !event.isComposing) {
      isEntered = event.key === "Enter";
    } else {
      keys.push(event);
    }
  }

  function pressAgain(event: KeyboardEvent) {
    const again = new KeyboardEvent("keydown", event);
    // Between the keys of a shortcut, time counts.
    Object.defineProperty(again, "timeStamp", { value: event.timeStamp });
    const target = event.target as Node;
    // The scripts can have put a menu in the place of a link.
    (target.isConnected ? target : (document.activeElement ?? document)).dispatchEvent(again);
  }

  // Without a router yet, Back would change only the address, and the router would then show two pages at once.
  const page = location.pathname + location.search;
  addEventListener("popstate", () => {
    if (!window.__reactRouterDataRouter && location.pathname + location.search !== page) location.reload();
  });

  // A form that the browser submits stays on the screen, and can be submitted again, until the response arrives.
  const sent = new Map<EventTarget, { what: string; until: number }>();
  // Leaves out `once`, which can have another value after the scripts have loaded.
  const contentOf = ({ target, submitter }: SubmitEvent) =>
    JSON.stringify(
      [...new FormData(target as HTMLFormElement, submitter)]
        .filter(([name]) => name !== "once")
        .map(([name, value]) => (typeof value === "string" ? [name, value] : [name, value.name, value.size])),
    );
  document.addEventListener(
    "submit",
    (event) => {
      const before = event.target && sent.get(event.target);
      if (!before || before.until < performance.now() || before.what !== contentOf(event)) return;
      event.preventDefault();
      event.stopImmediatePropagation();
    },
    true,
  );
  addEventListener("submit", (event) => {
    const form = event.target;
    if (event.defaultPrevented || !(form instanceof HTMLFormElement) || form.method !== "post") return;
    sent.set(form, { what: contentOf(event), until: performance.now() + answerLimit });
    // A listener that runs later may prevent this event and submit the form itself later.
    setTimeout(() => event.defaultPrevented && sent.delete(form));
  });
  addEventListener("pageshow", ({ persisted }) => persisted && sent.clear());
}
