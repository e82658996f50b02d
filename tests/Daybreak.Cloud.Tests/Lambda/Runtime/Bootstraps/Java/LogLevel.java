package com.amazonaws.services.lambda.runtime.logging;

/** As AWS's package aws-lambda-java-core has it, which functions bring along. */
public enum LogLevel { UNDEFINED, TRACE, DEBUG, INFO, WARN, ERROR, FATAL }
