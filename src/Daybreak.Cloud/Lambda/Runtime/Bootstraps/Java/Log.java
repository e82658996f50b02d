package daybreak.lambda;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Writes log events as AWS's runtime does: messages as they are, or JSON records if the function's log format is JSON. */
final class Log {
    /** The level of a message that was logged without one. */
    static final String UNDEFINED = "UNDEFINED";

    private static final OutputStream OUTPUT = new FileOutputStream(FileDescriptor.out);
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);
    private static final List<String> LEVELS = List.of("TRACE", "DEBUG", "INFO", "WARN", "ERROR", "FATAL");
    private static final boolean IS_JSON = "JSON".equals(System.getenv("AWS_LAMBDA_LOG_FORMAT"));
    private static final int LOWEST = IS_JSON ? LEVELS.indexOf(System.getenv("AWS_LAMBDA_LOG_LEVEL")) : -1;

    private Log() {}

    /** A message of the function: text, or bytes, which are never changed. Those below the function's level are left out. */
    static void write(Object message, String level, String requestId) {
        // Without a level it counts as INFO, which is Lambda's decision, not the runtime's.
        if (LEVELS.indexOf(level.equals(UNDEFINED) ? "INFO" : level) < LOWEST)
            return;
        if (message instanceof byte[] bytes)
            write(bytes);
        else if (IS_JSON)
            write(record(String.valueOf(message), level, requestId));
        else
            write(String.valueOf(message).getBytes(StandardCharsets.UTF_8));
    }

    static void error(String message, String requestId) {
        write(message, IS_JSON ? "ERROR" : UNDEFINED, requestId);
    }

    private static byte[] record(String message, String level, String requestId) {
        Map<String, Object> told = new LinkedHashMap<>();
        told.put("timestamp", TIME.format(Instant.now()));
        told.put("message", message);
        told.put("level", level);
        if (requestId != null)
            told.put("AWSRequestId", requestId);
        byte[] json = Json.write(told);
        byte[] line = java.util.Arrays.copyOf(json, json.length + 1);
        line[json.length] = '\n';
        return line;
    }

    /** Writes one log event, whatever its lines: AWS's frame, which the other end of the pipe knows. */
    private static synchronized void write(byte[] message) {
        ByteBuffer frame = ByteBuffer.allocate(16 + message.length);
        frame.putInt(0xa55a0003).putInt(message.length).putLong(System.currentTimeMillis() * 1000).put(message);
        try {
            OUTPUT.write(frame.array());
        } catch (IOException error) {
            // Nobody reads any more.
        }
    }
}
