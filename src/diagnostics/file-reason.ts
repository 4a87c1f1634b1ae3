const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'it is not there',
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  EROFS: 'the file system is read-only',
  ENOSPC: 'the disk is full',
  EISDIR: 'it is a folder',
  ENOTDIR: 'a part of its path is no folder',
  ELOOP: 'its symbolic links lead in a circle',
}

/** Why a file could not be read or written, in words. */
export function fileReason(error: unknown): string {
  const code = (error as { readonly code?: string } | undefined)?.code
  return code === undefined ? 'unknown reason' : (reasons[code] ?? code)
}
