import type { ReactNode } from "react";
import { href, useLocation } from "react-router";
import { Form, useFetcher } from "./form.tsx";

const FETCHER = "preferences";
const PREFERENCES = ["theme", "color", "font", "locale", "sidebar"];

type PreferenceFormProps = {
  name: string;
  children: ReactNode;
  className?: string;
  isReloading?: boolean;
};

export function PreferenceForm({ name, children, className, isReloading = false }: PreferenceFormProps) {
  const { pathname, search } = useLocation();
  const fetcher = useFetcher({ key: FETCHER });
  const unsettled = [...(fetcher.formData ?? [])].filter(([other]) => other !== name && PREFERENCES.includes(other));
  const Sent = isReloading ? Form : fetcher.Form;
  return (
    <Sent
      method="post"
      action={href("/preferences")}
      className={className}
      {...(isReloading ? { reloadDocument: true } : { preventScrollReset: true })}
    >
      <input type="hidden" name="redirectTo" value={pathname + search} />
      {/* Sending this ends what is on its way, and with it the cookie of its answer: so its choice goes along. */}
      {unsettled.map(([other, value]) => (
        <input key={other} type="hidden" name={other} value={String(value)} />
      ))}
      {children}
    </Sent>
  );
}

export function usePendingPreference(name: string): string | null {
  const value = useFetcher({ key: FETCHER }).formData?.get(name);
  return typeof value === "string" ? value : null;
}
