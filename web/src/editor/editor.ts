// CodeMirror with the languages of the query screen, and completion of names from the server.
import { autocompletion, closeBrackets, closeBracketsKeymap, completionKeymap, type CompletionContext, type CompletionResult } from '@codemirror/autocomplete';
import { defaultKeymap, history, historyKeymap } from '@codemirror/commands';
import { javascript } from '@codemirror/lang-javascript';
import { HighlightStyle, StreamLanguage, bracketMatching, syntaxHighlighting } from '@codemirror/language';
import { json } from '@codemirror/legacy-modes/mode/javascript';
import { sparql } from '@codemirror/legacy-modes/mode/sparql';
import { Compartment, EditorState, Prec, type Extension } from '@codemirror/state';
import { EditorView, drawSelection, keymap, lineNumbers } from '@codemirror/view';
import { tags } from '@lezer/highlight';
import { get } from '../lib/api';
import type { Completion } from '../lib/types';
import { typeWords } from '../lib/vocabulary';
import { count } from '../lib/words';
import { graphql } from './graphql';
import { steps, wordAt } from './complete';

export interface Editor {
  set(text: string): void;
  language(lang: string): void;
  destroy(): void;
}

const theme = EditorView.theme({
  '&': { fontSize: '14px', color: 'var(--ink)', backgroundColor: 'var(--panel)' },
  '.cm-content': { fontFamily: 'var(--mono)', padding: '12px 0', minHeight: '132px', caretColor: 'var(--ink)' },
  '.cm-scroller': { maxHeight: '46vh', overflow: 'auto', lineHeight: '1.6' },
  '.cm-gutters': { backgroundColor: 'transparent', color: 'var(--soft)', border: '0', paddingLeft: '6px' },
  '&.cm-focused': { outline: 'none' },
  '.cm-cursor': { borderLeftColor: 'var(--ink)' },
  '&.cm-focused .cm-selectionBackground, .cm-selectionBackground': { backgroundColor: 'var(--accent-soft) !important' },
  '.cm-tooltip': { backgroundColor: 'var(--panel)', color: 'var(--ink)', border: '1px solid var(--line-strong)', borderRadius: '6px', overflow: 'hidden' },
  '.cm-tooltip-autocomplete > ul > li': { padding: '3px 8px !important', fontFamily: 'var(--sans)' },
  '.cm-tooltip-autocomplete > ul > li[aria-selected]': { backgroundColor: 'var(--accent) !important', color: 'var(--accent-ink) !important' },
  '.cm-completionDetail': { fontStyle: 'normal', opacity: '0.75', marginLeft: '12px' },
  '.cm-completionIcon': { display: 'none' },
  '.cm-matchingBracket': { backgroundColor: 'var(--mark-faint) !important', outline: '1px solid var(--line-strong)' },
});

const colours = HighlightStyle.define([
  { tag: [tags.string, tags.special(tags.string)], color: 'var(--asserted)' },
  { tag: [tags.keyword, tags.modifier], color: 'var(--planned)' },
  { tag: [tags.number, tags.bool, tags.null], color: 'var(--alleged)' },
  { tag: [tags.propertyName, tags.function(tags.variableName), tags.attributeName], color: 'var(--reported)' },
  { tag: tags.comment, color: 'var(--soft)', fontStyle: 'italic' },
]);

function languageOf(lang: string): Extension {
  switch (lang) {
    case 'gizmo':
      return javascript();
    case 'graphql':
      return StreamLanguage.define(graphql);
    case 'mql':
      return StreamLanguage.define(json);
    case 'sparql':
      return StreamLanguage.define(sparql);
  }
  return [];
}

// Names stand in quotes, or after a dot where Gizmo has its steps.
async function complete(context: CompletionContext, lang: string): Promise<CompletionResult | null> {
  const line = context.state.doc.lineAt(context.pos);
  const at = wordAt(line.text.slice(0, context.pos - line.from), lang);
  if (!at) return null;
  const from = context.pos - at.word.length;
  if (at.kind === 'step') return { from, options: steps, validFor: /^\w*$/ };
  if (!at.word && !context.explicit) return null;
  const controller = new AbortController();
  context.addEventListener('abort', () => controller.abort());
  try {
    const { items } = await get<{ items: Completion[] }>('/api/complete', { prefix: at.word, kind: at.kind, limit: 20 }, controller.signal);
    return { from, filter: false, options: items.map(option) };
  } catch {
    return null; // the editor works without the server
  }
}

function option(c: Completion) {
  const what = c.kind === 'predicate' ? 'predicate' : typeWords(c.type);
  const name = c.kind === 'entity' && c.label !== c.text ? c.label : undefined;
  const detail = [name, what, c.claims === undefined ? undefined : count(c.claims, 'claim')].filter(Boolean).join(', ');
  return { label: c.text, detail };
}

/** makeEditor puts an editor into a host element. */
export function makeEditor(host: HTMLElement, text: string, on: { change(text: string): void; run(): void }): Editor {
  const root = host.shadowRoot ?? host.attachShadow({ mode: 'open' });
  const grammar = new Compartment();
  let lang = '';
  const view = new EditorView({
    root,
    parent: root,
    state: EditorState.create({
      doc: text,
      extensions: [
        lineNumbers(),
        history(),
        drawSelection(),
        bracketMatching(),
        closeBrackets(),
        autocompletion({ override: [(context) => complete(context, lang)], activateOnTypingDelay: 60 }),
        EditorView.lineWrapping,
        EditorView.contentAttributes.of({ 'aria-label': 'Query' }),
        Prec.highest(keymap.of([{ key: 'Mod-Enter', run: () => (on.run(), true) }])),
        keymap.of([...closeBracketsKeymap, ...completionKeymap, ...historyKeymap, ...defaultKeymap]),
        theme,
        syntaxHighlighting(colours),
        grammar.of([]),
        EditorView.updateListener.of((update) => {
          if (update.docChanged) on.change(update.state.doc.toString());
        }),
      ],
    }),
  });
  return {
    set(next) {
      const now = view.state.doc.toString();
      if (now !== next) view.dispatch({ changes: { from: 0, to: now.length, insert: next } });
    },
    language(next) {
      lang = next;
      view.dispatch({ effects: grammar.reconfigure(languageOf(next)) });
    },
    destroy: () => view.destroy(),
  };
}
