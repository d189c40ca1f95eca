import { href, useNavigation } from "react-router";
import { formatDate } from "#app/i18n/format.ts";
import { m } from "#app/i18n/messages.ts";
import { asksFirst } from "#app/ui/asks-first.ts";
import { Badge } from "#app/ui/badge.tsx";
import { Button, LinkButton } from "#app/ui/button.tsx";
import { Form } from "#app/ui/form.tsx";
import { Icon } from "#app/ui/icon.tsx";
import { RelativeTime } from "#app/ui/relative-time.tsx";
import type { LiveSession } from "./sessions.server.ts";

export function SessionList({ sessions, now }: { sessions: readonly LiveSession[]; now: number }) {
  const pending = useNavigation().formAction;
  return (
    <>
      <ul className="-my-1 divide-y">
        {sessions.map((session) => (
          <SessionItem key={session.id} session={session} now={now} pending={pending} />
        ))}
      </ul>
      <div className="mt-4 flex flex-wrap gap-2 border-t pt-4">
        {sessions.length > 1 && (
          <LinkButton to={href("/settings/security/sessions/end-others")} variant="secondary" size="small">
            {asksFirst(m.security_sessions_end_others())}
          </LinkButton>
        )}
        <LinkButton to={href("/settings/security/sessions/end-all")} variant="secondary" size="small">
          {asksFirst(m.security_sessions_end_all())}
        </LinkButton>
      </div>
    </>
  );
}

type SessionItemProps = { session: LiveSession; now: number; pending: string | undefined };

function SessionItem({ session, now, pending }: SessionItemProps) {
  const { id, isCurrent, device, isPhone, ipAddress, place, method, startedAt, lastSeenAt } = session;
  const action = href("/settings/security/sessions/:session/end", { session: id });
  return (
    <li className="flex items-start gap-3 py-3.5">
      <Icon name={isPhone ? "smartphone" : "monitor"} className="mt-0.5 size-5 stroke-[1.75] text-muted" />
      <div className="min-w-0 flex-1 text-sm">
        <p className="flex flex-wrap items-center gap-x-2 gap-y-1 font-medium">
          <bdi>{device}</bdi>
          {isCurrent && <Badge tone="accent">{m.security_session_current()}</Badge>}
        </p>
        <p className="mt-0.5 flex flex-wrap items-baseline gap-x-2 text-muted">
          <span>
            {m.security_session_seen()} <RelativeTime value={new Date(lastSeenAt)} now={new Date(now)} />
          </span>
          {place !== null && <bdi>{place}</bdi>}
          {ipAddress !== null && ipAddress !== "" && (
            <bdi className="inline-block break-words font-mono text-xs">{ipAddress}</bdi>
          )}
        </p>
        <p className="text-muted">
          {m.security_session_began({ date: formatDate(startedAt), method: methodName(method) })}
        </p>
      </div>
      {!isCurrent && (
        <Form method="post" action={action}>
          <Button
            variant="secondary"
            size="small"
            isPending={pending === action}
            aria-label={m.security_session_end_label({ device })}
          >
            {m.security_session_end()}
          </Button>
        </Form>
      )}
    </li>
  );
}

function methodName(method: string): string {
  if (method === "password") return m.security_method_password();
  if (method === "passkey") return m.security_method_passkey();
  if (method === "code") return m.security_method_code();
  return method === "link" ? m.security_method_link() : method;
}
