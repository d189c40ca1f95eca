import { Autocomplete } from "@base-ui/react/autocomplete";
import { Dialog } from "@base-ui/react/dialog";
import { useQueryClient } from "@tanstack/react-query";
import { type RefCallback, useCallback, useEffect, useRef } from "react";
import { formatNumber } from "#app/i18n/format.ts";
import { m } from "#app/i18n/messages.ts";
import { Icon } from "#app/ui/icon.tsx";
import { tabToTrouble } from "#app/ui/line/tab-to-trouble.ts";
import { type Trouble, useTrouble } from "#app/ui/line/trouble.ts";
import { titleOf } from "#app/ui/line/trouble-bar.tsx";
import { returnFocus } from "#app/ui/return-focus.ts";
import { Spinner } from "#app/ui/spinner.tsx";
import { useBack } from "#app/ui/use-back.ts";
import { isTooLong, QUERY_MAXIMUM } from "./limits.ts";
import type { PaletteGroup, PaletteItem } from "./palette-items.ts";

function tooLong(query: string): string {
  return m.common_too_long({ count: formatNumber(query.length), maximum: formatNumber(QUERY_MAXIMUM) });
}

function failedWords(trouble: Trouble | null): string {
  if (trouble !== null) return titleOf(trouble);
  return navigator.onLine ? m.palette_failed() : m.errors_offline_title();
}

/** Returns a function that searches again. It also runs by itself once there is a connection, if `isFailed`. */
function useSearchAgain(isFailed: boolean): () => void {
  const client = useQueryClient();
  const search = useCallback(
    () => void client.refetchQueries({ type: "active", predicate: ({ state }) => state.status === "error" }),
    [client],
  );
  useEffect(() => {
    if (!isFailed) return;
    addEventListener("online", search);
    return () => removeEventListener("online", search);
  }, [isFailed, search]);
  return search;
}

type PaletteDialogProps = {
  isOpen: boolean;
  onClose: () => void;
  fieldRef: RefCallback<HTMLInputElement>;
  query: string;
  onQueryChange: (query: string) => void;
  groups: PaletteGroup[];
  isFirstKnown: boolean;
  onEnterEarly: () => void;
  onChoose: (item: PaletteItem) => void;
  isSearching: boolean;
  isFailed: boolean;
  returnTo: Element | null;
};

export default function PaletteDialog(props: PaletteDialogProps) {
  const { isOpen, onClose, fieldRef, query, onQueryChange, groups, isSearching, isFailed, returnTo } = props;
  const { isFirstKnown, onEnterEarly, onChoose } = props;
  const popup = useRef<HTMLDivElement>(null);
  const hasChosen = useRef(false);
  const trouble = useTrouble();
  const count = groups.reduce((sum, { items }) => sum + items.length, 0);
  const obstacle = isTooLong(query) ? tooLong(query) : isFailed ? failedWords(trouble) : null;
  // Pages and commands are found without the server, so an obstacle is said beside them too.
  const problem = isSearching ? null : (obstacle ?? (count === 0 ? m.palette_none({ query }) : null));
  const searchAgain = useSearchAgain(isOpen && isFailed);
  useBack(isOpen, onClose);
  return (
    <Dialog.Root open={isOpen} onOpenChange={(next) => !next && onClose()}>
      <Dialog.Portal>
        <Dialog.Backdrop className="fixed inset-0 z-20 bg-backdrop transition-opacity duration-150 data-ending-style:opacity-0 data-starting-style:opacity-0" />
        <Dialog.Popup
          ref={popup}
          aria-label={m.palette_title()}
          finalFocus={() => returnFocus(returnTo, popup.current)}
          onKeyDown={tabToTrouble}
          className="fixed inset-x-4 top-[12dvh] z-20 mx-auto flex max-h-[min(32rem,76dvh)] max-w-xl flex-col overflow-hidden rounded-xl border bg-raised text-text shadow-pop transition-[scale,opacity] duration-150 data-ending-style:scale-98 data-starting-style:scale-98 data-ending-style:opacity-0 data-starting-style:opacity-0"
        >
          <Autocomplete.Root
            open
            inline
            items={groups}
            filter={null}
            value={query}
            onValueChange={(value) => {
              hasChosen.current = false;
              onQueryChange(value);
            }}
            itemToStringValue={(item: PaletteItem) => item.label}
            autoHighlight="always"
            keepHighlight
          >
            <div className="flex shrink-0 items-center gap-3 border-b px-4">
              {isSearching ? (
                <Spinner className="size-4 shrink-0 text-muted" />
              ) : (
                <Icon name="search" className="text-muted" />
              )}
              <Autocomplete.Input
                ref={fieldRef}
                onKeyDown={(event) => {
                  if (event.key.startsWith("Arrow")) hasChosen.current = true;
                  if (event.key !== "Enter" || event.nativeEvent.isComposing) return;
                  if (isFailed && count === 0) searchAgain();
                  if (isFirstKnown || hasChosen.current) return;
                  event.preventBaseUIHandler();
                  onEnterEarly();
                }}
                aria-label={m.palette_label()}
                placeholder={m.palette_short()}
                className="h-12 min-w-0 flex-1 text-ellipsis bg-transparent text-base outline-none placeholder:text-muted"
              />
              <Dialog.Close className="rounded-sm border px-1.5 py-0.5 font-mono text-muted text-xs hover:bg-hover pointer-coarse:border-0 pointer-coarse:p-2">
                <span aria-hidden="true" className="pointer-coarse:hidden">
                  Esc
                </span>
                <Icon name="x" className="hidden pointer-coarse:block" />
                <span className="sr-only">{m.common_close()}</span>
              </Dialog.Close>
            </div>
            <div className="min-h-0 flex-1 overflow-y-auto overscroll-contain p-1.5">
              <Autocomplete.List aria-label={m.palette_title()}>
                {(group: PaletteGroup) => (
                  <Autocomplete.Group key={group.value} items={group.items} className="not-last:mb-1.5">
                    <Autocomplete.GroupLabel className="px-2.5 pt-1.5 pb-1 font-medium text-muted text-xs">
                      {group.value}
                    </Autocomplete.GroupLabel>
                    <Autocomplete.Collection>
                      {(item: PaletteItem) => (
                        <Autocomplete.Item
                          key={item.id}
                          value={item}
                          onClick={() => onChoose(item)}
                          className="flex min-h-9 cursor-default select-none items-center gap-2.5 rounded-sm px-2.5 text-sm data-highlighted:bg-hover"
                        >
                          <Icon name={item.icon} className="text-muted" />
                          <span dir="auto" className="min-w-0 flex-1 truncate">
                            {item.label}
                          </span>
                          {item.detail !== undefined && (
                            <span dir="auto" className="max-w-[40%] truncate text-muted text-xs">
                              {item.detail}
                            </span>
                          )}
                        </Autocomplete.Item>
                      )}
                    </Autocomplete.Collection>
                  </Autocomplete.Group>
                )}
              </Autocomplete.List>
              <Autocomplete.Status
                className={problem === null ? "sr-only" : "px-3 py-8 text-center text-muted text-sm"}
              >
                {isSearching ? m.palette_searching() : (problem ?? m.palette_results({ count }))}
              </Autocomplete.Status>
            </div>
          </Autocomplete.Root>
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
