package com.amazonaws.services.lambda.runtime;

/** As AWS's package aws-lambda-java-core has it, which functions bring along. */
public interface LambdaLogger {
    void log(String message);
    void log(byte[] message);
}
