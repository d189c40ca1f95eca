import type { ReactNode } from "react";
import { href, useLocation } from "react-router";
import { Form, useFetcher } from "./form.tsx";

const FETCHER = "preferences";

type PreferenceFormProps = {
  children: ReactNode;
  className?: string;
  /** Loads the document anew, for what only a new document can show. */
  isReloading?: boolean;
};

/** Keeps a choice in the preferences cookie and comes back to this page. Its buttons carry the name and the value. */
export function PreferenceForm({ children, className, isReloading = false }: PreferenceFormProps) {
  const { pathname, search } = useLocation();
  const fetcher = useFetcher({ key: FETCHER });
  const Sent = isReloading ? Form : fetcher.Form;
  return (
    <Sent
      method="post"
      action={href("/preferences")}
      className={className}
      {...(isReloading ? { reloadDocument: true } : { preventScrollReset: true })}
    >
      <input type="hidden" name="redirectTo" value={pathname + search} />
      {children}
    </Sent>
  );
}

/** What was just chosen for `name` and is still on its way, so that the page need not wait for the answer. */
export function usePendingPreference(name: string): string | null {
  const value = useFetcher({ key: FETCHER }).formData?.get(name);
  return typeof value === "string" ? value : null;
}
