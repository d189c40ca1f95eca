import { type ReactNode, useEffect } from "react";
import { href, useLocation } from "react-router";
import { Form, useFetcher } from "./form.tsx";
import { Stay } from "./stay.tsx";

const FETCHER = "preferences";
const PREFERENCES = ["theme", "color", "font", "locale", "sidebar"];

/** Chosen and not kept yet. The next choice ends what is on its way, and with it the cookie of its answer: so it goes along. */
const unsettled = new Map<string, FormDataEntryValue>();

type PreferenceFormProps = {
  children: ReactNode;
  className?: string;
  isReloading?: boolean;
};

export function PreferenceForm({ children, className, isReloading = false }: PreferenceFormProps) {
  const { pathname, search } = useLocation();
  const fetcher = useFetcher({ key: FETCHER });
  const isSettled = fetcher.state === "idle";
  useEffect(() => {
    if (isSettled) unsettled.clear();
  }, [isSettled]);
  const Sent = isReloading ? Form : fetcher.Form;
  return (
    <Sent
      ref={takeAlong}
      method="post"
      action={href("/preferences")}
      className={className}
      {...(isReloading ? { reloadDocument: true } : { preventScrollReset: true })}
    >
      <input type="hidden" name="redirectTo" value={pathname + search} />
      {!isReloading && <Stay />}
      {children}
    </Sent>
  );
}

/** When the form is read, and not when the page is drawn, which a second press may well precede. */
function takeAlong(form: HTMLFormElement | null) {
  if (form === null) return;
  const complete = ({ formData }: FormDataEvent) => {
    for (const [name, value] of formData) if (PREFERENCES.includes(name)) unsettled.set(name, value);
    for (const [name, value] of unsettled) formData.set(name, value);
  };
  form.addEventListener("formdata", complete);
  return () => form.removeEventListener("formdata", complete);
}

export function usePendingPreference(name: string): string | null {
  const value = useFetcher({ key: FETCHER }).formData?.get(name);
  return typeof value === "string" ? value : null;
}
