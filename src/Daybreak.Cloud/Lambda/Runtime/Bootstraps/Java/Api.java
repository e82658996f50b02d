package daybreak.lambda;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** The Runtime API on one kept connection: the next event is asked for in the same packet that carries a result. */
final class Api {
    private final DataInputStream input;
    private final OutputStream output;
    private final String host;
    private final byte[] next;

    record Reply(Map<String, String> headers, byte[] body) {}

    Api(String address) throws IOException {
        int colon = address.indexOf(':');
        @SuppressWarnings("resource") // as long as the process
        Socket socket = new Socket(address.substring(0, colon), Integer.parseInt(address.substring(colon + 1)));
        socket.setTcpNoDelay(true);
        input = new DataInputStream(new BufferedInputStream(socket.getInputStream(), 64 * 1024));
        output = socket.getOutputStream();
        host = "Host: " + address + "\r\n";
        next = ("GET /2018-06-01/runtime/invocation/next HTTP/1.1\r\n" + host + "\r\n").getBytes(StandardCharsets.US_ASCII);
    }

    void requestNext() throws IOException {
        output.write(next);
    }

    void post(String path, byte[] body, String errorType, boolean thenNext) throws IOException {
        String type = errorType == null ? "" : "Lambda-Runtime-Function-Error-Type: " + errorType + "\r\n";
        String head = "POST /2018-06-01/runtime/" + path + " HTTP/1.1\r\n" + host
            + "Content-Type: application/json\r\nContent-Length: " + body.length + "\r\n" + type + "\r\n";
        ByteArrayOutputStream request = new ByteArrayOutputStream(head.length() + body.length + next.length);
        request.writeBytes(head.getBytes(StandardCharsets.US_ASCII));
        request.writeBytes(body);
        if (thenNext)
            request.writeBytes(next);
        request.writeTo(output);
    }

    /** The next reply; the names of its headers are in lower case. */
    Reply read() throws IOException {
        line();
        Map<String, String> headers = new HashMap<>();
        for (String line = line(); !line.isEmpty(); line = line()) {
            int colon = line.indexOf(": ");
            headers.put(line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 2));
        }
        byte[] body = new byte[Integer.parseInt(headers.get("content-length"))];
        input.readFully(body);
        return new Reply(headers, body);
    }

    private String line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int value = input.read(); value != '\n'; value = input.read()) {
            if (value < 0)
                System.exit(0); // the environment ends
            if (value != '\r')
                line.write(value);
        }
        return line.toString(StandardCharsets.UTF_8);
    }
}
