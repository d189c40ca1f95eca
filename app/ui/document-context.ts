import { createContext } from "react";

/** The mark of this document, for the forms of `Once`. */
export const DocumentContext = createContext("");
