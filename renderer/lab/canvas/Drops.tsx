// Drops on a path, moved by Web Animations: their translations are sampled once, so that only the compositor works.
import { useReducedMotion } from '@mantine/hooks';
import { useEffect, useRef } from 'react';
import type { StoreApi } from 'zustand/vanilla';
import classes from './Drops.module.css';

interface Props<T> {
  /** An SVG path in the canvas' coordinates. */
  path: string;
  store: StoreApi<T>;
  /** A pace in things a second. */
  of: (state: T) => number | undefined;
  isLetters?: boolean;
}

/** Px between drops, and px a second at a playback rate of 1. */
const spacing = 20;
const baseSpeed = 24;
const samples = 24;

/** 1/s → 1, 10/s → 2, 10,000/s → 5: a log scale, so that both are seen to differ and neither is a blur. */
function playbackRate(rate: number): number {
  return 1 + Math.log10(Math.max(1, rate));
}

function keyframesOf(path: string): { keyframes: Keyframe[]; length: number } {
  const element = document.createElementNS('http://www.w3.org/2000/svg', 'path');
  element.setAttribute('d', path);
  const length = element.getTotalLength();
  const keyframes = Array.from({ length: samples + 1 }, (_, index) => {
    const { x, y } = element.getPointAtLength((length * index) / samples);
    return { transform: `translate(${x.toFixed(1)}px, ${y.toFixed(1)}px)` };
  });
  return { keyframes, length };
}

export function Drops<T>({ path, store, of, isLetters = false }: Props<T>) {
  const element = useRef<HTMLDivElement>(null);
  const isStill = useReducedMotion();
  useEffect(() => {
    const box = element.current;
    if (!box || isStill) return undefined;
    const { keyframes, length } = keyframesOf(path);
    const count = Math.max(2, Math.round(length / spacing));
    const duration = (length / baseSpeed) * 1_000;
    const animations = Array.from({ length: count }, (_, index) => {
      const drop = document.createElement('i');
      drop.className = classes.drop ?? '';
      box.append(drop);
      const animation = drop.animate(keyframes, {
        duration,
        iterations: Number.POSITIVE_INFINITY,
        delay: -(duration * index) / count,
      });
      animation.pause();
      return animation;
    });
    const show = (state: T): void => {
      const rate = of(state) ?? 0;
      const isFlowing = rate > 0;
      if (box.hidden === isFlowing) box.hidden = !isFlowing;
      for (const animation of animations) {
        if (!isFlowing) animation.pause();
        else {
          if (animation.playState !== 'running') animation.play();
          const wanted = playbackRate(rate);
          if (Math.abs(animation.playbackRate - wanted) > 0.05) animation.updatePlaybackRate(wanted);
        }
      }
    };
    show(store.getState());
    const unsubscribe = store.subscribe(show);
    return () => {
      unsubscribe();
      for (const animation of animations) animation.cancel();
      box.replaceChildren();
    };
  }, [path, store, of, isStill]);
  return <div ref={element} className={classes.drops} data-letters={isLetters} aria-hidden />;
}
