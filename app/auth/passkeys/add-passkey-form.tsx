import { type FormEvent, useState } from "react";
import { href, useNavigate } from "react-router";
import { m } from "#app/i18n/messages.ts";
import { Button } from "#app/ui/button.tsx";
import { useFetcher } from "#app/ui/form.tsx";
import { FormError } from "#app/ui/form-error.tsx";
import { inlineForm } from "#app/ui/inline-form.tsx";
import { isLost, tellWhyLost } from "#app/ui/line/reach.ts";
import { type FormAgain, useForm } from "#app/ui/use-form.ts";
import { useIsHydrated } from "#app/ui/use-is-hydrated.ts";
import { NoChallenge } from "./no-challenge.ts";
import { PasskeyNameField } from "./passkey-name-field.tsx";

export function AddPasskeyForm() {
  const isHydrated = useIsHydrated();
  const navigate = useNavigate();
  const fetcher = useFetcher<FormAgain>();
  const [isAsking, setIsAsking] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const [form, { name }] = useForm<{ name: string }>({ id: "add-passkey", lastResult: fetcher.data ?? null });
  if (!isHydrated) return <p className="text-muted text-sm">{m.security_passkey_needs_scripts()}</p>;
  if (!("PublicKeyCredential" in window)) return <p className="text-muted text-sm">{m.security_passkey_unknown()}</p>;

  async function add(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const typed = new FormData(event.currentTarget).get("name");
    setIsAsking(true);
    setProblem(null);
    try {
      const { makePasskey } = await import("./passkey-browser.ts");
      const response = JSON.stringify(await makePasskey());
      await fetcher.submit(
        { name: String(typed), response },
        { method: "post", action: href("/settings/security/passkeys") },
      );
    } catch (error) {
      // The page says what comes first: signing in, a proof, or that there is no room for another passkey.
      if (error instanceof NoChallenge && [401, 403, 409].includes(error.status))
        await navigate(href("/settings/security/passkeys"));
      else if (isLost(error)) void tellWhyLost();
      else setProblem(problemOf(error));
    } finally {
      setIsAsking(false);
    }
  }

  return (
    <fetcher.Form {...form.props} onSubmit={(event) => void add(event)} className={inlineForm}>
      <FormError confirmAt={fetcher.data?.confirmAt}>{problem ?? form.error}</FormError>
      <PasskeyNameField field={name} isNew />
      <div className="max-sm:flex max-sm:justify-end">
        <Button variant="secondary" isPending={isAsking || fetcher.state !== "idle"}>
          {m.security_passkey_add()}
        </Button>
      </div>
    </fetcher.Form>
  );
}

function problemOf(error: unknown): string {
  if (error instanceof NoChallenge && error.said !== undefined) return error.said;
  const isKnown = error instanceof Error && error.name === "InvalidStateError";
  return isKnown ? m.security_passkey_known() : m.account_passkey_cancelled();
}
