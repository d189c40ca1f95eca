import { type ComponentType, type ReactNode, useEffect, useState } from "react";
import { tellWhyLost } from "./reach.ts";

type LateProps = {
  /** It did not come, and the person has been told why; undo what made it appear, so that they can try again. */
  onLost?: () => void;
  /** Stands in for it when it did not come. */
  instead?: ReactNode;
};

/** A part of the page whose code comes when it is shown first. When it does not come, the page stays as it is. */
export function late<Props extends object>(load: () => Promise<{ default: ComponentType<Props> }>) {
  let loaded: ComponentType<Props> | null = null;
  return function Late({ onLost, instead = null, ...props }: LateProps & Props) {
    const [Part, setPart] = useState(() => loaded);
    const [isLost, setIsLost] = useState(false);
    // biome-ignore lint/correctness/useExhaustiveDependencies: once per appearance
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
