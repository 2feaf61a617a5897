// What a screen shows, as a command line and as an HTTP request, for scripts.

/** quote makes a word safe for a POSIX shell. */
export function quote(word: string): string {
  if (/^[\w@%+=:,./-]+$/.test(word)) return word;
  return `'${word.replaceAll("'", `'\\''`)}'`;
}

/** command joins words into a command line. */
export function command(...words: (string | number | undefined)[]): string {
  return words.filter((w) => w !== undefined && w !== '').map((w) => quote(String(w))).join(' ');
}
