import type { ReactNode } from "react";
import { Form } from "react-router";
import { FormButtons } from "./form-buttons.tsx";
import { FormError } from "./form-error.tsx";
import { NarrowPage } from "./narrow-page.tsx";
import { SubmitButton } from "./submit-button.tsx";

type QuestionPageProps = {
  back: { to: string; label: string };
  title: string;
  question: ReactNode;
  /** What the button says that means yes. */
  confirm: string;
  /** What the form was answered. */
  result: { error?: Record<string, string[] | null> | null; confirmAt?: string } | undefined;
  /** Fields that the form brings along. */
  children?: ReactNode;
};

/** Asks before something is done that cannot be undone. */
export function QuestionPage({ back, title, question, confirm, result, children }: QuestionPageProps) {
  return (
    <NarrowPage back={back} title={title} description={question}>
      <Form method="post" className="grid gap-4">
        <FormError confirmAt={result?.confirmAt}>{result?.error?.[""]?.[0]}</FormError>
        {children}
        <FormButtons cancelTo={back.to}>
          <SubmitButton variant="danger">{confirm}</SubmitButton>
        </FormButtons>
      </Form>
    </NarrowPage>
  );
}
