import { Outlet } from "react-router";
import { Column } from "#app/ui/column.tsx";

export default function PersonalLayout() {
  return (
    <Column>
      <Outlet />
    </Column>
  );
}
