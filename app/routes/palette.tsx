import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { lazy, Suspense, useCallback, useEffect, useState } from "react";
import { isTooLong } from "#app/palette/limits.ts";
import { PaletteButton } from "#app/palette/palette-button.tsx";
import { type PalettePage, paletteGroups } from "#app/palette/palette-items.ts";
import { paletteQuery } from "#app/query-keys.ts";

const PaletteDialog = lazy(() => import("#app/palette/palette-dialog.tsx"));

const PAUSE_BEFORE_ASKING_MS = 120;

/** The palette of both frames; `pages` are those of the frame. Its code and its data come when it is opened first. */
export function Palette({ pages }: { pages: readonly PalettePage[] }) {
  const [isOpen, setIsOpen] = useState(false);
  const [wasOpened, setWasOpened] = useState(false);
  const [query, setQuery] = useState("");
  const [returnTo, setReturnTo] = useState<HTMLElement | null>(null);
  const asked = useSettled(query.trim(), PAUSE_BEFORE_ASKING_MS);
  const { data, isFetching, isError } = useQuery({
    ...paletteQuery(asked),
    enabled: isOpen && !isTooLong(asked),
    placeholderData: keepPreviousData,
  });
  const open = useCallback(() => {
    setQuery("");
    setReturnTo(document.activeElement instanceof HTMLElement ? document.activeElement : null);
    setWasOpened(true);
    setIsOpen(true);
  }, []);
  return (
    <>
      <PaletteButton onOpen={open} />
      {wasOpened && (
        <Suspense>
          <PaletteDialog
            isOpen={isOpen}
            onOpenChange={setIsOpen}
            query={query}
            onQueryChange={setQuery}
            groups={paletteGroups(pages, query.trim(), isTooLong(query) ? undefined : data)}
            returnTo={returnTo}
            isFailed={isError}
            isSearching={isFetching || asked !== query.trim()}
          />
        </Suspense>
      )}
    </>
  );
}

/** `value` once it has stood still for a while. */
function useSettled<T>(value: T, milliseconds: number): T {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), milliseconds);
    return () => clearTimeout(timer);
  }, [value, milliseconds]);
  return settled;
}
