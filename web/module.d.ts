// The module plancheck.js. The types of the report stand above.

// What plancheck.classic.js gives a page that takes it with a plain script tag.
export as namespace plancheck;

/** What may be said besides the workbooks. */
export interface CheckOptions {
  /** The text of a table of published allocations (CSV) to compare with, up to 2 MB. */
  allocations?: string;
  /** Hears how far the check is, in plain words. */
  progress?: (line: string) => void;
  /** Stops the check: the promise is rejected with the signal's reason. */
  signal?: AbortSignal;
  /** Whether to use a worker; true unless said otherwise. Without one, progress and signal are not heard. */
  worker?: boolean;
}

/** A workbook: its name, by which the report calls it, and its content, from which its kind is told. */
export interface Workbook {
  name: string;
  bytes: ArrayBuffer | ArrayBufferView;
}

/** Why nothing was checked: the table of allocations cannot be used, or the engine failed. What is wrong with a
 * workbook is never an error: a file that cannot be opened has its reason in the report. */
export class CheckError extends Error {}

/** Checks one workbook. */
export function check(bytes: ArrayBuffer | ArrayBufferView, name?: string, options?: CheckOptions): Promise<Report>;

/** Checks workbooks together, those of one board and year also across. */
export function checkAll(files: Workbook[], options?: CheckOptions): Promise<Report>;

/** The version of the program, "0.1.0". */
export function version(): string;
