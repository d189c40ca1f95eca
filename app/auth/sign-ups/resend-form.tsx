import type { ComponentProps } from "react";
import { href } from "react-router";
import { m } from "#app/i18n/messages.ts";
import { Button } from "#app/ui/button.tsx";
import { useFetcher } from "#app/ui/form.tsx";
import { Notice } from "#app/ui/notice.tsx";
import type { FormAgain } from "#app/ui/use-form.ts";
import { useWait } from "../use-wait.ts";

type Resent = FormAgain & { signUp?: string };

type ResendFormProps = Pick<ComponentProps<typeof Button>, "variant"> & { signUp: string };

export function ResendForm({ signUp, variant = "secondary" }: ResendFormProps) {
  const fetcher = useFetcher<Resent>();
  const { button, problem } = useWait(fetcher.data, m.account_resend_action());
  return (
    <fetcher.Form method="post" action={href("/verify-email/resend")} className="grid gap-4">
      {fetcher.data?.signUp && <Notice tone="success">{m.account_resend_done()}</Notice>}
      {problem && <Notice tone="warning">{problem}</Notice>}
      <input type="hidden" name="signUp" value={fetcher.data?.signUp ?? signUp} />
      <Button variant={variant} size="large" isPending={fetcher.state !== "idle"} {...button} />
    </fetcher.Form>
  );
}
