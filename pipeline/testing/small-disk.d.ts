export interface SmallDisk {
  folder: string;
  /** Whether it is one: mounting takes root. */
  isMounted: boolean;
  /** Unmounts and removes it. */
  remove(): void;
}
/** A folder in the memory that holds `kib` KiB; an ordinary one where nothing may be mounted. */
export declare function openSmallDisk(kib: number): SmallDisk;
