// Sums up what Docker says of an image's layers while it pulls. Pure.
import type { ProgressMessage } from './messages.ts';

/** Bytes of an image, as they travel. */
export interface PullProgress {
  done: number;
  /** Grows until every layer has said its size. */
  total: number;
}

interface Layer {
  size: number;
  fetched: number;
  unpacked: number;
}

/** The layers of one image. Feed it every line of the pull. */
export class Layers {
  readonly #layers = new Map<string, Layer>();

  take({ id, status, progressDetail }: ProgressMessage): void {
    if (id === undefined) return;
    const { current = 0, total = 0 } = progressDetail ?? {};
    const layer = this.#layers.get(id) ?? { size: 0, fetched: 0, unpacked: 0 };
    const size = Math.max(layer.size, total);
    if (status === 'Downloading' && total > 0) this.#layers.set(id, { ...layer, size, fetched: current });
    if (status === 'Download complete') this.#layers.set(id, { ...layer, fetched: layer.size });
    if (status === 'Extracting' && total > 0)
      this.#layers.set(id, { size, fetched: size, unpacked: current });
    if (status === 'Pull complete') this.#layers.set(id, { size, fetched: size, unpacked: size });
  }

  /** A layer is half done when it has been fetched, and done when it has been unpacked. */
  get progress(): PullProgress {
    const layers = [...this.#layers.values()];
    const sum = (of: (layer: Layer) => number) => layers.reduce((total, layer) => total + of(layer), 0);
    return {
      done: Math.round(sum((layer) => (layer.fetched + layer.unpacked) / 2)),
      total: sum(({ size }) => size),
    };
  }
}
