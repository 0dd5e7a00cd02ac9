/** Where OSC is heard unless told otherwise: beside the WebSocket; nothing well known lives there. */
export const DEFAULT_OSC_PORT = 7334;

/** All addresses begin with it. */
export const ROOT = '/daimon/';
/** Before the path of a control: its range as a way from 0 to 1. */
export const FADER = 'fader/';
/** Before a request whose name is a control's too. */
export const REQUEST = 'request/';
/** Before what of the state is told. */
export const STATE = 'state/';
