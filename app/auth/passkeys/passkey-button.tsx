import { useState } from "react";
import { m } from "#app/i18n/messages.ts";
import { Button } from "#app/ui/button.tsx";
import { useFetcher } from "#app/ui/form.tsx";
import { FormError } from "#app/ui/form-error.tsx";
import { Icon } from "#app/ui/icon.tsx";
import { isLost, tellWhyLost } from "#app/ui/line/reach.ts";
import { useIsHydrated } from "#app/ui/use-is-hydrated.ts";
import { LastUsed, lastUsed } from "../last-used.tsx";
import { answerWithPasskey } from "./passkey-browser.ts";

type PasskeyButtonProps = {
  action: string;
  redirectTo: string;
  label: string;
  isLastUsed?: boolean;
};

export function PasskeyButton({ action, redirectTo, label, isLastUsed = false }: PasskeyButtonProps) {
  const isHydrated = useIsHydrated();
  const fetcher = useFetcher<{ error?: Record<string, string[]> }>();
  const [isAsking, setIsAsking] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  // Its place is kept from the first paint on, so that nothing moves when the button comes.
  if (!isHydrated) return <div className="h-11 noscript:hidden" />;
  if (!("PublicKeyCredential" in window)) return null;

  async function prove() {
    setIsAsking(true);
    setProblem(null);
    try {
      const response = JSON.stringify(await answerWithPasskey());
      await fetcher.submit({ response, redirectTo }, { method: "post", action });
    } catch (error) {
      if (isLost(error)) void tellWhyLost();
      else setProblem(m.account_passkey_cancelled());
    } finally {
      setIsAsking(false);
    }
  }

  const refusal = Object.values(fetcher.data?.error ?? {})[0]?.[0];
  return (
    <div className="grid gap-3">
      <FormError>{problem ?? refusal}</FormError>
      <LastUsed isLast={isLastUsed}>
        <Button
          type="button"
          variant="secondary"
          size="large"
          isPending={isAsking || fetcher.state !== "idle"}
          onClick={() => void prove()}
          {...lastUsed(isLastUsed)}
        >
          <Icon name="key-round" />
          {label}
        </Button>
      </LastUsed>
    </div>
  );
}
