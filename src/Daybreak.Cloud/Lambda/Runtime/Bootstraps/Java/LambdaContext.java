package daybreak.lambda;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.LinkedHashMap;
import java.util.Map;

/** The Context of AWS's interfaces, which the function brings along. They are known by their names only. */
final class LambdaContext {
    static final String PACKAGE = "com.amazonaws.services.lambda.runtime.";

    private LambdaContext() {}

    /** Null when the function brings no such interface, so that it cannot ask for one. */
    static Object of(ClassLoader loader, Map<String, String> headers) {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("getAwsRequestId", headers.get("lambda-runtime-aws-request-id"));
        values.put("getLogGroupName", System.getenv("AWS_LAMBDA_LOG_GROUP_NAME"));
        values.put("getLogStreamName", System.getenv("AWS_LAMBDA_LOG_STREAM_NAME"));
        values.put("getFunctionName", System.getenv("AWS_LAMBDA_FUNCTION_NAME"));
        values.put("getFunctionVersion", System.getenv("AWS_LAMBDA_FUNCTION_VERSION"));
        values.put("getInvokedFunctionArn", headers.get("lambda-runtime-invoked-function-arn"));
        values.put("getMemoryLimitInMB", Integer.parseInt(System.getenv("AWS_LAMBDA_FUNCTION_MEMORY_SIZE")));
        values.put("getXrayTraceId", headers.get("lambda-runtime-trace-id"));
        values.put("getLogger", logger(loader, headers.get("lambda-runtime-aws-request-id")));
        String client = headers.get("lambda-runtime-client-context");
        values.put("getClientContext", client == null ? null : clientContext(loader, Json.parse(client)));
        long deadline = Long.parseLong(headers.get("lambda-runtime-deadline-ms"));
        return proxy(loader, "Context", (self, method, arguments) ->
            method.getName().equals("getRemainingTimeInMillis")
                ? (int) Math.max(0, deadline - System.currentTimeMillis())
                : value(self, method, arguments, values));
    }

    // Since its version 1.2.3 the interface has methods with a level, too.
    private static Object logger(ClassLoader loader, String requestId) {
        return proxy(loader, "LambdaLogger", (self, method, arguments) -> {
            if (!method.getName().equals("log"))
                return value(self, method, arguments, Map.of());
            Log.write(arguments[0], arguments.length == 1 ? Log.UNDEFINED : arguments[1].toString(), requestId);
            return null;
        });
    }

    private static Object clientContext(ClassLoader loader, Object given) {
        if (!(given instanceof Map<?, ?> context))
            return null;
        Map<String, Object> client = new LinkedHashMap<>();
        if (context.get("client") instanceof Map<?, ?> fields) {
            client.put("getInstallationId", fields.get("installation_id"));
            client.put("getAppTitle", fields.get("app_title"));
            client.put("getAppVersionName", fields.get("app_version_name"));
            client.put("getAppVersionCode", fields.get("app_version_code"));
            client.put("getAppPackageName", fields.get("app_package_name"));
        }
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("getClient", client.isEmpty() ? null : proxy(loader, "Client", (self, method, arguments) -> value(self, method, arguments, client)));
        values.put("getCustom", context.get("custom"));
        values.put("getEnvironment", context.get("env"));
        return proxy(loader, "ClientContext", (self, method, arguments) -> value(self, method, arguments, values));
    }

    private static Object proxy(ClassLoader loader, String name, InvocationHandler handler) {
        try {
            return Proxy.newProxyInstance(loader, new Class<?>[] {Class.forName(PACKAGE + name, false, loader)}, handler);
        } catch (ClassNotFoundException error) {
            return null;
        }
    }

    // What a newer version of an interface has beside these is null, or what its own default method says.
    private static Object value(Object self, Method method, Object[] arguments, Map<String, Object> values) throws Throwable {
        return switch (method.getName()) {
            case "hashCode" -> System.identityHashCode(self);
            case "equals" -> self == arguments[0];
            case "toString" -> self.getClass().getInterfaces()[0].getSimpleName() + "@" + Integer.toHexString(System.identityHashCode(self));
            default -> values.containsKey(method.getName()) ? values.get(method.getName())
                : method.isDefault() ? InvocationHandler.invokeDefault(self, method, arguments)
                : null;
        };
    }
}
