import { formatDateTime, formatNumber } from "#app/i18n/format.ts";
import { m } from "#app/i18n/messages.ts";
import { Section } from "#app/ui/card.tsx";
import type { FailedAttempt } from "./failed-attempts.server.ts";
import { FAILED_ATTEMPTS_KEPT_DAYS } from "./limits.ts";

const words: Record<FailedAttempt["method"], () => string> = {
  password: () => m.security_failed_password(),
  code: () => m.security_failed_code(),
  passkey: () => m.security_failed_passkey(),
  "mailed-code": () => m.security_failed_mailed_code(),
};

export function FailedAttempts({ attempts }: { attempts: readonly FailedAttempt[] }) {
  return (
    <Section
      title={m.security_failed_title()}
      description={m.security_failed_description({ days: FAILED_ATTEMPTS_KEPT_DAYS })}
    >
      {attempts.length === 0 ? (
        <p className="text-muted text-sm">{m.security_failed_none()}</p>
      ) : (
        <ol className="grid gap-3 text-sm">
          {attempts.map(({ method, network, count, lastAt }) => (
            <li
              key={`${method} ${network} ${lastAt}`}
              className="flex flex-wrap items-baseline justify-between gap-x-4 gap-y-0.5"
            >
              <span className="min-w-0">
                {words[method]()} {count > 1 && <bdi className="tabular-nums">× {formatNumber(count)}</bdi>}
              </span>
              <span className="flex flex-wrap gap-x-3 text-muted text-xs tabular-nums">
                {network === "" ? m.security_failed_networks() : <bdi className="font-mono">{network}</bdi>}
                <time dateTime={new Date(lastAt).toISOString()}>{formatDateTime(lastAt)}</time>
              </span>
            </li>
          ))}
        </ol>
      )}
    </Section>
  );
}
