import { useEffect } from "react";
import { useRevalidator } from "react-router";

const PAUSE_MS = 2_000;

/** Asks for the page anew, as long as it is there and somebody can see it. */
export function useNewMails(): void {
  const { state, revalidate } = useRevalidator();
  useEffect(() => {
    if (state !== "idle") return;
    const timer = setInterval(() => {
      if (document.visibilityState === "visible") void revalidate();
    }, PAUSE_MS);
    return () => clearInterval(timer);
  }, [state, revalidate]);
}
