/*
  * Catches errors of the bridge, for those who tell of them.
  */
#ifndef AWS_LAMBDA_BRIDGE_ERROR_H
#define AWS_LAMBDA_BRIDGE_ERROR_H

#include "postgres.h"

/*
 * Carries out the action in a subtransaction. Returns NULL, or the error when it is one between PostgreSQL and the bridge; raises any other
 * error. What the action allocates outlives the subtransaction.
 */
extern ErrorData *bridge_error_of(void (*action)(void *), void *argument);

#endif
