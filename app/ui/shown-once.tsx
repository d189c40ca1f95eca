import type { ReactNode } from "react";
import type { Back } from "./back-link.tsx";
import { LinkButton } from "./button.tsx";
import { CopyButton } from "./copy-button.tsx";
import { NarrowPage } from "./narrow-page.tsx";
import { Notice } from "./notice.tsx";

type ShownOnceProps = {
  back: Back;
  title: string;
  description: string;
  warning: string;
  value: string;
  copy: string;
  /** The link to follow once the value is saved. */
  kept: Back;
  children?: ReactNode;
};

export function ShownOnce({ back, title, description, warning, value, copy, kept, children }: ShownOnceProps) {
  return (
    <NarrowPage back={back} title={title} description={description}>
      <div className="grid gap-5">
        <Notice tone="warning">{warning}</Notice>
        <code dir="ltr" className="select-all break-all rounded-md bg-sunken p-4 font-mono text-sm">
          {value}
        </code>
        {children}
        <div className="flex flex-wrap items-center justify-end gap-2">
          <LinkButton to={kept.to} variant="secondary">
            {kept.label}
          </LinkButton>
          <CopyButton variant="primary" size="medium" text={value}>
            {copy}
          </CopyButton>
        </div>
      </div>
    </NarrowPage>
  );
}
