import { useQuery } from "@tanstack/react-query";
import { BellMenu } from "#app/notifications/bell-menu.tsx";
import { POLL_SECONDS } from "#app/notifications/limits.ts";
import { InvitationAnswers } from "#app/organizations/invitations/waiting-invitations.tsx";
import { bellQuery } from "#app/query-keys.ts";

const POLL_MS = POLL_SECONDS * 1000;

export function Bell() {
  const { data } = useQuery({
    ...bellQuery(),
    staleTime: POLL_MS,
    refetchInterval: POLL_MS,
    refetchOnWindowFocus: true,
  });
  return data && <BellMenu bell={data} answers={(invitation) => <InvitationAnswers id={invitation} />} />;
}
