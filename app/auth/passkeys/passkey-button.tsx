import type { AuthenticationResponseJSON } from "@simplewebauthn/browser";
import { useEffect, useEffectEvent, useState } from "react";
import { m } from "#app/i18n/messages.ts";
import { Button } from "#app/ui/button.tsx";
import { useFetcher } from "#app/ui/form.tsx";
import { FormError } from "#app/ui/form-error.tsx";
import { Icon } from "#app/ui/icon.tsx";
import { isLost, tellWhyLost } from "#app/ui/line/reach.ts";
import { useIsHydrated } from "#app/ui/use-is-hydrated.ts";
import { LastUsed, lastUsed } from "../last-used.tsx";
import { CHALLENGE_MINUTES } from "../limits.ts";

type PasskeyButtonProps = {
  action: string;
  redirectTo: string;
  label: string;
  isLastUsed?: boolean;
  /** The id of a field whose autofill offers passkeys too. */
  suggestedAt?: string;
};

export function PasskeyButton({ action, redirectTo, label, isLastUsed = false, suggestedAt = "" }: PasskeyButtonProps) {
  const isHydrated = useIsHydrated();
  const fetcher = useFetcher<{ error?: Record<string, string[]> }>();
  const [isAsking, setIsAsking] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const suggest = useEffectEvent(() => {
    // The person has not asked for a passkey, so a failure shows no error. They can still press the button below.
    suggested().then(prove, () => {});
  });
  useEffect(() => whenUsed(document.getElementById(suggestedAt), suggest), [suggestedAt]);
  // Reserve the button's space from the first paint on, so that the layout does not shift when it appears.
  if (!isHydrated) return <div className="h-11 noscript:hidden" />;
  if (!("PublicKeyCredential" in window)) return null;

  async function prove(chosen: AuthenticationResponseJSON | null) {
    setIsAsking(true);
    setProblem(null);
    try {
      const response = JSON.stringify(chosen ?? (await asked()));
      await fetcher.submit({ response, redirectTo }, { method: "post", action });
    } catch (error) {
      if (isLost(error)) void tellWhyLost();
      else setProblem(Object(error).said ?? m.account_passkey_cancelled());
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
          onClick={() => void prove(null)}
          {...lastUsed(isLastUsed)}
        >
          <Icon name="key-round" />
          {label}
        </Button>
      </LastUsed>
    </div>
  );
}

async function asked() {
  const { answerWithPasskey } = await import("./passkey-browser.ts");
  return answerWithPasskey();
}

async function suggested() {
  const { answerFromSuggestions } = await import("./passkey-browser.ts");
  return answerFromSuggestions();
}

/** Calls `work` when the field gets the focus, and again when it does so after the challenge expired. Returns the cleanup. */
function whenUsed(field: HTMLElement | null, work: () => void) {
  let expires = 0;
  const begin = () => {
    if (Date.now() < expires) return;
    expires = Date.now() + CHALLENGE_MINUTES * 60_000;
    work();
  };
  if (field !== null && field === document.activeElement) begin();
  field?.addEventListener("focus", begin);
  return () => field?.removeEventListener("focus", begin);
}
