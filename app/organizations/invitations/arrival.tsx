import type { ReactNode } from "react";
import { href } from "react-router";
import { m } from "#app/i18n/messages.ts";
import { Button, LinkButton } from "#app/ui/button.tsx";
import { Form } from "#app/ui/form.tsx";

type ArrivalProps = {
  /** The page to return to after signing in or up. */
  path: string;
  /** The address to sign up or in with, if it is known. */
  email?: string;
  children: ReactNode;
};

/** For a visitor who is not signed in. */
export function Arrival({ path, email, children }: ArrivalProps) {
  const search = `?${new URLSearchParams({ redirectTo: path, ...(email !== undefined && { email }) })}`;
  return (
    <div className="grid gap-3">
      <p className="text-muted text-sm">{children}</p>
      <LinkButton to={href("/signup") + search} size="large">
        {m.common_sign_up()}
      </LinkButton>
      <LinkButton to={href("/login") + search} size="large" variant="secondary">
        {m.common_sign_in()}
      </LinkButton>
    </div>
  );
}

/** For a visitor who is signed in with the wrong account. */
export function SwitchAccount({ path }: { path: string }) {
  return (
    <Form reloadDocument method="post" action={href("/logout")} className="grid">
      <input type="hidden" name="redirectTo" value={path} />
      <Button size="large" variant="secondary">
        {m.invitations_switch_account()}
      </Button>
    </Form>
  );
}

type ClosedProps = {
  /** The organization's, for its members; null for others. */
  slug: string | null;
  refusal: string | undefined;
};

/** For a link or invitation that is no longer open. The page's title says why, so a refusal is only read out. */
export function Closed({ slug, refusal }: ClosedProps) {
  return (
    <>
      {refusal !== undefined && (
        <p role="alert" className="sr-only">
          {refusal}
        </p>
      )}
      {slug === null ? (
        <HomeLink />
      ) : (
        <LinkButton to={href("/organizations/:organization/dashboard", { organization: slug })} size="large">
          {m.invitations_open_organization()}
        </LinkButton>
      )}
    </>
  );
}

export function HomeLink() {
  return (
    <LinkButton to={href("/")} size="large">
      {m.errors_go_home()}
    </LinkButton>
  );
}
