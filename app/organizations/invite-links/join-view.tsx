import { href } from "react-router";
import { m } from "#app/i18n/messages.ts";
import { roleDescription, roleName } from "#app/i18n/role-names.ts";
import { shownAddress } from "#app/text/shown-address.ts";
import { AccountFrame } from "#app/ui/account-frame.tsx";
import { LinkButton } from "#app/ui/button.tsx";
import { Form } from "#app/ui/form.tsx";
import { FormError } from "#app/ui/form-error.tsx";
import { Notice } from "#app/ui/notice.tsx";
import { SubmitButton } from "#app/ui/submit-button.tsx";
import type { FormAgain } from "#app/ui/use-form.ts";
import { AnswerFact, untilWords } from "../invitations/answer-fact.tsx";
import { Arrival, Closed, HomeLink, SwitchAccount } from "../invitations/arrival.tsx";
import { inviteLinkPath } from "./invite-link-path.ts";
import type { Lack, LinkPreview } from "./joining.server.ts";

type JoinViewProps = { token: string; preview: LinkPreview | null; result: FormAgain | undefined };

export function JoinView({ token, preview, result }: JoinViewProps) {
  const refusal = result?.error?.[""]?.[0] ?? result?.error?.id?.[0];
  const { title, description } = joinTexts(preview);
  return (
    <AccountFrame title={title} description={description}>
      <div className="grid gap-6">
        {preview?.state === "open" && preview.slug === null ? (
          <>
            <FormError>{isSaid(preview, result) ? undefined : refusal}</FormError>
            <Open token={token} link={preview} />
          </>
        ) : (
          <Closed slug={preview?.slug ?? null} refusal={refusal} />
        )}
      </div>
    </AccountFrame>
  );
}

export function joinTexts(preview: LinkPreview | null): { title: string; description: string } {
  if (preview === null) return { title: m.links_unknown_title(), description: m.links_unknown_description() };
  const { organizationName: organization, slug, state } = preview;
  if (slug !== null) return { title: organization, description: m.links_already_member() };
  if (state === "over") return { title: m.links_over_title(), description: m.links_over_description({ organization }) };
  return { title: m.invitations_join_title({ organization }), description: m.links_join_text() };
}

type OpenPreview = Extract<LinkPreview, { state: "open" }>;

/** The page after a refused press already says why in place of the button. */
function isSaid({ viewer }: OpenPreview, result: FormAgain | undefined): boolean {
  return viewer !== null && viewer.lacks !== null && viewer.lacks === result?.code;
}

function Open({ token, link: { domain, expiresAt, viewer } }: { token: string; link: OpenPreview }) {
  return (
    <>
      <dl className="divide-y rounded-lg border bg-background text-sm">
        <AnswerFact term={m.invitations_fact_role()} detail={roleDescription("member")}>
          {roleName("member")}
        </AnswerFact>
        {domain !== null && (
          <AnswerFact term={m.links_fact_domain()}>
            <bdi className="break-all">{shownAddress(`@${domain}`)}</bdi>
          </AnswerFact>
        )}
        <AnswerFact term={m.invitations_fact_until()}>{untilWords(expiresAt)}</AnswerFact>
      </dl>
      {viewer === null ? (
        <Arrival path={inviteLinkPath(token)}>{m.links_arrival()}</Arrival>
      ) : viewer.lacks === null ? (
        <Form method="post" action={inviteLinkPath(token)} className="grid gap-3">
          <input type="hidden" name="id" value={token} />
          <p className="text-muted text-sm">{m.links_join_as({ email: shownAddress(viewer.email) })}</p>
          <SubmitButton size="large">{m.links_join()}</SubmitButton>
        </Form>
      ) : (
        <Lacking token={token} lacks={viewer.lacks} email={viewer.email} />
      )}
    </>
  );
}

const lackWords: Record<Lack, () => string> = {
  unverified: () => m.links_unverified(),
  "other-domain": () => m.links_other_domain(),
  "one-factor": () => m.links_one_factor(),
  removed: () => m.links_removed(),
  "organization-full": () => m.invitations_organization_full(),
};

function Lacking({ token, lacks, email }: { token: string; lacks: Lack; email: string }) {
  return (
    <div className="grid gap-4">
      <Notice tone="warning">{lackWords[lacks]()}</Notice>
      {lacks === "one-factor" ? (
        <LinkButton to={href("/settings/security")} size="large">
          {m.errors_second_factor_action()}
        </LinkButton>
      ) : lacks === "organization-full" ? (
        <HomeLink />
      ) : (
        <>
          <p className="text-muted text-sm">{m.links_join_as({ email: shownAddress(email) })}</p>
          <SwitchAccount path={inviteLinkPath(token)} />
        </>
      )}
    </div>
  );
}
