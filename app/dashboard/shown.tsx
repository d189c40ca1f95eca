import type { ReactNode } from "react";
import { ImageFigure, StorageFigure, UploadLink } from "#app/gallery/figures.tsx";
import { InvitationFigure, MemberFigure } from "#app/organizations/figures.tsx";
import type { Role } from "#app/tenancy/roles.ts";
import type { Figures } from "./shown.server.ts";

type Shown = (props: {
  figures: Figures;
  organization: string;
  role: Role;
  /** Returns words for how many are new, and how many were new in as many days before. */
  changed: (now: number, before: number) => string;
}) => ReactNode;

/** What the dashboard shows of the domains. Each component gets the figures of all. */
export const tiles: Record<string, Shown> = { MemberFigure, InvitationFigure, ImageFigure, StorageFigure };
export const actions: Record<string, Shown> = { UploadLink };
