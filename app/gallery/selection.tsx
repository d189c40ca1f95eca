import { type ReactNode, useEffect, useRef, useState } from "react";
import { formatNumber } from "#app/i18n/format.ts";
import { m } from "#app/i18n/messages.ts";
import { Button } from "#app/ui/button.tsx";
import { Form } from "#app/ui/form.tsx";
import { useIsHydrated } from "#app/ui/use-is-hydrated.ts";

const FORM = "selection";

/** A box that belongs to the bar of `Selection`, wherever on the page it stands. */
export function SelectBox({ id, name }: { id: string; name: string }) {
  return (
    <input
      type="checkbox"
      id={id}
      form={FORM}
      name="image"
      value={id}
      aria-label={m.gallery_select({ name })}
      className="pick"
    />
  );
}

type SelectionProps = { action: string; buttons: ReactNode; list: unknown; children: ReactNode };

/** Boxes and what to do with the ticked ones. The style sheet shows the bar while one is ticked, so it needs no script. */
export function Selection({ action, buttons, list, children }: SelectionProps) {
  const frame = useRef<HTMLDivElement>(null);
  const [count, setCount] = useState(0);
  const isHydrated = useIsHydrated();
  const boxes = () => [...(frame.current?.querySelectorAll<HTMLInputElement>(`input[form=${FORM}]`) ?? [])];
  const look = () => setCount(boxes().filter(({ checked }) => checked).length);
  // biome-ignore lint/correctness/useExhaustiveDependencies: counted anew when the list has changed
  useEffect(look, [list]);
  const tickAll = (checked: boolean) => {
    for (const box of boxes()) box.checked = checked;
    look();
  };
  return (
    <div ref={frame} className="selection" onChange={look}>
      {children}
      <Form
        id={FORM}
        method="post"
        action={action}
        preventScrollReset
        className="selection-bar sticky bottom-3 z-10 mt-4 flex-wrap items-center gap-2 rounded-xl border bg-raised px-3 py-2.5 shadow-pop"
      >
        {isHydrated && (
          <>
            <p role="status" className="me-auto ps-1 text-sm tabular-nums">
              {m.gallery_selected({ count: formatNumber(count) })}
            </p>
            <Button type="button" variant="ghost" size="small" onClick={() => tickAll(true)}>
              {m.gallery_select_all()}
            </Button>
            <Button type="button" variant="ghost" size="small" onClick={() => tickAll(false)}>
              {m.gallery_select_none()}
            </Button>
          </>
        )}
        {buttons}
      </Form>
    </div>
  );
}
