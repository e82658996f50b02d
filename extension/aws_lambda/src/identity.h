/*
  * The IAM role that the current user's calls are made with (daybreak.assume, docs/guarding.md).
  */
#ifndef AWS_LAMBDA_IDENTITY_H
#define AWS_LAMBDA_IDENTITY_H

#include "postgres.h"

#include "frame.h"

/* The texts are valid until the next call. Raises an error when several roles are meant. */
extern FrameIdentity current_identity(void);

#endif
