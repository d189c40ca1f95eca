import { useEffect } from "react";
import { useRevalidator } from "react-router";

const PAUSE_MS = 2_000;

/** Reloads the data of the page again and again while it is visible. */
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
