import { href } from "react-router";
import { m } from "#app/i18n/messages.ts";
import { QuestionPage } from "#app/ui/question-page.tsx";

export function SecondFactorPage({ params }: { params: { organization: string } }) {
  return (
    <QuestionPage
      back={{ to: href("/organizations/:organization/settings", params), label: m.organizations_place_settings() }}
      title={m.settings_second_factor_end_title()}
      question={m.settings_second_factor_end_question()}
      confirm={m.settings_second_factor_end()}
      action={href("/organizations/:organization/settings/second-factor", params)}
    >
      <input type="hidden" name="required" value="no" />
    </QuestionPage>
  );
}
