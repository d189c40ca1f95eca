import { createContext, use } from "react";
import { useLocation } from "react-router";

export const DocumentContext = createContext("");

/** For a form that makes something: sent twice, by an impatient hand or a lost answer, it makes one. Each answer begins anew. */
export function Once() {
  const document = use(DocumentContext);
  const { key } = useLocation();
  return document === "" ? null : <input type="hidden" name="once" value={`${document}.${key}`} />;
}
