package com.amazonaws.services.lambda.runtime;

/** As AWS's package aws-lambda-java-core has it, which functions bring along. */
public interface Context {
    String getAwsRequestId();
    String getLogGroupName();
    String getLogStreamName();
    String getFunctionName();
    String getFunctionVersion();
    String getInvokedFunctionArn();
    CognitoIdentity getIdentity();
    ClientContext getClientContext();
    int getRemainingTimeInMillis();
    int getMemoryLimitInMB();
    LambdaLogger getLogger();
    default String getTenantId() {
        return null;
    }
}
