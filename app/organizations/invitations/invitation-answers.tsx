import { href } from "react-router";
import { m } from "#app/i18n/messages.ts";
import type { Lack } from "#app/tenancy/inviting.ts";
import { Button } from "#app/ui/button.tsx";
import { useFetcher } from "#app/ui/form.tsx";
import { FormError } from "#app/ui/form-error.tsx";
import { Stay } from "#app/ui/stay.tsx";
import type { FormAnswer } from "#app/ui/use-form.ts";
import { invitationPath } from "./invitation-link.ts";
import { lackWords } from "./lacks.ts";

export function InvitationAnswers({ id, lacks }: { id: string; lacks: Lack | null }) {
  const answering = useFetcher<FormAnswer>();
  const declinePath = `${href("/accept-invite/decline")}?${new URLSearchParams({ id })}`;
  const isPending = (path: string) => answering.state !== "idle" && answering.formAction === path;
  const refusal = answering.data?.error?.[""]?.[0];
  return (
    <div className="flex flex-wrap gap-2">
      {refusal !== undefined && (
        <div className="w-full">
          <FormError>{refusal}</FormError>
        </div>
      )}
      {lacks === null ? (
        <answering.Form method="post" action={invitationPath(id)}>
          <input type="hidden" name="id" value={id} />
          <Button size="small" variant="secondary" isPending={isPending(invitationPath(id))}>
            {m.organizations_invitation_accept()}
          </Button>
        </answering.Form>
      ) : (
        <p className="w-full text-muted text-sm">{lackWords[lacks]()}</p>
      )}
      <answering.Form method="post" action={declinePath}>
        <input type="hidden" name="id" value={id} />
        <Stay />
        <Button
          size="small"
          variant={lacks === null ? "ghost" : "secondary"}
          className="-me-3"
          isPending={isPending(declinePath)}
        >
          {m.organizations_invitation_decline()}
        </Button>
      </answering.Form>
    </div>
  );
}
