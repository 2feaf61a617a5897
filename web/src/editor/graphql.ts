// GraphQL for CodeMirror, as far as colours need it.
import type { StreamParser } from '@codemirror/language';

export const graphql: StreamParser<object> = {
  name: 'graphql',
  token(stream) {
    if (stream.eatSpace()) return null;
    if (stream.match(/^#.*/)) return 'comment';
    if (stream.match(/^"(?:[^"\\]|\\.)*"?/)) return 'string';
    if (stream.match(/^-?\d+(\.\d+)?/)) return 'number';
    if (stream.match(/^@\w+/)) return 'keyword';
    if (stream.match(/^(query|fragment|on|true|false|null)\b/)) return 'keyword';
    if (stream.match(/^[\w:]+/)) return 'propertyName';
    stream.next();
    return null;
  },
};
