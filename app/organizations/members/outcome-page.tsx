import { m } from "#app/i18n/messages.ts";
import { LinkButton } from "#app/ui/button.tsx";
import { FormError } from "#app/ui/form-error.tsx";
import { NarrowPage } from "#app/ui/narrow-page.tsx";
import { Notice } from "#app/ui/notice.tsx";
import type { FormAgain } from "#app/ui/use-form.ts";

type OutcomePageProps = { title: string; back: string; result: FormAgain | undefined };

export function OutcomePage({ title, back, result }: OutcomePageProps) {
  const said = Object.values(result?.error ?? {}).flat();
  const lines = (said.length > 0 ? said : [m.members_select_some()]).map((line) => <p key={line}>{line}</p>);
  return (
    <NarrowPage back={{ to: back, label: m.organizations_place_members() }} title={title} description={undefined}>
      <div className="grid gap-4">
        {result?.done === undefined ? (
          <FormError>{lines}</FormError>
        ) : (
          <>
            <Notice tone="success">{result.done}</Notice>
            <Notice tone="warning">{lines}</Notice>
          </>
        )}
        <LinkButton to={back} variant="secondary" className="w-fit">
          {m.members_select_members()}
        </LinkButton>
      </div>
    </NarrowPage>
  );
}
