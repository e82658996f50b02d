package com.amazonaws.services.lambda.runtime;

/** As AWS's package aws-lambda-java-core has it, which functions bring along. */
public interface ClientContext {
    Client getClient();
    java.util.Map<String, String> getCustom();
    java.util.Map<String, String> getEnvironment();
}
