import { AppError, ERRORS } from '../core/errors.ts';

/** What is printed of a command that failed in a foreseen way, and its exit code. */
export interface Failure {
  readonly code: 1 | 2;
  readonly line: string;
}

/** What went wrong with a file or folder that was named, and its remedy, by the code of Node. */
const FILE_FAULTS: ReadonlyMap<string, string> = new Map([
  ['ENOENT', 'does not exist. Name one that does, or make the folder first.'],
  ['ENOTDIR', 'is no folder. Name a folder.'],
  ['EISDIR', 'is a folder. Name a file.'],
  ['EEXIST', 'is a file. Name a folder, or a name that is free.'],
  ['EACCES', 'may not be opened. Give this user the right to it, or name another.'],
  ['EPERM', 'may not be opened. Give this user the right to it, or name another.'],
  ['EROFS', 'lies on a disk that cannot be written. Name another folder.'],
  ['ENOSPC', 'lies on a full disk. Make room, or name another folder.'],
]);

/**
 * Reads a failure as one that the caller can mend: an `AppError`, a wrong argument (exit code 2) or a file that cannot be
 * read or written. `undefined` for every other failure, which is a fault of ours.
 */
export function foreseenFailure(error: unknown): Failure | undefined {
  if (error instanceof AppError) return { code: 1, line: `${error.code}: ${error.message} ${ERRORS[error.code].fix}` };
  const { code, path } = detailsOf(error);
  if (code.startsWith('ERR_PARSE_ARGS_')) {
    return { code: 2, line: `${messageOf(error)}.` };
  }
  const fault = FILE_FAULTS.get(code);
  return fault === undefined || path === '' ? undefined : { code: 1, line: `${path} ${fault}` };
}

function detailsOf(error: unknown): { readonly code: string; readonly path: string } {
  if (!(error instanceof Error)) return { code: '', path: '' };
  const { code, path } = error as NodeJS.ErrnoException;
  return { code: code ?? '', path: path ?? '' };
}

/** The first sentence: what follows is advice on arguments that begin with a hyphen. */
function messageOf(error: unknown): string {
  const [first = ''] = error instanceof Error ? error.message.split(/\.\s/) : [];
  return first;
}
