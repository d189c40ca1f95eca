import { type ComponentType, type ReactNode, useEffect, useState } from "react";
import { tellWhyLost } from "./reach.ts";

type LateProps = {
  onLost?: () => void;
  instead?: ReactNode;
};

export function late<Props extends object>(load: () => Promise<{ default: ComponentType<Props> }>) {
  let loaded: ComponentType<Props> | null = null;
  return function Late({ onLost, instead = null, ...props }: LateProps & Props) {
    const [Part, setPart] = useState(() => loaded);
    const [isLost, setIsLost] = useState(false);
    // biome-ignore lint/correctness/useExhaustiveDependencies: once per mount
    useEffect(() => {
      if (loaded !== null) return;
      load().then(
        (module) => {
          loaded = module.default;
          setPart(() => module.default);
        },
        () => {
          setIsLost(true);
          onLost?.();
          void tellWhyLost();
        },
      );
    }, []);
    if (isLost) return instead;
    return Part && <Part {...(props as unknown as Props)} />;
  };
}
