package com.amazonaws.services.lambda.runtime;

/** As AWS's package aws-lambda-java-core has it, which functions bring along. */
public interface RequestHandler<I, O> {
    O handleRequest(I input, Context context);
}
