// The client of the JSON API. Every call may be cancelled; every failure is an ApiError with words for people.
import type { EntityHit } from './types';

/** A failure: what the server said, or that it could not be reached. */
export class ApiError extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
    readonly hint = '',
    readonly candidates: EntityHit[] = [],
  ) {
    super(message);
  }
}

export type Params = Record<string, string | number | boolean | string[] | null | undefined>;

/** address writes the address of a call; a list gives its parameter several times. */
export function address(path: string, params: Params = {}): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(params)) {
    if (Array.isArray(value)) value.forEach((v) => query.append(name, v));
    else if (value !== null && value !== undefined && value !== '') query.set(name, String(value));
  }
  const text = query.toString();
  return text ? `${path}?${text}` : path;
}

/** Listeners for answers that say the server wants a token. */
export const unauthorised = new EventTarget();

/** send makes a call and returns the response, or throws an ApiError; an abort passes through as it is. */
export async function send(path: string, init: RequestInit = {}): Promise<Response> {
  let response: Response;
  try {
    response = await fetch(path, { credentials: 'same-origin', ...init });
  } catch (error) {
    if (aborted(error)) throw error;
    throw new ApiError(0, 'unreachable', 'The server does not answer.', 'Is newsgraph serve still running?');
  }
  if (response.ok) return response;
  const error = await failure(response);
  if (error.status === 401) unauthorised.dispatchEvent(new Event('wanted'));
  throw error;
}

async function failure(response: Response): Promise<ApiError> {
  try {
    const { error } = await response.json();
    return new ApiError(response.status, error.code ?? 'internal', error.message ?? response.statusText, error.hint, error.candidates);
  } catch {
    return new ApiError(response.status, 'internal', `The server answered ${response.status} ${response.statusText}.`);
  }
}

/** aborted says whether an error only means that nobody wants the answer any more. */
export function aborted(error: unknown): boolean {
  return error instanceof DOMException && error.name === 'AbortError';
}

export async function get<T>(path: string, params: Params = {}, signal?: AbortSignal): Promise<T> {
  const response = await send(address(path, params), { signal });
  return response.json();
}

export async function post<T>(path: string, body?: unknown, signal?: AbortSignal): Promise<T> {
  const form = body instanceof FormData;
  const response = await send(path, {
    method: 'POST',
    signal,
    headers: form || body === undefined ? {} : { 'Content-Type': 'application/json' },
    body: form ? body : body === undefined ? undefined : JSON.stringify(body),
  });
  return response.status === 204 ? (undefined as T) : response.json();
}

export async function remove<T>(path: string): Promise<T> {
  const response = await send(path, { method: 'DELETE' });
  return response.json();
}
