import { type MouseEvent, useEffect, useState } from "react";
import { formatWait } from "#app/i18n/format-wait.ts";
import { m } from "#app/i18n/messages.ts";
import type { FormAgain } from "#app/ui/use-form.ts";

/**
 * Counts down on the button until a rate-limited form can be sent again. `problem` is the refusal to show beside it, without the
 * time of the answer, which would stand still; undefined once the wait is over.
 */
export function useWait(answer: Pick<FormAgain, "retryAfter" | "error"> | null | undefined, label: string) {
  const left = useSecondsLeft(answer?.retryAfter ?? null, answer);
  const refusal = left === 0 ? undefined : answer?.error?.[""]?.[0];
  const button = {
    children: left ? m.account_wait_to_send({ time: formatWait(left) }) : label,
    ...(left && { "aria-disabled": true, onClick: (event: MouseEvent) => event.preventDefault() }),
  };
  return { button, problem: left ? m.errors_too_many_title() : refusal };
}

function useSecondsLeft(seconds: number | null, answer: unknown): number | null {
  const [left, setLeft] = useState<number | null>(null);
  // Depends on the answer itself, since the next one may have the same number of seconds.
  // biome-ignore lint/correctness/useExhaustiveDependencies: see above.
  useEffect(() => {
    setLeft(seconds);
    if (seconds === null) return;
    const end = Date.now() + seconds * 1000;
    const timer = setInterval(() => {
      const now = Math.max(0, Math.ceil((end - Date.now()) / 1000));
      setLeft(now);
      if (now === 0) clearInterval(timer);
    }, 250);
    return () => clearInterval(timer);
  }, [seconds, answer]);
  return left;
}
