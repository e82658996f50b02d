package com.amazonaws.services.lambda.runtime;

/** As AWS's package aws-lambda-java-core has it, which functions bring along. */
public interface Client {
    String getInstallationId();
    String getAppTitle();
    String getAppVersionName();
    String getAppVersionCode();
    String getAppPackageName();
}
