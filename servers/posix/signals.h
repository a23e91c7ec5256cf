#ifndef SIGNALS_H
#define SIGNALS_H

/* What came for the parent is not for its child. Source: fork(2), pending signals. */
void forget_signals(void);
#endif
