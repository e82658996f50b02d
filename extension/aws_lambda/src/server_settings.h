/*
  * Restores the server's values of our settings where a session has hidden them.
  */
#ifndef AWS_LAMBDA_SERVER_SETTINGS_H
#define AWS_LAMBDA_SERVER_SETTINGS_H

#include "postgres.h"

/* Raises an error when a library that is loaded now could not take over the settings. Call it first. */
extern void refuse_to_load_in_parallel_mode(void);

/* Notes which settings the session hides. Call it before the settings are defined. */
extern void note_hidden_settings(void);

/*
 * Gives each hidden setting whose hiding value was refused the server's value, which a background worker provides. Raises LM902 when no
 * worker can be started.
 */
extern void restore_hidden_settings(void);

#endif
