// The address bar is the state of the UI: every screen reads its state from here and changes it by going elsewhere.

/** An address within the UI: a path, and the parameters after the question mark. */
export interface Address {
  path: string;
  params: URLSearchParams;
}

export type Changes = Record<string, string | number | boolean | string[] | null | undefined>;

/**
 * withParams returns the parameters with some changed. Null, undefined, false and the empty string take a parameter away;
 * a list gives it several times.
 */
export function withParams(params: URLSearchParams, changes: Changes): URLSearchParams {
  const next = new URLSearchParams(params);
  for (const [name, value] of Object.entries(changes)) {
    next.delete(name);
    if (Array.isArray(value)) value.forEach((v) => next.append(name, v));
    else if (value !== null && value !== undefined && value !== false && value !== '') next.set(name, String(value));
  }
  return next;
}

/** href writes an address; parameters stand in the order given. */
export function href(path: string, changes: Changes = {}): string {
  const query = withParams(new URLSearchParams(), changes).toString();
  return query ? `${path}?${query}` : path;
}

/** entityHref is the address of an entity's screen. IDs may hold slashes and any script. */
export function entityHref(id: string): string {
  return `/e/${encodeURIComponent(id)}`;
}

class Route implements Address {
  path = $state('/');
  params = $state(new URLSearchParams());

  constructor() {
    if (typeof window === 'undefined') return;
    this.read();
    window.addEventListener('popstate', () => this.read());
  }

  /** rest is what follows the first element of the path, decoded; empty when there is nothing or it cannot be decoded. */
  get rest(): string {
    const raw = this.path.split('/').slice(2).join('/');
    try {
      return decodeURIComponent(raw);
    } catch {
      return '';
    }
  }

  get screen(): string {
    return this.path.split('/')[1] ?? '';
  }

  get url(): string {
    const query = this.params.toString();
    return query ? `${this.path}?${query}` : this.path;
  }

  /** go changes the address; with replace, the step back leads past the one before. */
  go(to: string, replace = false): void {
    if (to === this.url) return;
    history[replace ? 'replaceState' : 'pushState']({ within: true }, '', to);
    const before = this.path;
    this.read();
    if (before !== this.path) window.scrollTo(0, 0);
  }

  /** change sets parameters of the present address. */
  change(changes: Changes, replace = false): void {
    this.go(this.here(changes), replace);
  }

  /** here is the present address with some parameters changed. */
  here(changes: Changes): string {
    const query = withParams(this.params, changes).toString();
    return query ? `${this.path}?${query}` : this.path;
  }

  private read(): void {
    this.path = location.pathname;
    this.params = new URLSearchParams(location.search);
  }
}

/** route is where the UI is. */
export const route = new Route();

/** follow makes links within the UI change the address without loading the page again. */
export function follow(event: MouseEvent): void {
  const plain = event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey;
  const link = (event.target as Element | null)?.closest?.('a[href]') as HTMLAnchorElement | null;
  if (!plain || !link || event.defaultPrevented || link.target || link.hasAttribute('download')) return;
  if (link.origin !== location.origin || !isScreen(link.pathname)) return;
  event.preventDefault();
  route.go(link.pathname + link.search);
}

const screens = new Set(['', 'e', 'a', 'c', 'path', 'q', 'graph', 'claims', 'ingest', 'export']);

/** isScreen says whether a path belongs to the UI; web.go has the same list. */
export function isScreen(path: string): boolean {
  return screens.has(path.split('/')[1] ?? '');
}
