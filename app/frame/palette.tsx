import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { type KeyboardEvent, useCallback, useEffect, useLayoutEffect, useRef, useState } from "react";
import { useNavigate } from "react-router";
import { isTooLong } from "#app/palette/limits.ts";
import { PaletteButton } from "#app/palette/palette-button.tsx";
import { isKnownHere, type PaletteItem, type PalettePage, paletteGroups } from "#app/palette/palette-items.ts";
import { WaitingField } from "#app/palette/waiting-field.tsx";
import { paletteQuery } from "#app/query-keys.ts";
import { late } from "#app/ui/line/late.tsx";

const PaletteDialog = late(() => import("#app/palette/palette-dialog.tsx"));

const PAUSE_BEFORE_ASKING_MS = 120;

type PaletteProps = {
  pages: readonly PalettePage[];
  commands: readonly PalettePage[];
};

export function Palette({ pages, commands }: PaletteProps) {
  const navigate = useNavigate();
  const [isOpen, setIsOpen] = useState(false);
  const [wasOpened, setWasOpened] = useState(false);
  const [query, setQuery] = useState("");
  const [isEntered, setIsEntered] = useState(false);
  const [returnTo, setReturnTo] = useState<Element | null>(null);
  const [field, setField] = useState<HTMLInputElement | null>(null);
  const waitingField = useRef<HTMLInputElement>(null);
  const asked = useSettled(query.trim(), PAUSE_BEFORE_ASKING_MS);
  const { data, isFetching, isError } = useQuery({
    ...paletteQuery(asked),
    enabled: isOpen && !isTooLong(asked),
    placeholderData: keepPreviousData,
  });
  const isSearching = isFetching || asked !== query.trim();
  const isWaiting = isOpen && field === null;
  const groups = paletteGroups({ pages, commands }, query.trim(), isTooLong(query) ? undefined : data);

  const open = useCallback((from: Element | null, typed: string) => {
    setQuery(typed);
    setReturnTo(from);
    setWasOpened(true);
    setIsOpen(true);
  }, []);
  const close = () => {
    setIsOpen(false);
    setIsEntered(false);
    if (waitingField.current) waitingField.current.value = "";
  };
  const go = (item: PaletteItem) => {
    close();
    if (item.isPosted) post(item.to);
    else void navigate(item.to);
  };
  const change = (next: string) => {
    setQuery(next);
    setIsEntered(false);
  };

  useEffect(() => {
    const early = window.earlyInput?.end();
    if (!early) return;
    open(early.returnTo, early.typed);
    setIsEntered(early.isEntered);
  }, [open]);

  useLayoutEffect(() => {
    if (isOpen) (field ?? waitingField.current)?.focus();
  }, [isOpen, field]);

  // A key that is pressed while the focus is moving still belongs to the palette.
  useEffect(() => {
    if (!isOpen) return;
    const bring = () => {
      if (document.activeElement === document.body) (field ?? waitingField.current)?.focus();
    };
    document.addEventListener("keydown", bring, true);
    return () => document.removeEventListener("keydown", bring, true);
  }, [isOpen, field]);

  const first = groups[0]?.items[0];
  const isKnown = query.trim() !== "" && isKnownHere(first);
  useEffect(() => {
    if (!isOpen || !isEntered || (isSearching && !isKnown)) return;
    if (first !== undefined && query.trim() !== "") go(first);
    else setIsEntered(false);
  });

  function onWaitingKey(event: KeyboardEvent) {
    if (event.nativeEvent.isComposing) return;
    if (event.key === "Enter") setIsEntered(true);
    if (event.key !== "Escape") return;
    close();
    if (returnTo instanceof HTMLElement) returnTo.focus();
  }

  return (
    <>
      <PaletteButton onOpen={() => !isOpen && open(document.activeElement, "")} />
      <WaitingField field={waitingField} isHidden={!isWaiting} onQueryChange={change} onKeyDown={onWaitingKey} />
      {wasOpened && (
        <PaletteDialog
          isOpen={isOpen}
          onClose={close}
          fieldRef={setField}
          query={query}
          onQueryChange={change}
          groups={groups}
          isFirstKnown={!isSearching || isKnown}
          onEnterEarly={() => setIsEntered(true)}
          onChoose={go}
          returnTo={returnTo}
          isFailed={isError}
          isSearching={isSearching}
          onLost={() => {
            close();
            setWasOpened(false);
          }}
        />
      )}
    </>
  );
}

/** Submits a plain form, as without scripts, so that the next document starts with nothing from this one. */
function post(action: string) {
  const form = document.createElement("form");
  Object.assign(form, { method: "post", action });
  document.body.appendChild(form);
  form.submit();
}

function useSettled<T>(value: T, milliseconds: number): T {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), milliseconds);
    return () => clearTimeout(timer);
  }, [value, milliseconds]);
  return settled;
}
