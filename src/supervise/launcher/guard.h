/*
 * Gives the terminal back as it was when the screen has died without doing so. Its orders are
 * `a`, the alternate screen is on; `n`, it is off again; `q`, all is well. It answers `r` once, when the terminal's
 * settings are saved: not before that may the screen change them.
 */
#ifndef GUARD_H
#define GUARD_H

/* Follows the orders from that descriptor until they end. Returns an exit code. */
int guard(int control);
#endif
