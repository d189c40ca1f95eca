import { createContext, use } from "react";
import { useLocation } from "react-router";

export const DocumentContext = createContext("");

/** For a form that creates something: sent twice (a double press, a lost response), it creates it once. New on each page view. */
export function Once() {
  const document = use(DocumentContext);
  const { key } = useLocation();
  return document === "" ? null : <input type="hidden" name="once" value={`${document}.${key}`} />;
}
