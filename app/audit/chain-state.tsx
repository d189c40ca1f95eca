import { href, useNavigation } from "react-router";
import { formatDateTime, formatNumber } from "#app/i18n/format.ts";
import { m } from "#app/i18n/messages.ts";
import { Button } from "#app/ui/button.tsx";
import { Form } from "#app/ui/form.tsx";
import { Icon } from "#app/ui/icon.tsx";
import { usePlaceIn } from "#app/ui/list-place.ts";
import type { CheckedChain } from "./log.server.ts";
import { logPlace } from "./log-place.ts";

export function ChainState({ organization, chain }: { organization: string; chain: CheckedChain }) {
  const action = href("/organizations/:organization/audit/verify", { organization }) + usePlaceIn(logPlace);
  const isPending = useNavigation().formAction === action;
  const { startedAt, endedAt, fault } = chain;
  const isWhole = endedAt !== null && fault === null;
  return (
    <div className="mb-6 flex flex-wrap items-center justify-between gap-x-6 gap-y-3 rounded-lg border bg-surface px-4 py-3 text-sm">
      <p role="status" className={fault === null ? "flex min-w-0 gap-2.5" : "flex min-w-0 gap-2.5 text-danger"}>
        <Icon
          name={fault === null ? (isWhole ? "shield-check" : "clock") : "triangle-alert"}
          className={isWhole ? "mt-0.5 text-success" : "mt-0.5"}
        />
        <span>
          {wordsFor(chain)}
          {endedAt !== null && (
            <span className="block text-muted">
              <time dateTime={new Date(endedAt).toISOString()}>
                {m.log_chain_checked_at({ time: formatDateTime(endedAt) })}
              </time>
            </span>
          )}
        </span>
      </p>
      <Form method="post" action={action}>
        <Button variant="secondary" size="small" isPending={isPending}>
          {startedAt !== null && endedAt === null ? m.log_chain_continue() : m.log_chain_verify()}
        </Button>
      </Form>
    </div>
  );
}

function wordsFor({ entries, startedAt, endedAt, place, fault }: CheckedChain): string {
  const next = { place: formatNumber(place + 1) };
  if (fault === "missing") return m.log_chain_missing(next);
  if (fault === "changed") return m.log_chain_changed(next);
  if (fault === "unsealed") return m.log_chain_unsealed(next);
  if (fault === "outside") return m.log_chain_outside();
  if (fault === "end") return m.log_chain_end();
  if (startedAt === null) return m.log_chain_never();
  if (endedAt === null) return m.log_chain_running({ place: formatNumber(place), total: formatNumber(entries) });
  return m.log_chain_verified({ place: formatNumber(place) });
}
