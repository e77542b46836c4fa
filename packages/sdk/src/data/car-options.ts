// What bounds the reading of CAR files.

/** What is checked when a CAR file is read, and how large its parts may be. */
export interface CarReadOptions {
  /**
   * Whether every block is hashed and compared with its CID, and every root must have a block.
   * Default: true.
   */
  verify?: boolean | undefined
  /** The largest block that is read, in bytes. Default: 8 MiB. Records have at most 1 MiB. */
  maxBlockBytes?: number | undefined
  /** The largest header that is read, in bytes. Default: 64 KiB, which holds over a thousand roots. */
  maxHeaderBytes?: number | undefined
}

/** Options with their defaults. */
export type CarSettings = { [Name in keyof CarReadOptions]-?: NonNullable<CarReadOptions[Name]> }

/** Puts the defaults where there is no option. */
export function carSettings(options: CarReadOptions | undefined): CarSettings {
  return {
    verify: options?.verify ?? true,
    maxBlockBytes: options?.maxBlockBytes ?? 8 * 1024 * 1024,
    maxHeaderBytes: options?.maxHeaderBytes ?? 64 * 1024,
  }
}
