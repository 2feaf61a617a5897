import { aborted, ApiError } from './api';

/**
 * Load holds what a call answers. A new run cancels the one before, so that answers never come in the wrong order; what was
 * there stays to be seen until the new answer comes.
 */
export class Load<T> {
  value = $state.raw<T | undefined>();
  error = $state.raw<ApiError | undefined>();
  busy = $state(false);
  private controller: AbortController | undefined;

  async run(call: (signal: AbortSignal) => Promise<T>): Promise<void> {
    this.controller?.abort();
    const controller = new AbortController();
    this.controller = controller;
    this.busy = true;
    try {
      const value = await call(controller.signal);
      if (controller !== this.controller) return;
      this.value = value;
      this.error = undefined;
    } catch (error) {
      if (controller !== this.controller || aborted(error)) return;
      this.error = error instanceof ApiError ? error : new ApiError(0, 'internal', String(error));
    } finally {
      if (controller === this.controller) this.busy = false;
    }
  }

  /** cancel ends the call under way. */
  cancel(): void {
    this.controller?.abort();
    this.controller = undefined;
    this.busy = false;
  }

  clear(): void {
    this.cancel();
    this.value = undefined;
    this.error = undefined;
  }
}
