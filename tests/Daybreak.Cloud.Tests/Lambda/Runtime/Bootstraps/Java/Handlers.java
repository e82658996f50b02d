package shop;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.amazonaws.services.lambda.runtime.logging.LogLevel;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

public class Handlers {
    private int count;

    public Object echo(Object event) { return event; }
    public String upper(String text, Context context) { return text.toUpperCase(); }
    public int twice(Integer number) { return 2 * number; }
    public static double half(long number) { return number / 2.0; }
    public void nothing() {}
    public int count() { return ++count; }
    public byte[] bytes(byte[] data) { return data; }
    public Map<String, List<Long>> grown(Map<String, List<Long>> given) { given.get("n").add(Long.MAX_VALUE); return given; }

    public void reverse(InputStream input, OutputStream output) throws IOException {
        output.write(new StringBuilder(new String(input.readAllBytes())).reverse().toString().getBytes());
    }

    public Map<String, Object> describe(Map<String, Object> event, Context context) {
        Map<String, Object> told = new LinkedHashMap<>();
        told.put("id", context.getAwsRequestId());
        told.put("name", context.getFunctionName());
        told.put("version", context.getFunctionVersion());
        told.put("arn", context.getInvokedFunctionArn());
        told.put("memory", context.getMemoryLimitInMB());
        told.put("group", context.getLogGroupName());
        told.put("stream", System.getenv("AWS_LAMBDA_LOG_STREAM_NAME").equals(context.getLogStreamName()));
        told.put("left", context.getRemainingTimeInMillis() > 0 && context.getRemainingTimeInMillis() <= 30_000);
        told.put("client", context.getClientContext() == null ? null : context.getClientContext().getCustom());
        told.put("identity", context.getIdentity());
        told.put("tenant", context.getTenantId());
        told.put("trace", System.getProperty("com.amazonaws.xray.traceHeader").startsWith("Root="));
        told.put("java", Runtime.version().feature());
        context.getLogger().log("two\nlines\n");
        System.out.println("out");
        System.err.println("err");
        return told;
    }

    public String fail(String event) {
        throw new IllegalStateException("outside", new RuntimeException("inside"));
    }

    public String exit(String event) {
        System.exit(3);
        return null;
    }

    public int deep(int depth) { return deep(depth + 1) + 1; }

    public void speak(Object event, Context context) {
        context.getLogger().log("plain");
        context.getLogger().log("low", LogLevel.DEBUG);
        context.getLogger().log("high", LogLevel.WARN);
        context.getLogger().log("bytes\n".getBytes());
        throw new IllegalStateException("no luck");
    }

    public static class Stream implements RequestStreamHandler {
        @Override
        public void handleRequest(InputStream input, OutputStream output, Context context) throws IOException {
            output.write(("<" + new String(input.readAllBytes()) + ">").getBytes());
        }
    }

    public static class Broken {
        public Broken() { throw new IllegalStateException("broken at init"); }
        public String handle(String event) { return event; }
    }

    public class Inner {
        public String handle(String event) { return event; }
    }
}
