// Heavy parts of a screen: their place at once, they themselves when the rest has been painted.
import { Suspense, useEffect, useState, type ReactNode } from 'react';

interface Props {
  /** As large as what comes, so that nothing moves. */
  place: ReactNode;
  /** Loaded lazily. */
  children: ReactNode;
}

export function Later({ place, children }: Props) {
  const [isPainted, setPainted] = useState(false);
  useEffect(() => {
    const frame = requestAnimationFrame(() => setPainted(true));
    return () => cancelAnimationFrame(frame);
  }, []);
  return isPainted ? <Suspense fallback={place}>{children}</Suspense> : place;
}
