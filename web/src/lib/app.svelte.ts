// What all screens share: the server's settings, the open dialogs, and what is said to screen readers.
import { get, unauthorised } from './api';
import { Load } from './load.svelte';
import type { Settings } from './types';

class App {
  settings = new Load<Settings>();
  help = $state(false);
  /** A token is wanted before anything else works. */
  locked = $state(false);
  /** Changes whenever the graph changed, so that screens look again. */
  revision = $state(0);
  spoken = $state('');

  constructor() {
    unauthorised.addEventListener('wanted', () => (this.locked = true));
  }

  async start(): Promise<void> {
    await this.settings.run((signal) => get<Settings>('/api/settings', {}, signal));
    const auth = this.settings.value?.auth;
    this.locked = auth !== undefined && auth.token && !auth.authorised;
  }

  /** changed is to be called when the graph has changed. */
  async changed(): Promise<void> {
    this.revision++;
    await this.start();
  }

  /** say tells a screen reader something that others see. */
  say(words: string): void {
    this.spoken = words;
  }
}

export const app = new App();
