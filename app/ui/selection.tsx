import { type ReactNode, useEffect, useRef, useState } from "react";
import { formatNumber } from "#app/i18n/format.ts";
import { Button } from "./button.tsx";
import { classes } from "./classes.ts";
import { Form } from "./form.tsx";
import { useIsHydrated } from "./use-is-hydrated.ts";

const FORM = "selection";

/** A checkbox that belongs to the bar of `Selection`, wherever it is on the page. */
export function SelectBox({ id, field, label }: { id: string; field: string; label: string }) {
  return <input type="checkbox" id={id} form={FORM} name={field} value={id} aria-label={label} className="pick" />;
}

type SelectionProps = {
  action: string;
  words: { selected: (count: string) => string; all: string; none: string };
  fields?: Record<string, string>;
  buttons: ReactNode;
  list: unknown;
  /** The bar's classes, which decide when it is shown: CSS can match a ticked box without a script. */
  look: string;
  preventScrollReset?: boolean;
  children: ReactNode;
};

export function Selection({ action, words, fields = {}, buttons, list, look, children, ...rest }: SelectionProps) {
  const frame = useRef<HTMLDivElement>(null);
  const [count, setCount] = useState(0);
  const isHydrated = useIsHydrated();
  const boxes = () => [...(frame.current?.querySelectorAll<HTMLInputElement>(`input[form=${FORM}]`) ?? [])];
  const recount = () => setCount(boxes().filter(({ checked }) => checked).length);
  // biome-ignore lint/correctness/useExhaustiveDependencies: counted again when the list has changed
  useEffect(recount, [list]);
  const tickAll = (checked: boolean) => {
    for (const box of boxes()) box.checked = checked;
    recount();
  };
  return (
    <div ref={frame} className="selection" onChange={recount}>
      {children}
      <Form
        id={FORM}
        method="post"
        action={action}
        {...rest}
        className={classes(
          look,
          "sticky bottom-3 z-10 mt-4 flex-wrap items-center gap-2 rounded-xl border bg-raised px-3 py-2.5 shadow-pop max-sm:[&_.button]:grow max-sm:[&_.icon]:hidden max-sm:[&_.button]:px-2",
        )}
      >
        {Object.entries(fields).map(([name, value]) => (
          <input key={name} type="hidden" name={name} value={value} />
        ))}
        {/* The Enter key in a box presses the first button: this one, which does nothing. */}
        <button type="submit" formMethod="dialog" hidden onClick={(event) => event.preventDefault()} />
        {isHydrated && (
          <>
            <p role="status" className="me-auto ps-1 text-sm tabular-nums max-sm:w-full">
              {words.selected(formatNumber(count))}
            </p>
            <div className="flex flex-wrap gap-2 max-sm:w-full">
              <Button type="button" variant="ghost" size="small" onClick={() => tickAll(true)}>
                {words.all}
              </Button>
              <Button type="button" variant="ghost" size="small" onClick={() => tickAll(false)}>
                {words.none}
              </Button>
            </div>
          </>
        )}
        <fieldset disabled={isHydrated && count === 0} className="contents">
          {buttons}
        </fieldset>
      </Form>
    </div>
  );
}
