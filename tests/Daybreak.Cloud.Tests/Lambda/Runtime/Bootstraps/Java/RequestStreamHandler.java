package com.amazonaws.services.lambda.runtime;

/** As AWS's package aws-lambda-java-core has it, which functions bring along. */
public interface RequestStreamHandler {
    void handleRequest(java.io.InputStream input, java.io.OutputStream output, Context context) throws java.io.IOException;
}
