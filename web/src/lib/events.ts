// Server-sent events over fetch: EventSource connects again at the end of a stream, and says nothing of errors.
import { send } from './api';

export interface ServerEvent {
  event: string;
  data: string;
}

/** parser returns a function that takes pieces of a stream and gives back the events that they complete. */
export function parser(): (chunk: string) => ServerEvent[] {
  let rest = '';
  return (chunk) => {
    rest += chunk;
    const parts = rest.split(/\r\n\r\n|\n\n|\r\r/);
    rest = parts.pop() ?? '';
    return parts.map(parse).filter((e) => e.data !== '');
  };
}

function parse(block: string): ServerEvent {
  const found: ServerEvent = { event: 'message', data: '' };
  const data: string[] = [];
  for (const line of block.split(/\r\n|\n|\r/)) {
    const [, name, value] = /^([^:]*):? ?(.*)$/.exec(line) ?? [];
    if (name === 'event') found.event = value ?? '';
    if (name === 'data') data.push(value ?? '');
  }
  found.data = data.join('\n');
  return found;
}

/** listen calls on for every event of a stream until it ends. */
export async function listen(path: string, on: (event: string, data: any) => void, signal?: AbortSignal): Promise<void> {
  const response = await send(path, { signal, headers: { Accept: 'text/event-stream' } });
  const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader();
  const feed = parser();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    for (const event of feed(value)) on(event.event, JSON.parse(event.data));
  }
}
