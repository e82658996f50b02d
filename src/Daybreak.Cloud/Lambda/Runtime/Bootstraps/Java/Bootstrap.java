package daybreak.lambda;

import java.io.File;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOError;
import java.io.IOException;
import java.io.PrintStream;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Runs a Java handler against the Lambda Runtime API. The first argument is the directory of the layers. */
public final class Bootstrap {
    private static final String TRACE = "com.amazonaws.xray.traceHeader";

    private Bootstrap() {}

    public static void main(String[] arguments) throws IOException {
        System.setOut(new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8));
        System.setErr(new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8));
        Api api = new Api(System.getenv("AWS_LAMBDA_RUNTIME_API"));
        ClassLoader loader = new URLClassLoader(classPath(System.getenv("LAMBDA_TASK_ROOT"), arguments[0]), Bootstrap.class.getClassLoader());
        Thread.currentThread().setContextClassLoader(loader);
        Handler handler;
        try {
            handler = Handler.load(System.getenv("_HANDLER"), loader);
        } catch (Fault fault) {
            if (!fault.isFatal) {
                handler = (event, context) -> { throw fault; }; // AWS reports these at the first invocation
            } else {
                Log.error(fault.text(), null);
                api.post("init/error", Json.write(fault.payload()), "Runtime.BadFunctionCode", false);
                api.read();
                System.exit(1);
                return;
            }
        }
        api.requestNext();
        while (true)
            serve(api, handler, loader, api.read());
    }

    private static void serve(Api api, Handler handler, ClassLoader loader, Api.Reply reply) throws IOException {
        String id = reply.headers().get("lambda-runtime-aws-request-id");
        if (id == null)
            return; // the reply to what was posted
        String trace = reply.headers().get("lambda-runtime-trace-id");
        if (trace == null)
            System.clearProperty(TRACE);
        else
            System.setProperty(TRACE, trace);
        Fault fault;
        String kind = "Runtime.UserException";
        boolean isLast = false;
        try {
            byte[] result = handler.handle(reply.body(), LambdaContext.of(loader, reply.headers()));
            Thread.interrupted(); // what the function interrupted is not the next invocation
            api.post("invocation/" + id + "/response", result, null, true);
            return;
        } catch (Fault error) {
            fault = error;
            kind = "Runtime.BadFunctionCode";
            isLast = error.isFatal;
        } catch (Throwable error) {
            isLast = error instanceof VirtualMachineError || error instanceof IOError;
            fault = new Fault(error);
        }
        Log.error(fault.text(), id);
        api.post("invocation/" + id + "/error", Json.write(fault.payload()), kind, !isLast);
        if (isLast) {
            api.read();
            System.exit(1);
        }
    }

    private static URL[] classPath(String root, String layers) throws MalformedURLException {
        List<URL> path = new ArrayList<>();
        path.add(new File(root).toURI().toURL());
        for (String directory : new String[] {root + "/lib", layers + "/java/lib"}) {
            File[] jars = new File(directory).listFiles((parent, name) -> name.endsWith(".jar"));
            if (jars == null)
                continue;
            Arrays.sort(jars);
            for (File jar : jars)
                path.add(jar.toURI().toURL());
        }
        return path.toArray(new URL[0]);
    }

    /** What the runtime reports of an error. */
    static final class Fault extends RuntimeException {
        private static final long serialVersionUID = 1;

        final boolean isFatal;
        private final transient Map<String, Object> payload = new LinkedHashMap<>();
        private final String type;
        private final Throwable error;

        /** An error that the function threw. */
        Fault(Throwable error) {
            this(messageOf(error), error, false, true);
        }

        /** An error of the runtime itself, which has no stack. */
        Fault(String message, Throwable error, boolean isFatal) {
            this(message, error, isFatal, false);
        }

        private Fault(String message, Throwable error, boolean isFatal, boolean withStack) {
            super(message, null, false, false);
            this.isFatal = isFatal;
            this.error = error == null ? null : withoutRuntime(error, 0);
            type = error == null ? null : error.getClass().getName();
            if (withStack)
                describe(payload, this.error, message, 0);
            else {
                payload.put("errorMessage", message);
                if (type != null)
                    payload.put("errorType", type);
            }
        }

        Map<String, Object> payload() {
            return payload;
        }

        String text() {
            if (error == null)
                return getMessage() + "\n";
            java.io.StringWriter trace = new java.io.StringWriter();
            error.printStackTrace(new java.io.PrintWriter(trace));
            return getMessage() + ": " + type + "\n" + trace + "\n";
        }

        static String messageOf(Throwable error) {
            return error.getLocalizedMessage() == null ? error.getClass().getName() : error.getLocalizedMessage();
        }

        private static void describe(Map<String, Object> into, Throwable error, String message, int depth) {
            into.put("errorMessage", message);
            into.put("errorType", error.getClass().getName());
            into.put("stackTrace", Arrays.stream(error.getStackTrace()).map(StackTraceElement::toString).toList());
            if (error.getCause() != null && depth < 10) {
                Map<String, Object> cause = new LinkedHashMap<>();
                describe(cause, error.getCause(), messageOf(error.getCause()), depth + 1);
                into.put("cause", cause);
            }
        }

        // A stack ends where the runtime begins, as on AWS.
        private static Throwable withoutRuntime(Throwable error, int depth) {
            StackTraceElement[] trace = error.getStackTrace();
            int end = 0;
            while (end < trace.length && !trace[end].getClassName().startsWith("daybreak.lambda."))
                end++;
            while (end > 0 && end < trace.length && trace[end - 1].getClassName().matches("(java\\.lang\\.reflect|jdk\\.internal\\.reflect)\\..*"))
                end--;
            error.setStackTrace(Arrays.copyOf(trace, end));
            if (error.getCause() != null && depth < 10)
                withoutRuntime(error.getCause(), depth + 1);
            return error;
        }
    }
}
