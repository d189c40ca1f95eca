import { type ComponentProps, createContext, use, useCallback, useMemo } from "react";
import { type FetcherWithComponents, Form as RouterForm, useFetcher as useRouterFetcher } from "react-router";
import { SEEN_BY, seenBy } from "./line/seen-by.ts";

export const SeenByContext = createContext("");

function SeenBy() {
  return <input type="hidden" name={SEEN_BY} value={use(SeenByContext)} />;
}

type FormProps = ComponentProps<typeof RouterForm>;

export function Form({ children, ...rest }: FormProps) {
  return (
    <RouterForm {...rest} discover="none">
      {rest.method?.toLowerCase() === "post" && <SeenBy />}
      {children}
    </RouterForm>
  );
}

export function useFetcher<T = unknown>(options: { key?: string } = {}) {
  const fetcher = useRouterFetcher<T>(options);
  const { Form: FetcherForm, submit } = fetcher;
  const carrying = useMemo(
    () =>
      function CarryingForm({ children, ...rest }: ComponentProps<FetcherWithComponents<T>["Form"]>) {
        return (
          <FetcherForm {...rest}>
            <SeenBy />
            {children}
          </FetcherForm>
        );
      },
    [FetcherForm],
  );
  const send = useCallback(
    (fields: Record<string, string>, sending: { method: "post"; action: string }) =>
      submit({ [SEEN_BY]: seenBy(), ...fields }, sending),
    [submit],
  );
  return { ...fetcher, Form: carrying, submit: send };
}
