/*
 * What the server has for our settings, where a session has hidden it.
 */
#ifndef AWS_LAMBDA_SERVER_SETTINGS_H
#define AWS_LAMBDA_SERVER_SETTINGS_H

#include "postgres.h"

/* Raises an error where a library that is loaded now could not take over what has been set. Call it first. */
extern void refuse_to_load_in_parallel_mode(void);

/* Notes which settings the session hides; to be called before they are defined. */
extern void note_hidden_settings(void);

/*
 * Gives a setting that was hidden, and whose hiding value has been refused, what the server has for it. Asks a process of the server
 * for it; raises LM902 when there is none to ask.
 */
extern void restore_hidden_settings(void);

#endif
