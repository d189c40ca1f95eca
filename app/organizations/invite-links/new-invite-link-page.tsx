import { href } from "react-router";
import { currentTag, formatNumber, formatsOf } from "#app/i18n/format.ts";
import { m } from "#app/i18n/messages.ts";
import { Field, SelectField } from "#app/ui/field.tsx";
import { Form } from "#app/ui/form.tsx";
import { FormButtons } from "#app/ui/form-buttons.tsx";
import { FormError } from "#app/ui/form-error.tsx";
import { usePlaceIn } from "#app/ui/list-place.ts";
import { NarrowPage } from "#app/ui/narrow-page.tsx";
import { Notice } from "#app/ui/notice.tsx";
import { Once } from "#app/ui/once.tsx";
import { ShownOnce } from "#app/ui/shown-once.tsx";
import { SubmitButton } from "#app/ui/submit-button.tsx";
import { type FormAgain, useForm } from "#app/ui/use-form.ts";
import { INVITE_LINK_DAYS, INVITE_LINK_USES_MAXIMUM, INVITE_LINKS_MAXIMUM } from "../limits.ts";
import { memberPlace } from "../members/member-place.ts";

type NewInviteLinkPageProps = {
  params: { organization: string };
  loaderData: { isFull: boolean };
  actionData?: FormAgain | { link: string } | undefined;
};

const PROPOSED = { days: "7", uses: "10" };

export function NewInviteLinkPage({
  params: { organization },
  loaderData: { isFull },
  actionData,
}: NewInviteLinkPageProps) {
  const list = {
    to: href("/organizations/:organization/invite-links", { organization }) + usePlaceIn(memberPlace),
    label: m.links_title(),
  };
  if (actionData && "link" in actionData) {
    return (
      <ShownOnce
        back={list}
        title={m.links_shown_title()}
        description={m.links_shown_description()}
        warning={m.links_shown_once()}
        value={actionData.link}
        copy={m.invitations_copy_link()}
        kept={{ to: list.to, label: m.links_back() }}
      />
    );
  }
  return (
    <NarrowPage back={list} title={m.links_new_title()} description={m.links_new_description()}>
      {isFull && actionData === undefined ? (
        <Notice tone="warning">{m.links_full({ maximum: formatNumber(INVITE_LINKS_MAXIMUM) })}</Notice>
      ) : (
        <InviteLinkForm result={actionData} cancelTo={list.to} />
      )}
    </NarrowPage>
  );
}

function InviteLinkForm({ result, cancelTo }: { result: FormAgain | undefined; cancelTo: string }) {
  const [form, { days, uses, domain }] = useForm<{ days: string; uses: string; domain: string }>({
    id: "invite-link",
    lastResult: result ?? null,
    defaultValue: PROPOSED,
  });
  return (
    <Form method="post" {...form.props} className="grid gap-5">
      <FormError confirmAt={result?.confirmAt}>{form.error}</FormError>
      <Once />
      <SelectField
        {...days.frame}
        label={m.links_expiry_label()}
        options={INVITE_LINK_DAYS.map((each) => ({ value: String(each), label: inDays(each) }))}
        selectProps={days.control}
      />
      <Field
        {...uses.frame}
        label={m.links_uses_label()}
        hint={m.links_uses_hint({ maximum: formatNumber(INVITE_LINK_USES_MAXIMUM) })}
        inputProps={{ ...uses.control, type: "text", inputMode: "numeric", required: true, autoComplete: "off" }}
      />
      <Field
        {...domain.frame}
        label={m.links_domain_label()}
        hint={m.links_domain_hint()}
        inputProps={{
          ...domain.control,
          type: "text",
          inputMode: "url",
          dir: "ltr",
          autoComplete: "off",
          autoCapitalize: "none",
          spellCheck: false,
          placeholder: "example.com",
        }}
      />
      <FormButtons cancelTo={cancelTo}>
        <SubmitButton>{m.links_create()}</SubmitButton>
      </FormButtons>
    </Form>
  );
}

const dayFormat = formatsOf(Intl.NumberFormat);

function inDays(days: number): string {
  return dayFormat(currentTag(), { style: "unit", unit: "day", unitDisplay: "long" }).format(days);
}
