import { href, useNavigation } from "react-router";
import { formatDate } from "#app/i18n/format.ts";
import { m } from "#app/i18n/messages.ts";
import { Button } from "#app/ui/button.tsx";
import { Section } from "#app/ui/card.tsx";
import { Form } from "#app/ui/form.tsx";
import type { RememberedDevice } from "./remembered-devices.server.ts";

export function RememberedList({ devices }: { devices: readonly RememberedDevice[] }) {
  const pending = useNavigation().formAction;
  if (devices.length === 0) return null;
  return (
    <Section title={m.security_remembered_title()} description={m.security_remembered_description()}>
      <ul className="-my-3.5 divide-y">
        {devices.map(({ id, device, until }) => {
          const action = href("/settings/security/remembered/:device/forget", { device: id });
          return (
            <li key={id} className="flex items-center justify-between gap-3 py-3.5 text-sm">
              <div className="min-w-0">
                <bdi className="font-medium">{device}</bdi>
                <p className="text-muted">{m.security_remembered_until({ date: formatDate(until) })}</p>
              </div>
              <Form method="post" action={action}>
                <Button
                  variant="secondary"
                  size="small"
                  isPending={pending === action}
                  aria-label={m.security_remembered_forget_label({ device })}
                >
                  {m.security_remembered_forget()}
                </Button>
              </Form>
            </li>
          );
        })}
      </ul>
    </Section>
  );
}
