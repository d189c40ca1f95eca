import { href, useNavigation } from "react-router";
import { m } from "#app/i18n/messages.ts";
import { roleDescription, roleName } from "#app/i18n/role-names.ts";
import type { Lack } from "#app/tenancy/inviting.ts";
import { shownAddress } from "#app/text/shown-address.ts";
import { AccountFrame } from "#app/ui/account-frame.tsx";
import { Button } from "#app/ui/button.tsx";
import { Form } from "#app/ui/form.tsx";
import { FormError } from "#app/ui/form-error.tsx";
import { Icon } from "#app/ui/icon.tsx";
import { Notice } from "#app/ui/notice.tsx";
import type { FormAgain } from "#app/ui/use-form.ts";
import { AnswerFact, untilWords } from "./answer-fact.tsx";
import { Arrival, Closed, SwitchAccount } from "./arrival.tsx";
import type { Preview } from "./invitation-answers.server.ts";
import { invitationPath } from "./invitation-link.ts";
import { lackWords } from "./lacks.ts";

type AnswerViewProps = { token: string; preview: Preview | null; result: FormAgain | undefined };

export function AnswerView({ token, preview, result }: AnswerViewProps) {
  const refusal = result?.error?.[""]?.[0];
  const { title, description } = answerTexts(preview);
  return (
    <AccountFrame title={title} description={description}>
      <div className="grid gap-6">
        {preview?.state === "open" ? (
          <>
            <FormError>{isSaid(preview, result) ? undefined : refusal}</FormError>
            <Open token={token} preview={preview} />
          </>
        ) : (
          <Closed slug={preview?.slug ?? null} refusal={refusal} />
        )}
      </div>
    </AccountFrame>
  );
}

export function answerTexts(preview: Preview | null): { title: string; description?: string } {
  if (preview === null) {
    return { title: m.invitations_unknown_title(), description: m.invitations_unknown_description() };
  }
  const { organizationName: organization } = preview;
  switch (preview.state) {
    case "open": {
      const { inviterName: name } = preview;
      return {
        title: m.invitations_join_title({ organization }),
        description: name === null ? m.invitations_join_text() : m.invitations_join_by({ name }),
      };
    }
    case "expired":
      return { title: m.invitations_expired_title(), description: m.invitations_expired_description({ organization }) };
    case "lapsed":
      return { title: m.invitations_lapsed_title(), description: m.invitations_expired_description({ organization }) };
    case "revoked":
      return { title: m.invitations_revoked_title(), description: m.invitations_revoked_description({ organization }) };
    case "declined":
      return {
        title: m.invitations_declined_title(),
        description: m.invitations_declined_description({ organization }),
      };
    case "accepted":
      return { title: m.invitations_used_title(), description: m.invitations_used_description({ organization }) };
  }
}

type OpenPreview = Extract<Preview, { state: "open" }>;

/** Without scripts, the page after a refused press already says why in place of the button. */
function isSaid({ viewer }: OpenPreview, result: FormAgain | undefined): boolean {
  return viewer !== null && viewer.lacks !== null && viewer.lacks === result?.code;
}

function Open({ token, preview }: { token: string; preview: OpenPreview }) {
  const { viewer, role, expiresAt, email } = preview;
  return (
    <>
      <dl className="divide-y rounded-lg border bg-background text-sm">
        <AnswerFact term={m.invitations_fact_role()} detail={roleDescription(role)}>
          {roleName(role)}
        </AnswerFact>
        <AnswerFact term={m.invitations_fact_address()}>
          <bdi className="break-all">{shownAddress(email)}</bdi>
        </AnswerFact>
        <AnswerFact term={m.invitations_fact_until()}>{untilWords(expiresAt)}</AnswerFact>
      </dl>
      {viewer === null && (
        <Arrival path={invitationPath(token)} email={email}>
          {m.invitations_arrival({ email })}
        </Arrival>
      )}
      {viewer?.isInvited === false && <OtherAccount token={token} email={viewer.email} />}
      {viewer?.isInvited && <Answers token={token} lacks={viewer.lacks} />}
    </>
  );
}

function OtherAccount({ token, email }: { token: string; email: string }) {
  return (
    <div className="grid gap-4">
      <Notice tone="warning">{m.invitations_other_account({ email })}</Notice>
      <SwitchAccount path={invitationPath(token)} />
    </div>
  );
}

function Answers({ token, lacks }: { token: string; lacks: Lack | null }) {
  const pending = useNavigation().formAction;
  const accepting = invitationPath(token);
  const declining = `${href("/accept-invite/decline")}?${new URLSearchParams({ id: token })}`;
  return (
    <div className="grid gap-3">
      {lacks === null ? (
        <Form method="post" action={accepting} className="grid">
          <input type="hidden" name="id" value={token} />
          <Button size="large" isPending={pending === accepting}>
            <Icon name="mail-check" />
            {m.organizations_invitation_accept()}
          </Button>
        </Form>
      ) : (
        <Notice tone="warning">{lackWords[lacks]()}</Notice>
      )}
      <Form method="post" action={declining} className="grid">
        <input type="hidden" name="id" value={token} />
        <Button size="large" variant="secondary" isPending={pending === declining}>
          <Icon name="mail-x" />
          {m.organizations_invitation_decline()}
        </Button>
      </Form>
    </div>
  );
}
