import type { SubmissionResult } from "@conform-to/react";
import { Form, href } from "react-router";
import { m } from "#app/i18n/messages.ts";
import { LinkButton } from "#app/ui/button.tsx";
import { FormError } from "#app/ui/form-error.tsx";
import { NarrowPage } from "#app/ui/narrow-page.tsx";
import { SubmitButton } from "#app/ui/submit-button.tsx";

type HandOverPageProps = {
  params: { organization: string };
  /** Null: nobody is chosen, or whoever was is no longer a member. */
  loaderData: { successor: { id: string; name: string } | null };
  actionData?: SubmissionResult | undefined;
};

/** Asks before the ownership goes to somebody else. */
export function HandOverPage({ params, loaderData: { successor }, actionData }: HandOverPageProps) {
  const settings = href("/organizations/:organization/settings", params);
  const refusal = actionData?.error?.[""]?.[0];
  if (successor === null) {
    return (
      <NarrowPage
        back={{ to: settings, label: m.settings_title() }}
        title={m.settings_hand_over_title()}
        description={m.settings_hand_over_nobody_chosen()}
      >
        <div className="grid justify-items-start gap-4">
          <FormError>{refusal}</FormError>
          <LinkButton to={settings}>{m.settings_hand_over_choose()}</LinkButton>
        </div>
      </NarrowPage>
    );
  }
  const { id, name } = successor;
  return (
    <NarrowPage
      back={{ to: settings, label: m.settings_title() }}
      title={m.settings_hand_over_to({ name })}
      description={m.settings_hand_over_question({ name })}
    >
      <Form method="post" className="grid gap-4">
        <FormError>{refusal}</FormError>
        <input type="hidden" name="member" value={id} />
        <div className="flex flex-wrap justify-end gap-2">
          <LinkButton to={settings} variant="secondary">
            {m.common_cancel()}
          </LinkButton>
          <SubmitButton variant="danger">{m.settings_hand_over_confirm()}</SubmitButton>
        </div>
      </Form>
    </NarrowPage>
  );
}
