import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  statSync,
  writeSync,
} from "node:fs";
import { join } from "node:path";
import { EXIT, ExitError } from "./exit-codes.js";

export interface TextFile {
  readonly name: string;
  readonly content: string;
}

export interface InputFile {
  readonly name: string;
  readonly content: Uint8Array;
}

const READ = /\.(csv|json|geojson)$/i;
/** More is a mistake: a municipality's tables are far smaller. */
const MOST_BYTES = 64 * 1024 * 1024;

/** The tables and JSON files of a folder, by name. Files of other kinds and folders inside are not read. */
export const readFolder = (folder: string): readonly InputFile[] => {
  if (!existsSync(folder) || !statSync(folder).isDirectory())
    throw new ExitError(EXIT.usage, `There is no folder ${folder}.`);
  const names = readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isFile() && READ.test(entry.name) && !entry.name.startsWith("."))
    .map(({ name }) => name)
    .sort();
  if (names.length === 0) throw new ExitError(EXIT.usage, `The folder ${folder} has no .csv, .json or .geojson file.`);
  const bytes = names.reduce((sum, name) => sum + statSync(join(folder, name)).size, 0);
  if (bytes > MOST_BYTES)
    throw new ExitError(
      EXIT.invalidInput,
      `The files in ${folder} have ${bytes} bytes; at most ${MOST_BYTES} are read.`,
    );
  return names.map((name) => ({ name, content: readFileSync(join(folder, name)) }));
};

/** Lies in every folder that these scripts wrote, so that the next run may replace what the last one left. */
const MARKER = ".evenstead-output";

/** Whether files may be written there: a folder that is new, empty, or was written by such a script. */
export const mayWrite = (folder: string): boolean => {
  if (!existsSync(folder)) return true;
  if (!statSync(folder).isDirectory()) return false;
  const names = readdirSync(folder);
  return names.length === 0 || names.includes(MARKER);
};

/** Whole or not at all: written beside, forced to disk, then renamed; readable by its owner alone, since it is about households. */
const writeWhole = (path: string, content: string): void => {
  const beside = `${path}.${process.pid}.tmp`;
  const file = openSync(beside, "wx", 0o600);
  try {
    const bytes = Buffer.from(content, "utf8");
    for (let done = 0; done < bytes.length; ) done += writeSync(file, bytes, done);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  renameSync(beside, path);
};

/** Write the files and the marker; returns their paths. Nothing else in the folder is touched. */
export const writeFolder = (folder: string, files: readonly TextFile[]): readonly string[] => {
  mkdirSync(folder, { recursive: true });
  writeWhole(join(folder, MARKER), "Written by an example of Evenstead; the next run may replace its files.\n");
  return files.map(({ name, content }) => {
    const path = join(folder, name);
    writeWhole(path, content);
    return path;
  });
};
