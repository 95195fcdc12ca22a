/** How the example scripts end; `--help` lists them. */
export const EXIT = {
  allPlaced: 0,
  unexpected: 1,
  usage: 2,
  invalidInput: 3,
  infeasible: 4,
  someUnplaced: 5,
  noPlanInTime: 6,
  interrupted: 130,
} as const;

/** A fault of the command line or of the file system, told in one line; the script ends with `code`. */
export class ExitError extends Error {
  override readonly name = "ExitError";
  readonly code: number;
  constructor(code: number, message: string) {
    super(message);
    this.code = code;
  }
}
