import type { ReactNode } from "react";
import type { FormProps } from "react-router";
import { Confirmed } from "./confirmed.tsx";
import { Form } from "./form.tsx";
import { FormButtons } from "./form-buttons.tsx";
import { FormError } from "./form-error.tsx";
import { NarrowPage } from "./narrow-page.tsx";
import { SubmitButton } from "./submit-button.tsx";
import type { FormAnswer } from "./use-form.ts";

type QuestionPageProps = {
  back: { to: string; label: string };
  title: string;
  question: ReactNode;
  confirm: string;
  result?: (FormAnswer & { confirmAt?: string }) | undefined;
  action?: string;
  form?: Pick<FormProps, "id" | "noValidate">;
  children?: ReactNode;
};

export function QuestionPage({ back, title, question, confirm, result, action, form, children }: QuestionPageProps) {
  return (
    <NarrowPage back={back} title={title} description={question}>
      <Form method="post" {...(action !== undefined && { action })} {...form} className="grid gap-4">
        <FormError confirmAt={result?.confirmAt}>{result?.error?.[""]?.[0]}</FormError>
        <Confirmed />
        {children}
        <FormButtons cancelTo={back.to}>
          <SubmitButton variant="danger">{confirm}</SubmitButton>
        </FormButtons>
      </Form>
    </NarrowPage>
  );
}
