/** What a drawn phone screen is made of once every place is known. One unit is one 360th of the picture's width. */
export type Box = { x: number; y: number; w: number; h: number; r: number };

export type BoxStyle =
  | 'card'
  | 'button'
  | 'button-second'
  | 'entry'
  | 'panel'
  | 'tile'
  | 'ghost'
  | 'disc'
  | 'disc-good'
  | 'veil'
  | 'off'
  | 'knob'
  | 'knob-on'
  | 'arrived';

export type Ink = 'ink' | 'soft' | 'act' | 'paper' | 'good';

export type Piece =
  | ({ is: 'box'; style: BoxStyle } & Box)
  | { is: 'rule'; x: number; y: number; w: number; strong: boolean }
  | {
      is: 'text';
      x: number;
      y: number;
      size: number;
      step: number;
      anchor: 'start' | 'middle';
      bold: boolean;
      ink: Ink;
      lines: string[];
      /** It is what to tap, or the name to type. */
      read?: boolean;
    }
  | { is: 'symbol'; name: string; x: number; y: number; size: number; ink: Ink }
  | { is: 'corners'; d: string }
  | { is: 'spinner'; x: number; y: number; r: number };

/** A drawn screen: its pieces from back to front, and where the ring goes round the control to tap. */
export type Drawing = { pieces: Piece[]; ring: Box | null };

/** One element at work: how tall it is, and what it becomes at a place. A spring takes what height is left. */
export type Block = {
  height: number;
  spring?: boolean;
  ring?: boolean;
  place: (y: number) => { pieces: Piece[]; box: Box };
};
