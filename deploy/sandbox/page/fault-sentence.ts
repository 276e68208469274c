/** What went wrong, as a sentence that can be shown. */
export function faultSentence(cause: unknown): string {
  return cause instanceof Error ? cause.message : 'It did not work.';
}
