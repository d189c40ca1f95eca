import "#app/i18n/messages-of/browsing.ts";
import { useState } from "react";
import { href } from "react-router";
import { m } from "#app/i18n/messages.ts";
import { NotificationItem } from "#app/notifications/notification-item.tsx";
import { InvitationAnswers } from "#app/organizations/invitations/invitation-answers.tsx";
import { Button } from "#app/ui/button.tsx";
import { useFetcher } from "#app/ui/form.tsx";
import { Link } from "#app/ui/link.tsx";
import { closeMenu } from "#app/ui/menu.tsx";
import { Spinner } from "#app/ui/spinner.tsx";
import type { BellProps } from "./bell-menu.tsx";

export default function BellPanel({ bell, ask, isFailed, isAsking }: BellProps) {
  const { unread, newest: told, now } = bell;
  // Keep showing the known notifications while new ones load.
  const [newest, setNewest] = useState(told);
  if (told !== null && told !== newest) setNewest(told);
  const fetcher = useFetcher();
  return (
    <>
      <div className="flex shrink-0 items-center justify-between gap-3 border-b px-4 py-2.5">
        <p className="font-semibold text-base">{m.notifications_title()}</p>
        {unread > 0 && (
          <fetcher.Form method="post" action={href("/notifications/read")}>
            <input type="hidden" name="stay" value="yes" />
            <button type="submit" className="rounded-sm font-medium text-accent text-sm hover:underline">
              {m.notifications_mark_all_read()}
            </button>
          </fetcher.Form>
        )}
      </div>
      {newest === null ? (
        isFailed ? (
          <Failed onTryAgain={ask} isTrying={isAsking} />
        ) : (
          <Loading />
        )
      ) : newest.length === 0 ? (
        <p className="px-4 py-8 text-center text-muted">{m.notifications_none_title()}</p>
      ) : (
        <ul className="min-h-0 flex-1 divide-y overflow-y-auto overscroll-contain">
          {newest.map((notification) => (
            <li key={notification.id} className="px-4 py-3">
              <NotificationItem
                notification={notification}
                now={now}
                answers={(invitation) => <InvitationAnswers {...invitation} />}
                onOpen={closeMenu}
              />
            </li>
          ))}
        </ul>
      )}
      {newest?.length !== 0 && (
        <div className="shrink-0 border-t p-1.5">
          <Link
            to={href("/notifications")}
            onClick={closeMenu}
            className="block rounded-sm px-2.5 py-1.5 text-center font-medium text-accent hover:bg-hover"
          >
            {m.notifications_show_all()}
          </Link>
        </div>
      )}
    </>
  );
}

function Failed({ onTryAgain, isTrying }: { onTryAgain: () => void; isTrying: boolean }) {
  return (
    <div role="alert" className="grid justify-items-center gap-3 px-4 py-8 text-muted">
      <p>{m.notifications_failed()}</p>
      <Button type="button" size="small" variant="secondary" isPending={isTrying} onClick={onTryAgain}>
        {m.errors_try_again()}
      </Button>
    </div>
  );
}

function Loading() {
  return (
    <div role="status" className="grid place-items-center px-4 py-8 text-muted">
      <Spinner />
      <span className="sr-only">{m.common_loading()}</span>
    </div>
  );
}
