import { use, useEffect, useState } from "react";
import { useLocation } from "react-router";
import { DocumentContext } from "./document-context.ts";
import { useTrouble } from "./line/trouble.ts";
import { useIsHydrated } from "./use-is-hydrated.ts";

let shown = 0;

function next(): number {
  shown += 1;
  return shown;
}

/**
 * For a form that creates something: sent twice (a double press, a lost response), it creates it once. New each time the form is
 * shown, also by the browser's Back, and after each response.
 */
export function Once() {
  const document = use(DocumentContext);
  const { key } = useLocation();
  const isHydrated = useIsHydrated();
  const isLost = useTrouble()?.kind === "offline";
  const [mark, setMark] = useState(() => ({ key, count: isHydrated ? next() : 0 }));
  const renew = () => setMark({ key, count: next() });
  if (mark.key !== key) setMark({ key, count: isLost ? mark.count : next() });
  useEffect(() => {
    const restore = ({ persisted }: PageTransitionEvent) => persisted && renew();
    addEventListener("pageshow", restore);
    return () => removeEventListener("pageshow", restore);
  });
  // Some browsers fill in hidden fields again, too.
  return document === "" ? null : (
    <input type="hidden" name="once" value={`${document}.${mark.count}`} autoComplete="off" />
  );
}
