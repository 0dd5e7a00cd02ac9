/** A pointer that the library gave, and that nobody but it looks into. */
export type Handle = unknown;

/**
 * What is used of ALSA's library, under its own names without `snd_`: https://www.alsa-project.org/alsa-doc/alsa-lib/.
 * Below 0 is an error. A call takes a copy of no buffer and leaves nothing behind: realtime-safe as far as the kernel is.
 */
export interface Libasound {
  readonly seqOpen: (handle: [Handle], name: string, streams: number, mode: number) => number;
  readonly seqClose: (seq: Handle) => number;
  readonly seqSetClientName: (seq: Handle, name: string) => number;
  readonly seqClientId: (seq: Handle) => number;
  readonly seqCreateSimplePort: (seq: Handle, name: string, capabilities: number, type: number) => number;
  readonly seqConnectTo: (seq: Handle, port: number, client: number, otherPort: number) => number;
  readonly seqAllocQueue: (seq: Handle) => number;
  readonly seqGetQueueStatus: (seq: Handle, queue: number, status: Uint8Array) => number;
  readonly seqQueueStatusSizeof: () => number;
  readonly seqQueueTimerMalloc: (timer: [Handle]) => number;
  readonly seqQueueTimerFree: (timer: Handle) => void;
  readonly seqQueueTimerSetId: (timer: Handle, id: Handle) => void;
  readonly seqQueueTimerSetResolution: (timer: Handle, hertz: number) => void;
  readonly seqSetQueueTimer: (seq: Handle, queue: number, timer: Handle) => number;
  readonly seqQueueTempoMalloc: (tempo: [Handle]) => number;
  readonly seqQueueTempoFree: (tempo: Handle) => void;
  readonly seqQueueTempoSetTempo: (tempo: Handle, microseconds: number) => void;
  readonly seqQueueTempoSetPpq: (tempo: Handle, ticks: number) => void;
  readonly seqSetQueueTempo: (seq: Handle, queue: number, tempo: Handle) => number;
  readonly seqEventOutput: (seq: Handle, event: Uint8Array) => number;
  readonly seqEventOutputDirect: (seq: Handle, event: Uint8Array) => number;
  readonly seqDrainOutput: (seq: Handle) => number;
  /** Given null it takes the oldest event out of what is not drained yet, and gives it to nobody. */
  readonly seqExtractOutput: (seq: Handle, event: null) => number;
  readonly seqRemoveEventsMalloc: (which: [Handle]) => number;
  readonly seqRemoveEventsFree: (which: Handle) => void;
  readonly seqRemoveEventsSetCondition: (which: Handle, condition: number) => void;
  readonly seqRemoveEvents: (seq: Handle, which: Handle) => number;
  readonly midiEventNew: (bytes: number, coder: [Handle]) => number;
  readonly midiEventFree: (coder: Handle) => void;
  readonly midiEventResetEncode: (coder: Handle) => void;
  readonly midiEventEncode: (coder: Handle, bytes: Uint8Array, count: number, event: Uint8Array) => number;
  readonly timerOpen: (timer: [Handle], name: string, mode: number) => number;
  readonly timerClose: (timer: Handle) => number;
  readonly timerInfoMalloc: (info: [Handle]) => number;
  readonly timerInfoFree: (info: Handle) => void;
  readonly timerInfo: (timer: Handle, info: Handle) => number;
  readonly timerInfoGetResolution: (info: Handle) => number;
  readonly timerIdMalloc: (id: [Handle]) => number;
  readonly timerIdFree: (id: Handle) => void;
  readonly timerIdSetClass: (id: Handle, value: number) => void;
  readonly timerIdSetCard: (id: Handle, value: number) => void;
  readonly timerIdSetDevice: (id: Handle, value: number) => void;
}

/** Loads the library by `koffi`, which calls C without a compiler; null where either is not there. Never throws. */
export async function loadLibasound(): Promise<Libasound | null> {
  if (process.platform !== 'linux') return null;
  try {
    const { default: koffi } = await import('koffi');
    const library = koffi.load('libasound.so.2');
    const c = (declaration: string) => library.func(declaration);
    return {
      seqOpen: c('int snd_seq_open(_Out_ void **seq, const char *name, int streams, int mode)'),
      seqClose: c('int snd_seq_close(void *seq)'),
      seqSetClientName: c('int snd_seq_set_client_name(void *seq, const char *name)'),
      seqClientId: c('int snd_seq_client_id(void *seq)'),
      seqCreateSimplePort: c('int snd_seq_create_simple_port(void *seq, const char *name, uint caps, uint type)'),
      seqConnectTo: c('int snd_seq_connect_to(void *seq, int port, int client, int other)'),
      seqAllocQueue: c('int snd_seq_alloc_queue(void *seq)'),
      seqGetQueueStatus: c('int snd_seq_get_queue_status(void *seq, int queue, void *status)'),
      seqQueueStatusSizeof: c('size_t snd_seq_queue_status_sizeof(void)'),
      seqQueueTimerMalloc: c('int snd_seq_queue_timer_malloc(_Out_ void **timer)'),
      seqQueueTimerFree: c('void snd_seq_queue_timer_free(void *timer)'),
      seqQueueTimerSetId: c('void snd_seq_queue_timer_set_id(void *timer, void *id)'),
      seqQueueTimerSetResolution: c('void snd_seq_queue_timer_set_resolution(void *timer, uint hertz)'),
      seqSetQueueTimer: c('int snd_seq_set_queue_timer(void *seq, int queue, void *timer)'),
      seqQueueTempoMalloc: c('int snd_seq_queue_tempo_malloc(_Out_ void **tempo)'),
      seqQueueTempoFree: c('void snd_seq_queue_tempo_free(void *tempo)'),
      seqQueueTempoSetTempo: c('void snd_seq_queue_tempo_set_tempo(void *tempo, uint microseconds)'),
      seqQueueTempoSetPpq: c('void snd_seq_queue_tempo_set_ppq(void *tempo, int ticks)'),
      seqSetQueueTempo: c('int snd_seq_set_queue_tempo(void *seq, int queue, void *tempo)'),
      seqEventOutput: c('int snd_seq_event_output(void *seq, void *event)'),
      seqEventOutputDirect: c('int snd_seq_event_output_direct(void *seq, void *event)'),
      seqDrainOutput: c('int snd_seq_drain_output(void *seq)'),
      seqExtractOutput: c('int snd_seq_extract_output(void *seq, void *event)'),
      seqRemoveEventsMalloc: c('int snd_seq_remove_events_malloc(_Out_ void **which)'),
      seqRemoveEventsFree: c('void snd_seq_remove_events_free(void *which)'),
      seqRemoveEventsSetCondition: c('void snd_seq_remove_events_set_condition(void *which, uint condition)'),
      seqRemoveEvents: c('int snd_seq_remove_events(void *seq, void *which)'),
      midiEventNew: c('int snd_midi_event_new(size_t bytes, _Out_ void **coder)'),
      midiEventFree: c('void snd_midi_event_free(void *coder)'),
      midiEventResetEncode: c('void snd_midi_event_reset_encode(void *coder)'),
      midiEventEncode: c('long snd_midi_event_encode(void *coder, void *bytes, long count, void *event)'),
      timerOpen: c('int snd_timer_open(_Out_ void **timer, const char *name, int mode)'),
      timerClose: c('int snd_timer_close(void *timer)'),
      timerInfoMalloc: c('int snd_timer_info_malloc(_Out_ void **info)'),
      timerInfoFree: c('void snd_timer_info_free(void *info)'),
      timerInfo: c('int snd_timer_info(void *timer, void *info)'),
      timerInfoGetResolution: c('long snd_timer_info_get_resolution(void *info)'),
      timerIdMalloc: c('int snd_timer_id_malloc(_Out_ void **id)'),
      timerIdFree: c('void snd_timer_id_free(void *id)'),
      timerIdSetClass: c('void snd_timer_id_set_class(void *id, int value)'),
      timerIdSetCard: c('void snd_timer_id_set_card(void *id, int value)'),
      timerIdSetDevice: c('void snd_timer_id_set_device(void *id, int value)'),
    };
  } catch {
    return null;
  }
}
