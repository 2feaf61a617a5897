// Light, dark, or as the system has it. The choice is kept in the browser.

export type Theme = 'system' | 'light' | 'dark';
const order: Theme[] = ['system', 'light', 'dark'];
const key = 'newsgraph.theme';

function stored(): Theme {
  try {
    const value = localStorage.getItem(key) as Theme | null;
    return value && order.includes(value) ? value : 'system';
  } catch {
    return 'system'; // storage is switched off
  }
}

class Choice {
  value = $state<Theme>(stored());
  /** dark says what is shown now. */
  dark = $state(false);
  private system = matchMedia('(prefers-color-scheme: dark)');

  constructor() {
    this.system.addEventListener('change', () => this.apply());
    this.apply();
  }

  next(): void {
    this.value = order[(order.indexOf(this.value) + 1) % order.length]!;
    try {
      localStorage.setItem(key, this.value);
    } catch {
      // The choice then holds for this visit only.
    }
    this.apply();
  }

  private apply(): void {
    this.dark = this.value === 'dark' || (this.value === 'system' && this.system.matches);
    document.documentElement.dataset.theme = this.dark ? 'dark' : 'light';
  }
}

export const theme = new Choice();
