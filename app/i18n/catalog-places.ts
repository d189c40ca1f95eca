import { createContext } from "react";

/** Where the browser loads a part of the messages from. */
export type CatalogPlace = { part: string; url: string };

/** The places of all parts, in the language of the document. Both entries fill it in, so that the root's data does not repeat them. */
export const CatalogPlacesContext = createContext<readonly CatalogPlace[]>([]);
