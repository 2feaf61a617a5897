import { app } from './app.svelte';

/** copy puts a text on the clipboard and says so; false where the browser does not allow it. */
export async function copy(text: string, what: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    if (!copyBySelection(text)) {
      app.say('The browser does not allow copying.');
      return false;
    }
  }
  app.say(`${what} copied.`);
  return true;
}

// Over plain HTTP from another machine there is no clipboard interface.
function copyBySelection(text: string): boolean {
  const box = document.createElement('textarea');
  box.value = text;
  box.className = 'visually-hidden';
  document.body.append(box);
  box.select();
  const done = document.execCommand('copy');
  box.remove();
  return done;
}
