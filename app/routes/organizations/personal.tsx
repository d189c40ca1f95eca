import { Outlet } from "react-router";

export default function PersonalLayout() {
  return (
    <div className="mx-auto w-full max-w-3xl">
      <Outlet />
    </div>
  );
}
