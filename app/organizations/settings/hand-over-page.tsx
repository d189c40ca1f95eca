import { href } from "react-router";
import { m } from "#app/i18n/messages.ts";
import { LinkButton } from "#app/ui/button.tsx";
import { FormError } from "#app/ui/form-error.tsx";
import { NarrowPage } from "#app/ui/narrow-page.tsx";
import { QuestionPage } from "#app/ui/question-page.tsx";
import type { FormAgain } from "#app/ui/use-form.ts";

type HandOverPageProps = {
  params: { organization: string };
  loaderData: { successor: { id: string; name: string } | null };
  actionData?: FormAgain | undefined;
};

export function HandOverPage({ params, loaderData: { successor }, actionData }: HandOverPageProps) {
  const settings = href("/organizations/:organization/settings", params);
  const refusal = actionData?.error?.[""]?.[0];
  if (successor === null) {
    return (
      <NarrowPage
        back={{ to: settings, label: m.organizations_place_settings() }}
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
    <QuestionPage
      back={{ to: settings, label: m.organizations_place_settings() }}
      title={m.settings_hand_over_to({ name })}
      question={m.settings_hand_over_question({ name })}
      confirm={m.settings_hand_over_confirm()}
      result={actionData}
    >
      <input type="hidden" name="member" value={id} />
    </QuestionPage>
  );
}
